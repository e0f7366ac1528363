"""What is known of a cohort: for each window how many, and the share with a later offence."""

from __future__ import annotations

import math
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youthcourt.evaluation.domain.cohorts import CohortChoice, Denominator, Member
from youthcourt.followups.domain import Check, Window, WindowState, read_windows

Z_95 = 1.959963984540054  # the normal quantile of a two-sided interval of 95 %


class Cell(StrEnum):
    """What is known of one person in one window; each person is in exactly one.

    ``FOUND_EARLY`` are those with an event whose records do not reach the end of the window.
    """

    NOT_OVER = "not_over"
    NOT_SEARCHED = "not_searched"
    CANNOT_BE_SEARCHED = "cannot_be_searched"
    FOUND_EARLY = "found_early"
    INCOMPLETE = "incomplete"
    NOTHING_FOUND = "nothing_found"
    FOUND = "found"


_CELLS = {
    WindowState.NOT_DUE: Cell.NOT_OVER,
    WindowState.NOT_SEARCHED: Cell.NOT_SEARCHED,
    WindowState.CANNOT_BE_SEARCHED: Cell.CANNOT_BE_SEARCHED,
    WindowState.NOTHING_FOUND: Cell.NOTHING_FOUND,
    WindowState.FOUND: Cell.FOUND,
}


def cell_of(window: Window) -> Cell:
    """Return the cell of a window: what the searches say of it."""
    if window.state is WindowState.INCOMPLETE:
        return Cell.INCOMPLETE if window.first_event_days is None else Cell.FOUND_EARLY
    return _CELLS[window.state]


COUNTS_IN = {
    Denominator.SEARCHED: frozenset({Cell.FOUND, Cell.NOTHING_FOUND}),
    Denominator.KNOWN: frozenset({Cell.FOUND, Cell.NOTHING_FOUND, Cell.FOUND_EARLY}),
}
"""The cells below the line of a share.

Only who was searched to the last day of a window can be known to have done nothing in it
(Wisconsin Statistical Analysis Center: state cohort, start and raw numbers; CJCA 2009: one
fixed time for everybody).
"""
EVENTS = frozenset({Cell.FOUND, Cell.FOUND_EARLY})
"""The cells with an event."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """One member with what is known of each window, shortest first."""

    member: Member
    windows: tuple[Window, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cell of each window."""
        return tuple(cell_of(window) for window in self.windows)


def follow(
    members: Iterable[Member],
    checks: Mapping[uuid.UUID, Sequence[Check]],
    choice: CohortChoice,
    *,
    as_of: date,
) -> tuple[Followed, ...]:
    """Return every member with the windows of the choice, as they were known on a day."""
    return tuple(
        Followed(
            member=member,
            windows=read_windows(
                member.start_on,
                choice.months,
                checks.get(member.life.id, ()),
                today=as_of,
                counted=choice.counted,
            ),
        )
        for member in members
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many of a cohort are in each cell of one window."""

    months: int
    cells: Mapping[Cell, int]

    def below_the_line(self, rule: Denominator) -> int:
        """Return the denominator of the share."""
        return sum(self.cells[cell] for cell in COUNTS_IN[rule])

    def with_event(self, rule: Denominator) -> int:
        """Return the numerator of the share."""
        return sum(self.cells[cell] for cell in COUNTS_IN[rule] & EVENTS)


def tally(followed: Sequence[Followed], months: Sequence[int]) -> tuple[Tally, ...]:
    """Return the counts of each window; the cells of a window sum to the cohort."""
    tallies = []
    for place, length in enumerate(sorted(months)):
        counts = Counter(one.cells[place] for one in followed)
        tallies.append(Tally(months=length, cells={cell: counts[cell] for cell in Cell}))
    return tuple(tallies)


def wilson(events: int, people: int) -> tuple[float, float]:
    """Return the limits of a share at 95 %, from 0 to 1 (Wilson 1927); ``people`` above nought."""
    share, square = events / people, Z_95 * Z_95
    middle = share + square / (2 * people)
    reach = Z_95 * math.sqrt(share * (1 - share) / people + square / (4 * people * people))
    scale = 1 + square / people
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
