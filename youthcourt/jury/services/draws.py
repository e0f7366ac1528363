"""Drawing a jury: solved while only reading, stored as a proposal, seated when accepted."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.jury.domain import (
    Draw,
    ReleaseReason,
    Replay,
    SeatRole,
    SeatSource,
    SeatState,
    draw_document,
    draw_panels,
    replay,
)
from youthcourt.jury.models import DrawNumber, Seat, StoredDraw
from youthcourt.jury.queries.pool import Pool, pool_of
from youthcourt.jury.queries.sessions import JurySession, jury_session
from youthcourt.jury.services.rows import (
    book_seat,
    held_persons,
    held_session,
    keep_seats,
    note_seat,
    note_session,
    seats_in,
)
from youthcourt.jury.services.seats import give_back

LARGEST_SEED = 999_999
_FAR = 10_000  # above every place: where seats wait while places are exchanged


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A draw that was made while only reading, with what it was made from."""

    session_id: uuid.UUID
    pool: Pool
    draw: Draw


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """How many jurors have a new seat, kept one, or gave one back; and how many stand by."""

    new: int
    kept: int
    released: int
    reserves: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    sitting_id: uuid.UUID
    role: SeatRole
    position: int
    foreperson: bool = False


def new_seed() -> int:
    """Return a seed that nobody chose."""
    return secrets.randbelow(LARGEST_SEED) + 1


def draw_session(session: Session, *, session_id: uuid.UUID, seed: int, now: datetime) -> Drawn:
    """Return panels for all rooms of a session; nothing is written, so nothing is held up.

    The same seed and the same input give the same draw.  Fixed and published seats stay.
    """
    if not 0 < seed <= LARGEST_SEED:
        raise CourtRuleBroken("seed_out_of_range", "seed", most=LARGEST_SEED)
    evening = jury_session(session, session_id)
    _check_drawable(evening, now)
    pool = pool_of(session, evening, now=now)
    draw = draw_panels(
        sittings=pool.given.sittings,
        jurors=pool.given.jurors,
        rules=pool.given.rules,
        seed=seed,
        locked=pool.given.locked,
    )
    return Drawn(session_id=session_id, pool=pool, draw=draw)


def store_draw(session: Session, *, drawn: Drawn, actor: Actor, now: datetime) -> StoredDraw:
    """Keep a draw as a proposal, by draw number; nobody is seated yet.

    Raises ``CourtRuleBroken`` when what it was made from has changed since.
    """
    evening = held_session(session, drawn.session_id)
    _check_drawable(evening, now)
    pool = pool_of(session, evening, now=now)
    if pool.given.digest() != drawn.draw.input_digest:
        raise CourtRuleBroken("draw_input_changed")
    _give_numbers(session, pool.new_numbers)
    stored = StoredDraw(
        session_id=drawn.session_id,
        seed=drawn.draw.seed,
        algorithm=drawn.draw.algorithm,
        version=drawn.draw.version,
        input_digest=drawn.draw.input_digest,
        input=pool.given.document(),
        result=draw_document(drawn.draw, pool.given.jurors),
        drawn_at=now,
        drawn_by=actor.user_id,
    )
    session.add(stored)
    session.flush()
    note_session(
        session,
        "jury_drawn",
        drawn.session_id,
        actor=actor,
        now=now,
        draw=stored.id,
        seed=stored.seed,
    )
    return stored


def accept_draw(
    session: Session, *, session_id: uuid.UUID, draw_id: uuid.UUID, actor: Actor, now: datetime
) -> Accepted:
    """Seat the people of a proposal; accepted again, nothing changes.

    Fixed and published seats stay, other seats are given back unless the draw keeps them.
    Raises ``CourtRuleBroken`` when what the draw was made from has changed since.
    """
    evening = held_session(session, session_id)
    _check_drawable(evening, now)
    stored = draw_of(session, session_id=session_id, draw_id=draw_id)
    pool = pool_of(session, evening, now=now)
    seats = seats_in(session, session_id)
    if _is_seated(stored, pool, seats):
        return _counted((), seats, ())
    if pool.given.digest() != stored.input_digest:
        raise CourtRuleBroken("draw_input_changed")
    wanted = _wanted(stored, pool, seats)
    held_persons(session, [*wanted, *(seat.person_id for seat in seats)])
    done = _carry_out(session, evening, stored, wanted, seats, actor=actor, now=now)
    note_session(
        session,
        "draw_accepted",
        session_id,
        actor=actor,
        now=now,
        draw=stored.id,
        new=done.new,
        released=done.released,
    )
    return done


