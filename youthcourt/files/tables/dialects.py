"""Which delimiter, quote and escape a text file uses, and its records read with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.records import (
    QuoteNeverCloses,
    StrictRecords,
    lenient_records,
    records_to_the_end,
    within_limits,
)
from youthcourt.files.tables.shapes import (
    Dialect,
    Limits,
    Note,
    NoteCode,
    Record,
    Shape,
    Unreadable,
    note,
)
from youthcourt.files.tables.values import is_blank, is_value, share

DELIMITERS = (",", "\t", ";", "|")
QUOTES = ('"', "'")
_SAMPLE = 40_000
_SAMPLE_LIMITS = Limits(max_cell_length=_SAMPLE)
# Below this no delimiter divides the text into a table.
_LEAST_FIT = 0.2
# The single quote is far more often an apostrophe; it must explain the file clearly better.
_CLEARLY = 0.02
_SPACED = 0.98
_SEPARATOR_LINE = re.compile(r"sep=([,;|\t:])[ ]*(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """All records of a text, the dialect they were read in and what was irregular.

    Records beyond the first ``sure`` broke the rules of quoting: they may be looked at, to see
    whether they belong to another table, but never read.
    """

    records: list[Record]
    sure: int
    dialect: Dialect
    separator_line: bool = False
    notes: tuple[Note, ...] = ()


def parse(text: str, *, shape: Shape, limits: Limits) -> Parsed:
    """Return every record of the text, the first line of kind ``sep=;`` taken as advice.

    Raises CourtRuleBroken (``COLUMNS``, ``SHAPE``, and the limits).
    """
    advice = _SEPARATOR_LINE.match(text)
    if advice:
        text = text[advice.end() :]
        shape = replace(shape, delimiter=shape.delimiter or advice.group(1))
    parsed = _read(text, _dialect(text, shape), limits)
    if not advice:
        return parsed
    # Kept in its place, so that every number is the row a spreadsheet shows.
    return replace(parsed, records=[(), *parsed.records], sure=parsed.sure + 1, separator_line=True)


# --- which dialect ------------------------------------------------------------------------------


def _dialect(text: str, shape: Shape) -> Dialect:
    """Return the best explanation of the text that a person's choices leave."""
    sample = _sample(text)
    given = _given_delimiter(shape)
    quotes = QUOTES if shape.quote is None else (_given_quote(shape.quote),)
    candidates = [
        _scored(sample, delimiter, quotes)
        for delimiter in (DELIMITERS if given is None else (given.strip(" ") or given,))
        if delimiter in sample or given is not None
    ]
    best = max(candidates, key=lambda scored: scored[0], default=None)
    if given is not None and best is not None:
        return replace(best[1], skip_space=best[1].skip_space or given.endswith(" "))
    if best is None or best[0] <= 0:
        # No delimiter at all: a list of one column.
        return Dialect(delimiter=",", quote=quotes[0], escape=quotes[0])
    if best[0] < _LEAST_FIT:
        raise CourtRuleBroken(Unreadable.COLUMNS)
    return best[1]


def _given_delimiter(shape: Shape) -> str | None:
    """Return the delimiter a person chose, or raise if it cannot be one."""
    given = shape.delimiter
    if given is None:
        return None
    character = given.rstrip(" ")
    if len(character) != 1 or character.isalnum() or character in "\"'\r\n\\":
        raise CourtRuleBroken(Unreadable.SHAPE, "delimiter", value=given[:10])
    return given


def _given_quote(quote: str) -> str:
    """Return the quote a person chose, or raise if it is none."""
    if quote not in QUOTES:
        raise CourtRuleBroken(Unreadable.SHAPE, "quote", value=quote[:10])
    return quote


def _sample(text: str) -> str:
    """Return the beginning of the text, up to a line end where it is cut."""
    if len(text) <= _SAMPLE:
        return text
    cut = max(text.rfind("\n", 0, _SAMPLE), text.rfind("\r", 0, _SAMPLE))
    return text[: cut + 1] if cut > 0 else text[:_SAMPLE]


def _scored(sample: str, delimiter: str, quotes: tuple[str, ...]) -> tuple[float, Dialect]:
    """Return how well the delimiter explains the sample, with its best quote."""
    bare = Dialect(delimiter=delimiter, quote=quotes[0], escape=quotes[0])
    skip = delimiter != "\t" and _every_cell_spaced(sample, bare)
    best: tuple[float, Dialect] | None = None
    for quote in quotes:
        opens = f"(?:^|[{re.escape(delimiter)}\r\n] ?){quote}"
        if best is not None and not re.search(opens, sample):
            continue
        dialect = Dialect(delimiter=delimiter, quote=quote, escape=quote, skip_space=skip)
        records = list(_sample_records(sample, dialect))
        fit = _fit(records, delimiter)
        least = 0.0 if best is None else best[0] + _CLEARLY
        if _is_marked(sample, records, dialect):
            least -= 2 * _CLEARLY
        if best is None or fit > least:
            best = (fit, dialect)
    return best if best is not None else (0.0, bare)


def _sample_records(sample: str, dialect: Dialect) -> Iterator[Record]:
    """Yield records; a quote that never closes makes the rest count as undivided lines."""
    return records_to_the_end(sample, dialect, _SAMPLE_LIMITS)


