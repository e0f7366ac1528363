"""The tries to reach a family."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.choices import REACHED, ContactMethod, ContactOutcome
from youthcourt.cases.domain.contacts import check_call_again
from youthcourt.cases.models import ContactAttempt
from youthcourt.cases.services.life import live_case, subject_of
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.models import Adult


def record_contact(
    session: Session,
    *,
    case_id: uuid.UUID,
    method: ContactMethod | str,
    outcome: ContactOutcome | str,
    tried_on: date,
    call_again_on: date | None = None,
    adult_id: uuid.UUID | None = None,
    note: str | None = None,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> ContactAttempt:
    """Keep one try; the first that reached the family stops the clock for an answer.

    An adult who must never be contacted is refused.  The same ``key`` keeps it once.
    ``call_again_on`` of the latest try is the day the family waits for.
    """
    case = live_case(session, case_id)
    known = session.get(ContactAttempt, key) if key else None
    if known is not None:
        return known
    if tried_on < case.referred_on:
        raise CourtRuleBroken("before_referral", "tried_on", referred_on=case.referred_on)
    check_call_again(call_again_on, tried_on=tried_on)
    if adult_id is not None:
        _check_adult(session, adult_id, person_id=case.person_id)
    attempt = ContactAttempt(
        id=key or uuid.uuid4(),
        case_id=case.id,
        adult_id=adult_id,
        method=ContactMethod(method).value,
        outcome=ContactOutcome(outcome).value,
        tried_on=tried_on,
        call_again_on=call_again_on,
        note=note,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    session.add(attempt)
    reached = attempt.outcome in REACHED
    if reached and (case.contacted_on is None or tried_on < case.contacted_on):
        case.contacted_on = tried_on
    session.flush()
    record_act(
        session,
        act="contact_tried",
        subject=subject_of(case, kind="contact_attempt", key=attempt.id),
        actor=actor,
        now=now,
        method=attempt.method,
        outcome=attempt.outcome,
    )
    return attempt


def _check_adult(session: Session, adult_id: uuid.UUID, *, person_id: uuid.UUID) -> None:
    adult = session.get(Adult, adult_id)
    if adult is None or adult.person_id != person_id or adult.ended_on is not None:
        raise CourtRuleBroken("adult_not_of_this_youth", "adult_id")
    if adult.never_disclose:
        raise CourtRuleBroken("adult_never_contacted", "adult_id")
