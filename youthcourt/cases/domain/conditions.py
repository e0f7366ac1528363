"""What must be true of a case before a move: None where it is, else what is missing."""

# ruff: noqa: D103 -- the name of a condition says what must be true

from __future__ import annotations

from dataclasses import dataclass

from youthcourt.cases.domain.kinds import CaseState, ClosureReason
from youthcourt.errors import CourtRuleBroken

ADMISSION = "admission"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """What is true of a case now, gathered by the caller; nothing here is looked up.

    ``consents_needed`` are the kinds the policy requires and ``consents_given`` those in force.
    ``eligible`` is None while nobody has decided.  ``evaluation_open`` names the questions of
    the evaluation row that are neither answered nor marked as not asked.  ``obligations_open``
    counts sanctions with something still owed or waiting to be confirmed.
    """

    state: CaseState
    closure_reason: ClosureReason | None = None
    state_before_closing: CaseState | None = None
    reached: bool = False
    contacts_tried: int = 0
    eligible: bool | None = None
    eligibility_overridden: bool = False
    consents_needed: frozenset[str] = frozenset()
    consents_given: frozenset[str] = frozenset()
    evaluation_open: tuple[str, ...] = ()
    hearing_on_docket: bool = False
    first_hearing_held: bool = False
    found_not_responsible: bool = False
    sentence_recorded: bool = False
    obligations_open: int = 0
    finished_late: bool = False
    # For opening a closed case again: why, who asks and who agrees.
    reopening_note: str = ""
    asked_by: str = ""
    agreed_by: str = ""


def family_reached(facts: CaseFacts) -> CourtRuleBroken | None:
    return None if facts.reached else CourtRuleBroken("family_not_reached")


def eligibility_decided(facts: CaseFacts) -> CourtRuleBroken | None:
    return CourtRuleBroken("eligibility_not_decided") if facts.eligible is None else None


def eligible(facts: CaseFacts) -> CourtRuleBroken | None:
    if facts.eligible is False and not facts.eligibility_overridden:
        return CourtRuleBroken("case_not_eligible")
    return None


def not_eligible(facts: CaseFacts) -> CourtRuleBroken | None:
    if facts.eligible is False and not facts.eligibility_overridden:
        return None
    return CourtRuleBroken("case_not_found_ineligible")


def admitted(facts: CaseFacts) -> CourtRuleBroken | None:
    if ADMISSION in facts.consents_needed - facts.consents_given:
        return CourtRuleBroken("admission_missing")
    return None


def consented(facts: CaseFacts) -> CourtRuleBroken | None:
    missing = facts.consents_needed - facts.consents_given - {ADMISSION}
    return CourtRuleBroken("consents_missing", kinds=tuple(sorted(missing))) if missing else None


def evaluation_row_filled(facts: CaseFacts) -> CourtRuleBroken | None:
    if facts.evaluation_open:
        return CourtRuleBroken("evaluation_row_open", questions=facts.evaluation_open)
    return None


def on_docket(facts: CaseFacts) -> CourtRuleBroken | None:
    return None if facts.hearing_on_docket else CourtRuleBroken("no_hearing_on_docket")


def off_docket(facts: CaseFacts) -> CourtRuleBroken | None:
    return CourtRuleBroken("hearing_still_on_docket") if facts.hearing_on_docket else None


def hearing_held(facts: CaseFacts) -> CourtRuleBroken | None:
    return None if facts.first_hearing_held else CourtRuleBroken("first_hearing_not_held")


def no_hearing_held(facts: CaseFacts) -> CourtRuleBroken | None:
    return CourtRuleBroken("first_hearing_already_held") if facts.first_hearing_held else None


def found_not_responsible(facts: CaseFacts) -> CourtRuleBroken | None:
    if facts.found_not_responsible:
        return None
    return CourtRuleBroken("no_finding_of_not_responsible")


def sentenced(facts: CaseFacts) -> CourtRuleBroken | None:
    return None if facts.sentence_recorded else CourtRuleBroken("sentence_not_recorded")


def not_sentenced(facts: CaseFacts) -> CourtRuleBroken | None:
    return CourtRuleBroken("sentence_stands") if facts.sentence_recorded else None


def nothing_owed(facts: CaseFacts) -> CourtRuleBroken | None:
    if facts.obligations_open:
        return CourtRuleBroken("obligations_open", count=facts.obligations_open)
    return None


def in_time(facts: CaseFacts) -> CourtRuleBroken | None:
    return CourtRuleBroken("finished_after_due_date") if facts.finished_late else None


def late(facts: CaseFacts) -> CourtRuleBroken | None:
    return None if facts.finished_late else CourtRuleBroken("finished_by_due_date")


def contact_tried(facts: CaseFacts) -> CourtRuleBroken | None:
    return None if facts.contacts_tried else CourtRuleBroken("no_contact_tried")


def state_before_closing(facts: CaseFacts, state: CaseState) -> CourtRuleBroken | None:
    before = facts.state_before_closing
    if before is state:
        return None
    return CourtRuleBroken("reopens_to_another_state", state=before)


def reopening_explained(facts: CaseFacts) -> CourtRuleBroken | None:
    if facts.reopening_note.strip():
        return None
    return CourtRuleBroken("reopening_reason_missing", "reopening_note")


def second_name(facts: CaseFacts) -> CourtRuleBroken | None:
    if not facts.agreed_by.strip():
        return CourtRuleBroken("second_name_missing", "agreed_by")
    if facts.agreed_by.strip().casefold() == facts.asked_by.strip().casefold():
        return CourtRuleBroken("second_name_is_the_same", "agreed_by")
    return None