def _carry_out(
    session: Session,
    evening: JurySession,
    stored: StoredDraw,
    wanted: Mapping[uuid.UUID, _Place],
    seats: Sequence[Seat],
    *,
    actor: Actor,
    now: datetime,
) -> Accepted:
    """Give back, move and give seats, so that everybody sits where the draw wants them."""
    kept = [seat for seat in seats if _can_become(seat, wanted.get(seat.person_id))]
    gone = [seat for seat in seats if seat not in kept and not _stays(seat)]
    for seat in gone:
        reason = ReleaseReason.DRAWN_AGAIN
        give_back(session, seat, reason=reason, actor=actor, now=now)
    standing_by = {seat.person_id for seat in seats if seat.role is SeatRole.RESERVE}
    changed = _settle(session, kept, wanted, stored.id)
    held = {seat.person_id for seat in seats if seat not in gone}
    new = [
        _new_seat(evening.id, stored.id, person_id, place, now)
        for person_id, place in wanted.items()
        if person_id not in held
    ]
    keep_seats(session, *new)
    for seat in (*changed, *new):
        book_seat(session, evening, seat, actor=actor, now=now)
    for seat in new:
        note_seat(
            session, "seat_given", seat, actor=actor, now=now, role=seat.role, source=seat.source
        )
    # Who stood by and sits now has a new seat, too.
    called = [seat for seat in changed if seat.person_id in standing_by]
    stay = [seat for seat in seats if seat not in gone and seat not in called]
    return _counted((*new, *called), stay, gone, at_first=standing_by)


def _counted(
    new: Sequence[Seat],
    kept: Sequence[Seat],
    gone: Sequence[Seat],
    at_first: Collection[uuid.UUID] = (),
) -> Accepted:
    def jurors(seats: Iterable[Seat]) -> int:
        return sum(seat.role is SeatRole.JUROR for seat in seats)

    return Accepted(
        new=jurors(new),
        kept=jurors(kept),
        released=jurors(seat for seat in gone if seat.person_id not in at_first),
        reserves=len(new) + len(kept) - jurors((*new, *kept)),
    )


def check_draw(
    session: Session, *, session_id: uuid.UUID, draw_id: uuid.UUID, actor: Actor, now: datetime
) -> Replay:
    """Do a kept draw again from its kept input and note how it came out."""
    stored = draw_of(session, session_id=session_id, draw_id=draw_id)
    outcome = replay(
        document=stored.input,
        result=stored.result,
        digest=stored.input_digest,
        seed=stored.seed,
    )
    note_session(
        session,
        "draw_checked",
        session_id,
        actor=actor,
        now=now,
        draw=stored.id,
        same=outcome.same,
    )
    return outcome


def draw_of(session: Session, *, session_id: uuid.UUID, draw_id: uuid.UUID) -> StoredDraw:
    """Return one draw of this very session, or raise ``NotFound``."""
    stored = session.scalar(
        select(StoredDraw).where(StoredDraw.id == draw_id, StoredDraw.session_id == session_id)
    )
    if stored is None:
        raise NotFound
    return stored


def _check_drawable(evening: JurySession, now: datetime) -> None:
    if evening.walk_in:
        raise CourtRuleBroken("walk_in_draws_nobody")
    if evening.training:
        raise CourtRuleBroken("training_draws_nobody")
    if not evening.open:
        raise CourtRuleBroken("session_not_open", state=evening.line.state)
    if evening.over(now):
        raise CourtRuleBroken("session_is_over")


def _give_numbers(session: Session, numbers: Mapping[uuid.UUID, int]) -> None:
    rows = [DrawNumber(person_id=person, number=number) for person, number in numbers.items()]
    try:
        with session.begin_nested():
            session.add_all(rows)
            session.flush()
    except IntegrityError as clash:
        raise CourtRuleBroken("draw_input_changed") from clash


