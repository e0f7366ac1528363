"""What acts on cases promise, on each database."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.cases.conftest import INCIDENT, REFERRED
from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, add_court
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry, FieldChange
from youthcourt.cases import ports, services
from youthcourt.cases.domain import (
    NOTHING_ASKED,
    AnsweredBy,
    CaseState,
    ClosureReason,
    EvaluationRow,
    Grade,
    Language,
    Race,
    Sex,
    YesNo,
)
from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.models import Agency, Case, CaseEvent, CaseNote, Charge, Incident, Intake
from youthcourt.cases.queries import case_facts, case_file, companions_of
from youthcourt.courts.domain import ConsentKind, Outcome, preset
from youthcourt.courts.services import store_policy
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState
from youthcourt.notices.models import Notice
from youthcourt.people.models import Person

STEPS = (CaseState.CONTACTED, CaseState.SCREENED, CaseState.INTAKE_DONE)


def ready(desk) -> Case:
    """A case for which everything before the hearing is done."""
    case: Case = desk.case()
    desk.reach(case)
    desk.screen(case)
    desk.sign_all(case)
    desk.intake(case)
    desk.advance(case)
    return case


# Referral ------------------------------------------------------------------------------------


def test_a_case_is_opened_as_referred_with_its_offences_and_first_event(desk, session) -> None:
    """The number names the year of the referral; the event log begins with the referral."""
    case = desk.case(
        charges=(
            services.ChargeGiven(text="Shoplifting", statute="22-3211", nibrs="23C"),
            services.ChargeGiven(text="Curfew", nibrs="curfew"),
        )
    )
    assert (case.number, case.state) == ("2026-0001", CaseState.REFERRED)
    charges = session.scalars(sa.select(Charge).order_by(Charge.position)).all()
    assert [(c.position, c.text, c.nibrs) for c in charges] == [
        (1, "Shoplifting", "23C"),
        (2, "Curfew", "curfew"),
    ]
    event = session.scalars(sa.select(CaseEvent)).one()
    assert (event.from_state, event.to_state, event.happened_on) == (
        None,
        CaseState.REFERRED,
        REFERRED,
    )


def test_the_policy_of_the_day_of_referral_governs_the_case(desk, session, court) -> None:
    """A later version does not reach back."""
    store_policy(
        session,
        policy=preset("fl-charlotte"),
        in_force_from=date(2026, 2, 25),
        actor=court.actor,
        now=NOW,
    )
    before = desk.case()
    after = desk.case(referred_on=date(2026, 2, 26), incident_reference="INC-10")
    assert before.policy_id != after.policy_id


def test_the_same_form_sent_twice_makes_one_case(desk, session) -> None:
    """The once key gives the case that is there."""
    first = desk.case(once_key="a" * 64)
    again = desk.case(once_key="a" * 64, person_id=first.person_id)
    other = desk.case(once_key="b" * 64, incident_reference="INC-11")
    assert first.id == again.id != other.id
    assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 2


def test_cases_of_one_incident_are_companions(desk) -> None:
    """The same number of the same agency ties them; another agency's number does not."""
    one = desk.case()
    two = desk.case(person_id=desk.person(given_names="Kwame"))
    elsewhere = desk.case(
        person_id=desk.person(given_names="Ada"), agency_id=desk.agency("Oak Police")
    )
    assert one.incident_id == two.incident_id != elsewhere.incident_id
    assert companions_of(desk.session, one.id) == (two.person_id,)
    assert companions_of(desk.session, elsewhere.id) == ()


def test_an_agency_is_known_by_its_name_however_it_is_written(desk, session) -> None:
    """Capitals and blanks make no second agency."""
    assert desk.agency("Elm Police") == desk.agency("  elm   POLICE ")
    assert session.scalar(sa.select(sa.func.count()).select_from(Agency)) == 1


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"incident_on": date(2026, 2, 21)}, "incident_after_referral", "incident_on"),
        ({"referred_on": date(26, 2, 20)}, "day_too_long_ago", "referred_on"),
        (
            {"charges": (services.ChargeGiven(text="x", nibrs="9Z9"),)},
            "offence_code_unknown",
            "nibrs",
        ),
        ({"offence_class": "Z"}, "offence_class_unknown", "offence_class"),
    ],
)
def test_a_case_that_cannot_be_right_is_not_opened(desk, given, code, field) -> None:
    """Days out of order, a year typed short, a code and a class that do not exist."""
    with Refused(code, field):
        desk.case(**given)


