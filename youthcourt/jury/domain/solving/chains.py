"""A large draw made better in place: chains of moves that gain a goal and lose none above it.

An empty seat is filled by somebody who gives up another seat, which somebody else fills, and so
on: breadth first, so that the shortest chain is found.  Every chain is measured on what it
touches and undone unless the goals, in their order, gain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

import numpy as np

from youthcourt.jury.domain.solving.eligibility import Truths
from youthcourt.jury.domain.solving.exchange import Exchange
from youthcourt.jury.domain.solving.frame import Frame, Ints
from youthcourt.jury.domain.solving.score import Score, in_time
from youthcourt.jury.domain.solving.table import Table

Move = tuple[int, int]  # juror and sitting


class Chains:
    """Chains over a table; who travels together is not moved."""

    def __init__(
        self, frame: Frame, table: Table, score: Score, *, rounds: int, longest: int
    ) -> None:
        self.frame, self.table, self.score = frame, table, score
        self.rounds, self.longest = rounds, longest
        self.fixed = {juror for group in frame.groups for juror in group}
        self.past = [juror.past_load for juror in frame.jurors]
        self.expert: Truths = np.array([j.experienced for j in frame.jurors], dtype=bool)
        self.single: Truths = np.array([j not in self.fixed for j in range(len(frame.jurors))])
        self.band = (0, 0)
        self.exchange = Exchange(table)
        self.dead: set[int] = set()

    def fill(self) -> None:
        """Fill empty seats up to the targets."""
        self.band = self.score.band(self.table.panels)
        self._each(self._short(), self._fill)

    def improve(self) -> tuple[int, int]:
        """Go over what else is missing until a round brings nothing; return the fair band."""
        self.band = self.score.band(self.table.panels)
        for _ in range(self.rounds):
            gained = self._each(self._unled(), self._lead)
            gained += self._each(self._loaded(), self._relieve)
            gained += self._each(self._unmixed(), self._mix)
            if not gained:
                break
        return self.band

    def _each(self, things: Iterable[int], act: Callable[[int], bool]) -> int:
        gained = 0
        self.dead.clear()
        for thing in list(things):
            while act(thing):
                gained += 1
        return gained

    # -- what is missing -------------------------------------------------------------------

    def _rooms(self) -> range:
        return range(len(self.frame.sittings))

    def _short(self) -> list[int]:
        sittings, panels = self.frame.sittings, self.table.panels
        return [r for r in self._rooms() if len(panels[r]) < sittings[r].target]

    def _unled(self) -> list[int]:
        if not self.frame.given.rules.foreperson:
            return []
        return [r for r in self._rooms() if not self.expert[self.table.panels[r]].any()]

    def _loaded(self) -> list[int]:
        loads = self._loads()
        return sorted(
            (int(j) for j in np.flatnonzero(self.single) if loads[j] > self.band[0]),
            key=lambda j: (-int(loads[j]), j),
        )

    def _unmixed(self) -> list[int]:
        return [r for r in self._rooms() if self.score.above_mix(self.table.panels[r])]

    def _loads(self) -> Ints:
        loads: Ints = np.array(self.past, dtype=np.int64) + self.table.sessions
        return loads

    # -- what is tried ---------------------------------------------------------------------

    def _fill(self, room: int) -> bool:
        if len(self.table.panels[room]) >= self.frame.sittings[room].target:
            return False
        return self._chain(room, [], first=self.single, last=self.single)

    def _lead(self, room: int) -> bool:
        if self.expert[self.table.panels[room]].any():
            return False
        return any(
            self._chain(room, [(j, room)], first=self.single & self.expert, last=self.single)
            for j in self._movable(room)
        )

    def _relieve(self, juror: int) -> bool:
        loads, (low, high) = self._loads(), self.band
        if loads[juror] <= low:
            return False
        last = self.single & (loads < (high if loads[juror] > high else low))
        last[juror] = False
        return any(
            self._chain(room, [(juror, room)], first=self.single, last=last)
            for room in list(self.table.rooms_of[juror])
        )

    def _mix(self, room: int) -> bool:
        panel, loads = self.table.panels[room], self._loads()
        now = self.score.above_mix(panel)
        if not now:
            return False
        for juror in self._movable(room):
            rest = [j for j in panel if j != juror]
            if self.score.above_mix(rest) >= now:
                continue
            last = self.single & (loads < max(self.band[1], loads[juror]))
            if self._chain(room, [(juror, room)], first=self.single, last=last, longest=2):
                return True
        return False

    def _movable(self, room: int) -> list[int]:
        return [
            j
            for j in self.table.panels[room]
            if self.single[j] and (j, room) not in self.frame.locked
        ]

    # -- chains ----------------------------------------------------------------------------

    def _chain(
        self,
        room: int,
        leave: list[Move],
        *,
        first: Truths,
        last: Truths,
        longest: int | None = None,
    ) -> bool:
        """Fill one seat of a room, after some have left theirs; return whether it was worth it.

        ``first`` may take that seat, ``last`` may end the chain with a seat they had not.
        """
        if room in self.dead or not last.any():
            return False
        gone = {juror for juror, _ in leave}
        for juror, where in leave:
            self.table.unseat(juror, where)
        able = self.table.able[:, self.table.slot_of] & self.table.open & last[:, None]
        able[list(gone)] = False
        ending: Truths = np.asarray(able.any(axis=0))
        queue: deque[tuple[int, tuple[Move, ...]]] = deque([(room, ())] if np.any(ending) else [])
        seen, tries = {room}, 8
        while queue and tries:
            here, steps = queue.popleft()
            among = first if not steps else self.single
            for juror in self._ends(here, among & last, gone)[:2] if ending[here] else ():
                tries -= 1
                if self._try(here, int(juror), steps, room, leave):
                    self.dead.clear()
                    return True
            if len(steps) + 1 < (longest or self.longest):
                for juror, other in self._steps(here, among, gone):
                    if other not in seen:
                        seen.add(other)
                        queue.append((other, (*steps, (juror, other))))
        self.dead |= seen if first is self.single and tries and not longest else set()
        for juror, where in reversed(leave):
            self.table.put(juror, where)
        return False

    def _ends(self, room: int, among: Truths, gone: set[int]) -> Ints:
        """Return who could take a seat without giving up one, the least loaded first."""
        people = self.table.candidates(room)
        people = people[among[people]]
        if gone:
            people = people[~np.isin(people, list(gone))]
        if people.size < 2:  # noqa: PLR2004 -- nothing to order
            return people
        loads = [self.past[j] + len(self.table.rooms_of[j]) for j in people]
        return people[np.argsort(loads, kind="stable")]

    def _steps(self, room: int, among: Truths, gone: set[int]) -> list[Move]:
        """Return who could come here by giving up which one seat."""
        slot = self.frame.slot_of[room]
        people = np.flatnonzero(self.table.open[:, room] & among & ~self.table.able[:, slot])
        people = people[~np.isin(people, list(gone))]
        return self.exchange.moves(people, slot)

    def _try(
        self, end: int, juror: int, steps: tuple[Move, ...], room: int, leave: list[Move]
    ) -> bool:
        """Carry a chain out and keep it if the goals gain; else leave everything as it was."""
        targets = [room, *(other for _, other in steps)]
        moves = [*zip((j for j, _ in steps), targets, strict=False), (juror, end)]
        people = {juror, *(j for j, _ in steps), *(j for j, _ in leave)}
        rooms = {*targets, *(where for _, where in leave)}
        for who, where in reversed(leave):
            self.table.put(who, where)
        before = self._measure(people, rooms)
        for who, where in leave:
            self.table.unseat(who, where)
        for who, other in steps:
            self.table.unseat(who, other)
        done: list[Move] = []
        for who, where in moves:
            if not self.table.seat(who, where):
                break
            done.append((who, where))
        if len(done) == len(moves) and self._measure(people, rooms) > before:
            return True
        for who, where in reversed(done):
            self.table.unseat(who, where)
        for who, other in steps:
            self.table.put(who, other)
        return False

    def _measure(self, people: Iterable[int], rooms: Iterable[int]) -> tuple[int, ...]:
        """Return what some people and rooms reach, goal by goal; the greater the better."""
        panels, sittings = self.table.panels, self.frame.sittings
        here = list(rooms)
        lacks = [self.score.lacking(r, panels[r]) for r in here]
        sizes = [(len(panels[r]), sittings[r].target) for r in here]
        served = nearest = late = outside = 0
        low, high = self.band
        for j in people:
            days, dues = self.table.days(j), self.frame.dues[j]
            mine = in_time(dues, days) if dues else 0
            served += mine
            nearest += mine * self.score.weights[j]
            late += min(len(days), sum(n for _, n in dues))
            load = self.past[j] + len(days)
            outside += max(0, load - high, low - load)
        led = sum(bool(self.expert[panels[r]].any()) for r in here)
        return (
            -sum(lacks),
            sum(not lack for lack in lacks),
            served,
            nearest,
            sum(min(n, target) for n, target in sizes),
            -sum(max(0, n - target) for n, target in sizes),
            led * self.frame.given.rules.foreperson,
            late,
            -outside,
            -sum(self.score.above_mix(panels[r]) for r in here),
            sum((j, r) in self.frame.announced for r in here for j in panels[r]),
        )
