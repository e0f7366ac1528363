"""Everybody who may be drawn for a session, as the draw sees them, in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    HearingState,
    planned_span,
)
from youthcourt.hearings.models import CourtSession, Hearing
from youthcourt.hearings.models import Sitting as StoredSitting
from youthcourt.jury.domain import (
    KEEPS_AWAY,
    LIVE,
    DrawInput,
    HeldSeat,
    JurorProfile,
    SeatRole,
    SeatState,
    Span,
    last_day_to_keep,
)
from youthcourt.jury.domain import Seat as DrawnSeat
from youthcourt.jury.models import Attendance, DrawNumber, Seat
from youthcourt.jury.queries.parties import attended, parties_of
from youthcourt.jury.queries.sessions import JurySession, rules_of, sittings_of
from youthcourt.people.domain import PersonName
from youthcourt.people.domain.kinds import TrainingTopic
from youthcourt.people.models import Person
from youthcourt.people.queries import name_of, trainings_of, unavailable_days
from youthcourt.sentences.queries import SanctionProgress, progress_of

RESERVES_PER_ROOM = 2
CAP_WINDOW_DAYS = 28
_TRAINED = frozenset({TrainingTopic.JUROR.value, TrainingTopic.FOREPERSON.value})

Days = Mapping[uuid.UUID, frozenset[date]]


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolPerson:
    """Who stands behind a profile."""

    id: uuid.UUID
    number: str
    name: PersonName
    school_id: uuid.UUID | None
    on_list: bool
    volunteer_since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """The input of a draw, the people in it, and the draw numbers it gives for the first time."""

    evening: JurySession
    given: DrawInput
    people: Mapping[uuid.UUID, PoolPerson]
    new_numbers: Mapping[uuid.UUID, int]
    seats: tuple[DrawnSeat, ...]
    reserves: tuple[DrawnSeat, ...]
    owed: Mapping[uuid.UUID, tuple[SanctionProgress, ...]]

    def profile(self, person_id: uuid.UUID) -> JurorProfile:
        """Return what the draw knows of a person."""
        return next(juror for juror in self.given.jurors if juror.person_id == person_id)


def pool_of(
    session: Session,
    evening: JurySession,
    *,
    also: Collection[uuid.UUID] = (),
    only: Collection[uuid.UUID] | None = None,
    now: datetime,
) -> Pool:
    """Return everybody on the jury list or with a seat in this session, ready to be drawn.

    ``also`` adds persons whether on the list or not; ``only`` narrows it to some persons and
    those with a seat here.  Seats that are fixed or published stay where they are.
    """
    held = _live_seats(session, evening)
    seats = [seat for seat in held if seat.role is SeatRole.JUROR]
    here = {seat.person_id for seat in held}
    people = _people(session, {*here, *also, *(only or ())}, listed=only is None)
    numbers, new = _numbers(session, people)
    facts = _Facts(session, evening, {seat.person_id for seat in seats}, people, now)
    sittings = sittings_of(evening, parties_of(session, evening.id))
    given = DrawInput(
        sittings=sittings,
        jurors=tuple(facts.profile(person, numbers[person.id]) for person in people.values()),
        rules=rules_of(evening, reserves=RESERVES_PER_ROOM * len(sittings)),
        locked=tuple(_drawn(s) for s in seats if s.locked or s.state is SeatState.PUBLISHED),
    )
    return Pool(
        evening=evening,
        given=given,
        people=people,
        new_numbers=new,
        seats=tuple(_drawn(seat) for seat in seats),
        reserves=tuple(_drawn(seat) for seat in held if seat.role is SeatRole.RESERVE),
        owed=facts.owed,
    )


def _live_seats(session: Session, evening: JurySession) -> tuple[Seat, ...]:
    rooms = [room.id for room in evening.sittings]
    query = (
        select(Seat)
        .where(
            Seat.session_id == evening.id,
            Seat.sitting_id.in_(rooms),
            Seat.state.in_(LIVE),
        )
        .order_by(Seat.sitting_id, Seat.position)
    )
    return tuple(session.scalars(query))


def _drawn(seat: Seat) -> DrawnSeat:
    return DrawnSeat(
        sitting_id=seat.sitting_id,
        person_id=seat.person_id,
        position=seat.position,
        locked=seat.locked or seat.state is SeatState.PUBLISHED,
        foreperson=seat.foreperson,
    )


def _people(
    session: Session, wanted: Collection[uuid.UUID], *, listed: bool
) -> dict[uuid.UUID, PoolPerson]:
    among = Person.id.in_(wanted)
    rows = session.execute(
        select(
            Person.id,
            Person.number,
            Person.given_names,
            Person.family_name,
            Person.preferred_name,
            Person.school_id,
            Person.on_jury_list,
            Person.volunteer_since,
        )
        .where(
            or_(Person.on_jury_list.is_(True), among) if listed else among,
            Person.merged_into_id.is_(None),
        )
        .order_by(Person.number)
    )
    return {
        row.id: PoolPerson(
            id=row.id,
            number=row.number,
            name=name_of(row.given_names, row.family_name, row.preferred_name),
            school_id=row.school_id,
            on_list=row.on_jury_list,
            volunteer_since=row.volunteer_since,
        )
        for row in rows
    }


def _numbers(
    session: Session, people: Iterable[uuid.UUID]
) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, int]]:
    """Return everybody's draw number, and those that are given for the first time.

    Numbers follow the order in which people came to the court, so that two who read the same
    rows give the same numbers.
    """
    rows = session.execute(select(DrawNumber.person_id, DrawNumber.number))
    known = {row.person_id: row.number for row in rows}
    new: dict[uuid.UUID, int] = {}
    following = max(known.values(), default=0) + 1
    for person_id in people:
        if person_id not in known:
            new[person_id] = following
            following += 1
    return {**known, **new}, new


class _Facts:
    """What is known of many people at once, each kind of fact read by one statement."""

    def __init__(
        self,
        session: Session,
        evening: JurySession,
        seated: Collection[uuid.UUID],
        people: Collection[uuid.UUID],
        now: datetime,
    ) -> None:
        day = evening.held_on
        window = timedelta(days=max(CAP_WINDOW_DAYS, evening.policy.jury.rest_days + 1))
        self._evening = evening
        self._seated = frozenset(seated)
        self.owed = _owed(session, people, now)
        self._trainings = trainings_of(session)
        self._away = unavailable_days(session, first=day, last=day)
        self._gave_back = _gave_back(session, evening.id)
        self._held = _held(session, evening, window)
        self._own = _own_hearings(session, evening)
        self._days = _days_there(session, evening, window)
        self._load = _past_load(session, evening)

    def profile(self, person: PoolPerson, number: int) -> JurorProfile:
        """Return one person as the draw sees them."""
        day, key = self._evening.held_on, person.id
        owed, due_on = self._owes(key)
        topics = {t.topic for t in self._trainings.get(key, ()) if t.finished_on <= day}
        load = self._load.get(key, 0)
        volunteer = person.volunteer_since is not None and person.volunteer_since <= day
        away = key in self._away or key in self._gave_back
        return JurorProfile(
            person_id=key,
            draw_number=number,
            sessions_owed=owed,
            due_on=due_on,
            trained=bool(topics & _TRAINED),
            on_list=person.on_list,
            school_id=person.school_id,
            unavailable_on=frozenset({day} if away else ()),
            held=self._held.get(key, ()),
            own_hearings=self._own.get(key, ()),
            served_on=self._days.get(key, frozenset()),
            past_load=load,
            # To a training anybody on the list may come, whatever they owe.
            volunteer=volunteer or self._evening.training,
            experienced=load > 0 or TrainingTopic.FOREPERSON.value in topics,
        )

    def _owes(self, person_id: uuid.UUID) -> tuple[int, date | None]:
        """Return the sessions still to be given and the last day this session can help to keep.

        That is the nearest one not over on its day, where all are over the first of them.
        A seat held in this very session has booked a part of them: it is given back here.
        """
        minutes = self._evening.policy.counting.session_minutes
        total, due = 0, []
        for item in self.owed.get(person_id, ()):
            open_now = item.to_book
            if person_id in self._seated and self._evening.held_on in item.booked_on:
                open_now += min(item.booked, minutes if item.unit is Unit.MINUTES else 1)
            if item.unit is Unit.MINUTES:
                open_now = -(-open_now // minutes)
            elif item.unit is not Unit.SESSIONS:
                open_now = 0
            if open_now:
                total += open_now
                due.append(item.due_on)
        return total, last_day_to_keep(due, on=self._evening.held_on)


def _owed(
    session: Session, people: Collection[uuid.UUID], now: datetime
) -> dict[uuid.UUID, tuple[SanctionProgress, ...]]:
    if not people:
        return {}
    owed = progress_of(session, person_ids=people, open_only=True, now=now)
    return {
        person_id: tuple(item for item in items if item.kind is SanctionKind.JURY)
        for person_id, items in owed.items()
    }


def _gave_back(session: Session, session_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return who gave a seat of this session back for a reason that lasts."""
    query = select(Seat.person_id).where(
        Seat.session_id == session_id,
        Seat.state == SeatState.RELEASED,
        Seat.reason.in_([reason.value for reason in KEEPS_AWAY]),
    )
    return frozenset(session.scalars(query))


