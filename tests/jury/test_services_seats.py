"""Changing a panel by hand: what is refused, what is asked, and what a seat books."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

import pytest

from tests.fixtures.app import NOW, add_court
from tests.jury.conftest import LATER, SATURDAY
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings import services as hearings
from youthcourt.hearings.domain import CourtSessionKind, SessionCancelReason
from youthcourt.hearings.ports import seats_held
from youthcourt.jury import services
from youthcourt.jury.domain import (
    PanelFault,
    ReasonCode,
    ReleaseReason,
    SeatRole,
    SeatState,
)
from youthcourt.jury.models import Seat
from youthcourt.jury.queries import duties_of, jury_view, seats_in_trouble
from youthcourt.people.domain.kinds import AwayReason, SaidBy, Tie
from youthcourt.people.merging import merge_persons, merge_plan
from youthcourt.people.services import add_acquaintance, add_days_away, set_jury_list
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.models import ServiceRecord
from youthcourt.sentences.ports import seats_taken
from youthcourt.sentences.queries import progress_of


def booking(bench, seat: Seat) -> ServiceRecord:
    """What a seat has booked."""
    found: list[ServiceRecord] = bench.rows(ServiceRecord, source_key=f"seat:{seat.id}")
    (row,) = found
    return row


def act(bench, name: str, seat: Seat, **given: Any) -> Any:
    """Do an act on a seat."""
    return getattr(services, name)(
        bench.session, session_id=seat.session_id, seat_id=seat.id, **{**bench.hand, **given}
    )


def away(bench, person_id: uuid.UUID, on: date = SATURDAY) -> None:
    """Let somebody be away on a day."""
    add_days_away(
        bench.session,
        person_id=person_id,
        starts_on=on,
        ends_on=on,
        reason=AwayReason.WORK,
        **bench.hand,
    )


def test_a_seat_is_a_booking_and_a_release_cancels_it(bench):
    """What is owed moves from still to book to booked and back."""
    evening = bench.planned()
    person = bench.juror(owes=2)
    seat = bench.seat(bench.sittings(evening)[0], person)

    def parts() -> tuple[int, int]:
        (item,) = progress_of(bench.session, person_ids=[person], now=NOW)[person]
        return item.booked, item.to_book

    assert (seat.state, seat.locked, seat.position) == (SeatState.PROPOSED, True, 1)
    assert parts() == (1, 1)
    assert bench.seat(bench.sittings(evening)[0], person).id == seat.id
    bench.release(seat, ReleaseReason.CANNOT_COME)
    bench.release(seat, ReleaseReason.NOT_NEEDED)
    assert (seat.state, seat.reason) == (SeatState.RELEASED, "cannot_come")
    assert (seat.released_at, seat.released_by) == (NOW, bench.court.actor.user_id)
    assert booking(bench, seat).state is ServiceState.DENIED
    assert parts() == (0, 2)
    again = bench.seat(bench.sittings(evening)[0], person, confirmed={ReasonCode.NOT_AVAILABLE})
    assert again.id != seat.id
    assert parts() == (1, 1)


def test_what_protects_a_hearing_is_refused_whatever_is_confirmed(bench):
    """The refusal names the rule."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    hearing = bench.docket(sitting)
    person = bench.juror()
    add_acquaintance(
        bench.session,
        person_id=bench.respondent(hearing),
        other_id=person,
        kind=Tie.TROUBLE,
        said_by=SaidBy.PERSON,
        **bench.hand,
    )
    with pytest.raises(CourtRuleBroken, match="seat_refused") as refused:
        bench.seat(sitting, person, confirmed=set(ReasonCode))
    assert refused.value.params["reasons"] == (ReasonCode.ACQUAINTANCE,)
    assert bench.seats(evening) == []


