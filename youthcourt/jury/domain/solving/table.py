"""Panels while seats are given one by one, over arrays: who could still come to which slot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from youthcourt.jury.domain.solving.eligibility import Eligibility, Truths
from youthcourt.jury.domain.solving.frame import Frame, Ints


class Table:
    """Seats that keep every hard rule; each change goes through ``seat`` and ``unseat``.

    ``able`` [juror, slot]: a room there is open to the juror beside the seats they have.
    ``panels`` hold the locked jurors, too.
    """

    def __init__(self, frame: Frame, eligibility: Eligibility) -> None:
        self.frame, self.eligibility = frame, eligibility
        self.open: Truths = eligibility.barred == 0
        self.slot_of: Ints = np.array(frame.slot_of, dtype=np.int64)
        self.day_of: Ints = np.array([slot.day for slot in frame.slots], dtype=np.int64)
        self.panels: list[list[int]] = [list(rows) for rows in frame.locked_in]
        for juror, room in frame.locked:
            self.open[juror, room] = False
        self.rooms_of: list[list[int]] = [[] for _ in frame.jurors]  # locked ones not
        shape = (len(frame.jurors), len(frame.slots))
        self.base: Truths = np.zeros(shape, dtype=bool)
        for slot, each in enumerate(frame.slots):
            self.base[:, slot] = self.open[:, np.array(each.rooms)].any(axis=1)
        for juror, room in frame.locked:
            self.base[juror, frame.slot_of[room]] = False
        self.meets: Truths = np.eye(len(frame.slots), dtype=bool)
        for clique in frame.overlapping():
            self.meets[np.ix_(clique, clique)] = True
        self.able: Truths = self.base.copy()
        # Days with a seat, locked ones too.
        self.sessions: Ints = np.array([len(days) for days in frame.locked_days], dtype=np.int64)
        self.group_of = {juror: group for group in frame.groups for juror in group}

    # -- what may be done ----------------------------------------------------------------

    def has_room(self, juror: int, room: int) -> bool:
        """Return whether the panel has a place and its hearings can spare this juror."""
        sitting, panel = self.frame.sittings[room], self.panels[room]
        if len(panel) >= sitting.maximum or not self.open[juror, room]:
            return False
        spare = sitting.maximum - sitting.quorum
        return all(
            sum(place in self.eligibility.steps_aside(j, room) for j in panel) < spare
            for place in self.eligibility.steps_aside(juror, room)
        )

    def candidates(self, room: int) -> Ints:
        """Return who could take a seat in a sitting as things stand."""
        able = self.able[:, self.slot_of[room]] & self.open[:, room]
        return np.flatnonzero(able)

    def days(self, juror: int) -> set[int]:
        """Return the days with a seat, locked ones too."""
        slots = self.slot_of[self.rooms_of[juror]]
        return {*self.day_of[slots].tolist(), *self.frame.locked_days[juror]}

    def one_seat_away(self, juror: int, slot: int) -> list[int]:
        """Return the sittings of which giving up one would let a juror come to a slot."""
        mine = self.rooms_of[juror]
        if not self.base[juror, slot] or not mine:
            return []
        day = int(self.day_of[slot])
        days = [int(self.day_of[self.slot_of[room]]) for room in mine]
        profile = self.frame.jurors[juror]
        meets = [bool(self.meets[slot, self.slot_of[room]]) for room in mine]
        old = self.frame.old_days[juror].tolist()
        found = []
        for place, room in enumerate(mine):
            rest = [d for n, d in enumerate(days) if n != place]
            if any(meet for n, meet in enumerate(meets) if n != place):
                continue
            distinct = {*rest, *self.frame.locked_days[juror]}
            if not profile.volunteer and len(distinct | {day}) > profile.sessions_owed:
                continue
            if day in old or day in rest or self._fits(day, {*rest, *old}, rest):
                found.append(room)
        return found

    def _fits(self, day: int, days: set[int], chosen: Sequence[int]) -> bool:
        """Return whether one more day keeps cap and rest."""
        rules = self.frame.given.rules
        if any(abs(day - other) <= rules.rest_days for other in chosen):
            return False
        cap = rules.max_sessions_in_28_days
        return cap is None or self.keeps_cap(day, days, cap)

    def keeps_cap(self, day: int, days: set[int], cap: int) -> bool:
        """Return whether one more day leaves every window at the cap or below."""
        length = self.frame.window
        near = [d for d in days if abs(d - day) < length]
        return all(
            sum(first <= d < first + length for d in near) < cap
            for first in {day, *(d for d in near if d < day)}
        )

    # -- changes -------------------------------------------------------------------------

    def seat(self, juror: int, room: int) -> bool:
        """Seat a juror, and whoever travels along in the same session; all of them or nobody."""
        slot = self.frame.slot_of[room]
        group = self.group_of.get(juror, (juror,))
        locked_there = any(self.frame.slot_of[r] == slot for j in group for r in self._locked(j))
        if len(group) == 1 or locked_there:
            return self._seat(juror, room)
        done: list[tuple[int, int]] = []
        for other in (juror, *(j for j in group if j != juror)):
            rooms = [room] if other == juror else self._emptiest(slot)
            taken = next((r for r in rooms if self._seat(other, r)), None)
            if taken is None:
                for seated, where in done:
                    self._unseat(seated, where)
                return False
            done.append((other, taken))
        return True

    def put(self, juror: int, room: int) -> None:
        """Take over a seat that was given elsewhere, unasked."""
        self.panels[room].append(juror)
        self.rooms_of[juror].append(room)
        self._look_again(juror)

    def reseat(self, juror: int, rooms: Sequence[int]) -> None:
        """Give a juror these seats in place of those they have, unasked."""
        for room in self.rooms_of[juror]:
            self.panels[room].remove(juror)
        self.rooms_of[juror] = list(rooms)
        for room in rooms:
            self.panels[room].append(juror)
        self._look_again(juror)

    def unseat(self, juror: int, room: int) -> None:
        """Take a seat away, and those of whoever travels along."""
        slot = self.frame.slot_of[room]
        self._unseat(juror, room)
        for other in self.group_of.get(juror, ()):
            for here in self.frame.slots[slot].rooms:
                if here in self.rooms_of[other]:
                    self._unseat(other, here)

    def _locked(self, juror: int) -> Sequence[int]:
        return self.frame.locked_rooms[juror]

    def _emptiest(self, slot: int) -> list[int]:
        rooms = self.frame.slots[slot].rooms
        return sorted(rooms, key=lambda r: len(self.panels[r]) - self.frame.sittings[r].target)

    def _seat(self, juror: int, room: int) -> bool:
        slot = self.frame.slot_of[room]
        if not self.able[juror, slot] or not self.has_room(juror, room):
            return False
        self.put(juror, room)
        return True

    def _unseat(self, juror: int, room: int) -> None:
        self.panels[room].remove(juror)
        self.rooms_of[juror].remove(room)
        self._look_again(juror)

    def _look_again(self, juror: int) -> None:
        """Work out anew where a juror could still come, beside the seats they have."""
        able = self.base[juror].copy()
        chosen = self.slot_of[self.rooms_of[juror]].tolist()
        self.sessions[juror] = len(self.days(juror))
        if not chosen:
            self.able[juror] = able
            return
        rules, profile = self.frame.given.rules, self.frame.jurors[juror]
        days = np.unique(self.day_of[chosen])
        able &= ~self.meets[chosen].any(axis=0)
        mine = sorted({*days.tolist(), *self.frame.locked_days[juror]})
        if not profile.volunteer and len(mine) >= profile.sessions_owed:
            able &= np.isin(self.day_of, mine)
        old = self.frame.old_days[juror]
        fresh = ~np.isin(self.day_of, old) & ~np.isin(self.day_of, days)
        near = np.abs(self.day_of[:, None] - days[None, :]).min(axis=1) <= rules.rest_days
        able &= ~(fresh & near)
        cap = rules.max_sessions_in_28_days
        if cap is not None:
            able &= ~(fresh & (self._most_around(np.union1d(old, days)) >= cap))
        self.able[juror] = able

    def _most_around(self, days: Ints) -> Ints:
        """Return for each slot the most of these days in any window around its day."""
        # Windows that begin at one of the days, or at the slot's own day, hold the most.
        length, mine = self.frame.window, self.day_of
        count = np.searchsorted(days, days + length - 1, "right") - np.arange(len(days))
        holds = (days[None, :] <= mine[:, None]) & (mine[:, None] < days[None, :] + length)
        ahead = np.searchsorted(days, mine + length - 1, "right")
        own = ahead - np.searchsorted(days, mine, "left")
        most: Ints = np.maximum(np.where(holds, count[None, :], 0).max(axis=1, initial=0), own)
        return most


def table_of(frame: Frame, eligibility: Eligibility, panels: list[list[int]]) -> Table:
    """Return a table with these panels."""
    table = Table(frame, eligibility)
    rooms: list[list[int]] = [[] for _ in frame.jurors]
    for room, panel in enumerate(panels):
        for juror in panel:
            if (juror, room) not in frame.locked:
                rooms[juror].append(room)
    for juror, mine in enumerate(rooms):
        if mine:
            table.reseat(juror, mine)
    return table
