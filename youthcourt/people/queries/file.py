"""Everything the page of a person shows, in a constant number of queries."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import FactQuestion
from youthcourt.errors import NotFound
from youthcourt.people.domain import AgeRange, PersonName
from youthcourt.people.models import Person, PersonMerge
from youthcourt.people.queries.adults import AdultLine, adults_of
from youthcourt.people.queries.finding import lines_query
from youthcourt.people.queries.jurors import (
    AwaySpan,
    KnownPerson,
    TrainingLine,
    known_persons,
    trainings_of,
    unavailable_days,
)
from youthcourt.people.queries.papers import ConsentLine, consents_of
from youthcourt.people.queries.persons import ages_of, name_of


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeLine:
    """Somebody who was merged into this person, and may be taken apart again."""

    id: uuid.UUID
    number: str
    name: PersonName
    merged_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonFile:
    """A person with everything kept in this feature; ``ages`` is None when nothing is known."""

    id: uuid.UUID
    number: str
    name: PersonName
    ages: AgeRange | None
    birth_date: date | None
    age_stated: bool
    sex: str | None
    language: str
    interpreter_needed: bool
    school: str | None
    grade: str | None
    phone: str | None
    email: str | None
    address: str | None
    fact_question: FactQuestion | None
    on_jury_list: bool
    volunteer_since: date | None
    service_learning_since: date | None
    left_jury_on: date | None
    adults: tuple[AdultLine, ...]
    consents: tuple[ConsentLine, ...]
    away: tuple[AwaySpan, ...]
    trainings: tuple[TrainingLine, ...]
    knows: tuple[KnownPerson, ...]
    merges: tuple[MergeLine, ...]

    @property
    def kept_from(self) -> tuple[AdultLine, ...]:
        """The adults who must never be contacted or told anything."""
        return tuple(adult for adult in self.adults if adult.never_disclose)


def person_file(session: Session, *, person_id: uuid.UUID, today: date) -> PersonFile:
    """Return a person's file; days away that are over are left out."""
    found = session.execute(
        lines_query().where(Person.id == person_id, Person.merged_into_id.is_(None))
    ).first()
    if found is None:
        raise NotFound
    person, school = found
    return PersonFile(
        id=person.id,
        number=person.number,
        name=name_of(person.given_names, person.family_name, person.preferred_name),
        ages=ages_of(
            birth_date=person.birth_date,
            stated_age=person.stated_age,
            stated_age_on=person.stated_age_on,
            on=today,
        ),
        birth_date=person.birth_date,
        age_stated=person.birth_date is None,
        sex=person.sex,
        language=person.language,
        interpreter_needed=person.interpreter_needed,
        school=school,
        grade=person.grade,
        phone=person.phone,
        email=person.email,
        address=person.address,
        fact_question=person.fact_question,
        on_jury_list=person.on_jury_list,
        volunteer_since=person.volunteer_since,
        service_learning_since=person.service_learning_since,
        left_jury_on=person.left_jury_on,
        adults=adults_of(session, person_id),
        consents=consents_of(session, person_id=person_id),
        away=unavailable_days(session, person_ids=(person_id,), first=today).get(person_id, ()),
        trainings=trainings_of(session, person_ids=(person_id,)).get(person_id, ()),
        knows=known_persons(session, person_id=person_id),
        merges=_merges(session, person_id),
    )


def _merges(session: Session, person_id: uuid.UUID) -> tuple[MergeLine, ...]:
    rows = session.execute(
        select(PersonMerge.id, PersonMerge.merged_at, Person)
        .join(Person, Person.id == PersonMerge.merged_id)
        .where(PersonMerge.kept_id == person_id, PersonMerge.undone_at.is_(None))
        .order_by(PersonMerge.merged_at.desc())
    )
    return tuple(
        MergeLine(
            id=merge_id,
            number=person.number,
            name=name_of(person.given_names, person.family_name, person.preferred_name),
            merged_at=merged_at,
        )
        for merge_id, merged_at, person in rows
    )
