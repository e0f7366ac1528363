"""Text to records of cells, in one known dialect."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.shapes import Dialect, Limits, Record, Unreadable

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# A line with many times more delimiters than columns are allowed is not taken apart at all: each
# cell costs memory before anybody can count them.
_DELIMITERS_TO_A_COLUMN = 20


class QuoteNeverCloses(Exception):
    """A quoted cell did not end before the text did, or within the longest cell allowed."""


class StrictRecords:
    """The records of a text, as far as it keeps to RFC 4180 but for its delimiter and quote.

    An empty line is an empty record.  Where the text breaks the rules the records end;
    ``broken`` is True then and ``rest`` is the text from that record on.
    """

    def __init__(self, text: str, dialect: Dialect, limits: Limits) -> None:
        self.broken = False
        self._text, self._limits, self._delimiter = text, limits, dialect.delimiter
        self._drawn = self._read = 0
        self._reader = csv.reader(
            self._lines(),
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            doublequote=True,
            skipinitialspace=dialect.skip_space,
            strict=True,
        )

    def __iter__(self) -> Iterator[Record]:
        try:
            for record in self._reader:
                self._read = self._drawn
                yield tuple(record)
        except csv.Error:
            self.broken = True

    @property
    def rest(self) -> str:
        """The text behind the last record that could be read."""
        return self._text[self._read :]

    def _lines(self) -> Iterator[str]:
        """Yield the lines with their ends, counting what has been handed out."""
        limit = self._limits.max_columns
        for found in _LINE.finditer(self._text):
            line = found.group()
            if line.count(self._delimiter) > limit * _DELIMITERS_TO_A_COLUMN:
                raise CourtRuleBroken(Unreadable.TOO_MANY_COLUMNS, limit=limit)
            self._drawn += len(line)
            yield line


def lenient_records(text: str, dialect: Dialect, limits: Limits) -> Iterator[Record]:
    """Yield the records of a text whose quotes inside quoted cells are not all escaped.

    A quoted cell ends only where its quote stands before a delimiter, a line end or the end of
    the text.  Raises QuoteNeverCloses.
    """
    return _Splitter(text=text, dialect=dialect, longest=limits.max_cell_length).records()


def records_to_the_end(text: str, dialect: Dialect, limits: Limits) -> Iterator[Record]:
    """Yield the same and, from a quote that never closes on, the lines as they stand."""
    splitter = _Splitter(text=text, dialect=dialect, longest=limits.max_cell_length)
    try:
        yield from splitter.records()
    except QuoteNeverCloses:
        for found in _LINE.finditer(text, splitter.start):
            line = found.group().rstrip("\r\n")
            yield (line,) if line else ()


@dataclass(kw_only=True, slots=True)
class _Splitter:
    """Walks once over a text; every character is looked at a bounded number of times."""

    text: str
    dialect: Dialect
    longest: int
    start: int = 0
    _position: int = 0
    _end_of_bare: re.Pattern[str] = field(init=False)
    _escaped: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what ends a bare cell and what an escape looks like."""
        quote, escape = re.escape(self.dialect.quote), re.escape(self.dialect.escape)
        self._end_of_bare = re.compile(f"[{re.escape(self.dialect.delimiter)}\r\n]")
        # A backslash stands before a quote or before itself; any other escape is doubled.
        after = f"{quote}|{escape}" if self.dialect.escape == "\\" else escape
        self._escaped = re.compile(f"{escape}({after})")

    def records(self) -> Iterator[Record]:
        """Yield every record of the text."""
        while self._position < len(self.text):
            self.start = self._position
            cells = [self._cell()]
            while self._at(self.dialect.delimiter):
                self._position += 1
                cells.append(self._cell())
            self._end_line()
            yield tuple(cells) if len(cells) > 1 or cells[0] else ()

    def _at(self, character: str) -> bool:
        return self.text.startswith(character, self._position)

    def _end_line(self) -> None:
        """Step over one line end of whichever kind."""
        self._position += 2 if self._at("\r\n") else 1

    def _cell(self) -> str:
        """Return the cell that begins here and step behind it."""
        while self.dialect.skip_space and self._at(" "):
            self._position += 1
        if self._at(self.dialect.quote):
            return self._quoted_cell()
        found = self._end_of_bare.search(self.text, self._position)
        end = found.start() if found else len(self.text)
        cell = self.text[self._position : end]
        self._position = end
        return cell

    def _quoted_cell(self) -> str:
        """Return the quoted cell that begins here and step behind its closing quote."""
        quote, escape = self.dialect.quote, self.dialect.escape
        start = look = self._position + 1
        while True:
            end = self.text.find(quote, look)
            if end == -1 or end - start > 2 * self.longest:
                raise QuoteNeverCloses
            if escape == "\\" and self._is_escaped(start, end):
                look = end + 1
            elif escape == quote and self.text.startswith(quote, end + 1):
                look = end + 2
            elif self._is_boundary(end + 1):
                break
            else:
                look = end + 1
        self._position = end + 1
        return self._escaped.sub(r"\1", self.text[start:end])

    def _is_escaped(self, start: int, end: int) -> bool:
        """Tell whether an odd number of backslashes stands before ``end``."""
        first = end
        while first > start and self.text[first - 1] == "\\":
            first -= 1
        return (end - first) % 2 == 1

    def _is_boundary(self, position: int) -> bool:
        """Tell whether a cell may end before ``position``."""
        return position >= len(self.text) or self.text[position] in (
            self.dialect.delimiter,
            "\r",
            "\n",
        )


def within_limits(records: Iterable[Record], limits: Limits) -> list[Record]:
    """Return all records, equal cells sharing their memory, or raise at the first over a limit."""
    shared: dict[str, str] = {}
    kept: list[Record] = []
    for number, record in enumerate(records, start=1):
        if number > limits.max_rows:
            raise CourtRuleBroken(Unreadable.TOO_MANY_ROWS, limit=limits.max_rows)
        if len(record) > limits.max_columns:
            raise CourtRuleBroken(Unreadable.TOO_MANY_COLUMNS, limit=limits.max_columns, row=number)
        if record and max(map(len, record)) > limits.max_cell_length:
            raise CourtRuleBroken(
                Unreadable.CELL_TOO_LONG, limit=limits.max_cell_length, row=number
            )
        kept.append(tuple([shared.setdefault(cell, cell) for cell in record]))
    return kept
