"""Writing a backup and reading it again, to the last byte."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from youthcourt import __version__
from youthcourt.db import decrypted, encrypted, lookup_key, present_revision
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.services import path_of
from youthcourt.upkeep.domain.archive import (
    CHUNK,
    ArchiveWriter,
    Head,
    Kind,
    Sums,
    TableSum,
    head_data,
    sums_data,
    table_data,
)
from youthcourt.upkeep.domain.sealing import SealedWriter, check_passphrase
from youthcourt.upkeep.queries.ledgers import ledger_problems
from youthcourt.upkeep.services.reading import Content, Phase, Progress, read_backup
from youthcourt.upkeep.snapshot import columns_of, row_count, rows_of, snapshot, tables_in

KEY_WORD = "youthcourt"


def take_backup(
    engine: sa.Engine,
    target: Path,
    *,
    passphrase: str,
    data_dir: Path,
    phase: Phase,
    now: datetime,
) -> Content:
    """Write everything into one new file, read it back whole, and only then give it its name.

    Others go on working meanwhile.  An existing file is never touched, and a backup that could
    not be finished or read back leaves none.
    """
    check_passphrase(passphrase)
    if target.exists():
        raise CourtRuleBroken("backup_exists", file=target.name)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with _new_file(part) as file:
            written = _write(file, engine, passphrase, data_dir, phase, now)
            file.flush()
            os.fsync(file.fileno())
        read = read_backup(part, passphrase=passphrase, phase=phase)
        if read != written:
            raise CourtRuleBroken("backup_differs")
        _give_name(part, target)
    finally:
        part.unlink(missing_ok=True)
    return read


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _give_name(part: Path, target: Path) -> None:
    """Give the file its name without ever taking the place of another."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise CourtRuleBroken("backup_exists", file=target.name) from None
    except (OSError, NotImplementedError):  # a stick or a share without links
        if target.exists():
            raise CourtRuleBroken("backup_exists", file=target.name) from None
        part.rename(target)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _write(
    file: BinaryIO,
    engine: sa.Engine,
    passphrase: str,
    data_dir: Path,
    phase: Phase,
    now: datetime,
) -> Content:
    archive = ArchiveWriter(SealedWriter(file, passphrase))
    sums = Sums()
    with snapshot(engine, folder=data_dir) as connection:
        revision = present_revision(connection)
        if revision is None:
            raise CourtRuleBroken("database_not_upgraded")
        head = _head(revision, engine.dialect.name, now)
        archive.put_json(Kind.HEAD, head_data(head))
        tables = tables_in(connection)
        move = phase("Writing rows", sum(row_count(connection, t) for t in tables.values()))
        for name, table in tables.items():
            sums.tables[name] = _write_table(archive, connection, table, move)
        files = _stored_files(connection, tables)
        sums.queued = queued_mails(connection, tables)
        sums.problems = ledger_problems(connection)
    _write_files(archive, sums, files, engine, folder=data_dir / "files", phase=phase)
    archive.put_json(Kind.END, sums_data(sums))
    archive.close()
    return Content(head=head, sums=sums)


def _head(revision: str, engine: str, now: datetime) -> Head:
    return Head(
        made_at=now,
        program=__version__,
        revision=revision,
        engine=engine,
        key_check=encrypted(KEY_WORD.encode()).decode(),
        lookup_check=lookup_key(KEY_WORD),
    )


def keys_fit(head: Head) -> bool:
    """Return whether the columns of a backup can be read with the keys of this process."""
    try:
        readable = decrypted(head.key_check.encode()) == KEY_WORD.encode()
    except RuntimeError:
        return False
    return readable and head.lookup_check == lookup_key(KEY_WORD)


def _write_table(
    archive: ArchiveWriter, connection: sa.Connection, table: sa.Table, move: Progress
) -> TableSum:
    found = TableSum()
    archive.put_json(Kind.TABLE, table_data(table.name, columns_of(table)))
    for rows in rows_of(connection, table):
        for row in rows:
            found.add(row)
        archive.put_json(Kind.ROWS, rows)
        move(len(rows))
    return found


def _stored_files(connection: sa.Connection, tables: dict[str, sa.Table]) -> list[str]:
    """Return under which names the files lie that have not been removed."""
    table = tables.get("stored_files")
    if table is None:
        return []
    query = sa.select(table.c.stored_name).where(table.c.removed_at.is_(None))
    return sorted(connection.scalars(query))


def queued_mails(connection: sa.Connection, tables: dict[str, sa.Table]) -> int:
    """Return how many e-mails wait to be sent."""
    table = tables.get("notices")
    if table is None:
        return 0
    query = sa.select(sa.func.count()).select_from(table)
    waiting = query.where(table.c.state == "queued", table.c.channel == "email")
    return connection.execute(waiting).scalar_one()


def _write_files(
    archive: ArchiveWriter,
    sums: Sums,
    names: list[str],
    engine: sa.Engine,
    *,
    folder: Path,
    phase: Phase,
) -> None:
    """Write the stored files as they lie there, encrypted, and count those that do not."""
    missing = []
    move = phase("Writing files", len(names))
    for name in names:
        try:
            with path_of(folder, name).open("rb") as file:
                _write_file(archive, sums, name, file)
        except FileNotFoundError:
            missing.append(name)
        move(1)
    sums.missing = _still_missed(engine, missing)


def _write_file(archive: ArchiveWriter, sums: Sums, name: str, file: BinaryIO) -> None:
    size = os.fstat(file.fileno()).st_size
    digest = hashlib.sha256()
    archive.put_json(Kind.FILE, {"file": name, "size": size})
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        archive.put(Kind.BYTES, chunk)
    sums.add_file(name, size, digest.digest())


def _still_missed(engine: sa.Engine, names: list[str]) -> int:
    """Return how many of these files were not removed on purpose while the backup was made."""
    if not names:
        return 0
    with engine.connect() as connection:
        table = sa.Table("stored_files", sa.MetaData(), autoload_with=connection)
        query = sa.select(sa.func.count()).where(
            table.c.stored_name.in_(names), table.c.removed_at.is_(None)
        )
        return connection.execute(query).scalar_one()
