"""The life of one notice, from the queue to a mailbox or a piece of paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NOT_SENT = "test"
"""What carried a message that went nowhere, while mail is not set up."""


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


class Unsent(StrEnum):
    """Why a notice does not leave as an e-mail, as its writer found when it was due."""

    NO_ADDRESS = "no_address"
    WANTS_CALL = "wants_call"
    WANTS_TEXT = "wants_text"
    READ_BY_OTHERS = "read_by_others"
    ON_PAPER = "on_paper"
    REASON_GONE = "reason_gone"


def went_nowhere(state: NoticeState | None, carried_by: str | None) -> bool:
    """Return whether a notice counts as sent although nothing left the house."""
    return state is NoticeState.SENT and carried_by == NOT_SENT


class MailProblem(StrEnum):
    """What kept a message from being handed over to the mail server."""

    NO_CONNECTION = "no_connection"
    NOT_SAFE = "not_safe"
    SIGN_IN_FAILED = "sign_in_failed"
    ADDRESS_REFUSED = "address_refused"
    MESSAGE_REFUSED = "message_refused"
    NOT_WRITTEN = "not_written"


class Held(StrEnum):
    """Why a message that could leave is kept back until staff say what becomes of it."""

    RESTORED = "restored"


class Receiver(StrEnum):
    """Who a notice is for."""

    YOUTH = "youth"
    ADULT = "adult"
    AGENCY = "agency"


class ByHand(StrEnum):
    """How staff got a notice across themselves; stored as what carried it."""

    PAPER = "paper"
    PHONE = "phone"


SERVER_TROUBLE = frozenset(
    {MailProblem.NO_CONNECTION, MailProblem.NOT_SAFE, MailProblem.SIGN_IN_FAILED}
)
"""Problems of the server, not of a message: every message would meet them."""

MAX_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=5)
TIDY_AFTER = timedelta(hours=12)
NEVER_BY_HAND = frozenset({NoticeKind.SIGN_IN_LINK})
"""What is good for minutes only; on paper there are slips."""

HAND_STATES = frozenset({NoticeState.QUEUED, NoticeState.NO_ADDRESS, NoticeState.FAILED})


class DeliveryFailed(Exception):
    """A message was not handed over; ``for_good`` when trying again is of no use."""

    def __init__(self, problem: MailProblem, *, for_good: bool = False) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.for_good = for_good


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What leaves the house, as plain text; ``to`` is empty where it is meant for paper.

    ``name`` is whom it is for and ``sender_name`` who writes, as both may be read by others.
    """

    to: str
    subject: str
    body: str
    name: str = ""
    sender_name: str = ""


def next_try(now: datetime, attempts: int) -> datetime:
    """Return when to try again after so many tries: 5, 10, 20, 40 minutes later."""
    return now + FIRST_WAIT * (1 << max(attempts - 1, 0))


def is_held(state: NoticeState, problem: str | None) -> bool:
    """Return whether a message is kept back: it leaves only when staff send it."""
    return state is NoticeState.FAILED and problem in set(Held)


def may_go_by_hand(kind: NoticeKind, state: NoticeState) -> bool:
    """Return whether staff may print a notice or tell it by phone instead."""
    return kind not in NEVER_BY_HAND and state in HAND_STATES
