"""Closing an evening: what each person's attendance counts for, posted once to both ledgers."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.services import confirm_session
from youthcourt.jury.domain import ReleaseReason
from youthcourt.jury.domain.states import LIVE, SeatRole, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.services.attendance import attendance_of, open_evening, span_of
from youthcourt.jury.services.posting import (
    effect_under,
    keep_training,
    post_attendance,
    stop_the_clock,
)
from youthcourt.jury.services.seats import give_back
from youthcourt.sentences.domain import AttendanceOutcome, ServedEffect


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What one person's evening counts for; ``attendance`` is its row."""

    attendance: Attendance
    effect: ServedEffect


def confirm_evening(
    session: Session, *, session_id: uuid.UUID, actor: Actor, now: datetime
) -> tuple[Counted, ...] | None:
    """Confirm an evening: everything counts from now on, once, and is only reversed afterwards.

    Whoever was told of a seat and did not come is absent; a seat nobody was told of is given
    back.  Pressed twice, or on two tablets, nothing is posted again and None is returned.
    """
    row = session.get(CourtSession, session_id)
    if row is not None and row.state is CourtSessionState.CONFIRMED:
        return None
    try:
        evening = open_evening(session, session_id, now=now)
    except CourtRuleBroken as refusal:
        if refusal.code == "evening_confirmed_already":
            return None
        raise
    for seat in _empty_seats(session, session_id):
        if seat.state is SeatState.PROPOSED:
            why = ReleaseReason.NOT_NEEDED
            give_back(session, seat, reason=why, tell=False, actor=actor, now=now)
        else:
            absent = attendance_of(session, evening, seat.person_id)
            absent.outcome = AttendanceOutcome.ABSENT
    session.flush()
    confirm_session(session, session_id=session_id, actor=actor, now=now)
    policy = policy_on(session, day=evening.held_on).policy
    span = span_of(session, evening)
    counted = []
    for attendance in _attendances(session, session_id):
        effect = effect_under(span, evening.kind, attendance, policy)
        _post(session, evening, attendance, effect, actor=actor, now=now)
        counted.append(Counted(attendance=attendance, effect=effect))
    session.flush()
    return tuple(counted)


def _post(
    session: Session,
    evening: CourtSession,
    row: Attendance,
    effect: ServedEffect,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Post one person's evening to the obligation and the credits."""
    post_attendance(session, evening, row, effect, actor=actor, now=now)
    if effect.stops_clock:
        stop_the_clock(session, evening, row, actor=actor, now=now)
    keep_training(session, evening, row, actor=actor, now=now)
    row.confirmed_at, row.confirmed_by = now, actor.user_id
    record_act(
        session,
        act="attendance_confirmed",
        subject=Subject(kind="attendance", id=row.id, person_id=row.person_id),
        actor=actor,
        now=now,
        outcome=row.outcome,
        sessions=effect.sessions,
        minutes=effect.minutes,
    )


def _empty_seats(session: Session, session_id: uuid.UUID) -> Collection[Seat]:
    """Return the places on panels of people nobody said anything about.

    Who stood by and was not called was not absent.
    """
    said = select(Attendance.person_id).where(
        Attendance.session_id == session_id, Attendance.outcome.is_not(None)
    )
    return session.scalars(
        select(Seat)
        .where(
            Seat.session_id == session_id,
            Seat.state.in_(LIVE),
            Seat.role == SeatRole.JUROR,
            Seat.person_id.not_in(said),
        )
        .order_by(Seat.person_id)
    ).all()


def _attendances(session: Session, session_id: uuid.UUID) -> Collection[Attendance]:
    """Return everybody's row in one order, so that two confirmations take locks alike."""
    return session.scalars(
        select(Attendance)
        .where(Attendance.session_id == session_id, Attendance.outcome.is_not(None))
        .order_by(Attendance.person_id)
    ).all()