def _held(
    session: Session, evening: JurySession, window: timedelta
) -> dict[uuid.UUID, tuple[HeldSeat, ...]]:
    """Return the seats people hold around that day, but those they did not sit in."""
    rows = session.execute(
        select(Seat.person_id, Seat.sitting_id, CourtSession)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == Seat.session_id, Attendance.person_id == Seat.person_id),
        )
        .where(
            or_(Attendance.outcome.is_(None), attended()),
            Seat.role == SeatRole.JUROR,
            Seat.state.in_(LIVE),
            CourtSession.id != evening.id,
            CourtSession.state == CourtSessionState.PLANNED,
            CourtSession.held_on.between(evening.held_on - window, evening.held_on + window),
        )
        .order_by(CourtSession.held_on, Seat.id)
    )
    found: defaultdict[uuid.UUID, list[HeldSeat]] = defaultdict(list)
    for person_id, sitting_id, row in rows:
        found[person_id].append(HeldSeat(sitting_id=sitting_id, span=_span(row, evening.line.zone)))
    return {person_id: tuple(seats) for person_id, seats in found.items()}


def _own_hearings(session: Session, evening: JurySession) -> dict[uuid.UUID, tuple[Span, ...]]:
    """Return when people's own cases are heard in other sessions around that day."""
    a_day = timedelta(days=1)
    rows = session.execute(
        select(Case.person_id, CourtSession)
        .join(Hearing, Hearing.case_id == Case.id)
        .join(StoredSitting, StoredSitting.id == Hearing.sitting_id)
        .join(CourtSession, CourtSession.id == StoredSitting.session_id)
        .where(
            Hearing.state == HearingState.DOCKETED,
            CourtSession.id != evening.id,
            CourtSession.held_on.between(evening.held_on - a_day, evening.held_on + a_day),
        )
    )
    found: defaultdict[uuid.UUID, list[Span]] = defaultdict(list)
    for person_id, row in rows:
        found[person_id].append(_span(row, evening.line.zone))
    return {person_id: tuple(spans) for person_id, spans in found.items()}


