"""Noting that a file was opened or a list was shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act


def record_read(
    session: Session, *, subject: Subject, filter_used: str, actor: Actor, now: datetime
) -> None:
    """Add one line for a read; ``filter_used`` names the filter, never what was typed."""
    record_act(
        session, act="read", subject=subject, actor=actor, now=now, filter=filter_used or None
    )
