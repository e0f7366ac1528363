"""What each role may do."""

from __future__ import annotations

from youthcourt.accounts.domain import Role
from youthcourt.web.access import Permission as P

_CLERK = frozenset({P.OWN_ACCOUNT, P.EVENING_DESK, P.EVENING_DOCKET})
_COORDINATOR = _CLERK | {
    P.TODAY,
    P.NUMBERS,
    P.PEOPLE_READ,
    P.PEOPLE_WRITE,
    P.CASES_READ,
    P.CASES_WRITE,
    P.CASES_CLOSE,
    P.CASES_IMPORT,
    P.CALENDAR,
    P.CALENDAR_WRITE,
    P.DRAW,
    P.EVENING_CONFIRM,
    P.SERVICE_WRITE,
    P.CREDITS_READ,
    P.POLICY_READ,
    P.HISTORY_READ,
}

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.ADMINISTRATOR: _COORDINATOR | {P.ACCOUNTS_WRITE},
    Role.COORDINATOR: frozenset(_COORDINATOR),
    Role.CLERK: _CLERK,
    Role.EVALUATOR: frozenset({P.OWN_ACCOUNT, P.NUMBERS, P.POLICY_READ}),
}
JUROR_PERMISSIONS = frozenset({P.OWN_DUTIES})
