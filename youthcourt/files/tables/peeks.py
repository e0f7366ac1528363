"""The first rows of a file as they stand, for a person who is to say how it is read."""

from __future__ import annotations

from itertools import islice

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.dialects import parse
from youthcourt.files.tables.encodings import decode
from youthcourt.files.tables.kinds import WORKBOOK, kind_of_table
from youthcourt.files.tables.records import within_limits
from youthcourt.files.tables.shapes import Limits, Record, Shape, Unreadable
from youthcourt.files.tables.workbooks import read_sheet

MENDABLE = frozenset(
    {
        Unreadable.ENCODING,
        Unreadable.COLUMNS,
        Unreadable.QUOTES,
        Unreadable.RAGGED,
        Unreadable.NO_HEADER,
        Unreadable.HEADER_UNCLEAR,
        Unreadable.SHAPE,
        Unreadable.SHEET_MISSING,
    }
)
"""The refusals that a person's word on the shape of the file may mend."""

_DETECT = Shape()
_LIMITS = Limits()


def first_rows(
    data: bytes, *, filename: str, shape: Shape = _DETECT, limits: Limits = _LIMITS, count: int = 15
) -> tuple[Record, ...]:
    """Return the first rows of a file, whatever they are; the first one is row 1.

    Where no columns are found each line is one cell.  Raises CourtRuleBroken for what is no
    table at all.
    """
    if kind_of_table(data, filename=filename) == WORKBOOK:
        return tuple(read_sheet(data, name=shape.sheet, limits=limits).records[:count])
    text = decode(data, encoding=shape.encoding).text
    try:
        return tuple(parse(text, shape=shape, limits=limits).records[:count])
    except CourtRuleBroken as refusal:
        if refusal.code not in MENDABLE:
            raise
    lines = ((line,) for line in islice(text.splitlines(), count))
    return tuple(within_limits(lines, limits))
