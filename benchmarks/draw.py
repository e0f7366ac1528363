"""The draw beside a greedy draw and a lottery, and beside the figures it must meet.

``python -m benchmarks.draw court|city|state|repair [--seeds N] [--courts N] [--folder DIR]``
makes instances (or reads the JSON files of a folder, see docs/instances.md) and prints a line
for each way of drawing: seats to quorum and to target, owed sessions served in time, load
spread, seconds, hard rules broken, and what is proven.  Seconds are those of the wall and, since
machines are shared, of the processor.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.instances import court, seats_of
from youthcourt.jury.domain import Draw, DrawInput, check_seats
from youthcourt.jury.domain.goals import LEAST, Goal, GoalResult
from youthcourt.jury.domain.instance import read_instance, write_instance
from youthcourt.jury.domain.solving import solve_draw
from youthcourt.jury.domain.solving.eligibility import eligibility_of
from youthcourt.jury.domain.solving.first import First
from youthcourt.jury.domain.solving.frame import Frame, frame_of
from youthcourt.jury.domain.solving.highs import Program
from youthcourt.jury.domain.solving.making import model_of
from youthcourt.jury.domain.solving.model import all_pairs
from youthcourt.jury.domain.solving.repair import repair_draw
from youthcourt.jury.domain.solving.score import Score
from youthcourt.jury.domain.solving.table import Table

STATE_COURTS, STATE_JURORS, STATE_SESSIONS = 120, 20_000, 6_000
ORDERING = {Goal.NEAREST, Goal.LOTTERY}  # these say who goes first, they count no seats
WEIGHTS = {
    Goal.QUORUM: 1e6,
    Goal.IN_TIME: 1e5,
    Goal.TARGET: 1e4,
    Goal.BEYOND: 1e3,
    Goal.EXPERIENCE: 1e3,
    Goal.LOAD: 1e1,
    Goal.MIX: 1e0,
}
HEAD = (
    f"{'':26}{'quorum':>12}{'target':>12}{'owed':>9}{'spread':>7}{'wall':>8}{'cpu':>8}{'broken':>7}"
)


class Watch:
    """Seconds of the wall and of the processor since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return both."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


# -- other ways to draw ----------------------------------------------------------------------


def greedy(frame: Frame, seed: int) -> list[list[int]]:
    """Return the breadth-first answer the solver starts from."""
    return First(frame, eligibility_of(frame), seed).panels()


def lottery(frame: Frame, seed: int) -> list[list[int]]:
    """Return panels drawn at random, one session after the other, rules kept."""
    dice = random.Random(seed)
    table = Table(frame, eligibility_of(frame))
    for room, sitting in enumerate(frame.sittings):
        people = [int(j) for j in table.candidates(room)]
        dice.shuffle(people)
        for juror in people:
            if len(table.panels[room]) < sitting.target:
                table.seat(juror, room)
    return table.panels


def bare(given: DrawInput) -> tuple[float, float]:
    """Return the seconds of one plain weighted solve of the same model, the model not counted."""
    frame = frame_of(given)
    eligibility = eligibility_of(frame)
    model = model_of(frame, eligibility, all_pairs(frame, eligibility))
    score = Score(frame, eligibility)
    model = model.with_band(*score.band(First(frame, eligibility, 1).panels()))
    cost = np.sum([weight * model.cost(goal) for goal, weight in WEIGHTS.items()], axis=0)
    watch = Watch()
    Program(model.matrix).minimise(cost, start=None, nodes=10**6, gap=1e-6, target=None)
    return watch.read()


# -- one line ----------------------------------------------------------------------------------


def line(name: str, given: DrawInput, panels: list[list[int]], seconds: tuple[float, float]) -> str:
    """Return what panels reach."""
    frame = frame_of(given)
    score = Score(frame, eligibility_of(frame))
    values = score.of(panels, (0, 0))
    quorum, target = (sum(getattr(s, n) for s in given.sittings) for n in ("quorum", "target"))
    seats = seats_of(frame, panels)
    broken = check_seats(seats, sittings=given.sittings, jurors=given.jurors, rules=given.rules)
    return (
        f"{name:26}{f'{values[Goal.QUORUM]}/{quorum}':>12}{f'{values[Goal.TARGET]}/{target}':>12}"
        f"{values[Goal.IN_TIME]:9}{score.spread(panels):7}"
        f"{seconds[0]:8.2f}{seconds[1]:8.2f}{len(broken):7}"
    )


