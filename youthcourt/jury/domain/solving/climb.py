"""One goal after the other: each solved, proven where it can be, and then never given up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from youthcourt.jury.domain.goals import LEAST, Goal, GoalResult
from youthcourt.jury.domain.solving.bounds import Alone
from youthcourt.jury.domain.solving.build import INFINITE
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.highs import Floats, Outcome, Program
from youthcourt.jury.domain.solving.model import Model
from youthcourt.jury.domain.solving.panels import TOLERANCE, Reading
from youthcourt.jury.domain.solving.score import Score

ONE = 1 - 1e-3  # goals count whole things: what is better is better by one at least
_LOTS = 1 << 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much work a draw may be: never seconds, so that every machine gives the same draw.

    ``nodes`` and ``lottery_nodes`` for each goal.  With more than ``whole`` pairs of juror and
    session only what is owed is solved, and the rest is filled and made better in place: twice
    ``sweeps`` over all jurors, and ``rounds`` of chains of at most ``chain`` moves.  A repair frees
    ``freed`` sessions at most.
    """

    nodes: int = 2_000
    lottery_nodes: int = 50
    whole: int = 1_500
    rounds: int = 2
    sweeps: int = 12
    chain: int = 3
    freed: int = 8


class Climb:
    """A draw on its way up: the program, the best columns so far, and what they reach."""

    def __init__(
        self,
        frame: Frame,
        model: Model,
        score: Score,
        start: Sequence[Sequence[int]],
        *,
        limits: Limits,
        seed: int,
    ) -> None:
        self.limits, self.seed = limits, seed
        self.frame, self.model, self.score = frame, model, score
        self.program = Program(model.matrix)
        self.reading = Reading(model, frame.locked_in)
        self.values = self.reading.values(start)
        self.results: list[GoalResult] = []
        self.statuses: list[str] = []

    def panels(self) -> list[list[int]]:
        """Return the panels of the best columns."""
        return self.reading.panels(self.values)

    def pursue(self, goal: Goal, alone: int | None) -> None:
        """Do the best for a goal within the limits and keep what was reached.

        ``alone`` is a bound known before.
        """
        value, bound = self.reached(goal), alone
        result = GoalResult(goal=goal, value=value, bound=bound)
        if not result.proven and np.any(self.model.cost(goal)):
            nodes = self.limits.lottery_nodes if goal is Goal.LOTTERY else self.limits.nodes
            outcome = self._solve(goal, bound, nodes)
            if outcome.bound is not None:
                bound = _tighter(goal, bound, self._bound(goal, outcome.bound))
            result = GoalResult(goal=goal, value=self.reached(goal), bound=bound)
        self.results.append(result)
        cost = self.model.cost(goal)
        if goal is not Goal.LOTTERY and np.any(cost):
            self.program.keep(cost, at_most=float(cost @ self.values))

    def reached(self, goal: Goal) -> int:
        """Return the value of a goal, locked seats included."""
        return self.reading.reached(goal, self.values)

    def _solve(self, goal: Goal, bound: int | None, nodes: int) -> Outcome:
        cost = self.model.cost(goal)
        target = None if bound is None else self._cost_of(goal, bound)
        outcome = self.program.minimise(
            cost, start=self.values, nodes=nodes, gap=ONE, target=target
        )
        self.statuses.append(outcome.status)
        self._take(cost, outcome)
        return outcome

    def least(self, cost: Floats) -> float:
        """Do the best for any cost in whole numbers, keep it, and return what is proven."""
        outcome = self.program.minimise(
            cost, start=self.values, nodes=self.limits.nodes, gap=ONE, target=None
        )
        self.statuses.append(outcome.status)
        self._take(cost, outcome)
        self.program.keep(cost, at_most=float(cost @ self.values))
        return -INFINITE if outcome.bound is None else outcome.bound

    def _take(self, cost: Floats, outcome: Outcome) -> None:
        if outcome.values is not None:
            values = self.reading.complete(outcome.values)
            if cost @ values < cost @ self.values - TOLERANCE:
                self.values = values

    def _cost_of(self, goal: Goal, value: int) -> float:
        return (1 if goal in LEAST else -1) * float(value - self.model.fixed.get(goal, 0))

    def _bound(self, goal: Goal, cost: float) -> int:
        least = int(np.ceil(cost - TOLERANCE))
        return (1 if goal in LEAST else -1) * least + self.model.fixed.get(goal, 0)

    def in_band(self) -> tuple[int, int]:
        """Set the fair band around the mean load of the panels so far, and return it."""
        low, high = self.score.band(self.panels())
        self.model = self.model.with_band(low, high)
        for row, _, _ in self.model.loads:
            self.program.set_row(row, self.model.matrix.row_lower[row], np.inf)
        for _, row, _ in self.model.loads:
            self.program.set_row(row, self.model.matrix.row_lower[row], np.inf)
        self._read_again()
        return low, high

    def cast_lots(self) -> None:
        """Give every seat its lot."""
        numbers = [juror.draw_number for juror in self.frame.jurors]
        ids = [self.frame.sittings[slot.rooms[0]].id for slot in self.frame.slots]
        lots = [_lot(self.seed, numbers[juror], str(ids[slot])) for juror, slot in self.model.seats]
        self.model = self.model.with_lots(lots)
        self._read_again()

    def _read_again(self) -> None:
        self.reading = Reading(self.model, self.frame.locked_in)
        self.values = self.reading.complete(self.values)


def climb(climbing: Climb, alone: Alone) -> tuple[int, int]:
    """Pursue every goal in its order and return the band of fair load."""
    bounds: dict[Goal, int | None] = dict(alone.bounds())
    band = (0, 0)
    for goal in Goal:
        if not wanted(climbing.frame, goal):
            continue
        if goal is Goal.NEAREST:
            bounds[goal] = alone.nearest(climbing.reached(Goal.IN_TIME))
        if goal is Goal.LOAD:
            band = climbing.in_band()
            bounds[goal] = _load_bound(climbing, alone, band)
        if goal is Goal.LOTTERY:
            climbing.cast_lots()
        climbing.pursue(goal, bounds.get(goal))
    return band


def _load_bound(climbing: Climb, alone: Alone, band: tuple[int, int]) -> int:
    """Return the bound of the load; the number of seats is settled where two goals are proven."""
    frame, panels = climbing.frame, climbing.panels()
    settled = all(r.proven for r in climbing.results if r.goal in {Goal.TARGET, Goal.BEYOND})
    loads = climbing.score.loads(climbing.score.days(frame.locked_in))
    settled = settled and not climbing.model.two_a_day
    seats = Alone.seats(panels, frame) if settled else None
    return alone.load(seats, loads, band)


def wanted(frame: Frame, goal: Goal) -> bool:
    """Return whether the court's rules, or the input, ask for a goal."""
    rules = frame.given.rules
    if goal is Goal.EXPERIENCE:
        return rules.foreperson
    if goal is Goal.MIX:
        return rules.most_of_one_school is not None or rules.most_of_one_age is not None
    if goal is Goal.STABILITY:
        return bool(frame.announced)
    return True


def _tighter(goal: Goal, one: int | None, other: int) -> int:
    if one is None:
        return other
    return max(one, other) if goal in LEAST else min(one, other)


def _lot(seed: int, number: int, slot: str) -> int:
    digest = hashlib.sha256(f"{seed}:{number}:{slot}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "big") % _LOTS
