"""Who may see what a court keeps."""

from __future__ import annotations

from youthcourt.accounts.access import PERMISSIONS
from youthcourt.accounts.domain import Role
from youthcourt.upkeep.domain.keeping import KeptKind
from youthcourt.web.access import Permission

_OPENED_BY: dict[KeptKind, Permission] = {
    KeptKind.CASES: Permission.CASES_READ,
    KeptKind.PEOPLE: Permission.PEOPLE_READ,
    KeptKind.ADULTS: Permission.PEOPLE_READ,
    KeptKind.CONSENTS: Permission.PEOPLE_READ,
    KeptKind.ADULT_HOURS: Permission.CALENDAR,
    KeptKind.FILES: Permission.CASES_READ,
    KeptKind.NOTES: Permission.CASES_READ,
    KeptKind.HEARINGS: Permission.CALENDAR,
    KeptKind.SENTENCES: Permission.CASES_READ,
    KeptKind.SERVICE: Permission.SERVICE_WRITE,
    KeptKind.CREDITS: Permission.CREDITS_READ,
    KeptKind.CHECKS: Permission.FOLLOW_UP,
    KeptKind.OFFENCES: Permission.FOLLOW_UP,
    KeptKind.MESSAGES: Permission.TODAY,
    KeptKind.DRAFTS: Permission.OWN_ACCOUNT,
    KeptKind.JOURNAL: Permission.HISTORY_READ,
    KeptKind.CHANGES: Permission.HISTORY_READ,
}


def who_sees(kind: KeptKind) -> tuple[Role, ...]:
    """Return the roles that can open records of a kind; drafts are their writer's alone."""
    return tuple(role for role in Role if _OPENED_BY[kind] in PERMISSIONS[role])
