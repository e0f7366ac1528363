"""Noting a read in the name of whoever is signed in."""

from __future__ import annotations

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.audit.reads import record_read
from youthcourt.web.transactions import after_request_do


def note_read(*, subject: Subject, filter_used: str = "") -> None:
    """Write down, once this request has ended, that its reader saw something."""
    actor, now = signed_in().actor, clock.now()
    after_request_do(
        lambda session: record_read(
            session, subject=subject, filter_used=filter_used, actor=actor, now=now
        )
    )
