"""The outbox."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import Base, CourtScoped, Id, JsonValue, choice, court_reference, court_table
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState


class Notice(CourtScoped, Base):
    """One message or letter to one person, adult or agency; holds keys, never the words.

    ``once_key`` makes queueing the same notice twice one notice.
    """

    __tablename__ = "notices"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        court_reference("adult_id", "adults"),
        UniqueConstraint("court_id", "once_key"),
        Index("ix_notices_due", "state", "due_at"),
    )

    id: Mapped[Id]
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    state: Mapped[NoticeState] = mapped_column(choice(NoticeState), default=NoticeState.QUEUED)
    person_id: Mapped[uuid.UUID | None]
    adult_id: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    once_key: Mapped[str] = mapped_column(String(120))
    params: Mapped[dict[str, Any]] = mapped_column(JsonValue, default=dict)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    gateway: Mapped[str | None] = mapped_column(String(20))
    problem: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
