"""Sign-in slips for a session: a code for each juror who chose a question, words for the others."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.courts.models import Court
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import LIVE, SeatRole
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.sessions import JurySession
from youthcourt.jury.services.rows import held_session, note_session
from youthcourt.people.domain import PersonName
from youthcourt.people.links import issue_slip
from youthcourt.people.models import Person
from youthcourt.people.queries import name_of

GROUP = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """What one slip says; without a code its owner has to choose a question first."""

    person_id: uuid.UUID
    name: str
    code: str | None
    held_on: date
    arrive_at: time
    ends_at: time
    place: str | None
    bring: str
    dress: str

    @property
    def code_groups(self) -> str:
        """The code as it is read aloud, in groups of four."""
        code = self.code or ""
        return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def issue_slips(
    session: Session,
    *,
    session_id: uuid.UUID,
    person_ids: Collection[uuid.UUID],
    actor: Actor,
    now: datetime,
) -> tuple[Slip, ...]:
    """Make slips for jurors of a session, by name; earlier codes of these people end.

    A code opens until the session ends, and only together with the answer its owner chose.
    """
    evening = held_session(session, session_id)
    if evening.over(now):
        raise CourtRuleBroken("session_is_over")
    chosen = [row for row in jurors_of(session, session_id) if row.person_id in person_ids]
    if not chosen:
        raise CourtRuleBroken("nobody_chosen", "people")
    codes = _codes(session, evening, chosen, actor=actor, now=now)
    note_session(
        session,
        "slips_printed",
        session_id,
        actor=actor,
        now=now,
        slips=len(chosen),
        codes=len(codes),
    )
    office = session.scalar(
        select(Court.office_address).where(Court.id == session.info["court_id"])
    )
    names = first_names([row.name for row in jurors_of(session, session_id)])
    return tuple(
        _slip(evening, row, names[row.name], codes.get(row.person_id), office) for row in chosen
    )


def _codes(
    session: Session,
    evening: JurySession,
    owners: Collection[SlipOwner],
    *,
    actor: Actor,
    now: datetime,
) -> dict[uuid.UUID, str]:
    """Return a new code for each who can have one."""
    return {
        row.person_id: issue_slip(
            session,
            person_id=row.person_id,
            valid_until=evening.span.ends_at,
            actor=actor,
            now=now,
        )
        # In the order of keys, as everybody holds persons.
        for row in sorted(owners, key=lambda row: row.person_id)
        if row.has_fact
    }


def _slip(
    evening: JurySession, row: SlipOwner, name: str, code: str | None, office: str | None
) -> Slip:
    rules = evening.policy.session
    return Slip(
        person_id=row.person_id,
        name=name,
        code=code,
        held_on=evening.held_on,
        arrive_at=evening.arrive_at,
        ends_at=evening.line.ends_at,
        place=_place(evening, row.sitting_id) or office,
        bring=rules.bring,
        dress=rules.dress,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipOwner:
    """A juror of a session, and whether a code can be printed."""

    person_id: uuid.UUID
    number: str
    name: PersonName
    sitting_id: uuid.UUID
    has_fact: bool


def jurors_of(session: Session, session_id: uuid.UUID) -> tuple[SlipOwner, ...]:
    """Return the jurors of a session by family name, as slips are handed out."""
    rows = session.execute(
        select(Seat.sitting_id, Person)
        .join(Person, Person.id == Seat.person_id)
        .where(
            Seat.session_id == session_id,
            Seat.role == SeatRole.JUROR,
            Seat.state.in_(LIVE),
        )
        .order_by(Person.search_key, Person.number)
    )
    return tuple(
        SlipOwner(
            person_id=person.id,
            number=person.number,
            name=name_of(person.given_names, person.family_name, person.preferred_name),
            sitting_id=sitting_id,
            has_fact=person.fact_hash is not None,
        )
        for sitting_id, person in rows
    )


def first_names(names: Collection[PersonName]) -> dict[PersonName, str]:
    """Return the first name of each, with the first letter of the family name where two agree."""
    times = Counter(name.first for name in names)
    return {
        name: name.first if times[name.first] == 1 else f"{name.first} {name.initials[-2:]}"
        for name in names
    }


def _place(evening: JurySession, sitting_id: uuid.UUID) -> str | None:
    room = evening.room(sitting_id)
    return room.address if room is not None else None
