"""Reading which drafts wait, and for how long."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.drafts.models import Draft

OLD = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """One draft that waits; its age counts from when it was begun."""

    form: str
    record_id: uuid.UUID
    started_at: datetime
    saved_at: datetime
    now: datetime

    @property
    def age(self) -> timedelta:
        """How long it has been waiting."""
        return self.now - self.started_at

    @property
    def is_old(self) -> bool:
        """Whether it has waited for a week or longer."""
        return self.age >= OLD


def draft_lines(session: Session, *, user_id: uuid.UUID, now: datetime) -> tuple[DraftLine, ...]:
    """Return a user's drafts, the oldest first, without decrypting what was typed."""
    rows = session.execute(
        select(Draft.form, Draft.record_id, Draft.started_at, Draft.saved_at)
        .where(Draft.user_id == user_id)
        .order_by(Draft.started_at, Draft.id)
    )
    return tuple(
        DraftLine(
            form=row.form,
            record_id=row.record_id,
            started_at=row.started_at,
            saved_at=row.saved_at,
            now=now,
        )
        for row in rows
    )
