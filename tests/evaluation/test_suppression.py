"""No hidden count can be got from the shown ones: looked for by trying every population."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fixtures.thorough import THOROUGH
from youthcourt.evaluation.domain import Period
from youthcourt.evaluation.domain.cohorts import (
    Cohort,
    CohortChoice,
    CohortFilter,
    Denominator,
    LeftOut,
    StartChoice,
)
from youthcourt.evaluation.domain.results import Cell
from youthcourt.evaluation.domain.shown import (
    ShownResults,
    Sum,
    possible_cells,
    possible_reasons,
    shown_results,
)
from youthcourt.evaluation.domain.suppression import Group, hidden_counts

SPAN = Period(first=date(2025, 1, 1), last=date(2025, 12, 31))
REASONS = tuple(LeftOut)


class Seen:
    """A member of whom only the cells matter."""

    def __init__(self, cells: tuple[Cell, ...]) -> None:
        self.cells = cells


def results(
    members: Sequence[tuple[Cell, ...]],
    left_out: dict[LeftOut, int],
    *,
    months: tuple[int, ...] = (6, 12),
    least: int = 5,
    **given,
) -> ShownResults:
    """Return what a page shows of such a population."""
    choice = CohortChoice(entered=SPAN, months=months, **given)
    every = {reason: left_out.get(reason, 0) for reason in LeftOut}
    cohort = Cohort(considered=len(members) + sum(every.values()), left_out=every, members=())
    seen: Any = [Seen(cells) for cells in members]
    return shown_results(cohort, seen, choice, least=least)


def numbers(shown: ShownResults) -> dict[str, int | None]:
    """Return every count of a page under a name."""
    found: dict[str, int | None] = {"considered": shown.considered, "cohort": shown.cohort}
    found |= {f"out {reason}": value for reason, value in shown.left_out.items()}
    for window in shown.windows:
        found |= {f"{window.months} {cell}": n for cell, n in window.cells.items()}
        found |= {f"{window.months} {one}": n for one, n in window.sums.items()}
    return found


def true_numbers(members, left_out, rule: Denominator, months: tuple[int, ...]) -> dict[str, int]:
    """Return the same counts by plain counting."""
    below = {Cell.FOUND, Cell.NOTHING_FOUND}
    if rule is Denominator.KNOWN:
        below.add(Cell.FOUND_EARLY)
    events = below & {Cell.FOUND, Cell.FOUND_EARLY}
    open_ = {Cell.FOUND_EARLY, Cell.INCOMPLETE}
    found = {"considered": len(members) + sum(left_out.values()), "cohort": len(members)}
    found |= {f"out {reason}": left_out.get(reason, 0) for reason in LeftOut}
    for place, length in enumerate(months):
        counts = Counter(cells[place] for cells in members)
        found |= {f"{length} {cell}": counts[cell] for cell in Cell}
        for one, parts in (
            (Sum.NOT_TO_THE_END, open_),
            (Sum.TO_THE_END, {Cell.FOUND, Cell.NOTHING_FOUND}),
            (Sum.BELOW_THE_LINE, below),
            (Sum.WITH_EVENT, events),
        ):
            found[f"{length} {one}"] = sum(counts[cell] for cell in parts)
    return found


WAYS = {windows: sorted(possible_cells(windows)) for windows in (1, 2, 3)}


def test_the_ways_of_a_person_are_those_that_the_windows_know() -> None:
    """One window has seven cells; two have no way in which time or records run backwards."""
    assert {way[0] for way in WAYS[1]} == set(Cell)
    assert (Cell.NOT_OVER, Cell.FOUND) not in WAYS[2]
    assert (Cell.FOUND, Cell.NOTHING_FOUND) not in WAYS[2]
    assert (Cell.FOUND_EARLY, Cell.FOUND) not in WAYS[2]
    assert (Cell.FOUND, Cell.INCOMPLETE) not in WAYS[2]
    assert (Cell.NOTHING_FOUND, Cell.FOUND_EARLY) in WAYS[2]
    assert (Cell.FOUND, Cell.NOT_OVER) in WAYS[2]


PEOPLE = st.lists(st.sampled_from(WAYS[2]), max_size=60)
LEFT = st.dictionaries(st.sampled_from(REASONS), st.integers(0, 12))


@given(
    PEOPLE,
    LEFT,
    st.sampled_from(Denominator),
)
def test_small_counts_are_hidden_and_shown_ones_are_true(members, left_out, rule) -> None:
    """Nothing from 1 to 4 stands on the page, and what does is what was counted."""
    shown = results(
        members, left_out, denominator=rule, who=CohortFilter.HEARD, start=StartChoice.ADMISSION
    )
    true = true_numbers(members, left_out, rule, (6, 12))
    for name, value in numbers(shown).items():
        if value is None:
            continue
        assert value == true[name]
        assert not 0 < value < 5
    for window in shown.windows:
        below, events = window.sums[Sum.BELOW_THE_LINE], window.sums[Sum.WITH_EVENT]
        if below is None or events is None or not below:
            assert (window.share, window.limits) == (None, None)
        else:
            assert window.share == events / below
            assert window.share < 1 or not window.cells[Cell.FOUND]


MOST_CASES = 3 if THOROUGH else 2


def worlds(size: int) -> Iterator[tuple[list[tuple[Cell, ...]], dict[LeftOut, int]]]:
    """Yield every population of so many cases or fewer with two windows."""
    if size:
        yield from worlds(size - 1)
    choices = [*WAYS[2], *possible_reasons(CohortChoice(entered=SPAN))]
    for picked in combinations_with_replacement(range(len(choices)), size):
        every: list[Any] = [choices[n] for n in picked]
        left_out = Counter(one for one in every if isinstance(one, LeftOut))
        yield [one for one in every if not isinstance(one, LeftOut)], dict(left_out)


@pytest.mark.parametrize("rule", list(Denominator))
def test_no_hidden_count_can_be_got_by_any_reckoning(rule: Denominator) -> None:
    """Every population of up to two cases, against all others that show the same numbers.

    Two is "small" here.  With the profile "thorough" it is up to three cases, which make every
    kind of pattern and take a minute.  For each page somebody
    may see, each hidden count that is not nought takes more than one value.
    """
    pages = []
    for members, left_out in worlds(MOST_CASES):
        shown = numbers(results(members, left_out, least=2, denominator=rule))
        # Where it is hidden how many there are, four would have to be tried as well.
        if shown["considered"] is not None or len(members) + sum(left_out.values()) < MOST_CASES:
            pages.append((shown, true_numbers(members, left_out, rule, (6, 12))))
    population = [true_numbers(*world, rule, (6, 12)) for world in worlds(MOST_CASES)]
    faults, checked = forced(pages, population)
    assert faults == []
    assert checked > {2: 100, 3: 5_000}[MOST_CASES]


def forced(pages, population) -> tuple[list[str], int]:
    """Return the hidden counts that only one value fits, and how many were looked at."""
    fitting: dict[frozenset[str], dict[tuple, list[dict[str, int]]]] = {}
    faults, checked = [], 0
    for shown, true in pages:
        names = frozenset(name for name, n in shown.items() if n is not None)
        if names not in fitting:
            groups = fitting.setdefault(names, {})
            for world in population:
                groups.setdefault(tuple(world[name] for name in sorted(names)), []).append(world)
        same = fitting[names][tuple(true[name] for name in sorted(names))]
        for name in shown.keys() - names:
            checked += 1
            if true[name] and len({world[name] for world in same}) == 1:
                faults.append(f"{name} is {true[name]}: {sorted(names)}")
    return faults, checked


def test_a_small_count_does_not_stay_alone() -> None:
    """With one hidden part a second one goes, so that the total gives neither away."""
    members = [(Cell.FOUND,)] * 3 + [(Cell.NOTHING_FOUND,)] * 20 + [(Cell.NOT_SEARCHED,)] * 9
    shown = results(members, {}, months=(6,))
    (window,) = shown.windows
    assert window.cells[Cell.FOUND] is None
    assert window.cells[Cell.NOTHING_FOUND] is None
    assert window.sums[Sum.BELOW_THE_LINE] == 23
    assert window.cells[Cell.NOT_SEARCHED] == 9
    assert (window.share, window.limits) == (None, None)


def test_another_window_does_not_give_a_count_away() -> None:
    """Nobody was ever searched: the same nine stand in both windows, so both are hidden or none."""
    members = [(Cell.NOT_SEARCHED,) * 2] * 9 + [(Cell.CANNOT_BE_SEARCHED,) * 2] * 2
    shown = results(members, {})
    for window in shown.windows:
        assert window.cells[Cell.CANNOT_BE_SEARCHED] is None
        assert window.cells[Cell.NOT_SEARCHED] is None
    assert shown.cohort == 11


def test_a_few_left_out_do_not_cost_the_cohort() -> None:
    """How many were looked at goes instead, since by it they could be got."""
    members = [(Cell.FOUND,)] * 9 + [(Cell.NOTHING_FOUND,)] * 30
    shown = results(members, {LeftOut.STILL_OPEN: 2}, months=(6,))
    assert shown.considered is shown.left_out[LeftOut.STILL_OPEN] is None
    assert shown.cohort == 39
    assert shown.windows[0].share == 9 / 39


def test_hidden_parts_of_a_cohort_are_not_few_together() -> None:
    """Three people in two hidden counts would be three people told of; a larger count goes too."""
    members = [(Cell.FOUND,)] * 9 + [(Cell.NOTHING_FOUND,)] * 30 + [(Cell.NOT_OVER,)] * 7
    members += [(Cell.NOT_SEARCHED,)] * 2 + [(Cell.CANNOT_BE_SEARCHED,)]
    (window,) = results(members, {}, months=(6,)).windows
    assert window.cells[Cell.NOT_SEARCHED] is window.cells[Cell.CANNOT_BE_SEARCHED] is None
    assert window.cells[Cell.NOT_OVER] is None
    assert window.share == 9 / 39


def test_everybody_is_told_of_nobody() -> None:
    """Where each of eight has a later offence the count would tell of every one of them."""
    shown = results([(Cell.FOUND,)] * 8 + [(Cell.NOT_OVER,)] * 9, {}, months=(6,))
    (window,) = shown.windows
    assert window.cells[Cell.FOUND] is None
    assert window.cells[Cell.NOTHING_FOUND] is None
    assert window.sums[Sum.BELOW_THE_LINE] == 8
    assert window.share is None


def test_a_large_court_has_nothing_to_hide() -> None:
    """Large counts and noughts stand as they are, with their share."""
    members = [(Cell.FOUND, Cell.FOUND)] * 10 + [(Cell.NOTHING_FOUND, Cell.FOUND)] * 10
    members += [(Cell.NOTHING_FOUND, Cell.NOTHING_FOUND)] * 30
    shown = results(members, {LeftOut.STILL_OPEN: 7})
    assert not shown.hidden
    assert [window.share for window in shown.windows] == [0.2, 0.4]


def test_hiding_too_little_would_be_noticed() -> None:
    """The look at all populations finds a count that was hidden alone."""
    rule = Denominator.SEARCHED
    three = combinations_with_replacement(WAYS[2], 3)
    population = [true_numbers(members, {}, rule, (6, 12)) for members in three]
    true = true_numbers([(Cell.FOUND,) * 2, *[(Cell.NOTHING_FOUND,) * 2] * 2], {}, rule, (6, 12))
    careless = {name: None if 0 < n < 2 else n for name, n in true.items()}
    assert len(forced([(careless, true)], population)[0]) == 4


def test_nothing_hidden_where_nothing_is_small() -> None:
    """The rule by itself, on counts of any kind."""
    order, group = ["a", "b", "all"], Group(total="all", in_turn=["b", "a"])
    people = {frozenset({"a", "all"}): 6, frozenset({"b", "all"}): 7}
    assert hidden_counts(people, list(people), order=order, groups=[group]) == frozenset()
    fewer = {frozenset({"a", "all"}): 3, frozenset({"b", "all"}): 7}
    assert hidden_counts(fewer, list(people), order=order, groups=[group]) == {"a", "b"}


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WAYS[3]), max_size=80))
def test_the_order_of_people_does_not_matter(members) -> None:
    """The page is the same however the rows come."""
    one = results(members, {}, months=(6, 12, 24))
    assert one == results(sorted(members, reverse=True), {}, months=(6, 12, 24))
