"""Which column of a file is what, and how it writes days, times and ages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.cases.domain.imports import (
    DATE_PATTERNS,
    TIME_PATTERNS,
    ExactCopies,
    Field,
    Transform,
)
from youthcourt.cases.domain.imports.fields import DATE_FIELDS, TIME_FIELDS
from youthcourt.cases.forms.offences import TOO_LONG
from youthcourt.people.forms import DayField
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import choices_of, label

GROUPS: tuple[tuple[str, Any, tuple[Field, ...]], ...] = (
    ("what", _l("The incident and the referral"), (
        Field.INCIDENT_NUMBER, Field.REFERENCE, Field.INCIDENT_ON, Field.INCIDENT_AT,
        Field.ARRESTED_ON, Field.ARRESTED_AT, Field.REFERRED_ON, Field.AGENCY, Field.OFFICER,
        Field.NARRATIVE, Field.REFERRER_NOTE, Field.COUNT)),
    ("offence", _l("The offence"), (Field.CHARGE_TEXT, Field.STATUTE, Field.SEVERITY)),
    ("who", _l("The young person"), (
        Field.GIVEN_NAMES, Field.FAMILY_NAME, Field.FULL_NAME, Field.BIRTH_DATE, Field.AGE,
        Field.SEX, Field.RACE, Field.ETHNICITY, Field.SCHOOL, Field.GRADE, Field.LANGUAGE,
        Field.PHONE, Field.EMAIL, Field.ADDRESS, Field.CITY, Field.REGION, Field.ZIP,
        Field.RESIDENCE)),
    ("adult", _l("A parent or guardian"), (
        Field.ADULT_NAME, Field.ADULT_RELATION, Field.ADULT_PHONE, Field.ADULT_EMAIL,
        Field.ADULT_LANGUAGE)),
    ("open", _l("Cases that are open already"), (
        Field.STAGE, Field.ADMITTED_ON, Field.CONSENTED_ON, Field.INTAKE_ON, Field.HEARD_ON,
        Field.SENTENCED_ON, Field.DUE_ON, Field.TRAINED_ON)),
    ("items", _l("What was ordered before, and what of it is done"), (
        Field.JURY_ORDERED, Field.JURY_DONE, Field.JURY_DUE_ON,
        Field.COMMUNITY_SERVICE_ORDERED, Field.COMMUNITY_SERVICE_DONE,
        Field.COMMUNITY_SERVICE_DUE_ON, Field.APOLOGY_LETTER_ORDERED, Field.APOLOGY_LETTER_DONE,
        Field.ESSAY_ORDERED, Field.ESSAY_DONE, Field.CLASS_ORDERED, Field.CLASS_DONE,
        Field.RESTITUTION_ORDERED, Field.RESTITUTION_DONE, Field.COUNSELLING_ORDERED,
        Field.COUNSELLING_DONE, Field.OTHER_ORDERED, Field.OTHER_DONE)),
)  # fmt: skip
"""The fields as the page asks for them."""

BY_PERSON = "person"
"""The choice of rows that are known by who and when, in a file without numbers."""

PATTERNED = tuple(field for field in Field if field in DATE_FIELDS | TIME_FIELDS)
_EXAMPLES = {
    "YYYY": "2026", "YY": "26", "MON": "Mar", "MM": "03", "DD": "04", "HHmm": "1538", "HH": "15",
    "hh": "03", "mm": "38", "ss": "00", "AM": "PM",
}  # fmt: skip


class ColumnsForm(CourtForm):
    """The parts of a mapping that are not a column of the file."""

    title = TrimmedField(
        _l("Name of this kind of file"),
        description=_l("For example: City police, monthly list of arrests."),
        validators=[
            InputRequired(_l("Please fill this in.")),
            Length(max=120, message=TOO_LONG),
        ],
    )
    agency = TrimmedField(
        _l("Who refers, if no column says it"), validators=[Length(max=160, message=TOO_LONG)]
    )
    referred_on = DayField(
        _l("Day of the referral, if no column says it"),
        description=_l("Left empty it is the day of the import."),
        validators=[Optional()],
    )
    unknown_age = TrimmedField(
        _l("Ages that stand for “not known”"),
        description=_l("With commas between them, for example: 0, 99."),
        validators=[Length(max=60, message=TOO_LONG)],
    )
    class_suffix = BooleanField(
        _l("Offences end in two spaces and F or M, for felony or misdemeanor")
    )
    known_by = RadioField(_l("How is a row known again when it comes a second time?"), choices=[])
    exact_copies = RadioField(
        _l("What are rows with exactly the same content?"),
        choices=lambda: choices_of(ExactCopies),
        default=ExactCopies.SEPARATE,
    )
    require = SelectMultipleField(
        _l("Refuse rows in which one of these is empty"),
        choices=[],
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    blank_when_only = SelectMultipleField(
        _l("Columns that are filled even in empty rows"),
        description=_l("A row with nothing but these counts as empty."),
        choices=[],
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def column_of(self, field: Field) -> str:
        """Return the column chosen for a field, empty for none."""
        return str(self[f"column_{field.value}"].data or "")

    def pattern_of(self, field: Field) -> str:
        """Return how a field of days or times is written."""
        return str(self[f"pattern_{field.value}"].data or "")


def columns_form(
    header: Sequence[str], samples: Mapping[str, str], document: Mapping[str, Any], **kwargs: Any
) -> ColumnsForm:
    """Return the form for a file with this header, filled in from a mapping document.

    ``samples`` shows a few cells of each column.
    """
    names = [name.strip() for name in header]
    once = [name for name in names if name and names.count(name) == 1]
    offered = [("", _("not in this file"))]
    offered += [(name, f"{name}: {samples[name]}" if samples.get(name) else name) for name in once]
    parts: dict[str, Any] = {}
    for field in Field:
        parts[f"column_{field.value}"] = SelectField(label(field), choices=lambda: offered)
    for field in PATTERNED:
        parts[f"pattern_{field.value}"] = SelectField(
            _("How it is written"), choices=_offered(_patterns(field, document))
        )
    form: ColumnsForm = type("ColumnsOfThisFileForm", (ColumnsForm,), parts)(
        data=_values(document, once), **kwargs
    )
    form.known_by.choices = known_by_choices(document)
    form.require.choices = [(f.value, label(f)) for _key, _legend, fields in GROUPS for f in fields]
    form.blank_when_only.choices = [
        (name, name) for name in document.get("blank_when_only", ()) if name in once
    ]
    return form


def _offered(choices: list[tuple[str, str]]) -> Callable[[], list[tuple[str, str]]]:
    """Return choices as WTForms wants to be handed them."""
    return lambda: choices


def known_by_choices(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what can make a row the same fact when it comes again."""
    choices = [
        (Field.INCIDENT_NUMBER.value, _("By the incident number and what is said of the youth")),
        (Field.REFERENCE.value, _("By the referral number and what is said of the youth")),
        (BY_PERSON, _("By name, birth date and day of the referral")),
        ("content", _("By all it says: every row is a case of its own")),
    ]
    if document.get("identity") or document.get("merge"):
        listed = document.get("identity") or document.get("merge") or ()
        words = ", ".join(label(Field(name)) for name in listed)
        choices.insert(0, ("stored", _("By these together: %(fields)s", fields=words)))
    return choices


