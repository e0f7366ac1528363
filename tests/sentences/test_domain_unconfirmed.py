"""The one rule for days that nobody has confirmed, by example and by property."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.courts.domain import Effect
from youthcourt.sentences.domain import (
    AttendanceOutcome,
    CountingValues,
    DayStanding,
    Evening,
    ServiceState,
    UnconfirmedDay,
    attendance_effect,
    standing_of_day,
    standing_without_evening,
)

DAY = date(2026, 3, 14)
STARTS = datetime(2026, 3, 14, 14, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)
COUNTING = CountingValues(session_minutes=180, late_grace_minutes=10)
BOOKED, PENDING, DENIED = ServiceState.BOOKED, ServiceState.PENDING, ServiceState.DENIED
MINUTE = timedelta(minutes=1)


def a_day(outcome: AttendanceOutcome | None = None, **values: Any) -> UnconfirmedDay:
    """A seat of that morning; whoever came was there from the start to the end."""
    went: dict[str, Any] = {"arrived_at": STARTS, "left_at": ENDS} if outcome else {}
    went |= {name: values.pop(name) for name in ("arrived_at", "left_at") if name in values}
    return UnconfirmedDay(
        person_id=uuid.UUID(int=1),
        session_id=uuid.UUID(int=2),
        source_key=values.pop("source_key", "seat:1"),
        held_on=DAY,
        evening=Evening(starts_at=STARTS, ends_at=ENDS, **went),
        outcome=outcome,
        **values,
    )


def stands(
    day: UnconfirmedDay, now: datetime = ENDS, *, sessions: int = 1, minutes: int = 180
) -> DayStanding:
    return standing_of_day(day, COUNTING, sessions=sessions, minutes=minutes, now=now)


@pytest.mark.parametrize("outcome", [None, *AttendanceOutcome])
def test_up_to_its_planned_end_a_day_is_booked_whatever_the_door_wrote(outcome) -> None:
    """A minute before the end it is booked, at the end it is not."""
    for now in (STARTS - timedelta(days=9), STARTS, ENDS - MINUTE):
        found = stands(a_day(outcome), now)
        assert (found.state, found.sessions, found.minutes) == (BOOKED, 1, 180)
    assert stands(a_day(outcome), ENDS).state is not BOOKED


@pytest.mark.parametrize(
    ("day", "state", "amounts"),
    [
        (a_day(AttendanceOutcome.PRESENT), PENDING, (1, 180)),
        (a_day(AttendanceOutcome.LATE, arrived_at=STARTS + 30 * MINUTE), PENDING, (1, 150)),
        (a_day(AttendanceOutcome.LEFT_EARLY, left_at=STARTS + 60 * MINUTE), PENDING, (0, 60)),
        (a_day(AttendanceOutcome.LEFT_EARLY, left_at=STARTS), DENIED, (0, 0)),
        (a_day(AttendanceOutcome.SENT_HOME), DENIED, (0, 0)),
        (a_day(AttendanceOutcome.TURNED_AWAY), DENIED, (0, 0)),
        (a_day(AttendanceOutcome.ABSENT), DENIED, (0, 0)),
        (a_day(AttendanceOutcome.EXCUSED), DENIED, (0, 0)),
        (a_day(), PENDING, (1, 180)),
        (a_day(told=False), DENIED, (0, 0)),
        (a_day(AttendanceOutcome.PRESENT, told=False), PENDING, (1, 180)),
    ],
)
def test_over_it_waits_or_holds_no_place(day, state, amounts) -> None:
    """Nobody said anything: it waits.  It will count: it waits with that.  Else: no place."""
    found = stands(day)
    assert (found.state, (found.sessions, found.minutes)) == (state, amounts)
    assert found.holds_place is (state is PENDING)
    assert found.said is day.outcome


def test_a_training_that_does_not_count_holds_no_place() -> None:
    """However it went; where trainings count it is a session like any other."""
    day = a_day(AttendanceOutcome.PRESENT, is_training=True)
    assert stands(day).state is PENDING
    counts_not = replace(COUNTING, training_counts=False)
    found = standing_of_day(day, counts_not, sessions=1, minutes=180, now=ENDS)
    assert found.state is DENIED


def test_who_came_without_a_booking_waits_and_before_the_end_has_nothing_booked() -> None:
    """Nothing was booked, so nothing is; over, it waits by what will count."""
    day = a_day(AttendanceOutcome.PRESENT, source_key=None)
    assert not stands(day, STARTS, sessions=0, minutes=0).holds_place
    found = stands(day, sessions=0, minutes=0)
    assert (found.state, found.sessions, found.minutes) == (PENDING, 1, 180)
    assert not stands(a_day(source_key=None), sessions=0, minutes=0).holds_place


def test_service_of_no_session_is_over_with_its_day() -> None:
    """Hours at a site are booked on their day, and wait from the next one on."""
    for today, state in ((DAY, BOOKED), (DAY + timedelta(days=1), PENDING)):
        found = standing_without_evening(DAY, sessions=0, minutes=120, today=today)
        assert (found.state, found.minutes) == (state, 120)


outcomes = st.none() | st.sampled_from(AttendanceOutcome)
effects = st.sampled_from(Effect)


@given(
    outcome=outcomes,
    late=effects,
    early=effects,
    home=effects,
    away=effects,
    arrived=st.integers(-30, 200),
    stayed=st.integers(0, 200),
    after_end=st.integers(-300, 5000),
    told=st.booleans(),
    training=st.booleans(),
    counts=st.booleans(),
)
def test_what_waits_is_what_confirming_would_post(
    outcome, late, early, home, away, arrived, stayed, after_end, told, training, counts
) -> None:
    """Under any policy: over, a day waits with the effect of the evening or holds no place."""
    counting = CountingValues(
        session_minutes=180,
        late=late,
        left_early=early,
        sent_home=home,
        turned_away=away,
        training_counts=counts,
    )
    came = STARTS + arrived * MINUTE
    day = a_day(
        outcome, arrived_at=came, left_at=came + stayed * MINUTE, told=told, is_training=training
    )
    now = ENDS + after_end * MINUTE
    found = standing_of_day(day, counting, sessions=1, minutes=180, now=now)
    assert found.holds_place is bool(found.sessions or found.minutes)
    if now < ENDS:
        assert (found.state, found.sessions, found.minutes) == (BOOKED, 1, 180)
    elif outcome is None:
        assert found.holds_place is told
    else:
        effect = attendance_effect(outcome, counting, day.evening, is_training=training)
        assert (found.sessions, found.minutes) == (effect.sessions, effect.minutes)
        assert found.state is (PENDING if effect.sessions or effect.minutes else DENIED)
