"""What recording a sentence promises: once, within the rules, with its consequences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY
from tests.sentences.conftest import HEARD_ON, Bench, changed_policy
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.hearings.domain import HearingKind, HearingState
from youthcourt.people.models import Person
from youthcourt.sentences.domain import Agreement, CanFinish
from youthcourt.sentences.models import Sanction, Sentence
from youthcourt.sentences.queries import heard_case
from youthcourt.sentences.services import SanctionGiven, plan_sentence

JURY = SanctionGiven(kind=SanctionKind.JURY, amount=7)
HOURS = SanctionGiven(kind=SanctionKind.COMMUNITY_SERVICE, amount=600)


@pytest.fixture
def ahead(bench: Bench) -> None:
    """Enough sessions for seven of them."""
    for week in range(1, 15):
        bench.evening(TODAY + timedelta(days=7 * week))


@pytest.fixture
def charlotte(bench: Bench) -> Bench:
    """The bench in a court with offence classes and ranges of hours and jury duties."""
    document = changed_policy("fl-charlotte").model_dump(mode="json")
    bench.policy(date(2026, 1, 1), **document)
    for week in range(1, 15):
        bench.evening(TODAY + timedelta(days=7 * week))
    return bench


def test_a_sentence_brings_its_case_under_supervision_with_its_obligations(bench, ahead, session):
    """Each item has its amount, its name, the earliest limit as last day and how it came about."""
    hearing = bench.hearing()
    sentence = bench.record(
        hearing, items=[JURY, HOURS, SanctionGiven(kind=SanctionKind.ESSAY, amount=1, detail="x ")]
    )
    assert (sentence.sentenced_on, sentence.recorded_by) == (HEARD_ON, bench.court.actor.user_id)
    assert bench.case_of(hearing).state is CaseState.SUPERVISED
    rows = session.scalars(sa.select(Sanction).order_by(Sanction.label)).all()
    assert [(r.label, r.unit, r.amount, r.detail) for r in rows] == [
        ("Community service", Unit.MINUTES, 600, None),
        ("Essay", Unit.PIECES, 1, "x"),
        ("Jury sessions", Unit.SESSIONS, 7, None),
    ]
    assert {(r.due_on, r.due_rule) for r in rows} == {
        (HEARD_ON + timedelta(days=120), "120_days:hearing")
    }
    acts = session.scalars(sa.select(AuditEntry.act).where(AuditEntry.subject == "sentence")).all()
    assert acts == ["sentence_recorded"]


def test_who_has_to_sit_is_on_the_jury_list(bench, ahead, session):
    """The draw finds them; somebody not yet identified is put there by hand."""
    named, unknown = bench.person(), bench.person(name="", family_name=None, birth_date=None)
    for person_id in (named, unknown):
        bench.record(bench.hearing(person_id))
    assert session.get_one(Person, named).on_jury_list
    assert not session.get_one(Person, unknown).on_jury_list


def test_the_same_sentence_sent_twice_is_recorded_once_and_another_is_refused(bench, ahead):
    """Order and spelling of the items make no difference, amounts and agreement do."""
    hearing = bench.hearing()
    first = bench.record(hearing, items=[JURY, HOURS])
    named = SanctionGiven(kind=SanctionKind.JURY, amount=7, label="Jury sessions")
    assert bench.record(hearing, items=[HOURS, named]).id == first.id
    with Refused("sentence_exists"):
        bench.record(hearing, items=[JURY])
    with Refused("sentence_exists"):
        bench.record(hearing, items=[JURY, HOURS], agreement=Agreement.MAJORITY)
    # Also when the case is closed since: what was sent is what stands.
    bench.close(hearing.case_id)
    assert bench.record(hearing, items=[JURY, HOURS]).id == first.id


@pytest.mark.parametrize(
    ("items", "code", "field"),
    [
        ([], "sanction_mandatory", "amount_0"),
        ([HOURS], "sanction_mandatory", "amount_0"),
        ([JURY, JURY], "sanction_given_twice", None),
        ([JURY, SanctionGiven(kind=SanctionKind.COUNSELLING)], "sanction_not_in_policy", None),
        (
            [JURY, SanctionGiven(kind=SanctionKind.ESSAY, amount=1, label="Poem")],
            "sanction_not_in_policy",
            None,
        ),
        ([SanctionGiven(kind=SanctionKind.JURY)], "amount_not_positive", "amount_0"),
        ([SanctionGiven(kind=SanctionKind.JURY, amount=0)], "amount_not_positive", "amount_0"),
        ([SanctionGiven(kind=SanctionKind.JURY, amount=-7)], "amount_not_positive", "amount_0"),
        (
            [JURY, SanctionGiven(kind=SanctionKind.RESTITUTION, amount=10**9)],
            "amount_not_positive",
            "amount_3",
        ),
        ([SanctionGiven(kind=SanctionKind.JURY, amount=6)], "amount_outside_range", "amount_0"),
    ],
)
def test_items_outside_the_rules_are_refused(bench, ahead, session, items, code, field):
    """Each at its field; nothing is kept."""
    hearing = bench.hearing()
    with Refused(code, field):
        bench.record(hearing, items=items)
    session.expire_all()
    assert bench.case_of(hearing).state is CaseState.HEARD
    assert session.scalar(sa.select(sa.func.count()).select_from(Sentence)) == 0


def test_an_amount_outside_the_range_needs_a_reason_and_keeps_it(bench, ahead):
    """Blanks are no reason; a reason that was not needed is not kept."""
    six = [SanctionGiven(kind=SanctionKind.JURY, amount=6)]
    with Refused("amount_outside_range", "amount_0", min=7, max=7):
        bench.record(bench.hearing(), items=six, outside_range_reason="  ")
    given = bench.record(bench.hearing(), items=six, outside_range_reason="A test at school.")
    assert given.outside_range_reason == "A test at school."
    within = bench.record(bench.hearing(), outside_range_reason="Not needed.")
    assert within.outside_range_reason is None


def test_the_class_of_the_offence_sets_the_ranges(charlotte):
    """Class A of Charlotte: 8 to 17 hours and one or two jury duties; B asks for more."""
    given = [
        SanctionGiven(kind=SanctionKind.JURY, amount=2),
        SanctionGiven(kind=SanctionKind.COMMUNITY_SERVICE, amount=16 * 60),
    ]
    hearing = charlotte.hearing()
    with Refused("offence_class_needed", "offence_class"):
        charlotte.record(hearing, items=given)
    with Refused("offence_class_unknown", "offence_class"):
        charlotte.record(hearing, items=given, offence_class="Z")
    with Refused("amount_outside_range", "amount_0", min=24 * 60, max=37 * 60):
        charlotte.record(hearing, items=given[::-1], offence_class="C")
    assert charlotte.record(hearing, items=given, offence_class="A").offence_class == "A"


@pytest.mark.parametrize(
    ("rule", "agreement", "code"),
    [
        ("unanimous", Agreement.MAJORITY, "agreement_not_allowed"),
        ("unanimous", Agreement.JUDGE_WITHIN_RANGE, "agreement_not_allowed"),
        ("majority", Agreement.JUDGE_WITHIN_RANGE, "agreement_not_allowed"),
        ("judge_within_range", Agreement.MAJORITY, "agreement_not_allowed"),
        ("unanimous", Agreement.UNANIMOUS, None),
        ("majority", Agreement.MAJORITY, None),
        ("judge_within_range", Agreement.JUDGE_WITHIN_RANGE, None),
    ],
)
def test_how_the_panel_agreed_fits_the_rule_of_the_court(bench, ahead, rule, agreement, code):
    """Unanimous means unanimous; a judge decides only where the rule says so."""
    bench.policy(date(2026, 1, 1), forum={"decision": rule})
    hearing = bench.hearing()
    if code is None:
        assert bench.record(hearing, agreement=agreement).agreement is agreement
    else:
        with Refused(code, "agreement"):
            bench.record(hearing, agreement=agreement)


def test_a_judge_alone_stays_within_the_range(bench, ahead):
    """Buncombe County: within the jury's own range, whatever reason is given."""
    bench.policy(date(2026, 1, 1), forum={"decision": "judge_within_range"})
    with Refused("judge_stays_in_range", "agreement"):
        bench.record(
            bench.hearing(),
            items=[SanctionGiven(kind=SanctionKind.JURY, amount=9)],
            agreement=Agreement.JUDGE_WITHIN_RANGE,
            outside_range_reason="The jury did not agree.",
        )