def example_of(pattern: str) -> str:
    """Return what a day or time looks like when it is written by a pattern."""
    text, rest = "", pattern
    while rest:
        part = next((p for p in _EXAMPLES if rest.startswith(p)), "")
        text += _EXAMPLES[part] if part else rest[0]
        rest = rest[len(part) or 1 :]
    return text


def _patterns(field: Field, document: Mapping[str, Any]) -> list[tuple[str, str]]:
    times = field in TIME_FIELDS
    stored = (document.get("times" if times else "dates") or {}).get(field.value, ())
    known = TIME_PATTERNS if times else DATE_PATTERNS
    offered = dict.fromkeys((*known, *stored))
    return [("", _("not chosen")), *((p, f"{example_of(p)}   ({p})") for p in offered)]


def _values(document: Mapping[str, Any], once: Sequence[str]) -> dict[str, Any]:
    """Return the values of the form that a document stands for."""
    folded = {" ".join(name.split()).casefold(): name for name in once}
    values: dict[str, Any] = {
        f"column_{field}": folded.get(" ".join(name.split()).casefold(), "")
        for field, name in document.get("columns", {}).items()
    }
    for kind in ("dates", "times"):
        for field, patterns in document.get(kind, {}).items():
            values[f"pattern_{field}"] = next(iter(patterns), "")
    constants = document.get("constants", {})
    number = next(iter(document.get("identity") or document.get("merge") or ()), "")
    suffix = Transform.CLASS_SUFFIX in document.get("transforms", {}).get(Field.CHARGE_TEXT, ())
    return values | {
        "title": document.get("title", ""),
        "agency": constants.get(Field.AGENCY.value, ""),
        "referred_on": _day(constants.get(Field.REFERRED_ON.value, "")),
        "unknown_age": ", ".join(document.get("unknown", {}).get(Field.AGE.value, ())),
        "class_suffix": suffix,
        "known_by": "stored" if number else "content",
        "exact_copies": document.get("exact_copies", ExactCopies.SEPARATE.value),
        "require": list(document.get("require", ())),
        "blank_when_only": list(document.get("blank_when_only", ())),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
