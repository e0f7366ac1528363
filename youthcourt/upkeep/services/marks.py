"""Noting that the house was looked after."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.upkeep.domain import MarkKind
from youthcourt.upkeep.models import UpkeepMark


def note_upkeep(
    session: Session, *, kind: MarkKind, went_well: bool, now: datetime, **params: int | str | bool
) -> None:
    """Keep when something was tried and, unless it failed, that it was done; numbers and codes."""
    row = session.get(UpkeepMark, kind, with_for_update=True)
    if row is None:
        row = UpkeepMark(kind=kind)
        session.add(row)
    row.tried_at = now
    if went_well:
        row.done_at = now
    row.params = {**params, "went_well": went_well}
    session.flush()
