"""Which counts of a page are hidden, so that none of them can be got from the others.

A count is hidden when it is small.  With it others are hidden until each hidden count has a
witness: a person who could be counted otherwise, or not at all, without any shown count being
different.  Then
the page fits two populations, and nobody can tell which of the two it is about.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
"""Smaller counts than this are hidden (NCJJ; domain practice for internal use)."""

Count = TypeVar("Count", bound=Hashable)
Profile = frozenset[Count]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group(Generic[Count]):
    """Counts that sum to a total, in the turn in which more of them are hidden.

    Where the total is missed least it stands there first itself.
    """

    total: Count
    in_turn: Sequence[Count]


def counts_of(people: Mapping[Profile[Count], int]) -> dict[Count, int]:
    """Return every count of a population, given how many persons are counted alike."""
    counts: dict[Count, int] = {}
    for profile, number in people.items():
        for one in profile:
            counts[one] = counts.get(one, 0) + number
    return counts


def hidden_counts(
    people: Mapping[Profile[Count], int],
    possible: Collection[Profile[Count]],
    *,
    order: Sequence[Count],
    groups: Iterable[Group[Count]] = (),
    telling: Collection[Count] = (),
    least: int = LEAST,
) -> frozenset[Count]:
    """Return the counts to hide.

    ``possible`` are all the ways in which a person can be counted, ``order`` is the order of the
    counts on the page; ``telling`` are counts to hide whatever their size.  What is hidden of a
    group sums to at least ``least``, or is all of it, or its total is hidden too.  The answer
    depends on nothing but these.
    """
    place = {one: number for number, one in enumerate(order)}
    counts = counts_of(people)
    value = [counts.get(one, 0) for one in order]
    moves = _moves(people, possible, place)
    hidden = sum(1 << n for n, number in enumerate(value) if 0 < number < least)
    for one in telling:
        hidden |= 1 << place[one]
    bundles = [(place[group.total], [place[one] for one in group.in_turn]) for group in groups]
    while True:
        wider = _with_witnesses(hidden, moves, value)
        wider = _with_mass(wider, bundles, value, least)
        if wider == hidden:
            return frozenset(one for one in order if hidden >> place[one] & 1)
        hidden = wider


def _moves(
    people: Mapping[Profile[Count], int],
    possible: Collection[Profile[Count]],
    place: Mapping[Count, int],
) -> tuple[int, ...]:
    """Return each set of counts that change when one person is counted otherwise, or not at all."""
    ways = {0, *(sum(1 << place[one] for one in profile) for profile in possible)}
    taken = {0, *(sum(1 << place[one] for one in profile) for profile, n in people.items() if n)}
    return tuple(sorted({mine ^ other for mine in taken for other in ways if mine != other}))


def _with_witnesses(hidden: int, moves: Sequence[int], value: Sequence[int]) -> int:
    """Hide the least that gives each hidden count a move among hidden counts alone."""
    safe = _union(move for move in moves if not move & ~hidden)
    while hidden & ~safe:
        lowest = hidden & ~safe
        lowest &= -lowest
        about = [move for move in moves if move & lowest]
        if not about:
            safe |= lowest  # nobody could be counted here: it is nought whatever the page shows
            continue
        hidden |= min(about, key=lambda move: (*_cost(move & ~hidden, value), move))
        safe |= _union(move for move in moves if not move & ~hidden)
    return hidden


def _union(moves: Iterable[int]) -> int:
    found = 0
    for move in moves:
        found |= move
    return found


def _cost(added: int, value: Sequence[int]) -> tuple[int, int]:
    """Return how many more counts are lost, and how much they tell."""
    places = [n for n in range(added.bit_length()) if added >> n & 1]
    return len(places), sum(value[n] for n in places)


def _with_mass(
    hidden: int, bundles: Sequence[tuple[int, Sequence[int]]], value: Sequence[int], least: int
) -> int:
    """Hide more of a group whose hidden counts sum to less than ``least``."""
    for total, bundle in bundles:
        while not hidden >> total & 1:
            inside = [n for n in bundle if hidden >> n & 1]
            shown = [n for n in bundle if not hidden >> n & 1 and value[n]]
            if not inside or not shown or sum(value[n] for n in inside) >= least:
                break
            hidden |= 1 << shown[0]
    return hidden
