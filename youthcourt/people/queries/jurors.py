"""Reading what a juror brings along: training, days away, and whom they know."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from youthcourt.people.domain import PersonName
from youthcourt.people.models import Acquaintance, Person, Training, Unavailability
from youthcourt.people.queries.persons import person_names


@dataclass(frozen=True, kw_only=True, slots=True)
class AwaySpan:
    """Days on which somebody cannot come, both ends included."""

    id: uuid.UUID
    starts_on: date
    ends_on: date
    reason: str

    def covers(self, day: date) -> bool:
        """Return whether a day is among them."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingLine:
    """One training somebody has finished; ``by_hand`` ones may be taken back by hand."""

    id: uuid.UUID
    topic: str
    finished_on: date
    by_hand: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPerson:
    """Somebody a person knows, whichever of the two it was noted for."""

    id: uuid.UUID
    other_id: uuid.UUID
    name: PersonName
    kind: str
    said_by: str
    said_at: datetime


HAND = "hand:"
"""How the source key of a training recorded by hand begins."""


def unavailable_days(
    session: Session,
    *,
    person_ids: Collection[uuid.UUID] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> dict[uuid.UUID, tuple[AwaySpan, ...]]:
    """Return the days away of these persons, or of all, that touch the time from first to last."""
    query = select(Unavailability).order_by(Unavailability.starts_on, Unavailability.ends_on)
    if person_ids is not None:
        query = query.where(Unavailability.person_id.in_(person_ids))
    if first is not None:
        query = query.where(Unavailability.ends_on >= first)
    if last is not None:
        query = query.where(Unavailability.starts_on <= last)
    found: defaultdict[uuid.UUID, list[AwaySpan]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.person_id].append(
            AwaySpan(id=row.id, starts_on=row.starts_on, ends_on=row.ends_on, reason=row.reason)
        )
    return {person_id: tuple(spans) for person_id, spans in found.items()}


def trainings_of(
    session: Session, *, person_ids: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, tuple[TrainingLine, ...]]:
    """Return the finished trainings of these persons, or of all, the latest first."""
    query = select(Training).order_by(Training.finished_on.desc(), Training.topic, Training.id)
    if person_ids is not None:
        query = query.where(Training.person_id.in_(person_ids))
    found: defaultdict[uuid.UUID, list[TrainingLine]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.person_id].append(
            TrainingLine(
                id=row.id,
                topic=row.topic,
                finished_on=row.finished_on,
                by_hand=row.source_key.startswith(HAND),
            )
        )
    return {person_id: tuple(lines) for person_id, lines in found.items()}


def known_persons(session: Session, *, person_id: uuid.UUID) -> tuple[KnownPerson, ...]:
    """Return everybody a person knows with their names, in two queries."""
    rows = session.scalars(
        select(Acquaintance)
        .where(or_(Acquaintance.person_id == person_id, Acquaintance.other_id == person_id))
        .order_by(Acquaintance.said_at, Acquaintance.id)
    ).all()
    others = [row.other_id if row.person_id == person_id else row.person_id for row in rows]
    names = person_names(session, others)
    return tuple(
        KnownPerson(
            id=row.id,
            other_id=other,
            name=names.get(other, PersonName()),
            kind=row.kind,
            said_by=row.said_by,
            said_at=row.said_at,
        )
        for row, other in zip(rows, others, strict=True)
    )


def ties_between(
    session: Session, *, person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[uuid.UUID, frozenset[str]]]:
    """Return person -> known person -> kinds of tie, both ways, for each of these persons."""
    touches: ColumnElement[bool] = or_(
        Acquaintance.person_id.in_(person_ids), Acquaintance.other_id.in_(person_ids)
    )
    found: defaultdict[uuid.UUID, defaultdict[uuid.UUID, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for row in session.scalars(select(Acquaintance).where(touches)):
        found[row.person_id][row.other_id].add(row.kind)
        found[row.other_id][row.person_id].add(row.kind)
    wanted = set(person_ids)
    return {
        person: {other: frozenset(kinds) for other, kinds in ties.items()}
        for person, ties in found.items()
        if person in wanted
    }


def jury_list(session: Session) -> tuple[uuid.UUID, ...]:
    """Return everybody on the jury list, by number; merged persons are never on it."""
    return tuple(
        session.scalars(
            select(Person.id)
            .where(Person.on_jury_list.is_(True), Person.merged_into_id.is_(None))
            .order_by(Person.number)
        )
    )
