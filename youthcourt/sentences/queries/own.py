"""What somebody has done and has left, as they read it themselves; nothing about any case."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.people.calendar import court_day
from youthcourt.sentences.domain import (
    AttendanceOutcome,
    CanFinish,
    DayStanding,
    Feasibility,
    ServiceState,
)
from youthcourt.sentences.domain.reasons import DenialReason
from youthcourt.sentences.models import ServiceEvent, ServiceRecord
from youthcourt.sentences.ports import trainings_among
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.outlook import feasibilities
from youthcourt.sentences.queries.progress import progress_of
from youthcourt.sentences.queries.standing import CameUnbooked, unconfirmed

_QUIET = (DenialReason.RELEASED, DenialReason.SESSION_CANCELLED)
_TOLD = (*(reason for reason in DenialReason if reason not in _QUIET), "not_served")
"""Why a booking came to nothing, as far as its owner is told of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnObligation:
    """One thing somebody owes, with every number written out; amounts in its unit.

    ``required = done + waiting + booked + to_book`` and ``left = required - done``.  ``due_on``
    is the last day that still counts.  For sessions on a jury ``can_finish`` says whether there
    is still room for all; only with a yes are ``last_date_to_book`` (the latest session to begin
    with), ``finishes_on`` and ``misses_left`` (how many sessions may be missed) a promise.
    """

    id: uuid.UUID
    label: str
    kind: SanctionKind
    unit: Unit
    required: int
    done: int
    waiting: int
    booked: int
    to_book: int
    left: int
    finished: bool
    overdue: bool
    due_on: date | None
    days_left: int | None
    next_booked_on: date | None
    can_finish: CanFinish | None
    last_date_to_book: date | None
    finishes_on: date | None
    misses_left: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnService:
    """One evening or piece of work of somebody, how it stands, and why it was not counted.

    ``state`` is as pages show it: what is over and not confirmed waits.  ``said`` is how an
    evening that holds no place went.
    """

    id: uuid.UUID
    kind: SanctionKind
    training: bool
    state: ServiceState
    served_on: date
    sessions: int
    minutes: int
    reason: str | None
    said: AttendanceOutcome | None = None


def own_obligations(
    session: Session, *, person_id: uuid.UUID, now: datetime
) -> tuple[OwnObligation, ...]:
    """Return everything somebody owes in a case that is open, done or not.

    The number of statements does not depend on how much that is.
    """
    today = court_day(session, now)
    items = progress_of(session, person_ids=[person_id], open_only=True, now=now)[person_id]
    if not items:
        return ()
    views = feasibilities(session, person_ids=[person_id], now=now)
    return tuple(_own(item, views.get(item.id), today) for item in items)


def _own(item: SanctionProgress, view: Feasibility | None, today: date) -> OwnObligation:
    sure = view is not None and item.to_book > 0 and view.can_finish is CanFinish.YES
    return OwnObligation(
        id=item.id,
        label=item.label,
        kind=item.kind,
        unit=item.unit,
        required=item.required,
        done=item.confirmed,
        waiting=item.pending,
        booked=item.booked,
        to_book=item.to_book,
        left=item.left,
        finished=item.satisfied,
        overdue=item.overdue(today),
        due_on=item.due_on,
        days_left=None if item.due_on is None else max(0, (item.due_on - today).days),
        next_booked_on=min((day for day in item.booked_on if day >= today), default=None),
        can_finish=view.can_finish if view and item.left else None,
        last_date_to_book=view.last_date_to_book if view and sure else None,
        finishes_on=view.finishes_on if view and sure else None,
        misses_left=view.misses_left if view and sure else None,
    )


def own_service(
    session: Session, *, person_id: uuid.UUID, now: datetime, limit: int = 50
) -> tuple[OwnService, ...]:
    """Return what somebody served, has booked or was not counted, the latest first.

    What was taken back is left out, and bookings that fell through or that nobody was told of:
    they tell nobody anything.  A fixed number of statements.
    """
    rows = session.execute(
        select(
            ServiceRecord.id,
            ServiceRecord.kind,
            ServiceRecord.state,
            ServiceRecord.served_on,
            ServiceRecord.sessions,
            ServiceRecord.minutes,
            ServiceRecord.source_key,
        )
        .where(
            ServiceRecord.person_id == person_id,
            ServiceRecord.state != ServiceState.REVERSED,
            ServiceRecord.id.not_in(_fallen_through(person_id)),
        )
        .order_by(ServiceRecord.served_on.desc(), ServiceRecord.recorded_at.desc())
        .limit(limit)
    ).all()
    reasons = _why_denied(session, [row.id for row in rows if row.state is ServiceState.DENIED])
    trainings = trainings_among(session, [row.source_key for row in rows])
    days = unconfirmed(session, person_ids=[person_id], now=now)
    found = [
        _own_day(row, days.standing(row), reasons.get(row.id), training=row.source_key in trainings)
        for row in rows
    ]
    found += [_came(one) for one in days.unbooked.get(person_id, ())]
    told = [one for one in found if one is not None]
    return tuple(sorted(told, key=lambda one: one.served_on, reverse=True))


def _own_day(
    row: Any, stands: DayStanding | None, reason: str | None, *, training: bool
) -> OwnService | None:
    """Return a day as its owner reads it, none for a seat that was over before it was told."""
    if stands is not None and not stands.holds_place and stands.said is None:
        return None
    holds = stands is not None and stands.holds_place
    return OwnService(
        id=row.id,
        kind=row.kind,
        training=training,
        state=stands.state if stands else row.state,
        served_on=row.served_on,
        sessions=stands.sessions if stands and holds else row.sessions,
        minutes=stands.minutes if stands and holds else row.minutes,
        reason=reason,
        said=stands.said if stands and not holds else None,
    )


def _came(day: CameUnbooked) -> OwnService:
    return OwnService(
        id=day.session_id,
        kind=SanctionKind.JURY,
        training=day.training,
        state=day.stands.state,
        served_on=day.served_on,
        sessions=day.sessions,
        minutes=day.minutes,
        reason=None,
    )


def _fallen_through(person_id: uuid.UUID) -> Select[uuid.UUID]:
    """Return the query of bookings that ended without anybody's doing or not doing.

    A seat that was given back has the reasons of the jury, which are for the office.
    """
    return (
        select(ServiceEvent.service_id)
        .join(ServiceRecord, ServiceRecord.id == ServiceEvent.service_id)
        .where(
            ServiceRecord.person_id == person_id,
            ServiceRecord.state == ServiceState.DENIED,
            ServiceEvent.from_state == ServiceState.BOOKED,
            ServiceEvent.reason.not_in(_TOLD),
        )
    )


def _why_denied(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not ids:
        return {}
    rows = session.execute(
        select(ServiceEvent.service_id, ServiceEvent.reason)
        .where(ServiceEvent.service_id.in_(ids), ServiceEvent.to_state == ServiceState.DENIED)
        .order_by(ServiceEvent.at)
    )
    return {row.service_id: row.reason or "" for row in rows}
