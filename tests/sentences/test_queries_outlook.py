"""Whether everybody can still finish: seats counted, nobody promised what others may take."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.fixtures.app import NOW, TODAY
from tests.sentences.conftest import DUE_ON, HEARD_ON, Bench, at
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import Sitting
from youthcourt.people.domain.kinds import AwayReason
from youthcourt.people.services import add_days_away
from youthcourt.sentences import ports
from youthcourt.sentences.domain import CanFinish, Feasibility, FeasibilityReason
from youthcourt.sentences.domain.reasons import RiskReason
from youthcourt.sentences.queries import (
    due_earlier,
    feasibilities,
    feasibility_if,
    feasibility_of,
    outlook,
    people_at_risk,
)

WEEK = timedelta(days=7)
YES, NO, ASK = CanFinish.YES, CanFinish.NO, CanFinish.ASK_COORDINATOR


@pytest.fixture(autouse=True)
def seats(bench: Bench) -> Iterator[dict[uuid.UUID, int]]:
    """How many seats are taken, told by the test in place of the jury."""
    assert bench.court  # building the application plugs the jury in
    before = ports._Plugged.seats
    taken: dict[uuid.UUID, int] = {}
    ports.use_seat_counter(lambda _session, ids: {key: taken.get(key, 0) for key in ids})
    yield taken
    ports._Plugged.seats = staticmethod(before)


@pytest.fixture
def ada(bench: Bench) -> uuid.UUID:
    return bench.person()


def weeks(bench: Bench, count: int, *, seats: int = 8, **given) -> list:
    """Sessions in each of the coming weeks, the first one a week from now."""
    return [bench.evening(TODAY + WEEK * n, seats=seats, **given) for n in range(1, count + 1)]


def answer(bench: Bench, sanction) -> tuple[CanFinish, FeasibilityReason]:
    found = feasibility_of(bench.session, sanction_id=sanction.id, now=NOW)
    return found.can_finish, found.reason


def could(bench: Bench, person_id: uuid.UUID, amount: int = 7, **given) -> Feasibility:
    values = {"unit": Unit.SESSIONS, "due_on": DUE_ON, "now": NOW, **given}
    return feasibility_if(bench.session, person_id=person_id, amount=amount, **values)


# The calendar and its seats ----------------------------------------------------------------------


def test_enough_sessions_with_free_seats_are_a_promise_with_its_dates(bench, ada):
    """Two of five weeks are needed: begin by the fourth, done by the second, miss three."""
    jury = bench.owes(ada, 2)
    days = [evening.held_on for evening in weeks(bench, 5)]
    found = feasibility_of(bench.session, sanction_id=jury.id, now=NOW)
    assert (found.can_finish, found.reason) == (YES, FeasibilityReason.ENOUGH_SESSIONS)
    assert (found.last_date_to_book, found.finishes_on, found.misses_left) == (days[3], days[1], 3)


def test_only_planned_sessions_with_a_room_count(bench, ada, session):
    """Not a cancelled or confirmed one, none of yesterday or after the last day, no lost room."""
    jury = bench.owes(ada, 1, due_on=TODAY + 9 * WEEK)
    weeks(bench, 1, state=CourtSessionState.CANCELLED)
    bench.evening(TODAY + 2 * WEEK, state=CourtSessionState.CONFIRMED)
    bench.evening(TODAY - timedelta(days=1))
    lost = bench.evening(TODAY + 3 * WEEK)
    session.execute(sa.update(Sitting).where(Sitting.session_id == lost.id).values(removed_at=NOW))
    bench.evening(TODAY + 10 * WEEK)
    assert answer(bench, jury) == (NO, FeasibilityReason.TOO_FEW_SESSIONS)
    room = bench.room_of(lost, seats=1)
    assert answer(bench, jury) == (YES, FeasibilityReason.ENOUGH_SESSIONS)
    assert room.panel_target == 1


def test_seats_that_are_taken_are_not_free(bench, ada, seats):
    """Eight of eight are given away, and more than there are is none."""
    jury = bench.owes(ada, 2, due_on=TODAY + 2 * WEEK)
    first, second = weeks(bench, 2, seats=8)
    bench.evening(TODAY + 9 * WEEK)
    assert answer(bench, jury)[0] is YES
    seats.update({first.id: 8, second.id: 7})
    assert answer(bench, jury) == (NO, FeasibilityReason.TOO_FEW_FREE_SEATS)
    seats[first.id] = 7
    assert answer(bench, jury)[0] is YES
    seats[first.id] = 12
    assert answer(bench, jury)[0] is NO
    bench.room_of(first, seats=8)
    assert answer(bench, jury)[0] is YES


def test_who_is_due_earlier_comes_first(bench, ada, session):
    """One seat a week for two people who owe two each: the second one is not promised anything."""
    first = bench.owes(bench.person("Kwame"), 2, due_on=DUE_ON - WEEK)
    second = bench.owes(ada, 2, due_on=DUE_ON)
    weeks(bench, 3, seats=1)
    bench.evening(DUE_ON + WEEK)
    assert answer(bench, first)[0] is YES
    assert answer(bench, second) == (ASK, FeasibilityReason.OTHERS_DUE_EARLIER)
    bench.evening(TODAY + 4 * WEEK, seats=1)
    assert answer(bench, second)[0] is YES
    assert set(feasibilities(session, now=NOW)) == {first.id, second.id}


def test_who_goes_first_is_counted_and_named(bench, ada, session):
    """Due as early or earlier; not who is late already, nor who has nothing left to book."""
    mine = bench.owes(ada, 3)
    kwame, ben, zed = (bench.person(name) for name in ("Kwame", "Ben", "Zed"))
    bench.owes(kwame, 3, due_on=DUE_ON - WEEK)
    bench.owes(ben, 1, due_on=DUE_ON)
    bench.owes(zed, 9, due_on=TODAY - timedelta(days=1))
    bench.owes(bench.person("Lua"), 9, due_on=DUE_ON + WEEK)
    done = bench.person("Mio")
    bench.owes(done, 1)
    bench.book(done, TODAY + WEEK)
    weeks(bench, 3, seats=1)
    bench.evening(DUE_ON + WEEK)
    found = feasibility_of(session, sanction_id=mine.id, now=NOW)
    assert (found.can_finish, found.reason, found.ahead) == (
        ASK,
        FeasibilityReason.OTHERS_DUE_EARLIER,
        2,
    )
    named = due_earlier(session, item=bench.item(mine), now=NOW)
    assert [one.name.first for one in named] == ["Kwame", "Ben"]
    assert [item.to_book for one in named for item in one.items] == [3, 1]


def test_a_last_day_that_is_over_is_told_as_such(bench, ada, session):
    """Never as something that may or may not be finished in time."""
    late = bench.owes(ada, 2, due_on=TODAY - timedelta(days=1))
    weeks(bench, 5)
    assert answer(bench, late) == (NO, FeasibilityReason.LAST_DAY_OVER)
    today = bench.owes(bench.person("Kwame"), 1, due_on=TODAY)
    assert answer(bench, today)[1] is not FeasibilityReason.LAST_DAY_OVER


def test_a_session_that_is_over_is_offered_to_nobody(bench, ada, session):
    """On its day it is, up to its planned end."""
    jury = bench.owes(ada, 1, due_on=TODAY + timedelta(days=1))
    bench.evening(TODAY)
    bench.evening(TODAY + 9 * WEEK)
    assert feasibility_of(session, sanction_id=jury.id, now=at(TODAY, 17)).can_finish is YES
    over = feasibility_of(session, sanction_id=jury.id, now=at(TODAY, 18))
    assert (over.can_finish, over.reason) == (NO, FeasibilityReason.TOO_FEW_SESSIONS)


def test_what_is_booked_needs_no_seat_any_more(bench, ada):
    """And its day is taken: nobody sits twice in one evening."""
    jury = bench.owes(ada, 2, due_on=TODAY + 2 * WEEK)
    first, second = weeks(bench, 2, seats=1)
    bench.evening(TODAY + 9 * WEEK)
    bench.book(ada, first.held_on)
    found = feasibility_of(bench.session, sanction_id=jury.id, now=NOW)
    assert (found.can_finish, found.finishes_on) == (YES, second.held_on)
    bench.book(ada, second.held_on)
    assert answer(bench, jury) == (YES, FeasibilityReason.NOTHING_OWED)


def test_days_away_and_the_court_s_pace_count(bench, ada, session, court):
    """Travelling for two of three weeks; at most one session in 28 days."""
    jury = bench.owes(ada, 2, due_on=TODAY + 3 * WEEK)
    weeks(bench, 3)
    bench.evening(TODAY + 9 * WEEK)
    assert answer(bench, jury)[0] is YES
    add_days_away(
        session,
        person_id=ada,
        starts_on=TODAY + WEEK,
        ends_on=TODAY + 2 * WEEK,
        reason=AwayReason.TRAVEL,
        **bench.hand,
    )
    assert answer(bench, jury) == (NO, FeasibilityReason.TOO_FEW_WHEN_AVAILABLE)
    other = bench.owes(bench.person("Kwame"), 2, due_on=TODAY + 3 * WEEK)
    bench.policy(TODAY, jury={"max_sessions_in_28_days": 1})
    assert answer(bench, other) == (NO, FeasibilityReason.TOO_CLOSE_TOGETHER)


def test_where_the_calendar_is_not_planned_to_the_end_it_is_no_no(bench, ada):
    """More may follow; without a last day too."""
    jury = bench.owes(ada, 3)
    weeks(bench, 2)
    assert answer(bench, jury) == (ASK, FeasibilityReason.CALENDAR_ENDS_BEFORE_DUE)
    undated = bench.owes(bench.person(), 3, due_on=None)
    assert answer(bench, undated) == (ASK, FeasibilityReason.CALENDAR_ENDS_BEFORE_DUE)


def test_of_two_obligations_of_one_person_the_earlier_is_served_first(bench, ada):
    """Two and two with three sessions in time: the second one cannot be finished."""
    early = bench.owes(ada, 2, due_on=TODAY + 3 * WEEK)
    late = bench.owes(ada, 2, due_on=TODAY + 4 * WEEK)
    weeks(bench, 3)
    bench.evening(TODAY + 9 * WEEK)
    assert answer(bench, early)[0] is YES
    assert answer(bench, late)[0] is NO


def test_hours_on_a_jury_take_whole_sessions(bench, ada):
    """Seven hours are three sessions of three hours."""
    jury = bench.owes(ada, 7 * 60, unit=Unit.MINUTES, due_on=TODAY + 3 * WEEK)
    weeks(bench, 2)
    bench.evening(TODAY + 9 * WEEK)
    assert answer(bench, jury)[0] is NO
    bench.evening(TODAY + 3 * WEEK)
    assert answer(bench, jury)[0] is YES


def test_what_is_not_jury_service_or_not_there_is_told_apart(bench, ada):
    """An essay needs no session; an unknown obligation is not found."""
    essay = bench.owes(ada, 1, kind=SanctionKind.ESSAY)
    assert answer(bench, essay) == (YES, FeasibilityReason.NOTHING_OWED)
    with pytest.raises(NotFound):
        feasibility_of(bench.session, sanction_id=uuid.uuid4(), now=NOW)


# At the sentence ---------------------------------------------------------------------------------


def test_what_is_owed_already_comes_on_top_of_what_is_about_to_be_ordered(bench, ada):
    """Five owed by an earlier day and three more: eight sessions, of which seven are planned."""
    bench.owes(ada, 5, due_on=DUE_ON - WEEK)
    weeks(bench, 7)
    bench.evening(DUE_ON + WEEK)
    assert could(bench, ada, 2).can_finish is YES
    assert could(bench, ada, 3).can_finish is NO
    assert could(bench, bench.person(), 7).can_finish is YES


def test_the_session_of_the_own_hearing_is_not_offered(bench, ada):
    """Whoever is sentenced this morning does not sit this morning; whoever owes already may."""
    owed = bench.owes(bench.person("Kwame"), 1, due_on=TODAY)
    bench.evening(TODAY)
    bench.evening(TODAY + 9 * WEEK)
    assert could(bench, ada, 1, due_on=TODAY + WEEK).can_finish is NO
    assert answer(bench, owed)[0] is YES


def test_nothing_ordered_can_be_finished(bench, ada):
    """However empty the calendar is."""
    assert could(bench, ada, 0).can_finish is YES
    assert could(bench, ada, 600, unit=Unit.PIECES).can_finish is YES


# Whoever is not trained yet ----------------------------------------------------------------------


@pytest.fixture
def training(bench: Bench):
    """A training three weeks from now, with two places."""
    return bench.evening(TODAY + 3 * WEEK, kind=CourtSessionKind.TRAINING, seats=2)


def test_the_untrained_sit_after_a_training_that_counts(bench, ada, training):
    """DC: the training is one of the seven; of five weeks they have the last two, and it."""
    jury = bench.owes(ada, 3, due_on=TODAY + 5 * WEEK)
    weeks(bench, 5)
    bench.evening(DUE_ON + WEEK)
    found = feasibility_of(bench.session, sanction_id=jury.id, now=NOW)
    assert (found.can_finish, found.misses_left) == (YES, 0)
    assert (found.last_date_to_book, found.finishes_on) == (training.held_on, TODAY + 5 * WEEK)
    assert (found.needs_training, found.training_on) == (True, training.held_on)
    bench.train(ada)
    found = feasibility_of(bench.session, sanction_id=jury.id, now=NOW)
    assert (found.can_finish, found.misses_left, found.needs_training) == (YES, 2, False)


def test_the_training_is_the_reason_where_it_is_in_the_way(bench, ada, training, session):
    """Four owed of five weeks, two of them after the training: trained, it could be done."""
    jury = bench.owes(ada, 4, due_on=TODAY + 5 * WEEK)
    weeks(bench, 5)
    bench.evening(DUE_ON + WEEK)
    found = feasibility_of(session, sanction_id=jury.id, now=NOW)
    assert (found.can_finish, found.reason) == (NO, FeasibilityReason.TRAINING_FIRST)
    assert (found.training_on, found.invited) == (training.held_on, False)
    many = bench.owes(bench.person("Kwame"), 6, due_on=TODAY + 5 * WEEK)
    assert answer(bench, many) == (NO, FeasibilityReason.TOO_FEW_SESSIONS)
    bench.train(ada)
    assert answer(bench, jury)[0] is YES


def test_where_training_does_not_count_it_only_opens_the_way(bench, ada, training):
    """Two sessions remain for three owed."""
    bench.policy(HEARD_ON, counting={"training_counts": False})
    jury = bench.owes(ada, 3, due_on=TODAY + 5 * WEEK)
    weeks(bench, 5)
    bench.evening(DUE_ON + WEEK)
    assert answer(bench, jury)[0] is NO


def test_a_training_that_others_may_fill_is_no_promise(bench, ada, training, session):
    """Two places, two others to be trained: ask; once one of them is trained, yes."""
    others = [bench.person(), bench.person()]
    for other in others:
        bench.owes(other, 1)
    jury = bench.owes(ada, 1)
    weeks(bench, 5)
    assert answer(bench, jury) == (ASK, FeasibilityReason.TRAINING_FIRST)
    bench.train(others[0])
    assert answer(bench, jury)[0] is YES
    add_days_away(
        session,
        person_id=ada,
        starts_on=training.held_on,
        ends_on=training.held_on,
        reason=AwayReason.SCHOOL,
        **bench.hand,
    )
    assert answer(bench, jury) == (ASK, FeasibilityReason.TRAINING_FIRST)


def test_whoever_has_a_place_in_the_training_is_trained_by_then(bench, ada, training, seats):
    """Though it is full; the day counts as booked and not again."""
    jury = bench.owes(ada, 3, due_on=TODAY + 5 * WEEK)
    weeks(bench, 5)
    bench.evening(DUE_ON + WEEK)
    seats[training.id] = 2
    assert answer(bench, jury) == (ASK, FeasibilityReason.TRAINING_FIRST)
    bench.book(ada, training.held_on)
    assert bench.item(jury).to_book == 2
    assert answer(bench, jury)[0] is YES


def test_a_court_without_trainings_in_its_calendar_trains_in_another_way(bench, ada, session):
    """The calendar is taken as it is, and that they are not trained yet is said beside it."""
    weeks(bench, 7)
    jury = bench.owes(ada, 7)
    assert outlook(session, now=NOW).trainings == ()
    assert answer(bench, jury)[0] is YES
    found = feasibility_of(session, sanction_id=jury.id, now=NOW)
    assert (found.needs_training, found.training_on) == (True, None)
    bench.train(ada)
    assert not feasibility_of(session, sanction_id=jury.id, now=NOW).needs_training


# Who is at risk ----------------------------------------------------------------------------------


def test_everybody_at_risk_is_listed_the_gravest_first(bench, session):
    """Over time, impossible, no miss left, dependent on others; nobody who is safe or done."""
    names = ["overdue", "never", "tight", "ask", "safe", "done", "closed"]
    people = {name: bench.person(name.title()) for name in names}
    late = TODAY - timedelta(days=1)
    weeks(bench, 4)
    bench.evening(DUE_ON + WEEK)
    bench.owes(people["overdue"], 60, kind=SanctionKind.COMMUNITY_SERVICE, due_on=late)
    bench.owes(people["never"], 5, due_on=TODAY + 4 * WEEK)
    bench.owes(people["tight"], 4, due_on=TODAY + 4 * WEEK)
    bench.owes(people["ask"], 9, due_on=DUE_ON + 9 * WEEK)
    bench.owes(people["safe"], 1)
    bench.owes(people["done"], 1, due_on=TODAY)
    bench.serve(people["done"])
    closed = bench.owes(people["closed"], 1, due_on=late)
    bench.close(closed.case_id)
    found = people_at_risk(session, now=NOW)
    assert [(line.name.first, line.reason) for line in found] == [
        ("Overdue", RiskReason.OVERDUE),
        ("Never", RiskReason.CANNOT_FINISH),
        ("Tight", RiskReason.NO_MISSES_LEFT),
        ("Ask", RiskReason.ASK_COORDINATOR),
    ]
    assert [line.item.left for line in found] == [60, 5, 4, 9]
    assert all(line.case_number.startswith("2026-") for line in found)


def test_what_is_handed_in_or_booked_is_not_at_risk(bench, ada, session):
    """It waits for the office, or for its day."""
    bench.owes(ada, 1, kind=SanctionKind.COMMUNITY_SERVICE, due_on=TODAY - timedelta(days=1))
    bench.report(ada, TODAY - timedelta(days=1), minutes=1)
    bench.owes(ada, 1, due_on=TODAY + WEEK)
    bench.book(ada, TODAY + WEEK)
    assert people_at_risk(session, now=NOW) == ()