def _panels(stored: StoredDraw, pool: Pool) -> dict[uuid.UUID, _Place] | None:
    """Return the panels of a kept draw by person, None when somebody is not in the pool now."""
    people = {juror.draw_number: juror.person_id for juror in pool.given.jurors}
    if any(number not in people for _room, _place, number, *_rest in stored.result["seats"]):
        return None
    return {
        people[number]: _Place(
            sitting_id=uuid.UUID(sitting),
            role=SeatRole.JUROR,
            position=position,
            foreperson=foreperson,
        )
        for sitting, position, number, _locked, foreperson in stored.result["seats"]
    }


def _is_seated(stored: StoredDraw, pool: Pool, seats: Iterable[Seat]) -> bool:
    """Return whether the panels are those of the draw already."""
    now = {seat.person_id: _place_of(seat) for seat in seats if seat.role is SeatRole.JUROR}
    return bool(now) and now == _panels(stored, pool)


def _wanted(stored: StoredDraw, pool: Pool, seats: Sequence[Seat]) -> dict[uuid.UUID, _Place]:
    """Return the place a draw gives to each person, the reserves spread over their rooms.

    Reserves whom staff named stand by before those of the draw.
    """
    people = {juror.draw_number: juror.person_id for juror in pool.given.jurors}
    found = dict(_panels(stored, pool) or {})
    named = [s for s in seats if _is_named_reserve(s) and s.person_id not in found]
    places = {
        sitting["sitting"]: max(
            (s.position for s in named if str(s.sitting_id) == sitting["sitting"]), default=0
        )
        for sitting in stored.input["sittings"]
    }
    for _rank, number, rooms in sorted(stored.result["reserves"]):
        person_id = people[number]
        if person_id in {seat.person_id for seat in named}:
            continue
        room = min(rooms, key=lambda key: (places[key], rooms.index(key)))
        places[room] += 1
        found[person_id] = _Place(
            sitting_id=uuid.UUID(room), role=SeatRole.RESERVE, position=places[room]
        )
    return found


def _is_named_reserve(seat: Seat) -> bool:
    return seat.role is SeatRole.RESERVE and seat.source is SeatSource.HAND


def _stays(seat: Seat) -> bool:
    """Return whether a draw leaves a seat alone: fixed, published, or a reserve staff named."""
    if seat.role is SeatRole.RESERVE:
        return _is_named_reserve(seat)
    return seat.locked or seat.state is SeatState.PUBLISHED


def _can_become(seat: Seat, place: _Place | None) -> bool:
    """Return whether a seat can be what the draw wants; a juror's booking ends with the seat."""
    return place is not None and (seat.role is place.role or seat.role is SeatRole.RESERVE)


def _new_seat(
    session_id: uuid.UUID,
    draw_id: uuid.UUID,
    person_id: uuid.UUID,
    place: _Place,
    now: datetime,
) -> Seat:
    return Seat(
        session_id=session_id,
        sitting_id=place.sitting_id,
        person_id=person_id,
        role=place.role,
        position=place.position,
        foreperson=place.foreperson,
        state=SeatState.PROPOSED,
        source=SeatSource.DRAW,
        draw_id=draw_id,
        made_at=now,
    )


def _settle(
    session: Session,
    kept: Iterable[Seat],
    wanted: Mapping[uuid.UUID, _Place],
    draw_id: uuid.UUID,
) -> list[Seat]:
    """Bring kept seats to their new places and return those that changed."""
    changed = [seat for seat in kept if _place_of(seat) != wanted[seat.person_id]]
    for number, seat in enumerate(changed):
        seat.position = _FAR + number
    keep_seats(session, *changed)
    for seat in changed:
        place = wanted[seat.person_id]
        if seat.role is not place.role:
            seat.role, seat.state = place.role, SeatState.PROPOSED
        seat.sitting_id, seat.position = place.sitting_id, place.position
        seat.foreperson, seat.draw_id = place.foreperson, draw_id
    keep_seats(session, *changed)
    return changed


def _place_of(seat: Seat) -> _Place:
    return _Place(
        sitting_id=seat.sitting_id,
        role=seat.role,
        position=seat.position,
        foreperson=seat.foreperson,
    )
