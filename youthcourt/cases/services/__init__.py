"""Acts on cases, from the referral to the closing."""

from __future__ import annotations

from youthcourt.cases.services.closing import (
    close_case,
    mark_paper_printed,
    paper_of,
    reopen_case,
)
from youthcourt.cases.services.consents import record_case_consent, withdraw_case_consent
from youthcourt.cases.services.contacts import record_contact
from youthcourt.cases.services.editing import (
    charges_on_record,
    edit_case,
    facts_on_record,
    replace_charges,
)
from youthcourt.cases.services.intake import save_intake
from youthcourt.cases.services.life import advance_case, live_case, move_case, subject_of
from youthcourt.cases.services.notes import add_note
from youthcourt.cases.services.referrals import (
    ChargeGiven,
    agency_named,
    case_of_once_key,
    check_referral,
    check_referral_days,
    known_incident,
    open_case,
)
from youthcourt.cases.services.screening import record_screening

__all__ = [
    "ChargeGiven",
    "add_note",
    "advance_case",
    "agency_named",
    "case_of_once_key",
    "charges_on_record",
    "check_referral",
    "check_referral_days",
    "close_case",
    "edit_case",
    "facts_on_record",
    "known_incident",
    "live_case",
    "mark_paper_printed",
    "move_case",
    "open_case",
    "paper_of",
    "record_case_consent",
    "record_contact",
    "record_screening",
    "reopen_case",
    "replace_charges",
    "save_intake",
    "subject_of",
    "withdraw_case_consent",
]
