"""What somebody had typed into a form that was not sent yet."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import Base, CourtScoped, EncryptedText, Id, court_table


class Draft(CourtScoped, Base):
    """The typed values of one form on one record by one member of staff."""

    __tablename__ = "drafts"
    __table_args__ = court_table(UniqueConstraint("court_id", "user_id", "form", "record_id"))

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    form: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[uuid.UUID]
    values: Mapped[str] = mapped_column(EncryptedText)
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
