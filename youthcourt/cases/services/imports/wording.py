"""The note in which a case keeps what its rows say beyond the fields of the court."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from youthcourt.cases.domain.imports import Field, Mapping, Words
from youthcourt.people.models import Person

Heading = Callable[[str, Sequence[int]], str]
"""Makes the first line of a note of the title of a mapping and the numbers of rows."""

_PERSON_FIELDS = (
    (Field.GIVEN_NAMES, "given_names"),
    (Field.FAMILY_NAME, "family_name"),
    (Field.SEX, "sex"),
    (Field.GRADE, "grade"),
    (Field.LANGUAGE, "language"),
    (Field.PHONE, "phone"),
    (Field.EMAIL, "email"),
)


def plain_heading(title: str, rows: Sequence[int]) -> str:
    """Return a first line without any words of a language."""
    return f"{title} [{', '.join(map(str, rows))}]"


def note_text(
    words: Words, rows: Sequence[int], *, mapping: Mapping, heading: Heading
) -> str | None:
    """Return the note: each of the file's words behind the name of its column; None for none."""
    if not words:
        return None
    lines = [f"{_column(field, mapping)}: {said}" for field, said in words]
    return "\n".join((heading(mapping.title, rows), *lines))


def differing_words(brought: Person, known: Person, school: str, known_school: str | None) -> Words:
    """Return what a file says of somebody on record that is not what is on record.

    The record is left as it is, because nobody has looked at both yet.
    """
    said = [
        (field, str(getattr(brought, name)))
        for field, name in _PERSON_FIELDS
        if getattr(brought, name) not in (None, getattr(known, name))
    ]
    if school and school != known_school:
        said.append((Field.SCHOOL, school))
    if brought.stated_age is not None and (
        (brought.stated_age, brought.stated_age_on) != (known.stated_age, known.stated_age_on)
    ):
        said.append((Field.AGE, str(brought.stated_age)))
    if brought.address is not None and brought.address != known.address:
        said.append((Field.ADDRESS, ", ".join(brought.address.split("\n"))))
    return tuple(said)


def _column(field: Field, mapping: Mapping) -> str:
    """Return the name the file itself gives to a field."""
    own = mapping.columns.get(field)
    if own is None and field in {Field.GIVEN_NAMES, Field.FAMILY_NAME}:
        own = mapping.columns.get(Field.FULL_NAME)
    if own is None and field is Field.ADDRESS:
        own = next(
            (mapping.columns[f] for f in (Field.CITY, Field.ZIP) if f in mapping.columns), ""
        )
    return own or field.value.replace("_", " ")
