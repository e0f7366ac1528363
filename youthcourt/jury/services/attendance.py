"""Who came to an evening, and how it went: each act once, from however many tablets."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.hearings.domain import CourtSessionState, PlannedSpan, planned_span
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.queries import court_zone
from youthcourt.jury.domain.states import CheckInMethod, SeatRole, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.people.calendar import court_day
from youthcourt.people.queries import live_person
from youthcourt.sentences.domain import AttendanceOutcome, Evening, arrival_outcome

LIVE = (SeatState.PROPOSED, SeatState.PUBLISHED)
CAME = frozenset(
    {
        AttendanceOutcome.PRESENT,
        AttendanceOutcome.LATE,
        AttendanceOutcome.LEFT_EARLY,
        AttendanceOutcome.SENT_HOME,
        AttendanceOutcome.TURNED_AWAY,
    }
)
STAYED_AWAY = frozenset({AttendanceOutcome.ABSENT, AttendanceOutcome.EXCUSED})


def open_evening(session: Session, session_id: uuid.UUID, *, now: datetime) -> CourtSession:
    """Return a session whose evening can be kept now, held until the transaction ends.

    Refused before its day, and once it was confirmed or cancelled.
    """
    row = session.scalar(
        select(CourtSession)
        .where(CourtSession.id == session_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    if row.state is CourtSessionState.CONFIRMED:
        raise CourtRuleBroken("evening_confirmed_already")
    if row.state is CourtSessionState.CANCELLED:
        raise CourtRuleBroken("session_not_open", state=row.state)
    if row.held_on > court_day(session, now):
        raise CourtRuleBroken("evening_still_to_come", on=row.held_on)
    return row


def span_of(session: Session, row: CourtSession) -> PlannedSpan:
    """Return from when to when a session is planned, in UTC."""
    return planned_span(row.held_on, row.starts_at, row.ends_at, court_zone(session))


def check_in(
    session: Session,
    *,
    session_id: uuid.UUID,
    person_id: uuid.UUID,
    method: CheckInMethod = CheckInMethod.TAP,
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Attendance:
    """Note that somebody is here; tapped twice, or on two tablets, it is noted once.

    On time or late is told by the clock.  What is entered after the planned end, from paper,
    is on time unless ``at`` says when they came.
    """
    evening = open_evening(session, session_id, now=now)
    row = attendance_of(session, evening, person_id)
    if row.outcome in CAME:
        return row
    span = span_of(session, evening)
    came = at or min(now, span.ends_at)
    if at is None and now >= span.ends_at:
        came = span.starts_at
    rules = policy_on(session, day=evening.held_on).policy.counting
    times = Evening(starts_at=span.starts_at, ends_at=span.ends_at, arrived_at=came)
    row.outcome = arrival_outcome(times, late_grace_minutes=rules.late_grace_minutes)
    row.method, row.checked_in_at, row.left_at = method, came, None
    return _kept(session, row, "checked_in", actor=actor, now=now)


def undo_check_in(
    session: Session, *, attendance_id: uuid.UUID, actor: Actor, now: datetime
) -> Attendance:
    """Take a wrong tap back: nobody has said yet how this person's evening went."""
    row = _held(session, attendance_id, now=now)
    if row.outcome is None:
        return row
    row.outcome = row.method = row.checked_in_at = row.left_at = row.oath_at = None
    return _kept(session, row, "check_in_undone", actor=actor, now=now)


def tick_oath(
    session: Session, *, attendance_id: uuid.UUID, given: bool, actor: Actor, now: datetime
) -> Attendance:
    """Note that somebody gave the promise of the evening, or that it was ticked by mistake."""
    row = _held(session, attendance_id, now=now)
    if given and row.outcome not in CAME:
        raise CourtRuleBroken("not_here_yet")
    if given is (row.oath_at is not None):
        return row
    row.oath_at = now if given else None
    return _kept(session, row, "oath_ticked" if given else "oath_taken_back", actor=actor, now=now)


