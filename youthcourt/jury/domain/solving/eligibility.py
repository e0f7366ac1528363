"""The rules of one seat for everybody and every sitting at once.

The rules are those of ``rules``, which says them one seat at a time; a test holds both to the
same answer.  Written over arrays because a city asks 120,000 times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.jury.domain.rules import conflict
from youthcourt.jury.domain.shapes import HearingParty, JurorProfile, ReasonCode
from youthcourt.jury.domain.solving.frame import Frame, Ints

CODES = tuple(ReasonCode)
_BIT = {code: 1 << place for place, code in enumerate(CODES)}
_NOON = time(12)

Bits = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """Who may sit where, whoever else sits.

    ``barred`` [juror, sitting] holds one bit for each rule against the seat, 0 where there is
    none.  ``aside`` names, for those who step aside in a sitting, the hearings by their place.
    """

    barred: Bits
    aside: dict[tuple[int, int], frozenset[int]]

    def codes(self, juror: int, room: int) -> tuple[ReasonCode, ...]:
        """Return the rules against one seat."""
        bits = int(self.barred[juror, room])
        return tuple(code for code in CODES if bits & _BIT[code])

    def counts(self, rows: Sequence[int], room: int) -> dict[ReasonCode, int]:
        """Return how many of these jurors each rule keeps out of a sitting."""
        bits = self.barred[np.asarray(rows, dtype=np.int64), room]
        return {
            code: count for code in CODES if (count := int(np.count_nonzero(bits & _BIT[code])))
        }

    def steps_aside(self, juror: int, room: int) -> frozenset[int]:
        """Return the hearings of the sitting in which the juror has a conflict."""
        return self.aside.get((juror, room), frozenset())


def eligibility_of(frame: Frame) -> Eligibility:
    """Return who may sit where beside the locked seats; those are judged like others."""
    rules = frame.given.rules
    bars = _Bars(frame)
    for row, juror in enumerate(frame.jurors):
        bars.by_person(row, juror)
        bars.by_day(row, juror)
        bars.by_hour(row, juror)
    aside: dict[tuple[int, int], frozenset[int]] = {}
    for room, sitting in enumerate(frame.sittings):
        for place, hearing in enumerate(sitting.hearings):
            for row in bars.concerned(hearing):
                code = conflict(frame.jurors[row], hearing, rules)
                if code is None:
                    continue
                if rules.conflict_effect is ConflictEffect.MAY_NOT_SIT:
                    bars.barred[row, room] |= _BIT[code]
                known = aside.get((row, room), frozenset())
                aside[row, room] = known | {place}
    bars.by_company()
    return Eligibility(barred=bars.barred, aside=aside)


class _Bars:
    """The table of bits while it is filled."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.rules = frame, frame.given.rules
        self.zone = ZoneInfo(self.rules.zone)
        self.barred: Bits = np.zeros((len(frame.jurors), len(frame.sittings)), dtype=np.int64)
        slots = [frame.slots[slot] for slot in frame.slot_of]
        self.days: Ints = np.array([slot.day for slot in slots], dtype=np.int64)
        self.starts = np.array([slot.starts for slot in slots])
        self.ends = np.array([slot.ends for slot in slots])
        self.schools = _by_school(frame.jurors) if self.rules.same_school_excluded else {}
        self.cases: dict[int, list[int]] = {}
        for room, sitting in enumerate(frame.sittings):
            for hearing in sitting.hearings:
                row = frame.index_of.get(hearing.respondent_id)
                if row is not None:
                    self.cases.setdefault(row, []).append(room)

    def _mark(self, row: int, code: ReasonCode, where: Truths | bool) -> None:  # noqa: FBT001 -- a mask, or all of them
        self.barred[row, where if isinstance(where, np.ndarray) else slice(None)] |= (
            _BIT[code] if where is not False else 0
        )

    def by_person(self, row: int, juror: JurorProfile) -> None:
        """Mark what keeps somebody out of every sitting."""
        rules = self.rules
        self._mark(row, ReasonCode.OFF_LIST, not juror.on_list)
        self._mark(row, ReasonCode.SUSPENDED, juror.suspended)
        self._mark(row, ReasonCode.NOT_TRAINED, rules.training_required and not juror.trained)
        no_oath = rules.standing_oath_required and not juror.standing_oath
        self._mark(row, ReasonCode.NO_OATH, no_oath)
        self._mark(row, ReasonCode.NOT_SWORN_TONIGHT, not juror.sworn_tonight)

    def by_day(self, row: int, juror: JurorProfile) -> None:
        """Mark the days on which somebody is away, resting, or has sat often enough."""
        if not juror.volunteer:
            locked = sorted(self.frame.locked_days[row])
            others = len(locked) - np.isin(self.days, locked)
            self._mark(row, ReasonCode.NOTHING_OWED, juror.sessions_owed <= others)
        away = [day.toordinal() for day in juror.unavailable_on]
        self._mark(row, ReasonCode.NOT_AVAILABLE, np.isin(self.days, away))
        old = self.frame.old_days[row]
        if not old.size:
            return
        fresh = ~np.isin(self.days, old)
        apart = np.abs(self.days[:, None] - old[None, :]).min(axis=1)
        self._mark(row, ReasonCode.REST, fresh & (apart <= self.rules.rest_days))
        cap = self.rules.max_sessions_in_28_days
        if cap is not None:
            first = self.days[:, None] - np.arange(self.frame.window)[None, :]
            last = np.searchsorted(old, first + self.frame.window - 1, "right")
            most = (last - np.searchsorted(old, first, "left")).max(axis=1)
            self._mark(row, ReasonCode.SESSION_CAP, fresh & (most >= cap))

    def by_hour(self, row: int, juror: JurorProfile) -> None:
        """Mark what ends too late or meets the own case or a seat held elsewhere."""
        spans = [(s.starts_at.timestamp(), s.ends_at.timestamp()) for s in juror.own_hearings]
        spans += [(self.starts[room], self.ends[room]) for room in self.cases.get(row, ())]
        self._mark(row, ReasonCode.OWN_HEARING, self._meets(spans))
        for room in self.cases.get(row, ()):
            self.barred[row, room] |= _BIT[ReasonCode.OWN_HEARING]
        held = [
            (seat.span.starts_at.timestamp(), seat.span.ends_at.timestamp())
            for seat in juror.held
            if seat.sitting_id not in self.frame.room_of
        ]
        self._mark(row, ReasonCode.HOLDS_ANOTHER_SEAT, self._meets(held))
        for room in self.frame.locked_rooms[row]:
            elsewhere = self._meets([(self.starts[room], self.ends[room])])
            elsewhere[room] = False
            self._mark(row, ReasonCode.HOLDS_ANOTHER_SEAT, elsewhere)
        if juror.out_by is not None:
            later = timedelta(days=1 if juror.out_by < _NOON else 0)
            leaves = [
                datetime.combine(date.fromordinal(int(d)) + later, juror.out_by, self.zone)
                for d in self.days
            ]
            limit = np.array([moment.timestamp() for moment in leaves])
            self._mark(row, ReasonCode.CURFEW, self.ends > limit)

    def by_company(self) -> None:
        """Mark the sessions to which one of those who travel together cannot come."""
        locked = np.zeros(self.barred.shape, dtype=bool)
        for row, room in self.frame.locked:
            locked[row, room] = True
        for group in self.frame.groups:
            for slot in self.frame.slots:
                rooms = np.array(slot.rooms)
                able = (self.barred[:, rooms] == 0) | locked[:, rooms]
                if not all(able[row].any() for row in group):
                    for row in group:
                        self.barred[row, rooms] |= _BIT[ReasonCode.TRAVELS_TOGETHER]

    def _meets(self, spans: Iterable[tuple[float, float]]) -> Truths:
        found = np.zeros(len(self.days), dtype=bool)
        for start, end in spans:
            found |= (self.starts < end) & (start < self.ends)
        return found

    def concerned(self, hearing: HearingParty) -> list[int]:
        """Return the jurors who may have to do with a hearing; ``conflict`` has the last word."""
        people = hearing.companion_ids | hearing.household_ids
        people |= hearing.acquaintance_ids | hearing.earlier_role_ids
        rows = {self.frame.index_of[p] for p in people if p in self.frame.index_of}
        if hearing.school_id is not None:
            rows |= self.schools.get(hearing.school_id.int, set())
        return sorted(rows)


def _by_school(jurors: Sequence[JurorProfile]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row, juror in enumerate(jurors):
        if juror.school_id is not None:
            found.setdefault(juror.school_id.int, set()).add(row)
    return found
