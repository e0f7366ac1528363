"""When the ledger was checked last, and what came of it; a small one is checked on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.audit.queries import last_act
from youthcourt.credits.models import Transfer
from youthcourt.credits.queries.problems import verify_credits

AT_ONCE = 400
"""Of so many lines a check takes about as long as all else on a page; of 50,000 some seconds."""
OLD_AFTER = timedelta(days=2)
CHECKED = "ledger_checked"


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerState:
    """How many things are wrong, as of when; ``checked_at`` is None when nobody knows."""

    problems: int
    checked_at: datetime | None


def ledger_state(session: Session, *, now: datetime) -> LedgerState:
    """Return what is wrong with the ledger at a cost that does not grow with it.

    Few lines are checked now.  Of many the last check counts, if it is not too old.
    """
    if not is_long(session):
        return LedgerState(problems=len(verify_credits(session)), checked_at=now)
    line = last_act(session, act=CHECKED, since=now - OLD_AFTER)
    if line is None:
        return LedgerState(problems=0, checked_at=None)
    return LedgerState(problems=int(line.params["problems"]), checked_at=line.at)


def check_if_due(session: Session, *, every: timedelta, now: datetime) -> int | None:
    """Return how much is wrong with a long ledger; None where it was checked within ``every``."""
    if not is_long(session) or last_act(session, act=CHECKED, since=now - every) is not None:
        return None
    return len(verify_credits(session))


def is_long(session: Session) -> bool:
    """Return whether the ledger has too many lines to be checked for a page."""
    some = select(Transfer.id).limit(AT_ONCE + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > AT_ONCE
