"""How long a case has been waiting, and when it must go back to the referrer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDates:
    """The days of a case, in the court's zone; None where it has not happened or is not known.

    ``reached`` tells that the family was reached on a day nobody knows, as in a case that came in
    from a list at a later step.
    """

    referred_on: date
    offence_on: date | None = None
    contacted_on: date | None = None
    intake_on: date | None = None
    heard_on: date | None = None
    closed_on: date | None = None
    reached: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClocks:
    """Whole days since each event, up to the hearing or the closing or today.

    ``contact_due_on`` is the last day for an answer from the family; it is None when the court
    sets no limit, the family was reached, or the case was heard or closed.
    ``contact_days_left`` is negative when that day has passed.
    """

    since_offence: int | None
    since_referral: int
    since_intake: int | None
    until_contact: int
    contact_due_on: date | None = None
    contact_days_left: int | None = None

    @property
    def contact_overdue(self) -> bool:
        """Whether the case should go back to the referrer for want of an answer."""
        return self.contact_days_left is not None and self.contact_days_left < 0


def case_clocks(dates: CaseDates, *, today: date, no_contact_days: int | None) -> CaseClocks:
    """Return the waiting days of a case; a day that lies ahead counts as nought.

    The time for an answer runs from the referral and its last day is included, as in Durham
    County, NC: no response in 30 days returns the case to the referrer.
    """
    stops = [day for day in (dates.heard_on, dates.closed_on) if day is not None]
    end = min([today, *stops])
    waits = not (stops or dates.reached or dates.contacted_on)
    open_for_contact = no_contact_days is not None and waits
    due = dates.referred_on + timedelta(days=no_contact_days or 0) if open_for_contact else None
    return CaseClocks(
        since_offence=_days(dates.offence_on, end),
        since_referral=_days(dates.referred_on, end) or 0,
        since_intake=_days(dates.intake_on, end),
        until_contact=_days(dates.referred_on, min(end, dates.contacted_on or end)) or 0,
        contact_due_on=due,
        contact_days_left=None if due is None else (due - today).days,
    )


def _days(start: date | None, end: date) -> int | None:
    return None if start is None else max((end - start).days, 0)
