"""The panels of a session as staff see them: who sits where, and what lacks or goes wrong."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.errors import NotFound
from youthcourt.hearings.queries import SittingLine, dockets_of
from youthcourt.jury.domain import (
    LIVE,
    ReasonCode,
    SeatRole,
    SeatSource,
    SeatState,
    Sitting,
    lacking,
    steps_aside,
    troubles,
)
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.pool import Pool, pool_of
from youthcourt.jury.queries.sessions import JurySession, jury_session
from youthcourt.people.domain import PersonName
from youthcourt.sentences.queries import SanctionProgress


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatLine:
    """One seat: whose, how it came to be, and what has come up against it since."""

    id: uuid.UUID
    sitting_id: uuid.UUID
    person_id: uuid.UUID
    name: PersonName
    number: str
    role: SeatRole
    position: int
    state: SeatState
    source: SeatSource
    locked: bool
    foreperson: bool
    owed: tuple[SanctionProgress, ...]
    volunteer: bool
    experienced: bool
    troubles: tuple[ReasonCode, ...]
    aside_for: tuple[str, ...]

    @property
    def proposed(self) -> bool:
        """Whether nobody has been told yet."""
        return self.state is SeatState.PROPOSED


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomPanel:
    """One room with its panel and reserves; ``short`` names cases that lack a quorum."""

    room: SittingLine
    jurors: tuple[SeatLine, ...]
    reserves: tuple[SeatLine, ...]
    to_quorum: int
    short: tuple[tuple[str, int], ...]

    @property
    def to_target(self) -> int:
        """How many more the panel should have."""
        return max(0, self.room.panel_target - len(self.jurors))

    @property
    def over(self) -> int:
        """How many sit here above the most who may."""
        return max(0, len(self.jurors) - self.room.panel_max)


@dataclass(frozen=True, kw_only=True, slots=True)
class JuryView:
    """Everything about the jury of one session as it stands."""

    evening: JurySession
    rooms: tuple[RoomPanel, ...]

    @property
    def seats(self) -> tuple[SeatLine, ...]:
        """Every live seat, jurors and reserves."""
        return tuple(seat for room in self.rooms for seat in (*room.jurors, *room.reserves))

    @property
    def jurors(self) -> tuple[SeatLine, ...]:
        """Every juror."""
        return tuple(seat for room in self.rooms for seat in room.jurors)

    @property
    def proposed(self) -> int:
        """How many jurors have not been told yet."""
        return sum(seat.proposed for seat in self.jurors)

    @property
    def published(self) -> int:
        """How many jurors have been told."""
        return len(self.jurors) - self.proposed

    @property
    def in_trouble(self) -> tuple[SeatLine, ...]:
        """The seats that go against a rule as things are now."""
        return tuple(seat for seat in self.seats if seat.troubles)


def jury_view(
    session: Session, session_id: uuid.UUID, *, pool: Pool | None = None, now: datetime
) -> JuryView:
    """Return the panels of a session in a fixed number of queries, or raise ``NotFound``."""
    if pool is None:
        evening = jury_session(session, session_id)
        pool = pool_of(session, evening, only=(), now=now)
    cases = case_numbers(session, session_id)
    lines = _seat_lines(session, pool, cases)
    rooms = {sitting.id: sitting for sitting in pool.given.sittings}
    return JuryView(
        evening=pool.evening,
        rooms=tuple(
            _panel(room, rooms[room.id], pool, lines, cases) for room in pool.evening.sittings
        ),
    )


def seat_line(view: JuryView, seat_id: uuid.UUID) -> SeatLine:
    """Return one live seat of a session, or raise ``NotFound``."""
    line = next((seat for seat in view.seats if seat.id == seat_id), None)
    if line is None:
        raise NotFound
    return line


def case_numbers(session: Session, session_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return hearing -> number of its case, for reasons that staff read."""
    dockets = dockets_of(session, session_id).values()
    return {line.id: line.case_number for lines in dockets for line in lines}


def _panel(
    room: SittingLine,
    sitting: Sitting,
    pool: Pool,
    lines: tuple[SeatLine, ...],
    cases: Mapping[uuid.UUID, str],
) -> RoomPanel:
    here = [line for line in lines if line.sitting_id == room.id]
    to_quorum, short = lacking(pool.given, sitting, pool.seats)
    return RoomPanel(
        room=room,
        jurors=tuple(line for line in here if line.role is SeatRole.JUROR),
        reserves=tuple(line for line in here if line.role is SeatRole.RESERVE),
        to_quorum=to_quorum,
        short=tuple(
            sorted((cases.get(hearing_id, ""), lack) for hearing_id, lack in short.items())
        ),
    )


def _seat_lines(
    session: Session, pool: Pool, cases: Mapping[uuid.UUID, str]
) -> tuple[SeatLine, ...]:
    rows = session.scalars(
        select(Seat)
        .where(Seat.session_id == pool.evening.id, Seat.state.in_(LIVE))
        .order_by(Seat.position, Seat.id)
    )
    profiles = {juror.person_id: juror for juror in pool.given.jurors}
    rooms = {sitting.id: sitting for sitting in pool.given.sittings}
    against = troubles(pool.given, (*pool.seats, *pool.reserves))
    lines = []
    for row in rows:
        person, profile = pool.people[row.person_id], profiles[row.person_id]
        aside = steps_aside(profile, rooms[row.sitting_id], pool.given.rules)
        lines.append(
            SeatLine(
                id=row.id,
                sitting_id=row.sitting_id,
                person_id=row.person_id,
                name=person.name,
                number=person.number,
                role=row.role,
                position=row.position,
                state=row.state,
                source=row.source,
                locked=row.locked,
                foreperson=row.foreperson,
                owed=pool.owed.get(row.person_id, ()),
                volunteer=profile.volunteer and person.volunteer_since is not None,
                experienced=profile.experienced,
                troubles=against.get(row.person_id, ()),
                aside_for=tuple(sorted(cases.get(key, "") for key in aside)),
            )
        )
    return tuple(lines)
