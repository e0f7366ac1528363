"""Who is told of a hearing, how, and whether it has reached them yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.hearings.queries.docket import HearingLine
from youthcourt.notices.domain import NoticeState, Unsent, went_nowhere
from youthcourt.notices.models import Notice
from youthcourt.people.domain.kinds import Telling
from youthcourt.people.models import Person
from youthcourt.people.queries import adult_hindered, adults_of, youth_hindered


@dataclass(frozen=True, kw_only=True, slots=True)
class ToTell:
    """The youth, or an adult who may be told the schedule; ``name`` is empty for the youth.

    ``hindered`` says why no e-mail is sent to them; None when one is.
    """

    person_id: uuid.UUID
    adult_id: uuid.UUID | None = None
    name: str = ""
    relation: str | None = None
    hindered: Unsent | None = None
    phone: str | None = None

    @property
    def by_letter(self) -> bool:
        """Whether staff print a letter for them."""
        return self.hindered is Unsent.ON_PAPER

    @property
    def key(self) -> str:
        """What stands for this person in the key of a notice."""
        return str(self.adult_id or self.person_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was queued last for one of them; ``state`` is None when nothing was.

    ``is_trial`` says that mail is not set up, so that nothing left the house.
    """

    whom: ToTell
    state: NoticeState | None
    at: datetime | None
    is_trial: bool = False


def people_to_tell(session: Session, person_id: uuid.UUID) -> tuple[ToTell, ...]:
    """Return the youth and every adult who may be told of a hearing, the youth first.

    Who must never learn anything is not among them, whatever else is on record.
    """
    person, around = session.get_one(Person, person_id), adults_of(session, person_id)
    youth = ToTell(
        person_id=person_id,
        hindered=youth_hindered(person, around),
        phone=person.phone,
    )
    adults = (
        ToTell(
            person_id=person_id,
            adult_id=adult.id,
            name=adult.name,
            relation=adult.relation,
            hindered=adult_hindered(adult, around),
            phone=adult.phone,
        )
        for adult in around
        if adult.may_be_told(Telling.SCHEDULE)
    )
    return (youth, *adults)


def told_of(session: Session, hearing: HearingLine) -> tuple[Told, ...]:
    """Return who is to be told of a hearing, each with the last notice queued for them."""
    query = (
        select(Notice)
        .where(Notice.once_key.startswith(prefix_of(hearing.id)))
        .order_by(Notice.created_at, Notice.once_key)
    )
    last = {str(row.adult_id or row.person_id): row for row in session.scalars(query)}
    return tuple(
        _told(one, last.get(one.key)) for one in people_to_tell(session, hearing.person_id)
    )


def _told(whom: ToTell, notice: Notice | None) -> Told:
    if notice is None:
        return Told(whom=whom, state=None, at=None)
    return Told(
        whom=whom,
        state=notice.state,
        at=notice.done_at,
        is_trial=went_nowhere(notice.state, notice.gateway),
    )


def prefix_of(hearing_id: uuid.UUID) -> str:
    """Return how the keys of all notices about a hearing begin."""
    return f"hearing:{hearing_id}:"
