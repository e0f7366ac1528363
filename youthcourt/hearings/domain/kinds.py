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


class SessionCancelReason(StrEnum):
    """Why a session is not held."""

    WEATHER = "weather"
    BUILDING_CLOSED = "building_closed"
    HOLIDAY = "holiday"
    NO_JURY = "no_jury"
    NO_PRESIDING_ADULT = "no_presiding_adult"
    NO_HEARINGS = "no_hearings"
    PLANNED_BY_MISTAKE = "planned_by_mistake"
    OTHER = "other"


class OffDocketReason(StrEnum):
    """Why a hearing was taken off a docket; the first three come with another act."""

    SESSION_CANCELLED = "session_cancelled"
    SESSION_MOVED = "session_moved"
    ROOM_REMOVED = "room_removed"
    YOUTH_CANNOT_COME = "youth_cannot_come"
    GUARDIAN_CANNOT_COME = "guardian_cannot_come"
    INTERPRETER = "interpreter"
    NOT_READY = "not_ready"
    PUT_THERE_BY_MISTAKE = "put_there_by_mistake"
    OTHER = "other"


class HearingCancelReason(StrEnum):
    """Why a hearing will not be held at all; the first three come with another act."""

    CASE_CLOSED = "case_closed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not_needed"
    OPENED_BY_MISTAKE = "opened_by_mistake"
    OTHER = "other"


class TakeBackReason(StrEnum):
    """Why what was written down of a hearing is taken back."""

    WRONG_HEARING = "wrong_hearing"
    WRONG_OUTCOME = "wrong_outcome"
    CAME_AFTER_ALL = "came_after_all"
    OTHER = "other"


class DocketOverride(StrEnum):
    """Why a hearing is put where something speaks against it."""

    DEADLINE = "deadline"
    FAMILY_CANNOT_OTHERWISE = "family_cannot_otherwise"
    NO_OTHER_ROOM = "no_other_room"
    AGREED_WITH_PRESIDING = "agreed_with_presiding"
    OTHER = "other"


BY_ANOTHER_ACT = frozenset(
    {
        OffDocketReason.SESSION_CANCELLED,
        OffDocketReason.SESSION_MOVED,
        OffDocketReason.ROOM_REMOVED,
        HearingCancelReason.CASE_CLOSED,
        HearingCancelReason.SETTLED,
        HearingCancelReason.WITHDRAWN,
    }
)
"""Reasons that nobody chooses by hand."""
