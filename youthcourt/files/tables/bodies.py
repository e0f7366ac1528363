"""From records and a header to rows; what is no row is kept beside them with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.headers import Header
from youthcourt.files.tables.shapes import (
    Blanked,
    Note,
    NoteCode,
    Record,
    Row,
    Skipped,
    SkipReason,
    Unreadable,
    note,
)
from youthcourt.files.tables.values import (
    filled,
    is_blank,
    is_missing_word,
    is_number,
    is_value,
    share,
)

_FOOTNOTE = re.compile(
    r"\s*(?:[*†‡§]|[(\[]?\d{1,2}[)\]]\s|n\.?b\.?\s|(?:foot)?notes?\b|sources?\b\s*:|"
    r"prepared by\b|printed\b|end of report\b)",
    re.IGNORECASE,
)
# More rows than this with cells beyond the last column mean that the columns are wrong.
_MOST_LONG = 0.1
# Programs that paste a table twice damage some of its rows on the way.
_COPY = 0.8
_LEAST_COPY = 3
_NUMBERS = 0.9
_LEAST_NUMBERS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """The rows of a table, what was left out of them and what a person should look at."""

    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    blanked: tuple[Blanked, ...]
    notes: tuple[Note, ...]


def build_body(records: Sequence[Record], header: Header, *, sure: int) -> Body:
    """Return every record that is no header row, either as a row or as skipped.

    Records beyond the first ``sure`` must belong to another table.  Raises CourtRuleBroken:
    ``RAGGED`` where rows do not fit the header, ``QUOTES`` where records that are not sure would
    be read or a cell has swallowed rows.
    """
    return _Builder(records=records, header=header, sure=sure).body()


@dataclass(kw_only=True, slots=True)
class _Builder:
    """Goes through the records once, from the top."""

    records: Sequence[Record]
    header: Header
    sure: int
    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    names: list[str] = field(init=False)
    other_table: bool = False

    def __post_init__(self) -> None:
        """Keep the names of the columns, to know them again."""
        self.names = [name.strip() for name in self.header.cells if name.strip()]

    def body(self) -> Body:
        """Return the finished body."""
        self._above_the_data()
        end = self._first_footnote()
        place = self.header.data - 1
        while place < end:
            place = self._take(place, end)
        if self.sure < len(self.records) and not self.other_table:
            raise CourtRuleBroken(Unreadable.QUOTES, row=self.sure + 1)
        for place in range(end, len(self.records)):
            self._skip(place, SkipReason.FOOTNOTE)
        self._check_fit()
        self._note_rows()
        rows, blanked, notes = _read_missing_words(self.rows, len(self.header.cells))
        return Body(
            rows=tuple(rows),
            skipped=tuple(self.skipped),
            blanked=tuple(blanked),
            notes=(*self.notes, *notes),
        )

    def _skip(self, place: int, reason: SkipReason) -> None:
        """Keep one record beside the rows; a blank one is blank, wherever it stands."""
        record = self.records[place]
        blank = is_blank(record)
        self.skipped.append(
            Skipped(
                number=place + 1,
                reason=SkipReason.BLANK if blank else reason,
                cells=() if blank else record,
            )
        )

    def _above_the_data(self) -> None:
        """Skip what stands before the first data row and is not header."""
        for place in range(self.header.data - 1):
            if not self.header.first <= place + 1 <= self.header.last or is_blank(
                self.records[place]
            ):
                self._skip(place, SkipReason.ABOVE_TABLE)

    def _take(self, place: int, end: int) -> int:
        """Deal with one record, or with all of another table; return the next place."""
        record = self.records[place]
        if is_blank(record):
            self._skip(place, SkipReason.BLANK)
        elif self._is_header(record):
            return self._take_after_header(place, end)
        elif self._begins_another_table(place, end):
            return self._skip_all(place, end, SkipReason.ANOTHER_TABLE)
        else:
            self._add(place)
        return place + 1

    def _skip_all(self, start: int, end: int, reason: SkipReason) -> int:
        """Skip everything from ``start`` and say so; return the place after it."""
        self.other_table = True
        for place in range(start, end):
            self._skip(place, reason)
        code = (
            NoteCode.COPY_OF_TABLE if reason is SkipReason.COPY_OF_TABLE else NoteCode.ANOTHER_TABLE
        )
        self.notes.append(note(code, first=start + 1, count=end - start))
        return end

    # --- rows -----------------------------------------------------------------------------------

    def _add(self, place: int) -> None:
        """Add one record as a row as wide as the header; one with cells beyond it is skipped."""
        record, width = self.records[place], len(self.header.cells)
        if len(record) < width:
            self.short.append(place + 1)
            record = record + ("",) * (width - len(record))
        elif len(record) > width:
            if not is_blank(record[width:]):
                self.long.append(place + 1)
                self._skip(place, SkipReason.TOO_MANY_CELLS)
                return
            record = record[:width]
        self.rows.append(Row(number=place + 1, cells=record))

    def _check_fit(self) -> None:
        """Raise where too many rows are too long, or where a quote has swallowed rows."""
        if self.long and share(len(self.long), len(self.long) + len(self.rows)) > _MOST_LONG:
            raise CourtRuleBroken(Unreadable.RAGGED, row=self.long[0], count=len(self.long))
        for number in sorted(self.short + self.long):
            if any("\n" in cell or "\r" in cell for cell in self.records[number - 1]):
                raise CourtRuleBroken(Unreadable.QUOTES, row=number)

    def _note_rows(self) -> None:
        """Note short rows, and a last row that may be a footnote but could be data."""
        if self.short:
            self.notes.append(note(NoteCode.SHORT_ROWS, count=len(self.short), first=self.short[0]))
        if not self.rows:
            self.notes.append(note(NoteCode.NO_ROWS))
            return
        last = self.rows[-1]
        alone = filled(last.cells) == [0] and len(last.cells) > 1
        if alone and any(gap.number == last.number - 1 for gap in self.skipped):
            self.notes.append(note(NoteCode.MAY_BE_FOOTNOTE, first=last.number))

    # --- footnotes ------------------------------------------------------------------------------

    def _first_footnote(self) -> int:
        """Return the place after the last row of data."""
        end = len(self.records)
        if self.sure < end:
            return end
        for place in range(end - 1, self.header.data - 2, -1):
            if is_blank(self.records[place]):
                continue
            if not self._is_footnote(self.records[place]):
                break
            end = place
        return end

    def _is_footnote(self, record: Record) -> bool:
        """Tell whether a last row is a note: one cell, and marked as one or several bare words.

        Where the row has all its delimiters and no mark it could be data; it stays a row.
        """
        if filled(record) != [0] or len(self.header.cells) == 1:
            return False
        text = record[0].strip()
        return _FOOTNOTE.match(text) is not None or (len(record) == 1 and len(text.split()) > 1)

    # --- several tables -------------------------------------------------------------------------

    def _is_header(self, record: Record) -> bool:
        """Tell whether the header stands here again, all of it or most of its columns.

        A row of one name proves nothing: a column may be called what one of its cells says.
        """
        first = next(cell.strip() for cell in record if cell.strip())
        if not self.header.first or first not in self.names:
            return False
        cells = [cell.strip() for cell in record if cell.strip()]
        if not 1 < len(cells) <= len(self.names) or len(cells) * 2 < len(self.names):
            return False
        said = set(cells)
        return cells == [name for name in self.names if name in said]

    def _take_after_header(self, place: int, end: int) -> int:
        """Deal with a second header: another table, a copy of this one, or its next page."""
        if self.names != [cell.strip() for cell in self.records[place] if cell.strip()]:
            return self._skip_all(place, end, SkipReason.ANOTHER_TABLE)
        if self._is_copy(place + 1, end):
            return self._skip_all(place, end, SkipReason.COPY_OF_TABLE)
        self._skip(place, SkipReason.REPEATED_HEADER)
        return place + 1

    def _is_copy(self, start: int, end: int) -> bool:
        """Tell whether the rows from ``start`` are those read so far, begun in the same order."""
        width = len(self.header.cells)
        again = [
            (*record, *[""] * (width - len(record)))
            for record in self.records[start:end]
            if not is_blank(record)
        ]
        first = min(_LEAST_COPY, len(self.rows))
        if len(again) < first or len(again) > len(self.rows):
            return False
        if again[:first] != [row.cells for row in self.rows[:first]]:
            return False
        known = {row.cells for row in self.rows}
        return share(sum(cells in known for cells in again), len(again)) >= _COPY

    def _begins_another_table(self, place: int, end: int) -> bool:
        """Tell whether a table of another width begins here, after a blank row."""
        if not place or not is_blank(self.records[place - 1]):
            return False
        block: list[Record] = []
        for record in self.records[place:end]:
            if is_blank(record):
                break
            block.append(record)
        while block and len(block[0]) == 1:
            block.pop(0)
        widths = {len(record) for record in block}
        if len(block) < len(("header", "row")) or len(widths) != 1:
            return False
        width = widths.pop()
        named = len(filled(block[0])) == width and not any(map(is_value, block[0]))
        return named and 1 < width != len(self.header.cells)


def _read_missing_words(
    rows: Sequence[Row], width: int
) -> tuple[Sequence[Row], list[Blanked], list[Note]]:
    """Return the rows with words for "missing" in columns of numbers read as empty.

    What stood there is returned too.  A column of text keeps such words: people are called Null.
    """
    columns = [column for column in range(width) if _is_of_numbers(rows, column)]
    blanked: list[Blanked] = []
    read: list[Row] = []
    for row in rows:
        hits = [column for column in columns if is_missing_word(row.cells[column])]
        if not hits:
            read.append(row)
            continue
        cells = list(row.cells)
        for column in hits:
            blanked.append(Blanked(number=row.number, column=column, text=cells[column]))
            cells[column] = ""
        read.append(replace(row, cells=tuple(cells)))
    if not blanked:
        return rows, [], []
    words = Counter(gap.text.strip() for gap in blanked)
    said = note(
        NoteCode.MISSING_WORDS,
        words=", ".join(sorted(words)),
        count=len(blanked),
        first=blanked[0].number,
    )
    return read, blanked, [said]


def _is_of_numbers(rows: Sequence[Row], column: int) -> bool:
    """Tell whether a column has a word for "missing" and otherwise nearly only numbers."""
    said = Counter(row.cells[column] for row in rows)
    words = sum(count for cell, count in said.items() if is_missing_word(cell))
    if not words:
        return False
    numbers = sum(count for cell, count in said.items() if is_number(cell))
    others = sum(count for cell, count in said.items() if cell.strip()) - words
    return numbers >= _LEAST_NUMBERS and share(numbers, others) >= _NUMBERS
