"""What panels reach of every goal, reckoned apart from the program that pursues it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from youthcourt.jury.domain.goals import Goal
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import NEVER, Frame

Rooms = Sequence[Sequence[int]]


class Score:
    """What panels reach, goal by goal; ``panels`` holds for each sitting its jurors."""

    def __init__(self, frame: Frame, eligibility: Eligibility) -> None:
        self.frame, self.eligibility = frame, eligibility
        self.weights = urgency_weights(frame)
        rules, jurors = frame.given.rules, frame.jurors
        schools = {j.school_id: n for n, j in enumerate(jurors) if j.school_id is not None}
        kinds: list[tuple[int | None, list[int | None]]] = [
            (
                rules.most_of_one_school,
                [None if j.school_id is None else schools[j.school_id] for j in jurors],
            ),
            (rules.most_of_one_age, [j.age for j in jurors]),
        ]
        self._mixed = [(most, traits) for most, traits in kinds if most is not None]

    def lacking(self, room: int, panel: Sequence[int]) -> int:
        """Return what the worst-off hearing of a sitting lacks to its quorum."""
        sitting = self.frame.sittings[room]
        aside = [self.eligibility.steps_aside(juror, room) for juror in panel]
        worst = max(
            (sum(place in gone for gone in aside) for place in range(len(sitting.hearings))),
            default=0,
        )
        return max(0, sitting.quorum - len(panel) + worst)

    def days(self, panels: Rooms) -> list[set[int]]:
        """Return for each juror the days with a seat."""
        found: list[set[int]] = [set() for _ in self.frame.jurors]
        for room, panel in enumerate(panels):
            day = self.frame.slots[self.frame.slot_of[room]].day
            for juror in panel:
                found[juror].add(day)
        return found

    def of(self, panels: Rooms, band: tuple[int, int]) -> dict[Goal, int]:
        """Return every goal but the lottery; ``band`` is the least and most load that is fair."""
        sittings = self.frame.sittings
        lacks = [self.lacking(room, panel) for room, panel in enumerate(panels)]
        sizes = [len(panel) for panel in panels]
        days = self.days(panels)
        served = [in_time(self.frame.dues[j], mine) for j, mine in enumerate(days)]
        owed = [sum(n for _, n in dues) for dues in self.frame.dues]
        experts = [any(self.frame.jurors[j].experienced for j in panel) for panel in panels]
        return {
            Goal.QUORUM: sum(s.quorum - lack for s, lack in zip(sittings, lacks, strict=True)),
            Goal.COMPLETE: sum(not lack for lack in lacks),
            Goal.IN_TIME: sum(served),
            Goal.NEAREST: sum(w * n for w, n in zip(self.weights, served, strict=True)),
            Goal.TARGET: sum(min(s.target, n) for s, n in zip(sittings, sizes, strict=True)),
            Goal.BEYOND: sum(max(0, n - s.target) for s, n in zip(sittings, sizes, strict=True)),
            Goal.EXPERIENCE: sum(experts),
            Goal.LATE: sum(min(o, len(mine)) for o, mine in zip(owed, days, strict=True)),
            Goal.LOAD: self.outside(days, band),
            Goal.MIX: sum(self.above_mix(panel) for panel in panels),
            Goal.STABILITY: sum(juror in panels[room] for juror, room in self.frame.announced),
        }

    def loads(self, days: Sequence[set[int]]) -> dict[int, int]:
        """Return the sessions, past ones too, of everybody who may sit anywhere."""
        open_to = (self.eligibility.barred == 0).any(axis=1)
        return {
            j: self.frame.jurors[j].past_load + len(mine)
            for j, mine in enumerate(days)
            if open_to[j] or mine
        }

    def band(self, panels: Rooms) -> tuple[int, int]:
        """Return the whole numbers around the mean load."""
        loads = list(self.loads(self.days(panels)).values())
        count = max(1, len(loads))
        return sum(loads) // count, -(-sum(loads) // count)

    def outside(self, days: Sequence[set[int]], band: tuple[int, int]) -> int:
        """Return by how many sessions people lie above or below the band."""
        low, high = band
        return sum(max(0, n - high, low - n) for n in self.loads(days).values())

    def spread(self, panels: Rooms) -> int:
        """Return the most minus the least load."""
        loads = self.loads(self.days(panels)).values()
        return max(loads) - min(loads) if loads else 0

    def above_mix(self, panel: Sequence[int]) -> int:
        """Return how many of a panel are above the most of one school and of one age."""
        above = 0
        for most, traits in self._mixed:
            here = [traits[j] for j in panel if traits[j] is not None]
            above += sum(max(0, here.count(trait) - most) for trait in set(here))
        return above

    def mix_added(self, panel: Sequence[int], juror: int) -> int:
        """Return how many more of a panel would be above with one juror more."""
        return sum(
            traits[juror] is not None and [traits[j] for j in panel].count(traits[juror]) >= most
            for most, traits in self._mixed
        )


def in_time(dues: Sequence[tuple[int, int]], days: set[int]) -> int:
    """Return how many owed sessions these days serve by their last day, each day one.

    The earliest last day takes the earliest day: no other order serves more.
    """
    rest, served = sorted(days), 0
    for due_on, sessions in dues:
        took = min(sessions, sum(day <= due_on for day in rest))
        rest, served = rest[took:], served + took
    return served


def urgency_weights(frame: Frame) -> tuple[int, ...]:
    """Return for each juror how early the first last day is: 1 for none, more for nearer ones."""
    first = [dues[0][0] if dues else NEVER for dues in frame.dues]
    known = sorted({day for day in first if day < NEVER}, reverse=True)
    rank: Mapping[int, int] = {day: place for place, day in enumerate(known, 2)}
    return tuple(rank.get(day, 1) for day in first)
