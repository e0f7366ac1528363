"""What was uploaded; the bytes lie encrypted in the files folder under a random name."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import Base, CourtScoped, EncryptedText, Id, court_table


class StoredFile(CourtScoped, Base):
    """One uploaded file and the record it belongs to."""

    __tablename__ = "stored_files"
    __table_args__ = court_table(
        Index("ix_stored_files_subject", "court_id", "subject", "subject_id")
    )

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    filename: Mapped[str] = mapped_column(EncryptedText)
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
