"""Seats given on the evening itself, to people who are here."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import (
    CAN_BE_CONFIRMED,
    ReleaseReason,
    SeatRole,
    SeatSource,
    SeatState,
    fill_from_present,
)
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.queries.pool import pool_of
from youthcourt.jury.queries.sessions import jury_session
from youthcourt.jury.services.attendance import (
    STAYED_AWAY,
    attendance_of,
    live_seat,
    open_evening,
)
from youthcourt.jury.services.seats import call_reserve, give_back, move_seat, seat_person
from youthcourt.sentences.domain import AttendanceOutcome

HERE = (AttendanceOutcome.PRESENT, AttendanceOutcome.LATE)


def seat_from_present(
    session: Session,
    *,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID,
    person_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> Seat:
    """Give somebody who is here a seat in a room; reserves and other rooms' jurors move there.

    The places of those who are marked as not coming are given away.  What protects a hearing
    refuses it with ``may_not_sit_here``, which does not say why: the desk does not know cases.
    """
    evening = open_evening(session, session_id, now=now)
    row = attendance_of(session, evening, person_id)
    if row.outcome not in HERE:
        raise CourtRuleBroken("not_here_yet")
    _free_empty_places(session, session_id, sitting_id, actor=actor, now=now)
    seat = _placed(session, session_id, sitting_id, person_id, actor=actor, now=now)
    seat.state = SeatState.PUBLISHED  # whoever sits down knows of it
    row.sitting_id = sitting_id
    session.flush()
    return seat


def fill_seats_from_present(
    session: Session, *, session_id: uuid.UUID, seed: int, actor: Actor, now: datetime
) -> int:
    """Fill every room from those who are here and gave the promise; return how many sat down.

    Who sits already stays.  The hard rules are kept; who came but finds no place is left.
    """
    evening = open_evening(session, session_id, now=now)
    for sitting_id in [room.id for room in jury_session(session, session_id).sittings]:
        _free_empty_places(session, session_id, sitting_id, actor=actor, now=now)
    rows = session.scalars(
        select(Attendance).where(Attendance.session_id == evening.id, Attendance.outcome.in_(HERE))
    ).all()
    here = {row.person_id for row in rows}
    if not here:
        raise CourtRuleBroken("nobody_here_yet")
    pool = pool_of(session, jury_session(session, session_id), only=here)
    seated = {seat.person_id for seat in pool.seats}
    draw = fill_from_present(
        sittings=pool.given.sittings,
        # Whoever came is willing to sit, also with nothing left to serve.
        present=[
            replace(juror, volunteer=True)
            for juror in pool.given.jurors
            if juror.person_id in here | seated
        ],
        rules=pool.given.rules,
        seed=seed,
        sworn=frozenset(row.person_id for row in rows if row.oath_at) | seated,
        locked=pool.seats,
    )
    new = [seat for seat in draw.seats if seat.person_id not in seated]
    for place in new:
        seat_from_present(
            session,
            session_id=session_id,
            sitting_id=place.sitting_id,
            person_id=place.person_id,
            actor=actor,
            now=now,
        )
    return len(new)


def _placed(
    session: Session,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID,
    person_id: uuid.UUID,
    *,
    actor: Actor,
    now: datetime,
) -> Seat:
    known = live_seat(session, session_id=session_id, person_id=person_id)
    try:
        if known is None:
            return seat_person(
                session,
                session_id=session_id,
                sitting_id=sitting_id,
                person_id=person_id,
                source=SeatSource.WALK_IN,
                confirmed=CAN_BE_CONFIRMED,
                actor=actor,
                now=now,
            )
        act = call_reserve if known.role is SeatRole.RESERVE else move_seat
        return act(
            session,
            session_id=session_id,
            seat_id=known.id,
            sitting_id=sitting_id,
            confirmed=CAN_BE_CONFIRMED,
            actor=actor,
            now=now,
        )
    except CourtRuleBroken as refusal:
        if refusal.code != "seat_refused":
            raise
        raise CourtRuleBroken("may_not_sit_here") from refusal


def _free_empty_places(
    session: Session,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give back the places of those in a room who were marked as not coming."""
    away = select(Attendance.person_id).where(
        Attendance.session_id == session_id, Attendance.outcome.in_(STAYED_AWAY)
    )
    seats = session.scalars(
        select(Seat)
        .where(
            Seat.session_id == session_id,
            Seat.sitting_id == sitting_id,
            Seat.role == SeatRole.JUROR,
            Seat.state.in_((SeatState.PROPOSED, SeatState.PUBLISHED)),
            Seat.person_id.in_(away),
        )
        .order_by(Seat.position)
    ).all()
    for seat in seats:
        give_back(session, seat, reason=ReleaseReason.CANNOT_COME, tell=False, actor=actor, now=now)
