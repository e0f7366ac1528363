"""Reading an evening: who is expected, who is here, and how it went."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.jury.domain.states import SeatRole, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.numbering import person_no
from youthcourt.people.domain import PersonName, fold
from youthcourt.people.models import Person
from youthcourt.people.queries import name_of
from youthcourt.sentences.domain import AttendanceOutcome

LIVE = (SeatState.PROPOSED, SeatState.PUBLISHED)
HERE = frozenset({AttendanceOutcome.PRESENT, AttendanceOutcome.LATE})
AWAY = frozenset({AttendanceOutcome.ABSENT, AttendanceOutcome.EXCUSED})


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningPerson:
    """One person of an evening as the desk sees them: a first name and a seat, no more.

    ``called`` is the first name, with the initial of the family name where two share it.
    ``name`` is for the review by the office alone.
    """

    person_id: uuid.UUID
    called: str
    name: PersonName
    seat_id: uuid.UUID | None
    sitting_id: uuid.UUID | None
    role: SeatRole | None
    position: int | None
    leads: bool
    attendance_id: uuid.UUID | None
    outcome: AttendanceOutcome | None
    checked_in_at: datetime | None
    left_at: datetime | None
    oath_at: datetime | None
    confirmed_at: datetime | None
    version: int

    @property
    def here(self) -> bool:
        """Whether they are in the house now."""
        return self.outcome in HERE

    @property
    def ready(self) -> bool:
        """Whether they are in the house and gave the promise of the evening."""
        return self.here and self.oath_at is not None

    @property
    def expected(self) -> bool:
        """Whether they may still come: nobody has said anything, or they were not expected to."""
        return self.outcome is None or self.outcome in AWAY

    @property
    def reserve(self) -> bool:
        """Whether they stand by."""
        return self.role is SeatRole.RESERVE

    @property
    def seated(self) -> bool:
        """Whether they hold a place on a panel."""
        return self.role is SeatRole.JUROR


def people_of_evening(session: Session, session_id: uuid.UUID) -> tuple[EveningPerson, ...]:
    """Return everybody with a seat and everybody who came, by first name, in two queries."""
    seats = session.execute(
        select(Person, Seat)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.session_id == session_id, Seat.state.in_(LIVE))
    ).all()
    came = session.execute(
        select(Person, Attendance)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(Attendance.session_id == session_id)
    ).all()
    persons = {row[0].id: row[0] for row in (*seats, *came)}
    by_seat = {row[0].id: row[1] for row in seats}
    by_row = {row[0].id: row[1] for row in came}
    called = _called(persons.values())
    found = [
        _person(person, called[key], by_seat.get(key), by_row.get(key))
        for key, person in persons.items()
    ]
    return tuple(sorted(found, key=lambda one: (fold(one.called), str(one.person_id))))


def person_of_evening(
    session: Session, session_id: uuid.UUID, person_id: uuid.UUID
) -> EveningPerson | None:
    """Return one person of an evening, None when they have nothing to do with it."""
    people = people_of_evening(session, session_id)
    return next((one for one in people if one.person_id == person_id), None)


def _called(persons: Iterable[Person]) -> dict[uuid.UUID, str]:
    """Return what each is called at the desk, told apart by as little as is needed.

    Two with one first name get the initial of the family name, two with one initial the number
    under which the office knows them.
    """
    persons = tuple(persons)
    first = {person.id: first_name(person) for person in persons}
    short = {
        person.id: f"{first[person.id]} {_initial(person)}".strip()
        if _shared(first, person.id)
        else first[person.id]
        for person in persons
    }
    return {
        person.id: f"{short[person.id]} {person_no(person.number)}"
        if _shared(short, person.id)
        else short[person.id]
        for person in persons
    }


def _shared(names: Mapping[uuid.UUID, str], key: uuid.UUID) -> bool:
    mine = names[key].casefold()
    return any(name.casefold() == mine for other, name in names.items() if other != key)


def _initial(person: Person) -> str:
    return name_of(None, person.family_name, None).initials


def first_name(person: Person) -> str:
    """Return the one name by which somebody is called at the desk, else their number."""
    name = name_of(person.given_names, person.family_name, person.preferred_name)
    return name.first or person_no(person.number)


def _person(
    person: Person, called: str, seat: Seat | None, row: Attendance | None
) -> EveningPerson:
    values: dict[str, Any] = {
        name: None if row is None else getattr(row, name)
        for name in ("outcome", "checked_in_at", "left_at", "oath_at", "confirmed_at")
    }
    return EveningPerson(
        person_id=person.id,
        called=called,
        name=name_of(person.given_names, person.family_name, person.preferred_name),
        seat_id=None if seat is None else seat.id,
        sitting_id=None if seat is None else seat.sitting_id,
        role=None if seat is None else seat.role,
        position=None if seat is None else seat.position,
        leads=seat is not None and seat.foreperson,
        attendance_id=None if row is None else row.id,
        version=0 if row is None else row.version_id,
        **values,
    )
