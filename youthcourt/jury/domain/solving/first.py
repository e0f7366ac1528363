"""A first answer without the solver: breadth first, the least filled room next.

It keeps every hard rule and proves nothing.  It is what the solver starts from, and what is
left when the solver finds nothing within its limits.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable

import numpy as np

from youthcourt.jury.domain.lottery import ticket
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import Frame, Ints
from youthcourt.jury.domain.solving.score import in_time, urgency_weights
from youthcourt.jury.domain.solving.table import Table


class First:
    """The first answer while it is made."""

    def __init__(self, frame: Frame, eligibility: Eligibility, seed: int) -> None:
        self.frame, self.table = frame, Table(frame, eligibility)
        tickets = [ticket(seed, juror.draw_number) for juror in frame.jurors]
        self.lot: Ints = np.argsort(np.argsort(np.array(tickets, dtype=object))).astype(np.int64)
        self.past: Ints = np.array([j.past_load for j in frame.jurors], dtype=np.int64)
        self.expert = np.array([j.experienced for j in frame.jurors], dtype=bool)
        self.weights: Ints = np.array(urgency_weights(frame), dtype=np.int64)
        self.load = self.past + np.array([len(days) for days in frame.locked_days], dtype=np.int64)

    def panels(self, seats: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
        """Return panels: to quorum, then who owes, then to target, then beyond for who owes.

        ``seats`` (juror, sitting) are given before all others.
        """
        for juror, room in seats:
            self.table.put(juror, room)
            self.load[juror] = self.past[juror] + len(self.table.days(juror))
        quorum = [s.quorum for s in self.frame.sittings]
        target = [s.target for s in self.frame.sittings]
        self._fill(quorum, lambda _room: None)
        self._fill(target, self._owing)
        self._fill(target, lambda _room: None)
        if self.frame.given.rules.owed_beyond_target:
            self._fill([s.maximum for s in self.frame.sittings], self._owing)
        return [sorted(panel) for panel in self.table.panels]

    def _fill(self, sizes: Iterable[int], among: Callable[[int], Ints | None]) -> None:
        """Give seats up to a size, the emptiest room first, of those the one with least choice."""
        wanted = list(sizes)
        heap: list[tuple[int, int, int]] = []
        for room in range(len(wanted)):
            self._again(heap, room, wanted)
        while heap:
            _, _, room = heapq.heappop(heap)
            if len(self.table.panels[room]) < wanted[room] and self._give(room, among(room)):
                self._again(heap, room, wanted)

    def _again(self, heap: list[tuple[int, int, int]], room: int, wanted: list[int]) -> None:
        panel = self.table.panels[room]
        if len(panel) < wanted[room]:
            short = len(panel) - self.frame.sittings[room].quorum
            heapq.heappush(heap, (short, len(self.table.candidates(room)), room))

    def _owing(self, room: int) -> Ints:
        """Return whom a seat in this sitting would bring nearer to what they owe in time."""
        day = self.frame.slots[self.frame.slot_of[room]].day
        people = self.table.candidates(room)
        return np.array([j for j in people if self._helps(int(j), day)], dtype=np.int64)

    def _helps(self, juror: int, day: int) -> bool:
        dues = self.frame.dues[juror]
        if not dues:
            return False
        days = self.table.days(juror)
        return in_time(dues, days | {day}) > in_time(dues, days)

    def _give(self, room: int, among: Ints | None) -> bool:
        people = self.table.candidates(room) if among is None else among
        if not people.size:
            return False
        for juror in self._ranked(room, people):
            before = len(self.table.panels[room])
            if self.table.seat(int(juror), room):
                for other in self.table.group_of.get(int(juror), (int(juror),)):
                    self.load[other] = self.past[other] + len(self.table.days(other))
                return len(self.table.panels[room]) > before
        return False

    def _ranked(self, room: int, people: Ints) -> Ints:
        day = self.frame.slots[self.frame.slot_of[room]].day
        owes = np.array([self._helps(int(j), day) for j in people], dtype=np.int64)
        led = any(self.expert[j] for j in self.table.panels[room])
        wanted = self.frame.given.rules.foreperson and not led
        keys = (
            self.lot[people],
            self.table.able[people].sum(axis=1),
            self.load[people],
            -(self.expert[people] & wanted).astype(np.int64),
            -owes * self.weights[people],
        )
        return people[np.lexsort(keys)]
