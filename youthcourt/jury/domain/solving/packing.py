"""One juror's seats chosen anew among those that are empty or were theirs, as well as can be.

Under caps and rest a few seats in the wrong place block a whole schedule.  Nothing is lost by
choosing all of somebody's seats anew, since the old ones are among the choices; equal choices
are made at random, so that the empty seats wander until a schedule has room for them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from youthcourt.jury.domain.solving.eligibility import Truths
from youthcourt.jury.domain.solving.score import Score
from youthcourt.jury.domain.solving.table import Table

_QUORUM, _TARGET, _EXPERT, _MIX = 1000.0, 10.0, 3.0, 0.8
_CHANCE = 0.1  # below every whole step, all seats of a juror added up

Place = tuple[int, int, float]  # day, sitting, worth
State = tuple[int, ...]  # the days chosen within a window


class Packing:
    """Schedules over a table, of those who owe nothing and come alone."""

    def __init__(self, table: Table, score: Score, *, seed: int) -> None:
        self.table, self.score, self.frame = table, score, table.frame
        self.short: Truths = np.zeros(len(self.frame.sittings), dtype=bool)
        self.dice = np.random.Generator(np.random.PCG64(seed))
        tied = {juror for group in self.frame.groups for juror in group}
        self.jurors = [
            juror
            for juror in range(len(self.frame.jurors))
            if juror not in tied and not self.frame.dues[juror] and table.open[juror].any()
        ]

    def empty(self) -> int:
        """Return how many seats are missing to the targets."""
        panels = self.table.panels
        return sum(max(0, s.target - len(panels[r])) for r, s in enumerate(self.frame.sittings))

    def pack(self, sweeps: int) -> None:
        """Choose everybody's seats anew, one after the other, until no seat is empty."""
        sittings = self.frame.sittings
        self.short = np.array(
            [len(p) < s.target for p, s in zip(self.table.panels, sittings, strict=True)]
        )
        for _ in range(sweeps):
            if not self.empty():
                return
            for juror in self.dice.permutation(np.array(self.jurors, dtype=np.int64)):
                self._choose(int(juror))

    def _choose(self, juror: int) -> None:
        table, frame = self.table, self.frame
        before = list(table.rooms_of[juror])
        for room in before:
            table.panels[room].remove(juror)
        wanted = self._best(juror, self._places(juror, before))
        fits = all(table.has_room(juror, room) for room in wanted)
        for room in before:
            table.panels[room].append(juror)
        if fits and sorted(wanted) != sorted(before):
            table.reseat(juror, wanted)
            for room in (*before, *wanted):
                size = len(table.panels[room])
                self.short[room] = size < frame.sittings[room].target

    def _places(self, juror: int, before: Sequence[int]) -> list[Place]:
        """Return the seats to choose from in order of their days, each with its worth."""
        table, panels = self.table, self.table.panels
        expert = self.frame.jurors[juror].experienced and self.frame.given.rules.foreperson
        chance = self.dice.uniform(0, _CHANCE, len(panels))
        among = self.short.copy()
        among[before] = True
        among &= table.open[juror] & table.base[juror, table.slot_of]
        found: list[Place] = []
        for room in np.flatnonzero(among):
            panel, sitting = panels[room], self.frame.sittings[room]
            worth = _TARGET if len(panel) < sitting.target else 0.0
            worth += _QUORUM if len(panel) < sitting.quorum else 0.0
            if expert and not any(self.frame.jurors[j].experienced for j in panel):
                worth += _EXPERT
            more = self.score.mix_added(panel, juror)
            day = int(table.day_of[table.slot_of[room]])
            found.append((day, int(room), worth - _MIX * more + float(chance[room])))
        return sorted(found)

    def _best(self, juror: int, places: Sequence[Place]) -> list[int]:
        """Return the sittings of the worthiest schedule that keeps caps and rest."""
        rules, window = self.frame.given.rules, self.frame.window
        old = set(self.frame.old_days[juror].tolist())
        cap = rules.max_sessions_in_28_days
        reach = max(window if cap is not None else 0, rules.rest_days + 1)
        best: dict[State, tuple[float, tuple[int, ...]]] = {(): (0.0, ())}
        for day, room, worth in places:
            found: dict[State, tuple[float, tuple[int, ...]]] = {}
            for state, (value, rooms) in best.items():
                near = tuple(d for d in state if day - d < reach)
                kept = found.get(near)
                if kept is None or kept[0] < value:
                    found[near] = (value, rooms)
                if worth > 0 and day not in near and self._fits(day, near, old, cap):
                    more = (*near, day)
                    known, total = found.get(more), value + worth
                    if known is None or known[0] < total:
                        found[more] = (total, (*rooms, room))
            best = found
        return list(max(best.values(), key=lambda one: one[0])[1])

    def _fits(self, day: int, near: State, old: set[int], cap: int | None) -> bool:
        if day in old:
            return True
        if near and day - near[-1] <= self.frame.given.rules.rest_days:
            return False
        if cap is None:
            return True
        if old:
            return self.table.keeps_cap(day, {*near, *old}, cap)
        return sum(day - d < self.frame.window for d in near) < cap
