"""The note in which a case keeps what its rows say beyond the fields of the court."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from youthcourt.cases.domain.imports import Field, Mapping, Words
from youthcourt.cases.domain.imports.fields import VALUE_FIELDS
from youthcourt.people.models import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How a note is worded in the court's language.

    ``heading`` makes the first line of the title of a mapping and the numbers of rows,
    ``meaning`` writes out what the codes of a field stand for, empty where they say nothing.
    """

    heading: Callable[[str, Sequence[int]], str]
    meaning: Callable[[Field, tuple[str, ...]], str]


_PERSON_FIELDS = (
    (Field.GIVEN_NAMES, "given_names"),
    (Field.FAMILY_NAME, "family_name"),
    (Field.SEX, "sex"),
    (Field.GRADE, "grade"),
    (Field.LANGUAGE, "language"),
    (Field.PHONE, "phone"),
    (Field.EMAIL, "email"),
)


def _plain_heading(title: str, rows: Sequence[int]) -> str:
    return f"{title} [{', '.join(map(str, rows))}]"


PLAIN = Wording(heading=_plain_heading, meaning=lambda _field, codes: ", ".join(codes))
"""Notes without any words of a language."""


def note_text(
    words: Words, rows: Sequence[int], *, mapping: Mapping, wording: Wording
) -> str | None:
    """Return the note: each of the file's words behind the name of its column; None for none."""
    if not words:
        return None
    lines = note_lines(words, mapping=mapping, wording=wording)
    return "\n".join((wording.heading(mapping.title, rows), *lines))


def note_lines(words: Words, *, mapping: Mapping, wording: Wording) -> list[str]:
    """Return each of the file's words behind the name of its column."""
    return [
        f"{_column(name, mapping)}: {_explained(name, said, mapping, wording)}"
        for name, said in words
    ]


def _explained(name: Field, said: str, mapping: Mapping, wording: Wording) -> str:
    """Return the file's word and, where the mapping knows it, what it stands for."""
    codes = mapping.meaning(name, said) if name in VALUE_FIELDS else None
    meant = wording.meaning(name, codes) if codes else ""
    return f"{said} = {meant}" if meant and meant.casefold() != said.casefold() else said


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
