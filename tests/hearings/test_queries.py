"""What the readings of the calendar and the docket promise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.fixtures.app import TODAY, add_court
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.cases.domain import ClosureReason
from youthcourt.courts.domain import CountedFrom, preset
from youthcourt.courts.services import store_policy
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    ContinuanceReason,
    CourtSessionKind,
    HearingOutcome,
    HearingState,
    SessionCancelReason,
)
from youthcourt.hearings.queries import (
    cases_to_close,
    coming_sessions,
    count_waiting,
    docket_of,
    dockets_of,
    hearing_line,
    hearings_of_case,
    past_sessions,
    policies_of_days,
    session_line,
    session_lines,
    sessions_between,
    sessions_on,
    sitting_by_id,
    sitting_lines,
    waiting_hearings,
    waiting_page,
)


def cancel(calendar, evening) -> None:
    services.cancel_session(
        calendar.session,
        session_id=evening.id,
        reason=SessionCancelReason.WEATHER,
        **calendar.hand,
    )


def test_a_session_tells_its_rooms_and_how_full_they_are(calendar) -> None:
    """By name; counted are those on the docket and those decided there."""
    evening = calendar.session_in(calendar.room("B"), calendar.room("A"))
    first, second = calendar.sittings(evening)
    heard = calendar.docket(calendar.waiting(), first)
    calendar.docket(calendar.waiting(), first)
    calendar.outcome(heard, HearingOutcome.HEARD)
    line = session_line(calendar.session, evening.id)
    assert [room.room for room in line.sittings] == ["A", "B"]
    assert (line.hearings, line.undecided, line.first_places) == (2, 1, 6)
    assert [(room.first_hearings, room.first_places_left) for room in line.sittings] == [
        (2, 1),
        (0, 3),
    ]
    assert sitting_by_id(calendar.session, second.id).room == "B"
    assert sitting_lines(calendar.session, evening.id) == line.sittings
    assert (line.zone, line.over_midnight, line.span.minutes) == ("America/New_York", False, 180)


def test_sessions_between_two_days_have_both_ends_and_a_kind(calendar) -> None:
    """Cancelled ones are left out unless they are asked for."""
    room = calendar.room()
    one = calendar.session_in(room)
    two = calendar.session_in(room, held_on=NEXT, kind=CourtSessionKind.TRAINING)
    three = calendar.session_in(room, held_on=date(2026, 4, 11))
    cancel(calendar, three)

    def found(*args, **given) -> list:
        return [line.id for line in sessions_between(calendar.session, *args, **given)]

    assert found(SATURDAY, NEXT) == [one.id, two.id]
    assert found(SATURDAY, NEXT, CourtSessionKind.HEARING) == [one.id]
    assert found(SATURDAY + timedelta(days=1), date(2026, 4, 11)) == [two.id]
    assert found(NEXT, date(2026, 4, 11), cancelled=True) == [two.id, three.id]
    assert [line.id for line in sessions_on(calendar.session, [SATURDAY])] == [one.id]
    assert sessions_on(calendar.session, []) == ()


def test_the_calendar_has_two_halves(calendar) -> None:
    """Today still comes; what is over or cancelled is the other half, the latest first."""
    room = calendar.room()
    past = calendar.session_in(room, held_on=date(2026, 2, 28), now=on_the_day(date(2026, 2, 1)))
    today = calendar.session_in(room, held_on=TODAY)
    off = calendar.session_in(room)
    cancel(calendar, off)
    session = calendar.session
    assert [line.id for line in coming_sessions(session, today=TODAY)] == [today.id]
    page = past_sessions(session, today=TODAY)
    assert [line.id for line in page.lines] == [off.id, past.id]
    assert (page.total, page.first, page.last, page.pages) == (2, 1, 2, 1)
    assert past_sessions(session, today=TODAY, page=99).number == 1


def test_what_waits_longest_comes_first_with_how_often_it_was_put_off(calendar) -> None:
    """Days since it waits; a continuance and a no-show are two times."""
    first, second = calendar.waiting(), calendar.waiting()
    rooms = iter("AB")
    for outcome, reason, day in (
        (HearingOutcome.CONTINUED, ContinuanceReason.WEATHER, SATURDAY),
        (HearingOutcome.NO_SHOW, None, NEXT),
    ):
        ahead = calendar.ahead(calendar.case_of(first))
        evening = calendar.session_in(calendar.room(next(rooms)), held_on=day)
        calendar.docket(ahead, calendar.sittings(evening)[0])
        calendar.outcome(ahead, outcome, reason=reason, now=on_the_day(day))
    lines = waiting_hearings(calendar.session, today=date(2026, 4, 1))
    assert [(line.hearing.case_id, line.days, line.put_off) for line in lines] == [
        (second.case_id, 34, 0),
        (first.case_id, 4, 2),
    ]
    assert count_waiting(calendar.session) == 2
    page = waiting_page(calendar.session, today=TODAY, page=7)
    assert (page.number, page.total, len(page.lines)) == (1, 2, 2)


def test_a_limit_that_runs_already_is_told(calendar, session) -> None:
    """Washington counts from the hearing, so none runs; from the referral one does."""
    calendar.waiting()
    (line,) = waiting_hearings(session, today=TODAY)
    assert (line.due_on, line.days_left(TODAY)) == (None, None)
    policy = preset("dc-time-dollar")
    limit = policy.deadlines[0].model_copy(
        update={"counted_from": CountedFrom.REFERRAL, "days": 10}
    )
    store_policy(
        session,
        policy=policy.model_copy(update={"deadlines": (limit,)}),
        in_force_from=date(2026, 2, 1),
        **calendar.hand,
    )
    hearing = calendar.waiting()
    found = {one.hearing.id: one for one in waiting_hearings(session, today=TODAY)}
    assert found[hearing.id].due_on == date(2026, 3, 2)
    assert found[hearing.id].days_left(TODAY) == -2


def test_the_hearings_of_a_case_begin_with_the_one_ahead(calendar) -> None:
    """Then the latest; each with where and when it was."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.NO_SHOW)
    lines = hearings_of_case(calendar.session, hearing.case_id)
    assert [(line.state, line.held_on, line.room) for line in lines] == [
        (HearingState.WAITING, None, None),
        (HearingState.NO_SHOW, SATURDAY, "Room A"),
    ]


