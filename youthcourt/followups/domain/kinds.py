"""The words of a follow-up: what a search found, where, and what kind of event it was."""

from __future__ import annotations

from enum import StrEnum


class CheckResult(StrEnum):
    """What came of a search; the absence of a note is never the absence of an offence."""

    NOTHING_FOUND = "nothing_found"
    FOUND = "found"
    NOT_SEARCHED = "not_searched"
    CANNOT_BE_SEARCHED = "cannot_be_searched"


SEARCHED = frozenset({CheckResult.NOTHING_FOUND, CheckResult.FOUND})


class RecordSource(StrEnum):
    """Whose records were searched."""

    OWN_RECORDS = "own_records"
    POLICE = "police"
    JUVENILE_COURT = "juvenile_court"
    ADULT_COURT = "adult_court"
    STATE_RECORDS = "state_records"
    SCHOOL = "school"


class NoSearchReason(StrEnum):
    """Why nobody searched, or why nobody can."""

    NO_ANSWER = "no_answer"
    NO_AGREEMENT = "no_agreement"
    NO_TIME = "no_time"
    SEALED = "sealed"
    NOT_IDENTIFIED = "not_identified"
    MOVED_AWAY = "moved_away"
    LAW_FORBIDS = "law_forbids"
    DECEASED = "deceased"


# What may still change, and what closes the matter for good.
REASONS: dict[CheckResult, frozenset[NoSearchReason]] = {
    CheckResult.NOT_SEARCHED: frozenset(
        {NoSearchReason.NO_ANSWER, NoSearchReason.NO_AGREEMENT, NoSearchReason.NO_TIME}
    ),
    CheckResult.CANNOT_BE_SEARCHED: frozenset(
        {
            NoSearchReason.SEALED,
            NoSearchReason.NOT_IDENTIFIED,
            NoSearchReason.MOVED_AWAY,
            NoSearchReason.LAW_FORBIDS,
            NoSearchReason.DECEASED,
        }
    ),
}


class LaterEventKind(StrEnum):
    """What happened, stored each for itself (Wisconsin Statistical Analysis Center's terms)."""

    REFERRAL = "referral"
    ARREST = "arrest"
    CHARGE = "charge"
    ADJUDICATION = "adjudication"
    CONFINEMENT = "confinement"


class OffenceCategory(StrEnum):
    """What kind of act it was; only a delinquent act counts unless somebody chooses otherwise.

    Status offences and traffic are counted apart, violations of conditions and infractions not
    at all (NC AOC 1995, p. 19; CJCA 2009).
    """

    DELINQUENT = "delinquent"
    STATUS = "status"
    TRAFFIC = "traffic"
    INFRACTION = "infraction"
    TECHNICAL = "technical"


class WithdrawalReason(StrEnum):
    """Why a search that was written down does not stand."""

    WRONG_PERSON = "wrong_person"
    WRONG_CASE = "wrong_case"
    TYPING_ERROR = "typing_error"
    RECORD_CORRECTED = "record_corrected"
