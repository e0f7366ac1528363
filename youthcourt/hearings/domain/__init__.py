"""The rules of the calendar and the docket."""

from __future__ import annotations

from youthcourt.hearings.domain.kinds import (
    ContinuanceReason,
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
)

__all__ = [
    "ContinuanceReason",
    "CourtSessionKind",
    "CourtSessionState",
    "HearingKind",
    "HearingState",
]