def test_the_docket_tells_who_needs_an_interpreter(calendar) -> None:
    """The language of those who need one, None of everybody else."""
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(calendar.waiting(), sitting)
    calendar.docket(
        calendar.waiting(person={"language": "es", "interpreter_needed": True}), sitting
    )
    lines = docket_of(calendar.session, sitting.id)
    assert [line.interpreter_language for line in lines] == [None, "es"]
    assert dockets_of(calendar.session, sitting.session_id) == {sitting.id: lines}


def test_what_ended_at_its_hearing_is_listed_until_its_case_is_closed(calendar) -> None:
    """A settled hearing keeps its place on the docket of that day."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.SETTLED)
    assert [line.id for line in cases_to_close(calendar.session)] == [hearing.id]
    assert [line.state for line in docket_of(calendar.session, sitting.id)] == [
        HearingState.CANCELLED
    ]
    # It takes no place any more.
    assert sitting_by_id(calendar.session, sitting.id).first_hearings == 0
    calendar.desk.close(
        calendar.case_of(hearing), ClosureReason.SETTLED_WITHOUT_HEARING, on=SATURDAY
    )
    assert cases_to_close(calendar.session) == ()


def test_each_day_has_the_policy_of_that_day(calendar, session) -> None:
    """Before the first version the first one applies."""
    store_policy(
        session, policy=preset("fl-charlotte"), in_force_from=date(2026, 3, 20), **calendar.hand
    )
    found = policies_of_days(session, [date(2019, 1, 1), SATURDAY, NEXT])
    assert {day: policy.slug for day, policy in found.items()} == {
        date(2019, 1, 1): "dc-time-dollar",
        SATURDAY: "dc-time-dollar",
        NEXT: "fl-charlotte",
    }
    assert policies_of_days(session, []) == {}


def test_another_court_reads_nothing_of_it(calendar, session) -> None:
    """Neither by key nor in any list."""
    hearing = calendar.waiting()
    evening = calendar.session_in(calendar.room())
    (sitting,) = calendar.sittings(evening)
    calendar.docket(hearing, sitting)
    session.commit()
    other = add_court(session, "fl-charlotte", "Oak")
    set_court(session, other.id)
    session.expunge_all()
    for read in (
        lambda: session_line(session, evening.id),
        lambda: sitting_by_id(session, sitting.id),
        lambda: hearing_line(session, hearing.id),
    ):
        with pytest.raises(NotFound):
            read()
    assert session_lines(session, [evening.id]) == {}
    assert docket_of(session, sitting.id) == ()
    assert hearings_of_case(session, hearing.case_id) == ()
    assert coming_sessions(session, today=TODAY) == ()
