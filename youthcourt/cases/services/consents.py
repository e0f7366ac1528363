"""The papers a case needs, as its policy words them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.queries.facts import policy_of_case
from youthcourt.cases.services.life import live_case
from youthcourt.courts.domain import ConsentKind
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.people.models import Consent
from youthcourt.people.services import record_consent, withdraw_consent


def record_case_consent(
    session: Session,
    *,
    case_id: uuid.UUID,
    kind: ConsentKind,
    language: str,
    interpreter: str | None,
    adult_id: uuid.UUID | None,
    signed_on: date,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Record a signed paper in the version of the case's policy.

    The signed admission sets the day of admission, which time limits may count from.  The
    same ``key`` records it once.
    """
    case = live_case(session, case_id)
    rule = policy_of_case(session, case).consent(kind)
    if rule is None:
        raise NotFound
    if signed_on < case.referred_on and kind is not ConsentKind.CONFIDENTIALITY:
        raise CourtRuleBroken("before_referral", "signed_on", referred_on=case.referred_on)
    consent = record_consent(
        session,
        person_id=case.person_id,
        case_id=case.id,
        kind=kind,
        text_version=rule.text_version,
        language=language,
        interpreter=interpreter,
        adult_id=adult_id,
        signed_on=signed_on,
        key=key,
        actor=actor,
        now=now,
    )
    if kind is ConsentKind.ADMISSION:
        case.admitted_on = signed_on
        session.flush()
    return consent


def withdraw_case_consent(
    session: Session,
    *,
    case_id: uuid.UUID,
    consent_id: uuid.UUID,
    withdrawn_on: date,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Record that a paper was taken back; the case stays where it is until staff decide."""
    case = live_case(session, case_id)
    consent = withdraw_consent(
        session,
        person_id=case.person_id,
        consent_id=consent_id,
        withdrawn_on=withdrawn_on,
        actor=actor,
        now=now,
    )
    if consent.kind is ConsentKind.ADMISSION:
        case.admitted_on = None
        session.flush()
    return consent
