"""Acts on sentences, obligations and service."""

from __future__ import annotations

from youthcourt.sentences.queries import range_of
from youthcourt.sentences.services.before import record_sentence_before
from youthcourt.sentences.services.confirming import confirm_service
from youthcourt.sentences.services.correcting import correct_service, reverse_service
from youthcourt.sentences.services.obligations import (
    DONE_AS_A_WHOLE,
    adjust_sanction,
    due_after,
    excuse_absence,
    extend_sanction,
    finish_item,
    reopen_item,
    stop_clock,
    waive_sanction,
)
from youthcourt.sentences.services.pieces import (
    attach_proof,
    book_service,
    bring_back_service,
    cancel_booking,
    deny_service,
    report_service,
    submit_service,
)
from youthcourt.sentences.services.rows import hold_person
from youthcourt.sentences.services.sentencing import (
    PlannedSanction,
    SanctionGiven,
    SentencePlan,
    amount_field,
    due_of,
    plan_sentence,
    record_sentence,
)
from youthcourt.sentences.services.withdrawing import withdraw_sentence

__all__ = [
    "DONE_AS_A_WHOLE",
    "PlannedSanction",
    "SanctionGiven",
    "SentencePlan",
    "adjust_sanction",
    "amount_field",
    "attach_proof",
    "book_service",
    "bring_back_service",
    "cancel_booking",
    "confirm_service",
    "correct_service",
    "deny_service",
    "due_after",
    "due_of",
    "excuse_absence",
    "extend_sanction",
    "finish_item",
    "hold_person",
    "plan_sentence",
    "range_of",
    "record_sentence",
    "record_sentence_before",
    "reopen_item",
    "report_service",
    "reverse_service",
    "stop_clock",
    "submit_service",
    "waive_sanction",
    "withdraw_sentence",
]
