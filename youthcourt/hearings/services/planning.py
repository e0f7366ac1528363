"""Planning sessions: one, or a row of them, after seeing what is in the way."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import (
    CourtSessionKind,
    DayOutcome,
    SeriesDay,
    SeriesRule,
    SittingPlan,
    check_plan,
    check_planned_day,
    check_times,
    planned_span,
)
from youthcourt.hearings.models import CourtSession, Room, SessionSeries, Sitting
from youthcourt.hearings.queries.planning import TakenRoom, series_preview, taken_rooms
from youthcourt.hearings.queries.rooms import closed_labels
from youthcourt.hearings.queries.sessions import court_zone
from youthcourt.hearings.services.rows import locked_rooms, session_subject
from youthcourt.people.calendar import court_day


def plan_session(
    session: Session,
    *,
    kind: CourtSessionKind,
    held_on: date,
    starts_at: time,
    ends_at: time,
    rooms: Sequence[SittingPlan],
    series_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> CourtSession:
    """Plan one session with its rooms.

    Refused: a closed day, a time that is over, an end that the clocks leave nothing before, and
    a room in which another session is planned at that time.
    """
    check_rooms(session, rooms)
    check_time(session, held_on=held_on, starts_at=starts_at, ends_at=ends_at, now=now)
    refuse_taken(
        taken_rooms(
            session,
            held_on=held_on,
            starts_at=starts_at,
            ends_at=ends_at,
            room_ids=[plan.room_id for plan in rooms],
        )
    )
    return store_session(
        session,
        kind=kind,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        rooms=rooms,
        series_id=series_id,
        actor=actor,
        now=now,
    )


def plan_series(
    session: Session,
    *,
    rule: SeriesRule,
    kind: CourtSessionKind,
    starts_at: time,
    ends_at: time,
    rooms: Sequence[SittingPlan],
    seen: Sequence[date] | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[CourtSession, ...]:
    """Plan every day of a series that nothing stands in the way of; at least one.

    ``seen`` are the days somebody was shown and agreed to; another outcome by now is refused
    (``preview_changed``), so that nothing is planned unseen.
    """
    check_rooms(session, rooms)
    preview = series_preview(
        session,
        rule=rule,
        starts_at=starts_at,
        ends_at=ends_at,
        room_ids=[plan.room_id for plan in rooms],
        now=now,
    )
    days = _days_left(preview, seen)
    series = _store_series(
        session, rule=rule, kind=kind, times=(starts_at, ends_at), actor=actor, now=now
    )
    record_act(
        session,
        act="series_planned",
        subject=Subject(kind="session_series", id=series.id),
        actor=actor,
        now=now,
        sessions=len(days),
    )
    return tuple(
        store_session(
            session,
            kind=kind,
            held_on=day,
            starts_at=starts_at,
            ends_at=ends_at,
            rooms=rooms,
            series_id=series.id,
            actor=actor,
            now=now,
        )
        for day in days
    )


def _days_left(preview: Sequence[SeriesDay], seen: Sequence[date] | None) -> list[date]:
    days = [day.on for day in preview if day.outcome is DayOutcome.PLANNED]
    if not days:
        raise CourtRuleBroken("no_day_left", "ends_on")
    if seen is not None and list(seen) != days:
        raise CourtRuleBroken("preview_changed")
    return days


def check_rooms(session: Session, rooms: Sequence[SittingPlan]) -> dict[uuid.UUID, Room]:
    """Refuse a session without a room, a room twice or no longer used, and odd numbers.

    The rooms are held, so that nobody plans another session in them meanwhile.
    """
    if not rooms:
        raise CourtRuleBroken("no_room_chosen", "rooms")
    keys = [plan.room_id for plan in rooms]
    if len(set(keys)) < len(keys):
        raise CourtRuleBroken("room_twice", "rooms")
    for plan in rooms:
        check_plan(plan)
    found = locked_rooms(session, keys)
    for room in found.values():
        if room.closed_at is not None:
            raise CourtRuleBroken("room_is_closed", "rooms", room=room.name)
    return found


def check_time(
    session: Session, *, held_on: date, starts_at: time, ends_at: time, now: datetime
) -> None:
    """Refuse a session that is over already, on a closed day, or that the clocks swallow."""
    check_planned_day(held_on, today=court_day(session, now), field="held_on")
    check_times(starts_at, ends_at)
    span = planned_span(held_on, starts_at, ends_at, court_zone(session))
    if span.ends_at <= now:
        raise CourtRuleBroken("day_in_past", "held_on")
    label = closed_labels(session, (held_on,)).get(held_on)
    if label is not None:
        raise CourtRuleBroken("court_closed_that_day", "held_on", label=label)


def refuse_taken(taken: Sequence[TakenRoom]) -> None:
    """Refuse when another session is planned in one of the rooms at that time."""
    for room in taken:
        raise CourtRuleBroken(
            "room_taken",
            "rooms",
            room=room.room,
            held_on=room.held_on,
            starts_at=room.starts_at,
            ends_at=room.ends_at,
        )


def store_session(
    session: Session,
    *,
    kind: CourtSessionKind,
    held_on: date,
    starts_at: time,
    ends_at: time,
    rooms: Sequence[SittingPlan],
    series_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> CourtSession:
    """Store a session that has been checked."""
    row = CourtSession(
        kind=kind,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        series_id=series_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    for plan in rooms:
        session.add(sitting_of(row.id, plan))
    session.flush()
    record_act(
        session,
        act="session_planned",
        subject=session_subject(row.id),
        actor=actor,
        now=now,
        held_on=held_on.isoformat(),
        kind=kind,
        rooms=len(rooms),
    )
    return row


def sitting_of(session_id: uuid.UUID, plan: SittingPlan) -> Sitting:
    """Return the row of a room in a session."""
    return Sitting(session_id=session_id, **plan_values(plan))


def plan_values(plan: SittingPlan) -> dict[str, object]:
    """Return a room's plan by the names of its columns."""
    return {
        "room_id": plan.room_id,
        "model": plan.model,
        "presiding": plan.presiding or None,
        "quorum": plan.quorum,
        "panel_target": plan.panel_target,
        "panel_max": plan.panel_max,
        "max_first_hearings": plan.max_first_hearings,
        "max_return_hearings": plan.max_return_hearings,
    }


def _store_series(
    session: Session,
    *,
    rule: SeriesRule,
    kind: CourtSessionKind,
    times: tuple[time, time],
    actor: Actor,
    now: datetime,
) -> SessionSeries:
    series = SessionSeries(
        kind=kind,
        weekday=rule.weekday,
        every_weeks=rule.every_weeks,
        nth_of_month=rule.nth_of_month,
        starts_on=rule.starts_on,
        ends_on=rule.ends_on,
        starts_at=times[0],
        ends_at=times[1],
        created_at=now,
        created_by=actor.user_id,
    )
    session.add(series)
    session.flush()
    return series
