"""What is in the way of a planned time: rooms that are taken, days left out of a series."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import (
    CourtSessionState,
    DayOutcome,
    PlannedSpan,
    SeriesDay,
    SeriesRule,
    check_planned_day,
    check_times,
    overlap,
    planned_span,
    series_days,
)
from youthcourt.hearings.models import CourtSession, Room, Sitting
from youthcourt.hearings.queries.rooms import closed_labels
from youthcourt.hearings.queries.sessions import court_zone
from youthcourt.people.calendar import court_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenRoom:
    """A room that another session uses, with that session's planned time."""

    session_id: uuid.UUID
    room: str
    held_on: date
    starts_at: time
    ends_at: time
    span: PlannedSpan


def taken_rooms(
    session: Session,
    *,
    held_on: date,
    starts_at: time,
    ends_at: time,
    room_ids: Collection[uuid.UUID],
    but: uuid.UUID | None = None,
) -> tuple[TakenRoom, ...]:
    """Return which of these rooms other sessions use at a time; ``but`` is not looked at."""
    span = planned_span(held_on, starts_at, ends_at, court_zone(session))
    planned = _planned_in(session, room_ids, first=held_on, last=held_on, but=but)
    return tuple(room for room in planned if overlap(room.span, span))


def series_preview(
    session: Session,
    *,
    rule: SeriesRule,
    starts_at: time,
    ends_at: time,
    room_ids: Collection[uuid.UUID],
    now: datetime,
) -> tuple[SeriesDay, ...]:
    """Return every day of a series in order, with what becomes of it, in a few queries.

    A year that can only be a slip is refused, and an end before the start.
    """
    check_times(starts_at, ends_at)
    today = court_day(session, now)
    for field in ("starts_on", "ends_on"):
        check_planned_day(getattr(rule, field), today=today, field=field)
    days = series_days(rule).days
    closed = closed_labels(session, days)
    zone = court_zone(session)
    planned = (
        _planned_in(session, room_ids, first=days[0], last=days[-1]) if days and room_ids else ()
    )
    return tuple(
        _day(day, starts_at, ends_at, zone, label=closed.get(day), planned=planned, now=now)
        for day in days
    )


def _day(
    on: date,
    starts_at: time,
    ends_at: time,
    zone: str,
    *,
    label: str | None,
    planned: Sequence[TakenRoom],
    now: datetime,
) -> SeriesDay:
    try:
        span = planned_span(on, starts_at, ends_at, zone)
    except CourtRuleBroken:
        return SeriesDay(on=on, outcome=DayOutcome.NO_TIME_LEFT)
    if span.ends_at <= now:
        return SeriesDay(on=on, outcome=DayOutcome.IN_PAST)
    if label is not None:
        return SeriesDay(on=on, outcome=DayOutcome.CLOSED_DAY, label=label)
    taken = next((room for room in planned if overlap(room.span, span)), None)
    if taken is not None:
        return SeriesDay(on=on, outcome=DayOutcome.ROOM_TAKEN, room=taken.room)
    return SeriesDay(on=on, outcome=DayOutcome.PLANNED, clock_change=span.clock_change)


def _planned_in(
    session: Session,
    room_ids: Collection[uuid.UUID],
    *,
    first: date,
    last: date,
    but: uuid.UUID | None = None,
) -> tuple[TakenRoom, ...]:
    """Return what is planned in these rooms, a day more at either end: evenings pass midnight."""
    query = (
        select(CourtSession, Room.name)
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .join(Room, Room.id == Sitting.room_id)
        .where(
            Sitting.room_id.in_(list(room_ids)),
            Sitting.removed_at.is_(None),
            CourtSession.state != CourtSessionState.CANCELLED,
            CourtSession.held_on.between(first - _DAY, last + _DAY),
        )
        .order_by(CourtSession.held_on, CourtSession.starts_at, Room.name)
    )
    if but is not None:
        query = query.where(CourtSession.id != but)
    rows = session.execute(query).all()
    zone = court_zone(session) if rows else ""
    return tuple(
        TakenRoom(
            session_id=evening.id,
            room=name,
            held_on=evening.held_on,
            starts_at=evening.starts_at,
            ends_at=evening.ends_at,
            span=planned_span(evening.held_on, evening.starts_at, evening.ends_at, zone),
        )
        for evening, name in rows
    )
