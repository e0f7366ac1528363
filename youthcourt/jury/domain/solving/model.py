"""A draw as a mixed-integer program: what its columns mean, and what to minimise for each goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from youthcourt.jury.domain.goals import LEAST, Goal
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.highs import Floats, Matrix

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """Jurors who are alike in a slot: their columns and the rooms open to them.

    ``numbers`` are the columns that count how many go to which room, none where there is one.
    """

    columns: tuple[int, ...]
    rooms: tuple[int, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Model:
    """The program with the meaning of its columns.

    ``seats`` are the pairs of juror and slot in the order of the first columns.  ``goals`` hold
    the columns that count for each goal and how much; the greater the sum the better, but for
    those of which less is better.  ``fixed`` is what locked seats add to a goal's value.
    ``loads`` are rows (above, below) with the juror's load that is given.  ``classes`` say where
    the jurors of a slot may go, ``sizes`` holds the column of each room.  ``derived`` are the
    columns that follow from the others, as far up (``most``) or down as their rows let them,
    in the order in which they follow.  ``two_a_day``: somebody could have two seats on one day.
    """

    matrix: Matrix
    seats: tuple[Pair, ...]
    goals: dict[Goal, dict[int, float]]
    fixed: dict[Goal, int]
    loads: tuple[tuple[int, int, int], ...]
    classes: tuple[Kin, ...]
    sizes: dict[int, int]
    derived: tuple[tuple[int, ...], ...]
    two_a_day: bool

    def cost(self, goal: Goal) -> Floats:
        """Return what to minimise for a goal."""
        cost = np.zeros(len(self.matrix.lower))
        terms = self.goals[goal]
        sign = 1.0 if goal in LEAST else -1.0
        cost[list(terms)] = [sign * value for value in terms.values()]
        return cost

    def with_band(self, low: int, high: int) -> Model:
        """Return the program that counts loads outside these two as such."""
        lower = self.matrix.row_lower.copy()
        for over, under, load in self.loads:
            lower[over], lower[under] = load - high, low - load
        return replace(self, matrix=replace(self.matrix, row_lower=lower))

    def with_lots(self, lots: Sequence[int]) -> Model:
        """Return the program whose lottery weighs each seat by its lot."""
        return replace(self, goals={**self.goals, Goal.LOTTERY: dict(enumerate(lots))})


def open_rooms(frame: Frame, eligibility: Eligibility, juror: int, slot: int) -> tuple[int, ...]:
    """Return the rooms of a slot a juror may be given, none where a locked seat is there."""
    rooms = frame.slots[slot].rooms
    if any(room in rooms for room in frame.locked_rooms[juror]):
        return ()
    return tuple(room for room in rooms if not eligibility.barred[juror, room])


def all_pairs(frame: Frame, eligibility: Eligibility) -> list[Pair]:
    """Return every pair of juror and slot with a room open."""
    found: list[Pair] = []
    taken = {(j, frame.slot_of[room]) for j, room in frame.locked}
    for slot, each in enumerate(frame.slots):
        able = (eligibility.barred[:, np.array(each.rooms)] == 0).any(axis=1)
        found += [(int(j), slot) for j in np.flatnonzero(able) if (int(j), slot) not in taken]
    return sorted(found)
