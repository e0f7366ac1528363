"""Sending what is due in one court: every message in transactions of its own.

A message is taken and written in one short transaction, handed over in none, and settled in
another: a slow mail server holds no lock, and what one message meets is not the next one's.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from youthcourt.db import reading
from youthcourt.notices.domain import (
    SERVER_TROUBLE,
    DeliveryFailed,
    Message,
    NoticeState,
    Unsent,
)
from youthcourt.notices.queries import due_notices, stale_notices
from youthcourt.notices.services import (
    Gateway,
    Renderer,
    note_unwritten,
    settle_notice,
    take_notice,
    tidy_notice,
)

log = structlog.get_logger()


@dataclass(kw_only=True, slots=True)
class Tally:
    """What became of the messages that were due; ``problem`` names trouble of the server."""

    sent: int = 0
    not_by_mail: int = 0
    cancelled: int = 0
    tried_again_later: int = 0
    failed: int = 0
    problem: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to look at anything."""
        return not (self.tried_again_later or self.failed or self.problem)

    def told(self) -> dict[str, int | str]:
        """Return the numbers by name, for another program."""
        return asdict(self)


def send_due(
    session: Session,
    *,
    renderer: Renderer,
    gateway: Gateway,
    clock: Callable[[], datetime],
) -> Tally:
    """Send everything that is due in the session's court, and commit after each message.

    Messages that wait for a hand are taken off the list once their reason is gone.  Trouble with
    the server ends the run, because the next message would meet the same.
    """
    tally = Tally()
    while due := _due(session, clock()):
        for notice_id in due:
            _send(session, notice_id, renderer, gateway, clock, tally)
            if tally.problem:
                return tally
    _tidy_all(session, renderer, clock, tally)
    return tally


def _due(session: Session, now: datetime) -> tuple[uuid.UUID, ...]:
    """Look without holding the writer's lock."""
    with reading(session):
        return due_notices(session, now=now)


def _tidy_all(
    session: Session, renderer: Renderer, clock: Callable[[], datetime], tally: Tally
) -> None:
    """Look at everything that has waited for a hand for long, each once."""
    begun, last = clock(), None
    while True:
        with reading(session):
            stale = stale_notices(session, now=begun, after=last)
        if not stale:
            return
        for notice in stale:
            _tidy(session, notice.id, renderer, clock, tally)
        last = stale[-1]


def _tidy(
    session: Session,
    notice_id: uuid.UUID,
    renderer: Renderer,
    clock: Callable[[], datetime],
    tally: Tally,
) -> None:
    try:
        gone = tidy_notice(session, notice_id=notice_id, renderer=renderer, now=clock())
        session.commit()
    except Exception as error:  # noqa: BLE001 -- as when sending; staff still see it on the list
        session.rollback()
        log.error("notice_not_written", kind=type(error).__name__, job="outbox")  # noqa: TRY400
        return
    tally.cancelled += gone


def _send(
    session: Session,
    notice_id: uuid.UUID,
    renderer: Renderer,
    gateway: Gateway,
    clock: Callable[[], datetime],
    tally: Tally,
) -> None:
    message = _taken(session, notice_id, renderer, clock, tally)
    if message is None:
        return
    failure = None
    try:
        gateway.send(message)
    except DeliveryFailed as failed:
        failure = failed
    state = settle_notice(
        session, notice_id=notice_id, gateway=gateway.name, failure=failure, now=clock()
    )
    session.commit()
    _count(tally, state)
    if failure is not None and failure.problem in SERVER_TROUBLE:
        tally.problem = failure.problem.value


def _taken(
    session: Session,
    notice_id: uuid.UUID,
    renderer: Renderer,
    clock: Callable[[], datetime],
    tally: Tally,
) -> Message | None:
    try:
        taken = take_notice(session, notice_id=notice_id, renderer=renderer, now=clock())
        session.commit()
    except Exception as error:  # noqa: BLE001 -- one that cannot be written must not stop others
        session.rollback()
        # The kind alone: what it says may quote an address.
        log.error("notice_not_written", kind=type(error).__name__, job="outbox")  # noqa: TRY400
        _count(tally, note_unwritten(session, notice_id=notice_id, now=clock()))
        session.commit()
        return None
    if isinstance(taken, Message):
        return taken
    if taken is Unsent.REASON_GONE:
        tally.cancelled += 1
    elif taken is not None:
        tally.not_by_mail += 1
    return None


def _count(tally: Tally, state: NoticeState) -> None:
    if state is NoticeState.SENT:
        tally.sent += 1
    elif state is NoticeState.FAILED:
        tally.failed += 1
    elif state is NoticeState.QUEUED:
        tally.tried_again_later += 1
