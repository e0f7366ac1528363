"""The input of a draw as arrays: who may sit where, slot by slot.

A slot holds the sittings that begin and end together: the rooms of one court session.  Jurors
are rows in the order of their draw numbers, sittings columns in the order of their start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from youthcourt.jury.domain.document import DrawInput
from youthcourt.jury.domain.rules import CAP_WINDOW, travel_groups
from youthcourt.jury.domain.shapes import JurorProfile, Sitting

NEVER = date.max.toordinal()

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """Rooms that sit at the same time; instants in seconds, the day as an ordinal."""

    day: int
    starts: float
    ends: float
    rooms: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What never changes during a draw; people and sittings are indexes from here on.

    ``old_days`` holds, sorted, the days on which a juror has sat, holds a seat elsewhere or has
    a locked one here.  ``locked`` and ``announced`` are pairs of juror and sitting; locked seats
    are given facts, not choices.
    """

    given: DrawInput
    jurors: tuple[JurorProfile, ...]
    sittings: tuple[Sitting, ...]
    slots: tuple[Slot, ...]
    slot_of: tuple[int, ...]
    old_days: tuple[Ints, ...]
    locked: frozenset[tuple[int, int]]
    announced: frozenset[tuple[int, int]]

    @cached_property
    def index_of(self) -> Mapping[UUID, int]:
        """Return person -> row."""
        return {juror.person_id: row for row, juror in enumerate(self.jurors)}

    @cached_property
    def room_of(self) -> Mapping[UUID, int]:
        """Return sitting -> column."""
        return {sitting.id: column for column, sitting in enumerate(self.sittings)}

    @cached_property
    def locked_days(self) -> tuple[frozenset[int], ...]:
        """Return for each juror the days of their locked seats."""
        return tuple(
            frozenset(self.slots[self.slot_of[room]].day for room in rooms)
            for rooms in self.locked_rooms
        )

    @cached_property
    def locked_rooms(self) -> tuple[tuple[int, ...], ...]:
        """Return for each juror the sittings of their locked seats."""
        found: list[list[int]] = [[] for _ in self.jurors]
        for row, room in sorted(self.locked):
            found[row].append(room)
        return tuple(tuple(rooms) for rooms in found)

    @cached_property
    def locked_in(self) -> tuple[tuple[int, ...], ...]:
        """Return for each sitting the jurors locked in it."""
        found: list[list[int]] = [[] for _ in self.sittings]
        for row, room in sorted(self.locked):
            found[room].append(row)
        return tuple(tuple(rows) for rows in found)

    @cached_property
    def dues(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Return for each juror the last days (ordinals) and the sessions due then, in order."""
        return tuple(
            tuple(
                (NEVER if due.due_on is None else due.due_on.toordinal(), due.sessions)
                for due in juror.owed_by()
            )
            for juror in self.jurors
        )

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Return the jurors who sit together or not at all; nobody where no rule asks for it."""
        if not self.given.rules.travel_together:
            return ()
        found = {frozenset(group) for group in travel_groups(self.jurors).values()}
        rows = [tuple(sorted(self.index_of[person] for person in group)) for group in found]
        return tuple(sorted(rows))

    @cached_property
    def window(self) -> int:
        """Return the number of days over which the court's cap counts."""
        return CAP_WINDOW.days

    def old_within(self, juror: int, first: int, last: int) -> int:
        """Return on how many old days the juror sat or will sit from ``first`` to ``last``."""
        days = self.old_days[juror]
        return int(np.searchsorted(days, last, "right") - np.searchsorted(days, first, "left"))

    def overlapping(self) -> list[tuple[int, ...]]:
        """Return the largest sets of slots in which nobody can sit twice, single ones left out."""
        order = sorted(range(len(self.slots)), key=lambda s: self.slots[s].starts)
        found: list[tuple[int, ...]] = []
        for slot in order:
            start = self.slots[slot].starts
            here = tuple(s for s in order if self.slots[s].starts <= start < self.slots[s].ends)
            if len(here) > 1:
                found.append(here)
        return found


def frame_of(given: DrawInput) -> Frame:
    """Return the input in order, whatever order it was given in."""
    zone = ZoneInfo(given.rules.zone)
    jurors = tuple(sorted(given.jurors, key=lambda juror: juror.draw_number))
    sittings = tuple(sorted(given.sittings, key=lambda s: (s.span.starts_at, s.room, s.id)))
    drawn = {sitting.id for sitting in sittings}
    slots = _slots(sittings, given.rules.zone)
    slot_of = {room: number for number, slot in enumerate(slots) for room in slot.rooms}
    row = {juror.person_id: number for number, juror in enumerate(jurors)}
    column = {sitting.id: number for number, sitting in enumerate(sittings)}
    locked = frozenset((row[s.person_id], column[s.sitting_id]) for s in given.locked)
    days = [_old_days(juror, drawn, zone) for juror in jurors]
    for number, room in locked:
        days[number].add(slots[slot_of[room]].day)
    return Frame(
        given=given,
        jurors=jurors,
        sittings=sittings,
        slots=slots,
        slot_of=tuple(slot_of[room] for room in range(len(sittings))),
        old_days=tuple(np.array(sorted(each), dtype=np.int64) for each in days),
        locked=locked,
        announced=frozenset(
            (row[s.person_id], column[s.sitting_id])
            for s in given.announced
            if s.person_id in row and s.sitting_id in column
        ),
    )


def _slots(sittings: Sequence[Sitting], zone: str) -> tuple[Slot, ...]:
    together: defaultdict[tuple[float, float], list[int]] = defaultdict(list)
    for number, sitting in enumerate(sittings):
        span = sitting.span
        together[span.starts_at.timestamp(), span.ends_at.timestamp()].append(number)
    return tuple(
        Slot(
            day=sittings[rooms[0]].on(zone).toordinal(),
            starts=starts,
            ends=ends,
            rooms=tuple(rooms),
        )
        for (starts, ends), rooms in sorted(together.items())
    )


def _old_days(juror: JurorProfile, drawn: set[UUID], zone: ZoneInfo) -> set[int]:
    days = {day.toordinal() for day in juror.served_on}
    days |= {
        seat.span.starts_at.astimezone(zone).date().toordinal()
        for seat in juror.held
        if seat.sitting_id not in drawn
    }
    return days
