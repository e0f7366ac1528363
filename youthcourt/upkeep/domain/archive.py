"""What stands in a backup: a head, every table's rows, every stored file, and the sums of both.

Rows are lists of plain values, the columns by name; so a backup of one database engine can be
read into another.  Encrypted columns and files stay as they are stored: the backup holds neither
them in clear nor their keys.
"""

from __future__ import annotations

import hashlib
import json
import struct
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from youthcourt.errors import CourtRuleBroken
from youthcourt.upkeep.domain.sealing import SealedReader, SealedWriter

FORMAT = 1
BATCH = 200  # rows
CHUNK = 1 << 18  # bytes of a stored file
_FRAME = struct.Struct(">cI")
_LONGEST = 1 << 26
_DIGEST = 1 << 256
Plain = None | bool | int | str
Row = list[Plain]


class Kind(Enum):
    """What a part of a backup is."""

    HEAD = b"H"
    TABLE = b"T"
    ROWS = b"R"
    FILE = b"F"
    BYTES = b"B"
    END = b"E"


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where a backup comes from, and with which keys its columns can be read."""

    made_at: datetime
    program: str
    revision: str
    engine: str
    key_check: str
    lookup_check: str


@dataclass(kw_only=True, slots=True)
class TableSum:
    """How many rows, and a sum over them that does not depend on their order."""

    rows: int = 0
    digest: int = 0

    def add(self, row: Row) -> None:
        """Take one more row into the sum."""
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        found = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
        self.digest = (self.digest + found) % _DIGEST
        self.rows += 1


@dataclass(kw_only=True, slots=True)
class Sums:
    """What a backup holds: rows by table, files, and what the check of the ledgers said.

    ``missing`` are stored files that should be there and are not; ``problems`` counts by court,
    and is empty where the check could not be made.
    """

    tables: dict[str, TableSum] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    files_digest: int = 0
    missing: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    queued: int = 0

    @property
    def rows(self) -> int:
        """Return the number of all rows."""
        return sum(table.rows for table in self.tables.values())

    def add_file(self, name: str, size: int, digest: bytes) -> None:
        """Take one more stored file into the sums."""
        named = hashlib.sha256(name.encode() + b"\0" + digest).digest()
        self.files_digest = (self.files_digest + int.from_bytes(named, "big")) % _DIGEST
        self.files += 1
        self.size += size


def plain(value: object) -> Plain:
    """Return a value of a database as it stands in a backup, whichever engine gave it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"a backup has no way to write a {type(value).__name__}")


class ArchiveWriter:
    """Writes the parts of a backup, squeezed and sealed."""

    def __init__(self, sealed: SealedWriter) -> None:
        self._sealed = sealed
        self._squeeze = zlib.compressobj(6)

    def put(self, kind: Kind, payload: bytes) -> None:
        """Write one part."""
        self._sealed.write(self._squeeze.compress(_FRAME.pack(kind.value, len(payload))))
        self._sealed.write(self._squeeze.compress(payload))

    def put_json(self, kind: Kind, content: object) -> None:
        """Write one part that is data."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        self.put(kind, text.encode())

    def close(self) -> None:
        """Write what is left."""
        self._sealed.write(self._squeeze.flush())
        self._sealed.close()


class ArchiveReader:
    """Reads the parts of a backup back; ``backup_damaged`` for whatever is not as it was."""

    def __init__(self, sealed: SealedReader) -> None:
        self._sealed = sealed
        self._open = zlib.decompressobj()
        self._ready = bytearray()

    def parts(self) -> Iterator[tuple[Kind, bytes]]:
        """Yield every part, to the end of the file."""
        while (frame := self._take(_FRAME.size)) is not None:
            name, length = _FRAME.unpack(frame)
            if length > _LONGEST:
                raise CourtRuleBroken("backup_damaged")
            payload = self._take(length) if length else b""
            if payload is None:
                raise CourtRuleBroken("backup_damaged")
            yield _kind(name), payload

    def _take(self, size: int) -> bytes | None:
        """Return exactly so many bytes, or None when the content is over."""
        while len(self._ready) < size:
            if not self._more():
                if self._ready:
                    raise CourtRuleBroken("backup_damaged")
                return None
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def _more(self) -> bool:
        waiting = self._open.unconsumed_tail or self._sealed.piece()
        if waiting is None:
            rest = self._open.flush()
            self._ready += rest
            if not self._open.eof or self._open.unused_data:
                raise CourtRuleBroken("backup_damaged")
            return bool(rest)
        try:
            # Bounded: a small file cannot unfold into all of the memory.
            self._ready += self._open.decompress(waiting, CHUNK)
        except zlib.error as error:
            raise CourtRuleBroken("backup_damaged") from error
        return True


def _kind(name: bytes) -> Kind:
    try:
        return Kind(name)
    except ValueError as error:
        raise CourtRuleBroken("backup_damaged") from error


def head_data(head: Head) -> dict[str, Any]:
    """Return the head as it is written."""
    return {
        "format": FORMAT,
        "made_at": plain(head.made_at),
        "program": head.program,
        "revision": head.revision,
        "engine": head.engine,
        "key_check": head.key_check,
        "lookup_check": head.lookup_check,
    }


def read_head(payload: bytes) -> Head:
    """Return the head, or refuse one of a newer program."""
    data = _data(payload)
    if data.get("format") != FORMAT:
        raise CourtRuleBroken("backup_newer", program=str(data.get("program", "?")))
    return Head(
        made_at=datetime.fromisoformat(data["made_at"]),
        program=data["program"],
        revision=data["revision"],
        engine=data["engine"],
        key_check=data["key_check"],
        lookup_check=data["lookup_check"],
    )


def sums_data(sums: Sums) -> dict[str, Any]:
    """Return the sums as they are written."""
    return {
        "tables": {
            name: {"rows": table.rows, "digest": f"{table.digest:064x}"}
            for name, table in sorted(sums.tables.items())
        },
        "files": sums.files,
        "size": sums.size,
        "files_digest": f"{sums.files_digest:064x}",
        "missing": sums.missing,
        "problems": sums.problems,
        "queued": sums.queued,
    }


def read_sums(payload: bytes) -> Sums:
    """Return the sums that stand at the end of a backup."""
    data = _data(payload)
    return Sums(
        tables={
            name: TableSum(rows=table["rows"], digest=int(table["digest"], 16))
            for name, table in data["tables"].items()
        },
        files=data["files"],
        size=data["size"],
        files_digest=int(data["files_digest"], 16),
        missing=data["missing"],
        problems=data["problems"],
        queued=data["queued"],
    )


def read_rows(payload: bytes) -> list[Row]:
    """Return the rows of one part."""
    rows: list[Row] = json.loads(payload)
    return rows


def read_table(payload: bytes) -> tuple[str, list[str]]:
    """Return name and columns of the table whose rows follow."""
    data = _data(payload)
    return data["table"], data["columns"]


def table_data(name: str, columns: Sequence[str]) -> Mapping[str, Any]:
    """Return the line that stands before the rows of a table."""
    return {"table": name, "columns": list(columns)}


def read_file(payload: bytes) -> tuple[str, int]:
    """Return name and size of the stored file whose bytes follow."""
    data = _data(payload)
    return data["file"], data["size"]


def _data(payload: bytes) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(payload)
    return data
