"""Reading a backup to its last byte; whoever wants the parts is given them on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from youthcourt.errors import CourtRuleBroken
from youthcourt.upkeep.domain.archive import (
    ArchiveReader,
    Head,
    Kind,
    Row,
    Sums,
    TableSum,
    read_file,
    read_head,
    read_rows,
    read_sums,
    read_table,
)
from youthcourt.upkeep.domain.sealing import SealedReader, Source

Progress = Callable[[int], None]
Phase = Callable[[str, int], Progress]
"""Told what begins and how much of it there is, it gives what is told of each step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What a backup says of itself, and what was found in it."""

    head: Head
    sums: Sums


class Taker:
    """Is given every part of a backup in its order; this one only looks at them."""

    def on_head(self, head: Head) -> None:
        """Take where it comes from; before everything else."""

    def on_table(self, name: str, columns: list[str]) -> None:
        """Go on with this table."""

    def on_rows(self, rows: list[Row]) -> None:
        """Take some rows of the table."""

    def on_file(self, name: str) -> None:
        """Go on with this file."""

    def on_bytes(self, data: bytes) -> None:
        """Take some bytes of the file."""


def read_backup(
    path: Path, *, passphrase: str, phase: Phase, taker: Taker | None = None
) -> Content:
    """Read a backup to its end and return what it holds; what differs is ``backup_damaged``."""
    move = phase("Reading it back" if taker is None else "Reading", path.stat().st_size)
    with path.open("rb") as file:
        parts = ArchiveReader(SealedReader(_Counted(file, move), passphrase)).parts()
        try:
            return _Reading(taker or Taker()).run(parts)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # Sealed and whole, but not what this program writes.
            raise CourtRuleBroken("backup_damaged") from error


class _Counted:
    """A file that tells how far it was read."""

    def __init__(self, file: Source, move: Progress) -> None:
        self._file, self._move = file, move

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        data = self._file.read(size)
        self._move(len(data))
        return data


class _Reading:
    """Goes through the parts of a backup, adds up what is there and hands it on."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._sums = Sums()
        self._table = TableSum()
        self._file: tuple[str, int] | None = None
        self._digest, self._size = hashlib.sha256(), 0

    def run(self, parts: Iterator[tuple[Kind, bytes]]) -> Content:
        """Return what the backup holds once the sums at its end agree."""
        kind, payload = next(parts, (Kind.END, b"{}"))
        if kind is not Kind.HEAD:
            raise CourtRuleBroken("backup_damaged")
        head = read_head(payload)
        self._taker.on_head(head)
        told: Sums | None = None
        for kind, payload in parts:
            if told is not None:
                raise CourtRuleBroken("backup_damaged")
            if kind is Kind.END:
                self._end_file()
                told = read_sums(payload)
            else:
                self._take(kind, payload)
        if told is None or not self._agree(told):
            raise CourtRuleBroken("backup_damaged")
        return Content(head=head, sums=told)

    def _take(self, kind: Kind, payload: bytes) -> None:
        if kind is Kind.TABLE:
            name, columns = read_table(payload)
            self._table = self._sums.tables.setdefault(name, TableSum())
            self._taker.on_table(name, columns)
        elif kind is Kind.ROWS:
            rows = read_rows(payload)
            for row in rows:
                self._table.add(row)
            self._taker.on_rows(rows)
        elif kind is Kind.FILE:
            self._end_file()
            self._file = read_file(payload)
            self._taker.on_file(self._file[0])
        elif kind is Kind.BYTES and self._file is not None:
            self._digest.update(payload)
            self._size += len(payload)
            self._taker.on_bytes(payload)
        else:
            raise CourtRuleBroken("backup_damaged")

    def _end_file(self) -> None:
        if self._file is None:
            return
        name, size = self._file
        if size != self._size:
            raise CourtRuleBroken("backup_damaged")
        self._sums.add_file(name, size, self._digest.digest())
        self._file, self._digest, self._size = None, hashlib.sha256(), 0

    def _agree(self, told: Sums) -> bool:
        """Return whether what was read is what the end says; the rest cannot be counted here."""
        self._sums.missing, self._sums.queued = told.missing, told.queued
        self._sums.problems = told.problems
        return self._sums == told
