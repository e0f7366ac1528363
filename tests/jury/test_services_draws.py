"""The draw as an act: what it reads, that it can be repeated, and what accepting it does."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.fixtures.app import NOW, add_court
from tests.jury.conftest import LATER, SATURDAY
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings import services as hearings
from youthcourt.hearings.domain import CourtSessionKind, SessionCancelReason
from youthcourt.hearings.models import Sitting
from youthcourt.jury import services
from youthcourt.jury.domain import ReasonCode, ReleaseReason, SeatRole, SeatSource, SeatState
from youthcourt.jury.models import Attendance, DrawNumber, Seat, StoredDraw
from youthcourt.jury.queries import jury_session, pool_lines, pool_of, proposal_of
from youthcourt.people.domain.kinds import AwayReason, SaidBy, Tie
from youthcourt.people.models import Person, School
from youthcourt.people.services import add_acquaintance, add_days_away, set_jury_list
from youthcourt.sentences.domain import AttendanceOutcome, ServiceState
from youthcourt.sentences.models import ServiceRecord


def why_not(bench, evening, person_id, room: int = 0) -> set[ReasonCode]:
    """The rules that keep a person out of a room, as the pool says."""
    pool = pool_of(bench.session, jury_session(bench.session, evening.id), now=NOW)
    line = next(x for x in pool_lines(bench.session, pool) if x.person.id == person_id)
    return {reason.code for reason in line.rooms[room]}


def test_a_draw_is_a_proposal_until_it_is_accepted(bench):
    """Nobody holds a seat and nothing is booked before staff say yes."""
    evening = bench.planned()
    people = bench.jurors(4)
    stored = bench.draw(evening)
    assert bench.seats(evening) == []
    assert bench.rows(ServiceRecord, state=ServiceState.BOOKED) == []
    done = bench.accept(stored)
    seats = bench.seats(evening)
    assert done.new == len(seats) == 4
    assert {seat.state for seat in seats} == {SeatState.PROPOSED}
    assert bench.seated(evening) == set(people)
    booked = bench.rows(ServiceRecord, state=ServiceState.BOOKED)
    assert {row.source_key for row in booked} == {f"seat:{seat.id}" for seat in seats}
    assert {(row.served_on, row.sessions, row.minutes) for row in booked} == {(SATURDAY, 1, 180)}


def test_the_nearest_deadline_goes_first_and_reserves_stand_by(bench):
    """With more people than places those with time left wait, ranked, and book nothing."""
    evening = bench.planned()
    late = bench.jurors(3, due_on=date(2026, 8, 1))
    soon = bench.jurors(4, due_on=date(2026, 4, 1))
    bench.accept(bench.draw(evening))
    assert bench.seated(evening) == set(soon)
    reserves = bench.seats(evening, SeatRole.RESERVE)
    assert [seat.position for seat in reserves] == [1, 2]
    assert {seat.person_id for seat in reserves} < set(late)
    keys = {row.source_key for row in bench.rows(ServiceRecord)}
    assert not {f"seat:{seat.id}" for seat in reserves} & keys


def test_the_same_seed_gives_the_same_draw_also_when_it_was_accepted_before(bench):
    """Seats that came from the draw itself are no other input."""
    evening = bench.planned(rooms=2)
    bench.jurors(11)
    first = bench.draw(evening, seed=41)
    result, digest = first.result, first.input_digest
    bench.accept(first)
    again = bench.draw(evening, seed=41)
    other = bench.draw(evening, seed=42)
    assert (again.result, again.input_digest) == (result, digest)
    assert other.input_digest == digest
    assert other.result["seats"] != result["seats"]


def test_accepting_twice_and_another_draw_leaves_nobody_with_two_seats(bench):
    """A second click changes nothing; another proposal moves, gives and takes as few as needed."""
    evening = bench.planned(rooms=2)
    bench.jurors(11)
    first = bench.draw(evening, seed=1)
    bench.accept(first)
    before = {seat.id for seat in bench.seats(evening)}
    assert bench.accept(first).new == 0
    assert {seat.id for seat in bench.seats(evening)} == before
    second = bench.draw(evening, seed=2)
    bench.accept(second)
    seats = bench.seats(evening)
    wanted = {(seat[0], seat[1]) for seat in second.result["seats"]}
    assert {(str(seat.sitting_id), seat.position) for seat in seats} == wanted
    stayed = {seat.id for seat in seats} & before
    assert stayed
    released = bench.rows(Seat, state=SeatState.RELEASED)
    assert {seat.reason for seat in released if seat.role is SeatRole.JUROR} <= {
        ReleaseReason.DRAWN_AGAIN.value
    }
    booked = bench.rows(ServiceRecord, state=ServiceState.BOOKED)
    assert {row.source_key for row in booked} == {f"seat:{seat.id}" for seat in seats}


@pytest.mark.parametrize("change", ["away", "left", "hearing", "seat"])
def test_a_draw_that_is_out_of_date_is_neither_kept_nor_accepted(bench, change):
    """Whatever it was made from has changed: staff are told to draw again."""
    evening = bench.planned(rooms=2)
    people = bench.jurors(6)
    stored = bench.draw(evening)
    drawn = services.draw_session(bench.session, session_id=evening.id, seed=3, now=NOW)
    if change == "away":
        away(bench, people[0])
    elif change == "left":
        set_jury_list(bench.session, person_id=people[0], on_list=False, **bench.hand)
    elif change == "hearing":
        bench.docket(bench.sittings(evening)[0], people[0])
    else:
        bench.seat(bench.sittings(evening)[0], people[0])
    with pytest.raises(CourtRuleBroken, match="draw_input_changed"):
        services.store_draw(bench.session, drawn=drawn, **bench.hand)
    with pytest.raises(CourtRuleBroken, match="draw_input_changed"):
        bench.accept(stored)


def away(bench, person_id, on: date = SATURDAY) -> None:
    """Let somebody be away on a day."""
    add_days_away(
        bench.session,
        person_id=person_id,
        starts_on=on,
        ends_on=on,
        reason=AwayReason.SCHOOL,
        **bench.hand,
    )


def test_published_and_fixed_seats_stay_when_a_jury_is_drawn_again(bench):
    """After a drop-out the gap alone is filled, and not by the one who dropped out."""
    evening = bench.planned()
    people = bench.jurors(8)
    bench.accept(bench.draw(evening))
    bench.publish(evening)
    before = bench.seats(evening)
    gone = before[0]
    bench.release(gone, ReleaseReason.CANNOT_COME)
    again = bench.draw(evening, seed=99)
    bench.accept(again)
    after = bench.seats(evening)
    assert {seat.id for seat in before[1:]} < {seat.id for seat in after}
    (new,) = [seat for seat in after if seat.id not in {s.id for s in before}]
    assert new.person_id in set(people) - {gone.person_id}
    assert new.state is SeatState.PROPOSED
    assert ReasonCode.NOT_AVAILABLE in why_not(bench, evening, gone.person_id)


def test_somebody_released_as_not_needed_may_be_drawn_again(bench):
    """A reason that says nothing about the person does not keep them out."""
    evening = bench.planned()
    (person,) = bench.jurors(1)
    bench.accept(bench.draw(evening))
    bench.release(bench.seats(evening)[0], ReleaseReason.NOT_NEEDED)
    bench.accept(bench.draw(evening))
    assert bench.seated(evening) == {person}


def test_a_reserve_named_by_staff_is_kept_or_becomes_a_juror(bench):
    """What somebody was promised by hand survives a draw."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    named = bench.juror("Named", due_on=date(2026, 9, 1))
    bench.jurors(6, due_on=date(2026, 4, 1))
    bench.seat(sitting, named, role=SeatRole.RESERVE)
    bench.accept(bench.draw(evening))
    reserves = bench.seats(evening, SeatRole.RESERVE)
    assert named in {seat.person_id for seat in reserves}
    assert len(reserves) == 3
    other = bench.planned(on=LATER)
    bench.seat(bench.sittings(other)[0], named, role=SeatRole.RESERVE)
    for seat in bench.seats(evening):
        away(bench, seat.person_id, LATER)
    bench.accept(bench.draw(other))
    assert named in bench.seated(other)
    assert named not in {seat.person_id for seat in bench.seats(other, SeatRole.RESERVE)}


