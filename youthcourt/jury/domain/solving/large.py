"""A draw too large to solve whole: what is owed is solved, the rest filled and improved in place.

The bounds are those of each juror and each room alone, and for what is owed that of a program of
those who owe: whoever else sits, they could serve no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from youthcourt.jury.domain.goals import Goal, GoalResult
from youthcourt.jury.domain.solving.answer import Found, found_of
from youthcourt.jury.domain.solving.bounds import Alone
from youthcourt.jury.domain.solving.chains import Chains
from youthcourt.jury.domain.solving.climb import Climb, Limits, wanted
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.first import First
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.making import model_of
from youthcourt.jury.domain.solving.model import Pair
from youthcourt.jury.domain.solving.packing import Packing
from youthcourt.jury.domain.solving.score import Score
from youthcourt.jury.domain.solving.settle import Settling
from youthcourt.jury.domain.solving.table import table_of


def large_draw(
    frame: Frame, eligibility: Eligibility, pairs: Sequence[Pair], *, seed: int, limits: Limits
) -> Found:
    """Return good panels, every goal beside a bound; the same for the same input and seed."""
    score, alone = Score(frame, eligibility), Alone(frame, eligibility)
    owed = _owed(frame, eligibility, score, alone, pairs, seed=seed, limits=limits)
    locked = frame.locked
    seats = [
        (juror, room)
        for room, panel in enumerate(owed.panels())
        for juror in panel
        if (juror, room) not in locked
    ]
    panels = First(frame, eligibility, seed).panels(seats)
    settling = Settling(frame, eligibility, score)
    table = table_of(frame, eligibility, settling.settle(panels))
    chains = Chains(frame, table, score, rounds=limits.rounds, longest=limits.chain)
    packing = Packing(table, score, seed=seed)
    packing.pack(limits.sweeps)
    chains.fill()
    packing.pack(limits.sweeps)
    chains.fill()
    band = chains.improve()
    panels = settling.settle(table.panels)
    values = score.of(panels, band)
    bounds = _bounds(frame, score, alone, owed, values, panels, band)
    known = [
        GoalResult(goal=goal, value=values.get(goal, 0), bound=bounds.get(goal))
        for goal in Goal
        if wanted(frame, goal) and goal is not Goal.LOTTERY
    ]
    return found_of(score, panels, band, known)


def _owed(
    frame: Frame,
    eligibility: Eligibility,
    score: Score,
    alone: Alone,
    pairs: Sequence[Pair],
    *,
    seed: int,
    limits: Limits,
) -> Climb:
    """Return the best for what is owed in time if nobody else sat."""
    last = [dues[-1][0] if dues else 0 for dues in frame.dues]
    for group in frame.groups:
        for juror in group:
            last[juror] = max(last[other] for other in group)
    mine = [(j, slot) for j, slot in pairs if frame.slots[slot].day <= last[j]]
    model = model_of(frame, eligibility, mine, mixed=False)
    climbing = Climb(frame, model, score, frame.locked_in, limits=limits, seed=seed)
    climbing.pursue(Goal.IN_TIME, sum(alone.served))
    climbing.pursue(Goal.NEAREST, alone.nearest(climbing.reached(Goal.IN_TIME)))
    climbing.pursue(Goal.BEYOND, 0)
    return climbing


def _bounds(
    frame: Frame,
    score: Score,
    alone: Alone,
    owed: Climb,
    values: Mapping[Goal, int],
    panels: Sequence[Sequence[int]],
    band: tuple[int, int],
) -> dict[Goal, int | None]:
    bounds: dict[Goal, int | None] = dict(alone.bounds())
    for result in owed.results:
        if result.goal is Goal.IN_TIME:
            bounds[Goal.IN_TIME] = result.bound
        if result.goal is Goal.NEAREST and values[Goal.IN_TIME] == owed.reached(Goal.IN_TIME):
            bounds[Goal.NEAREST] = result.bound
    bounds.setdefault(Goal.NEAREST, alone.nearest(values[Goal.IN_TIME]))
    given = sum(map(len, panels)) - len(frame.locked)
    more = _open_end(bounds[Goal.TARGET], values[Goal.TARGET])
    loads = score.loads(score.days(frame.locked_in))
    some = [None] if owed.model.two_a_day else range(given - values[Goal.BEYOND], given + more + 1)
    bounds[Goal.LOAD] = min(alone.load(seats, loads, band) for seats in some)
    return bounds


def _open_end(bound: int | None, value: int) -> int:
    """Return by how much a goal might yet be surpassed."""
    return 0 if bound is None else max(0, bound - value)
