"""Bounds that hold without the solver, from each juror and each room taken alone.

They are often reached, which proves a goal at once; where not, the solver has to say more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from youthcourt.jury.domain.goals import Goal
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.score import in_time, urgency_weights


class Alone:
    """What each juror could do if nobody else wanted the seats, and each room likewise."""

    def __init__(self, frame: Frame, eligibility: Eligibility) -> None:
        self.frame = frame
        self.open = eligibility.barred == 0
        self.days = [self._most_days(juror) for juror in range(len(frame.jurors))]
        self.served = [
            in_time(frame.dues[j], {*days, *frame.locked_days[j]})
            for j, days in enumerate(self.days)
        ]

    def _open_days(self, juror: int) -> list[int]:
        slots = {self.frame.slot_of[room] for room in np.flatnonzero(self.open[juror])}
        days = {self.frame.slots[slot].day for slot in slots}
        return sorted(days - self.frame.locked_days[juror])

    def _most_days(self, juror: int) -> list[int]:
        """Return as many days as one juror can come, each as early as it can be.

        Under caps and rest the earliest day that is allowed never spoils a later one, so that
        no other choice has more days by any date.
        """
        rules, profile = self.frame.given.rules, self.frame.jurors[juror]
        old = set(self.frame.old_days[juror].tolist())
        cap, chosen = rules.max_sessions_in_28_days, list[int]()
        for day in self._open_days(juror):
            if day not in old:
                near = [d for d in chosen if day - d <= rules.rest_days]
                full = cap is not None and self._crowded(day, {*chosen, *old}, cap)
                if near or full:
                    continue
            chosen.append(day)
        if not profile.volunteer:
            most = max(0, profile.sessions_owed - len(self.frame.locked_days[juror]))
            return chosen[:most]
        return chosen

    def _crowded(self, day: int, days: set[int], cap: int) -> bool:
        length = self.frame.window
        return any(
            sum(first <= d < first + length for d in days) >= cap
            for first in {day, *(d for d in days if day - length < d < day)}
        )

    # -- goal by goal --------------------------------------------------------------------

    def bounds(self) -> dict[Goal, int | None]:
        """Return what no draw can surpass, whatever it gives up elsewhere; None for the lottery."""
        frame = self.frame
        sittings, locked = frame.sittings, frame.locked_in
        reach = [int(self.open[:, r].sum()) + len(locked[r]) for r in range(len(sittings))]
        numbers = list(zip(sittings, reach, strict=True))
        expert = np.array([j.experienced for j in frame.jurors], dtype=bool)
        led = [
            bool((self.open[:, r] & expert).any()) or any(expert[j] for j in locked[r])
            for r in range(len(sittings))
        ]
        owed = [sum(n for _, n in dues) for dues in frame.dues]
        come = [len(days) + len(frame.locked_days[j]) for j, days in enumerate(self.days)]
        return {
            Goal.QUORUM: sum(min(s.quorum, n) for s, n in numbers),
            Goal.COMPLETE: sum(n >= s.quorum for s, n in numbers),
            Goal.IN_TIME: sum(self.served),
            Goal.TARGET: sum(min(s.target, n) for s, n in numbers),
            Goal.BEYOND: sum(max(0, len(locked[r]) - s.target) for r, s in enumerate(sittings)),
            Goal.EXPERIENCE: sum(led),
            Goal.LATE: sum(min(o, c) for o, c in zip(owed, come, strict=True)),
            Goal.MIX: 0,
            Goal.STABILITY: sum(
                bool(self.open[j, r]) or (j, r) in frame.locked for j, r in frame.announced
            ),
        }

    def nearest(self, served: int) -> int:
        """Return the most that so many sessions in time weigh: those with the nearest day."""
        weights = urgency_weights(self.frame)
        each = sorted(
            (w for w, n in zip(weights, self.served, strict=True) for _ in range(n)), reverse=True
        )
        return sum(each[:served])

    def load(self, seats: int | None, loads: Mapping[int, int], band: tuple[int, int]) -> int:
        """Return the least sessions outside a band when so many seats are given.

        ``loads`` are what jurors have without them; each may get as many as they could alone.
        """
        low, high = band
        outside, gain, free, harm = 0, 0, 0, 0
        for juror, load in loads.items():
            most = len(self.days[juror])
            outside += max(0, low - load, load - high)
            gain += min(most, max(0, low - load))
            inside = min(load + most, high) - max(load, low)
            free += max(0, inside)
            harm += max(0, load + most - max(high, load))
        if seats is None:
            return outside - gain
        helped = min(seats, gain)
        return outside - helped + max(0, seats - gain - free)

    @staticmethod
    def seats(panels: Sequence[Sequence[int]], frame: Frame) -> int:
        """Return how many seats are given beside the locked ones."""
        return sum(map(len, panels)) - len(frame.locked)
