"""What planning promises: times, rooms, closed days and series."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.courts.models import Court
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    ClockChange,
    CourtSessionKind,
    CourtSessionState,
    DayOutcome,
    SeriesRule,
    SessionCancelReason,
)
from youthcourt.hearings.models import CourtSession, SessionSeries
from youthcourt.hearings.queries import series_preview, session_line

SPRING = date(2026, 3, 8)  # 2:00 am becomes 3:00 am in Washington
AUTUMN = date(2026, 11, 1)  # 2:00 am becomes 1:00 am


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """On SQLite alone: nothing here is for a database to decide."""
    return sqlite_app


# Planning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"held_on": date(2026, 3, 3)}, "day_in_past", "held_on"),
        ({"held_on": NEXT}, "court_closed_that_day", "held_on"),
        ({"numbers": {"quorum": 9}}, "quorum_above_target", "quorum"),
        ({"numbers": {"panel_max": 7}}, "target_above_most", "panel_target"),
        ({"numbers": {"quorum": 0}}, "seats_out_of_range", "quorum"),
        ({"numbers": {"max_first_hearings": 201}}, "cap_out_of_range", "max_first_hearings"),
    ],
)
def test_a_session_that_cannot_be_is_not_planned(calendar, given, code, field) -> None:
    """Over, closed, or with numbers that contradict each other."""
    services.add_closed_day(calendar.session, day=NEXT, label="Holiday", **calendar.hand)
    room = calendar.room()
    with Refused(code, field):
        calendar.session_in(room, **given)


def test_a_session_needs_rooms_that_are_used_and_named_once(calendar) -> None:
    """None, twice the same, and one that was given up."""
    room = calendar.room()
    with Refused("no_room_chosen", "rooms"):
        calendar.session_in()
    with Refused("room_twice", "rooms"):
        calendar.session_in(room, room)
    services.close_room(calendar.session, room_id=room.id, **calendar.hand)
    with Refused("room_is_closed", "rooms", room="Room A"):
        calendar.session_in(room)


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        # Same morning; end to start; across midnight.
        ((SATURDAY, time(9), time(12)), (SATURDAY, time(11), time(13)), True),
        ((SATURDAY, time(9), time(12)), (SATURDAY, time(12), time(13)), False),
        ((SATURDAY, time(22), time(1)), (date(2026, 3, 15), time(0, 30), time(2)), True),
        ((SATURDAY, time(22), time(1)), (date(2026, 3, 15), time(1), time(2)), False),
        # 2:30 on this night is 3:30 by the clock on the wall, so the times do meet.
        ((SPRING, time(1, 30), time(2, 30)), (SPRING, time(3), time(4)), True),
        # 1:45 comes twice; the first one is meant, half an hour after the first 1:15.
        ((AUTUMN, time(0, 30), time(1, 15)), (AUTUMN, time(1, 45), time(3)), False),
        ((AUTUMN, time(0, 30), time(2)), (AUTUMN, time(1, 45), time(3)), True),
    ],
)
def test_two_sessions_never_share_a_room_at_one_time(calendar, first, second, taken) -> None:
    """Instants decide, not what the clock on the wall shows."""
    room = calendar.room()

    def plan(when, where):
        calendar.session_in(where, held_on=when[0], starts_at=when[1], ends_at=when[2])

    plan(first, room)
    if taken:
        with Refused("room_taken", "rooms", room="Room A"):
            plan(second, room)
        plan(second, calendar.room("Room B"))
    else:
        plan(second, room)


def test_the_room_of_a_cancelled_session_is_free(calendar) -> None:
    """It can be planned again at once."""
    room = calendar.room()
    evening = calendar.session_in(room)
    services.cancel_session(
        calendar.session,
        session_id=evening.id,
        reason=SessionCancelReason.WEATHER,
        **calendar.hand,
    )
    assert calendar.session_in(room).id != evening.id


@pytest.mark.parametrize(
    ("on", "starts_at", "ends_at", "minutes", "change"),
    [
        (date(2026, 3, 7), time(22), time(4), 5 * 60, None),
        (date(2026, 10, 31), time(22), time(4), 7 * 60, None),
        (SPRING, time(2, 30), time(5), 90, ClockChange.SKIPPED),
        (AUTUMN, time(1, 30), time(3), 150, ClockChange.REPEATED),
        (date(2028, 2, 29), time(9), time(12), 180, None),
        (date(2028, 2, 28), time(22), time(1), 180, None),
    ],
)
def test_a_planned_time_lasts_as_long_as_it_really_does(
    calendar, on, starts_at, ends_at, minutes, change
) -> None:
    """Nights on which the clocks change, the leap day, and an evening that ends on it."""
    evening = calendar.session_in(calendar.room(), held_on=on, starts_at=starts_at, ends_at=ends_at)
    span = session_line(calendar.session, evening.id).span
    assert (span.minutes, span.clock_change) == (minutes, change)


def test_a_session_without_any_time_left_is_refused(calendar) -> None:
    """A start at 2:45 that night is 3:45 by the clock, after its end at 3:15."""
    with Refused("clocks_skip_session", "ends_at"):
        calendar.session_in(
            calendar.room(), held_on=SPRING, starts_at=time(2, 45), ends_at=time(3, 15)
        )


def test_a_session_is_over_when_the_court_s_clock_says_so(calendar) -> None:
    """Noon in Washington is 16 hours in UTC; at 16:30 UTC the morning until 12:30 still runs."""
    room = calendar.room()
    calendar.session_in(room, now=datetime(2026, 3, 14, 16, 29, tzinfo=UTC))
    with Refused("day_in_past", "held_on"):
        calendar.session_in(calendar.room("Room B"), now=datetime(2026, 3, 14, 16, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "over"),
    [("Pacific/Honolulu", False), ("America/New_York", True), ("Asia/Kolkata", True)],
)
def test_the_zone_of_the_court_decides_what_is_over(calendar, zone, over) -> None:
    """At 7 in the morning UTC it is still evening in Honolulu."""
    calendar.session.get_one(Court, calendar.court.id).time_zone = zone
    calendar.session.flush()
    given = {
        "starts_at": time(20),
        "ends_at": time(22),
        "now": datetime(2026, 3, 15, 7, 0, tzinfo=UTC),
    }
    if over:
        with Refused("day_in_past", "held_on"):
            calendar.session_in(calendar.room(), **given)
    else:
        evening = calendar.session_in(calendar.room(), **given)
        line = session_line(calendar.session, evening.id)
        assert line.span.starts_at == datetime(2026, 3, 15, 6, 0, tzinfo=UTC)


# Series ---------------------------------------------------------------------------------------


def every_other_saturday(**given) -> SeriesRule:
    values = {
        "weekday": 5,
        "every_weeks": 2,
        "starts_on": date(2026, 2, 28),
        "ends_on": date(2026, 5, 30),
        **given,
    }
    return SeriesRule(**values)


def test_a_series_shows_what_it_leaves_out_and_plans_the_rest(calendar, session) -> None:
    """Over, closed, taken: told; nothing is stored before."""
    room = calendar.room()
    calendar.session_in(room, held_on=NEXT)
    services.add_closed_day(session, day=date(2026, 4, 11), label="Spring", **calendar.hand)
    rule = every_other_saturday()
    times: dict[str, Any] = {"starts_at": time(9, 30), "ends_at": time(12, 30)}
    preview = series_preview(session, rule=rule, **times, room_ids=[room.id], now=NOW)
    assert [(day.on.isoformat(), day.outcome) for day in preview] == [
        ("2026-02-28", DayOutcome.IN_PAST),
        ("2026-03-14", DayOutcome.PLANNED),
        ("2026-03-28", DayOutcome.ROOM_TAKEN),
        ("2026-04-11", DayOutcome.CLOSED_DAY),
        ("2026-04-25", DayOutcome.PLANNED),
        ("2026-05-09", DayOutcome.PLANNED),
        ("2026-05-23", DayOutcome.PLANNED),
    ]
    assert session.scalar(sa.select(sa.func.count()).select_from(SessionSeries)) == 0
    planned = services.plan_series(
        session,
        rule=rule,
        kind=CourtSessionKind.HEARING,
        **times,
        rooms=[calendar.plan(room, presiding="Judge Okafor")],
        seen=[day.on for day in preview if day.outcome is DayOutcome.PLANNED],
        **calendar.hand,
    )
    assert [row.held_on.isoformat() for row in planned] == [
        "2026-03-14",
        "2026-04-25",
        "2026-05-09",
        "2026-05-23",
    ]
    assert len({row.series_id for row in planned}) == 1
    assert {calendar.sittings(row)[0].presiding for row in planned} == {"Judge Okafor"}


def test_a_series_is_planned_as_it_was_seen_or_not_at_all(calendar, session) -> None:
    """Somebody closed a day meanwhile: the days are shown again."""
    room = calendar.room()
    given = {
        "rule": every_other_saturday(),
        "kind": CourtSessionKind.HEARING,
        "starts_at": time(9),
        "ends_at": time(12),
        "rooms": [calendar.plan(room)],
        **calendar.hand,
    }
    with Refused("preview_changed"):
        services.plan_series(session, seen=[SATURDAY], **given)
    with Refused("no_day_left", "ends_on"):
        given["rule"] = every_other_saturday(ends_on=date(2026, 3, 1))
        services.plan_series(session, seen=[], **given)
    assert session.scalar(sa.select(sa.func.count()).select_from(CourtSession)) == 0


def test_a_series_tells_of_the_nights_on_which_the_clocks_change(calendar, session) -> None:
    """First Sunday of the month at 1:30: in November that time comes twice."""
    rule = SeriesRule(
        weekday=6, nth_of_month=1, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)
    )
    preview = series_preview(
        session, rule=rule, starts_at=time(1, 30), ends_at=time(3), room_ids=[], now=NOW
    )
    assert [(day.on.month, day.clock_change) for day in preview] == [
        (10, None),
        (11, ClockChange.REPEATED),
        (12, None),
    ]


def test_a_series_of_tuesdays_has_the_leap_day(calendar, session) -> None:
    """29 February 2028 is one of them."""
    rule = SeriesRule(
        weekday=1, every_weeks=1, starts_on=date(2028, 2, 22), ends_on=date(2028, 3, 7)
    )
    planned = services.plan_series(
        session,
        rule=rule,
        kind=CourtSessionKind.TRAINING,
        starts_at=time(18),
        ends_at=time(20),
        rooms=[calendar.plan(calendar.room())],
        **calendar.hand,
    )
    assert [(row.held_on.month, row.held_on.day) for row in planned] == [(2, 22), (2, 29), (3, 7)]


# Rooms and closed days ------------------------------------------------------------------------


def test_a_room_has_a_name_of_its_own_however_it_is_written(calendar) -> None:
    """Capitals and blanks make no second room, neither new nor renamed."""
    calendar.room("Court Room 2")
    other = calendar.room("Court Room 3")
    with Refused("room_name_taken", "name"):
        calendar.room("  court   room 2 ")
    with Refused("room_name_taken", "name"):
        services.change_room(
            calendar.session,
            room_id=other.id,
            name="COURT ROOM 2",
            address=None,
            directions=None,
            **calendar.hand,
        )
    changed = services.change_room(
        calendar.session,
        room_id=other.id,
        name="Court room 3",
        address="1 Elm Street",
        directions=None,
        **calendar.hand,
    )
    assert set(changed) == {"name", "address"}


def test_a_room_with_a_coming_session_stays_in_use(calendar) -> None:
    """Once the session is over it can go, and come back."""
    room = calendar.room()
    calendar.session_in(room)
    with Refused("room_still_planned", held_on=SATURDAY):
        services.close_room(calendar.session, room_id=room.id, **calendar.hand)
    after = {"actor": calendar.court.actor, "now": on_the_day(date(2026, 3, 15))}
    services.close_room(calendar.session, room_id=room.id, **after)
    assert room.closed_at is not None
    services.reopen_room(calendar.session, room_id=room.id, **after)
    assert room.closed_at is None


def test_a_day_is_closed_once(calendar) -> None:
    """What is planned on it stays; removed, it can be planned again."""
    evening = calendar.session_in(calendar.room())
    row = services.add_closed_day(calendar.session, day=SATURDAY, label="Works", **calendar.hand)
    with Refused("day_already_closed", "day", label="Works"):
        services.add_closed_day(calendar.session, day=SATURDAY, label="Other", **calendar.hand)
    assert evening.state is CourtSessionState.PLANNED
    services.remove_closed_day(calendar.session, closed_day_id=row.id, **calendar.hand)
    calendar.session_in(calendar.room("B"))
