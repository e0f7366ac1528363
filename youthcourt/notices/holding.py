"""Keeping back what waits to be sent in all courts, after a backup was restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from youthcourt.notices.domain import NEVER_BY_HAND, Channel, Held, NoticeState
from youthcourt.notices.models import Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldBack:
    """How many e-mails are kept back, and how many are good for nothing by now."""

    kept: int
    dropped: int


def hold_waiting(session: Session, *, now: datetime) -> HeldBack:
    """Keep back every e-mail that waits, because it may have left after the backup was made.

    What is good for minutes only is dropped.  The columns named here are there since the first
    migration, so that tables of an older program can be treated so too.
    """
    waits = update(Notice).where(
        Notice.state == NoticeState.QUEUED, Notice.channel == Channel.EMAIL
    )
    dropped: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        waits.where(Notice.kind.in_(NEVER_BY_HAND)).values(
            state=NoticeState.CANCELLED, problem=Held.RESTORED.value, done_at=now
        )
    )
    kept: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        waits.values(state=NoticeState.FAILED, problem=Held.RESTORED.value, done_at=now)
    )
    return HeldBack(kept=kept.rowcount, dropped=dropped.rowcount)