def test_what_staff_may_decide_is_asked_until_it_is_confirmed(bench):
    """Each rule has to be confirmed by name."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    person = bench.juror(owes=0)
    away(bench, person)
    with pytest.raises(CourtRuleBroken, match="seat_needs_confirming") as asked:
        bench.seat(sitting, person, confirmed={ReasonCode.NOT_AVAILABLE})
    assert asked.value.params["reasons"] == (ReasonCode.NOTHING_OWED,)
    both = {ReasonCode.NOT_AVAILABLE, ReasonCode.NOTHING_OWED}
    assert bench.seat(sitting, person, confirmed=both).state is SeatState.PROPOSED


@pytest.mark.parametrize(
    ("given", "code"),
    [({"trained": False}, ReasonCode.NOT_TRAINED), ({"on_list": False}, ReasonCode.OFF_LIST)],
)
def test_the_untrained_and_those_off_the_list_are_not_seated(bench, given, code):
    """Nobody sits without training, and nobody who left the list."""
    evening = bench.planned()
    person = bench.juror(**given)
    with pytest.raises(CourtRuleBroken, match="seat_refused") as refused:
        bench.seat(bench.sittings(evening)[0], person)
    assert refused.value.params["reasons"] == (code,)


def test_a_full_panel_and_a_second_seat_are_refused(bench):
    """A place is given once and a person sits once; reserves stand by without a place."""
    evening = bench.planned(rooms=2, quorum=1, panel_target=1, panel_max=1)
    first, second = bench.sittings(evening)
    ada, bea = bench.jurors(2)
    bench.seat(first, ada)
    with pytest.raises(CourtRuleBroken, match="seat_refused") as refused:
        bench.seat(first, bea)
    assert refused.value.params["reasons"] == (PanelFault.PANEL_FULL,)
    with pytest.raises(CourtRuleBroken, match="person_has_seat"):
        bench.seat(second, ada)
    reserve = bench.seat(first, bea, role=SeatRole.RESERVE)
    assert (reserve.role, reserve.locked) == (SeatRole.RESERVE, False)
    assert bench.rows(ServiceRecord, source_key=f"seat:{reserve.id}") == []


def test_a_seat_moves_to_another_room_with_its_booking(bench):
    """The rules of the new room hold; the place left is free again."""
    evening = bench.planned(rooms=2)
    first, second = bench.sittings(evening)
    ada, bea = bench.jurors(2)
    seat = bench.seat(first, ada)
    act(bench, "choose_foreperson", seat)
    record = booking(bench, seat).id
    moved = act(bench, "move_seat", seat, sitting_id=second.id)
    assert (moved.sitting_id, moved.position, moved.foreperson) == (second.id, 1, False)
    assert booking(bench, moved).id == record
    assert bench.seat(first, bea).position == 1
    bench.docket(first, ada)
    with pytest.raises(CourtRuleBroken, match="seat_refused") as refused:
        act(bench, "move_seat", moved, sitting_id=first.id)
    assert refused.value.params["reasons"] == (ReasonCode.OWN_HEARING,)
    with pytest.raises(NotFound):
        act(bench, "move_seat", moved, sitting_id=uuid.uuid4())


def test_a_reserve_becomes_a_juror_and_books_then(bench):
    """Called, the reserve holds a place like any other; called twice, one."""
    evening = bench.planned(rooms=2)
    first, second = bench.sittings(evening)
    (person,) = bench.jurors(1)
    reserve = bench.seat(first, person, role=SeatRole.RESERVE)
    with pytest.raises(CourtRuleBroken, match="reserve_leads_nobody"):
        act(bench, "choose_foreperson", reserve)
    for _again in range(2):
        called = act(bench, "call_reserve", reserve, sitting_id=second.id)
    assert (called.role, called.sitting_id, called.locked) == (SeatRole.JUROR, second.id, True)
    assert booking(bench, called).state is ServiceState.BOOKED


def test_one_juror_of_a_panel_leads(bench):
    """Choosing another takes it from the one before, in this room only."""
    evening = bench.planned(rooms=2)
    first, second = bench.sittings(evening)
    ada, bea, cleo = bench.jurors(3)
    seats = [bench.seat(first, ada), bench.seat(first, bea), bench.seat(second, cleo)]
    for seat in (seats[0], seats[2], seats[1], seats[1]):
        act(bench, "choose_foreperson", seat)
    assert [seat.foreperson for seat in seats] == [False, True, True]


def test_an_unlocked_seat_is_drawn_anew_and_a_locked_one_is_not(bench):
    """Fixing is what staff decide about a draw."""
    evening = bench.planned(rooms=1, quorum=1, panel_target=1, panel_max=1)
    (sitting,) = bench.sittings(evening)
    late = bench.juror("Late", due_on=date(2026, 9, 1))
    soon = bench.juror("Soon", due_on=date(2026, 4, 1))
    seat = bench.seat(sitting, late)
    bench.accept(bench.draw(evening))
    assert bench.seated(evening) == {late}
    act(bench, "lock_seat", seat, locked=False)
    bench.accept(bench.draw(evening))
    assert bench.seated(evening) == {soon}
    with pytest.raises(CourtRuleBroken, match="seat_not_held"):
        act(bench, "lock_seat", seat, locked=True)


def test_nothing_is_changed_in_a_cancelled_session(bench):
    """Its seats are gone, and no new ones are given."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    ada, bea = bench.jurors(2)
    seat = bench.seat(sitting, ada)
    hearings.cancel_session(
        bench.session, session_id=evening.id, reason=SessionCancelReason.WEATHER, **bench.hand
    )
    assert (seat.state, seat.reason) == (SeatState.RELEASED, "session_cancelled")
    assert booking(bench, seat).state is ServiceState.DENIED
    with pytest.raises(CourtRuleBroken, match="session_not_open"):
        bench.seat(sitting, bea)


