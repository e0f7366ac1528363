"""One sheet of an XLSX workbook as records, weighed before it is unpacked into memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.records import within_limits
from youthcourt.files.tables.shapes import Limits, Record, Unreadable
from youthcourt.files.tables.workbook_weights import weigh_workbook

_LIMITS = Limits()
_MIDNIGHT = dt.time(0)

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The records of one sheet, and the names of the other sheets that have cells.

    ``errors`` counts the cells of the workbook with an error such as #DIV/0!: they read as empty.
    """

    name: str
    records: list[Record]
    others: tuple[str, ...]
    errors: int


def read_sheet(data: bytes, *, name: str | None, limits: Limits) -> Sheet:
    """Return the named sheet, or the first one that is shown and has cells.

    Dates are ISO 8601, whole numbers have no decimals, true and false are TRUE and FALSE; record
    n is row n of the sheet.  Raises CourtRuleBroken.
    """
    errors = weigh_workbook(data, limits=limits)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            return _read(workbook, name, errors, limits)
    except CourtRuleBroken:
        raise
    except Exception as error:
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED) from error
    except BaseException as error:
        # A panic of the library written in Rust is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED) from error


def sheet_names(data: bytes, *, limits: Limits = _LIMITS) -> tuple[str, ...]:
    """Return the names of the sheets that are shown, none where the workbook cannot be read."""
    try:
        sheet = read_sheet(data, name=None, limits=limits)
    except CourtRuleBroken:
        return ()
    return (sheet.name, *sheet.others)


def _read(workbook: CalamineWorkbook, name: str | None, errors: int, limits: Limits) -> Sheet:
    """Return the wanted sheet of an open workbook."""
    shown = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if name is not None and name not in workbook.sheet_names:
        raise CourtRuleBroken(
            Unreadable.SHEET_MISSING, "sheet", sheet=name, sheets=", ".join(shown)
        )
    with_cells = [sheet for sheet in shown if workbook.get_sheet_by_name(sheet).start is not None]
    wanted = name if name is not None else next(iter(with_cells), None)
    if wanted is None:
        raise CourtRuleBroken(Unreadable.EMPTY)
    records = within_limits(_records(workbook.get_sheet_by_name(wanted)), limits)
    others = tuple(sheet for sheet in with_cells if sheet != wanted)
    return Sheet(name=wanted, records=records, others=others, errors=errors)


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    """Yield the rows from row 1 and column A on, whatever is empty there."""
    if sheet.start is None:
        return
    # The library counts rows from the top of the sheet, but columns from the first with a value.
    indent = ("",) * sheet.start[1]
    for row in sheet.iter_rows():
        yield indent + tuple(map(cell_text, row))


def cell_text(value: Value) -> str:
    """Return the text of one cell as a person would type it into a CSV file."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return _time_text(value)
    return str(int(value)) if float(value).is_integer() else str(value)


def _time_text(value: dt.date | dt.time | dt.timedelta) -> str:
    """Return a date or time as ISO 8601; a day without a time, a duration as hh:mm:ss."""
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    whole_day = value.time() == _MIDNIGHT
    return value.date().isoformat() if whole_day else value.isoformat(sep=" ")
