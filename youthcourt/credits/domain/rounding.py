"""From minutes served to minutes credited: one hour of service is one credit."""

from __future__ import annotations

from dataclasses import dataclass

from youthcourt.courts.domain.kinds import Rounding
from youthcourt.errors import CourtRuleBroken

QUARTER = 15
HOUR = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditLine:
    """Minutes served, minutes credited, and the rule between them, as shown on the line."""

    served: int
    credited: int
    rounding: Rounding


def credit_minutes(minutes: int, rounding: Rounding) -> CreditLine:
    """Return the line for so many minutes of service.

    Up to the quarter, 52 minutes are 60 and 70 are 75 (member policies of the Northern
    California time bank).  Raises ``CourtRuleBroken`` for a negative number.
    """
    if minutes < 0:
        raise CourtRuleBroken("minutes_not_positive", "minutes")
    credited = {
        Rounding.NONE: minutes,
        Rounding.UP_TO_QUARTER: -(-minutes // QUARTER) * QUARTER,
        Rounding.NEAREST_QUARTER: (minutes + QUARTER // 2) // QUARTER * QUARTER,
        Rounding.DOWN_TO_HOUR: minutes // HOUR * HOUR,
    }[rounding]
    return CreditLine(served=minutes, credited=credited, rounding=rounding)
