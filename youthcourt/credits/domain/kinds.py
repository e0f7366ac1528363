"""The closed lists of the credit ledger."""

from __future__ import annotations

from enum import StrEnum


class AccountKind(StrEnum):
    """Whose account it is; the pool issues credits and may go below zero."""

    PERSON = "person"
    POOL = "pool"
    POT = "pot"
    REWARDS = "rewards"


class TransferKind(StrEnum):
    """Why minutes went from one account to another."""

    EARNED = "earned"
    GIVEN = "given"
    POT_GIFT = "pot_gift"
    REWARD_RESERVED = "reward_reserved"
    RETURNED = "returned"
    REVERSED = "reversed"
    OPENING = "opening"


class ReturnReason(StrEnum):
    """Why a transfer was undone, besides the reasons for which service is taken back."""

    NO_SERVICE = "no_service"
