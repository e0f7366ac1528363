"""The closed lists of sentences and service."""

from __future__ import annotations

from enum import StrEnum

BEFORE = "before"
"""What shows service of before: the list the court kept until its records began here."""


class ServiceState(StrEnum):
    """Where a piece of service is; denied and reversed pieces count for nothing."""

    BOOKED = "booked"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    REVERSED = "reversed"


class ServiceBasis(StrEnum):
    """Whether a piece of service was ordered by a sentence or given freely."""

    ORDERED = "ordered"
    VOLUNTARY = "voluntary"


class ServiceActor(StrEnum):
    """Whose hand changes the state of a piece of service."""

    STAFF = "staff"
    SUPERVISOR = "supervisor"
    JUROR = "juror"
    SYSTEM = "system"


class AttendanceOutcome(StrEnum):
    """How a person's evening went; turned away means: came, and the court had no seat."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    SENT_HOME = "sent_home"
    TURNED_AWAY = "turned_away"
    ABSENT = "absent"
    EXCUSED = "excused"


class Agreement(StrEnum):
    """How the panel came to its sentence; no one's vote is named."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    JUDGE_WITHIN_RANGE = "judge_within_range"


class SanctionEventKind(StrEnum):
    """What can change an obligation after the sentence."""

    EXTENDED = "extended"
    ADJUSTED = "adjusted"
    EXCUSED = "excused"
    WAIVED = "waived"
    CLOCK_STOPPED = "clock_stopped"
    FINISHED = "finished"
    REOPENED = "reopened"


class SentenceState(StrEnum):
    """Where a sentence as a whole is."""

    SATISFIED = "satisfied"
    WAITING_FOR_CONFIRMATION = "waiting_for_confirmation"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"


class CanFinish(StrEnum):
    """Whether jury sessions can still be served in time."""

    YES = "yes"
    NO = "no"
    ASK_COORDINATOR = "ask_coordinator"


class FeasibilityReason(StrEnum):
    """Why a sentence can or cannot be finished, as far as the calendar tells."""

    NOTHING_OWED = "nothing_owed"
    ENOUGH_SESSIONS = "enough_sessions"
    TOO_FEW_SESSIONS = "too_few_sessions"
    TOO_FEW_FREE_SEATS = "too_few_free_seats"
    TOO_FEW_WHEN_AVAILABLE = "too_few_when_available"
    TOO_CLOSE_TOGETHER = "too_close_together"
    OTHERS_DUE_EARLIER = "others_due_earlier"
    CALENDAR_ENDS_BEFORE_DUE = "calendar_ends_before_due"
    TRAINING_FIRST = "training_first"
    LAST_DAY_OVER = "last_day_over"


class RangePosition(StrEnum):
    """Where an amount lies against what the class allows."""

    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"
    NO_RANGE = "no_range"
