"""What a single cell looks like: empty, a number, a date or time, a word for missing, or text."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Every pattern is linear: no part of it can match the same characters in two ways.
_NUMBER = re.compile(
    r"[(]?[-+]?[$£€¥]?[-+]?(?:\d+(?:[.,' ]\d+)*[.,]?|[.,]\d+)(?:[eE][-+]?\d+)?%?[)]?"
)
_DATE = re.compile(
    r"\d{1,4}([-/.])\d{1,2}(?:\1\d{1,4})?(?:[T ]\d.*)?"
    r"|\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]\d{2,4}",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_LONGEST_VALUE = 40

# "Unknown", "none" and "not asked" are answers and never stand for an empty cell.
_MISSING = frozenset({"missing", "nan", "null"})
_NO_ANSWER = _MISSING | {"unknown", "unk", "none", "n/a", "na", "not asked", "pending", "-", "tbd"}


def is_blank(record: Iterable[str]) -> bool:
    """Tell whether no cell of the record has more than white space."""
    return not any(cell and not cell.isspace() for cell in record)


def filled(record: Iterable[str]) -> list[int]:
    """Return the positions of the cells with more than white space, counted from 0."""
    return [place for place, cell in enumerate(record) if cell and not cell.isspace()]


def is_number(cell: str) -> bool:
    """Tell whether the cell is a number, with or without sign, money or per cent."""
    text = cell.strip()
    return 0 < len(text) <= _LONGEST_VALUE and _NUMBER.fullmatch(text) is not None


def is_value(cell: str) -> bool:
    """Tell whether the cell is a number, a date or a time: what data has and headers have not."""
    text = cell.strip()
    if not 0 < len(text) <= _LONGEST_VALUE:
        return False
    return any(pattern.fullmatch(text) for pattern in (_NUMBER, _DATE, _TIME))


def is_missing_word(cell: str) -> bool:
    """Tell whether the cell is a word that data programs write for a missing number."""
    return len(cell) <= _LONGEST_VALUE and cell.strip().lower() in _MISSING


def is_no_answer(cell: str) -> bool:
    """Tell whether the cell is a word that stands where a number or date could."""
    return len(cell) <= _LONGEST_VALUE and cell.strip().lower() in _NO_ANSWER


def share(part: int, whole: int) -> float:
    """Return part / whole, and 0 where there is no whole."""
    return part / whole if whole else 0.0