def test_a_room_taken_out_releases_its_seats_alone(bench):
    """The other room's panel stays."""
    evening = bench.planned(rooms=2)
    first, second = bench.sittings(evening)
    ada, bea = bench.jurors(2)
    gone, stays = bench.seat(first, ada), bench.seat(second, bea)
    hearings.remove_sitting(bench.session, sitting_id=first.id, **bench.hand)
    assert (gone.state, gone.reason) == (SeatState.RELEASED, "room_removed")
    assert stays.state is SeatState.PROPOSED


@pytest.mark.parametrize("come", [True, False])
def test_a_session_moved_to_another_day_takes_its_seats_along_or_not(bench, come):
    """A seat that comes along books the new day, the old booking is cancelled."""
    evening = bench.planned()
    (person,) = bench.jurors(1)
    seat = bench.seat(bench.sittings(evening)[0], person)
    hearings.change_session(
        bench.session,
        session_id=evening.id,
        held_on=LATER,
        starts_at=time(9, 30),
        ends_at=time(12, 30),
        seats_come=come,
        **bench.hand,
    )
    assert booking(bench, seat).state is ServiceState.DENIED
    seats = bench.seats(evening)
    assert [s.person_id for s in seats] == ([person] if come else [])
    for new in seats:
        assert (new.position, new.locked) == (1, True)
        assert booking(bench, new).served_on == LATER


def test_another_hour_of_the_same_day_keeps_seat_and_booking(bench):
    """Nothing about the service has changed."""
    evening = bench.planned()
    (person,) = bench.jurors(1)
    seat = bench.seat(bench.sittings(evening)[0], person)
    hearings.change_session(
        bench.session,
        session_id=evening.id,
        held_on=SATURDAY,
        starts_at=time(13, 0),
        ends_at=time(16, 0),
        **bench.hand,
    )
    assert [s.id for s in bench.seats(evening)] == [seat.id]
    assert booking(bench, seat).state is ServiceState.BOOKED


def test_lower_features_learn_who_holds_which_seat(bench):
    """Free places and clashes of respondents count jurors, not reserves."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    ada, bea = bench.jurors(2)
    seat = bench.seat(sitting, ada)
    bench.seat(sitting, bea, role=SeatRole.RESERVE)
    assert dict(seats_taken(bench.session, [evening.id])) == {evening.id: 1}
    held = seats_held(bench.session, [ada, bea])
    assert [found.seat_id for found in held[ada]] == [seat.id]
    assert bea not in held


def test_two_entries_of_one_person_take_their_seats_along(bench):
    """The booking keeps its key and is still cancelled with the seat."""
    evening, other = bench.planned(), bench.planned(on=LATER)
    ada, twin = bench.juror("Ada"), bench.juror("Ada again")
    seat = bench.seat(bench.sittings(evening)[0], twin)
    bench.seat(bench.sittings(other)[0], ada)
    plan = merge_plan(bench.session, kept_id=ada, other_id=twin)
    merge_persons(bench.session, kept_id=ada, other_id=twin, take={}, seen=plan.seen, **bench.hand)
    bench.session.expire_all()
    assert (seat.person_id, booking(bench, seat).person_id) == (ada, ada)
    assert bench.seat(bench.sittings(evening)[0], ada).id == seat.id
    bench.release(seat, ReleaseReason.NOT_NEEDED)
    assert booking(bench, seat).state is ServiceState.DENIED


def test_what_has_come_up_against_a_seat_is_shown(bench):
    """Off the list, away that day, heard that evening; on the panel and on the person's page."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    left, busy, heard, fine = bench.jurors(4)
    for person in (left, busy, heard, fine):
        bench.seat(sitting, person)
    set_jury_list(bench.session, person_id=left, on_list=False, **bench.hand)
    away(bench, busy)
    bench.docket(sitting, heard)
    expected = {
        left: (ReasonCode.OFF_LIST,),
        busy: (ReasonCode.NOT_AVAILABLE,),
        heard: (ReasonCode.OWN_HEARING,),
    }
    today = date(2026, 3, 4)
    found = {s.person_id: s.codes for s in seats_in_trouble(bench.session, today=today)}
    view = jury_view(bench.session, evening.id, now=NOW)
    assert found == expected
    assert {seat.person_id: seat.troubles for seat in view.in_trouble} == expected
    duties = duties_of(bench.session, person_id=busy, today=today)
    assert [duty.troubles for duty in duties.coming] == [(ReasonCode.NOT_AVAILABLE,)]
    (own,) = duties_of(bench.session, person_id=fine, today=today).coming
    assert (own.held_on, own.role, own.troubles) == (SATURDAY, SeatRole.JUROR, ())


