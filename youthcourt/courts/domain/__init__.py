"""The policy of a court: typed, versioned, pure."""

from __future__ import annotations

from youthcourt.courts.domain.conditions import (
    FACTS,
    Condition,
    Fact,
    FactKind,
    Op,
    evaluate,
)
from youthcourt.courts.domain.deadlines import (
    DeadlineRule,
    DueDate,
    ExtensionRule,
    due_date,
    months_later,
)
from youthcourt.courts.domain.eligibility import (
    EligibilityRule,
    RuleOutcome,
    screen,
)
from youthcourt.courts.domain.evening import (
    Counting,
    JuryRules,
    SessionRules,
)
from youthcourt.courts.domain.kinds import (
    ClassChoice,
    ConflictEffect,
    ConsentKind,
    CountedFrom,
    DecisionRule,
    Effect,
    ExtendedBy,
    IntakeStep,
    Outcome,
    PaperLanguage,
    Rounding,
    SanctionKind,
    ShowAt,
    SignUp,
    SittingModel,
    Unit,
    WhenUnknown,
)
from youthcourt.courts.domain.naming import (
    check_names,
    check_slug,
    check_zone,
)
from youthcourt.courts.domain.papers import (
    PaperWords,
)
from youthcourt.courts.domain.policy import (
    ConsentRule,
    CreditRules,
    ExtraRule,
    Forum,
    Policy,
    Words,
    assumed_paths,
)
from youthcourt.courts.domain.presets import (
    PRESETS,
    preset,
)
from youthcourt.courts.domain.problems import (
    PolicyProblem,
    policy_problems,
    read_policy,
)
from youthcourt.courts.domain.quantities import (
    OffenceClass,
    QuantityRange,
    SanctionRule,
)
from youthcourt.courts.domain.reading import (
    load_policy,
    read_document,
)
from youthcourt.courts.domain.versions import (
    SCHEMA_VERSION,
    upgrade,
)
from youthcourt.courts.domain.writing import (
    dump_policy,
)

__all__ = [
    "FACTS",
    "PRESETS",
    "SCHEMA_VERSION",
    "ClassChoice",
    "Condition",
    "ConflictEffect",
    "ConsentKind",
    "ConsentRule",
    "CountedFrom",
    "Counting",
    "CreditRules",
    "DeadlineRule",
    "DecisionRule",
    "DueDate",
    "Effect",
    "EligibilityRule",
    "ExtendedBy",
    "ExtensionRule",
    "ExtraRule",
    "Fact",
    "FactKind",
    "Forum",
    "IntakeStep",
    "JuryRules",
    "OffenceClass",
    "Op",
    "Outcome",
    "PaperLanguage",
    "PaperWords",
    "Policy",
    "PolicyProblem",
    "QuantityRange",
    "Rounding",
    "RuleOutcome",
    "SanctionKind",
    "SanctionRule",
    "SessionRules",
    "ShowAt",
    "SignUp",
    "SittingModel",
    "Unit",
    "WhenUnknown",
    "Words",
    "assumed_paths",
    "check_names",
    "check_slug",
    "check_zone",
    "due_date",
    "dump_policy",
    "evaluate",
    "load_policy",
    "months_later",
    "policy_problems",
    "preset",
    "read_document",
    "read_policy",
    "screen",
    "upgrade",
]
