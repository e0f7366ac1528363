"""The closed lists of sentences and service."""

from __future__ import annotations

from enum import StrEnum


class ServiceState(StrEnum):
    """Where one piece of service is."""

    BOOKED = "booked"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    REVERSED = "reversed"


class ServiceBasis(StrEnum):
    """Whether a piece of service was owed or given freely."""

    ORDERED = "ordered"
    VOLUNTARY = "voluntary"


class Agreement(StrEnum):
    """Who agreed on a sentence."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    JUDGE_WITHIN_RANGE = "judge_within_range"


class SanctionEventKind(StrEnum):
    """What changed an obligation."""

    EXTENDED = "extended"
    ADJUSTED = "adjusted"
    EXCUSED = "excused"
    WAIVED = "waived"
    CLOCK_STOPPED = "clock_stopped"
    FINISHED = "finished"
    REOPENED = "reopened"


class AttendanceOutcome(StrEnum):
    """How somebody attended a session."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    SENT_HOME = "sent_home"
    TURNED_AWAY = "turned_away"
    ABSENT = "absent"
    EXCUSED = "excused"
