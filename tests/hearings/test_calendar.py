"""What planning, moving and cancelling sessions promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.cases.domain import CaseState
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings import ports, services
from youthcourt.hearings.domain import (
    ClockChange,
    CourtSessionKind,
    CourtSessionState,
    DayOutcome,
    HearingOutcome,
    HearingState,
    OffDocketReason,
    SeriesRule,
    SessionCancelReason,
)
from youthcourt.hearings.models import CourtSession, SessionSeries, Sitting
from youthcourt.hearings.ports import SessionChange
from youthcourt.hearings.queries import series_preview, session_line

SPRING = date(2026, 3, 8)  # 2:00 am becomes 3:00 am in Washington
AUTUMN = date(2026, 11, 1)  # 2:00 am becomes 1:00 am


def move(calendar, evening, **given):
    """Move a session as the coordinator does."""
    values = {
        "held_on": evening.held_on,
        "starts_at": evening.starts_at,
        "ends_at": evening.ends_at,
        **calendar.hand,
        **given,
    }
    return services.change_session(calendar.session, session_id=evening.id, **values)


# Planning ------------------------------------------------------------------------------------


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
    cancel(calendar, evening)
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


# Series --------------------------------------------------------------------------------------


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


# Moving --------------------------------------------------------------------------------------


def docketed(calendar, *rooms, **given):
    """Plan a session with one hearing on the docket of its first room."""
    evening = calendar.session_in(*(rooms or (calendar.room(),)), **given)
    hearing = calendar.docket(calendar.waiting(), calendar.sittings(evening)[0])
    return evening, hearing


def test_a_moved_session_takes_its_hearings_along(calendar, followed) -> None:
    """They stay on the docket; followers hear when it was and that the seats stay."""
    evening, hearing = docketed(calendar)
    move(calendar, evening, held_on=NEXT, starts_at=time(18), ends_at=time(20))
    assert hearing.state is HearingState.DOCKETED
    assert (evening.held_on, evening.starts_at) == (NEXT, time(18))
    (told,) = followed
    assert (told.change, told.session_id, told.seats_stay) == (
        SessionChange.MOVED,
        evening.id,
        True,
    )
    assert (told.was_on, told.was_starts_at, told.was_ends_at) == (
        SATURDAY,
        time(9, 30),
        time(12, 30),
    )


def test_a_moved_session_leaves_its_hearings_where_staff_say_so(calendar, followed) -> None:
    """They wait again; the case goes back to where it waited."""
    evening, hearing = docketed(calendar)
    move(calendar, evening, held_on=NEXT, hearings_come=False, seats_come=False)
    assert (hearing.state, hearing.reason) == (
        HearingState.WAITING,
        OffDocketReason.SESSION_MOVED,
    )
    assert calendar.case_of(hearing).state is CaseState.INTAKE_DONE
    assert [told.seats_stay for told in followed] == [False]


def test_moving_a_session_to_where_it_is_changes_nothing(calendar, followed) -> None:
    """Nobody is told, the version stays."""
    evening, _hearing = docketed(calendar)
    version = evening.version_id
    move(calendar, evening)
    assert (evening.version_id, followed) == (version, [])


def test_a_move_is_held_to_the_same_rules_as_planning(calendar) -> None:
    """Closed day, a room that is taken, a time that is over; its own time is no obstacle."""
    room = calendar.room()
    evening = calendar.session_in(room)
    calendar.session_in(room, held_on=NEXT)
    services.add_closed_day(calendar.session, day=date(2026, 3, 21), label="Works", **calendar.hand)
    with Refused("room_taken", "rooms"):
        move(calendar, evening, held_on=NEXT)
    with Refused("court_closed_that_day", "held_on"):
        move(calendar, evening, held_on=date(2026, 3, 21))
    with Refused("day_in_past", "held_on"):
        move(calendar, evening, held_on=date(2026, 3, 1))
    move(calendar, evening, starts_at=time(10), ends_at=time(13))


def test_a_move_is_refused_where_a_youth_has_another_hearing_then(calendar) -> None:
    """The numbers of the cases are told; without the hearings it can be moved."""
    evening, hearing = docketed(calendar)
    person_id = calendar.case_of(hearing).person_id
    other = calendar.waiting(person_id=person_id)
    (elsewhere,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(other, elsewhere)
    number = calendar.case_of(hearing).number
    with Refused("move_clashes", "held_on", numbers=(number,)):
        move(calendar, evening, held_on=NEXT)
    move(calendar, evening, held_on=NEXT, hearings_come=False)


def test_a_session_saved_by_somebody_else_is_not_overwritten(calendar) -> None:
    """The version seen must be the one stored."""
    evening = calendar.session_in(calendar.room())
    seen = evening.version_id
    move(calendar, evening, starts_at=time(10))
    with Refused("session_saved_by_another"):
        move(calendar, evening, starts_at=time(11), version=seen)
    with Refused("session_saved_by_another"):
        cancel(calendar, evening, version=seen)
    move(calendar, evening, starts_at=time(11), version=evening.version_id)


# Cancelling and confirming -------------------------------------------------------------------


def cancel(calendar, evening, **given):
    """Cancel a session for the weather."""
    values = {"reason": SessionCancelReason.WEATHER, **calendar.hand, **given}
    return services.cancel_session(calendar.session, session_id=evening.id, **values)


def test_the_hearings_of_a_cancelled_session_wait_again(calendar, followed) -> None:
    """Cancelled twice it is cancelled once; followers release the seats."""
    evening, hearing = docketed(calendar)
    for _time in range(2):
        cancel(calendar, evening)
    assert (evening.state, evening.cancel_reason) == (CourtSessionState.CANCELLED, "weather")
    assert (hearing.state, hearing.sitting_id) == (HearingState.WAITING, None)
    assert [(told.change, told.seats_stay) for told in followed] == [
        (SessionChange.CANCELLED, False)
    ]
    with Refused("session_not_open"):
        move(calendar, evening, held_on=NEXT)


def test_a_refusal_of_a_follower_refuses_the_act(calendar, session, followed) -> None:
    """What the jury cannot undo keeps the session where it is."""

    def refuse(*_told) -> None:
        raise CourtRuleBroken("session_has_begun")

    ports.use_session_followers(refuse)
    evening = calendar.session_in(calendar.room())
    session.commit()
    with Refused("session_has_begun"):
        cancel(calendar, evening)
    session.rollback()
    assert evening.state is CourtSessionState.PLANNED


def test_what_was_used_cannot_be_moved_or_cancelled(calendar) -> None:
    """An outcome on record holds the session where it was."""
    evening, hearing = docketed(calendar)
    calendar.outcome(hearing, HearingOutcome.NO_SHOW)
    with Refused("session_has_begun"):
        cancel(calendar, evening)
    with Refused("session_has_begun"):
        move(calendar, evening, held_on=NEXT)


def test_a_session_is_confirmed_once_and_with_every_outcome(calendar) -> None:
    """Not before it began, not with a hearing in the air; then once."""
    evening, hearing = docketed(calendar)
    hand = {"session_id": evening.id, "actor": calendar.court.actor}
    with Refused("session_not_yet", held_on=SATURDAY):
        services.confirm_session(calendar.session, **hand, now=on_the_day(hours=13))
    noon = on_the_day(hours=17)
    with Refused("hearings_undecided", count=1):
        services.confirm_session(calendar.session, **hand, now=noon)
    calendar.outcome(hearing, HearingOutcome.HEARD)
    services.confirm_session(calendar.session, **hand, now=noon)
    services.confirm_session(calendar.session, **hand, now=on_the_day(NEXT))
    assert (evening.state, evening.confirmed_at) == (CourtSessionState.CONFIRMED, noon)
    with Refused("session_not_open", state=CourtSessionState.CONFIRMED):
        cancel(calendar, evening)


# Rooms of a session --------------------------------------------------------------------------


def test_a_room_taken_out_comes_back_as_it_was_asked_for(calendar, followed) -> None:
    """The same row: what points at it goes on pointing."""
    one, two = calendar.room("A"), calendar.room("B")
    evening = calendar.session_in(one, two)
    first, second = calendar.sittings(evening)
    services.remove_sitting(calendar.session, sitting_id=second.id, **calendar.hand)
    assert [line.room for line in session_line(calendar.session, evening.id).sittings] == ["A"]
    assert [(t.change, t.sitting_id) for t in followed] == [(SessionChange.ROOM_REMOVED, second.id)]
    back = services.add_sitting(
        calendar.session,
        session_id=evening.id,
        plan=calendar.plan(two, panel_target=7),
        **calendar.hand,
    )
    assert (back.id, back.panel_target, back.removed_at) == (second.id, 7, None)
    with Refused("room_already_in_session", "room_id"):
        services.add_sitting(
            calendar.session, session_id=evening.id, plan=calendar.plan(one), **calendar.hand
        )
    assert first.removed_at is None


def test_the_last_room_of_a_session_stays(calendar) -> None:
    """A session without a room is a cancelled one."""
    evening = calendar.session_in(calendar.room())
    (sitting,) = calendar.sittings(evening)
    with Refused("last_room_of_session"):
        services.remove_sitting(calendar.session, sitting_id=sitting.id, **calendar.hand)


def test_the_hearings_of_a_room_go_to_another_with_places_or_wait(calendar) -> None:
    """A full room takes none of them; the order is kept."""
    one, two = calendar.room("A"), calendar.room("B")
    evening = calendar.session_in(one, two)
    first, second = calendar.sittings(evening)
    hearings = [calendar.docket(calendar.waiting(), first) for _number in range(2)]
    there = calendar.docket(calendar.waiting(), second)
    second.max_first_hearings = 2
    calendar.session.flush()
    with Refused("other_room_full", "hearings_to"):
        services.remove_sitting(
            calendar.session, sitting_id=first.id, hearings_to=second.id, **calendar.hand
        )
    second.max_first_hearings = 3
    calendar.session.flush()
    services.remove_sitting(
        calendar.session, sitting_id=first.id, hearings_to=second.id, **calendar.hand
    )
    order = sorted([there, *hearings], key=lambda row: row.position or 0)
    assert [row.id for row in order] == [there.id, *(row.id for row in hearings)]
    assert {row.sitting_id for row in hearings} == {second.id}


def test_the_hearings_of_a_room_taken_out_wait_by_default(calendar) -> None:
    """Each with the reason on record."""
    evening = calendar.session_in(calendar.room("A"), calendar.room("B"))
    first, _second = calendar.sittings(evening)
    hearing = calendar.docket(calendar.waiting(), first)
    services.remove_sitting(calendar.session, sitting_id=first.id, **calendar.hand)
    assert (hearing.state, hearing.reason) == (HearingState.WAITING, OffDocketReason.ROOM_REMOVED)


def test_a_sitting_can_change_its_room_and_numbers(calendar, followed) -> None:
    """Followers are told of another room, not of another presiding adult."""
    evening = calendar.session_in(calendar.room("A"))
    other = calendar.room("B")
    (sitting,) = calendar.sittings(evening)
    room_id = sitting.room_id

    def change(plan, **given) -> Sitting:
        return services.change_sitting(
            calendar.session, sitting_id=sitting.id, plan=plan, **given, **calendar.hand
        )

    stored = replace(calendar.plan(other), room_id=room_id)
    change(replace(stored, presiding="Judge Okafor"))
    assert (sitting.presiding, followed) == ("Judge Okafor", [])
    with Refused("session_saved_by_another"):
        change(replace(stored, quorum=5), was=stored)
    change(calendar.plan(other))
    assert sitting.room_id == other.id
    assert [told.change for told in followed] == [SessionChange.ROOM_CHANGED]


# Rooms and closed days -----------------------------------------------------------------------


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
