"""Seats given on the evening itself, to people who are here."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import (
    CAN_BE_CONFIRMED,
    Draw,
    DrawInput,
    ReleaseReason,
    SeatRole,
    SeatSource,
    SeatState,
    draw_document,
    fill_from_present,
)
from youthcourt.jury.models import Attendance, DrawNumber, Seat, StoredDraw
from youthcourt.jury.queries.places import told_at_the_desk
from youthcourt.jury.queries.pool import Pool, pool_of
from youthcourt.jury.queries.sessions import jury_session
from youthcourt.jury.services.attendance import (
    HERE,
    STAYED_AWAY,
    attendance_of,
    live_seat,
    open_evening,
)
from youthcourt.jury.services.rows import note_session
from youthcourt.jury.services.seats import call_reserve, give_back, move_seat, seat_person
from youthcourt.jury.services.telling import cancel_untold


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


def unseat_present(
    session: Session,
    *,
    session_id: uuid.UUID,
    person_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back the seat of somebody who is here; without a seat nothing happens.

    They stay in the house, and what the evening counts for hangs on how it goes.
    """
    open_evening(session, session_id, now=now)
    seat = live_seat(session, session_id=session_id, person_id=person_id)
    if seat is None or seat.role is not SeatRole.JUROR:
        return
    why = ReleaseReason.SEATED_BY_MISTAKE
    give_back(session, seat, reason=why, tell=False, actor=actor, now=now)


def fill_seats_from_present(
    session: Session, *, session_id: uuid.UUID, seed: int, actor: Actor, now: datetime
) -> int:
    """Fill every room from those who are here and gave the promise; return how many sat down.

    Who sits already stays.  The hard rules are kept; who came but finds no place is left.  The
    draw is kept, so that the office can see why.
    """
    evening = open_evening(session, session_id, now=now)
    planned = jury_session(session, session_id)
    for room in planned.sittings:
        _free_empty_places(session, session_id, room.id, actor=actor, now=now)
    rows = session.scalars(
        select(Attendance).where(Attendance.session_id == evening.id, Attendance.outcome.in_(HERE))
    ).all()
    here = {row.person_id for row in rows}
    if not here:
        raise CourtRuleBroken("nobody_here_yet")
    pool = pool_of(session, planned, only=here, now=now)
    seated = {seat.person_id for seat in pool.seats}
    given, draw = _drawn(
        pool,
        present=here | seated,
        sworn=frozenset(row.person_id for row in rows if row.oath_at) | seated,
        seed=seed,
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
    if new:
        _keep(session, planned.id, given, draw, pool.new_numbers, actor=actor, now=now)
    return len(new)


def _drawn(
    pool: Pool, *, present: Collection[uuid.UUID], sworn: frozenset[uuid.UUID], seed: int
) -> tuple[DrawInput, Draw]:
    """Return the panels from who is here, with exactly what they were made from."""
    jurors = tuple(
        # Whoever came is willing to sit, also with nothing left to serve.
        replace(juror, volunteer=True)
        for juror in pool.given.jurors
        if juror.person_id in present
    )
    draw = fill_from_present(
        sittings=pool.given.sittings,
        present=jurors,
        rules=pool.given.rules,
        seed=seed,
        sworn=sworn,
        locked=pool.seats,
    )
    as_drawn = tuple(
        replace(j, unavailable_on=frozenset(), sworn_tonight=j.person_id in sworn) for j in jurors
    )
    return replace(pool.given, jurors=as_drawn, locked=pool.seats), draw


def _keep(
    session: Session,
    session_id: uuid.UUID,
    given: DrawInput,
    draw: Draw,
    numbers: Mapping[uuid.UUID, int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    present = {juror.person_id for juror in given.jurors}
    session.add_all(
        DrawNumber(person_id=person_id, number=number)
        for person_id, number in numbers.items()
        if person_id in present
    )
    stored = StoredDraw(
        session_id=session_id,
        seed=draw.seed,
        algorithm=draw.algorithm,
        version=draw.version,
        input_digest=draw.input_digest,
        input=given.document(),
        result=draw_document(draw, given.jurors),
        drawn_at=now,
        drawn_by=actor.user_id,
        published_at=now,
    )
    session.add(stored)
    session.flush()
    note_session(
        session, "seats_filled", session_id, actor=actor, now=now, draw=stored.id, seed=draw.seed
    )


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
        seat = act(
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
        codes = cast("tuple[str, ...]", refusal.params["reasons"])
        raise CourtRuleBroken(told_at_the_desk(codes) or refusal.code) from refusal
    cancel_untold(session, seat, now=now)  # they are told by word of mouth
    return seat


def _free_empty_places(
    session: Session,
    session_id: uuid.UUID,
    sitting_id: uuid.UUID,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give back the places of those in a room who were marked as not coming.

    Whoever was there for a while keeps theirs: what it counts for hangs on it.
    """
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
