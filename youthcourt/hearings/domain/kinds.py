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


class HearingOutcome(StrEnum):
    """What became of a hearing on its day."""

    HEARD = "heard"
    CONTINUED = "continued"
    NO_SHOW = "no_show"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class ClockChange(StrEnum):
    """What the clocks do to a planned time: it does not exist, or it comes twice."""

    SKIPPED = "skipped"
    REPEATED = "repeated"


class DocketProblemCode(StrEnum):
    """What stands against a hearing in a sitting."""

    SESSION_IN_PAST = "session_in_past"
    SESSION_NOT_OPEN = "session_not_open"
    NOT_A_HEARING_SESSION = "not_a_hearing_session"
    CLOSED_DAY = "closed_day"
    SITTING_FULL_FIRST = "sitting_full_first"
    SITTING_FULL_RETURN = "sitting_full_return"
    RESPONDENT_HAS_HEARING = "respondent_has_hearing"
    RESPONDENT_HAS_SEAT = "respondent_has_seat"
    COMPANION_IN_SITTING = "companion_in_sitting"
    NO_GUARDIAN_KNOWN = "no_guardian_known"
    INTERPRETER_NEEDED = "interpreter_needed"


class Weight(StrEnum):
    """What staff can do about a problem: nothing, give a reason, or keep it in mind."""

    REFUSED = "refused"
    NEEDS_REASON = "needs_reason"
    NOTE = "note"
