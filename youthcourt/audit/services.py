"""Writing the journal."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.models import AuditEntry, FieldChange


def record_act(
    session: Session,
    *,
    act: str,
    subject: Subject,
    actor: Actor,
    now: datetime,
    **params: str | float | bool | uuid.UUID | None,
) -> None:
    """Add one line to the journal; ``params`` are codes, numbers and keys, never text."""
    session.add(
        AuditEntry(
            at=now,
            actor_kind=actor.kind,
            actor_user_id=actor.user_id,
            actor_person_id=actor.person_id,
            act=act,
            subject=subject.kind,
            subject_id=subject.id,
            case_id=subject.case_id,
            person_id=subject.person_id,
            params={
                key: str(value) if isinstance(value, uuid.UUID | StrEnum) else value
                for key, value in params.items()
            },
        )
    )
    session.flush()


def record_changes(
    session: Session,
    *,
    subject: Subject,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Keep old and new value of each field that differs; return the names of those fields."""
    changed = tuple(name for name in after if before.get(name) != after[name])
    if subject.id is None:
        raise ValueError("a change belongs to a stored record")
    for name in changed:
        session.add(
            FieldChange(
                at=now,
                user_id=actor.user_id,
                subject=subject.kind,
                subject_id=subject.id,
                field=name,
                old=_text(before.get(name)),
                new=_text(after[name]),
            )
        )
    session.flush()
    return changed


def _text(value: object) -> str | None:
    return None if value is None else str(value)
