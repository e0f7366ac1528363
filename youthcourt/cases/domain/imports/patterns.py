"""Dates and times as files write them, read by patterns that a clerk can choose from a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache

DATE_PATTERNS = (
    "YYYY-MM-DD",
    "MM/DD/YYYY",
    "MM/DD/YY",
    "MM-DD-YYYY",
    "DD/MM/YYYY",
    "DD.MM.YYYY",
    "YYYYMMDD",
    "YYYY/MM/DD",
    "MON DD, YYYY",
    "DD-MON-YYYY",
    "MM/DD/YYYY hh:mm:ss AM",
    "MM/DD/YYYY hh:mm AM",
    "MM/DD/YYYY HH:mm",
    "MM/DD/YYYY HH:mm:ss",
    "YYYY-MM-DD HH:mm:ss",
    "YYYY-MM-DDTHH:mm:ss",
)
"""The patterns offered; a mapping may hold others made of the same parts."""

TIME_PATTERNS = ("HHmm", "HH:mm", "HH:mm:ss", "hh:mm AM", "hh:mm:ss AM")

# How dates and times of a workbook are written as text; no other reading of them is possible.
WORKBOOK_DATES = ("YYYY-MM-DD", "YYYY-MM-DD HH:mm:ss", "YYYY-MM-DDTHH:mm:ss")
WORKBOOK_TIMES = ("HH:mm", "HH:mm:ss")

_NOON = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Longest first; months and days may lack their leading nought, as spreadsheets drop it.
_PARTS = (
    ("YYYY", r"(?P<year>\d{4})"),
    ("YY", r"(?P<short_year>\d{2})"),
    ("MON", r"(?P<month_name>[A-Za-z]{3,9})\.?"),
    ("MM", r"(?P<month>\d{1,2})"),
    ("DD", r"(?P<day>\d{1,2})"),
    ("HHmm", r"(?P<clock>\d{1,4})"),
    ("HH", r"(?P<hour>\d{1,2})"),
    ("hh", r"(?P<hour>\d{1,2})"),
    ("mm", r"(?P<minute>\d{2})"),
    ("ss", r"(?P<second>\d{2})(?:\.\d+)?"),
    ("AM", r"(?P<half>[AaPp])\.?[Mm]\.?"),
)
# Without separators nothing but the width tells the parts apart.
_FIXED_WIDTH = {"YYYYMMDD": r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"}


class UnknownPatternError(ValueError):
    """A pattern has letters that are no part of a date or time."""


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern in _FIXED_WIDTH:
        return re.compile(_FIXED_WIDTH[pattern])
    expression, rest = "", pattern
    while rest:
        part = next((p for p in _PARTS if rest.startswith(p[0])), None)
        if part is not None:
            expression, rest = expression + part[1], rest[len(part[0]) :]
        elif rest[0].isalpha() and rest[0] != "T":
            raise UnknownPatternError(pattern)
        else:
            expression += r"\s+" if rest[0] == " " else re.escape(rest[0])
            rest = rest[1:]
    try:
        return re.compile(expression)
    except re.error as twice:
        raise UnknownPatternError(pattern) from twice


def check_date_pattern(pattern: str) -> None:
    """Raise ``UnknownPatternError`` unless the pattern fixes a year, a month and a day."""
    names = _compiled(pattern).groupindex
    year = "year" in names or "short_year" in names
    if not (year and ("month" in names or "month_name" in names) and "day" in names):
        raise UnknownPatternError(pattern)


def check_time_pattern(pattern: str) -> None:
    """Raise ``UnknownPatternError`` unless the pattern fixes an hour and a minute."""
    names = _compiled(pattern).groupindex
    if "clock" not in names and not ("hour" in names and "minute" in names):
        raise UnknownPatternError(pattern)


def read_date(text: str, patterns: Sequence[str], *, today: date) -> date | None:
    """Return the day by the first pattern that fits a day of the calendar, or None.

    A time of day behind the date is checked and left out.  A year of two digits is the latest
    such year that is not after this one.
    """
    for pattern in patterns:
        match = _compiled(pattern).fullmatch(text.strip())
        if match is None or (_has_clock(pattern) and _time_of(match) is None):
            continue
        parts = match.groupdict()
        month = _month(parts)
        if month is None:
            continue
        try:
            return date(_year(parts, today), month, int(parts["day"]))
        except ValueError:
            continue
    return None


def read_time(text: str, patterns: Sequence[str]) -> time | None:
    """Return the time of day by the first pattern that fits, or None; 24:00 is no time."""
    for pattern in patterns:
        match = _compiled(pattern).fullmatch(text.strip())
        found = None if match is None else _time_of(match)
        if found is not None:
            return found
    return None


def _has_clock(pattern: str) -> bool:
    names = _compiled(pattern).groupindex
    return "hour" in names or "clock" in names


def _year(parts: dict[str, str | None], today: date) -> int:
    if parts.get("year"):
        return int(parts["year"] or 0)
    year = today.year - today.year % 100 + int(parts["short_year"] or 0)
    return year if year <= today.year else year - 100


def _month(parts: dict[str, str | None]) -> int | None:
    if parts.get("month"):
        return int(parts["month"] or 0)
    name = (parts.get("month_name") or "").casefold()[:3]
    return _MONTHS.index(name) + 1 if name in _MONTHS else None


def _time_of(match: re.Match[str]) -> time | None:
    parts = match.groupdict()
    if parts.get("clock") is not None:
        # Spreadsheets drop the leading noughts of 0001.
        hour, minute = divmod(int(parts["clock"] or 0), 100)
    else:
        hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    if parts.get("half"):
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if (parts["half"] or "").casefold() == "p" else 0)
    try:
        return time(hour, minute, int(parts.get("second") or 0))
    except ValueError:
        return None