def test_jury_sessions_that_cannot_be_served_in_time_need_a_reason(bench, session):
    """Seven are ordered, the calendar up to the last day has six: a no, not a maybe."""
    for week in range(1, 7):
        bench.evening(TODAY + timedelta(days=7 * week))
    last = HEARD_ON + timedelta(days=120)
    bench.evening(last + timedelta(days=1))
    hearing = bench.hearing()
    with Refused("sentence_not_feasible", "not_feasible_reason"):
        bench.record(hearing, not_feasible_reason=" ")
    sentence = bench.record(hearing, not_feasible_reason="A second calendar follows.")
    assert sentence.not_feasible_reason == "A second calendar follows."
    note = session.scalars(
        sa.select(AuditEntry.params).where(AuditEntry.act == "sentence_recorded")
    ).one()
    assert note["not_feasible"] is True


def test_where_the_calendar_ends_early_nobody_is_told_no(bench):
    """More sessions may follow: the plan says ask, and the sentence needs no reason."""
    bench.evening(TODAY + timedelta(days=7))
    hearing = bench.hearing()
    plan = plan_sentence(
        bench.session,
        heard=heard_case(bench.session, hearing.id),
        items=[JURY],
        agreement=Agreement.UNANIMOUS,
        offence_class=None,
        outside_range_reason=None,
        now=NOW,
    )
    (answer,) = (item.feasibility for item in plan.items)
    assert answer is not None
    assert answer.can_finish is CanFinish.ASK_COORDINATOR
    assert not plan.impossible
    assert bench.record(hearing).not_feasible_reason is None


