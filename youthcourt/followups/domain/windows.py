"""Windows of follow-up: where each starts and ends, and what is known of it."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youthcourt.followups.domain.kinds import (
    SEARCHED,
    CheckResult,
    LaterEventKind,
    OffenceCategory,
)


class StartKind(StrEnum):
    """What the time of follow-up is counted from."""

    FIRST_HEARING = "first_hearing"
    ADMISSION = "admission"


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeZero:
    """The day a follow-up starts, in the court's zone, and what it is the day of."""

    on: date
    kind: StartKind


def time_zero(
    *, first_hearing_on: date | None, heard_on: date | None, admitted_on: date | None
) -> TimeZero | None:
    """Return the start of follow-up: the first day a hearing was set for, held or not.

    For those never put on a docket it is the day of admission; without either nobody is
    followed.  Starting at completion instead would leave out whoever failed (NC AOC 1995, p. 25).
    """
    hearings = [day for day in (first_hearing_on, heard_on) if day is not None]
    if hearings:
        return TimeZero(on=min(hearings), kind=StartKind.FIRST_HEARING)
    if admitted_on is not None:
        return TimeZero(on=admitted_on, kind=StartKind.ADMISSION)
    return None


def window_end(start: date, months: int) -> date:
    """Return the last day of a window of whole calendar months.

    The day keeps its number; where the month is too short it is that month's last day.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, kw_only=True, slots=True)
class LaterEvent:
    """Something found, with the day of the act, where known, and that of the event."""

    kind: LaterEventKind
    category: OffenceCategory
    offence_on: date | None
    event_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One search; ``data_through`` is the last day the records searched speak of."""

    result: CheckResult
    data_through: date | None = None
    events: tuple[LaterEvent, ...] = ()


class WindowState(StrEnum):
    """What is known of one window of one case."""

    NOT_DUE = "not_due"
    NOTHING_FOUND = "nothing_found"
    FOUND = "found"
    INCOMPLETE = "incomplete"
    NOT_SEARCHED = "not_searched"
    CANNOT_BE_SEARCHED = "cannot_be_searched"


class Basis(StrEnum):
    """Which day decides whether a later offence lies in a window."""

    OFFENCE = "offence"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Which later events count: kinds, categories, and by which day."""

    kinds: frozenset[LaterEventKind] = frozenset(LaterEventKind)
    categories: frozenset[OffenceCategory] = frozenset({OffenceCategory.DELINQUENT})
    basis: Basis = Basis.OFFENCE

    def day_of(self, event: LaterEvent) -> date | None:
        """Return the day that decides for an event, None where the event does not count.

        An event whose act has no known day is taken at its own day.
        """
        if event.kind not in self.kinds or event.category not in self.categories:
            return None
        return (
            (event.offence_on or event.event_on) if self.basis is Basis.OFFENCE else event.event_on
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """One window: its length in months, its last day, what is known, and days to the event.

    ``first_event_days`` counts from time zero to the first event inside the window that is
    known so far; it stands also in a window that is not searched to its end.
    ``closed`` says that nobody will be able to search any further.
    """

    months: int
    ends_on: date
    state: WindowState
    first_event_days: int | None = None
    closed: bool = False

    @property
    def due(self) -> bool:
        """Whether somebody should search now."""
        waiting = self.state in (WindowState.INCOMPLETE, WindowState.NOT_SEARCHED)
        return waiting and not self.closed


def read_window(
    start: date, months: int, checks: Sequence[Check], *, today: date, counted: Counted
) -> Window:
    """Return what the searches of a case say of one window.

    Only a search whose records reach the window's last day settles it: an early search that
    found nothing is incomplete, not clean.  An act before or on the day of the start is not a
    later one.
    """
    ends_on = window_end(start, months)
    days = first_event_days(start, _events(checks), until=ends_on, counted=counted)
    return Window(
        months=months,
        ends_on=ends_on,
        state=_state(checks, ends_on, today=today, found=days is not None),
        first_event_days=days,
        closed=any(check.result is CheckResult.CANNOT_BE_SEARCHED for check in checks),
    )


def read_windows(
    start: date,
    months: Iterable[int],
    checks: Sequence[Check],
    *,
    today: date,
    counted: Counted | None = None,
) -> tuple[Window, ...]:
    """Return every window of a policy, shortest first; by default every delinquent act counts."""
    chosen = counted or Counted()
    return tuple(
        read_window(start, length, checks, today=today, counted=chosen) for length in sorted(months)
    )


def first_event_days(
    start: date, events: Iterable[LaterEvent], *, until: date, counted: Counted
) -> int | None:
    """Return the days from the start to the first counted event in (start, until], or None."""
    days = (counted.day_of(event) for event in events)
    inside = [(day - start).days for day in days if day is not None and start < day <= until]
    return min(inside, default=None)


def searched_through(checks: Collection[Check]) -> date | None:
    """Return the last day any search speaks of, None where nobody searched."""
    days = [c.data_through for c in checks if c.result in SEARCHED and c.data_through is not None]
    return max(days, default=None)


def _events(checks: Iterable[Check]) -> Iterable[LaterEvent]:
    return (event for check in checks for event in check.events)


def _state(checks: Sequence[Check], ends_on: date, *, today: date, found: bool) -> WindowState:
    if today < ends_on:
        return WindowState.NOT_DUE
    reached = searched_through(checks)
    if reached is not None and reached >= ends_on:
        return WindowState.FOUND if found else WindowState.NOTHING_FOUND
    if reached is not None:
        return WindowState.INCOMPLETE
    if any(check.result is CheckResult.CANNOT_BE_SEARCHED for check in checks):
        return WindowState.CANNOT_BE_SEARCHED
    return WindowState.NOT_SEARCHED
