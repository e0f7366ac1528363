"""A sentence that was given before this court kept its records here, with what is done of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.imports import PlannedItem
from youthcourt.cases.models import Case
from youthcourt.cases.ports import SentenceBefore
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.courts.queries import policy_on
from youthcourt.people.calendar import court_day
from youthcourt.sentences.domain import BEFORE, SanctionEventKind, ServiceBasis, ServiceState
from youthcourt.sentences.models import Sanction, SanctionEvent, Sentence, ServiceRecord
from youthcourt.sentences.services.confirming import confirm_counted
from youthcourt.sentences.services.sentencing import put_on_jury_list, rule_text


def record_sentence_before(
    session: Session, sentence: SentenceBefore, actor: Actor, now: datetime
) -> None:
    """Record the sentence of a case that is open at that state, and what is done of it.

    Nobody heard it here: it has no hearing, no way in which a panel agreed, and no range of a
    class that it would have to keep to.  What is done
    of an item is one confirmed piece of service under a key of the case, so that
    required = confirmed + pending + booked + to book holds from the first day.
    """
    case = session.get_one(Case, sentence.case_id)
    policy = policy_on(session, day=sentence.sentenced_on)
    stored = Sentence(
        case_id=case.id,
        policy_id=policy.id,
        sentenced_on=sentence.sentenced_on,
        offence_class=case.offence_class,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    session.add(stored)
    session.flush()
    sanctions = [_sanction(stored, case, item) for item in sentence.items]
    session.add_all(sanctions)
    session.flush()
    record_act(
        session,
        act="sentence_before_recorded",
        subject=Subject(kind="sentence", id=stored.id, case_id=case.id, person_id=case.person_id),
        actor=actor,
        now=now,
        items=len(sanctions),
    )
    if any(item.kind is SanctionKind.JURY for item in sentence.items):
        put_on_jury_list(session, case.person_id, actor=actor, now=now)
    for item, sanction in zip(sentence.items, sanctions, strict=True):
        if item.done:
            _note_done(session, sentence, item, sanction, actor=actor, now=now)


def _sanction(stored: Sentence, case: Case, item: PlannedItem) -> Sanction:
    return Sanction(
        sentence_id=stored.id,
        case_id=case.id,
        person_id=case.person_id,
        kind=item.kind,
        unit=item.unit,
        label=item.label,
        amount=item.ordered,
        due_on=item.due_on,
        due_rule=rule_text(item.due),
    )


def _note_done(
    session: Session,
    sentence: SentenceBefore,
    item: PlannedItem,
    sanction: Sanction,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    done_on = done_by(sentence.sentenced_on, item.due_on, today=court_day(session, now))
    if item.unit in {Unit.SESSIONS, Unit.MINUTES}:
        _serve(session, item, sanction, done_on, actor=actor, now=now)
        return
    sanction.finished_on = done_on
    event = SanctionEvent(
        sanction_id=sanction.id,
        kind=SanctionEventKind.FINISHED,
        reason=BEFORE,
        at=now,
        by=actor.user_id,
    )
    session.add(event)
    session.flush()


def done_by(sentenced_on: date, due_on: date | None, *, today: date) -> date:
    """Return the day that stands for everything done before: today, or the last day if earlier.

    A list of before tells how much is done, not when.  The last day stands where it is over, so
    that nobody is taken for late because records began late; never a day before the sentence.
    """
    return max(sentenced_on, min(today, due_on or today))


def _serve(
    session: Session,
    item: PlannedItem,
    sanction: Sanction,
    served_on: date,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Confirm what is done as one piece; how long sessions of before took is not known."""
    in_sessions = item.unit is Unit.SESSIONS
    record = ServiceRecord(
        id=uuid.uuid4(),
        person_id=sanction.person_id,
        sanction_id=sanction.id,
        state=ServiceState.CONFIRMED,
        kind=item.kind,
        basis=ServiceBasis.ORDERED,
        sessions=item.done if in_sessions else 0,
        minutes=0 if in_sessions else item.done,
        served_on=served_on,
        proof=BEFORE,
        source_key=f"before:{sanction.id}",
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    confirm_counted(session, record, reason=BEFORE, actor=actor, now=now)
