"""Where the header of a table is; where that is not clear the file is refused, not guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.shapes import Record, Shape, Unreadable
from youthcourt.files.tables.values import filled, is_blank, is_no_answer, is_value, share

# Nobody calls a column by more than this; it is prose.
_LONGEST_NAME = 200
_MOST_TITLES = 100
_MOST_HEADER_ROWS = 10
_TYPED = 0.8
_SAMPLE = 400
# One column of numbers may by chance begin with a word; two do not.
_COLUMNS_THAT_TELL = 2
# A list of people has at least so many columns.
_WIDE = 4
_MOST_LONE_LINES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The header's cells, its rows ``first`` to ``last`` and the row ``data`` begins at.

    Rows count from 1; ``first`` and ``last`` are 0 when the file has no header.
    """

    cells: Record
    first: int
    last: int
    data: int


def find_header(records: Sequence[Record], shape: Shape) -> Header:
    """Return the header a person chose, or else the only one that can be meant.

    Raises CourtRuleBroken: ``EMPTY``, ``NO_HEADER`` (the first full row looks like data),
    ``HEADER_UNCLEAR`` (with ``first`` and ``last``, the rows it may be), ``SHAPE``.
    """
    if all(is_blank(record) for record in records):
        raise CourtRuleBroken(Unreadable.EMPTY)
    if shape.header_row is not None:
        return _chosen(records, shape)
    width = usual_width(records)
    at = _first_full(records, width)
    kinds = _value_columns(records[at + 1 :], width)
    _check_is_header(records[at], at, kinds)
    top = _first_of_block(records, at, width)
    last, whole = _last_header_row(records, at, kinds)
    if top != at or not whole:
        raise CourtRuleBroken(Unreadable.HEADER_UNCLEAR, first=top + 1, last=last + 1)
    return Header(
        cells=join_rows(records[at : last + 1]),
        first=at + 1,
        last=last + 1,
        data=_data_row(shape, last + 1, len(records)),
    )


def usual_width(records: Sequence[Record]) -> int:
    """Return the number of cells most rows have, the larger one on a tie.

    A few lines of one cell more than there are wide rows are titles and notes: a list of one
    month often has more of them than referrals.
    """
    widths = Counter(len(record) for record in records if not is_blank(record))
    usual = max(widths, key=lambda width: (widths[width], width))
    wide = [w for w in widths if w >= _WIDE and widths[w] > 1]
    if usual != 1 or not wide:
        return usual
    widest = max(wide, key=lambda width: (widths[width], width))
    return widest if widths[1] - widths[widest] <= _MOST_LONE_LINES else usual


def _chosen(records: Sequence[Record], shape: Shape) -> Header:
    """Return the header a person pointed at, or raise ``SHAPE`` where there is none."""
    first = shape.header_row or 0
    last = first + shape.header_rows - 1 if first else 0
    if first < 0 or not 1 <= shape.header_rows <= _MOST_HEADER_ROWS or last > len(records):
        raise CourtRuleBroken(Unreadable.SHAPE, "header_row", value=first)
    data = _data_row(shape, last, len(records))
    if not first:
        width = usual_width(records)
        cells = tuple(str(column) for column in range(1, width + 1))
        return Header(cells=cells, first=0, last=0, data=data)
    block = [record for record in records[first - 1 : last] if not is_blank(record)]
    if not block:
        raise CourtRuleBroken(Unreadable.SHAPE, "header_row", value=first)
    return Header(cells=join_rows(block), first=first, last=last, data=data)


def _data_row(shape: Shape, last: int, count: int) -> int:
    """Return the row the data begins at, after the header's ``last`` row of ``count`` rows."""
    data = last + 1 if shape.first_data_row is None else shape.first_data_row
    if not last < data <= count + 1:
        raise CourtRuleBroken(Unreadable.SHAPE, "first_data_row", value=data)
    return data


# --- detection ----------------------------------------------------------------------------------


