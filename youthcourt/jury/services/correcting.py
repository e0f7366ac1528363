"""Correcting a confirmed evening of one person: reversed and posted anew, never edited."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.hearings.domain import CourtSessionState, PlannedSpan
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.services.rows import locked_session
from youthcourt.jury.domain.states import CheckInMethod
from youthcourt.jury.models import Attendance
from youthcourt.jury.services.attendance import (
    LEFT,
    STAYED_AWAY,
    attendance_of,
    set_outcome,
    span_of,
    within,
)
from youthcourt.jury.services.posting import (
    effect_of,
    keep_training,
    post_attendance,
    stop_the_clock,
)
from youthcourt.sentences.domain import AttendanceOutcome, ServedEffect


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """What counts now; ``clock_stays`` tells that days given back stay given."""

    attendance: Attendance
    effect: ServedEffect
    clock_stays: bool = False


def correct_attendance(
    session: Session,
    *,
    session_id: uuid.UUID,
    person_id: uuid.UUID,
    outcome: AttendanceOutcome,
    came_at: datetime | None = None,
    left_at: datetime | None = None,
    reason: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Corrected:
    """Put one person's evening right after it was confirmed, also of somebody it forgot.

    What was posted is reversed with the reason and what is right is posted as a new piece;
    nothing in the ledgers is edited.  The same again changes nothing; ``version`` is the one the
    page showed, 0 for somebody without an entry.
    """
    evening = _confirmed_evening(session, session_id)
    row = attendance_of(session, evening, person_id)
    before = None if row.outcome is None else effect_of(session, evening, row)
    shown = row.version_id if row.confirmed_at else 0
    was = (row.outcome, row.checked_in_at, row.left_at)
    span = span_of(session, evening)
    _set(row, outcome, span, came_at=came_at, left_at=left_at, now=now)
    if was == (row.outcome, row.checked_in_at, row.left_at):
        effect = effect_of(session, evening, row)
        return Corrected(attendance=row, effect=effect)
    if version is not None and shown != version:
        raise Stale("evening_changed_meanwhile")
    row.confirmed_at, row.confirmed_by = row.confirmed_at or now, row.confirmed_by or actor.user_id
    session.flush()
    effect = effect_of(session, evening, row)
    post_attendance(session, evening, row, effect, reason=reason, actor=actor, now=now)
    stopped = before is not None and before.stops_clock
    if effect.stops_clock and not stopped:
        stop_the_clock(session, evening, row, actor=actor, now=now)
    keep_training(session, evening, row, actor=actor, now=now)
    record_act(
        session,
        act="attendance_corrected",
        subject=Subject(kind="attendance", id=row.id, person_id=row.person_id),
        actor=actor,
        now=now,
        outcome=outcome,
        reason=reason,
        sessions=effect.sessions,
        minutes=effect.minutes,
    )
    return Corrected(attendance=row, effect=effect, clock_stays=stopped and not effect.stops_clock)


def _confirmed_evening(session: Session, session_id: uuid.UUID) -> CourtSession:
    evening = locked_session(session, session_id)
    if evening.state is not CourtSessionState.CONFIRMED:
        raise CourtRuleBroken("evening_not_confirmed")
    return evening


def _set(
    row: Attendance,
    outcome: AttendanceOutcome,
    span: PlannedSpan,
    *,
    came_at: datetime | None,
    left_at: datetime | None,
    now: datetime,
) -> None:
    """Set what is right; times that an outcome needs are asked for where they are not known."""
    came = within(came_at, span, now=now, field="came_at")
    left = within(left_at, span, now=now)
    if outcome is AttendanceOutcome.LATE and came is None:
        if row.outcome is not AttendanceOutcome.LATE:
            raise CourtRuleBroken("arrival_time_needed", "came_at")
        came = row.checked_in_at
    if outcome in LEFT and left is None:
        left = row.left_at
        if left is None:
            raise CourtRuleBroken("leaving_time_needed", "at")
    if row.outcome is None and row.method is None:
        row.method = CheckInMethod.PAPER
    if outcome is AttendanceOutcome.LATE and left is None:
        left = row.left_at
    ends = outcome not in {AttendanceOutcome.PRESENT, *STAYED_AWAY}
    set_outcome(row, outcome, span, came_at=came, left_at=left if ends else None, now=now)


def attendance_in(
    session: Session, *, session_id: uuid.UUID, person_id: uuid.UUID
) -> Attendance | None:
    """Return somebody's entry of an evening, None when there is none."""
    return session.scalar(
        select(Attendance).where(
            Attendance.session_id == session_id, Attendance.person_id == person_id
        )
    )
