"""Time limits: the day by which a sentence has to be finished, and the rule that gave it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from youthcourt.courts.domain.kinds import CountedFrom, ExtendedBy
from youthcourt.courts.domain.part import Check, Mistake, Part, Whole

if TYPE_CHECKING:
    from youthcourt.courts.domain.policy import Policy

Days = Annotated[Whole, Field(ge=1, le=3660)]
Months = Annotated[Whole, Field(ge=1, le=120)]


def _days_or_months(rule: DeadlineRule) -> Iterator[Mistake]:
    if (rule.days is None) is (rule.months is None):
        yield Mistake(where=(), message="Give either days or months, not both and not neither.")


class DeadlineRule(Part):
    """One time limit; where there are several, the earliest counts."""

    checks = (Check(fields=("days", "months"), find=_days_or_months),)

    days: Days | None = Field(default=None, description="the limit in days")
    months: Months | None = Field(
        default=None,
        description="the limit in calendar months; a day the month does not have becomes its last",
    )
    counted_from: CountedFrom = Field(description="the day on which the limit starts")
    src: str = Field(default="", description="where the limit comes from")


class ExtensionRule(Part):
    """How much more time may be given."""

    max_days: Days | None = Field(
        default=None, description="the most days one extension adds; left out: no fixed limit"
    )
    max_times: Annotated[Whole, Field(ge=0, le=100)] | None = Field(
        default=None,
        description="how often time may be added; 0: never; left out: no fixed limit",
    )
    by: ExtendedBy = Field(default=ExtendedBy.COORDINATOR, description="who may add time")


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDate:
    """The last day on which service counts, the limit that set it and the day it began."""

    on: date
    rule: DeadlineRule
    started_on: date


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _limit(rule: DeadlineRule, start: date, *, last_day_included: bool) -> date:
    if rule.months is not None:
        limit = months_later(start, rule.months)
    else:
        limit = start + timedelta(days=rule.days or 0)
    return limit if last_day_included else limit - timedelta(days=1)


def due_date(
    policy: Policy,
    *,
    heard_on: date | None = None,
    sentenced_on: date | None = None,
    referred_on: date | None = None,
    admitted_on: date | None = None,
) -> DueDate | None:
    """Return the earliest limit whose starting day is known; None when there is none.

    All days are court-local.  Of two limits on the same day the policy's first is named.
    """
    starts = {
        CountedFrom.HEARING: heard_on,
        CountedFrom.SENTENCE: sentenced_on,
        CountedFrom.REFERRAL: referred_on,
        CountedFrom.ADMISSION: admitted_on,
    }
    found = [
        DueDate(
            on=_limit(rule, start, last_day_included=policy.last_day_included),
            rule=rule,
            started_on=start,
        )
        for rule in policy.deadlines
        if (start := starts[rule.counted_from]) is not None
    ]
    return min(found, key=lambda due: due.on, default=None)
