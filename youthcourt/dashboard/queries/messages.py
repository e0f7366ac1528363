"""The outbox as staff read it: for whom, what, and where it stands; no word of a case."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Agency
from youthcourt.db import ListPage
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.notices.domain import (
    Channel,
    NoticeKind,
    NoticeState,
    is_held,
    may_go_by_hand,
    went_nowhere,
)
from youthcourt.notices.models import Notice
from youthcourt.people.domain import PersonName
from youthcourt.people.models import Adult, Person
from youthcourt.people.queries import name_of

SESSION_KEY = "court_session"


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageLine:
    """One message; ``to`` is the adult's or agency's name, empty for the youth.

    ``about_on`` is the day of the session or appointment it is about, as it is planned now.
    ``phone`` is given where somebody may be called instead; ``by_hand`` is PAPER or PHONE where
    staff told it themselves.
    """

    id: uuid.UUID
    kind: NoticeKind
    state: NoticeState
    channel: Channel
    problem: str | None
    carried_by: str | None
    attempts: int
    person_id: uuid.UUID | None
    case_id: uuid.UUID | None
    youth: PersonName | None
    youth_number: str
    to: str
    relation: str | None
    phone: str | None
    about_on: date | None
    created_at: datetime
    due_at: datetime
    done_at: datetime | None

    @property
    def may_go_by_hand(self) -> bool:
        """Whether staff may print it or tell it by phone."""
        return may_go_by_hand(self.kind, self.state)

    @property
    def is_held(self) -> bool:
        """Whether it is kept back until staff send or drop it."""
        return is_held(self.state, self.problem)

    @property
    def is_trial(self) -> bool:
        """Whether it counts as sent although mail is not set up and nothing left the house."""
        return went_nowhere(self.state, self.carried_by)


def message_lines(session: Session, page: ListPage[Notice]) -> tuple[MessageLine, ...]:
    """Return the messages of a page with names and days, in at most five statements."""
    persons = _persons(session, page.lines)
    adults = _adults(session, page.lines)
    agencies = _agencies(session, page.lines)
    days = _days(session, page.lines)
    return tuple(_line(row, persons, adults, agencies, days) for row in page.lines)


def _line(
    row: Notice,
    persons: dict[uuid.UUID, Person],
    adults: dict[uuid.UUID, Adult],
    agencies: dict[str, str],
    days: dict[str, date],
) -> MessageLine:
    person = persons.get(row.person_id) if row.person_id else None
    adult = adults.get(row.adult_id) if row.adult_id else None
    phone = person.phone if person is not None else None
    if row.adult_id is not None:
        told = adult is not None and _may_be_told(adult)
        phone = adult.phone if adult is not None and told else None
    return MessageLine(
        id=row.id,
        kind=row.kind,
        state=row.state,
        channel=row.channel,
        problem=row.problem,
        carried_by=row.gateway,
        attempts=row.attempts,
        person_id=row.person_id,
        case_id=row.case_id,
        youth=_name(person) if person else None,
        youth_number=person.number if person else "",
        to=adult.name if adult else agencies.get(str(row.params.get("agency", "")), ""),
        relation=adult.relation if adult else None,
        phone=phone,
        about_on=days.get(row.params.get(SESSION_KEY) or row.params.get("hearing") or ""),
        created_at=row.created_at,
        due_at=row.due_at,
        done_at=row.done_at,
    )


def _may_be_told(adult: Adult) -> bool:
    return adult.told_schedule and not adult.never_disclose and adult.ended_on is None


def _persons(session: Session, rows: Iterable[Notice]) -> dict[uuid.UUID, Person]:
    keys = {row.person_id for row in rows if row.person_id}
    query = select(Person).where(Person.id.in_(keys))
    return {person.id: person for person in session.scalars(query)} if keys else {}


def _adults(session: Session, rows: Iterable[Notice]) -> dict[uuid.UUID, Adult]:
    keys = {row.adult_id for row in rows if row.adult_id}
    query = select(Adult).where(Adult.id.in_(keys))
    return {adult.id: adult for adult in session.scalars(query)} if keys else {}


def _agencies(session: Session, rows: Iterable[Notice]) -> dict[str, str]:
    if not any("agency" in row.params for row in rows):
        return {}
    found = session.execute(select(Agency.id, Agency.name))
    return {str(row.id): row.name for row in found}


def _days(session: Session, rows: Iterable[Notice]) -> dict[str, date]:
    """Return the day of each session and hearing that is named, by its key as text."""
    sessions = {key for row in rows if (key := _key(row, SESSION_KEY))}
    hearings = {key for row in rows if (key := _key(row, "hearing"))}
    found: dict[str, date] = {}
    if sessions:
        query = select(CourtSession.id, CourtSession.held_on)
        for key, day in session.execute(query.where(CourtSession.id.in_(sessions))):
            found[str(key)] = day
    if hearings:
        joined = (
            select(Hearing.id, CourtSession.held_on)
            .join(Sitting, Sitting.id == Hearing.sitting_id)
            .join(CourtSession, CourtSession.id == Sitting.session_id)
            .where(Hearing.id.in_(hearings))
        )
        for key, day in session.execute(joined):
            found[str(key)] = day
    return found


def _key(row: Notice, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(row.params.get(name, ""))
    except ValueError:
        return None


def _name(person: Person) -> PersonName:
    return name_of(person.given_names, person.family_name, person.preferred_name)
