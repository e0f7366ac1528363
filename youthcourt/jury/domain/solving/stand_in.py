"""Somebody for one empty seat, by the shortest way, found without the solver.

One seat given is the least there is.  Where nobody is free for it, a seat given up elsewhere is
needed: two changes where that panel has one to spare, three where somebody else takes it over.
Each is looked for only when the one before is impossible, so that what is found is the least.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from youthcourt.jury.domain.lottery import ticket
from youthcourt.jury.domain.solving.eligibility import Truths
from youthcourt.jury.domain.solving.exchange import Exchange
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.score import in_time
from youthcourt.jury.domain.solving.table import Table

Move = tuple[int, int]  # juror and sitting


class StandIn:
    """The search for one sitting; ``fixed`` seats (juror, sitting) are not given up."""

    def __init__(self, frame: Frame, table: Table, fixed: frozenset[Move], seed: int) -> None:
        self.frame, self.table, self.fixed = frame, table, fixed
        self.lots = [ticket(seed, juror.draw_number) for juror in frame.jurors]
        self.expert: Truths = np.array([j.experienced for j in frame.jurors], dtype=bool)
        tied = {juror for group in frame.groups for juror in group}
        self.alone: Truths = np.array([j not in tied for j in range(len(frame.jurors))])

    def find(self, room: int, *, expert: bool) -> tuple[list[Move], list[Move]] | None:
        """Return seats to give and to take away, or None where no way of three changes is.

        ``expert``: somebody experienced must come.  Seats given are best for what is owed.
        """
        among = self.alone & self.expert if expert else self.alone
        free = self._free(room, among)
        if free:
            return [(free[0], room)], []
        steps = [
            step
            for step in self._steps(room, among)
            if step not in self.fixed and self._has_room(step[0], room)
        ]
        for juror, other in steps:
            rest = [j for j in self.table.panels[other] if j != juror]
            to_spare = len(rest) >= self.frame.sittings[other].target
            if to_spare and not self._needs_expert(other, juror):
                return [(juror, room)], [(juror, other)]
        for juror, other in steps:
            able = self.alone & self.expert if self._needs_expert(other, juror) else self.alone
            free = [j for j in self._free(other, able, leaving=juror) if j != juror]
            if free:
                return [(juror, room), (free[0], other)], [(juror, other)]
        return None

    def _steps(self, room: int, among: Truths) -> list[Move]:
        slot = self.frame.slot_of[room]
        people = np.flatnonzero(self.table.open[:, room] & among & ~self.table.able[:, slot])
        moves = Exchange(self.table).moves(people, slot)
        return sorted(moves, key=lambda move: (self.lots[move[0]], move[1]))

    def _free(self, room: int, among: Truths, leaving: int | None = None) -> list[int]:
        """Return who could come at once, best for what is owed, then the least loaded first."""
        day = self.frame.slots[self.frame.slot_of[room]].day
        people = [
            int(j)
            for j in self.table.candidates(room)
            if among[j] and self._has_room(int(j), room, leaving)
        ]

        def rank(juror: int) -> tuple[int, int, int]:
            days, dues = self.table.days(juror), self.frame.dues[juror]
            gain = in_time(dues, days | {day}) - in_time(dues, days) if dues else 0
            load = self.frame.jurors[juror].past_load + len(days)
            return (-gain, load, self.lots[juror])

        return sorted(people, key=rank)

    def _has_room(self, juror: int, room: int, leaving: int | None = None) -> bool:
        """Return whether a panel can take a juror, after somebody has left it."""
        panel = self.table.panels[room]
        if leaving is None:
            return self.table.has_room(juror, room)
        self.table.panels[room] = [j for j in panel if j != leaving]
        fits = self.table.has_room(juror, room)
        self.table.panels[room] = panel
        return fits

    def _needs_expert(self, room: int, leaving: int) -> bool:
        """Return whether a panel would lose its only experienced juror."""
        if not self.frame.given.rules.foreperson or not self.expert[leaving]:
            return False
        return not any(self.expert[j] for j in self.table.panels[room] if j != leaving)


def only_expert(frame: Frame, before: Iterable[int], now: Iterable[int]) -> bool:
    """Return whether a panel had somebody experienced and has nobody now."""
    jurors = frame.jurors
    return (
        frame.given.rules.foreperson
        and any(jurors[j].experienced for j in before)
        and not any(jurors[j].experienced for j in now)
    )
