"""Referral files: a mapping of their columns, and a plan of the cases they would make."""

from __future__ import annotations

from youthcourt.cases.domain.imports.barred import barred_columns
from youthcourt.cases.domain.imports.fields import (
    WAITING,
    ExactCopies,
    Field,
    OpenStage,
    Residence,
    RunState,
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
from youthcourt.cases.domain.imports.opening import (
    PlannedAdult,
    PlannedItem,
    PlannedOpening,
)
from youthcourt.cases.domain.imports.patterns import DATE_PATTERNS, TIME_PATTERNS
from youthcourt.cases.domain.imports.plan import (
    ImportPlan,
    LeftOut,
    Merged,
    Outcome,
    PlannedAddition,
    PlannedCase,
    PlannedCharge,
    PlannedPerson,
    RowOutcome,
    Words,
    with_joined,
)
from youthcourt.cases.domain.imports.planner import plan_import
from youthcourt.cases.domain.imports.reading import Reason, Row
from youthcourt.cases.domain.imports.suggest import (
    MappingDraft,
    person_key,
    suggest_mapping,
    suggest_meanings,
    youth_key,
)

__all__ = [
    "DATE_PATTERNS",
    "SHIPPED",
    "TIME_PATTERNS",
    "WAITING",
    "ExactCopies",
    "Field",
    "ImportPlan",
    "LeftOut",
    "Mapping",
    "MappingDraft",
    "MappingProblem",
    "Merged",
    "OpenStage",
    "Outcome",
    "PlannedAddition",
    "PlannedAdult",
    "PlannedCase",
    "PlannedCharge",
    "PlannedItem",
    "PlannedOpening",
    "PlannedPerson",
    "Reason",
    "Residence",
    "Row",
    "RowOutcome",
    "RunState",
    "Severity",
    "Transform",
    "Words",
    "barred_columns",
    "load_mapping",
    "mapping_problems",
    "parse_mapping",
    "person_key",
    "plan_import",
    "shipped_mapping",
    "suggest_mapping",
    "suggest_meanings",
    "with_joined",
    "youth_key",
]