def _span(row: CourtSession, zone: str) -> Span:
    planned = planned_span(row.held_on, row.starts_at, row.ends_at, zone)
    return Span(starts_at=planned.starts_at, ends_at=planned.ends_at)


def _days_there(session: Session, evening: JurySession, window: timedelta) -> Days:
    """Return the days around the session on which people were there."""
    rows = session.execute(
        select(Attendance.person_id, CourtSession.held_on)
        .join(CourtSession, CourtSession.id == Attendance.session_id)
        .where(
            attended(),
            CourtSession.id != evening.id,
            CourtSession.held_on.between(evening.held_on - window, evening.held_on + window),
        )
    )
    found: defaultdict[uuid.UUID, set[date]] = defaultdict(set)
    for person_id, day in rows:
        found[person_id].add(day)
    return {person_id: frozenset(days) for person_id, days in found.items()}


def _past_load(session: Session, evening: JurySession) -> dict[uuid.UUID, int]:
    """Return on how many juries people have sat before that day."""
    rows: Any = session.execute(
        select(Attendance.person_id, func.count())
        .join(CourtSession, CourtSession.id == Attendance.session_id)
        .where(
            and_(attended(), CourtSession.kind == CourtSessionKind.HEARING),
            CourtSession.id != evening.id,
            CourtSession.held_on <= evening.held_on,
        )
        .group_by(Attendance.person_id)
    )
    return dict(rows.all())
