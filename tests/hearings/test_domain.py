"""Series, clocks, clashes and the states of a hearing."""

from __future__ import annotations

import calendar as months
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.accounts.domain import Role
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import (
    HEARING_TRANSITIONS,
    ClockChange,
    ContinuanceReason,
    CourtSessionKind,
    CourtSessionState,
    DocketedHearing,
    DocketProblemCode,
    Engagement,
    HearingFacts,
    HearingKind,
    HearingOutcome,
    HearingState,
    PlannedSpan,
    SeriesRule,
    SittingFacts,
    Weight,
    check_hearing_transition,
    clock_change,
    docket_problems,
    hearing_transition,
    instant_of,
    is_refused,
    needs_reason,
    nth_weekday,
    outcome_effect,
    overlap,
    planned_span,
    series_days,
)

SATURDAY, TUESDAY = 5, 1
NEW_YORK = "America/New_York"


# -- series ----------------------------------------------------------------------------


def series(**facts) -> SeriesRule:
    facts = {
        "weekday": SATURDAY,
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 4, 30),
        **facts,
    }
    return SeriesRule(**facts)


def test_every_other_saturday_without_the_closed_one():
    """A closed day is left out and named; the rhythm goes on as if it had been held."""
    found = series_days(series(every_weeks=2), closed_days=[date(2026, 4, 4)])
    assert found.days == (
        date(2026, 3, 7),
        date(2026, 3, 21),
        date(2026, 4, 18),
    )
    assert found.skipped == (date(2026, 4, 4),)


def test_second_tuesday_of_each_month():
    """Counted within the month, whatever weekday the month begins with."""
    found = series_days(series(weekday=TUESDAY, nth_of_month=2))
    assert found.days == (date(2026, 3, 10), date(2026, 4, 14))


def test_a_month_without_a_fifth_saturday_has_no_session_but_always_a_last_one():
    """February 2028 has 29 days and no fifth Saturday."""
    span = {"starts_on": date(2028, 1, 1), "ends_on": date(2028, 3, 31)}
    fifth = series_days(series(nth_of_month=5, **span))
    assert fifth.days == (date(2028, 1, 29),)
    last = series_days(series(nth_of_month=-1, **span))
    assert last.days == (date(2028, 1, 29), date(2028, 2, 26), date(2028, 3, 25))
    assert nth_weekday(2028, 2, TUESDAY, 5) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"every_weeks": 1, "weekday": 7}, "weekday_out_of_range"),
        ({}, "series_needs_one_rhythm"),
        ({"every_weeks": 1, "nth_of_month": 1}, "series_needs_one_rhythm"),
        ({"every_weeks": 0}, "weeks_out_of_range"),
        ({"nth_of_month": 6}, "nth_out_of_range"),
        ({"nth_of_month": 0}, "nth_out_of_range"),
        ({"every_weeks": 1, "ends_on": date(2026, 2, 28)}, "ends_before_it_starts"),
        ({"every_weeks": 1, "ends_on": date(2036, 2, 28)}, "series_too_long"),
    ],
)
def test_a_rule_no_calendar_can_follow_is_refused(facts, code):
    """Each slip has its own code."""
    with pytest.raises(CourtRuleBroken) as refusal:
        series(**facts)
    assert refusal.value.code == code


DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(
    DAYS,
    st.integers(0, 500),
    st.integers(0, 6),
    st.sampled_from([1, 2, 3, 4]),
    st.frozensets(DAYS, max_size=5),
)
def test_weekly_days_are_what_the_rule_says(start, length, weekday, weeks, closed):
    """Right weekday, equal steps, inside the limits, nothing left out but closed days."""
    rule = SeriesRule(
        weekday=weekday, every_weeks=weeks, starts_on=start, ends_on=start + timedelta(length)
    )
    found = series_days(rule, closed_days=closed)
    every = sorted(found.days + found.skipped)
    assert not set(found.days) & closed
    assert set(found.skipped) <= closed
    assert all(day.weekday() == weekday for day in every)
    assert {(b - a).days for a, b in itertools.pairwise(every)} <= {7 * weeks}
    if every:
        assert every[0] - start < timedelta(7)
        assert timedelta(0) <= rule.ends_on - every[-1] < timedelta(7 * weeks)
    else:
        assert length < 7


