"""Counting for reports, and the cohorts of an evaluation."""

from __future__ import annotations

from youthcourt.evaluation.queries.cohorts import (
    CohortRead,
    WindowMonths,
    months_offered,
    policy_in_force,
    read_cohort,
)
from youthcourt.evaluation.queries.counts import count_period
from youthcourt.evaluation.queries.study import read_study

__all__ = [
    "CohortRead",
    "WindowMonths",
    "count_period",
    "months_offered",
    "policy_in_force",
    "read_cohort",
    "read_study",
]
