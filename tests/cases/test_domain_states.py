"""The life of a case: only the moves of the table, each with what it needs."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.cases.domain import (
    CLOSURES,
    STEPS,
    TRANSITIONS,
    CaseFacts,
    CaseState,
    Clock,
    ClosureReason,
    Completion,
    ReferrerTold,
    check_transition,
    closure_reasons,
    possible_transitions,
)
from youthcourt.errors import CourtRuleBroken
from youthcourt.web.access import Permission

USUAL = tuple(STEPS)
CONSENTS = frozenset({"admission", "guardian_consent", "release", "confidentiality"})


def refusal(facts: CaseFacts, to: CaseState, reason: ClosureReason | None = None) -> str:
    """Return the code a move is refused with."""
    with pytest.raises(CourtRuleBroken) as refused:
        check_transition(facts, to, steps=USUAL, reason=reason)
    return refused.value.code


def test_a_case_can_go_all_the_way() -> None:
    """From the referral to completed when each thing needed is true in its turn."""
    road = (
        (CaseFacts(state=CaseState.REFERRED, reached=True), CaseState.CONTACTED),
        (CaseFacts(state=CaseState.CONTACTED, eligible=True), CaseState.SCREENED),
        (
            CaseFacts(
                state=CaseState.SCREENED,
                consents_needed=frozenset({"admission", "release"}),
                consents_given=CONSENTS,
            ),
            CaseState.INTAKE_DONE,
        ),
        (CaseFacts(state=CaseState.INTAKE_DONE, hearing_on_docket=True), CaseState.DOCKETED),
        (CaseFacts(state=CaseState.DOCKETED, first_hearing_held=True), CaseState.HEARD),
        (CaseFacts(state=CaseState.HEARD, sentence_recorded=True), CaseState.SUPERVISED),
    )
    clocks = [check_transition(facts, to, steps=USUAL).starts for facts, to in road]
    assert clocks == [
        Clock.NEXT_STEP,
        Clock.NEXT_STEP,
        Clock.NEXT_STEP,
        Clock.HEARING,
        Clock.SENTENCE,
        Clock.OBLIGATIONS,
    ]
    closing = check_transition(
        CaseFacts(state=CaseState.SUPERVISED),
        CaseState.CLOSED,
        steps=USUAL,
        reason=ClosureReason.COMPLETED,
    )
    assert (closing.permission, closing.starts) == ("cases_close", Clock.RECORDS)


@pytest.mark.parametrize(
    ("facts", "to", "code"),
    [
        (CaseFacts(state=CaseState.REFERRED), CaseState.CONTACTED, "family_not_reached"),
        (CaseFacts(state=CaseState.CONTACTED), CaseState.SCREENED, "eligibility_not_decided"),
        (
            CaseFacts(state=CaseState.CONTACTED, eligible=False),
            CaseState.SCREENED,
            "case_not_eligible",
        ),
        (
            CaseFacts(state=CaseState.SCREENED, consents_needed=CONSENTS),
            CaseState.INTAKE_DONE,
            "admission_missing",
        ),
        (
            CaseFacts(
                state=CaseState.SCREENED,
                consents_needed=CONSENTS,
                consents_given=frozenset({"admission"}),
            ),
            CaseState.INTAKE_DONE,
            "consents_missing",
        ),
        (
            CaseFacts(state=CaseState.SCREENED, evaluation_open=("priors",)),
            CaseState.INTAKE_DONE,
            "evaluation_row_open",
        ),
        (CaseFacts(state=CaseState.INTAKE_DONE), CaseState.DOCKETED, "no_hearing_on_docket"),
        (
            CaseFacts(
                state=CaseState.INTAKE_DONE,
                hearing_on_docket=True,
                consents_needed=frozenset({"release"}),
            ),
            CaseState.DOCKETED,
            "consents_missing",
        ),
        (
            CaseFacts(state=CaseState.DOCKETED, hearing_on_docket=True),
            CaseState.INTAKE_DONE,
            "hearing_still_on_docket",
        ),
        (CaseFacts(state=CaseState.DOCKETED), CaseState.HEARD, "first_hearing_not_held"),
        (CaseFacts(state=CaseState.HEARD), CaseState.SUPERVISED, "sentence_not_recorded"),
        (CaseFacts(state=CaseState.REFERRED), CaseState.HEARD, "case_move_not_possible"),
        (CaseFacts(state=CaseState.SUPERVISED), CaseState.DOCKETED, "case_move_not_possible"),
        (
            CaseFacts(state=CaseState.SUPERVISED, sentence_recorded=True),
            CaseState.HEARD,
            "sentence_stands",
        ),
    ],
)
def test_a_move_names_what_it_lacks(facts: CaseFacts, to: CaseState, code: str) -> None:
    """The code says which thing is missing, not just that something is."""
    assert refusal(facts, to) == code


def test_every_missing_consent_is_named() -> None:
    """The form can list them all at once."""
    facts = CaseFacts(state=CaseState.SCREENED, consents_needed=frozenset({"release", "b"}))
    with pytest.raises(CourtRuleBroken) as refused:
        check_transition(facts, CaseState.INTAKE_DONE, steps=USUAL)
    assert refused.value.params == {"kinds": ("b", "release")}


def test_a_court_that_needs_no_admission_does_not_ask_for_one() -> None:
    """A few programmes hold a hearing on the facts instead."""
    facts = CaseFacts(state=CaseState.SCREENED)
    assert check_transition(facts, CaseState.INTAKE_DONE, steps=USUAL)


def test_an_override_lets_an_ineligible_case_through() -> None:
    """Both at the screening and on the docket."""
    screened = CaseFacts(state=CaseState.CONTACTED, eligible=False, eligibility_overridden=True)
    assert check_transition(screened, CaseState.SCREENED, steps=USUAL)
    ready = CaseFacts(
        state=CaseState.INTAKE_DONE,
        eligible=False,
        eligibility_overridden=True,
        hearing_on_docket=True,
    )
    assert check_transition(ready, CaseState.DOCKETED, steps=USUAL)


@pytest.mark.parametrize("steps", [*permutations(STEPS), (), STEPS[:1], STEPS[1:]])
def test_the_court_chooses_the_order_of_its_early_steps(steps: tuple[CaseState, ...]) -> None:
    """From the referral through the steps in their order to the docket, and never otherwise."""
    road = [CaseState.REFERRED, *steps, CaseState.DOCKETED]
    for here, there in pairwise(road):
        ahead = {
            move.transition.target
            for move in possible_transitions(CaseFacts(state=here), steps)
            if move.transition.target is not CaseState.CLOSED
        }
        assert ahead == {there}


def test_a_hearing_taken_off_sends_the_case_back_to_the_last_step() -> None:
    """It then waits for a date and is not shown as both scheduled and to be scheduled."""
    order = ("screened", "contacted")
    facts = CaseFacts(state=CaseState.DOCKETED)
    assert check_transition(facts, CaseState.CONTACTED, steps=order).starts is Clock.HEARING_DATE


def test_a_step_the_court_no_longer_has_leads_to_its_first_one() -> None:
    """A change of policy never strands a case."""
    facts = CaseFacts(state=CaseState.SCREENED, reached=True)
    assert check_transition(facts, CaseState.CONTACTED, steps=("contacted",))


def test_closing_needs_a_reason_that_fits_the_state() -> None:
    """A case cannot be completed before its sentence, nor closed without a word."""
    referred = CaseFacts(state=CaseState.REFERRED)
    assert refusal(referred, CaseState.CLOSED) == "closure_reason_missing"
    completed = refusal(referred, CaseState.CLOSED, ClosureReason.COMPLETED)
    assert completed == "closure_reason_not_here"


@pytest.mark.parametrize(
    ("facts", "reason", "code"),
    [
        (
            CaseFacts(state=CaseState.SUPERVISED, obligations_open=2),
            ClosureReason.COMPLETED,
            "obligations_open",
        ),
        (
            CaseFacts(state=CaseState.SUPERVISED, finished_late=True),
            ClosureReason.COMPLETED,
            "finished_after_due_date",
        ),
        (
            CaseFacts(state=CaseState.SUPERVISED),
            ClosureReason.COMPLETED_LATE,
            "finished_by_due_date",
        ),
        (CaseFacts(state=CaseState.REFERRED), ClosureReason.NO_CONTACT, "no_contact_tried"),
        (
            CaseFacts(state=CaseState.SCREENED, eligible=True),
            ClosureReason.INELIGIBLE,
            "case_not_found_ineligible",
        ),
        (
            CaseFacts(state=CaseState.HEARD),
            ClosureReason.NOT_RESPONSIBLE,
            "no_finding_of_not_responsible",
        ),
        (
            CaseFacts(state=CaseState.HEARD),
            ClosureReason.DECLINED_SENTENCE,
            "sentence_not_recorded",
        ),
    ],
)
def test_a_closing_says_only_what_is_true(
    facts: CaseFacts, reason: ClosureReason, code: str
) -> None:
    """Completed means nothing is owed; late means late; ineligible means found so."""
    assert refusal(facts, CaseState.CLOSED, reason) == code


def reopened(note: str = "moved back", asked: str = "Ana", agreed: str = "Ben") -> CaseFacts:
    """Return a closed case somebody wants to open again."""
    return CaseFacts(
        state=CaseState.CLOSED,
        closure_reason=ClosureReason.MOVED,
        state_before_closing=CaseState.SUPERVISED,
        reopening_note=note,
        asked_by=asked,
        agreed_by=agreed,
    )


def test_a_closed_case_opens_again_where_it_stood_with_a_reason_and_a_second_name() -> None:
    """Nobody reopens a case alone."""
    assert check_transition(reopened(), CaseState.SUPERVISED, steps=USUAL)
    assert refusal(reopened(note=" "), CaseState.SUPERVISED) == "reopening_reason_missing"
    assert refusal(reopened(agreed=""), CaseState.SUPERVISED) == "second_name_missing"
    assert refusal(reopened(agreed=" ana"), CaseState.SUPERVISED) == "second_name_is_the_same"
    assert refusal(reopened(), CaseState.REFERRED) == "reopens_to_another_state"
    targets = [m.transition.target for m in possible_transitions(reopened(), USUAL)]
    assert targets == [CaseState.SUPERVISED]


FACTS = st.builds(
    CaseFacts,
    state=st.sampled_from(CaseState),
    state_before_closing=st.none() | st.sampled_from([s for s in CaseState if s != "closed"]),
    reached=st.booleans(),
    contacts_tried=st.integers(0, 2),
    eligible=st.none() | st.booleans(),
    eligibility_overridden=st.booleans(),
    consents_needed=st.frozensets(st.sampled_from(sorted(CONSENTS))),
    consents_given=st.frozensets(st.sampled_from(sorted(CONSENTS))),
    evaluation_open=st.sampled_from([(), ("sex",)]),
    hearing_on_docket=st.booleans(),
    first_hearing_held=st.booleans(),
    found_not_responsible=st.booleans(),
    sentence_recorded=st.booleans(),
    obligations_open=st.integers(0, 1),
    finished_late=st.booleans(),
    reopening_note=st.sampled_from(["", "why"]),
    asked_by=st.sampled_from(["", "Ana"]),
    agreed_by=st.sampled_from(["", "Ana", "Ben"]),
)
ORDERS = st.sampled_from([*permutations(STEPS), (), STEPS[:2]])
REASONS = st.none() | st.sampled_from(ClosureReason)


@given(FACTS, st.sampled_from(CaseState), ORDERS, REASONS)
def test_every_move_is_a_row_of_the_table_or_refused(
    facts: CaseFacts,
    to: CaseState,
    steps: tuple[CaseState, ...],
    reason: ClosureReason | None,
) -> None:
    """Nothing moves a case but a row whose every condition holds; closing has its reason."""
    try:
        row = check_transition(facts, to, steps=steps, reason=reason)
    except CourtRuleBroken:
        return
    assert row in TRANSITIONS
    assert (row.source, row.target) == (facts.state, to)
    assert not row.refusals(facts)
    assert (row.reason is not None) == (to is CaseState.CLOSED)
    assert row.reason in {None, reason}


@given(FACTS, ORDERS)
def test_what_is_shown_as_possible_is_possible_and_the_rest_is_not(
    facts: CaseFacts, steps: tuple[CaseState, ...]
) -> None:
    """The buttons of the page and the check of the service never disagree."""
    for move in possible_transitions(facts, steps):
        row = move.transition
        if move.open:
            assert check_transition(facts, row.target, steps=steps, reason=row.reason) is row
        else:
            with pytest.raises(CourtRuleBroken) as refused:
                check_transition(facts, row.target, steps=steps, reason=row.reason)
            assert refused.value.code == move.refusals[0].code


def test_the_table_names_each_move_once_and_permissions_that_exist() -> None:
    """Two rows for one move would leave open which holds."""
    moves = [(row.source, row.target, row.reason) for row in TRANSITIONS]
    assert len(moves) == len(set(moves))
    assert all(row.source is not row.target for row in TRANSITIONS)
    assert {row.permission for row in TRANSITIONS} <= set(Permission)


def test_every_live_case_can_be_closed_and_every_reason_is_used() -> None:
    """No state is a dead end; no reason is decoration."""
    live = [state for state in CaseState if state is not CaseState.CLOSED]
    assert all(closure_reasons(state) for state in live)
    assert {reason for state in live for reason in closure_reasons(state)} == set(ClosureReason)
    assert not closure_reasons(CaseState.CLOSED)


def test_what_counts_as_without_completion_and_what_the_referrer_hears() -> None:
    """A move away or a death is no failure, and the referrer learns no more than it needs."""
    without = {reason for reason, rule in CLOSURES.items() if rule.without_completion}
    assert without == {
        ClosureReason.NON_COMPLIANT,
        ClosureReason.NEW_OFFENCE,
        ClosureReason.WITHDREW,
        ClosureReason.DECLINED_SENTENCE,
    }
    completed = [r for r, rule in CLOSURES.items() if rule.completion is Completion.COMPLETED]
    assert completed == [ClosureReason.COMPLETED, ClosureReason.COMPLETED_LATE]
    told = {reason: rule.referrer_told for reason, rule in CLOSURES.items()}
    assert told[ClosureReason.COMPLETED_LATE] is told[ClosureReason.COMPLETED]
    assert told[ClosureReason.NEW_OFFENCE] is ReferrerTold.RETURNED_WITHOUT_COMPLETION
    assert told[ClosureReason.DECEASED] is told[ClosureReason.MOVED] is ReferrerTold.ENDED
