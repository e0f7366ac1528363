"""Days on which a young person did or signed something: which of them cannot be."""

from __future__ import annotations

from datetime import date

from youthcourt.errors import CourtRuleBroken
from youthcourt.people.domain.births import YOUNGEST_RESPONDENT, age_on

EARLIEST_DAY = date(2000, 1, 1)
"""Earlier days are slips of the keyboard: no court that keeps these books is older."""


def check_past_day(day: date, *, today: date, birth_date: date | None, field: str) -> None:
    """Refuse a day that cannot be one on which this young person did something.

    Codes: ``day_in_future``, ``day_too_long_ago`` (earliest) and, where the birth date is known,
    ``day_before_age`` (age): nobody comes to a court before that age.
    """
    if day > today:
        raise CourtRuleBroken("day_in_future", field)
    if day < EARLIEST_DAY:
        raise CourtRuleBroken("day_too_long_ago", field, earliest=EARLIEST_DAY)
    if birth_date is not None and age_on(birth_date, day) < YOUNGEST_RESPONDENT:
        raise CourtRuleBroken("day_before_age", field, age=YOUNGEST_RESPONDENT)
