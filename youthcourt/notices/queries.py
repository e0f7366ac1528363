"""Reading the outbox."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from youthcourt.db import ListPage, page_number
from youthcourt.errors import NotFound
from youthcourt.notices.domain import (
    HAND_STATES,
    NEVER_BY_HAND,
    TIDY_AFTER,
    Channel,
    Held,
    NoticeState,
    Receiver,
)
from youthcourt.notices.models import Notice

PAGE = 50

_RECEIVER: ColumnElement[str] = sql_case(
    (Notice.adult_id.is_not(None), Receiver.ADULT.value),
    (Notice.person_id.is_not(None), Receiver.YOUTH.value),
    else_=Receiver.AGENCY.value,
)


_HELD = and_(
    Notice.state == NoticeState.FAILED,
    func.coalesce(Notice.problem, "").in_([held.value for held in Held]),
)
_WAITS_FOR_HAND = and_(
    Notice.kind.not_in(NEVER_BY_HAND),
    or_(
        Notice.state.in_(HAND_STATES - {NoticeState.QUEUED}),
        and_(Notice.state == NoticeState.QUEUED, Notice.channel == Channel.PAPER),
    ),
    ~_HELD,
)


class Only(StrEnum):
    """Which messages of the outbox are listed."""

    NEEDS_HAND = "needs_hand"
    HELD = "held"
    WAITING = "waiting"
    ALL = "all"


def due_notices(session: Session, *, now: datetime, limit: int = 200) -> tuple[uuid.UUID, ...]:
    """Return the keys of the e-mails that should leave now, the oldest first."""
    query = (
        select(Notice.id)
        .where(
            Notice.state == NoticeState.QUEUED,
            Notice.channel == Channel.EMAIL,
            Notice.due_at <= now,
        )
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
    )
    return tuple(session.scalars(query))


@dataclass(frozen=True, kw_only=True, slots=True)
class StaleNotice:
    """A message that has waited for a hand, and its place among those."""

    id: uuid.UUID
    due_at: datetime


STALE_AT_ONCE = 200


def stale_notices(
    session: Session, *, now: datetime, after: StaleNotice | None = None
) -> tuple[StaleNotice, ...]:
    """Return messages that have waited for a hand for half a day or more, the oldest first.

    Those that follow ``after``: who goes on from the last one meets each once, whatever becomes
    of it.
    """
    query = (
        select(Notice.id, Notice.due_at)
        .where(or_(_WAITS_FOR_HAND, _HELD), Notice.due_at <= now - TIDY_AFTER)
        .order_by(Notice.due_at, Notice.id)
        .limit(STALE_AT_ONCE)
    )
    if after is not None:
        later = Notice.due_at > after.due_at
        query = query.where(or_(later, and_(Notice.due_at == after.due_at, Notice.id > after.id)))
    return tuple(StaleNotice(id=row.id, due_at=row.due_at) for row in session.execute(query))


def notice_by_id(session: Session, notice_id: uuid.UUID) -> Notice:
    """Return one notice, or raise ``NotFound``."""
    notice = session.scalar(select(Notice).where(Notice.id == notice_id))
    if notice is None:
        raise NotFound
    return notice


def notice_page(
    session: Session, *, only: Only, receiver: Receiver | None = None, page: int = 1
) -> ListPage[Notice]:
    """Return one page of the outbox, the latest first; ``receiver`` None stands for everybody."""
    where = _where(only)
    if receiver is not None:
        where = (*where, _RECEIVER.in_((receiver,)))
    total = session.scalar(select(func.count()).select_from(Notice).where(*where)) or 0
    number = page_number(page, total=total, size=PAGE)
    query = (
        select(Notice)
        .where(*where)
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    lines = tuple(session.scalars(query))
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


def needs_hand_counts(session: Session) -> dict[Receiver, int]:
    """Return how many messages wait for somebody to print or tell them, by whom they are for.

    Those for whom none waits are left out.
    """
    query = (
        select(_RECEIVER.label("receiver"), func.count().label("waiting"))
        .where(*_where(Only.NEEDS_HAND))
        .group_by(_RECEIVER)
    )
    found = {row.receiver: row.waiting for row in session.execute(query)}
    return {receiver: found[receiver] for receiver in Receiver if receiver in found}


def failed_count(session: Session) -> int:
    """Return how many messages could not be sent and wait for somebody."""
    query = select(func.count()).select_from(Notice)
    return session.scalar(query.where(Notice.state == NoticeState.FAILED, ~_HELD)) or 0


def held_count(session: Session) -> int:
    """Return how many messages are kept back until staff send or drop them."""
    query = select(func.count()).select_from(Notice).where(*_where(Only.HELD))
    return session.scalar(query) or 0


def held_notices(session: Session) -> tuple[uuid.UUID, ...]:
    """Return the keys of the messages that are kept back, the oldest first."""
    query = select(Notice.id).where(*_where(Only.HELD)).order_by(Notice.created_at, Notice.id)
    return tuple(session.scalars(query))


def oldest_due(session: Session, *, now: datetime) -> datetime | None:
    """Return since when the oldest e-mail waits that should have left, None where none does."""
    return session.scalar(
        select(func.min(Notice.due_at)).where(
            Notice.state == NoticeState.QUEUED,
            Notice.channel == Channel.EMAIL,
            Notice.due_at <= now,
        )
    )


def _where(only: Only) -> tuple[ColumnElement[bool], ...]:
    if only is Only.ALL:
        return ()
    if only is Only.HELD:
        return (_HELD,)
    if only is Only.WAITING:
        return (Notice.state == NoticeState.QUEUED, Notice.channel == Channel.EMAIL)
    return (_WAITS_FOR_HAND,)
