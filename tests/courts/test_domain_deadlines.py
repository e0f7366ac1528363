"""Time limits: the earliest of several, month ends, and which day still counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from youthcourt.courts.domain import (
    CountedFrom,
    DeadlineRule,
    due_date,
    months_later,
    preset,
)

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
starts = st.none() | days
START_NAMES = {
    CountedFrom.HEARING: "heard_on",
    CountedFrom.SENTENCE: "sentenced_on",
    CountedFrom.REFERRAL: "referred_on",
    CountedFrom.ADMISSION: "admitted_on",
}
rules = st.builds(
    lambda unit, amount, counted_from: DeadlineRule(**{unit: amount}, counted_from=counted_from),
    st.sampled_from(["days", "months"]),
    st.integers(1, 24),
    st.sampled_from(list(CountedFrom)),
)


def due(policy, **known_days):
    """Return the due date where there must be one."""
    found = due_date(policy, **known_days)
    assert found is not None
    return found


def policy_with(*deadlines, last_day_included=True):
    """Return Charlotte County's policy with other time limits."""
    changes = {"deadlines": deadlines, "last_day_included": last_day_included}
    return preset("fl-charlotte").model_copy(update=changes)


def test_time_dollar_court_gives_120_days_from_the_hearing():
    """Heard on 6 January 2024, due on 5 May 2024, that day included."""
    found = due(preset("dc-time-dollar"), heard_on=date(2024, 1, 6))
    assert found.on == date(2024, 5, 5)
    assert found.started_on == date(2024, 1, 6)
    assert found.rule.days == 120


def test_the_earlier_of_hearing_and_deferral_counts():
    """Texas: ninety days from the hearing or the end of a deferral of 180, whichever is first."""
    hearing = DeadlineRule(days=90, counted_from=CountedFrom.HEARING)
    deferral = DeadlineRule(days=180, counted_from=CountedFrom.ADMISSION)
    policy = policy_with(hearing, deferral)
    late_hearing = due(policy, heard_on=date(2024, 5, 1), admitted_on=date(2024, 1, 1))
    assert (late_hearing.on, late_hearing.rule) == (date(2024, 6, 29), deferral)
    early_hearing = due(policy, heard_on=date(2024, 2, 1), admitted_on=date(2024, 1, 1))
    assert (early_hearing.on, early_hearing.rule) == (date(2024, 5, 1), hearing)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 10, 31), 4, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
    ],
)
def test_months_end_where_the_month_ends(start, months, end):
    """A day the later month does not have becomes its last day."""
    assert months_later(start, months) == end
    rule = DeadlineRule(months=months, counted_from=CountedFrom.SENTENCE)
    assert due(policy_with(rule), sentenced_on=start).on == end


def test_without_the_last_day_service_counts_until_the_day_before():
    """A court that does not include the last day loses exactly one day."""
    rule = DeadlineRule(days=90, counted_from=CountedFrom.HEARING)
    policy = policy_with(rule, last_day_included=False)
    assert due(policy, heard_on=date(2024, 1, 1)).on == date(2024, 3, 30)


def test_without_a_limit_or_a_starting_day_there_is_no_due_date():
    """Nothing is made up: no rule or no start gives no date."""
    assert due_date(policy_with(), heard_on=date(2024, 1, 1)) is None
    rule = DeadlineRule(days=90, counted_from=CountedFrom.HEARING)
    assert due_date(policy_with(rule), referred_on=date(2024, 1, 1)) is None


@pytest.mark.parametrize("limit", [{}, {"days": 1, "months": 1}, {"days": 0}, {"months": -1}])
def test_a_limit_is_in_days_or_in_months(limit):
    """Neither, both or nothing at all is no limit."""
    with pytest.raises(ValidationError):
        DeadlineRule(**limit, counted_from=CountedFrom.HEARING)


@given(
    limits=st.lists(rules, max_size=4),
    given_days=st.fixed_dictionaries(dict.fromkeys(START_NAMES.values(), starts)),
    included=st.booleans(),
)
def test_the_due_date_is_the_least_of_all_limits_and_not_before_its_start(
    limits, given_days, included
):
    """Earliest-of, the naming rule is the one that gave it, and no limit runs backwards."""
    policy = policy_with(*limits, last_day_included=included)
    found = due_date(policy, **given_days)
    single = [
        one
        for rule in limits
        if (one := due_date(policy.model_copy(update={"deadlines": (rule,)}), **given_days))
    ]
    if found is None:
        assert not single
        return
    assert found.on == min(one.on for one in single)
    assert found.on >= found.started_on
    assert found.started_on == given_days[START_NAMES[found.rule.counted_from]]
    if found.rule.days is not None:
        assert found.on == found.started_on + timedelta(days=found.rule.days - (not included))


@given(start=days, months=st.integers(1, 60))
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(start, months):
    """Months are counted on the calendar, not in days."""
    end = months_later(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
    assert end.day <= start.day
