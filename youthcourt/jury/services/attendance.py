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
from youthcourt.hearings.services.rows import locked_session
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
HERE = frozenset({AttendanceOutcome.PRESENT, AttendanceOutcome.LATE})
LEFT = frozenset({AttendanceOutcome.LEFT_EARLY, AttendanceOutcome.SENT_HOME})
STAYED_AWAY = frozenset({AttendanceOutcome.ABSENT, AttendanceOutcome.EXCUSED})


def open_evening(session: Session, session_id: uuid.UUID, *, now: datetime) -> CourtSession:
    """Return a session whose evening can be kept now, held until the transaction ends.

    Refused before its day, and once it was confirmed or cancelled.
    """
    row = locked_session(session, session_id)
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
    session: Session,
    *,
    attendance_id: uuid.UUID,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Attendance:
    """Take a wrong tap back: nobody has said yet how this person's evening went.

    ``version`` is the one the tablet showed: what another has written since is not taken back.
    """
    row = _held(session, attendance_id, now=now)
    if row.outcome is None:
        return row
    _check_fresh(row, version)
    row.outcome = row.method = row.checked_in_at = row.left_at = row.oath_at = None
    return _kept(session, row, "check_in_undone", actor=actor, now=now)


def check_out(
    session: Session,
    *,
    attendance_id: uuid.UUID,
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Attendance:
    """Note when somebody who is here left; before the planned end they left early.

    Noted already, the first time stays.  After the planned end that end is the time.
    """
    row = _held(session, attendance_id, now=now)
    if row.outcome not in CAME:
        raise CourtRuleBroken("not_here_yet")
    if row.left_at is not None:
        return row
    span = _span_of_row(session, row)
    left = within(at, span, now=now) or min(now, span.ends_at)
    if left < span.ends_at and row.outcome in HERE:
        row.outcome = AttendanceOutcome.LEFT_EARLY
    row.left_at = _after_coming(row, left)
    return _kept(session, row, "checked_out", actor=actor, now=now)


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
        Attendance.outcome.in_(HERE),
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

    While the session lasts the time is now unless it is given; later it must be given.  Saying
    the same twice changes nothing; ``version`` is the one the tablet showed, None asks for no
    such check.
    """
    evening = open_evening(session, session_id, now=now)
    row = attendance_of(session, evening, person_id)
    if row.outcome is outcome and at is None:
        return row
    _check_fresh(row, version)
    span = span_of(session, evening)
    told = within(at, span, now=now)
    running = now if now <= span.ends_at else None
    came = left = None
    if outcome is AttendanceOutcome.LATE:
        grace = policy_on(session, day=evening.held_on).policy.counting.late_grace_minutes
        came = told or _if_late(row.checked_in_at, span, grace) or _if_late(running, span, grace)
        if came is None:
            raise CourtRuleBroken("arrival_time_needed", "at")
    if outcome in LEFT:
        left = told or running
        if left is None:
            raise CourtRuleBroken("leaving_time_needed", "at")
    if outcome is AttendanceOutcome.TURNED_AWAY:
        left = told
    set_outcome(row, outcome, span, came_at=came, left_at=left, now=now)
    return _kept(session, row, "attendance_marked", actor=actor, now=now)


def mark_missing(
    session: Session,
    *,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Note as absent whoever has a place on a panel and of whom nothing is said; return how many.

    Refused before the session begins.  Whoever comes all the same is checked in as always.
    """
    evening = open_evening(session, session_id, now=now)
    if now < span_of(session, evening).starts_at:
        raise CourtRuleBroken("evening_not_begun", at=evening.starts_at)
    said = select(Attendance.person_id).where(
        Attendance.session_id == session_id, Attendance.outcome.is_not(None)
    )
    query = select(Seat.person_id).where(
        Seat.session_id == session_id,
        Seat.role == SeatRole.JUROR,
        Seat.state.in_(LIVE),
        Seat.person_id.not_in(said),
    )
    if sitting_id is not None:
        query = query.where(Seat.sitting_id == sitting_id)
    missing = session.scalars(query.order_by(Seat.person_id)).all()
    for person_id in missing:
        row = attendance_of(session, evening, person_id)
        row.outcome = AttendanceOutcome.ABSENT
        _kept(session, row, "attendance_marked", actor=actor, now=now)
    return len(missing)


def set_outcome(
    row: Attendance,
    outcome: AttendanceOutcome,
    span: PlannedSpan,
    *,
    came_at: datetime | None,
    left_at: datetime | None,
    now: datetime,
) -> None:
    """Set how an evening went with the times that belong to it; the rest is emptied.

    When somebody came is taken from the row where it is not given, else the planned start.
    Whoever was turned away left when they came, unless ``left_at`` is given.
    """
    row.outcome = outcome
    if outcome in STAYED_AWAY:
        row.checked_in_at = row.left_at = row.oath_at = row.method = None
        return
    row.checked_in_at = came_at or row.checked_in_at or min(now, span.starts_at)
    if outcome is AttendanceOutcome.TURNED_AWAY and left_at is None:
        left_at = row.checked_in_at
    row.left_at = None if left_at is None else _after_coming(row, left_at)
    row.method = row.method or CheckInMethod.TAP


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


def _span_of_row(session: Session, row: Attendance) -> PlannedSpan:
    return span_of(session, session.get_one(CourtSession, row.session_id))


def _check_fresh(row: Attendance, version: int | None) -> None:
    """Raise ``Stale`` when another tablet has written something since the page was shown."""
    if version is not None and row.version_id != version:
        raise Stale("evening_changed_meanwhile")


def _if_late(at: datetime | None, span: PlannedSpan, grace: int) -> datetime | None:
    """Return the time if whoever came then was late."""
    if at is None:
        return None
    times = Evening(starts_at=span.starts_at, ends_at=span.ends_at, arrived_at=at)
    late = arrival_outcome(times, late_grace_minutes=grace) is AttendanceOutcome.LATE
    return at if late else None


def _after_coming(row: Attendance, left: datetime) -> datetime:
    """Return when somebody left; refuse a time before they came."""
    if row.checked_in_at is not None and left < row.checked_in_at:
        raise CourtRuleBroken("left_before_coming", "at")
    return left


def within(
    at: datetime | None, span: PlannedSpan, *, now: datetime, field: str = "at"
) -> datetime | None:
    """Return a time somebody typed; refuse one that is still to come or not of this evening."""
    if at is None:
        return None
    if at > now:
        raise CourtRuleBroken("time_still_to_come", field)
    if not span.starts_at <= at <= span.ends_at:
        raise CourtRuleBroken("time_outside_evening", field)
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
