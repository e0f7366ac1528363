"""Keeping uploaded files: encrypted on disk, named in the database."""

from __future__ import annotations

import os
import secrets
import uuid
from datetime import datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.db import decrypted, encrypted
from youthcourt.errors import NotFound
from youthcourt.files.models import StoredFile
from youthcourt.files.removal import RemovalReason


def keep_file(
    session: Session,
    *,
    data: bytes,
    filename: str,
    content_type: str,
    sha256: str,
    subject: Subject,
    folder: Path,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """Store bytes that were checked before; a rolled-back transaction leaves no file behind."""
    if subject.id is None:
        raise ValueError("a file belongs to a stored record")
    stored = StoredFile(
        subject=subject.kind,
        subject_id=subject.id,
        filename=filename,
        content_type=content_type,
        size=len(data),
        sha256=sha256,
        stored_name=secrets.token_hex(16),
        uploaded_at=now,
        uploaded_by=actor.user_id,
    )
    path = path_of(folder, stored.stored_name)
    _write(path, encrypted(data))
    _remove_after_rollback(session, path)
    session.add(stored)
    session.flush()
    record_act(
        session,
        act="file_kept",
        subject=Subject(
            kind="file", id=stored.id, case_id=subject.case_id, person_id=subject.person_id
        ),
        actor=actor,
        now=now,
        size=stored.size,
    )
    return stored


def read_file(session: Session, *, file_id: uuid.UUID, folder: Path) -> tuple[StoredFile, bytes]:
    """Return a stored file and its bytes; a removed or foreign one is not found."""
    stored = session.get(StoredFile, file_id)
    if stored is None or stored.removed_at is not None:
        raise NotFound
    try:
        return stored, decrypted(path_of(folder, stored.stored_name).read_bytes())
    except FileNotFoundError as error:
        raise NotFound("file_missing") from error


def remove_file(
    session: Session,
    *,
    file_id: uuid.UUID,
    folder: Path,
    reason: RemovalReason | None = None,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """Remove a file's bytes once the transaction is committed; its row says who did it."""
    stored = session.get(StoredFile, file_id)
    if stored is None or stored.removed_at is not None:
        raise NotFound
    stored.removed_at, stored.removed_by = now, actor.user_id
    _remove_after_commit(session, path_of(folder, stored.stored_name))
    session.flush()
    record_act(
        session,
        act="file_removed",
        subject=subject_of(stored),
        actor=actor,
        now=now,
        reason=reason,
    )
    return stored


def subject_of(stored: StoredFile) -> Subject:
    """Return a file as the journal names it, with the case or person it belongs to."""
    return Subject(
        kind="file",
        id=stored.id,
        case_id=stored.subject_id if stored.subject == "case" else None,
        person_id=stored.subject_id if stored.subject == "person" else None,
    )


def path_of(folder: Path, stored_name: str) -> Path:
    """Return where the bytes of a stored file lie."""
    return folder / stored_name[:2] / stored_name


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)
    part.rename(path)


def _remove_after_rollback(session: Session, path: Path) -> None:
    kept = []
    event.listen(session, "after_commit", lambda _: kept.append(path), once=True)
    event.listen(
        session,
        "after_rollback",
        lambda _: None if kept else path.unlink(missing_ok=True),
        once=True,
    )


def _remove_after_commit(session: Session, path: Path) -> None:
    """Remove the bytes when this transaction commits; a rollback leaves them for good.

    The session lives on after a rollback, so the act must not wait for its next commit.
    """
    cancelled = []
    event.listen(session, "after_rollback", lambda _: cancelled.append(path), once=True)
    event.listen(
        session,
        "after_commit",
        lambda _: None if cancelled else path.unlink(missing_ok=True),
        once=True,
    )
