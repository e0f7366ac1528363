"""The outbox: queueing once, sending with words made from live data, cancelling."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState
from youthcourt.notices.models import Notice

MAX_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What leaves the house: one address, a subject and plain text."""

    to: str
    subject: str
    body: str


class Renderer(Protocol):
    """Writes a notice from live data; plugged in by the application.

    Returns None when there is no address or the reason for the notice is gone.
    """

    def __call__(self, session: Session, notice: Notice) -> Message | None:
        """Return the message, or None."""


class Gateway(Protocol):
    """Hands a message to whatever carries it."""

    name: str

    def send(self, message: Message) -> None:
        """Send, or raise ``OSError`` when it should be tried again."""


def queue_notice(
    session: Session,
    *,
    kind: NoticeKind,
    once_key: str,
    channel: Channel,
    person_id: uuid.UUID | None = None,
    adult_id: uuid.UUID | None = None,
    case_id: uuid.UUID | None = None,
    due_at: datetime | None = None,
    actor: Actor,
    now: datetime,
    **params: str,
) -> Notice:
    """Queue a notice; the same ``once_key`` gives the one that is already there."""
    known = session.scalar(select(Notice).where(Notice.once_key == once_key))
    if known is not None:
        return known
    notice = Notice(
        kind=kind,
        once_key=once_key,
        channel=channel,
        person_id=person_id,
        adult_id=adult_id,
        case_id=case_id,
        params=params,
        due_at=due_at or now,
        created_at=now,
        created_by=actor.user_id,
    )
    session.add(notice)
    session.flush()
    return notice


def cancel_notices(session: Session, *, once_key: str, now: datetime) -> None:
    """Cancel a notice that has not left yet."""
    notice = session.scalar(select(Notice).where(Notice.once_key == once_key))
    if notice is not None and notice.state is NoticeState.QUEUED:
        notice.state, notice.done_at = NoticeState.CANCELLED, now
        session.flush()


def due_notices(session: Session, *, now: datetime, limit: int = 200) -> tuple[uuid.UUID, ...]:
    """Return the keys of the e-mails that should leave now, the oldest first."""
    query = (
        select(Notice.id)
        .where(
            Notice.state == NoticeState.QUEUED,
            Notice.channel == Channel.EMAIL,
            Notice.due_at <= now,
        )
        .order_by(Notice.due_at)
        .limit(limit)
    )
    return tuple(session.scalars(query))


def send_notice(
    session: Session,
    *,
    notice_id: uuid.UUID,
    renderer: Renderer,
    gateway: Gateway,
    now: datetime,
) -> NoticeState:
    """Write and send one notice; a failure is tried again later, five times in all."""
    notice = session.scalar(select(Notice).where(Notice.id == notice_id).with_for_update())
    if notice is None or notice.state is not NoticeState.QUEUED:
        return NoticeState.CANCELLED if notice is None else notice.state
    message = renderer(session, notice)
    if message is None:
        notice.state, notice.done_at = NoticeState.NO_ADDRESS, now
        return notice.state
    notice.attempts += 1
    notice.gateway = gateway.name
    try:
        gateway.send(message)
    except OSError as error:
        notice.problem = type(error).__name__
        if notice.attempts >= MAX_ATTEMPTS:
            notice.state, notice.done_at = NoticeState.FAILED, now
        else:
            notice.due_at = now + FIRST_WAIT * 2 ** (notice.attempts - 1)
    else:
        notice.state, notice.done_at, notice.problem = NoticeState.SENT, now, None
    session.flush()
    return notice.state
