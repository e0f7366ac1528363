"""The life of one notice."""

from __future__ import annotations

from enum import StrEnum


class NoticeState(StrEnum):
    """Where a notice is."""

    QUEUED = "queued"
    SENT = "sent"
    PRINTED = "printed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NO_ADDRESS = "no_address"


class Channel(StrEnum):
    """How a notice reaches somebody."""

    EMAIL = "email"
    PAPER = "paper"


class NoticeKind(StrEnum):
    """What a notice is about; the words are made when it leaves."""

    DUTY_PUBLISHED = "duty_published"
    DUTY_WITHDRAWN = "duty_withdrawn"
    SESSION_CANCELLED = "session_cancelled"
    HEARING_SET = "hearing_set"
    HEARING_MOVED = "hearing_moved"
    SIGN_IN_LINK = "sign_in_link"
    CASE_CLOSED = "case_closed"