def _fit(records: Iterable[Record], delimiter: str) -> float:
    """Return 0 to 1: rows of one width, few rows undivided, cells that look whole."""
    rows = [record for record in records if not is_blank(record)]
    divided = [record for record in rows if len(record) > 1]
    if not divided:
        return 0.0
    width, count = Counter(map(len, divided)).most_common(1)[0]
    consistency = share(count, len(divided))
    coverage = share(len(divided), len(rows))
    cells = [cell for record in divided[:200] for cell in record]
    others = [other for other in DELIMITERS[1:] if other != delimiter]
    whole = share(sum(_looks_whole(cell, others) for cell in cells), len(cells))
    return consistency**2 * coverage * (0.4 + 0.6 * whole) * (1 - 0.5 / width)


def _looks_whole(cell: str, others: Sequence[str]) -> bool:
    """Tell whether a cell is a value, or text in which no other delimiter is left.

    Nor may it have half a pair of quotes.  The comma never counts: it is left in honest text.
    """
    if is_value(cell):
        return True
    halved = any(cell.startswith(quote) != cell.endswith(quote) for quote in QUOTES)
    return not halved and not any(other in cell for other in others)


def _every_cell_spaced(sample: str, bare: Dialect) -> bool:
    """Tell whether a space follows every delimiter, so that it belongs to the delimiter."""
    divided = [record for record in _sample_records(sample, bare) if len(record) > 1]
    first = next(iter(divided), ())
    cells = [cell for record in divided for cell in record[1:] if cell]
    if not first or not all(cell.startswith(" ") for cell in first[1:]):
        return False
    return share(sum(cell.startswith(" ") for cell in cells), len(cells)) >= _SPACED


def _is_marked(sample: str, records: Sequence[Record], dialect: Dialect) -> bool:
    """Tell whether the quote shows itself where it makes no difference to the number of cells.

    A cell holds what only a quoted one can; or all of several cells of the first record stand in
    the quote; or a cell has it around and, each time doubled, inside.
    """
    held = f"{dialect.delimiter}\r\n"
    if any(character in cell for record in records for cell in record for character in held):
        return True
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = f"{quote}[^{quote}\r\n]*{quote}"
    if re.match(f"{cell}(?:{delimiter} ?{cell})+(?:[\r\n]|$)", sample):
        return True
    inside = f"{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)+{quote}"
    return re.search(f"(?:^|[{delimiter}\r\n]){inside}(?:[{delimiter}\r\n]|$)", sample) is not None


# --- the records --------------------------------------------------------------------------------


def _read(text: str, dialect: Dialect, limits: Limits) -> Parsed:
    """Return the records; an irregular text is read only where every row then fits.

    Where none does, the records are sure up to the first irregular one.
    """
    strict = StrictRecords(text, dialect, limits)
    records = within_limits(strict, limits)
    if not strict.broken and (f"\\{dialect.quote}" not in text or _first_misfit(records) is None):
        return Parsed(records=records, sure=len(records), dialect=dialect)
    for attempt in _irregular(text, dialect):
        try:
            lenient = within_limits(lenient_records(text, attempt, limits), limits)
        except QuoteNeverCloses:
            continue
        if _first_misfit(lenient) is None:
            notes = (_irregularity(attempt),)
            return Parsed(records=lenient, sure=len(lenient), dialect=attempt, notes=notes)
    sure = len(records)
    if strict.broken:
        records += within_limits(records_to_the_end(strict.rest, dialect, limits), limits)
    return Parsed(records=records, sure=sure, dialect=dialect)


def _irregular(text: str, dialect: Dialect) -> Iterator[Dialect]:
    """Yield the irregular ways of quoting that are known, likeliest first."""
    doubled = re.findall('"+', text) if dialect.quote == "'" else []
    if doubled and all(len(run) % 2 == 0 for run in doubled):
        # Some program doubled the double quotes, then wrote single quotes around the cells.
        yield replace(dialect, escape='"')
    if f"\\{dialect.quote}" in text:
        yield replace(dialect, escape="\\")
    yield replace(dialect, escape=dialect.quote)


def _irregularity(dialect: Dialect) -> Note:
    """Return the note that names the irregular quoting."""
    if dialect.escape == dialect.quote:
        return note(NoteCode.QUOTES_IRREGULAR, quote=dialect.quote)
    return note(NoteCode.ESCAPED_QUOTES, escape=dialect.escape)


def _first_misfit(records: list[Record]) -> int | None:
    """Return the number of the first row that is neither of usual width nor a single short cell.

    Rows before the first of usual width are titles and may have any.  A single cell of several
    lines is what a quote that never closed has swallowed.
    """
    widths = [len(record) if not is_blank(record) else 0 for record in records]
    usual = Counter(width for width in widths if width).most_common(1)
    if not usual:
        return None
    started = False
    for number, width in enumerate(widths, start=1):
        started = started or width == usual[0][0]
        swallowed = width == 1 and any(end in records[number - 1][0] for end in "\r\n")
        if started and width != usual[0][0] and (width > 1 or swallowed):
            return number
    return None