def check(desk, person_id: uuid.UUID, **given) -> None:
    """Check a referral as the form does."""
    values = {
        "referred_on": REFERRED,
        "incident_on": INCIDENT,
        "incident_reference": "INC-9",
        "agency_id": desk.agency(),
        "charges": (services.ChargeGiven(text="Shoplifting"),),
        **given,
    }
    services.check_referral(desk.session, person_id=person_id, now=NOW, **values)


def test_a_referral_from_the_future_is_a_slip(desk) -> None:
    """The court's own day counts: 8 pm in Washington is already tomorrow in UTC."""
    person = desk.person()
    evening = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
    with Refused("day_in_future", "referred_on"):
        services.check_referral(
            desk.session,
            person_id=person,
            referred_on=date(2026, 3, 5),
            incident_on=None,
            incident_reference=None,
            agency_id=None,
            charges=(services.ChargeGiven(text="x"),),
            now=evening,
        )


def test_a_youth_born_after_the_incident_is_a_slip(desk) -> None:
    """The sentence can name both days."""
    baby = desk.person(birth_date=date(2026, 2, 15), known_on=date(2044, 1, 1))
    with Refused("birth_date_after_offence", "birth_date", offence_on=INCIDENT):
        check(desk, baby)


def test_an_adult_on_record_is_no_respondent(desk) -> None:
    """Somebody of 40 is refused with the age."""
    person = desk.person()
    desk.session.get_one(Person, person).birth_date = date(1986, 1, 1)
    with Refused("age_implausible", "birth_date", age=40):
        check(desk, person)


def test_a_referral_names_an_offence(desk) -> None:
    """By hand there is at least one."""
    with Refused("offence_missing"):
        check(desk, desk.person(), charges=())


def test_one_person_has_one_case_for_an_incident(desk) -> None:
    """The number of the case that is there is named."""
    case = desk.case()
    with Refused("case_known_for_incident", number=case.number):
        check(desk, case.person_id)


def test_an_incident_has_one_day(desk) -> None:
    """Another day for a known number is a slip in one of them."""
    desk.case()
    with Refused("incident_on_another_day", "incident_on", happened_on=INCIDENT):
        check(desk, desk.person(given_names="Kwame"), incident_on=date(2026, 2, 9))


# Contact, screening, papers, intake -------------------------------------------------------------


def test_a_try_that_reached_the_family_stops_the_clock(desk) -> None:
    """Tries without an answer do not; the first that reached somebody counts."""
    case = desk.case()
    desk.reach(case, outcome="no_answer")
    assert (case.contacted_on, case_facts(desk.session, case.id).reached) == (None, False)
    desk.reach(case, outcome="reached", tried_on=date(2026, 2, 24))
    desk.reach(case, outcome="declined", tried_on=date(2026, 2, 22))
    facts = case_facts(desk.session, case.id)
    assert case.contacted_on == date(2026, 2, 22)
    assert (facts.reached, facts.contacts_tried) == (True, 3)


def test_a_day_to_call_again_is_after_the_try(desk) -> None:
    """Not the same day, not before it, and not in another year by a slip."""
    case = desk.case()
    for wrong in (REFERRED, REFERRED - timedelta(days=1)):
        with Refused("call_again_before_try", "call_again_on"):
            desk.reach(case, call_again_on=wrong)
    with Refused("call_again_too_late", "call_again_on"):
        desk.reach(case, call_again_on=REFERRED + timedelta(days=367))
    desk.reach(case, outcome="no_answer", call_again_on=REFERRED + timedelta(days=1))
    file = case_file(desk.session, case_id=case.id, today=REFERRED)
    assert file.call_again_on == REFERRED + timedelta(days=1)
    desk.reach(case, tried_on=REFERRED + timedelta(days=1))
    file = case_file(desk.session, case_id=case.id, today=REFERRED)
    assert file.call_again_on is None, "the latest try said nothing of another"


