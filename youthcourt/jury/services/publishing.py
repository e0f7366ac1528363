"""Publishing a jury: from now on everybody knows, and each is told once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import SeatRole, SeatState
from youthcourt.jury.models import StoredDraw
from youthcourt.jury.services.rows import held_session, keep_seats, note_session, seats_in
from youthcourt.jury.services.telling import Told, tell_of_duty


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """How many jurors' seats were published just now, and who was told."""

    seats: int
    told: Told


def publish_session(
    session: Session, *, session_id: uuid.UUID, actor: Actor, now: datetime
) -> Published:
    """Publish every proposed seat and tell jurors and their adults; done again, nothing happens.

    Refused once the session is over, and while there is no seat at all.
    """
    evening = held_session(session, session_id)
    if evening.over(now):
        raise CourtRuleBroken("session_is_over")
    seats = seats_in(session, session_id)
    if not seats:
        raise CourtRuleBroken("nobody_seated")
    proposed = [seat for seat in seats if seat.state is SeatState.PROPOSED]
    for seat in proposed:
        seat.state = SeatState.PUBLISHED
    keep_seats(session, *proposed)
    _mark_draws(session, {seat.draw_id for seat in proposed if seat.draw_id}, now)
    told = Told()
    for seat in proposed:
        told += tell_of_duty(session, evening, seat, actor=actor, now=now)
    if proposed:
        note_session(
            session,
            "jury_published",
            session_id,
            actor=actor,
            now=now,
            seats=len(proposed),
            queued=told.queued,
            by_hand=told.by_hand,
        )
    jurors = sum(seat.role is SeatRole.JUROR for seat in proposed)
    return Published(seats=jurors, told=told)


def _mark_draws(session: Session, draw_ids: set[uuid.UUID], now: datetime) -> None:
    for draw in session.scalars(select(StoredDraw).where(StoredDraw.id.in_(draw_ids))):
        draw.published_at = draw.published_at or now
    session.flush()
