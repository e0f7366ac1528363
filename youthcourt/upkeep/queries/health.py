"""Reading off the house; every reading costs the same in a large court as in a small one."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from youthcourt.audit.models import AuditEntry
from youthcourt.courts.models import Court
from youthcourt.credits.queries import ledger_state
from youthcourt.db import newest_revision, present_revision, wal_is_safe
from youthcourt.notices.queries import failed_count, held_count, oldest_due
from youthcourt.upkeep.domain import MarkKind
from youthcourt.upkeep.domain.health import Mark, Readings
from youthcourt.upkeep.models import UpkeepMark


def read_house(
    session: Session,
    *,
    court: Court,
    data_dir: Path,
    sends_mail: bool,
    secure_cookies: bool,
    now: datetime,
) -> Readings:
    """Return everything that the page of health judges, for the court of the session."""
    connection = session.connection()
    is_sqlite = connection.dialect.name == "sqlite"
    disk = shutil.disk_usage(data_dir)
    marks = {row.kind: row for row in session.scalars(select(UpkeepMark))}
    backup = marks.get(MarkKind.BACKUP)
    ledger = ledger_state(session, now=now)
    return Readings(
        now=now,
        engine="SQLite" if is_sqlite else "PostgreSQL",
        version=sqlite3.sqlite_version if is_sqlite else _server_version(session),
        journal=str(session.scalar(text("PRAGMA journal_mode"))) if is_sqlite else "",
        wal_is_safe=wal_is_safe(sqlite3.sqlite_version_info),
        revision=present_revision(connection) or "",
        newest_revision=newest_revision(),
        free=disk.free,
        total=disk.total,
        began_at=court.created_at,
        backup=_mark(backup),
        missing_files=int(backup.params.get("missing", 0)) if backup is not None else 0,
        jobs=_mark(marks.get(MarkKind.JOBS)),
        sends_mail=sends_mail,
        failed_messages=failed_count(session),
        held_messages=held_count(session),
        oldest_due=oldest_due(session, now=now),
        ledger_problems=ledger.problems,
        ledger_checked_at=ledger.checked_at,
        database_now=now if is_sqlite else _server_clock(session),
        newest_entry=session.scalar(select(func.max(AuditEntry.at))),
        zone=court.time_zone,
        secure_cookies=secure_cookies,
    )


def _mark(row: UpkeepMark | None) -> Mark | None:
    return None if row is None else Mark(tried_at=row.tried_at, done_at=row.done_at)


def _server_version(session: Session) -> str:
    return str(session.scalar(text("SHOW server_version"))).split(" ", maxsplit=1)[0]


def _server_clock(session: Session) -> datetime:
    told: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return told.astimezone(UTC)
