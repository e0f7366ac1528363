"""Reading sentences, obligations and service; every figure shown comes from ``progress_of``."""

from __future__ import annotations

from youthcourt.sentences.queries.earning import counted_parts, credit_of, earned_by
from youthcourt.sentences.queries.ledger import service_problems, services_that_earn
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.outlook import (
    Outlook,
    feasibilities,
    feasibility_if,
    feasibility_of,
    outlook,
)
from youthcourt.sentences.queries.own import (
    OwnObligation,
    OwnService,
    own_obligations,
    own_service,
)
from youthcourt.sentences.queries.progress import confirmed_of, open_obligations, progress_of
from youthcourt.sentences.queries.ranges import range_of, range_of_sanction
from youthcourt.sentences.queries.risk import (
    DueEarlier,
    PersonAtRisk,
    due_earlier,
    people_at_risk,
    risk_of,
)
from youthcourt.sentences.queries.sentence import (
    ChangeLine,
    DoneFor,
    HeardCase,
    SentenceLine,
    changes_of_sanctions,
    details_of,
    done_for,
    heard_case,
    obligations_of_case,
    parts_of_sentence,
    sanction_by_id,
    sanction_progress,
    sentence_by_id,
    sentence_facts,
    sentence_of_hearing,
    sentence_rests_on,
    sentences_of_case,
)
from youthcourt.sentences.queries.service import (
    ServiceLine,
    ServicePart,
    WaitingService,
    came_unbooked,
    service_by_id,
    service_line,
    service_lines,
    waiting_service,
)
from youthcourt.sentences.queries.standing import CameUnbooked

__all__ = [
    "CameUnbooked",
    "ChangeLine",
    "DoneFor",
    "DueEarlier",
    "HeardCase",
    "Outlook",
    "OwnObligation",
    "OwnService",
    "PersonAtRisk",
    "SanctionProgress",
    "SentenceLine",
    "ServiceLine",
    "ServicePart",
    "WaitingService",
    "came_unbooked",
    "changes_of_sanctions",
    "confirmed_of",
    "counted_parts",
    "credit_of",
    "details_of",
    "done_for",
    "due_earlier",
    "earned_by",
    "feasibilities",
    "feasibility_if",
    "feasibility_of",
    "heard_case",
    "obligations_of_case",
    "open_obligations",
    "outlook",
    "own_obligations",
    "own_service",
    "parts_of_sentence",
    "people_at_risk",
    "progress_of",
    "range_of",
    "range_of_sanction",
    "risk_of",
    "sanction_by_id",
    "sanction_progress",
    "sentence_by_id",
    "sentence_facts",
    "sentence_of_hearing",
    "sentence_rests_on",
    "sentences_of_case",
    "service_by_id",
    "service_line",
    "service_lines",
    "service_problems",
    "services_that_earn",
    "waiting_service",
]
