"""Reading the outbox."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.errors import NotFound
from youthcourt.notices.domain import (
    HAND_STATES,
    NEVER_BY_HAND,
    TIDY_AFTER,
    Channel,
    NoticeState,
)
from youthcourt.notices.models import Notice

PAGE = 50


class Only(StrEnum):
    """Which messages of the outbox are listed."""

    NEEDS_HAND = "needs_hand"
    WAITING = "waiting"
    ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticePage:
    """Some messages of a longer list; ``number`` and ``pages`` count from 1."""

    rows: tuple[Notice, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """Return how many pages the whole list has."""
        return max(-(-self.total // PAGE), 1)

    @property
    def first(self) -> int:
        """Return the place of the first row in the whole list."""
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Return the place of the last row in the whole list."""
        return (self.number - 1) * PAGE + len(self.rows)


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


def stale_notices(session: Session, *, now: datetime, limit: int = 200) -> tuple[uuid.UUID, ...]:
    """Return the keys of messages that have waited for a hand for half a day or more."""
    query = (
        select(Notice.id)
        .where(*_where(Only.NEEDS_HAND), Notice.due_at <= now - TIDY_AFTER)
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
    )
    return tuple(session.scalars(query))


def notice_by_id(session: Session, notice_id: uuid.UUID) -> Notice:
    """Return one notice, or raise ``NotFound``."""
    notice = session.scalar(select(Notice).where(Notice.id == notice_id))
    if notice is None:
        raise NotFound
    return notice


def notice_page(session: Session, *, only: Only, page: int = 1) -> NoticePage:
    """Return one page of the outbox, the latest first."""
    where = _where(only)
    total = session.scalar(select(func.count()).select_from(Notice).where(*where)) or 0
    number = min(max(page, 1), max(-(-total // PAGE), 1))
    query = (
        select(Notice)
        .where(*where)
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    return NoticePage(rows=tuple(session.scalars(query)), total=total, number=number)


def needs_hand_count(session: Session) -> int:
    """Return how many messages wait for somebody to print or tell them."""
    query = select(func.count()).select_from(Notice).where(*_where(Only.NEEDS_HAND))
    return session.scalar(query) or 0


def _where(only: Only) -> tuple[ColumnElement[bool], ...]:
    if only is Only.ALL:
        return ()
    if only is Only.WAITING:
        return (Notice.state == NoticeState.QUEUED, Notice.channel == Channel.EMAIL)
    settled = HAND_STATES - {NoticeState.QUEUED}
    paper = and_(Notice.state == NoticeState.QUEUED, Notice.channel == Channel.PAPER)
    return (
        Notice.kind.not_in(NEVER_BY_HAND),
        or_(Notice.state.in_(settled), paper),
    )
