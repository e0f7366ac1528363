"""Spans of days for reports, and the usual ones to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from youthcourt.errors import CourtRuleBroken

QUARTER = 3
JULY, OCTOBER = 7, 10
_YEAR = 12
EARLIEST = date(1990, 1, 1)
"""The first youth courts of the present kind opened in the 1980s; earlier days are slips."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A span of days in the court's zone, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        """Return whether a day lies in it; no day lies in none."""
        return day is not None and self.first <= day <= self.last


def period(first: date, last: date) -> Period:
    """Return the span between two days, or raise ``CourtRuleBroken``."""
    if first < EARLIEST:
        raise CourtRuleBroken("period_too_early", "first", earliest=EARLIEST)
    if last < first:
        raise CourtRuleBroken("period_ends_first", "last")
    return Period(first=first, last=last)


class PeriodChoice(StrEnum):
    """The spans that reports ask for; a fiscal year starts in July or in October."""

    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    FISCAL_JULY = "fiscal_july"
    LAST_FISCAL_JULY = "last_fiscal_july"
    FISCAL_OCTOBER = "fiscal_october"
    LAST_FISCAL_OCTOBER = "last_fiscal_october"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


# choice -> months of the span, the month some span starts in, how many spans back.
_SHAPES: dict[PeriodChoice, tuple[int, int, int]] = {
    PeriodChoice.THIS_QUARTER: (QUARTER, 1, 0),
    PeriodChoice.LAST_QUARTER: (QUARTER, 1, 1),
    PeriodChoice.FISCAL_JULY: (_YEAR, JULY, 0),
    PeriodChoice.LAST_FISCAL_JULY: (_YEAR, JULY, 1),
    PeriodChoice.FISCAL_OCTOBER: (_YEAR, OCTOBER, 0),
    PeriodChoice.LAST_FISCAL_OCTOBER: (_YEAR, OCTOBER, 1),
    PeriodChoice.THIS_YEAR: (_YEAR, 1, 0),
    PeriodChoice.LAST_YEAR: (_YEAR, 1, 1),
}


def chosen_period(choice: PeriodChoice, *, today: date) -> Period:
    """Return the span of a choice as it is today, whole: its last day may still be to come.

    Quarters of years that start in January, July or October are the same quarters.
    """
    months, start, back = _SHAPES[choice]
    ahead = (today.month - start) % months
    first = _month(today, -ahead - back * months)
    return Period(first=first, last=_month(first, months) - timedelta(days=1))


def _month(day: date, months: int) -> date:
    """Return the first day of the month so many months on."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    return date(day.year + years, month + 1, 1)
