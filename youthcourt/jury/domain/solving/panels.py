"""Between panels and the columns of a program, both ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from youthcourt.jury.domain.goals import LEAST, Goal
from youthcourt.jury.domain.solving.eligibility import Truths
from youthcourt.jury.domain.solving.frame import Ints
from youthcourt.jury.domain.solving.highs import Floats
from youthcourt.jury.domain.solving.model import Model

HALF = 0.5
TOLERANCE = 1e-6

Step = tuple[Ints, Ints, Ints, Truths]


class Reading:
    """One program's columns as panels; panels hold the locked jurors, too."""

    def __init__(self, model: Model, locked_in: Sequence[Sequence[int]]) -> None:
        self.model, self.locked_in = model, locked_in
        matrix = model.matrix
        self._row_of = np.repeat(np.arange(len(matrix.row_lower)), np.diff(matrix.starts))
        self._steps = [self._step(columns) for columns in model.derived]

    def panels(self, values: Floats) -> list[list[int]]:
        """Return who sits where; who of a class goes to which room follows draw numbers."""
        found = [list(locked) for locked in self.locked_in]
        for kin in self.model.classes:
            here = [self.model.seats[c][0] for c in kin.columns if values[c] > HALF]
            if not kin.numbers:
                found[kin.rooms[0]] += here
                continue
            for room, number in zip(kin.rooms, kin.numbers, strict=True):
                count = round(values[number])
                found[room] += here[:count]
                here = here[count:]
        return [sorted(panel) for panel in found]

    def values(self, panels: Sequence[Sequence[int]]) -> Floats:
        """Return the columns of panels over seats the program has."""
        values = np.zeros(len(self.model.matrix.lower))
        where = [set(panel) for panel in panels]
        for kin in self.model.classes:
            for column in kin.columns:
                juror = self.model.seats[column][0]
                for place, room in enumerate(kin.rooms):
                    if juror in where[room]:
                        values[column] = 1
                        if kin.numbers:
                            values[kin.numbers[place]] += 1
        for room, column in self.model.sizes.items():
            values[column] = len(panels[room])
        return self.complete(values)

    def complete(self, values: Floats) -> Floats:
        """Return the columns with those that follow from the others put right.

        The solver may hand back a start with these as they were, and a better objective.
        """
        values = np.round(values)
        for columns, entries, rows, least in self._steps:
            values[columns] = 0
            products = self.model.matrix.values * values[self.model.matrix.places]
            activity = np.bincount(self._row_of, products, len(self.model.matrix.row_lower))
            weights = self.model.matrix.values[entries]
            own = self.model.matrix.places[entries]
            slack = (self.model.matrix.row_lower[rows] - activity[rows]) / weights
            highest = self.model.matrix.upper.copy()
            np.minimum.at(highest, own[~least], slack[~least])
            lowest = self.model.matrix.lower.copy()
            np.maximum.at(lowest, own[least], slack[least])
            best = np.where(np.isinf(self.model.matrix.upper), lowest, highest)
            values[columns] = np.floor(best[columns] + TOLERANCE)
        return values

    def _step(self, columns: Sequence[int]) -> Step:
        """Return the columns, their entries, the rows of these, and which go as low as they may."""
        matrix = self.model.matrix
        wanted = np.zeros(len(matrix.lower), dtype=bool)
        wanted[list(columns)] = True
        counts = np.isfinite(matrix.row_lower)
        for later in self.model.derived[self.model.derived.index(tuple(columns)) + 1 :]:
            after = np.zeros(len(matrix.lower), dtype=bool)
            after[list(later)] = True
            counts[self._row_of[after[matrix.places]]] = False
        entries = np.flatnonzero(wanted[matrix.places] & counts[self._row_of])
        # A row holds a column up or down, by its sign; only one of the two is what it follows.
        falls = np.isinf(matrix.upper[matrix.places[entries]])
        follows = falls == (matrix.values[entries] > 0)
        entries, falls = entries[follows], falls[follows]
        return np.array(columns, dtype=np.int64), entries, self._row_of[entries], falls

    def reached(self, goal: Goal, values: Floats) -> int:
        """Return what columns reach of a goal, locked seats included."""
        sign = 1 if goal in LEAST else -1
        return sign * round(float(self.model.cost(goal) @ values)) + self.model.fixed.get(goal, 0)
