"""A day to call again lies after the try and within a year of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.cases.domain.contacts import check_call_again
from youthcourt.errors import CourtRuleBroken

TRIED = date(2026, 2, 27)


@given(days=st.integers(-800, 800))
def test_a_day_is_taken_from_tomorrow_to_a_year_on(days: int) -> None:
    """Each other is refused at its field, with the reason that fits."""
    day = TRIED + timedelta(days=days)
    if 1 <= days <= 366:
        check_call_again(day, tried_on=TRIED)
        return
    with pytest.raises(CourtRuleBroken) as refused:
        check_call_again(day, tried_on=TRIED)
    late = days > 366
    assert refused.value.code == ("call_again_too_late" if late else "call_again_before_try")
    assert refused.value.field == "call_again_on"


def test_no_day_is_needed() -> None:
    """Whoever leaves the field empty waits for no day."""
    check_call_again(None, tried_on=TRIED)
