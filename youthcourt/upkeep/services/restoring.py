"""Reading a backup into an empty database of either engine, all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from youthcourt.db import known_revisions, newest_revision
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.services import path_of
from youthcourt.upkeep.domain.archive import Head, Plain, Row, TableSum
from youthcourt.upkeep.queries.ledgers import ledger_problems
from youthcourt.upkeep.services.backups import keys_fit
from youthcourt.upkeep.services.calming import Calmed, calm
from youthcourt.upkeep.services.reading import Content, Phase, Taker, read_backup
from youthcourt.upkeep.snapshot import VERSIONS, check_whole, rows_of, tables_in

Migrate = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What was restored, what was ended, and what the check of the ledgers says of each court."""

    content: Content
    calmed: Calmed
    problems: dict[str, int]

    @property
    def as_before(self) -> bool:
        """Whether the check says what it said when the backup was made; unknown counts as yes."""
        return self.content.sums.problems in ({}, self.problems)


def restore(
    engine: sa.Engine,
    source: Path,
    *,
    passphrase: str,
    files_dir: Path,
    migrate: Migrate,
    phase: Phase,
    now: datetime,
) -> Restored:
    """Fill an empty database and an empty folder of files from a backup, and check all of it.

    ``migrate`` brings the database to a migration.  A backup of an older program is read into
    tables as they were and brought up to date afterwards.  Once every row is as it was, and in
    the same transaction, sign-ins and one-time codes are ended and waiting e-mails kept back.
    """
    check_empty(engine, files_dir)
    files = _Files(files_dir)
    try:
        with engine.execution_options(writer=True).connect() as connection:
            taker = _Filling(connection, files, engine=engine, migrate=migrate)
            content = read_backup(source, passphrase=passphrase, phase=phase, taker=taker)
            taker.finish(content)
            calmed = calm(connection, now=now)
            connection.commit()
    except BaseException as error:
        files.take_back()
        if isinstance(error, DBAPIError):
            kind = type(error.orig).__name__
            raise CourtRuleBroken("restore_refused", kind=kind) from error
        raise
    migrate(newest_revision())
    with engine.connect() as connection:
        return Restored(content=content, calmed=calmed, problems=ledger_problems(connection))


def check_empty(engine: sa.Engine, files_dir: Path) -> None:
    """Raise ``CourtRuleBroken`` when the database has a row or the folder a file."""
    with engine.connect() as connection:
        for table in tables_in(connection).values():
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                raise CourtRuleBroken("restore_not_empty")
    if files_dir.exists() and any(path.is_file() for path in files_dir.rglob("*")):
        raise CourtRuleBroken("restore_files_not_empty", folder=str(files_dir))


class _Files:
    """The stored files that were written, to be taken back when the rest fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[Path] = []
        self._open: BinaryIO | None = None

    def begin(self, name: str) -> None:
        """Go on with this file."""
        self.end()
        # The name is a part of a path: one that was not made by us leads nowhere else.
        if not name.isalnum():
            raise CourtRuleBroken("backup_damaged")
        path = path_of(self._folder, name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._open = path.open("xb")
        path.chmod(0o600)
        self._written.append(path)

    def write(self, data: bytes) -> None:
        """Write some bytes of the present file."""
        if self._open is not None:
            self._open.write(data)

    def end(self) -> None:
        """Close the present file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def take_back(self) -> None:
        """Remove what was written."""
        self.end()
        for path in self._written:
            path.unlink(missing_ok=True)


class _Filling(Taker):
    """Puts the rows of a backup into the database, in one transaction."""

    def __init__(
        self, connection: sa.Connection, files: _Files, *, engine: sa.Engine, migrate: Migrate
    ) -> None:
        self._connection, self._files = connection, files
        self._engine, self._migrate = engine, migrate
        self._tables: dict[str, sa.Table] = {}
        self._references: list[tuple[str, str, str]] = []
        self._insert: tuple[sa.Table, list[str]] | None = None

    def on_head(self, head: Head) -> None:
        """Refuse what cannot be read here, then make the tables as they were."""
        if head.revision not in known_revisions():
            raise CourtRuleBroken("backup_newer", program=head.program)
        if not keys_fit(head):
            raise CourtRuleBroken("backup_other_keys")
        _clear(self._engine)
        self._migrate(head.revision)
        self._tables = tables_in(self._connection)
        self._hold_references()

    def on_table(self, name: str, columns: list[str]) -> None:
        """Go on with this table."""
        table = self._tables.get(name)
        if table is None or set(columns) != set(table.columns.keys()):
            raise CourtRuleBroken("backup_damaged")
        self._insert = table, columns

    def on_rows(self, rows: list[Row]) -> None:
        """Insert some rows."""
        if self._insert is None:
            raise CourtRuleBroken("backup_damaged")
        table, columns = self._insert
        read = [_reader(table.c[name].type, self._connection.dialect.name) for name in columns]
        values = [
            {
                name: None if value is None else as_stored(value)
                for name, as_stored, value in zip(columns, read, row, strict=True)
            }
            for row in rows
        ]
        self._connection.execute(table.insert(), values)

    def on_file(self, name: str) -> None:
        """Go on with this file."""
        self._files.begin(name)

    def on_bytes(self, data: bytes) -> None:
        """Write some bytes of it."""
        self._files.write(data)

    def finish(self, content: Content) -> None:
        """Hold what lies in the database now against the sums of the backup."""
        self._files.end()
        self._check_references()
        for name, table in self._tables.items():
            found = TableSum()
            for rows in rows_of(self._connection, table):
                for row in rows:
                    found.add(row)
            if found != content.sums.tables.get(name, TableSum()):
                raise CourtRuleBroken("restore_differs", table=name)
        check_whole(self._connection)

    def _hold_references(self) -> None:
        """Let rows come before those they point at; all are checked at the end."""
        if self._connection.dialect.name == "sqlite":
            # Pages may leave the memory before the commit: nobody else is here yet.
            self._connection.exec_driver_sql("PRAGMA cache_spill=ON")
            self._connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            return
        query = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE contype = 'f' AND connamespace = current_schema::regnamespace"""
        found = self._connection.exec_driver_sql(query)
        self._references = [(str(a), str(b), str(c)) for a, b, c in found]
        for table, name, _definition in self._references:
            self._connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")

    def _check_references(self) -> None:
        for table, name, definition in self._references:
            statement = f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
            self._connection.exec_driver_sql(statement)


def _clear(engine: sa.Engine) -> None:
    """Remove the empty tables of whatever migration, so that those of the backup can be made."""
    with engine.execution_options(writer=True).begin() as connection:
        metadata = sa.MetaData()
        metadata.reflect(connection, only=[*tables_in(connection), *_versions(connection)])
        metadata.drop_all(connection)


def _versions(connection: sa.Connection) -> list[str]:
    return [VERSIONS] if sa.inspect(connection).has_table(VERSIONS) else []


def _reader(kind: sa.types.TypeEngine[Any], engine: str) -> Callable[[Plain], object]:
    """Return what turns a plain value into one of a column."""
    if isinstance(kind, sa.Uuid):
        return lambda value: uuid.UUID(hex=str(value))
    if isinstance(kind, sa.DateTime):
        return _naive if engine == "sqlite" else lambda value: datetime.fromisoformat(str(value))
    if isinstance(kind, sa.Date):
        return lambda value: date.fromisoformat(str(value))
    if isinstance(kind, sa.Time):
        return lambda value: time.fromisoformat(str(value))
    return lambda value: value


def _naive(value: Plain) -> datetime:
    return datetime.fromisoformat(str(value)).astimezone(UTC).replace(tzinfo=None)
