"""CSV written so that no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import datetime as dt
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO

# OWASP "CSV Injection", with the full-width forms that spreadsheets of East Asia read alike.
_FORMULA = frozenset("=+-@＝＋－＠")
_FORMULA_BY_ITSELF = frozenset("\t\r\n")
_QUOTES = frozenset("'\"`´‘’“”＇＂")
_BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})
_ESCAPE = "'"
_BOM = "\ufeff"


def safe_cell(value: object) -> str:
    """Return the text of one cell; text that could run as a formula gets an apostrophe before it.

    Typed numbers stay numbers, a negative one too, but "-5" or "+1 555 0100" typed as text is
    text and is escaped.  None and numbers that are none (NaN, infinity) are empty, truth is
    TRUE or FALSE, dates and times are ISO 8601.
    """
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    text = str(value)
    return _ESCAPE + text if is_formula_like(text) else text


def _number(value: float | Decimal) -> str:
    """Return a typed number as digits, empty where it is none."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        # An enum of numbers is the number it stands for.
        return str(int(value))
    if not math.isfinite(value):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


def plain_cell(text: str) -> str:
    """Return a cell written by ``safe_cell`` as it was before; other text is left alone."""
    if text.startswith(_ESCAPE) and is_formula_like(text[1:]):
        return text[1:]
    return text


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet could run the text as a formula.

    What counts is the first character once marks, spaces, invisible characters and quotes are
    passed over; a tab or line end among them counts as well.
    """
    for character in text:
        if character in _FORMULA or character in _FORMULA_BY_ITSELF:
            return True
        if character in _QUOTES or unicodedata.category(character) in _BLANK_CATEGORIES:
            continue
        return False
    return False


def write_csv(rows: Iterable[Sequence[object]], header: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180, ended by CR LF), the header first.

    Raises ValueError for a row that has not one cell for each name of the header.
    """
    line = StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    width = len(header)
    for row in _with_header(rows, header):
        if len(row) != width:
            raise ValueError(f"a row of {len(row)} cells under a header of {width}")
        writer.writerow([safe_cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def csv_bytes(rows: Iterable[Sequence[object]], header: Sequence[str]) -> bytes:
    """Return the same as UTF-8 with the mark by which Excel knows it."""
    text = _BOM + "".join(write_csv(rows, header))
    return text.encode("utf-8", errors="replace")


def _with_header(
    rows: Iterable[Sequence[object]], header: Sequence[str]
) -> Iterator[Sequence[object]]:
    """Yield the header and then the rows."""
    yield header
    yield from rows
