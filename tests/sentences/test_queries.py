"""What reading obligations and service promises: one number, wherever it is asked for."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from tests.credits.test_queries import statements_of
from tests.fixtures.app import NOW, TODAY, add_court
from tests.sentences.conftest import DUE_ON, HEARD_ON, Bench
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import HearingKind
from youthcourt.sentences import queries, services
from youthcourt.sentences.domain import CanFinish, ServiceBasis, ServiceState

AHEAD = TODAY + timedelta(days=10)


@pytest.fixture
def ada(bench: Bench) -> uuid.UUID:
    return bench.person()


# The four parts ----------------------------------------------------------------------------------


def test_required_is_the_sum_of_its_four_parts(bench, ada):
    """Three done, one waiting, two booked, one to book; denied and taken back count nowhere."""
    jury = bench.owes(ada)
    for week in range(3):
        bench.serve(ada, TODAY - timedelta(days=7 * week))
    bench.report(ada, kind=SanctionKind.JURY, sessions=1)
    bench.book(ada, AHEAD)
    bench.book(ada, AHEAD + timedelta(days=14))
    bench.reverse(bench.serve(ada))
    denied = bench.book(ada, AHEAD)
    services.cancel_booking(bench.session, service_id=denied.id, reason="released", **bench.hand)
    assert bench.parts(jury) == (3, 1, 2, 1)
    item = bench.item(jury)
    assert item.booked_on == (AHEAD, AHEAD + timedelta(days=14))
    assert item.minutes_served == 540


def test_hours_fill_in_hours(bench, ada):
    """Of ten hours two are confirmed, one waits."""
    site = bench.owes(ada, 600, kind=SanctionKind.COMMUNITY_SERVICE)
    bench.confirm(bench.report(ada, minutes=120))
    bench.report(ada, minutes=60)
    assert bench.parts(site) == (120, 60, 0, 420)


def test_what_waits_goes_before_what_is_booked_and_neither_above_what_is_owed(bench, ada):
    """Three booked and one waiting for two: nothing is counted twice."""
    jury = bench.owes(ada, 2)
    for week in range(3):
        bench.book(ada, AHEAD + timedelta(days=7 * week))
    bench.report(ada, kind=SanctionKind.JURY, sessions=1)
    assert bench.parts(jury) == (0, 1, 1, 0)


def test_waiting_and_booked_service_follows_the_same_order_as_confirmed(bench, ada):
    """Earliest last day first, unless meant for another; what is given freely for none."""
    late = bench.owes(ada, 2, due_on=date(2026, 6, 1))
    early = bench.owes(ada, 1, due_on=date(2026, 5, 1))
    bench.book(ada, AHEAD, sanction_id=late.id)
    bench.book(ada, AHEAD + timedelta(days=7))
    bench.book(ada, AHEAD + timedelta(days=14), basis=ServiceBasis.VOLUNTARY)
    assert bench.parts(early) == (0, 0, 1, 0)
    assert bench.parts(late) == (0, 0, 1, 1)


def test_nothing_from_before_the_sentence_or_for_a_closed_case_fills_it(bench, ada):
    """What was done for one sentence is not done for the next."""
    closed = bench.owes(ada, 5)
    bench.close(closed.case_id)
    later = bench.owes(ada, 5, on=TODAY)
    bench.book(ada, AHEAD)
    bench.report(ada, TODAY - timedelta(days=1), kind=SanctionKind.JURY, sessions=1)
    assert bench.parts(closed) == (0, 0, 0, 5)
    assert bench.parts(later) == (0, 0, 1, 4)


def test_one_person_and_everybody_are_told_the_same(bench, session):
    """The list of all and the page of one show one number."""
    people = [bench.person() for _ in range(4)]
    for place, person_id in enumerate(people):
        bench.owes(person_id, 3)
        for evening in range(place):
            bench.serve(person_id, TODAY - timedelta(days=evening))
        bench.book(person_id, AHEAD)
    everybody = queries.progress_of(session, now=NOW)
    for person_id in people:
        alone = queries.progress_of(session, person_ids=[person_id], now=NOW)[person_id]
        assert everybody[person_id] == alone
    stranger = bench.person()
    assert queries.progress_of(session, person_ids=[stranger], now=NOW) == {stranger: ()}


def test_the_number_of_statements_does_not_grow(bench, session, app):
    """Thirty people with service cost what one costs, in every list."""
    readings = {
        "progress": lambda: queries.progress_of(session, now=NOW),
        "risk": lambda: queries.people_at_risk(session, now=NOW),
        "waiting": lambda: queries.waiting_service(session, now=NOW),
        "outlook": lambda: queries.feasibilities(session, now=NOW),
    }

    def add(count: int) -> None:
        for _one in range(count):
            person_id = bench.person()
            bench.owes(person_id, due_on=TODAY - timedelta(days=1))
            bench.serve(person_id)
            bench.report(person_id)
            bench.book(person_id, AHEAD)
            bench.evening(AHEAD)

    add(1)
    few = {name: statements_of(app, act) for name, act in readings.items()}
    add(9)
    assert {name: statements_of(app, act) for name, act in readings.items()} == few
    assert few["progress"] <= 6
    person_id = bench.person()
    bench.owes(person_id)
    own = {
        "obligations": lambda: queries.own_obligations(session, person_id=person_id, now=NOW),
        "service": lambda: queries.own_service(session, person_id=person_id, now=NOW),
        "lines": lambda: queries.service_lines(session, person_id=person_id, now=NOW),
    }
    bench.serve(person_id)
    one = {name: statements_of(app, act) for name, act in own.items()}
    bench.owes(person_id, kind=SanctionKind.ESSAY)
    for _piece in range(9):
        bench.serve(person_id)
    assert {name: statements_of(app, act) for name, act in own.items()} == one


# When it was finished ----------------------------------------------------------------------------


def test_it_was_finished_on_the_day_of_the_last_piece_that_was_needed(bench, ada):
    """Not on the day it was confirmed, nor on that of a later gift."""
    jury = bench.owes(ada, 2)
    second = TODAY - timedelta(days=3)
    bench.serve(ada, second)
    assert bench.item(jury).finished_on is None
    bench.serve(ada, TODAY - timedelta(days=9))
    bench.serve(ada, TODAY)
    assert bench.item(jury).finished_on == second


def test_a_case_is_told_whether_anything_is_open_and_whether_it_was_late(bench, ada, session):
    """Over all its sentences; the last day itself is in time."""
    jury = bench.owes(ada, 1, due_on=TODAY)
    bench.serve(ada, TODAY)
    facts = queries.sentence_facts(session, jury.case_id)
    assert facts == {"sentence_recorded": True, "obligations_open": 0, "finished_late": False}
    again = bench.owes(ada, 60, kind=SanctionKind.COMMUNITY_SERVICE, case=bench.case(ada))
    hearing = bench.hearing(case=bench.session.get_one(type(bench.case(ada)), again.case_id))
    assert queries.sentence_facts(session, hearing.case_id)["obligations_open"] == 1
    bare = bench.case(ada)
    assert queries.sentence_facts(session, bare.id)["sentence_recorded"] is False


# What staff read ---------------------------------------------------------------------------------


def test_a_piece_is_read_with_what_it_counts_for_and_who_decided(bench, ada, session):
    """Its parts by name, its credits, its rule; of what was taken back the reason, no parts."""
    bench.policy(HEARD_ON, credits={"earns": ["community_service"], "rounding": "down_to_hour"})
    site = bench.owes(ada, 60, kind=SanctionKind.COMMUNITY_SERVICE)
    record = bench.confirm(bench.report(ada, minutes=100, place="Food bank", supervisor="R. Ruiz"))
    line = queries.service_line(session, service_id=record.id, now=NOW)
    assert [(part.label, part.sanction_id, part.minutes) for part in line.parts] == [
        ("community_service", site.id, 60),
        ("", None, 40),
    ]
    assert (line.credited, line.rounding, line.place) == (60, "down_to_hour", "Food bank")
    assert (line.recorded_by, line.changed_by) == ("Coordinator of Elm Street",) * 2
    bench.reverse(record, "not_served")
    line = queries.service_line(session, service_id=record.id, now=NOW)
    assert (line.reason, line.parts, line.credited) == ("not_served", (), 0)
    with pytest.raises(NotFound):
        queries.service_line(session, service_id=uuid.uuid4(), now=NOW)


def test_the_reason_read_is_that_of_where_it_is_now(bench, ada, session):
    """Denied and brought back within one instant."""
    record = bench.report(ada)
    for act, reason in (
        (services.deny_service, "not_signed"),
        (services.bring_back_service, "other"),
        (services.deny_service, "not_there"),
    ):
        act(session, service_id=record.id, reason=reason, **bench.hand)
        if record.state is ServiceState.PENDING:
            assert queries.service_line(session, service_id=record.id, now=NOW).reason in {
                None,
                "other",
            }
    assert queries.service_line(session, service_id=record.id, now=NOW).reason in {
        "not_signed",
        "not_there",
    }


def test_what_waits_is_listed_the_oldest_first_with_its_owner(bench, ada, session):
    """Of this court alone."""
    kwame = bench.person("Kwame")
    bench.report(ada, TODAY)
    bench.report(kwame, TODAY - timedelta(days=5))
    bench.serve(ada)
    found = queries.waiting_service(session, now=NOW)
    assert [(one.name.first, one.line.served_on) for one in found] == [
        ("Kwame", TODAY - timedelta(days=5)),
        ("Ada", TODAY),
    ]
    session.commit()
    set_court(session, add_court(session, "fl-charlotte", "Pine").id)
    assert queries.waiting_service(session, now=NOW) == ()
    assert queries.progress_of(session, now=NOW) == {}


def test_a_hearing_is_found_with_its_case_and_day(bench, session):
    """One that was taken off the docket has none; a foreign one is not found."""
    hearing = bench.hearing(kind=HearingKind.RETURN)
    found = queries.heard_case(session, hearing.id)
    assert (found.case.id, found.held_on) == (hearing.case_id, HEARD_ON)
    with pytest.raises(NotFound):
        queries.heard_case(session, uuid.uuid4())
    for by_id in (queries.sanction_by_id, queries.sentence_by_id, queries.service_by_id):
        with pytest.raises(NotFound):
            by_id(session, uuid.uuid4())


def test_sentences_of_a_case_are_read_the_latest_first(bench, session):
    """With who wrote them down and what was said of their items."""
    first = bench.hearing()
    seven = services.SanctionGiven(kind=SanctionKind.JURY, amount=7, detail="On Saturdays.")
    one = bench.record(first, items=[seven], panel_words="Well done for coming.")
    case = bench.case_of(first)
    review = bench.hearing(case=case, on=HEARD_ON + timedelta(days=14), kind=HearingKind.REVIEW)
    two = bench.record(review)
    lines = queries.sentences_of_case(session, case_id=case.id)
    assert [line.id for line in lines] == [two.id, one.id]
    assert (lines[1].panel_words, lines[1].recorded_by) == (
        "Well done for coming.",
        "Coordinator of Elm Street",
    )
    assert list(queries.details_of(session, case_id=case.id).values()) == ["On Saturdays."]
    assert len(queries.obligations_of_case(session, case_id=case.id, now=NOW)) == 2


# What the young person reads ---------------------------------------------------------------------


def test_the_phone_needs_no_arithmetic(bench, ada, session):
    """Three of seven done, one waiting, one booked, two to book; by when, what may be missed."""
    bench.owes(ada, due_on=DUE_ON)
    for week in range(3):
        bench.serve(ada, TODAY - timedelta(days=7 * week))
    bench.report(ada, kind=SanctionKind.JURY, sessions=1)
    bench.book(ada, AHEAD)
    days = [AHEAD + timedelta(days=14 * n) for n in range(1, 5)]
    for day in days:
        bench.evening(day)
    (own,) = queries.own_obligations(session, person_id=ada, now=NOW)
    assert (own.required, own.done, own.waiting, own.booked, own.to_book) == (7, 3, 1, 1, 2)
    assert (own.left, own.finished, own.overdue, own.unit) == (4, False, False, Unit.SESSIONS)
    assert (own.due_on, own.days_left, own.next_booked_on) == (
        DUE_ON,
        (DUE_ON - TODAY).days,
        AHEAD,
    )
    assert (own.can_finish, own.misses_left) == (CanFinish.YES, 2)
    assert (own.last_date_to_book, own.finishes_on) == (days[2], days[1])


def test_without_a_promise_no_date_is_shown(bench, ada, session):
    """No session is planned: ask, and no day that nobody can keep."""
    bench.owes(ada)
    (own,) = queries.own_obligations(session, person_id=ada, now=NOW)
    assert own.can_finish is CanFinish.ASK_COORDINATOR
    assert (own.last_date_to_book, own.finishes_on, own.misses_left) == (None, None, None)


def test_what_is_done_is_done_and_what_is_late_is_late(bench, ada, session):
    """A letter handed in, hours whose day is over, and nothing of a closed case."""
    letter = bench.owes(ada, 1, kind=SanctionKind.APOLOGY_LETTER)
    services.finish_item(
        session, sanction_id=letter.id, finished_on=TODAY, proof="seen", **bench.hand
    )
    bench.owes(ada, 60, kind=SanctionKind.COMMUNITY_SERVICE, due_on=TODAY - timedelta(days=1))
    closed = bench.owes(ada)
    bench.close(closed.case_id)
    found = {own.kind: own for own in queries.own_obligations(session, person_id=ada, now=NOW)}
    assert set(found) == {SanctionKind.APOLOGY_LETTER, SanctionKind.COMMUNITY_SERVICE}
    done, late = found[SanctionKind.APOLOGY_LETTER], found[SanctionKind.COMMUNITY_SERVICE]
    assert (done.finished, done.left, done.can_finish) == (True, 0, None)
    assert (late.overdue, late.days_left, late.can_finish) == (True, 0, None)
    assert queries.own_obligations(session, person_id=bench.person(), now=NOW) == ()


def test_own_service_tells_what_counted_and_what_did_not(bench, ada, session):
    """Booked, waiting, confirmed, not counted with the reason; never what fell through."""
    bench.serve(ada, TODAY - timedelta(days=3))
    bench.report(ada, TODAY - timedelta(days=2), minutes=60)
    missed = bench.book(ada, TODAY - timedelta(days=1))
    services.deny_service(session, service_id=missed.id, reason="not_there", **bench.hand)
    for reason in ("released", "session_cancelled"):
        gone = bench.book(ada, AHEAD)
        services.cancel_booking(session, service_id=gone.id, reason=reason, **bench.hand)
    bench.reverse(bench.serve(ada, TODAY))
    bench.book(ada, AHEAD)
    found = queries.own_service(session, person_id=ada, now=NOW)
    assert [(one.state, one.reason) for one in found] == [
        (ServiceState.BOOKED, None),
        (ServiceState.DENIED, "not_there"),
        (ServiceState.PENDING, None),
        (ServiceState.CONFIRMED, None),
    ]
    assert [one.state for one in queries.own_service(session, person_id=ada, now=NOW, limit=1)] == [
        "booked"
    ]