@given(DAYS, st.integers(0, 500), st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1]))
def test_monthly_days_are_what_a_wall_calendar_shows(start, length, weekday, nth):
    """Compared with the weeks of the month as printed."""
    end = start + timedelta(length)
    rule = SeriesRule(weekday=weekday, nth_of_month=nth, starts_on=start, ends_on=end)
    expected = []
    for offset in range(length + 1):
        day = start + timedelta(offset)
        column = [
            week[weekday] for week in months.monthcalendar(day.year, day.month) if week[weekday]
        ]
        wanted = column[-1:] if nth == -1 else column[nth - 1 : nth]
        if wanted == [day.day]:
            expected.append(day)
    assert list(series_days(rule).days) == expected


# -- clocks ----------------------------------------------------------------------------


SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def test_a_time_the_clocks_skip_is_read_with_the_offset_before():
    """Half past two on the second Sunday of March is half past three (RFC 5545, 3.3.5)."""
    found = instant_of(SPRING, time(2, 30), NEW_YORK)
    assert found == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert clock_change(SPRING, time(2, 30), NEW_YORK) is ClockChange.SKIPPED


def test_a_time_that_comes_twice_is_the_first_of_both():
    """Half past one on the first Sunday of November is still summer time."""
    found = instant_of(AUTUMN, time(1, 30), NEW_YORK)
    assert found == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert clock_change(AUTUMN, time(1, 30), NEW_YORK) is ClockChange.REPEATED
    assert clock_change(AUTUMN, time(12), NEW_YORK) is None


@pytest.mark.parametrize(
    ("on", "starts", "ends", "zone", "minutes", "change"),
    [
        (date(2026, 3, 14), time(9), time(12), NEW_YORK, 180, None),
        (date(2026, 3, 7), time(22), time(3), NEW_YORK, 240, None),
        (date(2026, 10, 31), time(22), time(3), NEW_YORK, 360, None),
        (SPRING, time(1), time(2, 30), NEW_YORK, 90, ClockChange.SKIPPED),
        (AUTUMN, time(0), time(1, 30), NEW_YORK, 90, ClockChange.REPEATED),
        (date(2026, 3, 14), time(18), time(18), NEW_YORK, 1440, None),
        (date(2028, 2, 28), time(23), time(1), NEW_YORK, 120, None),
        (date(2026, 3, 8), time(1), time(3), "America/Phoenix", 120, None),
        (date(2026, 12, 31), time(22), time(2), "Pacific/Honolulu", 240, None),
    ],
)
def test_a_session_lasts_as_long_as_it_really_does(on, starts, ends, zone, minutes, change):
    """Over midnight, over both changes of the clocks, on a leap day, in a zone without."""
    found = planned_span(on, starts, ends, zone)
    assert (found.minutes, found.clock_change) == (minutes, change)
    assert found.starts_at.tzinfo is found.ends_at.tzinfo is UTC


def test_a_session_the_clocks_swallow_is_refused():
    """From half past two to three does not exist on that Sunday."""
    with pytest.raises(CourtRuleBroken) as refusal:
        planned_span(SPRING, time(2, 30), time(3), NEW_YORK)
    assert (refusal.value.code, refusal.value.params) == ("clocks_skip_session", {"on": SPRING})


