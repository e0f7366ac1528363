"""Keeping, finding and discarding drafts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.drafts.models import Draft

FORMS = frozenset({"intake", "sentence", "follow_up", "referral"})
LIMIT = 60_000  # characters; more than any of the forms can hold
_NEVER_KEPT = frozenset({"csrf_token", "version"})


def find_draft(
    session: Session, *, form: str, record_id: uuid.UUID, user_id: uuid.UUID
) -> Draft | None:
    """Return this user's draft of a form on a record."""
    return session.scalar(
        select(Draft).where(
            Draft.form == form, Draft.record_id == record_id, Draft.user_id == user_id
        )
    )


def keep_draft(
    session: Session,
    *,
    form: str,
    record_id: uuid.UUID,
    user_id: uuid.UUID,
    values: Mapping[str, Sequence[str]],
    now: datetime,
) -> Draft:
    """Keep what was typed, in place of what was kept before; the age counts from the first."""
    kept = {
        name: [text[:LIMIT] for text in texts]
        for name, texts in values.items()
        if name not in _NEVER_KEPT
    }
    draft = find_draft(session, form=form, record_id=record_id, user_id=user_id)
    if draft is None:
        draft = Draft(form=form, record_id=record_id, user_id=user_id, started_at=now)
        session.add(draft)
    draft.values = json.dumps(kept, ensure_ascii=False)
    draft.saved_at = now
    session.flush()
    return draft


def values_of(draft: Draft) -> dict[str, list[str]]:
    """Return what was typed, by field."""
    values: dict[str, list[str]] = json.loads(draft.values)
    return values


def discard_draft(session: Session, *, form: str, record_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Forget a draft, after sending its form or on purpose."""
    draft = find_draft(session, form=form, record_id=record_id, user_id=user_id)
    if draft is not None:
        session.delete(draft)
        session.flush()


def drafts_of(session: Session, *, user_id: uuid.UUID) -> tuple[Draft, ...]:
    """Return a user's drafts, the oldest first."""
    return tuple(
        session.scalars(select(Draft).where(Draft.user_id == user_id).order_by(Draft.started_at))
    )
