"""What a table read from a file is made of, and every reason one may be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Record = tuple[str, ...]


class Unreadable(StrEnum):
    """The codes with which a file is refused as a whole; nothing of it has been read then."""

    EMPTY = "table_unreadable_empty"
    TOO_LARGE = "table_unreadable_too_large"
    TOO_MANY_ROWS = "table_unreadable_too_many_rows"
    TOO_MANY_COLUMNS = "table_unreadable_too_many_columns"
    CELL_TOO_LONG = "table_unreadable_cell_too_long"
    KIND_UNKNOWN = "table_unreadable_kind_unknown"
    NOT_WHAT_NAME_SAYS = "table_unreadable_not_what_name_says"
    NOT_TEXT = "table_unreadable_not_text"
    ENCODING = "table_unreadable_encoding"
    COLUMNS = "table_unreadable_columns"
    QUOTES = "table_unreadable_quotes"
    RAGGED = "table_unreadable_ragged"
    NO_HEADER = "table_unreadable_no_header"
    HEADER_UNCLEAR = "table_unreadable_header_unclear"
    SHAPE = "table_unreadable_shape"
    WORKBOOK_DAMAGED = "table_unreadable_workbook_damaged"
    WORKBOOK_BOMB = "table_unreadable_workbook_bomb"
    WORKBOOK_LOCKED = "table_unreadable_workbook_locked"
    SHEET_MISSING = "table_unreadable_sheet_missing"


class SkipReason(StrEnum):
    """Why one row of the file is not among the rows of the table."""

    BLANK = "blank"
    ABOVE_TABLE = "above_table"
    SEPARATOR_LINE = "separator_line"
    FOOTNOTE = "footnote"
    REPEATED_HEADER = "repeated_header"
    COPY_OF_TABLE = "copy_of_table"
    ANOTHER_TABLE = "another_table"
    TOO_MANY_CELLS = "too_many_cells"


class NoteCode(StrEnum):
    """What the reader decided or mended, for a person to look at before importing."""

    ENCODING_GUESSED = "encoding_guessed"
    CHARACTERS_MENDED = "characters_mended"
    QUOTES_IRREGULAR = "quotes_irregular"
    ESCAPED_QUOTES = "escaped_quotes"
    HEADER_ROWS_JOINED = "header_rows_joined"
    HEADER_CELLS_BLANK = "header_cells_blank"
    HEADER_CELLS_REPEATED = "header_cells_repeated"
    SHORT_ROWS = "short_rows"
    MAY_BE_FOOTNOTE = "may_be_footnote"
    MISSING_WORDS = "missing_words"
    NO_ROWS = "no_rows"
    ANOTHER_TABLE = "another_table"
    COPY_OF_TABLE = "copy_of_table"
    OTHER_SHEETS = "other_sheets"
    CELLS_WITH_ERRORS = "cells_with_errors"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The largest file that is read: bytes, rows, columns, characters, and unpacked bytes."""

    max_bytes: int = 20_000_000
    max_rows: int = 100_000
    max_columns: int = 400
    max_cell_length: int = 32_767
    max_unpacked_bytes: int = 100_000_000
    max_archive_entries: int = 500
    max_unpacking_ratio: int = 200
    max_text_length: int = 60_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The shape a person chose for a file; what is None is detected.

    Row numbers count from 1 as a spreadsheet shows them (a cell of several lines is one row).
    ``header_row`` 0 says that the file has no header: columns are then named by their number.
    """

    header_row: int | None = None
    header_rows: int = 1
    first_data_row: int | None = None
    delimiter: str | None = None
    quote: str | None = None
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of the table; ``number`` is its row in the file, counted from 1."""

    number: int
    cells: Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """One row of the file that is not in the table, with the cells it had."""

    number: int
    reason: SkipReason
    cells: Record = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Blanked:
    """One cell that was a word for "missing" in a column of numbers; it is read as empty."""

    number: int
    column: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One thing worth a look before importing, as a code with its parameters."""

    code: NoteCode
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialect:
    """How cells are written in a text file.

    ``escape`` is what stands before a quote inside a quoted cell: the quote itself (doubled),
    a backslash, or another quote character.
    """

    delimiter: str
    quote: str = '"'
    escape: str = '"'
    skip_space: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table read whole: every row of the file is a header row, a row, or a skipped row.

    ``header`` and the cells of each row have the same length.  ``header_first`` and
    ``header_last`` are row numbers (0 when the file has no header), ``sheet`` the sheet of a
    workbook; ``encoding``, ``delimiter`` and ``quote`` are empty for a workbook.
    """

    header: Record
    rows: tuple[Row, ...]
    header_first: int
    header_last: int
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    sheet: str = ""
    skipped: tuple[Skipped, ...] = ()
    blanked: tuple[Blanked, ...] = ()
    notes: tuple[Note, ...] = ()


def note(code: NoteCode, **params: object) -> Note:
    """Return a note whose parameters cannot be changed any more."""
    return Note(code=code, params=MappingProxyType(params))