def panels_of(given: DrawInput, draw: Draw) -> list[list[int]]:
    """Return a draw's panels by index."""
    frame = frame_of(given)
    panels: list[list[int]] = [[] for _ in frame.sittings]
    for seat in draw.seats:
        panels[frame.room_of[seat.sitting_id]].append(frame.index_of[seat.person_id])
    return panels


def gap(results: Iterable[GoalResult]) -> float:
    """Return how far all goals together lie from their bounds, as a share of what they reach."""
    lost = total = 0
    for result in results:
        if result.goal in ORDERING or result.bound is None:
            continue
        lost += abs(result.value - result.bound)
        total += result.bound if result.goal not in LEAST else result.value
    return lost / max(1, total)


def told(draw: Draw) -> str:
    """Return what is proven and what is not."""
    open_goals = [
        f"{r.goal.value} {r.value} (bound {r.bound})"
        for r in draw.reached
        if not r.proven and r.goal is not Goal.LOTTERY
    ]
    return f"  {draw.label}, gap {gap(draw.reached):.2%}" + "".join(
        f"; {one}" for one in open_goals
    )


def all_ways(name: str, given: DrawInput) -> tuple[Draw, tuple[float, float]]:
    """Print our draw, the greedy one and the lottery, and return ours with its seconds."""
    print(f"{name}: {len(given.jurors)} jurors, {len(given.sittings)} sittings\n{HEAD}")
    for other, way in (("lottery", lottery), ("greedy", greedy)):
        watch = Watch()
        panels = way(frame_of(given), 1)
        print(line(other, given, panels, watch.read()))
    watch = Watch()
    draw = solve_draw(given, seed=1)
    seconds = watch.read()
    print(line("ours", given, panels_of(given, draw), seconds))
    print(told(draw), flush=True)
    return draw, seconds


# -- the three sizes and the repair --------------------------------------------------------------


def against(what: str, value: float, limit: float, unit: str = "s") -> None:
    """Print a figure beside its limit with the ratio."""
    print(f"{what}: {value:.3g} {unit}, limit {limit:.3g} {unit}, ratio {value / limit:.2f}")


def run_court(instances: list[tuple[str, DrawInput]]) -> None:
    """Run a court's term: proven optimal in under 0.5 s and 5 bare solves."""
    ours, ratios, proven = [], [], 0
    for name, given in instances:
        draw, seconds = all_ways(name, given)
        plain = bare(given)
        print(f"  one plain weighted solve: {plain[0]:.2f} s wall, {plain[1]:.2f} s cpu")
        proven += draw.label == "optimal"
        ours.append(seconds[1])
        ratios.append(seconds[1] / plain[1])
    print(f"proven optimal: {proven} of {len(instances)}")
    against("median seconds (cpu)", statistics.median(ours), 0.5)
    against("median of ours / plain solve", statistics.median(ratios), 5, "times")


def run_city(instances: list[tuple[str, DrawInput]]) -> None:
    """Run a city: the owed goal proven, the total within 1 % of what is proven, under 15 s."""
    for name, given in instances:
        draw, seconds = all_ways(name, given)
        owed = next(r for r in draw.reached if r.goal is Goal.IN_TIME)
        print(f"owed goal proven: {owed.proven}")
        against("gap to the proven bounds", 100 * gap(draw.reached), 1, "%")
        against("seconds (cpu)", seconds[1], 15)


def one_court(size: tuple[int, int, int]) -> tuple[float, float, int, str]:
    """Return the gap, the seconds of the processor, the rules broken and the label of a court."""
    jurors, sessions, seed = size
    given = court(jurors=jurors, sessions=sessions, seed=seed)
    watch = Watch()
    draw = solve_draw(given, seed=1)
    seconds = watch.read()[1]
    broken = check_seats(
        draw.seats, sittings=given.sittings, jurors=given.jurors, rules=given.rules
    )
    return gap(draw.reached), seconds, len(broken), draw.label.value


