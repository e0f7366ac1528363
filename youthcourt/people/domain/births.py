"""Birth dates and ages: computed, estimated from a stated age, and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from youthcourt.errors import CourtRuleBroken

# Published programmes take youths from 10 to 19; outside these the entry is taken for a slip.
YOUNGEST_RESPONDENT = 5
OLDEST_RESPONDENT = 21


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeRange:
    """The youngest and the oldest a person can be, both in whole years."""

    youngest: int
    oldest: int

    @property
    def age(self) -> int | None:
        """The age when only one is possible."""
        return self.youngest if self.youngest == self.oldest else None


def age_on(birth_date: date, day: date) -> int:
    """Return the age in completed years; somebody born on 29 February turns on 1 March.

    Negative before the birth.
    """
    not_yet = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - not_yet


def age_range_on(stated_age: int, stated_on: date, day: date) -> AgeRange:
    """Return how old somebody who was ``stated_age`` on ``stated_on`` can be on ``day``.

    Never below 0.  On the day of the statement the range is the stated age alone.
    """
    latest_birth = _same_day(stated_on, stated_on.year - stated_age)
    earliest_birth = _same_day(stated_on, stated_on.year - stated_age - 1) + timedelta(days=1)
    return AgeRange(
        youngest=max(age_on(latest_birth, day), 0),
        oldest=max(age_on(earliest_birth, day), 0),
    )


def _same_day(day: date, year: int) -> date:
    """Return the day in another year; in a common year 28 February stands for the 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def check_age(age: int, field: str | None = None) -> None:
    """Refuse an age no respondent has: code ``age_implausible`` (age, youngest, oldest)."""
    if not YOUNGEST_RESPONDENT <= age <= OLDEST_RESPONDENT:
        raise CourtRuleBroken(
            "age_implausible",
            field,
            age=age,
            youngest=YOUNGEST_RESPONDENT,
            oldest=OLDEST_RESPONDENT,
        )


def check_birth_date(
    birth_date: date,
    *,
    today: date,
    offence_on: date | None = None,
    respondent: bool = True,
    field: str | None = "birth_date",
) -> None:
    """Refuse a birth date that cannot be right.

    Codes: ``birth_date_in_future`` (birth_date), ``birth_date_after_offence`` (birth_date,
    offence_on) and, for a respondent, ``age_implausible`` on the day of the offence or today.
    """
    if birth_date > today:
        raise CourtRuleBroken("birth_date_in_future", field, birth_date=birth_date)
    if offence_on is not None and birth_date > offence_on:
        raise CourtRuleBroken(
            "birth_date_after_offence", field, birth_date=birth_date, offence_on=offence_on
        )
    if respondent:
        check_age(age_on(birth_date, offence_on or today), field)
