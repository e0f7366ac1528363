"""What is true of cases whatever stores them: states, clocks, intake, offences, eligibility."""

from __future__ import annotations

from youthcourt.cases.domain.answers import (
    AnsweredBy,
    Grade,
    Household,
    Language,
    Priors,
    Race,
    SchoolStatus,
    Sex,
    YesNo,
)
from youthcourt.cases.domain.clocks import CaseClocks, CaseDates, case_clocks
from youthcourt.cases.domain.conditions import CaseFacts
from youthcourt.cases.domain.eligibility import ScreenedCase, ScreenedPerson, eligibility_facts
from youthcourt.cases.domain.intake import (
    NOTHING_ASKED,
    QUESTIONS_VERSION,
    SINGLE_ANSWERS,
    EvaluationRow,
    evaluation_problems,
    open_questions,
    read_evaluation,
)
from youthcourt.cases.domain.kinds import (
    CLOSURES,
    STEPS,
    CaseState,
    Closure,
    ClosureReason,
    Completion,
    ReferrerTold,
)
from youthcourt.cases.domain.offence_guess import guess_nibrs, guess_offence
from youthcourt.cases.domain.offences import OFFENCES, Offence, OffenceGroup, offences_to_choose
from youthcourt.cases.domain.states import (
    TRANSITIONS,
    Clock,
    PossibleMove,
    Transition,
    check_transition,
    closure_reasons,
    possible_transitions,
)

__all__ = [
    "CLOSURES",
    "NOTHING_ASKED",
    "OFFENCES",
    "QUESTIONS_VERSION",
    "SINGLE_ANSWERS",
    "STEPS",
    "TRANSITIONS",
    "AnsweredBy",
    "CaseClocks",
    "CaseDates",
    "CaseFacts",
    "CaseState",
    "Clock",
    "Closure",
    "ClosureReason",
    "Completion",
    "EvaluationRow",
    "Grade",
    "Household",
    "Language",
    "Offence",
    "OffenceGroup",
    "PossibleMove",
    "Priors",
    "Race",
    "ReferrerTold",
    "SchoolStatus",
    "ScreenedCase",
    "ScreenedPerson",
    "Sex",
    "Transition",
    "YesNo",
    "case_clocks",
    "check_transition",
    "closure_reasons",
    "eligibility_facts",
    "evaluation_problems",
    "guess_nibrs",
    "guess_offence",
    "offences_to_choose",
    "open_questions",
    "possible_transitions",
    "read_evaluation",
]
