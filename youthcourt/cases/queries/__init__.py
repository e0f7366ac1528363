"""Reading cases: lists, one whole file, the facts behind each move, the history."""

from __future__ import annotations

from youthcourt.cases.queries.facts import (
    case_by_id,
    case_facts,
    companions_of,
    latest_screening,
    policy_of_case,
    screened_rules,
)
from youthcourt.cases.queries.file import CaseFile, case_charges, case_file, respondent_of
from youthcourt.cases.queries.history import HistoryLine, history_of
from youthcourt.cases.queries.lists import (
    CaseFilter,
    CaseLine,
    case_line,
    cases_of_person,
    cases_page,
    companion_cases,
    counts_by_state,
    find_cases,
)

__all__ = [
    "CaseFile",
    "CaseFilter",
    "CaseLine",
    "HistoryLine",
    "case_by_id",
    "case_charges",
    "case_facts",
    "case_file",
    "case_line",
    "cases_of_person",
    "cases_page",
    "companion_cases",
    "companions_of",
    "counts_by_state",
    "find_cases",
    "history_of",
    "latest_screening",
    "policy_of_case",
    "respondent_of",
    "screened_rules",
]
