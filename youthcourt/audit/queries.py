"""Reading the journal."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.models import AuditEntry, FieldChange


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalLine:
    """One line of a history, with the key of whoever acted."""

    at: datetime
    act: str
    subject: str
    subject_id: uuid.UUID | None
    actor_kind: str
    actor_user_id: uuid.UUID | None
    actor_person_id: uuid.UUID | None
    params: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueChange:
    """The old and the new value of one field of one record."""

    at: datetime
    user_id: uuid.UUID | None
    field: str
    old: str | None
    new: str | None


def journal_of(
    session: Session,
    *,
    case_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    limit: int = 200,
) -> tuple[JournalLine, ...]:
    """Return the newest lines about a case or a person, newest first."""
    query = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.id).limit(limit)
    if case_id is not None:
        query = query.where(AuditEntry.case_id == case_id)
    if person_id is not None:
        query = query.where(AuditEntry.person_id == person_id)
    return tuple(_line(row) for row in session.scalars(query))


def last_act(session: Session, *, act: str, since: datetime) -> JournalLine | None:
    """Return the newest line of an act that concerns no case, none older than ``since``."""
    row = session.scalar(
        select(AuditEntry)
        # The index of cases holds these lines too, in the order of time.
        .where(AuditEntry.case_id.is_(None), AuditEntry.at >= since, AuditEntry.act == act)
        .order_by(AuditEntry.at.desc())
        .limit(1)
    )
    return None if row is None else _line(row)


def _line(row: AuditEntry) -> JournalLine:
    return JournalLine(
        at=row.at,
        act=row.act,
        subject=row.subject,
        subject_id=row.subject_id,
        actor_kind=row.actor_kind.value,
        actor_user_id=row.actor_user_id,
        actor_person_id=row.actor_person_id,
        params=row.params,
    )


def changes_of(
    session: Session, *, subject: str, subject_ids: Sequence[uuid.UUID]
) -> tuple[ValueChange, ...]:
    """Return every kept change of these records, newest first."""
    query = (
        select(FieldChange)
        .where(FieldChange.subject == subject, FieldChange.subject_id.in_(subject_ids))
        .order_by(FieldChange.at.desc(), FieldChange.field)
    )
    return tuple(
        ValueChange(at=row.at, user_id=row.user_id, field=row.field, old=row.old, new=row.new)
        for row in session.scalars(query)
    )
