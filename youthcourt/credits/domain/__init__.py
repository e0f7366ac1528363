"""The rules of time credits: whole minutes, transfers, and what must always be true."""

from __future__ import annotations

from youthcourt.courts.domain.kinds import Rounding
from youthcourt.credits.domain.kinds import AccountKind, ReturnReason, TransferKind
from youthcourt.credits.domain.rounding import CreditLine, credit_minutes
from youthcourt.credits.domain.transfers import (
    WAYS,
    Account,
    Transfer,
    already_posted,
    balance,
    below_floor,
    check_shape,
    check_transfer,
    earned_key,
    may_run_short,
    reversal_key,
    reversal_of,
)
from youthcourt.credits.domain.verify import EarningService, Problem, ProblemCode, verify

__all__ = [
    "WAYS",
    "Account",
    "AccountKind",
    "CreditLine",
    "EarningService",
    "Problem",
    "ProblemCode",
    "ReturnReason",
    "Rounding",
    "Transfer",
    "TransferKind",
    "already_posted",
    "balance",
    "below_floor",
    "check_shape",
    "check_transfer",
    "credit_minutes",
    "earned_key",
    "may_run_short",
    "reversal_key",
    "reversal_of",
    "verify",
]
