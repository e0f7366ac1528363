"""Referral files: a mapping of their columns, and a plan of the cases they would make."""

from __future__ import annotations

from youthcourt.cases.domain.imports.fields import (
    ExactCopies,
    Field,
    Residence,
    Severity,
    Transform,
)
from youthcourt.cases.domain.imports.mapping import (
    SHIPPED,
    Mapping,
    MappingProblem,
    load_mapping,
    mapping_problems,
    parse_mapping,
    shipped_mapping,
)
from youthcourt.cases.domain.imports.patterns import DATE_PATTERNS, TIME_PATTERNS
from youthcourt.cases.domain.imports.plan import (
    ImportPlan,
    Merged,
    Outcome,
    PlannedAddition,
    PlannedCase,
    PlannedCharge,
    PlannedPerson,
    RowOutcome,
)
from youthcourt.cases.domain.imports.planner import plan_import
from youthcourt.cases.domain.imports.reading import Reason, Row
from youthcourt.cases.domain.imports.suggest import MappingDraft, suggest_mapping

__all__ = [
    "DATE_PATTERNS",
    "SHIPPED",
    "TIME_PATTERNS",
    "ExactCopies",
    "Field",
    "ImportPlan",
    "Mapping",
    "MappingDraft",
    "MappingProblem",
    "Merged",
    "Outcome",
    "PlannedAddition",
    "PlannedCase",
    "PlannedCharge",
    "PlannedPerson",
    "Reason",
    "Residence",
    "Row",
    "RowOutcome",
    "Severity",
    "Transform",
    "load_mapping",
    "mapping_problems",
    "parse_mapping",
    "plan_import",
    "shipped_mapping",
    "suggest_mapping",
]