def test_an_adult_who_must_never_be_contacted_is_refused(desk) -> None:
    """So is an adult of another youth, and a day before the referral."""
    case = desk.case()
    kept_away = desk.guardian(
        case.person_id, may_consent=False, authority_proof=None, never_disclose=True
    )
    with Refused("adult_never_contacted", "adult_id"):
        desk.reach(case, adult_id=kept_away)
    with Refused("adult_not_of_this_youth", "adult_id"):
        desk.reach(case, adult_id=desk.guardian(desk.person(given_names="Ada")))
    with Refused("before_referral", "tried_on"):
        desk.reach(case, tried_on=date(2026, 2, 19))


def test_every_rule_is_kept_with_its_outcome_and_who_settled_it(desk) -> None:
    """What the records say is not asked; what staff say is marked as theirs."""
    case = desk.case()
    screening = desk.screen(case, said="unknown")
    rules = preset("dc-time-dollar").eligibility
    by_code = {item["code"]: item for item in screening.outcomes}
    assert list(by_code) == [rule.code for rule in rules]
    assert by_code["age"] == {"code": "age", "outcome": "met", "by": "records"}
    assert by_code["minor_offence"] == {
        "code": "minor_offence",
        "outcome": "unknown",
        "by": "staff",
    }
    assert (screening.eligible, screening.overridden) == (True, False)


def test_a_rule_that_is_asked_must_be_answered(desk) -> None:
    """The refusal stands at the rule's own question."""
    case = desk.case()
    with Refused("rule_not_answered", "rule_1"):
        desk.screen(case, answers={})


def test_one_rule_not_met_makes_a_case_not_eligible_unless_overridden(desk) -> None:
    """The reason of the override is kept; one that is not needed is refused."""
    case = desk.case()
    assert desk.screen(case, said="no").eligible is False
    desk.reach(case)
    assert desk.advance(case) == (CaseState.CONTACTED,)
    later = NOW + timedelta(hours=1)
    taken = desk.screen(case, said="no", override_reason="The judge asks for it.", now=later)
    assert (taken.eligible, taken.overridden) == (False, True)
    assert desk.advance(case) == (CaseState.SCREENED,)
    with Refused("override_not_needed", "override_reason"):
        desk.screen(case, said="yes", override_reason="To be safe.")


def test_each_offence_has_to_meet_the_rules(session) -> None:
    """Of several offences the one that speaks most against decides."""
    from tests.cases.conftest import Desk
    from youthcourt.cases.queries import screened_rules
    from youthcourt.courts.domain import Condition, EligibilityRule
    from youthcourt.courts.domain.conditions import Op

    small = add_court(session, name="Oak")
    set_court(session, small.id)
    desk = Desk(session=session, court=small)
    rule = EligibilityRule(
        code="thefts",
        text="Thefts alone.",
        when=Condition(field="nibrs_code", op=Op.IN, value=("23C", "23D")),
    )
    policy = preset("dc-time-dollar").model_copy(update={"eligibility": (rule,), "assumed": {}})
    store_policy(session, policy=policy, in_force_from=date(2026, 1, 1), actor=small.actor, now=NOW)
    theft = services.ChargeGiven(text="Shoplifting", nibrs="23C")
    weapon = services.ChargeGiven(text="Knife", nibrs="520")
    one = desk.case(charges=(theft,))
    two = desk.case(charges=(theft, weapon), incident_reference="INC-12")
    outcomes = [screened_rules(session, case.id)[0].outcome for case in (one, two)]
    assert outcomes == [Outcome.MET, Outcome.NOT_MET]


def test_signed_papers_count_until_they_are_taken_back(desk) -> None:
    """The admission sets the day of admission; taking it back unsets it."""
    case = desk.case()
    paper = desk.sign(case, ConsentKind.ADMISSION)
    assert case.admitted_on == date(2026, 2, 25)
    assert ConsentKind.ADMISSION in case_facts(desk.session, case.id).consents_given
    services.withdraw_case_consent(
        desk.session,
        case_id=case.id,
        consent_id=paper.id,
        withdrawn_on=date(2026, 3, 1),
        **desk.hand,
    )
    assert case.admitted_on is None
    assert ConsentKind.ADMISSION not in case_facts(desk.session, case.id).consents_given


