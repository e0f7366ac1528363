"""Reading draws that were kept: the proposal with its reasons."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.accounts.models import User
from youthcourt.errors import NotFound
from youthcourt.jury.domain import LIVE, ReasonCode, SeatRole
from youthcourt.jury.models import DrawNumber, Seat, StoredDraw
from youthcourt.jury.queries.panels import case_numbers
from youthcourt.jury.queries.reasons import RoomsWhy, WhyNot, by_reasons, why_not
from youthcourt.jury.queries.standings import Stood, standings_in
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import NumberedName, numbered_names

_NO_RULE = frozenset({ReasonCode.RESERVE, ReasonCode.NOT_NEEDED})


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawLine:
    """One draw of a session; ``seats`` counts the seats that are held because of it."""

    id: uuid.UUID
    seed: int
    drawn_at: datetime
    drawn_by: str
    published_at: datetime | None
    seats: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnPerson:
    """Somebody in a kept draw; without the key to the numbers only the number is left.

    ``number`` is that of the draw, ``person_number`` the one people are known by.
    """

    number: int
    person_id: uuid.UUID | None
    person_number: str
    name: PersonName
    stood: Stood | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnSeatLine:
    """One place a draw gives."""

    person: DrawnPerson
    position: int
    fixed: bool
    foreperson: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnRoom:
    """One room of a kept draw, with what it lacks."""

    sitting_id: uuid.UUID
    room: str
    quorum: int
    target: int
    maximum: int
    seats: tuple[DrawnSeatLine, ...]
    to_quorum: int
    to_target: int
    short: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotSeated:
    """Somebody without a seat: for each room, in their order, why."""

    person: DrawnPerson
    rooms: tuple[tuple[WhyNot, ...], ...]

    @property
    def could_sit(self) -> bool:
        """Whether there is a room where no rule is in the way."""
        return any(why.code in _NO_RULE for room in self.rooms for why in room)

    @property
    def against(self) -> tuple[RoomsWhy, ...]:
        """The rules in the way, with the rooms they hold for."""
        return by_reasons(
            [tuple(why for why in room if why.code not in _NO_RULE) for room in self.rooms]
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A kept draw as staff read it."""

    id: uuid.UUID
    session_id: uuid.UUID
    seed: int
    drawn_at: datetime
    input_digest: str
    label: str
    algorithm: str
    version: str
    rooms: tuple[DrawnRoom, ...]
    reserves: tuple[NotSeated, ...]
    not_needed: tuple[NotSeated, ...]
    not_seated: tuple[NotSeated, ...]
    against: tuple[tuple[DrawnPerson, WhyNot], ...]
    goals: Mapping[str, int]
    people: int


def draw_lines(session: Session, session_id: uuid.UUID) -> tuple[DrawLine, ...]:
    """Return the draws of a session, the latest first."""
    held = (
        select(Seat.draw_id, func.count().label("seats"))
        .where(Seat.session_id == session_id, Seat.state.in_(LIVE), Seat.role == SeatRole.JUROR)
        .group_by(Seat.draw_id)
        .subquery()
    )
    rows = session.execute(
        select(
            StoredDraw.id,
            StoredDraw.seed,
            StoredDraw.drawn_at,
            StoredDraw.published_at,
            User.name,
            held.c.seats,
        )
        .outerjoin(User, User.id == StoredDraw.drawn_by)
        .outerjoin(held, held.c.draw_id == StoredDraw.id)
        .where(StoredDraw.session_id == session_id)
        .order_by(StoredDraw.drawn_at.desc(), StoredDraw.id)
    )
    return tuple(
        DrawLine(
            id=row.id,
            seed=row.seed,
            drawn_at=row.drawn_at,
            drawn_by=row.name or "",
            published_at=row.published_at,
            seats=row.seats or 0,
        )
        for row in rows
    )


