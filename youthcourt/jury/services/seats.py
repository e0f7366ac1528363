"""Changing a panel by hand: seat, release, move, fix, call a reserve, choose who leads."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.jury.domain import (
    Objections,
    ReasonCode,
    ReleaseReason,
    SeatRole,
    SeatSource,
    SeatState,
    free_position,
    objections,
)
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.pool import pool_of
from youthcourt.jury.queries.sessions import JurySession
from youthcourt.jury.services.rows import (
    book_seat,
    cancel_seat_booking,
    held_persons,
    held_session,
    is_published,
    keep_seats,
    live_seat_of,
    note_seat,
    seat_of,
    seats_in,
)
from youthcourt.jury.services.telling import Told, tell_of_duty, tell_of_withdrawal
from youthcourt.people.queries import live_person


def seat_person(
    session: Session,
    *,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID,
    person_id: uuid.UUID,
    role: SeatRole = SeatRole.JUROR,
    source: SeatSource = SeatSource.HAND,
    confirmed: Collection[ReasonCode] = (),
    actor: Actor,
    now: datetime,
) -> Seat:
    """Give somebody a seat in a room; given already, it is the one that is there.

    What protects a hearing refuses it; other rules must be named in ``confirmed``.  A seat given
    by hand is fixed: a draw leaves it alone.
    """
    evening = _evening_with(session, session_id, sitting_id)
    live_person(session, person_id)
    held_persons(session, (person_id,))
    seats = seats_in(session, session_id)
    known = next((seat for seat in seats if seat.person_id == person_id), None)
    if known is not None and (known.sitting_id, known.role) == (sitting_id, role):
        return known
    if known is not None:
        raise CourtRuleBroken("person_has_seat")
    _check(session, evening, person_id, sitting_id, role=role, confirmed=confirmed, now=now)
    place = _place(seats, sitting_id, role)
    given = Seat(sitting_id=sitting_id, person_id=person_id, role=role, position=place)
    return give_seat(
        session, evening, given, source=source, confirmed=confirmed, actor=actor, now=now
    )


def give_seat(
    session: Session,
    evening: JurySession,
    seat: Seat,
    *,
    source: SeatSource,
    confirmed: Collection[ReasonCode] = (),
    actor: Actor,
    now: datetime,
) -> Seat:
    """Store a seat that was checked against the rules, in a held session, and book it."""
    seat.session_id, seat.source, seat.state = evening.id, source, SeatState.PROPOSED
    seat.locked = _is_fixed(evening, seat.role, source)
    seat.made_at = now
    keep_seats(session, seat)
    book_seat(session, evening, seat, actor=actor, now=now)
    note_seat(
        session,
        "seat_given",
        seat,
        actor=actor,
        now=now,
        role=seat.role,
        source=source,
        in_spite_of=_names(confirmed),
    )
    return seat


def release_seat(
    session: Session,
    *,
    session_id: uuid.UUID,
    seat_id: uuid.UUID,
    reason: ReleaseReason,
    actor: Actor,
    now: datetime,
) -> Told:
    """Give a seat back: its booking is cancelled and who was told of it hears that it is off."""
    held_session(session, session_id, seat_id=seat_id)
    seat = seat_of(session, session_id=session_id, seat_id=seat_id)
    if seat.state is SeatState.RELEASED:
        return Told()
    return give_back(session, seat, reason=reason, actor=actor, now=now)


def give_back(
    session: Session,
    seat: Seat,
    *,
    reason: ReleaseReason,
    tell: bool = True,
    actor: Actor,
    now: datetime,
) -> Told:
    """Release a live seat of a held session; with ``tell`` false nobody hears of it here."""
    told_before = is_published(seat)
    seat.state, seat.reason, seat.foreperson = SeatState.RELEASED, reason.value, False
    seat.released_at, seat.released_by = now, actor.user_id
    session.flush()
    cancel_seat_booking(session, seat, reason=reason.value, actor=actor, now=now)
    note_seat(session, "seat_released", seat, actor=actor, now=now, reason=reason)
    if not told_before or not tell:
        return Told()
    return tell_of_withdrawal(session, seat, actor=actor, now=now)


def move_seat(
    session: Session,
    *,
    session_id: uuid.UUID,
    seat_id: uuid.UUID,
    sitting_id: uuid.UUID,
    confirmed: Collection[ReasonCode] = (),
    actor: Actor,
    now: datetime,
) -> Seat:
    """Give somebody a place in another room of the same session, by the rules of a new seat.

    The booking stays; who was told is told anew only where the place is another one.
    """
    evening = _evening_with(session, session_id, sitting_id, seat_id=seat_id)
    seat = live_seat_of(session, session_id=session_id, seat_id=seat_id)
    if seat.sitting_id == sitting_id:
        return seat
    held_persons(session, (seat.person_id,))
    _check(
        session, evening, seat.person_id, sitting_id, role=seat.role, confirmed=confirmed, now=now
    )
    was = seat.sitting_id
    seat.position = _place(seats_in(session, session_id), sitting_id, seat.role)
    seat.sitting_id, seat.locked, seat.foreperson = sitting_id, True, False
    keep_seats(session, seat)
    note_seat(
        session, "seat_moved", seat, actor=actor, now=now, was=was, in_spite_of=_names(confirmed)
    )
    if is_published(seat):
        tell_of_duty(session, evening, seat, actor=actor, now=now)
    return seat


def call_reserve(
    session: Session,
    *,
    session_id: uuid.UUID,
    seat_id: uuid.UUID,
    sitting_id: uuid.UUID,
    confirmed: Collection[ReasonCode] = (),
    actor: Actor,
    now: datetime,
) -> Seat:
    """Make a reserve a juror in a room; the seat is proposed until it is published."""
    evening = _evening_with(session, session_id, sitting_id, seat_id=seat_id)
    seat = live_seat_of(session, session_id=session_id, seat_id=seat_id)
    if seat.role is SeatRole.JUROR:
        return seat
    held_persons(session, (seat.person_id,))
    _check(
        session,
        evening,
        seat.person_id,
        sitting_id,
        role=SeatRole.JUROR,
        confirmed=confirmed,
        now=now,
    )
    seat.position = _place(seats_in(session, session_id), sitting_id, SeatRole.JUROR)
    seat.sitting_id, seat.role = sitting_id, SeatRole.JUROR
    seat.state, seat.locked = SeatState.PROPOSED, True
    keep_seats(session, seat)
    book_seat(session, evening, seat, actor=actor, now=now)
    note_seat(session, "reserve_called", seat, actor=actor, now=now, in_spite_of=_names(confirmed))
    return seat


def lock_seat(
    session: Session,
    *,
    session_id: uuid.UUID,
    seat_id: uuid.UUID,
    locked: bool,
    actor: Actor,
    now: datetime,
) -> Seat:
    """Fix a seat, so that a draw leaves it alone, or let it be drawn again."""
    held_session(session, session_id, seat_id=seat_id)
    seat = live_seat_of(session, session_id=session_id, seat_id=seat_id)
    if seat.locked is not locked:
        seat.locked = locked
        keep_seats(session, seat)
        act = "seat_locked" if locked else "seat_unlocked"
        note_seat(session, act, seat, actor=actor, now=now)
    return seat


def choose_foreperson(
    session: Session,
    *,
    session_id: uuid.UUID,
    seat_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> Seat:
    """Let one juror of a panel lead the questions, nobody else of it any more."""
    held_session(session, session_id, seat_id=seat_id)
    seat = live_seat_of(session, session_id=session_id, seat_id=seat_id)
    if seat.role is not SeatRole.JUROR:
        raise CourtRuleBroken("reserve_leads_nobody")
    panel = [s for s in seats_in(session, session_id) if s.sitting_id == seat.sitting_id]
    changed = [s for s in panel if s.foreperson is not (s.id == seat.id)]
    for other in changed:
        other.foreperson = other.id == seat.id
    if changed:
        keep_seats(session, *changed)
        note_seat(session, "foreperson_chosen", seat, actor=actor, now=now)
    return seat


def _evening_with(
    session: Session,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID,
    *,
    seat_id: uuid.UUID | None = None,
) -> JurySession:
    evening = held_session(session, session_id, seat_id=seat_id)
    if evening.room(sitting_id) is None:
        raise NotFound
    return evening


def _is_fixed(evening: JurySession, role: SeatRole, source: SeatSource) -> bool:
    by_hand = source is SeatSource.HAND and role is SeatRole.JUROR
    return by_hand and not evening.training


def _place(seats: Sequence[Seat], sitting_id: uuid.UUID, role: SeatRole) -> int:
    return free_position(
        [s.position for s in seats if s.sitting_id == sitting_id and s.role is role]
    )


def _check(
    session: Session,
    evening: JurySession,
    person_id: uuid.UUID,
    sitting_id: uuid.UUID,
    *,
    role: SeatRole,
    confirmed: Collection[ReasonCode],
    now: datetime,
) -> None:
    """Refuse a seat that a rule is against, unless staff may and did decide otherwise."""
    pool = pool_of(session, evening, only=(person_id,), now=now)
    found = objections(
        pool.given,
        person_id=person_id,
        sitting_id=sitting_id,
        # Any number may stand by: a reserve takes no place on the panel yet.
        seats=pool.seats if role is SeatRole.JUROR else (),
    )
    refuse(found, confirmed)


def refuse(found: Objections, confirmed: Collection[ReasonCode]) -> None:
    """Raise ``CourtRuleBroken`` with the rules in the way, if any are left."""
    if found.refused:
        raise CourtRuleBroken("seat_refused", "sitting_id", reasons=found.refused)
    unanswered = found.unanswered(confirmed)
    if unanswered:
        raise CourtRuleBroken("seat_needs_confirming", "confirm", reasons=unanswered)


def _names(codes: Collection[ReasonCode]) -> str | None:
    return ",".join(sorted(code.value for code in codes)) or None