def test_the_promise_of_confidentiality_holds_for_every_case_of_the_person(desk) -> None:
    """It is signed once."""
    one = desk.case()
    desk.sign(one, ConsentKind.CONFIDENTIALITY)
    two = desk.case(person_id=one.person_id, incident_reference="INC-13")
    assert case_facts(desk.session, two.id).consents_given == {ConsentKind.CONFIDENTIALITY}


ANSWERED = EvaluationRow(
    races=frozenset({Race.HISPANIC, Race.BLACK}),
    races_answered_by=AnsweredBy.SELF,
    sex=Sex.FEMALE,
    school_status=NOTHING_ASKED.school_status,
    grade=Grade.G9,
    priors=NOTHING_ASKED.priors,
    language=Language.SPANISH,
    interpreter=YesNo.YES,
    household=NOTHING_ASKED.household,
)


def test_the_intake_is_one_row_and_its_former_values_are_kept(desk, session) -> None:
    """A second saving changes the row; the history knows what stood there."""
    case = desk.case()
    desk.intake(case, ANSWERED)
    desk.intake(case, replace(ANSWERED, grade=Grade.G10), admits=None)
    row = session.scalars(sa.select(Intake)).one()
    assert (row.grade, row.admits, row.races) == ("10", None, ["black", "hispanic"])
    changes = {c.field: (c.old, c.new) for c in session.scalars(sa.select(FieldChange))}
    assert changes["grade"] == ("9", "10")
    assert changes["admits"] == ("True", None)
    assert "races" not in changes


def test_what_the_intake_answers_reaches_the_person(desk, session) -> None:
    """Nobody types language and grade twice; what was not asked overwrites nothing."""
    case = desk.case()
    desk.intake(case, ANSWERED)
    desk.intake(case, NOTHING_ASKED)
    person = session.get_one(Person, case.person_id)
    assert (person.language, person.interpreter_needed) == ("es", True)
    assert (person.grade, person.sex) == ("9", "female")


def test_an_open_question_is_refused(desk) -> None:
    """Answered or "not asked", but never empty."""
    with Refused("question_open", "sex"):
        desk.intake(desk.case(), replace(NOTHING_ASKED, sex=None))


# The life of a case ------------------------------------------------------------------------------


def test_a_case_walks_the_court_s_steps_by_itself_once_all_is_done(desk) -> None:
    """In whatever order staff did the work, the steps come in the court's order."""
    case = desk.case()
    desk.sign_all(case)
    desk.intake(case)
    desk.screen(case)
    assert desk.advance(case) == ()
    desk.reach(case)
    assert desk.advance(case) == STEPS
    assert case.state is CaseState.INTAKE_DONE


def test_each_move_is_one_event_and_one_line_of_the_journal(desk, session) -> None:
    """From, to, the day, the hand."""
    case = ready(desk)
    events = session.scalars(
        sa.select(CaseEvent).where(CaseEvent.from_state.is_not(None)).order_by(CaseEvent.at)
    ).all()
    assert {(e.from_state, e.to_state) for e in events} == {
        (CaseState.REFERRED, CaseState.CONTACTED),
        (CaseState.CONTACTED, CaseState.SCREENED),
        (CaseState.SCREENED, CaseState.INTAKE_DONE),
    }
    assert {e.by for e in events} == {desk.court.actor.user_id}
    acts = session.scalars(sa.select(AuditEntry.act).where(AuditEntry.case_id == case.id)).all()
    assert acts.count("case_moved") == 3


def test_a_move_is_refused_with_the_first_thing_that_is_missing(desk) -> None:
    """Nothing is written then."""
    case = desk.case()
    with Refused("family_not_reached"):
        services.move_case(
            desk.session, case_id=case.id, to=CaseState.CONTACTED, on=REFERRED, **desk.hand
        )
    with Refused("case_move_not_possible"):
        services.move_case(
            desk.session, case_id=case.id, to=CaseState.SCREENED, on=REFERRED, **desk.hand
        )
    assert case.state is CaseState.REFERRED


