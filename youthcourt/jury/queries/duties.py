"""The duties of one person, and seats of anybody that something has come up against."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState, HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Room
from youthcourt.hearings.models import Sitting as StoredSitting
from youthcourt.jury.domain import LIVE, ReasonCode, SeatRole, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.people.domain import PersonName
from youthcourt.people.models import Person
from youthcourt.people.queries import name_of, unavailable_days
from youthcourt.sentences.domain import AttendanceOutcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One session a person has a seat in, had one in, or came to without one."""

    session_id: uuid.UUID
    kind: CourtSessionKind
    held_on: date
    starts_at: time
    ends_at: time
    room: str | None
    seat_id: uuid.UUID | None
    role: SeatRole | None
    state: SeatState | None
    outcome: AttendanceOutcome | None
    troubles: tuple[ReasonCode, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Duties:
    """A person's duties: what is to come in order, what is over the latest first."""

    coming: tuple[Duty, ...]
    past: tuple[Duty, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatInTrouble:
    """A coming seat that something has come up against since it was given."""

    seat_id: uuid.UUID
    session_id: uuid.UUID
    held_on: date
    person_id: uuid.UUID
    name: PersonName
    codes: tuple[ReasonCode, ...]


def duties_of(session: Session, *, person_id: uuid.UUID, today: date) -> Duties:
    """Return the duties of a person in a fixed number of queries; seats given back are left out."""
    troubled = {
        line.seat_id: line.codes
        for line in seats_in_trouble(session, today=today, person_ids=(person_id,))
    }
    held = _held(session, person_id)
    duties = [
        _duty(evening, room, seat, attendance, troubled)
        for evening, room, seat, attendance in (*held, *_without_seat(session, person_id))
    ]
    ahead = {
        evening.id
        for evening, _room, _seat, _attendance in held
        if evening.state is CourtSessionState.PLANNED and evening.held_on >= today
    }
    duties.sort(key=lambda duty: (duty.held_on, duty.starts_at))
    return Duties(
        coming=tuple(duty for duty in duties if duty.session_id in ahead),
        past=tuple(reversed([duty for duty in duties if duty.session_id not in ahead])),
    )


def seats_in_trouble(
    session: Session, *, today: date, person_ids: Collection[uuid.UUID] | None = None
) -> tuple[SeatInTrouble, ...]:
    """Return coming seats whose owner left the list, cannot come that day, or is heard then.

    These come about after a seat was given; staff decide what is to happen.
    """
    rows = session.execute(_coming_seats(today, person_ids)).all()
    away = unavailable_days(session, person_ids=person_ids, first=today) if rows else {}
    heard = _heard_in(session, today) if rows else frozenset()
    found = []
    for seat_id, session_id, held_on, person in rows:
        codes = (
            (ReasonCode.OFF_LIST, not person.on_jury_list),
            (
                ReasonCode.NOT_AVAILABLE,
                any(span.covers(held_on) for span in away.get(person.id, ())),
            ),
            (ReasonCode.OWN_HEARING, (session_id, person.id) in heard),
        )
        if any(holds for _code, holds in codes):
            found.append(
                SeatInTrouble(
                    seat_id=seat_id,
                    session_id=session_id,
                    held_on=held_on,
                    person_id=person.id,
                    name=name_of(person.given_names, person.family_name, person.preferred_name),
                    codes=tuple(code for code, holds in codes if holds),
                )
            )
    return tuple(found)


def _coming_seats(
    today: date, person_ids: Collection[uuid.UUID] | None
) -> Select[uuid.UUID, uuid.UUID, date, Person]:
    query = (
        select(Seat.id, Seat.session_id, CourtSession.held_on, Person)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .join(Person, Person.id == Seat.person_id)
        .where(
            Seat.state.in_(LIVE),
            CourtSession.state == CourtSessionState.PLANNED,
            CourtSession.held_on >= today,
        )
        .order_by(CourtSession.held_on, Person.search_key, Seat.id)
    )
    return query if person_ids is None else query.where(Seat.person_id.in_(person_ids))


def _heard_in(session: Session, today: date) -> frozenset[tuple[uuid.UUID, uuid.UUID]]:
    rows = session.execute(
        select(StoredSitting.session_id, Case.person_id)
        .join(Hearing, Hearing.sitting_id == StoredSitting.id)
        .join(Case, Case.id == Hearing.case_id)
        .join(CourtSession, CourtSession.id == StoredSitting.session_id)
        .where(Hearing.state == HearingState.DOCKETED, CourtSession.held_on >= today)
    )
    return frozenset((row.session_id, row.person_id) for row in rows)


_Row = tuple[CourtSession, str | None, Seat | None, Attendance | None]


def _held(session: Session, person_id: uuid.UUID) -> list[_Row]:
    rows = session.execute(
        select(CourtSession, Room.name, Seat, Attendance)
        .join(Seat, Seat.session_id == CourtSession.id)
        .join(StoredSitting, StoredSitting.id == Seat.sitting_id)
        .join(Room, Room.id == StoredSitting.room_id)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == Seat.session_id, Attendance.person_id == Seat.person_id),
        )
        .where(Seat.person_id == person_id, Seat.state.in_(LIVE))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _without_seat(session: Session, person_id: uuid.UUID) -> list[_Row]:
    """Return where somebody came, or was turned away, without holding a seat in the end."""
    rows = session.execute(
        select(CourtSession, Room.name, Attendance)
        .join(Attendance, Attendance.session_id == CourtSession.id)
        .outerjoin(StoredSitting, StoredSitting.id == Attendance.sitting_id)
        .outerjoin(Room, Room.id == StoredSitting.room_id)
        .outerjoin(
            Seat,
            and_(
                Seat.session_id == Attendance.session_id,
                Seat.person_id == Attendance.person_id,
                Seat.state.in_(LIVE),
            ),
        )
        .where(
            Attendance.person_id == person_id,
            Seat.id.is_(None),
            or_(Attendance.outcome.is_not(None), Attendance.checked_in_at.is_not(None)),
        )
    )
    return [(row[0], row[1], None, row[2]) for row in rows]


def _duty(
    evening: CourtSession,
    room: str | None,
    seat: Seat | None,
    attendance: Attendance | None,
    troubled: dict[uuid.UUID, tuple[ReasonCode, ...]],
) -> Duty:
    return Duty(
        session_id=evening.id,
        kind=evening.kind,
        held_on=evening.held_on,
        starts_at=evening.starts_at,
        ends_at=evening.ends_at,
        room=room,
        seat_id=seat.id if seat else None,
        role=seat.role if seat else None,
        state=seat.state if seat else None,
        outcome=attendance.outcome if attendance else None,
        troubles=troubled.get(seat.id, ()) if seat else (),
    )
