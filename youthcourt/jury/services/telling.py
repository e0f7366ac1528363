"""Telling jurors and the adults around them of a duty, of a change, and that it is off.

A message is queued for everybody it can go to.  For the others a notice is kept that says why
not, so that staff see whom to tell by slip, letter or phone.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.jury.domain import SeatRole
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.sessions import JurySession
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState, Unsent
from youthcourt.notices.models import Notice
from youthcourt.notices.services import cancel_notices, queue_notice, replace_notice
from youthcourt.people.domain.kinds import Telling
from youthcourt.people.models import Person
from youthcourt.people.queries import adult_hindered, adults_of, youth_hindered

DUTY_KEY = "duty"
OFF_KEY = "duty-off"
_HEARD = (NoticeState.SENT, NoticeState.PRINTED)
# Told by slip or phone, as far as anybody knows.
_BY_HAND = (NoticeState.NO_ADDRESS, NoticeState.FAILED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How many messages leave by themselves, and how many people staff have to tell."""

    queued: int = 0
    by_hand: int = 0

    def __add__(self, other: Told) -> Told:
        """Return both counts together."""
        return Told(queued=self.queued + other.queued, by_hand=self.by_hand + other.by_hand)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """The juror, or an adult who may be told days and times.

    ``hindered`` says why no e-mail is sent; the outbox looks again before one leaves.
    """

    person_id: uuid.UUID
    adult_id: uuid.UUID | None
    hindered: Unsent | None

    @property
    def key(self) -> str:
        """What stands for an adult in the key of a notice; nothing for the juror."""
        return "" if self.adult_id is None else f":{self.adult_id}"

    @property
    def channel(self) -> Channel:
        """How the notice goes."""
        return Channel.PAPER if self.hindered is Unsent.ON_PAPER else Channel.EMAIL


def tell_of_duty(
    session: Session,
    evening: JurySession,
    seat: Seat,
    *,
    was: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Told:
    """Queue one notice of a juror's duty for each who is to know it; said again, nothing.

    When day, time or place have changed since, what has not left is cancelled and everybody is
    told anew; ``was`` is the former planned day and time, as on the clock of the court.
    A reserve is called by phone when needed, not told in advance.
    """
    if seat.role is not SeatRole.JUROR:
        return Told()
    earlier = duty_notices(session, seat)
    told = _facts(evening, seat)
    for notice in earlier:
        if notice.params.get("told") != told:
            cancel_notices(session, once_key=notice.once_key, now=now)
    # What each has heard, or will: later versions come after earlier ones.
    standing = (n for n in sorted(earlier, key=_version) if n.state is not NoticeState.CANCELLED)
    known = {notice.adult_id: notice for notice in standing}
    version = 1 + max((_version(notice) for notice in earlier), default=0)
    whom = recipients(session, seat.person_id)
    return _tell(
        session,
        seat,
        [r for r in whom if not _knows(session, r, known.get(r.adult_id), told, now=now)],
        kind=NoticeKind.DUTY_PUBLISHED,
        key=f"{DUTY_KEY}:{seat.id}:{version}",
        told=told,
        was=was,
        actor=actor,
        now=now,
    )


def _knows(
    session: Session, recipient: Recipient, last: Notice | None, told: str, *, now: datetime
) -> bool:
    """Return whether somebody has heard of this, or will.

    Who could not be reached and can be now has not; what stood for it is off the list.
    """
    if last is None or last.params.get("told") != told:
        return False
    if recipient.hindered is not None or last.state not in _BY_HAND:
        return True
    replace_notice(session, notice=last, now=now)
    return False


def tell_of_withdrawal(
    session: Session,
    seat: Seat,
    *,
    kind: NoticeKind = NoticeKind.DUTY_WITHDRAWN,
    was: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Told:
    """Tell whoever heard of a duty that it is off; what has not left the house never leaves.

    ``kind`` may say that the whole session is cancelled, ``was`` when it was before it moved.
    """
    earlier = duty_notices(session, seat)
    heard = {n.adult_id for n in earlier if n.state in (*_HEARD, *_BY_HAND)}
    for notice in earlier:
        cancel_notices(session, once_key=notice.once_key, now=now)
    if not heard:
        return Told()
    known = (r for r in recipients(session, seat.person_id) if r.adult_id in heard)
    key = f"{OFF_KEY}:{seat.id}"
    return _tell(session, seat, known, kind=kind, key=key, was=was, actor=actor, now=now)


def cancel_untold(session: Session, seat: Seat, *, now: datetime) -> None:
    """Cancel what has not left yet about a seat; nobody is told anything new."""
    for notice in duty_notices(session, seat):
        cancel_notices(session, once_key=notice.once_key, now=now)


def recipients(session: Session, person_id: uuid.UUID) -> tuple[Recipient, ...]:
    """Return who is to know a juror's duties: the juror, and adults who may know the schedule."""
    person, adults = session.get_one(Person, person_id), adults_of(session, person_id)
    return (
        Recipient(person_id=person_id, adult_id=None, hindered=youth_hindered(person, adults)),
        *(
            Recipient(
                person_id=person_id, adult_id=adult.id, hindered=adult_hindered(adult, adults)
            )
            for adult in adults
            if adult.may_be_told(Telling.SCHEDULE)
        ),
    )


def duty_notices(session: Session, seat: Seat) -> tuple[Notice, ...]:
    """Return every notice of this duty, the oldest first."""
    query = select(Notice).where(
        Notice.person_id == seat.person_id, Notice.once_key.startswith(f"{DUTY_KEY}:{seat.id}:")
    )
    return tuple(session.scalars(query.order_by(Notice.created_at, Notice.once_key)))


def _tell(
    session: Session,
    seat: Seat,
    whom: Iterable[Recipient],
    *,
    kind: NoticeKind,
    key: str,
    told: str = "",
    was: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Told:
    sum_of = Told()
    for recipient in whom:
        notice = queue_notice(
            session,
            kind=kind,
            once_key=key + recipient.key,
            channel=recipient.channel,
            person_id=recipient.person_id,
            adult_id=recipient.adult_id,
            actor=actor,
            now=now,
            seat=str(seat.id),
            court_session=str(seat.session_id),
            told=told,
            was_on=was.date().isoformat() if was else "",
            was_at=f"{was:%H:%M}" if was else "",
        )
        if recipient.hindered is not None:
            notice.problem = recipient.hindered.value
            if recipient.channel is Channel.EMAIL:
                notice.state, notice.done_at = NoticeState.NO_ADDRESS, now
            session.flush()
        by_hand = recipient.hindered is not None
        sum_of += Told(queued=int(not by_hand), by_hand=int(by_hand))
    return sum_of


def _facts(evening: JurySession, seat: Seat) -> str:
    """Return day, time and place in short, to see whether what was told still holds.

    The place as messages name it: the room on the door, the address and the way.
    """
    room, line = evening.room(seat.sitting_id), evening.line
    place = "\n".join((room.room, room.address or "", room.directions or "")) if room else ""
    return (
        f"{line.held_on.isoformat()}T{line.starts_at:%H:%M}-{line.ends_at:%H:%M}"
        f"@{hashlib.sha256(place.encode()).hexdigest()[:12]}"
    )


def _version(notice: Notice) -> int:
    return int(notice.once_key.split(":")[2])