def test_only_a_hearing_that_was_held_brings_a_sentence(bench, ahead):
    """Not one on the docket, not one of tomorrow, none of a closed case."""
    docketed = bench.hearing(state=HearingState.DOCKETED)
    with Refused("hearing_not_heard"):
        bench.record(docketed)
    tomorrow = bench.hearing(on=TODAY + timedelta(days=1))
    with Refused("hearing_still_to_come"):
        bench.record(tomorrow)
    closed = bench.hearing()
    bench.close(closed.case_id)
    with Refused("case_is_closed"):
        bench.record(closed)


def test_a_later_hearing_may_order_more_with_a_limit_of_its_own(bench, ahead):
    """A review two months on: 120 days from that day, and the case stays where it is."""
    first = bench.hearing()
    bench.record(first)
    review_on = HEARD_ON + timedelta(days=20)
    review = bench.hearing(case=bench.case_of(first), on=review_on, kind=HearingKind.REVIEW)
    sentence = bench.record(review, items=[JURY, HOURS])
    due = bench.session.scalars(
        sa.select(Sanction.due_on).where(Sanction.sentence_id == sentence.id)
    ).all()
    assert set(due) == {review_on + timedelta(days=120)}
    assert bench.case_of(review).state is CaseState.SUPERVISED


def test_the_policy_of_the_day_of_the_hearing_counts(bench, ahead):
    """A version that came into force since changes nothing about a sentence given before."""
    bench.policy(HEARD_ON + timedelta(days=1), deadlines=[{"days": 30, "counted_from": "hearing"}])
    before = bench.record(bench.hearing())
    after = bench.record(
        bench.hearing(on=HEARD_ON + timedelta(days=7)), not_feasible_reason="As ordered."
    )
    rows = bench.session.scalars(sa.select(Sanction)).all()
    due = {row.sentence_id: row.due_on for row in rows}
    assert due[before.id] == HEARD_ON + timedelta(days=120)
    assert due[after.id] == HEARD_ON + timedelta(days=37)
    assert before.policy_id != after.policy_id


def test_the_court_s_own_day_decides_what_is_still_to_come(bench, ahead):
    """At three in the morning UTC it is still the evening before in Washington."""
    hearing = bench.hearing(on=TODAY)
    late_evening_before = NOW.replace(hour=3)
    with Refused("hearing_still_to_come", on=TODAY):
        bench.record(hearing, now=late_evening_before)
    assert bench.record(hearing, now=NOW.replace(hour=23)).sentenced_on == TODAY
