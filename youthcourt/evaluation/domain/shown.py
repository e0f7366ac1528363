"""What a page may show of a cohort: counts with the small ones hidden, and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from youthcourt.evaluation.domain.cohorts import (
    Cohort,
    CohortChoice,
    CohortFilter,
    LeftOut,
    StartChoice,
)
from youthcourt.evaluation.domain.results import (
    COUNTS_IN,
    EVENTS,
    Cell,
    Followed,
    tally,
    wilson,
)
from youthcourt.evaluation.domain.suppression import (
    LEAST,
    Group,
    Profile,
    counts_of,
    hidden_counts,
)


class Sum(StrEnum):
    """Counts of a window that are sums of its cells."""

    NOT_TO_THE_END = "not_to_the_end"
    TO_THE_END = "to_the_end"
    BELOW_THE_LINE = "below_the_line"
    WITH_EVENT = "with_event"


# Each sum with its parts, the one with an event first.
_PARTS: dict[Sum, tuple[Cell, Cell]] = {
    Sum.NOT_TO_THE_END: (Cell.FOUND_EARLY, Cell.INCOMPLETE),
    Sum.TO_THE_END: (Cell.FOUND, Cell.NOTHING_FOUND),
}
# The parts of a cohort, those first without which the page still has its share.
_OF_THE_COHORT: tuple[Cell | Sum, ...] = (
    Cell.NOT_OVER,
    Cell.NOT_SEARCHED,
    Cell.CANNOT_BE_SEARCHED,
    Sum.NOT_TO_THE_END,
    Sum.TO_THE_END,
)
CONSIDERED, COHORT = "considered", "cohort"
Key = tuple[str, int]  # what is counted, and of which window; -1 is the flow of rows
_FLOW = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownWindow:
    """The counts of one window as they may be shown; None is hidden.

    ``share`` and ``limits`` go from 0 to 1; they are None where nobody is below the line or
    where one of their two counts is hidden.
    """

    months: int
    cells: Mapping[Cell, int | None]
    sums: Mapping[Sum, int | None]
    share: float | None
    limits: tuple[float, float] | None

    @property
    def hidden(self) -> bool:
        """Whether any count of it is hidden."""
        return None in self.cells.values() or None in self.sums.values()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownResults:
    """Everything a page shows of a cohort; None is hidden."""

    considered: int | None
    left_out: Mapping[LeftOut, int | None]
    cohort: int | None
    windows: tuple[ShownWindow, ...]

    @property
    def hidden(self) -> bool:
        """Whether anything is hidden."""
        flow = (self.considered, self.cohort, *self.left_out.values())
        return None in flow or any(window.hidden for window in self.windows)


def shown_results(
    cohort: Cohort, followed: Sequence[Followed], choice: CohortChoice, *, least: int = LEAST
) -> ShownResults:
    """Return the counts with the small ones hidden, and those by which one could get at them."""
    months = tuple(sorted(choice.months))
    people = _people(cohort, followed, choice)
    counts: Counter[Key] = Counter(counts_of(people))
    hidden = hidden_counts(
        people,
        _possible(choice, len(months)),
        order=_order(len(months)),
        groups=_groups(len(months)),
        telling=tuple(_telling(followed, months)),
        least=least,
    )

    def seen(key: Key) -> int | None:
        return None if key in hidden else counts[key]

    return ShownResults(
        considered=seen((CONSIDERED, _FLOW)),
        left_out={reason: seen((reason.value, _FLOW)) for reason in possible_reasons(choice)},
        cohort=seen((COHORT, _FLOW)),
        windows=tuple(_window(length, place, seen) for place, length in enumerate(months)),
    )


def _window(months: int, place: int, seen: Callable[[Key], int | None]) -> ShownWindow:
    sums = {one: seen((one.value, place)) for one in Sum}
    below, events = sums[Sum.BELOW_THE_LINE], sums[Sum.WITH_EVENT]
    one_of = (events, below) if below and events is not None else None
    return ShownWindow(
        months=months,
        cells={cell: seen((cell.value, place)) for cell in Cell},
        sums=sums,
        share=one_of[0] / one_of[1] if one_of else None,
        limits=wilson(*one_of) if one_of else None,
    )


def possible_reasons(choice: CohortChoice) -> tuple[LeftOut, ...]:
    """Return the reasons for which a choice can leave a case out at all."""
    never: set[LeftOut] = set()
    if choice.who is CohortFilter.EVERYBODY or (choice.start, choice.who) == (
        StartChoice.HEARD,
        CohortFilter.HEARD,
    ):
        never.add(LeftOut.NOT_IN_FILTER)
    if choice.start is StartChoice.CLOSED:
        never.add(LeftOut.CLOSED_BEFORE_START)
    return tuple(reason for reason in LeftOut if reason not in never)


def possible_cells(windows: int) -> frozenset[tuple[Cell, ...]]:
    """Return every way in which the windows of one person can stand, shortest first.

    A window is over before a longer one is, records that reach a window reach all shorter ones,
    and an event in a window is in all longer ones.
    """
    ways: set[tuple[Cell, ...]] = set()
    for over in range(windows + 1):
        later = (Cell.NOT_OVER,) * (windows - over)
        ways.add((Cell.NOT_SEARCHED,) * over + later)
        ways.add((Cell.CANNOT_BE_SEARCHED,) * over + later)
        for reached in range(over + 1):
            for event in (*range(min(reached, windows - 1) + 1), windows):
                ways.add(tuple(_searched(over, reached, event)) + later)
    return frozenset(ways)


def _searched(over: int, reached: int, event: int) -> Iterator[Cell]:
    for place in range(over):
        found = event <= place
        if place < reached:
            yield Cell.FOUND if found else Cell.NOTHING_FOUND
        else:
            yield Cell.FOUND_EARLY if found else Cell.INCOMPLETE


def _profile(cells: Sequence[Cell], choice: CohortChoice) -> Profile[Key]:
    keys: set[Key] = {(CONSIDERED, _FLOW), (COHORT, _FLOW)}
    for place, cell in enumerate(cells):
        keys.add((cell.value, place))
        if cell in _PARTS[Sum.NOT_TO_THE_END]:
            keys.add((Sum.NOT_TO_THE_END.value, place))
        if cell in _PARTS[Sum.TO_THE_END]:
            keys.add((Sum.TO_THE_END.value, place))
        if cell in COUNTS_IN[choice.denominator]:
            keys.add((Sum.BELOW_THE_LINE.value, place))
            if cell in EVENTS:
                keys.add((Sum.WITH_EVENT.value, place))
    return frozenset(keys)


def _left_out_profile(reason: LeftOut) -> Profile[Key]:
    return frozenset({(CONSIDERED, _FLOW), (reason.value, _FLOW)})


def _people(
    cohort: Cohort, followed: Sequence[Followed], choice: CohortChoice
) -> dict[Profile[Key], int]:
    people = Counter(_profile(one.cells, choice) for one in followed)
    for reason, number in cohort.left_out.items():
        people[_left_out_profile(reason)] += number
    return dict(people)


def _possible(choice: CohortChoice, windows: int) -> frozenset[Profile[Key]]:
    members = (_profile(cells, choice) for cells in possible_cells(windows))
    return frozenset((*members, *map(_left_out_profile, possible_reasons(choice))))


def _order(windows: int) -> list[Key]:
    flow = [CONSIDERED, *(reason.value for reason in LeftOut), COHORT]
    of_window = [*(cell.value for cell in Cell), *(one.value for one in Sum)]
    return [(name, _FLOW) for name in flow] + [
        (name, place) for place in range(windows) for name in of_window
    ]


def _groups(windows: int) -> Iterator[Group[Key]]:
    # How many were looked at is missed least, and the cohort most.
    flow = (CONSIDERED, *(reason.value for reason in LeftOut), COHORT)
    yield Group(total=(CONSIDERED, _FLOW), in_turn=[(name, _FLOW) for name in flow])
    for place in range(windows):
        of_cohort = [(one.value, place) for one in _OF_THE_COHORT]
        yield Group(total=(COHORT, _FLOW), in_turn=of_cohort)
        for total, parts in _PARTS.items():
            yield Group(total=(total.value, place), in_turn=[(part.value, place) for part in parts])


# Where everybody has an event, the count tells of each of them, however many they are (NCJJ).
def _telling(followed: Sequence[Followed], months: Sequence[int]) -> Iterator[Key]:
    for place, counts in enumerate(tally(followed, months)):
        for with_event, without in _PARTS.values():
            if counts.cells[with_event] and not counts.cells[without]:
                yield from ((cell.value, place) for cell in (with_event, without))
