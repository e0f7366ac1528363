"""The journal of acts and reads, and the erasable history of values."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.audit.domain import ActorKind
from youthcourt.db import Base, CourtScoped, EncryptedText, Id, JsonValue, choice, court_table
from youthcourt.db.append_only import append_only


class AuditEntry(CourtScoped, Base):
    """One act or one read; holds keys, codes and numbers only and is never changed."""

    __tablename__ = "audit_entries"
    __table_args__ = court_table(
        Index("ix_audit_entries_case", "court_id", "case_id", "at"),
        Index("ix_audit_entries_person", "court_id", "person_id", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind] = mapped_column(choice(ActorKind))
    actor_user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    actor_person_id: Mapped[uuid.UUID | None]
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    params: Mapped[dict[str, Any]] = mapped_column(JsonValue, default=dict)


class FieldChange(CourtScoped, Base):
    """The old and new value of one field; encrypted, and erased when a record is sealed."""

    __tablename__ = "field_changes"
    __table_args__ = court_table(
        Index("ix_field_changes_record", "court_id", "subject", "subject_id", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    field: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(EncryptedText)
    new: Mapped[str | None] = mapped_column(EncryptedText)


_TABLE = AuditEntry.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 -- narrows the type for mypy
append_only(_TABLE)
