"""What one person's evening counts for, and bringing both ledgers to just that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.domain import Policy, SanctionKind
from youthcourt.courts.queries import policy_on
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState, PlannedSpan
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.domain.keys import attendance_key, seat_key
from youthcourt.jury.domain.states import SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.services.attendance import span_of
from youthcourt.people.domain.kinds import TrainingTopic
from youthcourt.people.models import Training
from youthcourt.people.services import add_training
from youthcourt.sentences.domain import (
    AttendanceOutcome,
    Evening,
    ServedEffect,
    ServiceState,
    attendance_effect,
    counting_of,
)
from youthcourt.sentences.domain.reasons import ChangeReason, DenialReason
from youthcourt.sentences.models import ServiceRecord
from youthcourt.sentences.services import (
    bring_back_service,
    confirm_service,
    correct_service,
    deny_service,
    report_service,
    reverse_service,
    stop_clock,
)

NEXT_UNKNOWN_DAYS = 7  # no session is planned: a week, as courts sit weekly or every other week
LONGEST_STOP_DAYS = 90
TRAINED = frozenset({AttendanceOutcome.PRESENT, AttendanceOutcome.LATE})
NOT_SERVED = "not_served"
_DENIED = {
    AttendanceOutcome.ABSENT: DenialReason.NOT_THERE.value,
    AttendanceOutcome.EXCUSED: DenialReason.EXCUSED.value,
}


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


def post_attendance(
    session: Session,
    evening: CourtSession,
    row: Attendance,
    effect: ServedEffect,
    *,
    reason: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Let exactly what an evening counts for stand in both ledgers, whatever stood there.

    ``reason`` is why something confirmed is taken back; a first confirmation has none to give.
    """
    pieces = _pieces(session, row)
    standing = next(iter(sorted(pieces, key=_rank)), None)
    if not effect.sessions and not effect.minutes:
        _let_count_nothing(session, row, standing, reason=reason, actor=actor, now=now)
        return
    amounts: dict[str, Any] = {"sessions": effect.sessions, "minutes": effect.minutes}
    if standing is not None and standing.state is ServiceState.CONFIRMED:
        correct_service(
            session,
            service_id=standing.id,
            reason=reason or ChangeReason.OTHER.value,
            actor=actor,
            now=now,
            **amounts,
        )
        return
    if standing is not None and standing.state is ServiceState.DENIED:
        again = reason or DenialReason.OTHER.value
        bring_back_service(session, service_id=standing.id, reason=again, actor=actor, now=now)
    if standing is None:
        standing = report_service(
            session,
            person_id=row.person_id,
            kind=SanctionKind.JURY,
            served_on=evening.held_on,
            source_key=_free_key(session, row),
            actor=actor,
            now=now,
            **amounts,
        )
    confirm_service(session, service_id=standing.id, actor=actor, now=now, **amounts)


def _let_count_nothing(
    session: Session,
    row: Attendance,
    standing: ServiceRecord | None,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    if standing is None or standing.state is ServiceState.DENIED:
        return
    if standing.state is ServiceState.CONFIRMED:
        why = reason or DenialReason.OTHER.value
        reverse_service(session, service_id=standing.id, reason=why, actor=actor, now=now)
        return
    why = _DENIED.get(row.outcome or AttendanceOutcome.ABSENT, NOT_SERVED)
    deny_service(session, service_id=standing.id, reason=why, actor=actor, now=now)


_RANKS = (ServiceState.CONFIRMED, ServiceState.PENDING, ServiceState.BOOKED, ServiceState.DENIED)


def _rank(piece: ServiceRecord) -> int:
    return _RANKS.index(piece.state)


def _pieces(session: Session, row: Attendance) -> Sequence[ServiceRecord]:
    """Return the pieces of this evening that stand or can stand again.

    What a seat given back had booked stays denied: whoever came all the same counts by coming.
    """
    seats = session.execute(
        select(Seat.id, Seat.state).where(
            Seat.session_id == row.session_id, Seat.person_id == row.person_id
        )
    ).all()
    given_back = {seat_key(seat.id) for seat in seats if seat.state is SeatState.RELEASED}
    found = session.scalars(
        select(ServiceRecord)
        .where(
            or_(
                ServiceRecord.source_key.in_([seat_key(seat.id) for seat in seats]),
                ServiceRecord.source_key.startswith(attendance_key(row.id)),
            ),
            ServiceRecord.state.in_(_RANKS),
        )
        .order_by(ServiceRecord.source_key)
        .execution_options(populate_existing=True)
    )
    return [
        piece
        for piece in found
        if piece.state is not ServiceState.DENIED or piece.source_key not in given_back
    ]


def _free_key(session: Session, row: Attendance) -> str:
    """Return a key no piece of this evening has yet; those taken back keep theirs."""
    key = attendance_key(row.id)
    query = select(ServiceRecord.id).where(ServiceRecord.source_key.startswith(key))
    taken = len(session.scalars(query).all())
    return f"{key}:{taken}" if taken else key


def stop_the_clock(
    session: Session, evening: CourtSession, row: Attendance, *, actor: Actor, now: datetime
) -> None:
    """Give somebody the days back until the next session they can come to."""
    stop_clock(
        session,
        person_id=row.person_id,
        kind=SanctionKind.JURY,
        days=_days_to_next(session, evening),
        reason=ChangeReason.NO_SEAT.value,
        actor=actor,
        now=now,
    )


def _days_to_next(session: Session, evening: CourtSession) -> int:
    """Return the days until the next session a juror can come to."""
    following = session.scalar(
        select(CourtSession.held_on)
        .where(
            CourtSession.held_on > evening.held_on,
            CourtSession.kind == CourtSessionKind.HEARING,
            CourtSession.state != CourtSessionState.CANCELLED,
        )
        .order_by(CourtSession.held_on)
        .limit(1)
    )
    days = NEXT_UNKNOWN_DAYS if following is None else (following - evening.held_on).days
    return min(days, LONGEST_STOP_DAYS)


def keep_training(
    session: Session, evening: CourtSession, row: Attendance, *, actor: Actor, now: datetime
) -> None:
    """Let a training be on record for whoever stayed to its end, and for nobody else."""
    if evening.kind is not CourtSessionKind.TRAINING:
        return
    key = f"training:{row.id}"
    if row.outcome in TRAINED:
        add_training(
            session,
            person_id=row.person_id,
            topic=TrainingTopic.JUROR.value,
            finished_on=evening.held_on,
            source_key=key,
            actor=actor,
            now=now,
        )
        return
    known = session.scalar(select(Training).where(Training.source_key == key))
    if known is not None:
        session.delete(known)
        session.flush()
        subject = Subject(kind="training", id=known.id, person_id=row.person_id)
        record_act(session, act="training_removed", subject=subject, actor=actor, now=now)
