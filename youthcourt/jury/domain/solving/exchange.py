"""Which one seat each of many jurors would have to give up to come to a slot, over arrays."""

from __future__ import annotations

import numpy as np

from youthcourt.jury.domain.solving.eligibility import Truths
from youthcourt.jury.domain.solving.frame import Ints
from youthcourt.jury.domain.solving.table import Table

_NEVER = -(10**6)


class Exchange:
    """The question ``Table.one_seat_away`` for many jurors at once.

    It is stricter in one case: a second seat on the day of the slot counts as in the way.
    """

    def __init__(self, table: Table) -> None:
        self.table, self.frame = table, table.frame
        longest = max((len(days) for days in self.frame.old_days), default=0)
        self.old: Ints = np.full((len(self.frame.jurors), longest), _NEVER, dtype=np.int64)
        for juror, days in enumerate(self.frame.old_days):
            self.old[juror, : len(days)] = days

    def moves(self, people: Ints, slot: int) -> list[tuple[int, int]]:
        """Return (juror, sitting): by giving up that seat the juror could come to the slot."""
        table, rules = self.table, self.frame.given.rules
        people = people[table.base[people, slot]]
        held = [table.rooms_of[juror] for juror in people]
        most = max(map(len, held), default=0)
        if not most:
            return []
        rooms: Ints = np.full((len(people), most), -1, dtype=np.int64)
        for row, mine in enumerate(held):
            rooms[row, : len(mine)] = mine
        has = rooms >= 0
        slots = table.slot_of[rooms]
        days = np.where(has, table.day_of[slots], _NEVER)
        day = int(table.day_of[slot])
        near = np.abs(days - day) <= rules.rest_days
        fresh = ~(self.old[people] == day).any(axis=1, keepdims=True)
        blocks = has & (table.meets[slot][slots] | (days == day) | (near & fresh))
        free = has & (blocks.sum(axis=1, keepdims=True) - blocks == 0)
        if rules.max_sessions_in_28_days is not None:
            free &= self._within_cap(days, self.old[people], day, rules.max_sessions_in_28_days) | (
                ~fresh
            )
        return [(int(people[row]), int(rooms[row, place])) for row, place in np.argwhere(free)]

    def _within_cap(self, days: Ints, old: Ints, day: int, cap: int) -> Truths:
        """Return [juror, seat]: without that seat one more day keeps the cap."""
        length = self.frame.window
        every = np.concatenate([days, old], axis=1)
        starts = np.concatenate([np.full((len(days), 1), day), every], axis=1)[:, :, None]
        counts = ((starts <= every[:, None, :]) & (every[:, None, :] < starts + length)).sum(axis=2)
        holds = (starts[:, :, 0] <= day) & (day < starts[:, :, 0] + length)
        less = (starts <= days[:, None, :]) & (days[:, None, :] < starts + length)
        full = (counts[:, :, None] - less >= cap) & holds[:, :, None]
        fits: Truths = np.asarray(~full.any(axis=1))
        return fits
