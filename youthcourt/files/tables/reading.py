"""The one door through which tables come in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.bodies import build_body
from youthcourt.files.tables.dialects import parse
from youthcourt.files.tables.encodings import decode
from youthcourt.files.tables.headers import Header, find_header
from youthcourt.files.tables.kinds import WORKBOOK, kind_of_table
from youthcourt.files.tables.shapes import (
    Limits,
    Note,
    NoteCode,
    Record,
    Shape,
    Skipped,
    SkipReason,
    Table,
    Unreadable,
    note,
)
from youthcourt.files.tables.workbooks import read_sheet

_DETECT = Shape()
_LIMITS = Limits()


def read_table(
    data: bytes, *, filename: str, limits: Limits = _LIMITS, shape: Shape = _DETECT
) -> Table:
    """Return the table in a CSV or XLSX file, all of it, or raise CourtRuleBroken.

    The code is one of ``Unreadable``; no other exception leaves this function, whatever the
    bytes.  Each row of the file is a header row, a row, or a skipped row with its reason.
    """
    if len(data) > limits.max_bytes:
        raise CourtRuleBroken(Unreadable.TOO_LARGE, size=len(data), limit=limits.max_bytes)
    if not data:
        raise CourtRuleBroken(Unreadable.EMPTY)
    if kind_of_table(data, filename=filename) == WORKBOOK:
        return _read_workbook(data, limits, shape)
    return _read_text(data, limits, shape)


def _read_text(data: bytes, limits: Limits, shape: Shape) -> Table:
    """Return the table in a text file."""
    decoded = decode(data, encoding=shape.encoding)
    if not decoded.text.strip():
        raise CourtRuleBroken(Unreadable.EMPTY)
    parsed = parse(decoded.text, shape=shape, limits=limits)
    dialect = parsed.dialect
    advice: tuple[Skipped, ...] = ()
    if parsed.separator_line:
        line = (f"sep={dialect.delimiter}",)
        advice = (Skipped(number=1, reason=SkipReason.SEPARATOR_LINE, cells=line),)
    table = _assembled(parsed.records, shape, (*decoded.notes, *parsed.notes), sure=parsed.sure)
    return replace(
        table,
        encoding=decoded.encoding,
        delimiter=dialect.delimiter + " " * dialect.skip_space,
        quote=dialect.quote,
        skipped=advice + table.skipped[len(advice) :],
    )


def _read_workbook(data: bytes, limits: Limits, shape: Shape) -> Table:
    """Return the table on one sheet of a workbook."""
    sheet = read_sheet(data, name=shape.sheet, limits=limits)
    notes = []
    if sheet.others:
        notes.append(note(NoteCode.OTHER_SHEETS, names=", ".join(sheet.others)))
    if sheet.errors:
        notes.append(note(NoteCode.CELLS_WITH_ERRORS, count=sheet.errors))
    table = _assembled(sheet.records, shape, tuple(notes), sure=len(sheet.records))
    return replace(table, sheet=sheet.name)


def _assembled(records: list[Record], shape: Shape, notes: tuple[Note, ...], *, sure: int) -> Table:
    """Return the table that the records of either kind of file make."""
    if not sure:
        raise CourtRuleBroken(Unreadable.QUOTES, row=1)
    header = find_header(records[:sure], shape)
    body = build_body(records, header, sure=sure)
    return Table(
        header=header.cells,
        rows=body.rows,
        header_first=header.first,
        header_last=header.last,
        skipped=body.skipped,
        blanked=body.blanked,
        notes=(*notes, *_header_notes(header), *body.notes),
    )


def _header_notes(header: Header) -> list[Note]:
    """Return what a person should know of the header before choosing columns."""
    notes = []
    if header.last > header.first:
        notes.append(note(NoteCode.HEADER_ROWS_JOINED, first=header.first, last=header.last))
    blank = [place for place, name in enumerate(header.cells, start=1) if not name.strip()]
    if blank:
        notes.append(note(NoteCode.HEADER_CELLS_BLANK, count=len(blank), first=blank[0]))
    names = Counter(name.strip() for name in header.cells if name.strip())
    repeated = [name for name, count in names.items() if count > 1]
    if repeated:
        notes.append(note(NoteCode.HEADER_CELLS_REPEATED, names=", ".join(repeated)))
    return notes
