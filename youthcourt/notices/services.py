"""The outbox: queueing once, taking what is due, noting what became of it, cancelling."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.notices.domain import (
    FIRST_WAIT,
    HAND_STATES,
    MAX_ATTEMPTS,
    SERVER_TROUBLE,
    TIDY_AFTER,
    ByHand,
    Channel,
    DeliveryFailed,
    MailProblem,
    Message,
    NoticeKind,
    NoticeState,
    Unsent,
    is_held,
    may_go_by_hand,
    next_try,
)
from youthcourt.notices.models import Notice

_STATE_WHEN_UNSENT = {
    Unsent.NO_ADDRESS: NoticeState.NO_ADDRESS,
    Unsent.WANTS_CALL: NoticeState.NO_ADDRESS,
    Unsent.WANTS_TEXT: NoticeState.NO_ADDRESS,
    Unsent.READ_BY_OTHERS: NoticeState.NO_ADDRESS,
    Unsent.REASON_GONE: NoticeState.CANCELLED,
}


Renderer = Callable[[Session, Notice], Message | Unsent]
"""Writes a notice from live data at the moment it leaves, or says why not; plugged in above."""


class Gateway(Protocol):
    """Hands a message to whatever carries it."""

    @property
    def name(self) -> str:
        """What is noted with each message."""

    def send(self, message: Message) -> None:
        """Hand the message over, or raise ``DeliveryFailed``."""


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


def replace_notice(session: Session, *, notice: Notice, now: datetime) -> None:
    """Take what could not leave off the list, because another message takes its place."""
    if notice.state in HAND_STATES:
        notice.state, notice.done_at = NoticeState.CANCELLED, now
        session.flush()


def take_notice(
    session: Session, *, notice_id: uuid.UUID, renderer: Renderer, now: datetime
) -> Message | Unsent | None:
    """Write a due notice and take it for one try; return its message, or why there is none.

    Taken, it is due again only after the wait for the next try: nobody else sends it meanwhile,
    and it is not lost when the one who took it comes to harm.  None when it is not due (any
    more).
    """
    notice = _locked(session, notice_id)
    if notice is None or not _is_due(notice, now):
        return None
    written = renderer(session, notice)
    if isinstance(written, Unsent):
        _leave_unsent(notice, written, now)
    else:
        notice.attempts += 1
        notice.due_at = next_try(now, notice.attempts)
    session.flush()
    return written


def settle_notice(
    session: Session,
    *,
    notice_id: uuid.UUID,
    gateway: str,
    failure: DeliveryFailed | None = None,
    now: datetime,
) -> NoticeState:
    """Note what became of a message that was taken; five failures of its own are the last.

    Trouble of the mail server counts against no message: it is tried until it gets through or
    its reason is gone.
    """
    notice = _locked(session, notice_id)
    if notice is None:
        raise NotFound
    notice.gateway = gateway
    if failure is None:
        # Also when it was cancelled a moment ago: it has left, and the outbox says so.
        notice.state, notice.done_at, notice.problem = NoticeState.SENT, now, None
    elif notice.state is NoticeState.QUEUED:
        _note_failure(notice, failure, now)
    session.flush()
    return notice.state


def note_unwritten(session: Session, *, notice_id: uuid.UUID, now: datetime) -> NoticeState:
    """Note that writing a notice went wrong in a way nobody foresaw; it is tried again."""
    notice = _locked(session, notice_id)
    if notice is None or notice.state is not NoticeState.QUEUED:
        return NoticeState.CANCELLED
    notice.attempts += 1
    _note_failure(notice, DeliveryFailed(MailProblem.NOT_WRITTEN), now)
    session.flush()
    return notice.state


def settle_by_hand(
    session: Session, *, notice_id: uuid.UUID, how: ByHand, actor: Actor, now: datetime
) -> Notice:
    """Note that staff printed a notice or told it by phone; sent twice, it is noted once."""
    notice = _locked(session, notice_id)
    if notice is None:
        raise NotFound
    if notice.state is NoticeState.PRINTED and notice.gateway == how.value:
        return notice
    if not may_go_by_hand(notice.kind, notice.state):
        raise CourtRuleBroken("notice_settled_already", state=notice.state)
    notice.state, notice.done_at, notice.gateway = NoticeState.PRINTED, now, how.value
    session.flush()
    _note(session, notice, "notice_by_hand", actor, now, how=how)
    return notice


def drop_notice(session: Session, *, notice_id: uuid.UUID, actor: Actor, now: datetime) -> Notice:
    """Take a message off the list because nobody needs it any more; done twice, noted once."""
    notice = _locked(session, notice_id)
    if notice is None:
        raise NotFound
    if notice.state is NoticeState.CANCELLED:
        return notice
    if notice.state not in HAND_STATES:
        raise CourtRuleBroken("notice_settled_already", state=notice.state)
    notice.state, notice.done_at = NoticeState.CANCELLED, now
    session.flush()
    _note(session, notice, "notice_dropped", actor, now)
    return notice


def send_held(session: Session, *, notice_id: uuid.UUID, actor: Actor, now: datetime) -> Notice:
    """Let a message leave that was kept back; it is written from what is true when it leaves."""
    notice = _locked(session, notice_id)
    if notice is None:
        raise NotFound
    if notice.state is NoticeState.QUEUED and notice.channel is Channel.EMAIL:
        return notice
    if not is_held(notice.state, notice.problem):
        raise CourtRuleBroken("notice_settled_already", state=notice.state)
    notice.state, notice.done_at, notice.problem = NoticeState.QUEUED, None, None
    notice.attempts, notice.due_at = 0, now
    session.flush()
    _note(session, notice, "notice_sent_after_all", actor, now)
    return notice


def tidy_notice(
    session: Session, *, notice_id: uuid.UUID, renderer: Renderer, now: datetime
) -> bool:
    """Take a message that waits for a hand off the list once its reason is gone; return whether.

    Otherwise it is looked at again in half a day.
    """
    notice = _locked(session, notice_id)
    if notice is None or notice.state not in HAND_STATES or notice.due_at > now - TIDY_AFTER:
        return False
    gone = renderer(session, notice) is Unsent.REASON_GONE
    if gone:
        notice.state, notice.done_at = NoticeState.CANCELLED, now
        notice.problem = Unsent.REASON_GONE.value
    else:
        notice.due_at = now
    session.flush()
    return gone


def _note(
    session: Session, notice: Notice, act: str, actor: Actor, now: datetime, **params: ByHand
) -> None:
    subject = Subject(
        kind="notice", id=notice.id, case_id=notice.case_id, person_id=notice.person_id
    )
    record_act(session, act=act, subject=subject, actor=actor, now=now, **params)


def _locked(session: Session, notice_id: uuid.UUID) -> Notice | None:
    return session.scalar(
        select(Notice)
        .where(Notice.id == notice_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _is_due(notice: Notice, now: datetime) -> bool:
    by_mail = notice.state is NoticeState.QUEUED and notice.channel is Channel.EMAIL
    return by_mail and notice.due_at <= now


def _leave_unsent(notice: Notice, why: Unsent, now: datetime) -> None:
    notice.problem = why.value
    if why is Unsent.ON_PAPER:
        notice.channel = Channel.PAPER
    else:
        notice.state, notice.done_at = _STATE_WHEN_UNSENT[why], now


def _note_failure(notice: Notice, failure: DeliveryFailed, now: datetime) -> None:
    notice.problem = failure.problem.value
    if failure.problem in SERVER_TROUBLE:
        notice.attempts = max(notice.attempts - 1, 0)
        notice.due_at = now + FIRST_WAIT
    elif failure.for_good or notice.attempts >= MAX_ATTEMPTS:
        notice.state, notice.done_at = NoticeState.FAILED, now
    else:
        notice.due_at = next_try(now, notice.attempts)
