"""The whole database as it was at one moment, while others go on writing."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from youthcourt.errors import CourtRuleBroken
from youthcourt.upkeep.domain.archive import BATCH, Row, plain

_COPY = ".backup-copy-"
_UUID_LENGTH = 32
VERSIONS = "alembic_version"


@contextmanager
def snapshot(engine: sa.Engine, *, folder: Path) -> Iterator[sa.Connection]:
    """Yield a connection that sees one moment of the database and nothing after it.

    SQLite: a copy through its backup interface, so that no long reading keeps writers waiting;
    the copy lies in the folder, is checked whole, and is gone afterwards.  PostgreSQL: one
    read-only transaction at REPEATABLE READ.
    """
    if engine.dialect.name != "sqlite":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect().execution_options(**options) as connection:
            yield connection
        return
    for left in folder.glob(f"{_COPY}*"):  # of a backup that was cut off
        left.unlink()
    path = folder / f"{_COPY}{uuid.uuid4().hex}.db"
    try:
        _copy(Path(str(engine.url.database)), path)
        copied = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)
        with copied.connect() as connection:
            check_whole(connection)
            yield connection
    finally:
        path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    target.touch(mode=0o600, exist_ok=False)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copied,
    ):
        live.backup(copied)  # in one step: other steps would begin anew with every write
        copied.execute("PRAGMA journal_mode=DELETE")


def check_whole(connection: sa.Connection) -> None:
    """Raise ``CourtRuleBroken`` when SQLite finds its file damaged or rows that point nowhere."""
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if found != ["ok"]:
        raise CourtRuleBroken("database_damaged")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise CourtRuleBroken("database_loose_rows")


def tables_in(connection: sa.Connection) -> dict[str, sa.Table]:
    """Return the tables that are there, whatever their migration, by name."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    for table in metadata.tables.values():
        for column in table.columns:
            # SQLite keeps our keys as text of this shape and has no other column of it.
            if isinstance(column.type, sa.CHAR) and column.type.length == _UUID_LENGTH:
                column.type = sa.Uuid()
    return {name: table for name, table in sorted(metadata.tables.items()) if name != VERSIONS}


def columns_of(table: sa.Table) -> list[str]:
    """Return the columns in the order of a backup, which no engine decides."""
    return sorted(column.name for column in table.columns)


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[list[Row]]:
    """Yield all rows as plain values, some at a time."""
    query = sa.select(*(table.c[name] for name in columns_of(table)))
    result = connection.execute(query, execution_options={"yield_per": BATCH})
    for part in result.partitions(BATCH):
        yield [[plain(value) for value in row] for row in part]


def row_count(connection: sa.Connection, table: sa.Table) -> int:
    """Return how many rows a table has."""
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