def proposal_of(session: Session, *, session_id: uuid.UUID, draw_id: uuid.UUID) -> Proposal:
    """Return one kept draw of this very session with names, or raise ``NotFound``."""
    stored = session.scalar(
        select(StoredDraw).where(StoredDraw.id == draw_id, StoredDraw.session_id == session_id)
    )
    if stored is None:
        raise NotFound
    people = _people(session, stored)
    cases = case_numbers(session, session_id)
    rooms = [_room(stored, kept, people, cases) for kept in stored.input["sittings"]]
    rooms.sort(key=lambda room: room.room)
    result = stored.result
    return Proposal(
        id=stored.id,
        session_id=session_id,
        seed=stored.seed,
        drawn_at=stored.drawn_at,
        input_digest=stored.input_digest,
        label=result["label"],
        algorithm=stored.algorithm,
        version=stored.version,
        rooms=tuple(rooms),
        **_without_seat(stored, rooms, people, cases),
        against=tuple(
            (people[number], why_not(code, params, cases))
            for number, _room, code, params in result["locked_against"]
        ),
        goals=result["goals"],
        people=len(stored.input["jurors"]),
    )


def _people(session: Session, stored: StoredDraw) -> dict[int, DrawnPerson]:
    numbers = [kept["number"] for kept in stored.input["jurors"]]
    rows = session.execute(
        select(DrawNumber.number, DrawNumber.person_id).where(DrawNumber.number.in_(numbers))
    )
    keys = {row.number: row.person_id for row in rows}
    known = numbered_names(session, keys.values())
    nobody = NumberedName(number="", name=PersonName())
    stood = standings_in(stored.result)
    found: dict[int, DrawnPerson] = {}
    for number in numbers:
        person_id = keys.get(number)
        one = known.get(person_id, nobody) if person_id else nobody
        found[number] = DrawnPerson(
            number=number,
            person_id=person_id,
            person_number=one.number,
            name=one.name,
            stood=stood.get(number),
        )
    return found


def _room(
    stored: StoredDraw,
    kept: Mapping[str, Any],
    people: Mapping[int, DrawnPerson],
    cases: Mapping[uuid.UUID, str],
) -> DrawnRoom:
    lacks = next(s for s in stored.result["shortfalls"] if s["sitting"] == kept["sitting"])
    return DrawnRoom(
        sitting_id=uuid.UUID(kept["sitting"]),
        room=kept["room"],
        quorum=kept["quorum"],
        target=kept["target"],
        maximum=kept["maximum"],
        seats=tuple(
            DrawnSeatLine(
                person=people[number], position=position, fixed=fixed, foreperson=foreperson
            )
            for sitting, position, number, fixed, foreperson in stored.result["seats"]
            if sitting == kept["sitting"]
        ),
        to_quorum=lacks["to_quorum"],
        to_target=lacks["to_target"],
        short=tuple(
            sorted((cases.get(uuid.UUID(key), ""), lack) for key, lack in lacks["hearings"])
        ),
    )


def _without_seat(
    stored: StoredDraw,
    rooms: list[DrawnRoom],
    people: Mapping[int, DrawnPerson],
    cases: Mapping[uuid.UUID, str],
) -> dict[str, tuple[NotSeated, ...]]:
    """Return everybody without a seat: reserves by rank, the others by name."""
    found: defaultdict[int, defaultdict[str, list[WhyNot]]] = defaultdict(lambda: defaultdict(list))
    for number, sitting, code, params in stored.result["reasons"]:
        found[number][sitting].append(why_not(code, params, cases))
    lines = [
        NotSeated(
            person=people[number],
            rooms=tuple(tuple(by_room[str(room.sitting_id)]) for room in rooms),
        )
        for number, by_room in found.items()
    ]
    lines.sort(key=lambda line: (line.person.name.filed, line.person.number))
    ranks = {number: rank for rank, number, _rooms in stored.result["reserves"]}
    reserves = [line for line in lines if line.person.number in ranks]
    others = [line for line in lines if line.person.number not in ranks]
    return {
        "reserves": tuple(sorted(reserves, key=lambda line: ranks[line.person.number])),
        "not_needed": tuple(line for line in others if line.could_sit),
        "not_seated": tuple(line for line in others if not line.could_sit),
    }
