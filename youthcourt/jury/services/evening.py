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
from youthcourt.courts.domain import Counting, Policy, SanctionKind
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState, PlannedSpan
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.services import confirm_session
from youthcourt.jury.domain.states import SeatRole, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.services.attendance import (
    CAME,
    attendance_by_id,
    attendance_of,
    open_evening,
    span_of,
)
from youthcourt.people.services import add_training
from youthcourt.sentences.domain import (
    AttendanceOutcome,
    CountingValues,
    Evening,
    ServedEffect,
    ServiceState,
    attendance_effect,
)
from youthcourt.sentences.models import ServiceRecord
from youthcourt.sentences.services import (
    book_service,
    cancel_booking,
    confirm_service,
    report_service,
    reverse_service,
    stop_clock,
)

NOT_SERVED = "not_served"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What one person's evening counts for; ``attendance`` is its row."""

    attendance: Attendance
    effect: ServedEffect


def seat_key(seat_id: uuid.UUID) -> str:
    """Return the source key of the service that a seat books."""
    return f"seat:{seat_id}"


def attendance_key(attendance_id: uuid.UUID) -> str:
    """Return the source key of service without a seat."""
    return f"attendance:{attendance_id}"


def counting_of(policy: Policy) -> CountingValues:
    """Return what the policy says an evening counts for."""
    rules: Counting = policy.counting
    return CountingValues(
        session_minutes=rules.session_minutes,
        late_grace_minutes=rules.late_grace_minutes,
        late=rules.late,
        left_early=rules.left_early,
        sent_home=rules.sent_home,
        turned_away=rules.turned_away,
        absent=rules.absent,
        training_counts=rules.training_counts,
    )


def effect_of(session: Session, evening: CourtSession, row: Attendance) -> ServedEffect:
    """Return what one person's evening counts for under the policy of that day."""
    policy = policy_on(session, day=evening.held_on).policy
    return effect_under(span_of(session, evening), evening.kind, row, policy)


def effect_under(
    span: PlannedSpan, kind: CourtSessionKind, row: Attendance, policy: Policy
) -> ServedEffect:
    """Return what one person's evening counts for; nobody said anything is absent."""
    return attendance_effect(
        row.outcome or AttendanceOutcome.ABSENT,
        counting_of(policy),
        Evening(
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            arrived_at=row.checked_in_at,
            left_at=row.left_at,
        ),
        is_training=kind is CourtSessionKind.TRAINING,
    )


def confirm_evening(
    session: Session, *, session_id: uuid.UUID, actor: Actor, now: datetime
) -> tuple[Counted, ...]:
    """Confirm an evening: everything counts from now on, once, and is only reversed afterwards.

    Who held a seat and did not come is absent.  Pressed twice, or on two tablets, nothing is
    posted again and nothing is returned.
    """
    row = session.get(CourtSession, session_id)
    if row is not None and row.state is CourtSessionState.CONFIRMED:
        return ()
    try:
        evening = open_evening(session, session_id, now=now)
    except CourtRuleBroken as refusal:
        if refusal.code == "evening_confirmed_already":
            return ()
        raise
    for seat in _empty_seats(session, session_id):
        absent = attendance_of(session, evening, seat.person_id)
        absent.outcome = AttendanceOutcome.ABSENT
    session.flush()
    confirm_session(session, session_id=session_id, actor=actor, now=now)
    seats = _seats(session, session_id)
    policy = policy_on(session, day=evening.held_on).policy
    span = span_of(session, evening)
    counted = []
    for attendance in _attendances(session, session_id):
        effect = effect_under(span, evening.kind, attendance, policy)
        seat_id = seats.get(attendance.person_id)
        _post(session, evening, attendance, effect, seat_id=seat_id, actor=actor, now=now)
        attendance.confirmed_at, attendance.confirmed_by = now, actor.user_id
        counted.append(Counted(attendance=attendance, effect=effect))
    session.flush()
    return tuple(counted)


