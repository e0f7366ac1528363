"""What moving, cancelling and confirming sessions promise, and their rooms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.cases.refusing import Refused
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.cases.domain import CaseState
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings import ports, services
from youthcourt.hearings.domain import (
    CourtSessionState,
    HearingOutcome,
    HearingState,
    OffDocketReason,
    SessionCancelReason,
)
from youthcourt.hearings.models import Sitting
from youthcourt.hearings.ports import SessionChange
from youthcourt.hearings.queries import session_line


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


# Moving ---------------------------------------------------------------------------------------


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


# Cancelling and confirming --------------------------------------------------------------------


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


@pytest.mark.parametrize("outcome", [HearingOutcome.NO_SHOW, HearingOutcome.SETTLED])
def test_what_was_used_cannot_be_moved_or_cancelled(calendar, outcome) -> None:
    """An outcome on record holds the session where it was, also one that ended the case."""
    evening, hearing = docketed(calendar)
    calendar.outcome(hearing, outcome)
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


# Rooms of a session ---------------------------------------------------------------------------


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
