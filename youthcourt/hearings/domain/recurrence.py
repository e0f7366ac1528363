"""On which days a series of sessions falls."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from youthcourt.errors import CourtRuleBroken

LONGEST_SERIES = timedelta(days=3 * 366)
LAST_OF_MONTH = -1
MOST_WEEKS = 53


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesRule:
    """A weekday, every so many weeks or the nth of each month, between two days inclusive.

    ``weekday`` 0 is Monday.  Exactly one of ``every_weeks`` (1 to 53) and ``nth_of_month``
    (1 to 5, or -1 for the last) is given.  Weeks count from the first such weekday on or after
    ``starts_on``; a month without a fifth one has no session.
    """

    weekday: int
    starts_on: date
    ends_on: date
    every_weeks: int | None = None
    nth_of_month: int | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that no calendar can follow."""
        if not 0 <= self.weekday <= calendar.SUNDAY:
            raise CourtRuleBroken("weekday_out_of_range", "weekday")
        if (self.every_weeks is None) == (self.nth_of_month is None):
            raise CourtRuleBroken("series_needs_one_rhythm", "every_weeks")
        if self.every_weeks is not None and not 1 <= self.every_weeks <= MOST_WEEKS:
            raise CourtRuleBroken("weeks_out_of_range", "every_weeks")
        if self.nth_of_month is not None and self.nth_of_month not in {1, 2, 3, 4, 5, -1}:
            raise CourtRuleBroken("nth_out_of_range", "nth_of_month")
        if self.ends_on < self.starts_on:
            raise CourtRuleBroken("ends_before_it_starts", "ends_on")
        if self.ends_on - self.starts_on > LONGEST_SERIES:
            raise CourtRuleBroken("series_too_long", "ends_on", days=LONGEST_SERIES.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesDays:
    """The days of a series, and those left out because the court is closed."""

    days: tuple[date, ...]
    skipped: tuple[date, ...]


def series_days(rule: SeriesRule, *, closed_days: Collection[date] = ()) -> SeriesDays:
    """Return the days of the series in order; a closed day is skipped, never moved."""
    closed = frozenset(closed_days)
    found = tuple(_weekly(rule) if rule.every_weeks else _monthly(rule))
    return SeriesDays(
        days=tuple(day for day in found if day not in closed),
        skipped=tuple(day for day in found if day in closed),
    )


def _weekly(rule: SeriesRule) -> Iterator[date]:
    ahead = (rule.weekday - rule.starts_on.weekday()) % 7
    day = rule.starts_on + timedelta(days=ahead)
    while day <= rule.ends_on:
        yield day
        day += timedelta(weeks=rule.every_weeks or 1)


def _monthly(rule: SeriesRule) -> Iterator[date]:
    first, last = _month_number(rule.starts_on), _month_number(rule.ends_on)
    for number in range(first, last + 1):
        year, month = divmod(number, 12)
        day = nth_weekday(year, month + 1, rule.weekday, rule.nth_of_month or 1)
        if day is not None and rule.starts_on <= day <= rule.ends_on:
            yield day


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the nth such weekday of a month, the last for -1, none where there is no fifth."""
    length = calendar.monthrange(year, month)[1]
    days = [d for d in range(1, length + 1) if date(year, month, d).weekday() == weekday]
    if nth == LAST_OF_MONTH:
        return date(year, month, days[-1])
    return date(year, month, days[nth - 1]) if nth <= len(days) else None