def _post(
    session: Session,
    evening: CourtSession,
    row: Attendance,
    effect: ServedEffect,
    *,
    seat_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Post one person's evening to the obligation and the credits."""
    booked = _service_under(session, seat_key(seat_id)) if seat_id else None
    if effect.sessions or effect.minutes:
        service = booked or _book(
            session, evening, row, effect, key=attendance_key(row.id), actor=actor, now=now
        )
        confirm_service(
            session,
            service_id=service.id,
            sessions=effect.sessions,
            minutes=effect.minutes,
            actor=actor,
            now=now,
        )
    elif booked is not None:
        cancel_booking(session, service_id=booked.id, reason=NOT_SERVED, actor=actor, now=now)
    if effect.stops_clock:
        stop_clock(
            session,
            person_id=row.person_id,
            kind=SanctionKind.JURY,
            days=_days_to_next(session, evening),
            reason="no_seat",
            actor=actor,
            now=now,
        )
    if evening.kind is CourtSessionKind.TRAINING and row.outcome in {
        AttendanceOutcome.PRESENT,
        AttendanceOutcome.LATE,
    }:
        add_training(
            session,
            person_id=row.person_id,
            topic="juror",
            finished_on=evening.held_on,
            source_key=f"training:{row.id}",
            actor=actor,
            now=now,
        )
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


def _book(
    session: Session,
    evening: CourtSession,
    row: Attendance,
    effect: ServedEffect,
    *,
    key: str,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    return book_service(
        session,
        person_id=row.person_id,
        kind=SanctionKind.JURY,
        sessions=effect.sessions,
        minutes=effect.minutes,
        served_on=evening.held_on,
        source_key=key,
        actor=actor,
        now=now,
    )


def correct_attendance(
    session: Session,
    *,
    attendance_id: uuid.UUID,
    outcome: AttendanceOutcome,
    checked_in_at: datetime | None,
    left_at: datetime | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Counted:
    """Correct one person's evening after it was confirmed.

    What was posted is reversed with the reason and what is right is posted as a new piece;
    nothing in the ledgers is edited.
    """
    row = attendance_by_id(session, attendance_id)
    evening = session.get_one(CourtSession, row.session_id)
    if row.confirmed_at is None:
        raise CourtRuleBroken("evening_not_confirmed")
    row = attendance_of(session, evening, row.person_id)
    for service in _services_of(session, row):
        if service.state is ServiceState.CONFIRMED:
            reverse_service(session, service_id=service.id, reason=reason, actor=actor, now=now)
    row.outcome, row.checked_in_at, row.left_at = outcome, checked_in_at, left_at
    if outcome not in CAME:
        row.checked_in_at = row.left_at = row.oath_at = None
    session.flush()
    effect = effect_of(session, evening, row)
    if effect.sessions or effect.minutes:
        piece = report_service(
            session,
            person_id=row.person_id,
            kind=SanctionKind.JURY,
            sessions=effect.sessions,
            minutes=effect.minutes,
            served_on=evening.held_on,
            source_key=f"{attendance_key(row.id)}:{row.version_id}",
            actor=actor,
            now=now,
        )
        confirm_service(session, service_id=piece.id, actor=actor, now=now)
    record_act(
        session,
        act="attendance_corrected",
        subject=Subject(kind="attendance", id=row.id, person_id=row.person_id),
        actor=actor,
        now=now,
        outcome=outcome,
        reason=reason,
    )
    return Counted(attendance=row, effect=effect)


def _services_of(session: Session, row: Attendance) -> Collection[ServiceRecord]:
    seats = session.scalars(
        select(Seat.id).where(Seat.session_id == row.session_id, Seat.person_id == row.person_id)
    ).all()
    keys = [seat_key(seat_id) for seat_id in seats]
    return session.scalars(
        select(ServiceRecord).where(
            ServiceRecord.source_key.in_(keys)
            | ServiceRecord.source_key.startswith(attendance_key(row.id))
        )
    ).all()


def _service_under(session: Session, key: str) -> ServiceRecord | None:
    return session.scalar(select(ServiceRecord).where(ServiceRecord.source_key == key))


def _empty_seats(session: Session, session_id: uuid.UUID) -> Collection[Seat]:
    """Return the published places on panels of people nobody said anything about.

    Who stood by and was not called was not absent.
    """
    said = select(Attendance.person_id).where(
        Attendance.session_id == session_id, Attendance.outcome.is_not(None)
    )
    return session.scalars(
        select(Seat)
        .where(
            Seat.session_id == session_id,
            Seat.state == SeatState.PUBLISHED,
            Seat.role == SeatRole.JUROR,
            Seat.person_id.not_in(said),
        )
        .order_by(Seat.person_id)
    ).all()


def _seats(session: Session, session_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    rows = session.execute(
        select(Seat.person_id, Seat.id).where(
            Seat.session_id == session_id, Seat.state != SeatState.RELEASED
        )
    )
    return {row.person_id: row.id for row in rows}


def _attendances(session: Session, session_id: uuid.UUID) -> Collection[Attendance]:
    """Return everybody's row in one order, so that two confirmations take locks alike."""
    return session.scalars(
        select(Attendance)
        .where(Attendance.session_id == session_id, Attendance.outcome.is_not(None))
        .order_by(Attendance.person_id)
    ).all()


def _days_to_next(session: Session, evening: CourtSession) -> int:
    """Return the days until the next session a juror can come to; a week where none is planned."""
    following = session.scalar(
        select(CourtSession.held_on)
        .where(
            CourtSession.held_on > evening.held_on,
            CourtSession.kind == CourtSessionKind.HEARING,
            CourtSession.state == CourtSessionState.PLANNED,
        )
        .order_by(CourtSession.held_on)
        .limit(1)
    )
    return (following - evening.held_on).days if following else 7