def test_the_caller_s_facts_go_before_those_found(desk) -> None:
    """A higher feature says that a hearing is on a docket; the day of the first one is kept."""
    case = ready(desk)
    with Refused("no_hearing_on_docket"):
        services.move_case(
            desk.session, case_id=case.id, to=CaseState.DOCKETED, on=REFERRED, **desk.hand
        )
    services.move_case(
        desk.session,
        case_id=case.id,
        to=CaseState.DOCKETED,
        on=date(2026, 3, 2),
        hearing_on_docket=True,
        **desk.hand,
    )
    assert (case.state, case.first_docketed_on) == (CaseState.DOCKETED, date(2026, 3, 2))


def test_plugged_in_features_are_asked_and_told(desk) -> None:
    """Sources add facts to every move, followers hear of each one."""
    case = ready(desk)
    heard = []
    ports.use_fact_sources(lambda _session, _case_id: {"hearing_on_docket": True})
    ports.use_case_followers(lambda _session, moved, _actor, _now: heard.append(moved))
    services.move_case(
        desk.session, case_id=case.id, to=CaseState.DOCKETED, on=REFERRED, **desk.hand
    )
    assert [(m.case_id, m.source, m.target) for m in heard] == [
        (case.id, CaseState.INTAKE_DONE, CaseState.DOCKETED)
    ]


def test_closing_keeps_reason_and_day_and_queues_one_paper(desk, session) -> None:
    """The paper holds keys and codes, no name and no word of the file."""
    case = desk.case()
    desk.close(case, ClosureReason.MOVED, note="To the grandmother.")
    assert (case.state, case.closure_reason, case.closed_on) == (
        CaseState.CLOSED,
        ClosureReason.MOVED,
        date(2026, 3, 1),
    )
    notice = session.scalars(sa.select(Notice)).one()
    assert (notice.kind, notice.channel, notice.state) == (
        NoticeKind.CASE_CLOSED,
        Channel.PAPER,
        NoticeState.QUEUED,
    )
    assert notice.params == {"agency": str(case.agency_id), "told": "ended"}
    assert session.scalars(sa.select(CaseNote)).one().text == "To the grandmother."


def test_a_case_nobody_referred_owes_no_paper(desk, session) -> None:
    """And printing one is refused."""
    case = desk.case()
    case.agency_id = None
    desk.close(case, ClosureReason.MOVED)
    assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0
    with Refused("no_paper_owed"):
        services.mark_paper_printed(session, case_id=case.id, **desk.hand)


def test_the_paper_is_printed_once(desk) -> None:
    """A second print leaves the day of the first."""
    case = desk.case()
    desk.close(case, ClosureReason.MOVED)
    first = services.mark_paper_printed(desk.session, case_id=case.id, **desk.hand)
    later = datetime(2026, 4, 1, tzinfo=UTC)
    again = services.mark_paper_printed(
        desk.session, case_id=case.id, actor=desk.court.actor, now=later
    )
    assert (again.id, again.state, again.done_at) == (first.id, NoticeState.PRINTED, NOW)


def reopen(desk, case: Case, second: Any, **given) -> Case:
    """Open a case again."""
    values = {
        "reason": ReopenReason.FAMILY_CAME_BACK,
        "note": "They called.",
        "on": date(2026, 3, 3),
        **given,
    }
    return services.reopen_case(
        desk.session, case_id=case.id, second_user_id=second, **values, **desk.hand
    )


def test_reopening_needs_a_second_member_of_the_same_court(desk, session) -> None:
    """Oneself and a stranger do not do."""
    case = desk.case()
    desk.close(case, ClosureReason.MOVED)
    stranger = add_court(session, name="Oak").users[Role.COORDINATOR]
    set_court(session, desk.court.id)
    with Refused("second_name_is_the_same", "agreed_by"):
        reopen(desk, case, desk.court.actor.user_id)
    with Refused("second_name_not_of_this_court", "agreed_by"):
        reopen(desk, case, stranger)
    with Refused("reopening_reason_missing", "reopening_note"):
        reopen(desk, case, desk.court.users[Role.ADMINISTRATOR], note=" ")
    assert case.state is CaseState.CLOSED


