"""Inviting people to a training: seats like any other, given to many at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.jury.domain import Seat as DrawnSeat
from youthcourt.jury.domain import (
    SeatRole,
    SeatSource,
    free_position,
    objections,
)
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.pool import Pool, pool_of
from youthcourt.jury.services.rows import held_persons, held_session
from youthcourt.jury.services.seats import give_seat


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """Who was given a seat just now, and who could not be."""

    seats: tuple[Seat, ...]
    refused: tuple[uuid.UUID, ...]


def invite_people(
    session: Session,
    *,
    session_id: uuid.UUID,
    person_ids: Collection[uuid.UUID],
    actor: Actor,
    now: datetime,
) -> Invited:
    """Give each of these people a seat at a training, room by room; who has one keeps it.

    Chosen by name, so that days away and the like are taken as confirmed; somebody who has to
    be elsewhere at that time is left out, as is everybody once the rooms are full.
    """
    evening = held_session(session, session_id)
    if not evening.training:
        raise CourtRuleBroken("not_a_training")
    if not person_ids:
        raise CourtRuleBroken("nobody_chosen", "people")
    held_persons(session, person_ids)
    pool = pool_of(session, evening, only=person_ids, now=now)
    seats = list(pool.seats)
    given, refused = [], []
    for person_id in dict.fromkeys(person_ids):
        if person_id not in pool.people:
            raise NotFound
        if person_id in {seat.person_id for seat in seats}:
            continue
        place = _place_for(pool, person_id, seats)
        if place is None:
            refused.append(person_id)
            continue
        seat = Seat(sitting_id=place.sitting_id, person_id=person_id, position=place.position)
        seat.role, source = SeatRole.JUROR, SeatSource.HAND
        given.append(give_seat(session, evening, seat, source=source, actor=actor, now=now))
        seats.append(place)
    return Invited(seats=tuple(given), refused=tuple(refused))


def _place_for(pool: Pool, person_id: uuid.UUID, seats: Sequence[DrawnSeat]) -> DrawnSeat | None:
    """Return the first free place that nothing but what can be confirmed is against."""
    for room in pool.given.sittings:
        found = objections(pool.given, person_id=person_id, sitting_id=room.id, seats=seats)
        if not found.refused:
            taken = [seat.position for seat in seats if seat.sitting_id == room.id]
            place = free_position(taken)
            return DrawnSeat(sitting_id=room.id, person_id=person_id, position=place)
    return None
