"""What was ordered, what was served, and by how many young people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.evaluation.domain import CountCode, Figure, Period, counted
from youthcourt.sentences.domain import BEFORE, ServiceState
from youthcourt.sentences.models import Allocation, Sanction, Sentence, ServiceRecord

_IN_HOURS = (SanctionKind.COMMUNITY_SERVICE, SanctionKind.JURY)
_AS_ITEMS = (Unit.PIECES, Unit.NONE)


def service_figures(session: Session, period: Period) -> Iterator[Figure]:
    """Yield what sentences of the span ordered and what was served in it."""
    yield from _ordered(session, period)
    yield from _served(session, period)
    yield from _people(session, period)


def _ordered(session: Session, period: Period) -> Iterator[Figure]:
    rows = session.execute(
        select(Sanction.kind, Sanction.unit, func.sum(Sanction.amount), func.count())
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .where(
            Sentence.withdrawn_at.is_(None),
            Sentence.sentenced_on >= period.first,
            Sentence.sentenced_on <= period.last,
        )
        .group_by(Sanction.kind, Sanction.unit)
    )
    amounts: dict[tuple[SanctionKind, Unit], int] = {}
    items = dict.fromkeys(SanctionKind, 0)
    for kind, unit, amount, times in rows:
        amounts[kind, unit] = int(amount or 0)
        if unit in _AS_ITEMS:
            items[kind] += times
    minutes = {kind: amounts.get((kind, Unit.MINUTES), 0) for kind in SanctionKind}
    yield counted(CountCode.SESSIONS_ORDERED, _of_unit(amounts, Unit.SESSIONS))
    for kind in SanctionKind:
        if kind in _IN_HOURS or minutes[kind]:
            yield counted(CountCode.HOURS_ORDERED_OF, minutes[kind], kind.value)
    yield counted(CountCode.HOURS_ORDERED, sum(minutes.values()))
    for kind in SanctionKind:
        if kind not in {*_IN_HOURS, SanctionKind.RESTITUTION} or items[kind]:
            yield counted(CountCode.ITEMS_ORDERED_OF, items[kind], kind.value)
    yield counted(CountCode.MONEY_ORDERED, _of_unit(amounts, Unit.MONEY))


def _of_unit(amounts: dict[tuple[SanctionKind, Unit], int], wanted: Unit) -> int:
    return sum(amount for (_kind, unit), amount in amounts.items() if unit is wanted)


def confirmed(period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return what tells confirmed service of the span.

    What was done before the records began here has no day, and the old ones have counted it.
    """
    return (
        ServiceRecord.state == ServiceState.CONFIRMED,
        ServiceRecord.served_on >= period.first,
        ServiceRecord.served_on <= period.last,
        ServiceRecord.proof.is_distinct_from(BEFORE),
    )


def _served(session: Session, period: Period) -> Iterator[Figure]:
    freely = Allocation.sanction_id.is_(None).label("freely")
    rows = session.execute(
        select(
            ServiceRecord.kind,
            freely,
            func.sum(Allocation.sessions).label("sessions"),
            func.sum(Allocation.minutes).label("minutes"),
        )
        .join(Allocation, Allocation.service_id == ServiceRecord.id)
        .where(*confirmed(period))
        .group_by(ServiceRecord.kind, freely)
    ).all()
    sessions, minutes = [0, 0], [0, 0]  # ordered, freely given
    for row in rows:
        sessions[bool(row.freely)] += int(row.sessions)
        minutes[bool(row.freely)] += int(row.minutes)
    yield counted(CountCode.SESSIONS_SERVED_ORDERED, sessions[False])
    yield counted(CountCode.SESSIONS_SERVED_FREELY, sessions[True])
    yield counted(CountCode.SESSIONS_SERVED, sum(sessions))
    of_kind = {row.kind: int(row.minutes) for row in rows if not row.freely}
    for kind in SanctionKind:
        if kind in _IN_HOURS or of_kind.get(kind):
            yield counted(CountCode.HOURS_SERVED_ORDERED_OF, of_kind.get(kind, 0), kind.value)
    yield counted(CountCode.HOURS_SERVED_ORDERED, minutes[False])
    yield counted(CountCode.HOURS_SERVED_FREELY, minutes[True])
    yield counted(CountCode.HOURS_SERVED, sum(minutes))


def _people(session: Session, period: Period) -> Iterator[Figure]:
    something = or_(Allocation.sessions > 0, Allocation.minutes > 0)
    freely = and_(Allocation.sanction_id.is_(None), something)
    former = (
        select(Case.id)
        .where(Case.person_id == ServiceRecord.person_id, Case.closed_on <= ServiceRecord.served_on)
        .correlate(ServiceRecord)
        .exists()
    )
    conditions = {
        CountCode.YOUTH_SERVING_ORDERED: and_(Allocation.sanction_id.is_not(None), something),
        CountCode.VOLUNTEERS_YOUTH: freely,
        CountCode.VOLUNTEERS_FORMER: and_(freely, former),
    }
    row = session.execute(
        select(*(_distinct_if(when, code.value) for code, when in conditions.items()))
        .select_from(ServiceRecord)
        .join(Allocation, Allocation.service_id == ServiceRecord.id)
        .where(*confirmed(period))
    ).one()
    for code, people in zip(conditions, row, strict=True):
        yield counted(code, people)


def _distinct_if(condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.count(case((condition, ServiceRecord.person_id)).distinct()).label(name)
