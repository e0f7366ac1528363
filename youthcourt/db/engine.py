"""The rules of each database engine, set on every connection."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

# WAL can lose commits before these versions (SQLite's "WAL-reset" fix and its backports).
_WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))

WAIT_SECONDS = 30
"""How long a writer waits for another one (docs/decisions/0006)."""


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite library carries the WAL-reset fix."""
    newest, *backports = _WAL_FIXED
    return version >= newest or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in backports
    )


# PostgreSQL's classes of errors that pass: connection lost, rolled back for another, server going
# down; and a lock that was not to be had.
_PASSING = ("08", "40", "57P", "55P03")


def is_busy(error: BaseException | None) -> bool:
    """Return whether the database refused for a reason that passes, so that trying again helps."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.OperationalError):
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(_PASSING)


def prepare_engine(engine: Engine) -> None:
    """Make the engine's transactions begin the way the product relies on.

    SQLite: foreign keys on, every commit synced, writers take the lock at BEGIN.
    """
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)


def _on_sqlite_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is sent by _on_sqlite_begin, not the driver
    mode = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    for pragma in (
        f"journal_mode={mode}",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={WAIT_SECONDS * 1000}",
        # Pages wait in memory until the commit; written before, they would shut readers out.
        "cache_spill=OFF",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    writer = connection.get_execution_options().get("writer")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")