def tick_oath_of_all(
    session: Session,
    *,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Note the promise of everybody who is here and has not given it; return how many."""
    open_evening(session, session_id, now=now)
    query = select(Attendance.id).where(
        Attendance.session_id == session_id,
        Attendance.outcome.in_((AttendanceOutcome.PRESENT, AttendanceOutcome.LATE)),
        Attendance.oath_at.is_(None),
    )
    if sitting_id is not None:
        query = query.where(Attendance.sitting_id == sitting_id)
    keys = session.scalars(query.order_by(Attendance.id)).all()
    for key in keys:
        tick_oath(session, attendance_id=key, given=True, actor=actor, now=now)
    return len(keys)


def mark_attendance(
    session: Session,
    *,
    session_id: uuid.UUID,
    person_id: uuid.UUID,
    outcome: AttendanceOutcome,
    at: datetime | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Attendance:
    """Say how somebody's evening went; ``at`` is when they came late or left.

    Late and leaving early need their time.  Saying the same twice changes nothing; ``version``
    is the one the tablet showed, None asks for no such check.
    """
    evening = open_evening(session, session_id, now=now)
    row = attendance_of(session, evening, person_id)
    if row.outcome is outcome and at is None:
        return row
    if version is not None and row.version_id != version:
        raise Stale
    span = span_of(session, evening)
    when = _within(at, span, now=now)
    if outcome is AttendanceOutcome.LATE:
        row.checked_in_at, row.left_at = when or row.checked_in_at or min(now, span.ends_at), None
    elif outcome in {AttendanceOutcome.LEFT_EARLY, AttendanceOutcome.SENT_HOME}:
        row.checked_in_at = row.checked_in_at or span.starts_at
        row.left_at = max(when or min(now, span.ends_at), row.checked_in_at)
    elif outcome in STAYED_AWAY:
        row.checked_in_at = row.left_at = row.oath_at = row.method = None
    else:
        row.checked_in_at, row.left_at = row.checked_in_at or min(now, span.ends_at), None
    if outcome in CAME and row.method is None:
        row.method = CheckInMethod.TAP
    row.outcome = outcome
    return _kept(session, row, "attendance_marked", actor=actor, now=now)


def attendance_of(session: Session, evening: CourtSession, person_id: uuid.UUID) -> Attendance:
    """Return a person's row of an evening, made now if there is none; two tablets make one."""
    query = (
        select(Attendance)
        .where(Attendance.session_id == evening.id, Attendance.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is not None:
        return found
    live_person(session, person_id)
    seat = live_seat(session, session_id=evening.id, person_id=person_id)
    row = Attendance(
        session_id=evening.id,
        person_id=person_id,
        sitting_id=seat.sitting_id if seat and seat.role is SeatRole.JUROR else None,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        found = session.scalar(query)
        if found is None:
            raise
        return found
    return row


def live_seat(session: Session, *, session_id: uuid.UUID, person_id: uuid.UUID) -> Seat | None:
    """Return the seat somebody holds in a session, if any."""
    return session.scalar(
        select(Seat).where(
            Seat.session_id == session_id, Seat.person_id == person_id, Seat.state.in_(LIVE)
        )
    )


def attendance_by_id(session: Session, attendance_id: uuid.UUID) -> Attendance:
    """Return one row of an evening of the session's court, or raise ``NotFound``."""
    row = session.get(Attendance, attendance_id)
    if row is None:
        raise NotFound
    return row


def _held(session: Session, attendance_id: uuid.UUID, *, now: datetime) -> Attendance:
    """Return a row of an evening that can still be kept, held with its session."""
    known = attendance_by_id(session, attendance_id)
    evening = open_evening(session, known.session_id, now=now)
    return attendance_of(session, evening, known.person_id)


def _within(at: datetime | None, span: PlannedSpan, *, now: datetime) -> datetime | None:
    """Return a time somebody typed; refuse one that is still to come or not of this evening."""
    if at is None:
        return None
    if at > now:
        raise CourtRuleBroken("time_still_to_come", "at")
    if not span.starts_at <= at <= span.ends_at:
        raise CourtRuleBroken("time_outside_evening", "at")
    return at


def _kept(
    session: Session, row: Attendance, act: str, *, actor: Actor, now: datetime
) -> Attendance:
    row.recorded_by = actor.user_id
    session.flush()
    record_act(
        session,
        act=act,
        subject=Subject(kind="attendance", id=row.id, person_id=row.person_id),
        actor=actor,
        now=now,
        outcome=row.outcome,
    )
    return row