def test_a_reopened_case_stands_where_it_stood_and_its_paper_is_off(desk, session) -> None:
    """Both names are kept; closing again queues a new paper."""
    case = desk.case()
    desk.reach(case)
    desk.advance(case)
    desk.close(case, ClosureReason.MOVED)
    administrator = desk.court.users[Role.ADMINISTRATOR]
    reopen(desk, case, administrator)
    assert (case.state, case.closed_on, case.closure_reason) == (CaseState.CONTACTED, None, None)
    event = session.scalars(sa.select(CaseEvent).where(CaseEvent.second.is_not(None))).one()
    assert (event.by, event.second, event.reason) == (
        desk.court.actor.user_id,
        administrator,
        "family_came_back",
    )
    assert session.scalars(sa.select(Notice.state)).all() == [NoticeState.CANCELLED]
    services.close_case(
        session,
        case_id=case.id,
        reason=ClosureReason.WITHDREW,
        on=date(2026, 3, 4),
        actor=desk.court.actor,
        now=datetime(2026, 3, 4, 16, 0, tzinfo=UTC),
    )
    states = set(session.scalars(sa.select(Notice.state)))
    assert states == {NoticeState.CANCELLED, NoticeState.QUEUED}


def test_a_closed_case_is_not_worked_on(desk) -> None:
    """Contacts, decisions, papers, intake and corrections wait for the reopening."""
    case = desk.case()
    desk.close(case, ClosureReason.MOVED)
    for act in (desk.reach, desk.screen, desk.sign_all, desk.intake):
        with Refused("case_is_closed"):
            act(case)
    with Refused("case_is_closed"):
        services.edit_case(desk.session, case_id=case.id, values={}, **desk.hand)


# Corrections -------------------------------------------------------------------------------------


def edit(desk, case: Case, **new) -> tuple[str, ...]:
    """Correct some facts of a case."""
    values = {**services.facts_on_record(desk.session, case), **new}
    return services.edit_case(desk.session, case_id=case.id, values=values, **desk.hand)


def test_corrected_facts_are_kept_with_what_stood_there(desk, session) -> None:
    """Only what changed is written; nothing changed is no act."""
    case = desk.case()
    assert edit(desk, case, officer="Sgt. Lopez", narrative="Gave it back.") == (
        "officer",
        "narrative",
    )
    assert edit(desk, case) == ()
    changes = {(c.field, c.old, c.new) for c in session.scalars(sa.select(FieldChange))}
    assert ("officer", None, "Sgt. Lopez") in changes
    acts = session.scalars(sa.select(AuditEntry.act)).all()
    assert acts.count("case_corrected") == 1


def test_another_incident_number_ties_the_case_elsewhere(desk, session) -> None:
    """The companions change with it."""
    one, two = desk.case(), desk.case(person_id=desk.person(given_names="Kwame"))
    edit(desk, one, incident_reference="INC-77")
    assert companions_of(session, two.id) == ()
    edit(desk, one, incident_reference="INC-9")
    assert companions_of(session, two.id) == (one.person_id,)


def test_the_day_of_a_shared_incident_is_not_changed_behind_a_companion(desk, session) -> None:
    """Alone, the case takes its incident along."""
    one = desk.case()
    edit(desk, one, incident_on=date(2026, 2, 9))
    assert session.scalars(sa.select(Incident.happened_on)).one() == date(2026, 2, 9)
    desk.case(person_id=desk.person(given_names="Kwame"), incident_on=date(2026, 2, 9))
    with Refused("incident_on_another_day", "incident_on"):
        edit(desk, one, incident_on=date(2026, 2, 8))


def test_offences_are_replaced_as_a_whole(desk, session) -> None:
    """In their new order; at least one stays."""
    case = desk.case()
    services.replace_charges(
        session,
        case_id=case.id,
        charges=(services.ChargeGiven(text="Curfew"), services.ChargeGiven(text="Trespass")),
        **desk.hand,
    )
    assert [c.text for c in services.charges_on_record(session, case.id)] == [
        "Curfew",
        "Trespass",
    ]
    with Refused("offence_missing"):
        services.replace_charges(session, case_id=case.id, charges=(), **desk.hand)


def test_another_court_s_case_is_not_found(desk, session) -> None:
    """For reading and for every act."""
    case = desk.case()
    session.commit()
    other = add_court(session, name="Oak")
    set_court(session, other.id)
    session.expunge_all()
    for act in (desk.reach, desk.intake, desk.advance):
        with pytest.raises(NotFound):
            act(case)
