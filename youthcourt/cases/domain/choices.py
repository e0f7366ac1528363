"""The closed lists of the case file: who refers, how a family was tried, why a case reopens."""

from __future__ import annotations

from enum import StrEnum


class AgencyKind(StrEnum):
    """What kind of body refers a case."""

    POLICE = "police"
    SCHOOL = "school"
    PROSECUTOR = "prosecutor"
    JUVENILE_SERVICES = "juvenile_services"
    COURT = "court"
    FAMILY = "family"
    OTHER = "other"


class ContactMethod(StrEnum):
    """How a family was tried."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    IN_OFFICE = "in_office"
    THROUGH_SCHOOL = "through_school"


class ContactOutcome(StrEnum):
    """What came of one try to reach a family."""

    REACHED = "reached"
    DECLINED = "declined"
    MESSAGE_LEFT = "message_left"
    SENT = "sent"
    NO_ANSWER = "no_answer"
    WRONG_ADDRESS = "wrong_address"


REACHED: frozenset[str] = frozenset({ContactOutcome.REACHED, ContactOutcome.DECLINED})
"""The outcomes after which the family has been spoken to, whatever it said."""


class ReopenReason(StrEnum):
    """Why a closed case is taken up again."""

    CLOSED_BY_MISTAKE = "closed_by_mistake"
    FAMILY_CAME_BACK = "family_came_back"
    REFERRER_ASKS = "referrer_asks"
    NEW_INFORMATION = "new_information"
    OTHER = "other"


class StaffAnswer(StrEnum):
    """What staff say of an eligibility rule that nothing on record settles."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
