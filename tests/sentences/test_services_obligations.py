"""What acts on an obligation promise: with a reason, within the rules, never twice by accident."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY
from tests.sentences.conftest import DUE_ON, HEARD_ON, Bench
from youthcourt.audit.models import AuditEntry
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.errors import NotFound, Stale
from youthcourt.sentences import services
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.models import Sanction, SanctionEvent
from youthcourt.sentences.queries import changes_of_sanctions, sentence_facts

WEEK = timedelta(days=7)


@pytest.fixture
def ada(bench: Bench) -> uuid.UUID:
    return bench.person()


@pytest.fixture
def jury(bench: Bench, ada: uuid.UUID) -> Sanction:
    """Seven sessions that Ada owes."""
    return bench.owes(ada)


def extend(bench: Bench, sanction: Sanction, days: int, **given):
    values = {"reason": "illness", **bench.hand, **given}
    return services.extend_sanction(bench.session, sanction_id=sanction.id, days=days, **values)


def waive(bench: Bench, sanction: Sanction, amount: int | None = None, **given):
    values = {"reason": "good_work", **bench.hand, **given}
    return services.waive_sanction(bench.session, sanction_id=sanction.id, amount=amount, **values)


def adjust(bench: Bench, sanction: Sanction, amount: int, **given):
    values = {"reason": "missed", **bench.hand, **given}
    return services.adjust_sanction(bench.session, sanction_id=sanction.id, amount=amount, **values)


def finish(bench: Bench, sanction: Sanction, on: date = TODAY, **given):
    values = {"proof": "seen", **bench.hand, **given}
    return services.finish_item(bench.session, sanction_id=sanction.id, finished_on=on, **values)


def test_more_time_within_the_rule_of_the_sentence_s_policy(bench, jury, session):
    """DC: at most 30 days, once; a policy of today with other numbers changes nothing."""
    bench.policy(TODAY, extension={"max_days": 90, "max_times": 5})
    with Refused("extension_needs_days", "days"):
        extend(bench, jury, 0)
    with Refused("extension_too_long", "days", limit=30):
        extend(bench, jury, 31)
    extend(bench, jury, 30)
    with Refused("extension_too_often", "days", limit=1):
        extend(bench, jury, 1)
    item = bench.item(jury)
    assert (item.due_on, item.ordered_due_on) == (DUE_ON + timedelta(days=30), DUE_ON)
    assert (item.extended_times, item.extra_days, item.changes) == (1, 30, 1)
    acts = session.scalars(sa.select(AuditEntry.act).where(AuditEntry.subject == "sanction")).all()
    assert acts == ["sanction_extended"]


def test_where_the_policy_has_no_limit_a_year_is_the_most_at_once(bench, ada):
    """A slip of the keyboard gives nobody a thousand years."""
    bench.policy(HEARD_ON, extension={"max_days": None, "max_times": None})
    jury = bench.owes(ada)
    with Refused("extension_too_long", "days", limit=366):
        extend(bench, jury, 10**9)
    extend(bench, jury, 366)
    extend(bench, jury, 1)
    assert bench.item(jury).extra_days == 367
    with Refused("no_last_day", "days"):
        extend(bench, bench.owes(ada, due_on=None), 7)


def test_a_form_sent_twice_changes_a_thing_once(bench, jury, ada):
    """Whoever decided on what was shown before is asked to look again."""
    bench.policy(HEARD_ON, extension={"max_days": None, "max_times": None})
    own = bench.owes(ada)
    seen = bench.item(own).changes
    extend(bench, own, 7, seen=seen)
    for act in (
        lambda: extend(bench, own, 7, seen=seen),
        lambda: waive(bench, own, 1, seen=seen),
        lambda: adjust(bench, own, 9, seen=seen),
        lambda: services.excuse_absence(
            bench.session, sanction_id=own.id, reason="illness", seen=seen, **bench.hand
        ),
    ):
        with pytest.raises(Stale):
            act()
    assert bench.item(own).due_on == DUE_ON + WEEK


def test_only_what_is_not_done_can_be_waived(bench, jury, ada):
    """Of seven, two are confirmed: five can go, also those that wait or are booked."""
    bench.serve(ada)
    bench.serve(ada)
    bench.book(ada)
    bench.book(ada, TODAY + WEEK)
    for amount in (0, -1, 6):
        with Refused("waiver_out_of_range", "amount", limit=5):
            waive(bench, jury, amount)
    waive(bench, jury, 4)
    assert bench.parts(jury) == (2, 0, 1, 0)
    waive(bench, jury)
    item = bench.item(jury)
    assert (item.required, item.satisfied, item.waived) == (2, True, 5)
    with Refused("waiver_out_of_range", "amount", limit=0):
        waive(bench, jury)


def test_hours_and_money_are_named_in_their_own_unit(bench, ada):
    """Not 600 of something: ten hours, twelve dollars fifty."""
    hours = bench.owes(ada, 600, kind=SanctionKind.COMMUNITY_SERVICE)
    money = bench.owes(ada, 1250, kind=SanctionKind.RESTITUTION, unit=Unit.MONEY)
    with Refused("waiver_minutes_out_of_range", "amount", limit_minutes=600):
        waive(bench, hours, 601)
    with Refused("waiver_out_of_range", "amount", limit="12.50"):
        waive(bench, money, 1251)
    waive(bench, hours, 60)
    with Refused("adjustment_minutes_below_done", "amount", least_minutes=60):
        adjust(bench, hours, 59)


def test_what_is_ordered_can_be_set_anew_but_not_below_what_is_done(bench, jury, ada):
    """Nine after two missed evenings; set again to nine it is refused, not added."""
    bench.serve(ada)
    waive(bench, jury, 1)
    with Refused("adjustment_below_done", "amount", least=2):
        adjust(bench, jury, 1)
    with Refused("amount_not_positive", "amount"):
        adjust(bench, jury, 10**7)
    adjust(bench, jury, 9)
    with Refused("adjustment_changes_nothing", "amount"):
        adjust(bench, jury, 9)
    item = bench.item(jury)
    assert (item.amount, item.required, item.confirmed) == (9, 8, 1)
    adjust(bench, jury, 2)
    assert bench.item(jury).satisfied


def test_an_amount_far_from_the_rules_has_to_be_meant(bench, ada):
    """Seven in every sentence of this court; a thousand cannot be, meant or not."""
    sentence = bench.record(bench.hearing(ada))
    jury = bench.session.scalars(
        sa.select(Sanction).where(Sanction.sentence_id == sentence.id)
    ).one()
    for amount in (6, 8):
        with Refused("adjustment_outside_range", "on_purpose"):
            adjust(bench, jury, amount)
    with Refused("amount_not_positive", "amount"):
        adjust(bench, jury, 1000, on_purpose=True)
    adjust(bench, jury, 9, on_purpose=True)
    assert bench.item(jury).amount == 9
    adjust(bench, jury, 7)
    assert bench.item(jury).amount == 7


def test_without_a_rule_twice_the_sentence_has_to_be_meant(bench, ada):
    """Twice what was ordered, not twice what it was raised to."""
    hours = bench.owes(ada, 600, kind=SanctionKind.COMMUNITY_SERVICE)
    with Refused("adjustment_doubles", "on_purpose"):
        adjust(bench, hours, 1201)
    adjust(bench, hours, 1200)
    with Refused("adjustment_doubles", "on_purpose"):
        adjust(bench, hours, 1260)
    adjust(bench, hours, 1260, on_purpose=True)


def test_done_or_not_done_has_no_amount(bench, ada):
    """And what is marked as done is opened again before more of it is asked for."""
    course = bench.owes(ada, 1, kind=SanctionKind.CLASS_, unit=Unit.NONE)
    with Refused("item_has_no_amount", "amount"):
        adjust(bench, course, 2)
    essay = bench.owes(ada, 1, kind=SanctionKind.ESSAY)
    finish(bench, essay)
    with Refused("item_finished_already", "amount", on=TODAY):
        adjust(bench, essay, 2)


def test_an_absence_that_was_excused_is_kept_and_changes_nothing_else(bench, jury, session):
    """Amount and last day stay; the reason is to be read."""
    before = bench.item(jury)
    services.excuse_absence(session, sanction_id=jury.id, reason="illness", **bench.hand)
    after = bench.item(jury)
    assert (after.due_on, after.required, after.changes) == (before.due_on, before.required, 1)
    (line,) = changes_of_sanctions(session, sanction_ids=[jury.id])[jury.id]
    assert (line.kind, line.reason, line.by) == ("excused", "illness", "Coordinator of Elm Street")


def test_the_clock_stops_for_everything_of_a_kind_still_owed(bench, ada, jury, session):
    """There was no seat: a week more for each, none for what is done, undated, closed, other."""
    done = bench.owes(ada, 1, due_on=date(2026, 5, 1))
    bench.serve(ada)
    open_too = bench.owes(ada, due_on=date(2026, 5, 2))
    undated = bench.owes(ada, due_on=None)
    closed = bench.owes(ada, due_on=date(2026, 5, 3))
    bench.close(closed.case_id)
    hours = bench.owes(ada, 60, kind=SanctionKind.COMMUNITY_SERVICE)
    moved = services.stop_clock(
        session, person_id=ada, kind=SanctionKind.JURY, days=7, reason="no_seat", **bench.hand
    )
    assert {row.id for row in moved} == {jury.id, open_too.id}
    assert bench.item(jury).due_on == DUE_ON + WEEK
    for untouched in (done, undated, closed, hours):
        assert bench.item(untouched).changes == 0
    for days in (0, -1, 367):
        with Refused("stopped_days_out_of_range", "days"):
            services.stop_clock(
                session,
                person_id=ada,
                kind=SanctionKind.JURY,
                days=days,
                reason="no_seat",
                **bench.hand,
            )


def test_a_letter_is_done_as_a_whole_on_its_day(bench, ada, jury, session):
    """Said twice it is said once; another day, tomorrow, before the sentence: refused."""
    letter = bench.owes(ada, 1, kind=SanctionKind.APOLOGY_LETTER, due_on=date(2026, 3, 1))
    with Refused("counted_by_service", unit=Unit.SESSIONS):
        finish(bench, jury)
    with Refused("day_in_future", "finished_on"):
        finish(bench, letter, TODAY + timedelta(days=1))
    with Refused("served_before_sentence", "finished_on", on=HEARD_ON):
        finish(bench, letter, HEARD_ON - timedelta(days=1))
    for _twice in range(2):
        finish(bench, letter)
    with Refused("item_finished_already", "finished_on", on=TODAY):
        finish(bench, letter, HEARD_ON)
    item = bench.item(letter)
    assert (bench.parts(letter), item.finished_late) == ((1, 0, 0, 0), True)
    services.reopen_item(session, sanction_id=letter.id, reason="typed_wrong", **bench.hand)
    services.reopen_item(session, sanction_id=letter.id, reason="typed_wrong", **bench.hand)
    assert bench.parts(letter) == (0, 0, 0, 1)
    kinds = [
        line.kind for line in changes_of_sanctions(session, sanction_ids=[letter.id])[letter.id]
    ]
    assert sorted(kinds) == ["finished", "reopened"]


def test_what_was_let_go_of_is_not_late(bench, ada):
    """A letter waived whole and written all the same after its day keeps nobody from completing."""
    letter = bench.owes(ada, 1, kind=SanctionKind.APOLOGY_LETTER, due_on=date(2026, 3, 1))
    waive(bench, letter)
    finish(bench, letter)
    assert not bench.item(letter).finished_late
    assert sentence_facts(bench.session, letter.case_id) == {
        "sentence_recorded": True,
        "obligations_open": 0,
        "finished_late": False,
    }


@pytest.mark.parametrize("act", [extend, waive, adjust, finish])
def test_a_closed_case_changes_no_more(bench, ada, act):
    """Open it again first."""
    letter = bench.owes(ada, 2, kind=SanctionKind.APOLOGY_LETTER)
    bench.close(letter.case_id)
    arguments = {extend: (7,), waive: (1,), adjust: (3,), finish: ()}[act]
    with Refused("case_is_closed"):
        act(bench, letter, *arguments)


def test_every_change_needs_its_reason_and_an_obligation_that_is_there(bench, jury, session):
    """Blanks are no reason; nothing is kept of a refused change."""
    for act in (
        lambda: extend(bench, jury, 7, reason=" "),
        lambda: waive(bench, jury, 1, reason=""),
        lambda: adjust(bench, jury, 9, reason=" "),
    ):
        with Refused("reason_required", "reason"):
            act()
    assert session.scalar(sa.select(sa.func.count()).select_from(SanctionEvent)) == 0
    jury.id = uuid.uuid4()
    session.expunge(jury)
    with pytest.raises(NotFound):
        extend(bench, jury, 7)


def test_nothing_here_knows_of_credits(bench, jury, ada):
    """However much is on the account, what is owed stays as it is."""
    for _evening in range(3):
        bench.volunteer(ada)
    assert (bench.balance(ada), bench.parts(jury)) == (540, (0, 0, 0, 7))


def test_extension_and_stopped_clock_move_what_is_late(bench, ada):
    """Finished ten days after the ordered day, with a week more and a stopped week: in time."""
    bench.policy(HEARD_ON, extension={"max_days": None, "max_times": None})
    jury = bench.owes(ada, 1, due_on=TODAY - timedelta(days=10))
    bench.serve(ada)
    assert bench.item(jury).finished_late
    extend(bench, jury, 9)
    assert bench.item(jury).finished_late
    extend(bench, jury, 1)
    item = bench.item(jury)
    assert (item.finished_late, item.finished_on) == (False, TODAY)


def test_what_waits_is_not_the_youth_s_delay(bench, ada):
    """Handed in by the last day and not confirmed yet is not overdue; half of it is."""
    site = bench.owes(ada, 240, kind=SanctionKind.COMMUNITY_SERVICE, due_on=TODAY)
    first = bench.report(ada, minutes=120)
    tomorrow = TODAY + timedelta(days=1)
    assert not bench.item(site).overdue(TODAY)
    assert bench.item(site).overdue(tomorrow)
    bench.report(ada, minutes=120)
    assert not bench.item(site).overdue(tomorrow)
    assert first.state is ServiceState.PENDING
    assert NOW.date() == TODAY
