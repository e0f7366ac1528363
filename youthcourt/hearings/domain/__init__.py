"""The rules of the calendar and the docket."""

from __future__ import annotations

from youthcourt.hearings.domain.docket import (
    DocketedHearing,
    DocketProblem,
    Engagement,
    HearingFacts,
    SittingFacts,
    docket_problems,
    is_refused,
    needs_reason,
)
from youthcourt.hearings.domain.kinds import (
    ClockChange,
    ContinuanceReason,
    CourtSessionKind,
    CourtSessionState,
    DocketProblemCode,
    HearingKind,
    HearingOutcome,
    HearingState,
    Weight,
)
from youthcourt.hearings.domain.recurrence import (
    SeriesDays,
    SeriesRule,
    nth_weekday,
    series_days,
)
from youthcourt.hearings.domain.states import (
    HEARING_TRANSITIONS,
    HearingTransition,
    OutcomeEffect,
    check_hearing_transition,
    hearing_transition,
    outcome_effect,
)
from youthcourt.hearings.domain.times import (
    PlannedSpan,
    clock_change,
    instant_of,
    overlap,
    planned_span,
)

__all__ = [
    "HEARING_TRANSITIONS",
    "ClockChange",
    "ContinuanceReason",
    "CourtSessionKind",
    "CourtSessionState",
    "DocketProblem",
    "DocketProblemCode",
    "DocketedHearing",
    "Engagement",
    "HearingFacts",
    "HearingKind",
    "HearingOutcome",
    "HearingState",
    "HearingTransition",
    "OutcomeEffect",
    "PlannedSpan",
    "SeriesDays",
    "SeriesRule",
    "SittingFacts",
    "Weight",
    "check_hearing_transition",
    "clock_change",
    "docket_problems",
    "hearing_transition",
    "instant_of",
    "is_refused",
    "needs_reason",
    "nth_weekday",
    "outcome_effect",
    "overlap",
    "planned_span",
    "series_days",
]
