"""What each role may do."""

from __future__ import annotations

from youthcourt.accounts.domain import Role
from youthcourt.web.access import Permission

_CLERK = frozenset({Permission.OWN_ACCOUNT, Permission.EVENING_DESK, Permission.EVENING_DOCKET})
_COORDINATOR = _CLERK | {
    Permission.TODAY,
    Permission.NUMBERS,
    Permission.PEOPLE_READ,
    Permission.PEOPLE_WRITE,
    Permission.CASES_READ,
    Permission.CASES_WRITE,
    Permission.CASES_CLOSE,
    Permission.CASES_IMPORT,
    Permission.CALENDAR,
    Permission.CALENDAR_WRITE,
    Permission.DRAW,
    Permission.EVENING_CONFIRM,
    Permission.SERVICE_WRITE,
    Permission.CREDITS_READ,
    Permission.FOLLOW_UP,
    Permission.REPORTS,
    Permission.EVALUATE,
    Permission.POLICY_READ,
    Permission.HISTORY_READ,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _COORDINATOR
    | {Permission.ACCOUNTS_WRITE, Permission.EVALUATION_EXPORT, Permission.UPKEEP},
    Role.COORDINATOR: frozenset(_COORDINATOR),
    Role.CLERK: _CLERK,
    Role.EVALUATOR: frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.NUMBERS,
            Permission.EVALUATE,
            Permission.EVALUATION_EXPORT,
            Permission.POLICY_READ,
        }
    ),
}
JUROR_PERMISSIONS = frozenset({Permission.OWN_DUTIES})
