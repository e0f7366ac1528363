"""The closed lists of the calendar and the docket."""

from __future__ import annotations

from enum import StrEnum


class CourtSessionKind(StrEnum):
    """What a session is for."""

    HEARING = "hearing"
    TRAINING = "training"


class CourtSessionState(StrEnum):
    """Where a session is; a confirmed one is changed by reversals only."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"


class HearingKind(StrEnum):
    """Which appearance of a case this is."""

    FIRST = "first"
    RETURN = "return"
    REVIEW = "review"


class HearingState(StrEnum):
    """Where one hearing is; continued and no-show ones are followed by another."""

    WAITING = "waiting"
    DOCKETED = "docketed"
    HEARD = "heard"
    CONTINUED = "continued"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class ContinuanceReason(StrEnum):
    """Why a hearing was put off."""

    RESPONDENT_ABSENT = "respondent_absent"
    GUARDIAN_ABSENT = "guardian_absent"
    NO_QUORUM = "no_quorum"
    CONFLICT = "conflict"
    INTERPRETER = "interpreter"
    WEATHER = "weather"
    COURT_CLOSED = "court_closed"
    OTHER = "other"