@given(
    DAYS,
    st.times(),
    st.sampled_from([NEW_YORK, "America/Chicago", "Pacific/Honolulu", "Europe/London"]),
)
def test_planned_times_come_back_as_the_same_wall_time(on, at, zone):
    """Except for those the clocks skip, which are said to be skipped."""
    from zoneinfo import ZoneInfo

    back = instant_of(on, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    skipped = clock_change(on, at, zone) is ClockChange.SKIPPED
    assert (back != datetime.combine(on, at)) is skipped


# -- docket ----------------------------------------------------------------------------


def uid(number: int) -> UUID:
    return UUID(int=number)


def span(hour: int, hours: int = 3) -> PlannedSpan:
    start = datetime(2026, 3, 14, hour, tzinfo=UTC)
    return PlannedSpan(starts_at=start, ends_at=start + timedelta(hours=hours))


BEFORE = datetime(2026, 3, 1, tzinfo=UTC)
HEARING = HearingFacts(hearing_id=uid(1), kind=HearingKind.FIRST, respondent_id=uid(11))
SITTING = SittingFacts(sitting_id=uid(50), span=span(14))


def in_room(number: int, kind=HearingKind.FIRST) -> DocketedHearing:
    return DocketedHearing(hearing_id=uid(number), kind=kind, respondent_id=uid(10 + number))


def at(hour: int, number: int = 99) -> tuple[Engagement, ...]:
    return (Engagement(id=uid(number), span=span(hour)),)


def problems(hearing=HEARING, sitting=SITTING, *, apart=True, now=BEFORE):
    return docket_problems(hearing, sitting, companions_apart=apart, now=now)


@pytest.mark.parametrize(
    ("hearing", "sitting", "code"),
    [
        ({}, {"session_state": CourtSessionState.CANCELLED}, "session_not_open"),
        ({}, {"session_state": CourtSessionState.CONFIRMED}, "session_not_open"),
        ({}, {"session_kind": CourtSessionKind.TRAINING}, "not_a_hearing_session"),
        ({}, {"on_closed_day": True}, "closed_day"),
        ({}, {"max_first": 2, "docket": (in_room(2), in_room(3))}, "sitting_full_first"),
        ({}, {"max_first": 0}, "sitting_full_first"),
        (
            {"kind": HearingKind.RETURN},
            {"max_return": 1, "docket": (in_room(2, HearingKind.REVIEW),)},
            "sitting_full_return",
        ),
        ({"hearings": at(15)}, {}, "respondent_has_hearing"),
        ({"seats": at(12)}, {}, "respondent_has_seat"),
        (
            {"companion_ids": frozenset({uid(12)})},
            {"docket": (in_room(2),)},
            "companion_in_sitting",
        ),
        ({"guardian_known": False}, {}, "no_guardian_known"),
        ({"interpreter_language": "es"}, {}, "interpreter_needed"),
    ],
)
def test_each_clash_is_seen_before_it_happens(hearing, sitting, code):
    """One thing in the way, one problem, by its name."""
    (found,) = problems(replace(HEARING, **hearing), replace(SITTING, **sitting))
    assert found.code is DocketProblemCode(code)


@pytest.mark.parametrize(
    ("hearing", "sitting"),
    [
        ({}, {"max_first": 2, "docket": (in_room(2), in_room(3, HearingKind.RETURN))}),
        ({}, {"max_first": 1, "docket": (in_room(1),)}),
        ({"hearings": at(15, 1)}, {}),
        ({"hearings": at(17), "seats": at(11)}, {}),
        ({"companion_ids": frozenset({uid(77)})}, {"docket": (in_room(2),)}),
    ],
)
def test_what_only_looks_like_a_clash_is_none(hearing, sitting):
    """Other kind, the hearing itself, back to back, or a companion elsewhere."""
    assert problems(replace(HEARING, **hearing), replace(SITTING, **sitting)) == ()


def test_companions_may_sit_together_where_the_court_does_not_mind():
    """The switch of the policy is obeyed."""
    together = replace(HEARING, companion_ids=frozenset({uid(12)}))
    assert problems(together, replace(SITTING, docket=(in_room(2),)), apart=False) == ()


def test_a_session_is_past_when_it_has_ended():
    """During the evening a hearing may still be added."""
    assert problems(now=SITTING.span.ends_at - timedelta(minutes=1)) == ()
    (found,) = problems(now=SITTING.span.ends_at)
    assert found.code is DocketProblemCode.SESSION_IN_PAST


def test_problems_are_sorted_by_what_can_be_done_about_them():
    """Refused first, then what needs a reason, then what to keep in mind."""
    hearing = replace(HEARING, guardian_known=False, seats=at(14), hearings=at(14))
    found = problems(hearing)
    assert [p.weight for p in found] == [Weight.REFUSED, Weight.NEEDS_REASON, Weight.NOTE]
    assert is_refused(found)
    assert needs_reason(found[1:])
    assert not is_refused(found[1:])
    assert not needs_reason(found[2:])


def test_every_problem_has_its_weight():
    """A new code without a weight would break on the screen."""
    from youthcourt.hearings.domain.docket import WEIGHTS

    assert set(WEIGHTS) == set(DocketProblemCode)


def test_back_to_back_is_no_overlap():
    """One ends when the other begins."""
    assert not overlap(span(11), span(14))
    assert overlap(span(11, 4), span(14))


# -- states ----------------------------------------------------------------------------


LIVE = {HearingState.WAITING, HearingState.DOCKETED}


def test_a_hearing_that_is_over_stays_as_it_is():
    """What follows is another hearing; from heard, continued, no-show, cancelled no way leads."""
    assert {row.source for row in HEARING_TRANSITIONS} == LIVE
    reached = {row.target for row in HEARING_TRANSITIONS}
    assert reached == set(HearingState)


@pytest.mark.parametrize(
    ("source", "target", "by", "reason", "code"),
    [
        ("waiting", "heard", "coordinator", "x", "hearing_step_not_possible"),
        ("heard", "docketed", "coordinator", "x", "hearing_step_not_possible"),
        ("waiting", "docketed", "clerk", None, "hearing_step_not_yours"),
        ("docketed", "heard", "evaluator", None, "hearing_step_not_yours"),
        ("docketed", "continued", "clerk", " ", "reason_required"),
        ("docketed", "cancelled", "coordinator", None, "reason_required"),
    ],
)
def test_steps_outside_the_table_are_refused(source, target, by, reason, code):
    """Wrong way, wrong role, or no reason."""
    with pytest.raises(CourtRuleBroken) as refusal:
        check_hearing_transition(
            HearingState(source), HearingState(target), by=Role(by), reason=reason
        )
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("source", "target", "by", "reason"),
    [
        ("waiting", "docketed", "coordinator", None),
        ("docketed", "docketed", "coordinator", None),
        ("docketed", "heard", "clerk", None),
        ("docketed", "no_show", "clerk", None),
        ("docketed", "continued", "clerk", "no_quorum"),
    ],
)
def test_steps_of_the_table_pass(source, target, by, reason):
    """The clerk's evening and the coordinator's docket."""
    check_hearing_transition(HearingState(source), HearingState(target), by=Role(by), reason=reason)


@pytest.mark.parametrize("outcome", HearingOutcome)
def test_every_outcome_drives_the_next_step(outcome):
    """Exactly one of: heard, another hearing waits, the case is to be closed."""
    reason = ContinuanceReason.WEATHER if outcome is HearingOutcome.CONTINUED else None
    effect = outcome_effect(outcome, reason=reason)
    heard = effect.state is HearingState.HEARD
    assert heard + effect.next_hearing + effect.ends_case == 1
    assert hearing_transition(HearingState.DOCKETED, effect.state) is not None


def test_a_continuance_and_only_a_continuance_names_its_reason():
    """No quorum is the court's doing, not the youth's; the reason says so."""
    with pytest.raises(CourtRuleBroken, match="reason_required"):
        outcome_effect(HearingOutcome.CONTINUED)
    with pytest.raises(CourtRuleBroken, match="reason_only_for_continuance"):
        outcome_effect(HearingOutcome.HEARD, reason=ContinuanceReason.WEATHER)
