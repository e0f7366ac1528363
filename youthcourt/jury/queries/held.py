"""Who holds seats where: what the calendar and the sentences ask of the jury."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.models import CourtSession, Sitting
from youthcourt.hearings.ports import HeldSeat
from youthcourt.jury.domain import LIVE, SeatRole
from youthcourt.jury.models import Attendance, Seat

_TAKEN = (Seat.role == SeatRole.JUROR, Seat.state.in_(LIVE))


def seats_taken_in(session: Session, session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Return how many jurors hold a seat in each of these sessions; reserves take none."""
    rows = session.execute(
        select(Seat.session_id, func.count().label("seats"))
        .where(Seat.session_id.in_(session_ids), *_TAKEN)
        .group_by(Seat.session_id)
    )
    return {row.session_id: row.seats for row in rows}


def panel_has_come(session: Session, sitting_id: uuid.UUID) -> bool:
    """Return whether anybody came to a sitting, or to its session without a seat in a room yet."""
    query = (
        select(Attendance.id)
        .join(Sitting, Sitting.session_id == Attendance.session_id)
        .where(
            Sitting.id == sitting_id,
            or_(Attendance.sitting_id == sitting_id, Attendance.sitting_id.is_(None)),
            Attendance.checked_in_at.is_not(None),
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def seats_held_by(
    session: Session, person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[HeldSeat, ...]]:
    """Return the jurors' seats of these persons in sessions that are still planned."""
    rows = session.execute(
        select(Seat.id, Seat.person_id, Seat.session_id, Seat.sitting_id)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .where(
            Seat.person_id.in_(person_ids),
            CourtSession.state == CourtSessionState.PLANNED,
            *_TAKEN,
        )
        .order_by(CourtSession.held_on, Seat.id)
    )
    found: defaultdict[uuid.UUID, list[HeldSeat]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(
            HeldSeat(seat_id=row.id, session_id=row.session_id, sitting_id=row.sitting_id)
        )
    return {person_id: tuple(seats) for person_id, seats in found.items()}
