"""Reading draws that were kept: the proposal with its reasons, and the pool it is made from."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.accounts.models import User
from youthcourt.courts.domain import SanctionKind
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.domain import (
    LIVE,
    JurorProfile,
    Reason,
    ReasonCode,
    SeatRole,
    reasons_alone,
)
from youthcourt.jury.models import DrawNumber, Seat, StoredDraw
from youthcourt.jury.queries.panels import case_numbers
from youthcourt.jury.queries.pool import Pool, PoolPerson
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names
from youthcourt.sentences.queries import SanctionProgress, progress_of


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
    """Somebody in a kept draw; without the key to the numbers only the number is left."""

    number: int
    person_id: uuid.UUID | None
    name: PersonName


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnSeatLine:
    """One place a draw gives."""

    person: DrawnPerson
    position: int
    fixed: bool
    foreperson: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WhyNot:
    """One reason, with the case it speaks of where it is about one."""

    code: ReasonCode
    case_number: str
    params: Mapping[str, Any]


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
    rooms: tuple[DrawnRoom, ...]
    reserves: tuple[DrawnPerson, ...]
    not_seated: tuple[NotSeated, ...]
    against: tuple[tuple[DrawnPerson, WhyNot], ...]
    goals: Mapping[str, int]
    people: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolLine:
    """Somebody on the jury list: what is owed, and for each room why they cannot sit there."""

    person: PoolPerson
    profile: JurorProfile
    rooms: tuple[tuple[WhyNot, ...], ...]
    seated: bool
    owed: tuple[SanctionProgress, ...]

    @property
    def can_sit(self) -> bool:
        """Whether there is a room where nothing is against them."""
        return any(not reasons for reasons in self.rooms)

    @property
    def may_come(self) -> bool:
        """Whether they sit, or could."""
        return self.seated or self.can_sit


@dataclass(frozen=True, kw_only=True, slots=True)
class OffList:
    """Somebody who owes sessions and is not on the jury list."""

    person_id: uuid.UUID
    name: PersonName
    sessions: int


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
        rooms=tuple(rooms),
        reserves=tuple(people[number] for _rank, number, _rooms in sorted(result["reserves"])),
        not_seated=_not_seated(stored, rooms, people, cases),
        against=tuple(
            (people[number], _why(code, params, cases))
            for number, _room, code, params in result["locked_against"]
        ),
        goals=result["goals"],
        people=len(stored.input["jurors"]),
    )


def pool_lines(session: Session, pool: Pool) -> tuple[PoolLine, ...]:
    """Return everybody in the pool: who may sit first, the nearest deadline first."""
    given = pool.given
    rooms = [room.id for room in pool.evening.sittings]
    alone = reasons_alone(sittings=given.sittings, jurors=given.jurors, rules=given.rules)
    cases = case_numbers(session, pool.evening.id)
    seated = {seat.person_id for seat in pool.seats}
    lines = [
        PoolLine(
            person=pool.people[juror.person_id],
            profile=juror,
            rooms=tuple(
                tuple(_reason(reason, cases) for reason in alone[juror.person_id][room])
                for room in rooms
            ),
            seated=juror.person_id in seated,
            owed=pool.owed.get(juror.person_id, ()),
        )
        for juror in given.jurors
    ]
    return tuple(sorted(lines, key=_by_need))


def invitable(session: Session, pool: Pool) -> tuple[PoolLine, ...]:
    """Return who is on the jury list, not trained yet and not invited, who can come first."""
    held = {seat.person_id for seat in (*pool.seats, *pool.reserves)}
    return tuple(
        line
        for line in pool_lines(session, pool)
        if line.person.on_list and not line.profile.trained and line.person.id not in held
    )


def invited_elsewhere(session: Session, pool: Pool) -> frozenset[uuid.UUID]:
    """Return who has a place at another training that is still planned."""
    query = (
        select(Seat.person_id)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .where(
            CourtSession.id != pool.evening.id,
            CourtSession.kind == CourtSessionKind.TRAINING,
            CourtSession.state == CourtSessionState.PLANNED,
            Seat.state.in_(LIVE),
        )
    )
    return frozenset(session.scalars(query))


def owing_off_list(session: Session, pool: Pool, *, now: datetime) -> tuple[OffList, ...]:
    """Return who still has jury sessions to book and is not on the jury list."""
    owed: dict[uuid.UUID, int] = {}
    for person_id, items in progress_of(session, open_only=True, now=now).items():
        left = sum(item.to_book for item in items if item.kind is SanctionKind.JURY)
        on_list = person_id in pool.people and pool.people[person_id].on_list
        if left and not on_list:
            owed[person_id] = left
    names = person_names(session, owed)
    found = [
        OffList(person_id=person_id, name=names.get(person_id, PersonName()), sessions=left)
        for person_id, left in owed.items()
    ]
    return tuple(sorted(found, key=lambda line: (line.name.filed, line.person_id)))


def _by_need(line: PoolLine) -> tuple[object, ...]:
    owes = line.profile.sessions_owed > 0
    due = line.profile.due_on or date.max
    return (not line.can_sit, not owes, due, line.person.name.filed, line.person.number)


def _people(session: Session, stored: StoredDraw) -> dict[int, DrawnPerson]:
    numbers = [kept["number"] for kept in stored.input["jurors"]]
    rows = session.execute(
        select(DrawNumber.number, DrawNumber.person_id).where(DrawNumber.number.in_(numbers))
    )
    keys = {row.number: row.person_id for row in rows}
    names = person_names(session, keys.values())
    return {
        number: DrawnPerson(
            number=number,
            person_id=keys.get(number),
            name=names.get(keys[number], PersonName()) if number in keys else PersonName(),
        )
        for number in numbers
    }


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


def _not_seated(
    stored: StoredDraw,
    rooms: list[DrawnRoom],
    people: Mapping[int, DrawnPerson],
    cases: Mapping[uuid.UUID, str],
) -> tuple[NotSeated, ...]:
    found: defaultdict[int, defaultdict[str, list[WhyNot]]] = defaultdict(lambda: defaultdict(list))
    for number, sitting, code, params in stored.result["reasons"]:
        found[number][sitting].append(_why(code, params, cases))
    lines = [
        NotSeated(
            person=people[number],
            rooms=tuple(tuple(by_room[str(room.sitting_id)]) for room in rooms),
        )
        for number, by_room in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.person.name.filed, line.person.number)))


def _reason(reason: Reason, cases: Mapping[uuid.UUID, str]) -> WhyNot:
    return _why(reason.code, dict(reason.params), cases)


def _why(code: str, params: Mapping[str, Any], cases: Mapping[uuid.UUID, str]) -> WhyNot:
    hearing = params.get("hearing_id")
    number = cases.get(uuid.UUID(hearing), "") if hearing else ""
    return WhyNot(code=ReasonCode(code), case_number=number, params=params)
