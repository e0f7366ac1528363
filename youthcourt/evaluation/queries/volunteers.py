"""What adults gave, who presided, and which hours count as service learning."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from youthcourt.evaluation.domain import CountCode, Figure, Period, counted, recorded
from youthcourt.evaluation.queries.service import confirmed
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import AdultHours, CourtSession, Sitting
from youthcourt.people.models import Person
from youthcourt.sentences.models import Allocation, ServiceRecord


def volunteer_figures(session: Session, period: Period) -> Iterator[Figure]:
    """Yield the figures about adults and about service learning."""
    yield from _adults(session, period)
    yield counted(CountCode.PRESIDING_NAMES, _presiding(session, period))
    yield _service_learning(session, period)


def _adults(session: Session, period: Period) -> Iterator[Figure]:
    """Unknown while no line stands up to the last day: what nobody wrote down is not nought."""
    inside = AdultHours.given_on >= period.first
    row = session.execute(
        select(
            func.count().label("ever"),
            func.count(case((inside, AdultHours.name_key)).distinct()).label("adults"),
            func.coalesce(func.sum(case((inside, AdultHours.minutes))), 0).label("minutes"),
        ).where(AdultHours.withdrawn_at.is_(None), AdultHours.given_on <= period.last)
    ).one()
    ever = bool(row.ever)
    yield recorded(CountCode.VOLUNTEERS_ADULT, row.adults, ever=ever)
    yield recorded(CountCode.HOURS_ADULT, int(row.minutes), ever=ever)


def _service_learning(session: Session, period: Period) -> Figure:
    """Freely given hours from the day on that stands in the entry; ordered ones never count.

    Source: Maryland Teen Court Association, where jurors earn hours for graduation only as
    volunteers.
    """
    collecting = session.scalar(
        select(func.count(Person.id)).where(
            Person.service_learning_since <= period.last, Person.merged_into_id.is_(None)
        )
    )
    minutes = session.scalar(
        select(func.coalesce(func.sum(Allocation.minutes), 0))
        .select_from(ServiceRecord)
        .join(Allocation, Allocation.service_id == ServiceRecord.id)
        .join(Person, Person.id == ServiceRecord.person_id)
        .where(
            *confirmed(period),
            Allocation.sanction_id.is_(None),
            ServiceRecord.served_on >= Person.service_learning_since,
        )
    )
    code = CountCode.HOURS_SERVICE_LEARNING
    return recorded(code, int(minutes or 0), ever=bool(collecting))


def _presiding(session: Session, period: Period) -> int:
    name = func.lower(func.trim(Sitting.presiding))
    return (
        session.scalar(
            select(func.count(name.distinct()))
            .join(CourtSession, CourtSession.id == Sitting.session_id)
            .where(
                CourtSession.kind == CourtSessionKind.HEARING,
                CourtSession.state == CourtSessionState.CONFIRMED,
                CourtSession.held_on >= period.first,
                CourtSession.held_on <= period.last,
                Sitting.removed_at.is_(None),
                name != "",
            )
        )
        or 0
    )
