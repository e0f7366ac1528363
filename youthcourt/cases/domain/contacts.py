"""When a family is to be called again."""

from __future__ import annotations

from datetime import date, timedelta

from youthcourt.errors import CourtRuleBroken

CALL_AGAIN_WITHIN = timedelta(days=366)
"""A later day can only be a slip: no court lets a referral rest for more than a year."""


def check_call_again(call_again_on: date | None, *, tried_on: date) -> None:
    """Refuse a day that is not after the try, or more than a year away."""
    if call_again_on is None:
        return
    if call_again_on <= tried_on:
        raise CourtRuleBroken("call_again_before_try", "call_again_on")
    if call_again_on > tried_on + CALL_AGAIN_WITHIN:
        raise CourtRuleBroken("call_again_too_late", "call_again_on")
