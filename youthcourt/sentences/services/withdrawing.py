"""Withdrawing a sentence that should not have been recorded so; it stays to be read."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services import move_case
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.calendar import court_day
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.models import Sanction, Sentence, ServiceRecord
from youthcourt.sentences.queries import done_for, sentence_by_id, sentences_of_case
from youthcourt.sentences.services.rows import check_cases_open, hold_hearing

_WAITING = (ServiceState.PENDING, ServiceState.BOOKED)


def withdraw_sentence(
    session: Session, *, sentence_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> Sentence:
    """Let a sentence bind nobody any more; withdrawn twice, it is withdrawn once.

    Refused while confirmed service counts for it or a part of it is marked as done.  What is
    booked or waits stays so and counts for whatever of its kind is owed.  Without another
    sentence the case waits for one again; one given before these records were kept here has no
    hearing to wait after, so its parts are changed instead: ``sentence_of_before_stays``.
    """
    hearing_id = sentence_by_id(session, sentence_id).hearing_id
    if hearing_id is None:
        raise CourtRuleBroken("sentence_of_before_stays")
    hold_hearing(session, hearing_id)
    sentence = locked_row(session, Sentence, sentence_id)
    if sentence.withdrawn_at is not None:
        return sentence
    if not reason.strip():
        raise CourtRuleBroken("reason_required", "reason")
    check_cases_open(session, [sentence.case_id])
    if done_for(session, sentence_id=sentence_id):
        raise CourtRuleBroken("sentence_has_service")
    sentence.withdrawn_at, sentence.withdrawn_by = now, actor.user_id
    sentence.withdrawn_for = reason
    let_go = _let_go(session, sentence)
    case = session.get_one(Case, sentence.case_id)
    record_act(
        session,
        act="sentence_withdrawn",
        subject=Subject(kind="sentence", id=sentence.id, case_id=case.id, person_id=case.person_id),
        actor=actor,
        now=now,
        reason=reason,
        still_waiting=let_go,
    )
    _back_to_heard(session, case, actor=actor, now=now)
    return sentence


def _let_go(session: Session, sentence: Sentence) -> int:
    """Let service that was meant for a part of the sentence be meant for none in particular."""
    items = select(Sanction.id).where(Sanction.sentence_id == sentence.id)
    rows = session.scalars(
        select(ServiceRecord)
        .where(ServiceRecord.sanction_id.in_(items), ServiceRecord.state.in_(_WAITING))
        .order_by(ServiceRecord.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.sanction_id = None
    session.flush()
    return len(rows)


def _back_to_heard(session: Session, case: Case, *, actor: Actor, now: datetime) -> None:
    if case.state is not CaseState.SUPERVISED or sentences_of_case(session, case_id=case.id):
        return
    move_case(
        session,
        case_id=case.id,
        to=CaseState.HEARD,
        # It stands at heard since the hearing, not since somebody found the mistake.
        on=case.heard_on or court_day(session, now),
        actor=actor,
        now=now,
        sentence_recorded=False,
    )
