"""Reading the adults tied to a youth, and who of them may be told what."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.errors import NotFound
from youthcourt.people.domain.kinds import Telling
from youthcourt.people.models import Adult, Person

_TOLD = {
    Telling.SCHEDULE: "told_schedule",
    Telling.PROGRESS: "told_progress",
    Telling.OUTCOME: "told_outcome",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AdultLine:
    """An adult tied to a youth, as staff see it.

    Of an adult with ``never_disclose`` no way of contact is shown and nothing is sent or
    printed; ``reachable`` says so for every page.
    """

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    relation: str
    may_consent: bool
    authority_proof: str | None
    phone: str | None
    email: str | None
    language: str
    channel: str
    told: tuple[Telling, ...]
    never_disclose: bool
    note: str | None
    ended_on: date | None

    @property
    def reachable(self) -> bool:
        """Whether anybody may contact this adult at all."""
        return not self.never_disclose and self.ended_on is None

    def may_be_told(self, about: Telling) -> bool:
        """Return whether this adult may hear of that kind of thing."""
        return self.reachable and about in self.told


def adults_of(session: Session, person_id: uuid.UUID) -> tuple[AdultLine, ...]:
    """Return every adult recorded for a youth, those of today first; for staff's eyes only."""
    query = (
        select(Adult)
        .where(Adult.person_id == person_id)
        .order_by(Adult.ended_on.is_not(None), Adult.created_at, Adult.id)
    )
    return tuple(_line(row) for row in session.scalars(query))


def adults_to_tell(
    session: Session, person_id: uuid.UUID, *, about: Telling
) -> tuple[AdultLine, ...]:
    """Return the adults who may be told; all that is sent, printed or shown to a family."""
    return tuple(line for line in adults_of(session, person_id) if line.may_be_told(about))


def adult_of(
    session: Session, *, person_id: uuid.UUID, adult_id: uuid.UUID, lock: bool = False
) -> Adult:
    """Return one adult of this very youth, or raise ``NotFound``."""
    query = (
        select(Adult)
        .join(Person, Person.id == Adult.person_id)
        .where(Adult.id == adult_id, Adult.person_id == person_id, Person.merged_into_id.is_(None))
    )
    if lock:
        query = query.with_for_update(of=Adult).execution_options(populate_existing=True)
    adult = session.scalar(query)
    if adult is None:
        raise NotFound
    return adult


def _line(row: Adult) -> AdultLine:
    return AdultLine(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        relation=row.relation,
        may_consent=row.may_consent,
        authority_proof=row.authority_proof,
        phone=row.phone,
        email=row.email,
        language=row.language,
        channel=row.channel,
        told=tuple(kind for kind, column in _TOLD.items() if getattr(row, column)),
        never_disclose=row.never_disclose,
        note=row.note,
        ended_on=row.ended_on,
    )