def test_every_conflict_comes_from_the_database(bench):
    """School, companion, household, acquaintance, earlier roles both ways, the own hearing."""
    bench.jury_rules(same_school_excluded=True)
    evening = bench.planned(rooms=2)
    first, _second = bench.sittings(evening)
    hearing = bench.docket(first, incident="INC-77")
    respondent = bench.respondent(hearing)
    named = ("School", "Companion", "Home", "Friend", "Judge", "Judged", "Own", "Free")
    people = {name: bench.juror(name) for name in named}
    put_in_school(bench, respondent, people["School"])
    bench.docket(bench.sittings(bench.planned(on=LATER))[0], people["Companion"], incident="INC-77")
    for name, kind in (("Home", Tie.HOUSEHOLD), ("Friend", Tie.FRIEND)):
        add_acquaintance(
            bench.session,
            person_id=respondent,
            other_id=people[name],
            kind=kind,
            said_by=SaidBy.FAMILY,
            **bench.hand,
        )
    sat_for(bench, juror=people["Judge"], respondent=respondent)
    sat_for(bench, juror=respondent, respondent=people["Judged"])
    bench.docket(first, people["Own"])
    expected = {
        "School": {ReasonCode.SAME_SCHOOL},
        "Companion": {ReasonCode.COMPANION},
        "Home": {ReasonCode.HOUSEHOLD},
        "Friend": {ReasonCode.ACQUAINTANCE},
        "Judge": {ReasonCode.EARLIER_ROLE},
        "Judged": {ReasonCode.EARLIER_ROLE},
        "Own": {ReasonCode.OWN_HEARING},
        "Free": set(),
    }
    assert {name: why_not(bench, evening, people[name]) for name in named} == expected
    elsewhere = {name: why_not(bench, evening, people[name], room=1) for name in named}
    assert elsewhere == {name: set() for name in named} | {"Own": {ReasonCode.OWN_HEARING}}
    bench.accept(bench.draw(evening))
    here = {seat.person_id for seat in bench.seats(evening) if seat.sitting_id == first.id}
    assert here == {people["Free"]}


