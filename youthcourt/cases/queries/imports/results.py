"""What a run has made: its cases, their incidents, and people who may be on record twice."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case, Charge, ImportedRow
from youthcourt.cases.queries.imports.runs import PAGE
from youthcourt.db import ListPage, page_number
from youthcourt.people.domain import Level, Likelihood, PersonName, likely_duplicate
from youthcourt.people.models import Person
from youthcourt.people.queries.likeness import traits_of
from youthcourt.people.queries.persons import name_of

_IN_ONE_QUERY = 400
_MOST_PAIRS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeCase:
    """One case that rows of a run made or joined."""

    id: uuid.UUID
    number: str
    state: CaseState
    referred_on: date
    person_id: uuid.UUID
    name: PersonName
    offence: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LookAlike:
    """Somebody a run brought, somebody else who may be the same, and why."""

    brought: Person
    other: Person
    likelihood: Likelihood


def cases_of_run(session: Session, run_id: uuid.UUID, *, page: int = 1) -> ListPage[MadeCase]:
    """Return one page of the cases that rows of a run made or joined, by their numbers."""
    ids = select(ImportedRow.case_id).where(ImportedRow.run_id == run_id).distinct()
    total = session.scalar(select(func.count(Case.id)).where(Case.id.in_(ids))) or 0
    number = page_number(page, total=total, size=PAGE)
    query = (
        select(Case, Person, Charge.text)
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Charge, (Charge.case_id == Case.id) & (Charge.position == 1))
        .where(Case.id.in_(ids))
        # From 10,000 cases of a year on, a longer number is a later one.
        .order_by(func.length(Case.number), Case.number)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    lines = tuple(_made(*row) for row in session.execute(query))
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


def companion_incidents(session: Session, run_id: uuid.UUID) -> int:
    """Return how many incidents have more than one case of this run."""
    ids = select(ImportedRow.case_id).where(ImportedRow.run_id == run_id).distinct()
    several = (
        select(Case.incident_id)
        .where(Case.id.in_(ids), Case.incident_id.is_not(None))
        .group_by(Case.incident_id)
        .having(func.count(Case.id) > 1)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(several)) or 0


def look_alikes(session: Session, run_id: uuid.UUID) -> tuple[LookAlike, ...]:
    """Return pairs of a named person of this run and somebody who may be the same.

    The likely ones first, at most 200.  Compared are people with the same birth date, the same
    phone number or the same names; the number of queries grows with the people by the hundred.
    """
    brought = _named_persons(session, run_id)
    others = _candidates(session, brought)
    pairs: dict[frozenset[uuid.UUID], LookAlike] = {}
    for here in _grouped(brought.values(), others.values()):
        for one, other in here:
            both = frozenset({one.id, other.id})
            if both in pairs:
                continue
            likelihood = likely_duplicate(traits_of(one), traits_of(other))
            if likelihood.level is not Level.NONE:
                pairs[both] = LookAlike(brought=one, other=other, likelihood=likelihood)
    found = sorted(
        pairs.values(),
        key=lambda pair: (pair.likelihood.level is not Level.LIKELY, pair.brought.number),
    )
    return tuple(found[:_MOST_PAIRS])


def _named_persons(session: Session, run_id: uuid.UUID) -> dict[uuid.UUID, Person]:
    made = (
        select(Case.person_id)
        .join(ImportedRow, ImportedRow.case_id == Case.id)
        .where(ImportedRow.run_id == run_id)
        .distinct()
    )
    query = select(Person).where(
        Person.id.in_(made), Person.search_key != "", Person.merged_into_id.is_(None)
    )
    return {person.id: person for person in session.scalars(query)}


def _candidates(session: Session, brought: dict[uuid.UUID, Person]) -> dict[uuid.UUID, Person]:
    found = dict(brought)
    for column in (Person.birth_key, Person.phone_key, Person.search_key):
        values = sorted({v for p in brought.values() if (v := getattr(p, column.key))})
        for start in range(0, len(values), _IN_ONE_QUERY):
            some: ColumnElement[bool] = column.in_(values[start : start + _IN_ONE_QUERY])
            query = select(Person).where(Person.merged_into_id.is_(None), some)
            found |= {person.id: person for person in session.scalars(query)}
    return found


def _grouped(
    brought: Iterable[Person], everybody: Iterable[Person]
) -> Iterator[Iterator[tuple[Person, Person]]]:
    """Yield the pairs of those who share a birth date, a phone number or all names."""
    here = {person.id for person in brought}
    people = list(everybody)
    shared: tuple[Callable[[Person], Hashable], ...] = (
        lambda person: person.birth_key,
        lambda person: person.phone_key,
        lambda person: person.search_key or None,
    )
    for share in shared:
        groups: defaultdict[Hashable, list[Person]] = defaultdict(list)
        for person in people:
            groups[share(person)].append(person)
        groups.pop(None, None)
        for group in groups.values():
            yield (
                (one, other) if one.id in here else (other, one)
                for one, other in combinations(group, 2)
                if one.id in here or other.id in here
            )


def _made(case: Case, person: Person, offence: str | None) -> MadeCase:
    return MadeCase(
        id=case.id,
        number=case.number,
        state=case.state,
        referred_on=case.referred_on,
        person_id=person.id,
        name=name_of(person.given_names, person.family_name, person.preferred_name),
        offence=offence,
    )
