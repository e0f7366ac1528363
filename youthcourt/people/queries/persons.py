"""Reading single persons and the names of many."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.models import User
from youthcourt.audit.models import AuditEntry
from youthcourt.db import lookup_key
from youthcourt.errors import NotFound
from youthcourt.people.domain import AgeRange, PersonName, age_on, age_range_on
from youthcourt.people.domain.contacts import SHORTEST_PHONE, phone_digits
from youthcourt.people.models import Person

_LONGEST_CHAIN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class LastSaved:
    """Who saved a record last, and when; the name is empty for the program itself."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberedName:
    """What tells one person from another in a list."""

    number: str
    name: PersonName


def person_made(session: Session, key: uuid.UUID) -> Person | None:
    """Return the person that was entered under a key, merged since or not."""
    return session.scalar(select(Person).where(Person.id == key))


def live_person(session: Session, person_id: uuid.UUID, *, lock: bool = False) -> Person:
    """Return a person that was not merged into another, or raise ``NotFound``.

    ``lock`` holds the row until the transaction ends and reads it afresh.
    """
    query = select(Person).where(Person.id == person_id, Person.merged_into_id.is_(None))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    person = session.scalar(query)
    if person is None:
        raise NotFound
    return person


def present_person_id(session: Session, person_id: uuid.UUID) -> uuid.UUID:
    """Return the person somebody was merged into in the end, the key itself when in none."""
    at = person_id
    for _step in range(_LONGEST_CHAIN):
        row = session.execute(select(Person.id, Person.merged_into_id).where(Person.id == at))
        found = row.first()
        if found is None:
            raise NotFound
        if found.merged_into_id is None:
            return at
        at = found.merged_into_id
    raise NotFound


def ids_of_person(session: Session, person_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return a person's key and those of everybody merged into it, for reading histories."""
    found = [person_id]
    new = [person_id]
    while new:
        new = list(session.scalars(select(Person.id).where(Person.merged_into_id.in_(new))))
        found += new
    return tuple(found)


def person_names(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PersonName]:
    """Return the names of these persons in one query; merged ones under their own key."""
    return {key: one.name for key, one in numbered_names(session, ids).items()}


def numbered_names(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, NumberedName]:
    """Return names with numbers in one query: two people may have one name."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(
            Person.id,
            Person.number,
            Person.given_names,
            Person.family_name,
            Person.preferred_name,
        ).where(Person.id.in_(wanted))
    )
    return {
        row.id: NumberedName(
            number=row.number,
            name=name_of(row.given_names, row.family_name, row.preferred_name),
        )
        for row in rows
    }


def name_of(given: str | None, family: str | None, called: str | None) -> PersonName:
    """Return the name made of stored columns."""
    return PersonName(given=given or "", family=family or "", called=called or "")


def ages_of(
    *,
    birth_date: date | None,
    stated_age: int | None,
    stated_age_on: date | None,
    on: date,
) -> AgeRange | None:
    """Return how old somebody is on a day: from the birth date, else from what was stated."""
    if birth_date is not None:
        age = max(age_on(birth_date, on), 0)
        return AgeRange(youngest=age, oldest=age)
    if stated_age is not None and stated_age_on is not None:
        return age_range_on(stated_age, stated_age_on, on)
    return None


def persons_by_phone(session: Session, phone: str) -> tuple[uuid.UUID, ...]:
    """Return the persons with this phone number, however it is spelt."""
    digits = phone_digits(phone)
    if len(digits) < SHORTEST_PHONE:
        return ()
    return tuple(
        session.scalars(
            select(Person.id)
            .where(Person.phone_key == lookup_key(digits), Person.merged_into_id.is_(None))
            .order_by(Person.number)
        )
    )


def last_saved(session: Session, *, subject: str, subject_id: uuid.UUID) -> LastSaved | None:
    """Return who wrote to a record last, reads aside; for the page on conflicting versions."""
    row = session.execute(
        select(AuditEntry.at, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_user_id)
        .where(
            AuditEntry.subject == subject,
            AuditEntry.subject_id == subject_id,
            AuditEntry.act != "read",
        )
        .order_by(AuditEntry.at.desc())
        .limit(1)
    ).first()
    return None if row is None else LastSaved(by=row.name or "", at=row.at)
