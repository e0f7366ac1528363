"""Between a form on a person or adult and what the services take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from wtforms import Field, SelectField

from youthcourt.people.domain.kinds import AdultChannel, AuthorityProof, Relation
from youthcourt.people.forms import AdultForm, PersonForm
from youthcourt.people.models import Adult, Person
from youthcourt.people.queries import school_name
from youthcourt.people.services import AdultEntry, PersonEntry, school_named

PERSON_FIELDS = (
    "given_names",
    "family_name",
    "preferred_name",
    "birth_date",
    "stated_age",
    "stated_age_on",
    "sex",
    "language",
    "interpreter_needed",
    "grade",
    "phone",
    "email",
    "address",
)
ADULT_FIELDS = (
    "name",
    "relation",
    "may_consent",
    "authority_proof",
    "phone",
    "email",
    "language",
    "channel",
    "told_schedule",
    "told_progress",
    "told_outcome",
    "never_disclose",
    "note",
)
_SELECTS = ("sex", "language", "grade")


def typed_person(form: PersonForm) -> PersonEntry:
    """Return what was typed, without the school, which may have to be added first."""
    return PersonEntry(**form.given(*PERSON_FIELDS))


def with_school(session: Session, form: PersonForm, entry: PersonEntry) -> PersonEntry:
    """Return the entry with the key of the school typed; a new school is added."""
    name = str(form.school.data or "")
    if not name:
        return entry
    return replace(entry, school_id=school_named(session, name=name).id)


def saved_person(session: Session, person: Person) -> dict[str, Any]:
    """Return what is stored of a person, by field of the form."""
    values = {name: getattr(person, name) for name in PERSON_FIELDS}
    values["school"] = school_name(session, person.school_id)
    return values


def person_form(session: Session, person: Person) -> PersonForm:
    """Return the form filled with what is stored."""
    form = PersonForm(formdata=None, data=saved_person(session, person))
    form.version.data = str(person.version_id)
    offer_stored(form, person)
    return form


def offer_stored(form: PersonForm, person: Person) -> None:
    """Let each list of answers offer what is stored, even if no answer of ours is like it."""
    for name in _SELECTS:
        offer(form[name], getattr(person, name))


def offer(field: Field, value: str | None) -> None:
    """Add a stored value to the answers of a field that do not have it."""
    if not isinstance(field, SelectField):
        raise TypeError(field.name)
    choices: list[Any] = [*(field.choices or ())]
    if value and value not in {choice[0] for choice in choices}:
        field.choices = [*choices, (value, value)]


def typed_adult(form: AdultForm) -> AdultEntry:
    """Return what was typed of an adult."""
    values = form.given(*ADULT_FIELDS)
    proof = values["authority_proof"]
    values["relation"] = Relation(values["relation"])
    values["channel"] = AdultChannel(values["channel"])
    values["authority_proof"] = AuthorityProof(proof) if proof else None
    return AdultEntry(**values)


def saved_adult(adult: Adult) -> dict[str, Any]:
    """Return what is stored of an adult, by field of the form."""
    return {name: getattr(adult, name) for name in ADULT_FIELDS}
