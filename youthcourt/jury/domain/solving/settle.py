"""Who of a session goes to which of its rooms, once it is settled who comes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.score import Score


class Settling:
    """Exchanges between the rooms of a session that make the mix better and nothing worse."""

    def __init__(self, frame: Frame, eligibility: Eligibility, score: Score) -> None:
        self.frame, self.eligibility, self.score = frame, eligibility, score
        self.open = eligibility.barred == 0

    def settle(self, panels: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return panels of the same people in the same sessions, as well mixed as exchanges go."""
        found = [list(panel) for panel in panels]
        for slot in self.frame.slots:
            while any(
                self._exchange(found, one, other) for one, other in combinations(slot.rooms, 2)
            ):
                pass
        return [sorted(panel) for panel in found]

    def _exchange(self, panels: list[list[int]], one: int, other: int) -> bool:
        """Make the first exchange that gains something; return whether there was one."""
        if not self.score.above_mix(panels[one]) + self.score.above_mix(panels[other]):
            return False
        before = self._value(panels, one, other)
        for juror in self._movable(panels, one, other):
            for person in self._movable(panels, other, one):
                was = panels[one], panels[other]
                panels[one] = [person if j == juror else j for j in was[0]]
                panels[other] = [juror if j == person else j for j in was[1]]
                if self._keeps_rules(panels, one, other) and (
                    self._value(panels, one, other) > before
                ):
                    return True
                panels[one], panels[other] = was
        return False

    def _movable(self, panels: list[list[int]], here: int, there: int) -> list[int]:
        return [
            j for j in panels[here] if (j, here) not in self.frame.locked and self.open[j, there]
        ]

    def _keeps_rules(self, panels: list[list[int]], *rooms: int) -> bool:
        for room in rooms:
            sitting = self.frame.sittings[room]
            aside = [self.eligibility.steps_aside(j, room) for j in panels[room]]
            for place in range(len(sitting.hearings)):
                if sum(place in gone for gone in aside) > sitting.maximum - sitting.quorum:
                    return False
        return True

    def _value(self, panels: list[list[int]], *rooms: int) -> tuple[int, ...]:
        """Return what both rooms reach, goal by goal; the greater the better."""
        lacks = [self.score.lacking(room, panels[room]) for room in rooms]
        experts = sum(any(self.frame.jurors[j].experienced for j in panels[room]) for room in rooms)
        kept = sum((j, room) in self.frame.announced for room in rooms for j in panels[room])
        above = sum(self.score.above_mix(panels[room]) for room in rooms)
        return (-sum(lacks), sum(not lack for lack in lacks), experts, -above, kept)
