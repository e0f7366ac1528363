"""The closed lists of reasons and proofs that are stored as codes."""

from __future__ import annotations

from enum import StrEnum


class DenialReason(StrEnum):
    """Why a piece of service does not count, or a booking fell through."""

    NOT_THERE = "not_there"
    EXCUSED = "excused"
    NOT_SIGNED = "not_signed"
    NOT_ALLOWED = "not_allowed"
    ENTERED_TWICE = "entered_twice"
    RELEASED = "released"
    SESSION_CANCELLED = "session_cancelled"
    OTHER = "other"


class ReversalReason(StrEnum):
    """Why a confirmed piece of service is taken back."""

    ENTERED_TWICE = "entered_twice"
    WRONG_PERSON = "wrong_person"
    WRONG_TIME = "wrong_time"
    NOT_SERVED = "not_served"
    OTHER = "other"


class RecountReason(StrEnum):
    """Why the program itself takes a piece back and confirms it anew."""

    COUNTED_AGAIN = "counted_again"


class WithdrawalReason(StrEnum):
    """Why a recorded sentence is withdrawn."""

    WRONG_CASE = "wrong_case"
    WRONG_AMOUNT = "wrong_amount"
    NOT_AS_DECIDED = "not_as_decided"
    OTHER = "other"


class ChangeReason(StrEnum):
    """Why what is owed, or until when, was changed after the sentence."""

    ILLNESS = "illness"
    FAMILY = "family"
    SCHOOL = "school"
    TRANSPORT = "transport"
    NO_SEAT = "no_seat"
    SESSION_CANCELLED = "session_cancelled"
    GOOD_WORK = "good_work"
    MISSED = "missed"
    TYPED_WRONG = "typed_wrong"
    PROOF_CAME = "proof_came"
    OTHER = "other"


class Proof(StrEnum):
    """What shows that something was done."""

    SIGNED_SHEET = "signed_sheet"
    PHONE_CALL = "phone_call"
    E_MAIL = "e_mail"
    SEEN = "seen"
    CERTIFICATE = "certificate"
    RECEIPT = "receipt"


class RiskReason(StrEnum):
    """Why somebody may not finish in time, the gravest first."""

    OVERDUE = "overdue"
    CANNOT_FINISH = "cannot_finish"
    NO_MISSES_LEFT = "no_misses_left"
    ASK_COORDINATOR = "ask_coordinator"
