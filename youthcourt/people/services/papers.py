"""Papers that were signed, and their withdrawal."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.domain import ConsentKind
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import check_past_day
from youthcourt.people.models import Adult, Consent
from youthcourt.people.pointers import model_of
from youthcourt.people.queries.adults import adult_of
from youthcourt.people.queries.persons import live_person

NEEDS_ADULT = frozenset({ConsentKind.GUARDIAN_CONSENT})
_LIMITS = {"text_version": 20, "language": 12, "interpreter": 200}


def record_consent(
    session: Session,
    *,
    person_id: uuid.UUID,
    case_id: uuid.UUID | None,
    kind: ConsentKind,
    text_version: str,
    language: str,
    interpreter: str | None,
    adult_id: uuid.UUID | None,
    signed_on: date,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Record a signed paper; without an adult the youth signed alone.

    The promise of confidentiality belongs to the person, whatever case is named; every other
    paper belongs to a case.  The same ``key`` records it once.
    """
    person = live_person(session, person_id, lock=key is not None)
    known = session.get(Consent, key) if key else None
    if known is not None:
        return known
    given = {"text_version": text_version, "language": language, "interpreter": interpreter}
    for name, limit in _LIMITS.items():
        if len(given[name] or "") > limit:
            raise CourtRuleBroken("too_long", name, max=limit)
    check_past_day(
        signed_on, today=court_day(session, now), birth_date=person.birth_date, field="signed_on"
    )
    belongs_to = _case(session, person_id, case_id, kind)
    _check_signer(session, person_id, adult_id, kind)
    consent = Consent(
        id=key or uuid.uuid4(),
        person_id=person_id,
        case_id=belongs_to,
        kind=kind,
        text_version=text_version,
        language=language,
        interpreter=interpreter or None,
        adult_id=adult_id,
        signed_on=signed_on,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    session.add(consent)
    session.flush()
    _note(session, consent, act="consent_recorded", actor=actor, now=now)
    return consent


def withdraw_consent(
    session: Session,
    *,
    person_id: uuid.UUID,
    consent_id: uuid.UUID,
    withdrawn_on: date,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Record that a signed paper was taken back; a second time changes nothing."""
    live_person(session, person_id)
    consent = session.scalar(
        select(Consent)
        .where(Consent.id == consent_id, Consent.person_id == person_id)
        .with_for_update()
    )
    if consent is None:
        raise NotFound
    if consent.withdrawn_on is not None:
        return consent
    if withdrawn_on > court_day(session, now):
        raise CourtRuleBroken("day_in_future", "withdrawn_on")
    if withdrawn_on < consent.signed_on:
        raise CourtRuleBroken(
            "withdrawn_before_signed", "withdrawn_on", signed_on=consent.signed_on
        )
    consent.withdrawn_on = withdrawn_on
    session.flush()
    _note(session, consent, act="consent_withdrawn", actor=actor, now=now)
    return consent


def _case(
    session: Session, person_id: uuid.UUID, case_id: uuid.UUID | None, kind: ConsentKind
) -> uuid.UUID | None:
    if kind is ConsentKind.CONFIDENTIALITY:
        return None
    if case_id is None:
        raise CourtRuleBroken("consent_needs_case", "paper")
    case = model_of("cases")
    found = session.scalar(select(case.id).where(case.id == case_id, case.person_id == person_id))
    if found is None:
        raise NotFound
    return case_id


def _check_signer(
    session: Session, person_id: uuid.UUID, adult_id: uuid.UUID | None, kind: ConsentKind
) -> None:
    if adult_id is None:
        if kind in NEEDS_ADULT:
            raise CourtRuleBroken("adult_must_sign", "adult_id")
        return
    adult: Adult = adult_of(session, person_id=person_id, adult_id=adult_id)
    if adult.never_disclose:
        raise CourtRuleBroken("never_told_cannot_sign", "adult_id")
    if kind in NEEDS_ADULT and not adult.may_consent:
        raise CourtRuleBroken("adult_may_not_consent", "adult_id")


def _note(session: Session, consent: Consent, *, act: str, actor: Actor, now: datetime) -> None:
    record_act(
        session,
        act=act,
        subject=Subject(
            kind="consent", id=consent.id, case_id=consent.case_id, person_id=consent.person_id
        ),
        actor=actor,
        now=now,
        kind=consent.kind,
    )
