"""Reading the ledger: balances, statements, and everything that could be wrong with it."""

from __future__ import annotations

from youthcourt.credits.domain import Problem, ProblemCode
from youthcourt.credits.queries.balances import (
    PurseAccount,
    account_ids_of,
    balance_of,
    balances,
    purse_balance,
    purse_of,
)
from youthcourt.credits.queries.checks import LedgerState, check_if_due, is_long, ledger_state
from youthcourt.credits.queries.problems import ProblemLine, problem_lines, verify_credits
from youthcourt.credits.queries.statement import (
    Statement,
    StatementLine,
    check_transfer_known,
    is_posted,
    rule_text,
    statement_of,
)

__all__ = [
    "LedgerState",
    "Problem",
    "ProblemCode",
    "ProblemLine",
    "PurseAccount",
    "Statement",
    "StatementLine",
    "account_ids_of",
    "balance_of",
    "balances",
    "check_if_due",
    "check_transfer_known",
    "is_long",
    "is_posted",
    "ledger_state",
    "problem_lines",
    "purse_balance",
    "purse_of",
    "rule_text",
    "statement_of",
    "verify_credits",
]
