"""What the rules of a court say about its records."""

from __future__ import annotations

import re
from enum import StrEnum

from youthcourt.courts.domain import ExtraRule, Policy


class KeptKind(StrEnum):
    """A kind of record, as the page names it."""

    CASES = "cases"
    PEOPLE = "people"
    ADULTS = "adults"
    CONSENTS = "consents"
    ADULT_HOURS = "adult_hours"
    FILES = "files"
    NOTES = "notes"
    HEARINGS = "hearings"
    SENTENCES = "sentences"
    SERVICE = "service"
    CREDITS = "credits"
    CHECKS = "checks"
    OFFENCES = "offences"
    MESSAGES = "messages"
    DRAFTS = "drafts"
    JOURNAL = "journal"
    CHANGES = "changes"


_ABOUT = re.compile(
    r"\b(?:records?|retention|retained?|destroy(?:ed)?|expunge(?:d|ment)?|seal(?:ed|ing)?"
    r"|shred(?:ded)?|confidential(?:ity)?|years? after)\b",
    re.IGNORECASE,
)


def rules_on_records(policy: Policy) -> tuple[ExtraRule, ...]:
    """Return the rules kept as text that speak of keeping, sealing or destroying records.

    Nothing is guessed beyond the words; a rule that has none of them is on the page of all rules.
    """
    return tuple(rule for rule in policy.extra if _ABOUT.search(f"{rule.topic}\n{rule.text}"))
