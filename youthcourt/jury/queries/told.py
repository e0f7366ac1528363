"""Who was told of a duty in a session, how, and who has to be told by slip or phone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.jury.models import Seat
from youthcourt.notices.domain import NoticeKind, NoticeState, Unsent, went_nowhere
from youthcourt.notices.models import Notice
from youthcourt.people.domain import PersonName
from youthcourt.people.models import Adult, Person
from youthcourt.people.queries import name_of

KINDS = (
    NoticeKind.DUTY_PUBLISHED,
    NoticeKind.DUTY_WITHDRAWN,
    NoticeKind.SESSION_CANCELLED,
)
_SAID = (NoticeState.SENT, NoticeState.PRINTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingLine:
    """The latest notice to one person or adult; ``adult`` is empty for the juror."""

    person_id: uuid.UUID
    number: str
    name: PersonName
    adult: str
    kind: NoticeKind
    state: NoticeState
    why: Unsent | None
    at: datetime
    notice_id: uuid.UUID
    is_trial: bool

    @property
    def by_hand(self) -> bool:
        """Whether staff have to tell them."""
        to_print = self.state is NoticeState.QUEUED and self.why is Unsent.ON_PAPER
        return to_print or self.state in {NoticeState.NO_ADDRESS, NoticeState.FAILED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """Everybody who was to be told, by family name."""

    lines: tuple[TellingLine, ...]

    @property
    def queued(self) -> int:
        """How many messages wait to leave."""
        return sum(line.state is NoticeState.QUEUED and not line.by_hand for line in self.lines)

    @property
    def sent(self) -> int:
        """How many messages have left."""
        return sum(line.state in _SAID and not line.is_trial for line in self.lines)

    @property
    def not_really_sent(self) -> int:
        """How many went nowhere because mail is not set up."""
        return sum(line.is_trial for line in self.lines)

    @property
    def by_hand(self) -> tuple[TellingLine, ...]:
        """Whom to tell by slip or by phone."""
        return tuple(line for line in self.lines if line.by_hand)


def telling_of(session: Session, session_id: uuid.UUID) -> Telling:
    """Return the latest that each was, or is to be, told about a session; two queries."""
    keys = session.scalars(select(Seat.id).where(Seat.session_id == session_id))
    seats = {str(key) for key in keys}
    persons = select(Seat.person_id).where(Seat.session_id == session_id)
    rows = session.execute(
        select(Notice, Person, Adult.name)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(Adult, Adult.id == Notice.adult_id)
        .where(
            Notice.kind.in_(KINDS),
            Notice.state != NoticeState.CANCELLED,
            Notice.person_id.in_(persons),
        )
        .order_by(
            Person.search_key,
            Person.number,
            Notice.created_at,
            # At one instant a duty is told before its end.
            Notice.kind != NoticeKind.DUTY_PUBLISHED,
            Notice.once_key,
        )
    )
    latest: dict[tuple[uuid.UUID, uuid.UUID | None], TellingLine] = {}
    for notice, person, adult in rows:
        if notice.params.get("seat") not in seats:
            continue
        latest[person.id, notice.adult_id] = TellingLine(
            person_id=person.id,
            number=person.number,
            name=name_of(person.given_names, person.family_name, person.preferred_name),
            adult=adult or "",
            kind=notice.kind,
            state=notice.state,
            why=_why(notice.problem),
            notice_id=notice.id,
            at=notice.done_at or notice.created_at,
            is_trial=went_nowhere(notice.state, notice.gateway),
        )
    return Telling(lines=tuple(latest.values()))


def _why(problem: str | None) -> Unsent | None:
    """Return why no e-mail is sent; troubles on the way are told by the outbox."""
    return Unsent(problem) if problem in set(Unsent) else None