def _first_full(records: Sequence[Record], width: int) -> int:
    """Return the place of the first row that is as wide as the table and at least half filled."""
    least = max(min(2, width), (width + 1) // 2)
    titles = 0
    for place, record in enumerate(records):
        if is_blank(record):
            continue
        if len(record) >= width - 1 and len(filled(record)) >= least:
            return place
        titles += 1
        if titles > _MOST_TITLES:
            break
    first = next(place for place, record in enumerate(records) if not is_blank(record))
    raise CourtRuleBroken(Unreadable.HEADER_UNCLEAR, first=first + 1, last=first + 1)


def _value_columns(body: Sequence[Record], width: int) -> list[int]:
    """Return the columns, counted from 0, whose cells are numbers, dates or times.

    A column filled in half of the rows or fewer says nothing.  The first third of the rows is left
    out where there are others, so that further header rows do not count as data.
    """
    rows = [record for record in body if len(record) >= width - 1 and not is_blank(record)]
    rows = rows[len(rows) // 3 :]
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    columns = []
    for column in range(width):
        cells = [record[column] for record in rows if column < len(record)]
        said = [cell for cell in cells if cell.strip() and not is_no_answer(cell)]
        if len(said) * 2 > len(rows) and share(sum(map(is_value, said)), len(said)) >= _TYPED:
            columns.append(column)
    return columns


def _cells_in(record: Record, columns: Sequence[int]) -> list[str]:
    """Return the cells of these columns that are not blank."""
    return [record[c] for c in columns if c < len(record) and record[c].strip()]


def _check_is_header(record: Record, place: int, kinds: Sequence[int]) -> None:
    """Raise where a row is data (values where the columns have values) or prose."""
    cells = _cells_in(record, kinds) if kinds else [record[c] for c in filled(record)]
    if sum(map(is_value, cells)) * 2 > len(cells):
        raise CourtRuleBroken(Unreadable.NO_HEADER, row=place + 1)
    if max(map(len, record)) > _LONGEST_NAME:
        raise CourtRuleBroken(Unreadable.HEADER_UNCLEAR, first=place + 1, last=place + 1)


def _last_header_row(records: Sequence[Record], at: int, kinds: Sequence[int]) -> tuple[int, bool]:
    """Return the place of the last row that continues the header at ``at``.

    The second value tells whether they are few and each names every column the first one names.
    """
    last, all_whole = at, True
    for place in range(at + 1, min(at + _MOST_HEADER_ROWS + 1, len(records))):
        record = records[place]
        if record != records[at] and not _continues(record, kinds):
            break
        named = set(filled(record))
        all_whole = all_whole and named.issuperset(filled(records[at])) and named.issuperset(kinds)
        last = place
    return last, all_whole and last - at < _MOST_HEADER_ROWS


def _continues(record: Record, kinds: Sequence[int]) -> bool:
    """Tell whether a row below a header has words where the columns have values."""
    if len(kinds) < _COLUMNS_THAT_TELL or filled(record) in ([], [0]):
        return False
    cells = _cells_in(record, kinds)
    if any(is_value(cell) for cell in cells):
        return False
    return any(not is_no_answer(cell) for cell in cells)


def _first_of_block(records: Sequence[Record], at: int, width: int) -> int:
    """Return the place of the first of the rows right above that group columns, or ``at``."""
    top = at
    for place in range(at - 1, -1, -1):
        record = records[place]
        if is_blank(record):
            break
        if not _is_title(record, width):
            top = place
    return top


def _is_title(record: Record, width: int) -> bool:
    """Tell whether a row above a header is a line of its own: a title, or a label and a value."""
    places = filled(record)
    return len(record) < width - 1 or places == [0] or (places == [0, 1] and width > len("abc"))


# --- joining ------------------------------------------------------------------------------------


def join_rows(rows: Sequence[Record]) -> Record:
    """Return one header from several rows, the parts of each column joined by a space.

    A cell that spans columns (filled once, empty to its right, names below) stands over each of
    them.  Names of one part are left exactly as they are.
    """
    if len(rows) == 1:
        return rows[0]
    width = max(map(len, rows))
    grid = [list(row) + [""] * (width - len(row)) for row in rows]
    parts = [_spread(grid, level) for level in range(len(grid) - 1)] + [grid[-1]]
    return tuple(_joined([level[column] for level in parts]) for column in range(width))


def _spread(grid: list[list[str]], level: int) -> list[str]:
    """Return one header row with its spanning cells written over every column they span."""
    spread = list(grid[level])
    for column in range(2, len(spread)):
        below = any(row[column].strip() for row in grid[level + 1 :])
        parted = any(row[column].strip() for row in grid[:level])
        if below and not parted and not spread[column].strip():
            spread[column] = spread[column - 1]
    return spread


def _joined(parts: list[str]) -> str:
    """Return the parts that are not blank as one name."""
    said = [part for part in parts if part.strip()]
    return said[0] if len(said) == 1 else " ".join(part.strip() for part in said)