def state_sizes(seed: int) -> list[tuple[int, int, int]]:
    """Return jurors, sessions and seed of 120 courts, few of them large."""
    dice = random.Random(seed)
    shares = [dice.lognormvariate(0, 0.6) for _ in range(STATE_COURTS)]
    scale = STATE_JURORS / sum(shares)
    each = [max(20, round(share * scale)) for share in shares]
    return [
        (n, max(6, round(n * STATE_SESSIONS / STATE_JURORS)), number)
        for number, n in enumerate(each)
    ]


def run_state(courts: int, workers: int) -> None:
    """Run a state: each court is its own instance; mean within 1.5 %, under 5 minutes in all."""
    sizes = state_sizes(1)[:courts]
    watch = Watch()
    with ProcessPoolExecutor(workers) as pool:
        done = list(pool.map(one_court, sizes))
    wall, cpu = watch.read()[0], sum(seconds for _, seconds, _, _ in done)
    print(
        f"{courts} courts, {sum(n for n, _, _ in sizes)} jurors, "
        f"{sum(s for _, s, _ in sizes)} sessions; {wall:.0f} s wall with {workers} processes; "
        f"hard rules broken: {sum(broken for _, _, broken, _ in done)}; "
        f"proven optimal: {sum(label == 'optimal' for *_, label in done)}"
    )
    against("mean gap", 100 * statistics.mean(each for each, *_ in done), 1.5, "%")
    share = 300 * courts / STATE_COURTS
    against("seconds (cpu over processes)", cpu / workers, share)


def run_repair(instances: list[tuple[str, DrawInput]], times: int) -> None:
    """Run repairs: under 1 s, the proven minimum of changes in 95 % of cases."""
    for name, given in instances:
        draw = solve_draw(given, seed=1)
        dice = random.Random(1)
        cpu, proven, broken, changes, missing = [], 0, 0, [], 0
        for _ in range(times):
            gone = dice.choice(draw.seats)
            watch = Watch()
            repair = repair_draw(
                given, seats=draw.seats, dropped=[(gone.person_id, gone.sitting_id)], seed=1
            )
            cpu.append(watch.read()[1])
            proven += repair.proven
            missing += repair.missing
            changes.append(repair.changes)
            broken += len(
                check_seats(
                    repair.seats, sittings=given.sittings, jurors=given.jurors, rules=given.rules
                )
            )
        print(
            f"{name}: {times} drop-outs, changes {statistics.mean(changes):.1f} on average, "
            f"{missing} seats not filled, hard rules broken {broken}"
        )
        against("median seconds (cpu)", statistics.median(cpu), 1)
        against("slowest (cpu)", max(cpu), 1)
        print(f"least changes proven: {proven / times:.0%}, limit 95%")


def instances_of(
    folder: Path | None, jurors: int, sessions: int, seeds: int
) -> list[tuple[str, DrawInput]]:
    """Return the files of a folder, or courts made up."""
    if folder is not None:
        return [
            (path.name, read_instance(path.read_text(encoding="utf-8")).given)
            for path in sorted(folder.glob("*.json"))
        ]
    return [
        (f"seed {seed}", court(jurors=jurors, sessions=sessions, seed=seed))
        for seed in range(seeds)
    ]


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=["court", "city", "state", "repair", "write"])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--courts", type=int, default=STATE_COURTS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jurors", type=int)
    parser.add_argument("--sessions", type=int)
    asked = parser.parse_args()
    city = asked.size in {"city", "repair"}
    jurors, sessions = (
        asked.jurors or (400 if city else 40),
        asked.sessions or (150 if city else 12),
    )
    if asked.size == "state":
        run_state(asked.courts, asked.workers)
        return
    if asked.size == "write":
        for name, given in instances_of(None, jurors, sessions, asked.seeds):
            path = (asked.folder or Path()) / f"{jurors}x{sessions}-{name.replace(' ', '-')}.json"
            path.write_text(write_instance(given), encoding="utf-8")
        return
    instances = instances_of(asked.folder, jurors, sessions, asked.seeds)
    if asked.size == "court":
        run_court(instances)
    elif asked.size == "city":
        run_city(instances)
    else:
        run_repair(instances, 20)


if __name__ == "__main__":
    main()
