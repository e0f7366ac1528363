"""Reading which files a record has."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.files.models import StoredFile


def files_of(
    session: Session, *, subject: str, subject_ids: Sequence[uuid.UUID]
) -> tuple[StoredFile, ...]:
    """Return the files of these records that were not removed, the newest first."""
    query = (
        select(StoredFile)
        .where(
            StoredFile.subject == subject,
            StoredFile.subject_id.in_(subject_ids),
            StoredFile.removed_at.is_(None),
        )
        .order_by(StoredFile.uploaded_at.desc(), StoredFile.id)
    )
    return tuple(session.scalars(query))
