"""Whom a notice is for, and whether a message may reach them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from youthcourt.errors import NotFound
from youthcourt.notices.domain import Unsent
from youthcourt.notices.models import Notice
from youthcourt.numbering import person_no
from youthcourt.people.domain import PersonName
from youthcourt.people.domain.kinds import Telling
from youthcourt.people.models import Person
from youthcourt.people.queries import (
    AdultLine,
    adult_hindered,
    adults_of,
    live_person,
    name_of,
    present_person_id,
    youth_hindered,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """The youth, or an adult around them; ``youth`` is what others may call the youth.

    ``hindered`` says why no e-mail reaches them; None when one does.
    """

    person_id: uuid.UUID
    name: str
    youth: str
    is_adult: bool
    email: str
    phone: str | None
    language: str
    hindered: Unsent | None


def recipient_of(session: Session, notice: Notice) -> Recipient | None:
    """Return whom a notice is for; None when nobody may be told of it (any more)."""
    if notice.person_id is None:
        return None
    try:
        person = live_person(session, present_person_id(session, notice.person_id))
    except NotFound:
        return None
    adults = adults_of(session, person.id)
    if notice.adult_id is None:
        return _youth(person, adults)
    adult = next((line for line in adults if line.id == notice.adult_id), None)
    if adult is None or not adult.may_be_told(Telling.SCHEDULE):
        return None
    return _adult(person, adult, adults)


def _youth(person: Person, adults: Iterable[AdultLine]) -> Recipient:
    return Recipient(
        person_id=person.id,
        name=_name(person).full or person_no(person.number),
        youth=_name(person).first,
        is_adult=False,
        email=person.email or "",
        phone=person.phone,
        language=person.language,
        hindered=youth_hindered(person, adults),
    )


def _adult(person: Person, adult: AdultLine, adults: Iterable[AdultLine]) -> Recipient:
    return Recipient(
        person_id=person.id,
        name=adult.name,
        youth=_name(person).first,
        is_adult=True,
        email=adult.email or "",
        phone=adult.phone,
        language=adult.language,
        hindered=adult_hindered(adult, adults),
    )


def _name(person: Person) -> PersonName:
    return name_of(person.given_names, person.family_name, person.preferred_name)
