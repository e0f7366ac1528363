"""What a sentence obliges to and what service does for it: pure.

Nothing here takes a time credit: credits can never reduce a sentence.
"""

from __future__ import annotations

from youthcourt.courts.domain.kinds import Effect, SanctionKind, Unit
from youthcourt.sentences.domain.attendance import (
    CountingValues,
    Evening,
    ServedEffect,
    arrival_outcome,
    attendance_effect,
    counting_of,
)
from youthcourt.sentences.domain.deadlines import ExtensionLimits, check_extension
from youthcourt.sentences.domain.feasibility import (
    Feasibility,
    OwedByOther,
    Pace,
    SessionOffer,
    SessionsOwed,
    after_training,
    feasibility,
)
from youthcourt.sentences.domain.kinds import (
    BEFORE,
    Agreement,
    AttendanceOutcome,
    CanFinish,
    FeasibilityReason,
    RangePosition,
    SanctionEventKind,
    SentenceState,
    ServiceActor,
    ServiceBasis,
    ServiceState,
)
from youthcourt.sentences.domain.obligations import (
    Obligation,
    Progress,
    SanctionEvent,
    check_adjustment,
    check_amount,
    check_waiver,
    progress,
    sentence_status,
    with_events,
)
from youthcourt.sentences.domain.ranges import (
    AmountRange,
    RangeCheck,
    check_amount_in_range,
    check_new_amount,
    require_reason_outside_range,
)
from youthcourt.sentences.domain.service import (
    SERVICE_TRANSITIONS,
    Allocation,
    OpenObligation,
    ServicePiece,
    ServiceTransition,
    allocate,
    check_one_day,
    check_service_transition,
    service_transition,
)
from youthcourt.sentences.domain.unconfirmed import (
    DayStanding,
    UnconfirmedDay,
    standing_of_day,
    standing_without_evening,
)

__all__ = [
    "BEFORE",
    "SERVICE_TRANSITIONS",
    "Agreement",
    "Allocation",
    "AmountRange",
    "AttendanceOutcome",
    "CanFinish",
    "CountingValues",
    "DayStanding",
    "Effect",
    "Evening",
    "ExtensionLimits",
    "Feasibility",
    "FeasibilityReason",
    "Obligation",
    "OpenObligation",
    "OwedByOther",
    "Pace",
    "Progress",
    "RangeCheck",
    "RangePosition",
    "SanctionEvent",
    "SanctionEventKind",
    "SanctionKind",
    "SentenceState",
    "ServedEffect",
    "ServiceActor",
    "ServiceBasis",
    "ServicePiece",
    "ServiceState",
    "ServiceTransition",
    "SessionOffer",
    "SessionsOwed",
    "UnconfirmedDay",
    "Unit",
    "after_training",
    "allocate",
    "arrival_outcome",
    "attendance_effect",
    "check_adjustment",
    "check_amount",
    "check_amount_in_range",
    "check_extension",
    "check_new_amount",
    "check_one_day",
    "check_service_transition",
    "check_waiver",
    "counting_of",
    "feasibility",
    "progress",
    "require_reason_outside_range",
    "sentence_status",
    "service_transition",
    "standing_of_day",
    "standing_without_evening",
    "with_events",
]
