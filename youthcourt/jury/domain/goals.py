"""The goals of a draw in their order, and what was reached of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Goal(StrEnum):
    """What a draw is after, the first first."""

    QUORUM = "seats_to_quorum"
    COMPLETE = "sittings_with_quorum"
    IN_TIME = "owed_in_time"
    NEAREST = "nearest_last_day_first"
    TARGET = "seats_to_target"
    BEYOND = "seats_beyond_target"
    EXPERIENCE = "panels_with_experience"
    LATE = "owed_sessions_served"
    LOAD = "sessions_outside_band"
    MIX = "jurors_above_mix"
    STABILITY = "announced_seats_kept"
    LOTTERY = "lottery"


LEAST = frozenset({Goal.BEYOND, Goal.LOAD, Goal.MIX, Goal.LOTTERY})
"""The goals of which less is better."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalResult:
    """What a draw reached of one goal.

    ``bound`` is what no draw can surpass that does as well in every goal above, ``None`` where
    it is not known.
    """

    goal: Goal
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible."""
        return self.bound is not None and (
            self.value <= self.bound if self.goal in LEAST else self.value >= self.bound
        )
