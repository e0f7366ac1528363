"""Hours that adults give to a court: what a line needs, and which lines cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain.times import EARLIEST
from youthcourt.people.domain import tidy_name

DAY_MINUTES = 24 * 60
MONTHS_OFFERED = 3
_YEAR = 12


class AdultRole(StrEnum):
    """What an adult volunteer did; the tasks that courts name in their rules for adults."""

    PRESIDING = "presiding"
    JURY_MONITOR = "jury_monitor"
    TRAINER = "trainer"
    DOOR = "door"
    INTERPRETER = "interpreter"
    MENTOR = "mentor"
    OFFICE = "office"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class AdultGiven:
    """One line as it was typed; ``line`` is its place on the form, for the words of a refusal."""

    name: str
    role: AdultRole
    minutes: int
    line: int = 0

    @property
    def key(self) -> str:
        """What tells this adult from another."""
        return name_key(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class HoursKnown:
    """Hours of that day that stand already; ``here`` if they are of the same session."""

    key: str
    minutes: int
    here: bool


def name_key(name: str) -> str:
    """Return a name as names are told apart: case and spaces make no other person."""
    return " ".join(name.split()).casefold()


def line_field(name: str, line: int) -> str:
    """Return what a question is called in one line of the form."""
    return f"{name}_{line}"


def check_given_day(day: date, *, today: date) -> None:
    """Refuse a day on which nobody can have given hours."""
    if day > today:
        raise CourtRuleBroken("day_in_future", "given_on")
    if day < EARLIEST:
        raise CourtRuleBroken("day_too_long_ago", "given_on", earliest=EARLIEST)


def checked_lines(
    lines: Sequence[AdultGiven], known: Sequence[HoursKnown], *, one_session: bool
) -> tuple[AdultGiven, ...]:
    """Return the lines with tidy names, or refuse the first that cannot be.

    ``known`` are the lines of that day that stand.  In one session an adult has one line, and
    nobody gives more than 24 hours on one day.
    """
    if not lines:
        raise CourtRuleBroken("adult_hours_empty", line_field("name", 0))
    checked = tuple(_checked(line) for line in lines)
    here = {one.key for one in known if one.here}
    totals: dict[str, int] = {}
    for one in known:
        totals[one.key] = totals.get(one.key, 0) + one.minutes
    for line in checked:
        if one_session and line.key in here:
            raise CourtRuleBroken(
                "adult_twice_in_session", line_field("name", line.line), name=line.name
            )
        here.add(line.key)
        totals[line.key] = totals.get(line.key, 0) + line.minutes
        if totals[line.key] > DAY_MINUTES:
            raise CourtRuleBroken(
                "adult_day_too_long",
                line_field("minutes", line.line),
                name=line.name,
                sum_minutes=totals[line.key],
            )
    return checked


def _checked(line: AdultGiven) -> AdultGiven:
    name = tidy_name(line.name, line_field("name", line.line))
    if not any(sign.isalpha() for sign in name):
        raise CourtRuleBroken("adult_name_missing", line_field("name", line.line))
    if line.minutes <= 0:
        raise CourtRuleBroken("adult_minutes_missing", line_field("minutes", line.line))
    if line.minutes > DAY_MINUTES:
        raise CourtRuleBroken("adult_minutes_too_many", line_field("minutes", line.line))
    return AdultGiven(name=name, role=line.role, minutes=line.minutes, line=line.line)


@dataclass(frozen=True, kw_only=True, slots=True)
class DaySpan:
    """A span of days, both ends included."""

    first: date
    last: date


def day_span(first: date, last: date) -> DaySpan:
    """Return the span between two days, or refuse one that ends before it begins."""
    if last < first:
        raise CourtRuleBroken("ends_before_it_starts", "last")
    return DaySpan(first=first, last=last)


def month_of(day: date) -> DaySpan:
    """Return the whole month of a day."""
    first = day.replace(day=1)
    return DaySpan(first=first, last=_month_after(first) - timedelta(days=1))


def last_months(today: date) -> Iterator[DaySpan]:
    """Yield the month of today and the ones before it, as many as are offered."""
    day = today
    for _number in range(MONTHS_OFFERED):
        span = month_of(day)
        yield span
        day = span.first - timedelta(days=1)


def year_of(day: date) -> DaySpan:
    """Return the whole calendar year of a day."""
    return DaySpan(first=date(day.year, 1, 1), last=date(day.year, _YEAR, 31))


def _month_after(first: date) -> date:
    years, month = divmod(first.month, _YEAR)
    return date(first.year + years, month + 1, 1)
