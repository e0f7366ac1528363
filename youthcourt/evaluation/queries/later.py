"""Later offences in a report: of those whose months of follow-up ended in its span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from youthcourt.evaluation.domain import (
    CountCode,
    CountMissing,
    Figure,
    Period,
    counted,
    shared,
    unknown,
)
from youthcourt.followups.domain import WindowState, read_windows, window_end
from youthcourt.followups.queries import checks_by_case, followed_cases

_SEARCHED = (WindowState.FOUND, WindowState.NOTHING_FOUND)


def later_figures(session: Session, period: Period, *, today: date) -> Iterator[Figure]:
    """Yield for each number of months what is known of the windows that ended in the span."""
    states: dict[int, Counter[WindowState]] = {}
    cases = followed_cases(session, referred_by=period.last)
    checks = checks_by_case(session) if cases else {}
    for one in cases:
        for months in one.months:
            states.setdefault(months, Counter())
        ending = [months for months in one.months if window_end(one.start.on, months) in period]
        if not ending:
            continue
        for window in read_windows(one.start.on, ending, checks.get(one.id, ()), today=today):
            if window.state is not WindowState.NOT_DUE:
                states[window.months][window.state] += 1
    for months in sorted(states):
        yield from _of_months(str(months), states[months])
    if not states:
        yield from _of_months("", Counter())


def _of_months(months: str, counts: Counter[WindowState]) -> Iterator[Figure]:
    searched = sum(counts[state] for state in _SEARCHED)
    found = counts[WindowState.FOUND]
    missing = CountMissing.NOT_SEARCHED if counts else CountMissing.NOTHING_TO_SHARE
    yield counted(CountCode.LATER_SEARCHED, searched, months)
    yield (
        counted(CountCode.LATER_FOUND, found, months)
        if searched
        else unknown(CountCode.LATER_FOUND, missing, months)
    )
    yield shared(CountCode.LATER_RATE, found, searched, months, missing=missing)
    yield counted(CountCode.LATER_UNKNOWN, counts.total() - searched, months)