def test_where_jurors_step_aside_every_hearing_keeps_its_quorum(bench):
    """They may sit in the room; the case and what it lacks are named, and one too many is kept."""
    bench.jury_rules(conflict_effect="steps_aside")
    evening = bench.planned(quorum=2, panel_target=3, panel_max=3)
    (sitting,) = bench.sittings(evening)
    hearing = bench.docket(sitting)
    friends = bench.jurors(2)
    for friend in friends:
        add_acquaintance(
            bench.session,
            person_id=bench.respondent(hearing),
            other_id=friend,
            kind=Tie.FRIEND,
            said_by=SaidBy.FAMILY,
            **bench.hand,
        )
    bench.seat(sitting, friends[0])
    number = bench.case_of(hearing).number
    (panel,) = jury_view(bench.session, evening.id, now=NOW).rooms
    assert [seat.aside_for for seat in panel.jurors] == [(number,)]
    assert (panel.to_quorum, panel.short) == (2, ((number, 2),))
    with pytest.raises(CourtRuleBroken, match="seat_refused") as refused:
        bench.seat(sitting, friends[1])
    assert refused.value.params["reasons"] == (ReasonCode.TOO_MANY_STEP_ASIDE,)


def test_people_are_invited_to_a_training(bench):
    """Room by room, each once; who has to be elsewhere is left out, as is who finds no place."""
    training = bench.planned(
        kind=CourtSessionKind.TRAINING, rooms=2, quorum=1, panel_target=2, panel_max=2
    )
    elsewhere = bench.planned()
    busy = bench.juror("Busy")
    bench.seat(bench.sittings(elsewhere)[0], busy)
    people = [bench.juror(f"New {n}", trained=False, owes=0) for n in range(5)]
    done = services.invite_people(
        bench.session, session_id=training.id, person_ids=[busy, *people], **bench.hand
    )
    assert (len(done.seats), done.refused) == (4, (busy, people[4]))
    assert bench.seated(training) == set(people[:4])
    assert booking(bench, done.seats[0]).minutes == 180
    again = services.invite_people(
        bench.session, session_id=training.id, person_ids=people[:4], **bench.hand
    )
    assert again.seats == ()
    with pytest.raises(NotFound):
        services.invite_people(
            bench.session, session_id=training.id, person_ids=[uuid.uuid4()], **bench.hand
        )
    with pytest.raises(CourtRuleBroken, match="not_a_training"):
        services.invite_people(
            bench.session, session_id=elsewhere.id, person_ids=people, **bench.hand
        )


def test_another_courts_seats_are_absent(bench):
    """A stranger's session, room, person and seat are not found."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    seat = bench.seat(sitting, bench.juror())
    keys = (seat.session_id, seat.id, sitting.id, seat.person_id)
    bench.session.commit()
    elsewhere = add_court(bench.session, slug="fl-charlotte", name="Oak")
    set_court(bench.session, elsewhere.id)
    hand: dict[str, Any] = {"actor": elsewhere.actor, "now": NOW}
    session_id, seat_id, sitting_id, person_id = keys
    common: dict[str, Any] = {"session_id": session_id, **hand}
    for do in (
        lambda: services.release_seat(
            bench.session, seat_id=seat_id, reason=ReleaseReason.OTHER, **common
        ),
        lambda: services.seat_person(
            bench.session, sitting_id=sitting_id, person_id=person_id, **common
        ),
        lambda: services.publish_session(bench.session, **common),
        lambda: services.issue_slips(bench.session, person_ids=[person_id], **common),
        lambda: jury_view(bench.session, session_id, now=NOW),
    ):
        with pytest.raises(NotFound):
            do()
