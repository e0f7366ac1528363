"""The jury list for one session: who could sit, who cannot, who owes and is not on it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import SanctionKind
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.domain import LIVE, JurorProfile, reasons_alone, urgency
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.panels import case_numbers
from youthcourt.jury.queries.pool import Pool, PoolPerson
from youthcourt.jury.queries.reasons import RoomsWhy, WhyNot, by_reasons, why_not
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import numbered_names
from youthcourt.sentences.queries import SanctionProgress, progress_of


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolLine:
    """Somebody on the jury list: what is owed, and for each room why they cannot sit there."""

    person: PoolPerson
    profile: JurorProfile
    rooms: tuple[tuple[WhyNot, ...], ...]
    owed: tuple[SanctionProgress, ...]

    @property
    def can_sit(self) -> bool:
        """Whether there is a room where nothing is against them."""
        return any(not reasons for reasons in self.rooms)

    @property
    def against(self) -> tuple[RoomsWhy, ...]:
        """The rules in the way, with the rooms they hold for."""
        return by_reasons(self.rooms)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """The jury list for one session, without those who sit or stand by in it.

    ``able`` could come, in the order of the draw; ``unable`` cannot, each with why.
    ``off_list`` owes sessions and is not on the list.
    """

    able: tuple[PoolLine, ...]
    unable: tuple[PoolLine, ...]
    off_list: tuple[OffList, ...]
    empty: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OffList:
    """Somebody who owes sessions and is not on the jury list."""

    person_id: uuid.UUID
    number: str
    name: PersonName
    sessions: int


def pool_lines(session: Session, pool: Pool) -> tuple[PoolLine, ...]:
    """Return everybody in the pool: who may sit first, in the order of the draw."""
    given = pool.given
    rooms = [room.id for room in pool.evening.sittings]
    alone = reasons_alone(sittings=given.sittings, jurors=given.jurors, rules=given.rules)
    cases = case_numbers(session, pool.evening.id)
    lines = [
        PoolLine(
            person=pool.people[juror.person_id],
            profile=juror,
            rooms=tuple(
                tuple(
                    why_not(reason.code, dict(reason.params), cases)
                    for reason in alone[juror.person_id][room]
                )
                for room in rooms
            ),
            owed=pool.owed.get(juror.person_id, ()),
        )
        for juror in given.jurors
    ]
    return tuple(sorted(lines, key=lambda line: _by_need(line, pool.evening.held_on)))


def listed_for(session: Session, pool: Pool, *, now: datetime) -> Listed:
    """Return who on the jury list could still come to a session, and who cannot."""
    here = {seat.person_id for seat in (*pool.seats, *pool.reserves)}
    lines = [line for line in pool_lines(session, pool) if line.person.id not in here]
    return Listed(
        able=tuple(line for line in lines if line.can_sit),
        unable=tuple(line for line in lines if not line.can_sit),
        off_list=owing_off_list(session, pool, now=now),
        empty=not any(person.on_list for person in pool.people.values()),
    )


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
    names = numbered_names(session, owed)
    found = [
        OffList(
            person_id=person_id,
            number=names[person_id].number,
            name=names[person_id].name,
            sessions=left,
        )
        for person_id, left in owed.items()
    ]
    return tuple(sorted(found, key=lambda line: (line.name.filed, line.person_id)))


def _by_need(line: PoolLine, on: date) -> tuple[object, ...]:
    """Return the order of the draw, with the name in the place of the lot."""
    return (
        not line.can_sit,
        urgency(line.profile, on),
        -line.profile.sessions_owed,
        line.profile.past_load,
        line.person.name.filed,
        line.person.number,
    )
