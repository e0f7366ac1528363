"""Backups as files, and what is judged of the health of a house: pure."""

from __future__ import annotations

from enum import StrEnum


class MarkKind(StrEnum):
    """What is done again and again, and missed when it is not."""

    JOBS = "jobs"
    BACKUP = "backup"
    RESTORE = "restore"