def put_in_school(bench, *person_ids: uuid.UUID) -> None:
    """Let these go to one school."""
    school = School(name="Oak School")
    bench.session.add(school)
    bench.session.flush()
    for person_id in person_ids:
        bench.session.get_one(Person, person_id).school_id = school.id
    bench.session.flush()


def sat_for(bench, *, juror: uuid.UUID, respondent: uuid.UUID) -> None:
    """Let somebody have sat on the jury of somebody, last month."""
    hearing = bench.hearing(respondent)
    sitting = bench.session.get_one(Sitting, hearing.sitting_id)
    bench.session.add(
        Attendance(
            session_id=sitting.session_id,
            sitting_id=sitting.id,
            person_id=juror,
            outcome=AttendanceOutcome.PRESENT,
        )
    )
    bench.session.flush()


def test_absent_jurors_have_no_earlier_role(bench):
    """Who held a seat and did not come has judged nobody."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    hearing = bench.docket(sitting)
    past = bench.hearing(bench.respondent(hearing))
    came, absent = bench.juror("Came"), bench.juror("Absent")
    room = bench.session.get_one(Sitting, past.sitting_id)
    for position, person in enumerate((came, absent), start=1):
        outcome = AttendanceOutcome.PRESENT if person == came else AttendanceOutcome.ABSENT
        common = {"session_id": room.session_id, "sitting_id": room.id, "person_id": person}
        bench.session.add(Attendance(**common, outcome=outcome))
        bench.session.add(
            Seat(
                **common,
                position=position,
                state=SeatState.PUBLISHED,
                source=SeatSource.DRAW,
                made_at=NOW,
            )
        )
    bench.session.flush()
    assert why_not(bench, evening, came) == {ReasonCode.EARLIER_ROLE}
    assert why_not(bench, evening, absent) == set()


def test_training_days_off_caps_rest_and_other_seats_keep_people_out(bench):
    """Each fact of a person is read from where it is kept."""
    bench.jury_rules(max_sessions_in_28_days=1, rest_days=3)
    evening = bench.planned()
    near = bench.planned(on=SATURDAY - timedelta(days=2))
    same_time = bench.planned(starts_at=time(11, 0), ends_at=time(13, 0))
    ada, bea, cleo, dan, eve = bench.jurors(5)
    untrained = bench.juror("New", trained=False)
    away(bench, ada)
    bench.seat(bench.sittings(near)[0], bea)
    bench.seat(bench.sittings(same_time)[0], cleo)
    bench.docket(bench.sittings(same_time)[0], dan)
    idle = bench.juror("Idle", owes=0)
    helper = bench.juror("Helper", owes=0, volunteer_since=date(2026, 1, 1))
    expected = {
        ada: {ReasonCode.NOT_AVAILABLE},
        bea: {ReasonCode.SESSION_CAP, ReasonCode.REST},
        cleo: {ReasonCode.HOLDS_ANOTHER_SEAT},
        dan: {ReasonCode.OWN_HEARING},
        eve: set(),
        untrained: {ReasonCode.NOT_TRAINED},
        idle: {ReasonCode.NOTHING_OWED},
        helper: set(),
    }
    assert {person: why_not(bench, evening, person) for person in expected} == expected


def test_what_is_owed_is_what_is_not_booked_elsewhere(bench):
    """A seat of another session counts, the seat drawn anew does not."""
    evening, other = bench.planned(), bench.planned(on=LATER)
    person = bench.juror(owes=2, due_on=date(2026, 5, 1))

    def owed() -> tuple[int, date | None]:
        pool = pool_of(bench.session, jury_session(bench.session, evening.id), now=NOW)
        return pool.profile(person).sessions_owed, pool.profile(person).due_on

    assert owed() == (2, date(2026, 5, 1))
    bench.seat(bench.sittings(other)[0], person)
    assert owed() == (1, date(2026, 5, 1))
    bench.seat(bench.sittings(evening)[0], person)
    assert owed() == (1, date(2026, 5, 1))


def test_an_overdue_obligation_does_not_hide_the_last_day_of_another(bench):
    """The day told and drawn by is the nearest that the session can still help to keep."""
    evening = bench.planned()
    person = bench.juror(owes=1, due_on=date(2026, 3, 10))
    late = bench.juror(owes=3, due_on=date(2026, 3, 10))
    bench.owes(person, 2, due_on=date(2026, 4, 1))
    pool = pool_of(bench.session, jury_session(bench.session, evening.id), now=NOW)
    found = {
        key: (pool.profile(key).sessions_owed, pool.profile(key).due_on) for key in pool.people
    }
    assert found == {person: (3, date(2026, 4, 1)), late: (3, date(2026, 3, 10))}


def test_a_kept_draw_names_nobody_and_comes_out_the_same(bench):
    """It holds numbers; done again from what was kept it is equal, and a change is seen."""
    evening = bench.planned(rooms=2)
    bench.docket(bench.sittings(evening)[0])
    people = bench.jurors(9)
    stored = bench.draw(evening)
    kept = f"{stored.input}{stored.result}"
    assert not [person for person in people if str(person) in kept]
    numbers = {row.person_id: row.number for row in bench.rows(DrawNumber)}
    assert sorted(numbers.values()) == list(range(1, 10))
    ask = {"session_id": evening.id, "draw_id": stored.id, **bench.hand}
    assert services.check_draw(bench.session, **ask).same
    changed = dict(stored.result)
    changed["seats"] = changed["seats"][:-1]
    stored.result = changed
    bench.session.flush()
    assert not services.check_draw(bench.session, **ask).result_equal


def test_the_proposal_says_why_somebody_is_not_seated(bench):
    """For each room a reason, with the case it is about, and what every room lacks."""
    evening = bench.planned(quorum=3)
    (sitting,) = bench.sittings(evening)
    hearing = bench.docket(sitting)
    friend, seated = bench.juror("Friend"), bench.juror("Seated")
    add_acquaintance(
        bench.session,
        person_id=bench.respondent(hearing),
        other_id=friend,
        kind=Tie.FRIEND,
        said_by=SaidBy.FAMILY,
        **bench.hand,
    )
    stored = bench.draw(evening)
    shown = proposal_of(bench.session, session_id=evening.id, draw_id=stored.id)
    (room,) = shown.rooms
    number = bench.case_of(hearing).number
    assert [seat.person.person_id for seat in room.seats] == [seated]
    assert (room.to_quorum, room.to_target, room.short) == (2, 2, ((number, 2),))
    (line,) = shown.not_seated
    assert line.person.person_id == friend
    assert [(why.code, why.case_number) for why in line.rooms[0]] == [
        (ReasonCode.ACQUAINTANCE, number)
    ]


def test_there_are_sessions_for_which_nobody_is_drawn(bench):
    """Walk-in courts, trainings, what is cancelled and what is over."""
    bench.jurors(3)
    training = bench.planned(kind=CourtSessionKind.TRAINING)
    gone = bench.planned(on=LATER)
    hearings.cancel_session(
        bench.session, session_id=gone.id, reason=SessionCancelReason.WEATHER, **bench.hand
    )
    coming = bench.planned(on=date(2026, 4, 4))
    for session_id, code, at in (
        (training.id, "training_draws_nobody", NOW),
        (gone.id, "session_not_open", NOW),
        (coming.id, "session_is_over", NOW + timedelta(days=40)),
    ):
        with pytest.raises(CourtRuleBroken, match=code):
            services.draw_session(bench.session, session_id=session_id, seed=1, now=at)
    bench.jury_rules(sign_up="walk_in")
    with pytest.raises(CourtRuleBroken, match="walk_in_draws_nobody"):
        services.draw_session(bench.session, session_id=coming.id, seed=1, now=NOW)


@pytest.mark.parametrize("seed", [0, -1, 1_000_000])
def test_a_seed_out_of_range_is_refused(bench, seed):
    """A seed can be read aloud: one to six digits."""
    evening = bench.planned()
    with pytest.raises(CourtRuleBroken, match="seed_out_of_range"):
        services.draw_session(bench.session, session_id=evening.id, seed=seed, now=NOW)


def test_another_courts_draw_is_absent(bench):
    """Neither its session nor its draw can be read or accepted."""
    evening = bench.planned()
    bench.jurors(2)
    stored = bench.draw(evening)
    ids: dict[str, Any] = {"session_id": evening.id, "draw_id": stored.id}
    bench.session.commit()
    elsewhere = add_court(bench.session, slug="fl-charlotte", name="Oak")
    set_court(bench.session, elsewhere.id)
    hand: dict[str, Any] = {"actor": elsewhere.actor, "now": NOW}
    with pytest.raises(NotFound):
        services.draw_session(bench.session, session_id=evening.id, seed=1, now=NOW)
    with pytest.raises(NotFound):
        services.accept_draw(bench.session, **ids, **hand)
    with pytest.raises(NotFound):
        services.check_draw(bench.session, **ids, **hand)
    with pytest.raises(NotFound):
        proposal_of(bench.session, **ids)


def test_a_draw_belongs_to_its_session(bench):
    """The key of a draw opens nothing under another session."""
    evening, other = bench.planned(), bench.planned(on=LATER)
    bench.jurors(2)
    stored = bench.draw(evening)
    with pytest.raises(NotFound):
        services.accept_draw(bench.session, session_id=other.id, draw_id=stored.id, **bench.hand)
    assert len(bench.rows(StoredDraw)) == 1
