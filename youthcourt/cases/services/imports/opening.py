"""What a file says beyond the referral: the adult, the papers signed, the sentence given before."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.domain.imports import PlannedAdult, PlannedCase
from youthcourt.cases.domain.kinds import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.ports import (
    CaseMoved,
    SentenceBefore,
    take_sentence_before,
    tell_followers,
)
from youthcourt.courts.domain import ConsentKind
from youthcourt.people.domain import fold
from youthcourt.people.domain.kinds import AdultChannel, AuthorityProof, Relation, TrainingTopic
from youthcourt.people.models import Adult
from youthcourt.people.services import AdultEntry, add_adult, add_training, record_consent

TEXT_BEFORE = "before"
"""The version of a text that was signed before this court kept its records here."""


def add_beyond_referral(
    session: Session, planned: PlannedCase, *, case_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Add everything of a case that is made already but for what a referral has."""
    case = session.get_one(Case, case_id)
    opening = planned.opening
    signed_on = None if opening is None else opening.consented_on
    adult_id = None
    if planned.adult is not None:
        adult_id = _adult(session, case, planned.adult, signed_on, actor=actor, now=now)
    if opening is None:
        return
    if signed_on is not None and adult_id is not None:
        kind = ConsentKind.GUARDIAN_CONSENT
        _paper(session, case, kind, signed_on, adult_id, actor=actor, now=now)
    if opening.admitted_on is not None:
        kind = ConsentKind.ADMISSION
        _paper(session, case, kind, opening.admitted_on, None, actor=actor, now=now)
    if opening.trained_on is not None:
        add_training(
            session,
            person_id=case.person_id,
            topic=TrainingTopic.JUROR.value,
            finished_on=opening.trained_on,
            actor=actor,
            now=now,
        )
    if opening.sentenced_on is not None:
        sentence = SentenceBefore(
            case_id=case_id, sentenced_on=opening.sentenced_on, items=opening.items
        )
        take_sentence_before(session, sentence, actor=actor, now=now)
    # A case that is ready for its hearing waits for one from here on.
    moved = CaseMoved(
        case_id=case_id,
        person_id=case.person_id,
        source=CaseState.REFERRED,
        target=case.state,
        reason=None,
        on=opening.intake_on or case.referred_on,
    )
    tell_followers(session, moved, actor=actor, now=now)


def _adult(
    session: Session,
    case: Case,
    planned: PlannedAdult,
    signed_on: date | None,
    *,
    actor: Actor,
    now: datetime,
) -> uuid.UUID:
    """Return the adult of this name, made where there is none yet; who signed may sign."""
    adults = session.scalars(select(Adult).where(Adult.person_id == case.person_id)).all()
    known = next((adult for adult in adults if fold(adult.name) == fold(planned.name)), None)
    if known is not None:
        return known.id
    channel = AdultChannel.PHONE if planned.phone else AdultChannel.LETTER
    entry = AdultEntry(
        name=planned.name,
        relation=planned.relation or Relation.OTHER,
        may_consent=signed_on is not None,
        authority_proof=AuthorityProof.WORD_ONLY if signed_on is not None else None,
        phone=planned.phone or None,
        email=planned.email or None,
        language=planned.language.value if planned.language else "en",
        channel=AdultChannel.EMAIL if planned.email else channel,
    )
    return add_adult(session, person_id=case.person_id, entry=entry, actor=actor, now=now).id


def _paper(
    session: Session,
    case: Case,
    kind: ConsentKind,
    signed_on: date,
    adult_id: uuid.UUID | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Record a paper signed before; its text is not one of those this court has here."""
    adult = session.get_one(Adult, adult_id) if adult_id else None
    if adult is not None and (adult.never_disclose or not adult.may_consent):
        # Somebody on record who may not sign here: staff look at the paper themselves.
        return
    record_consent(
        session,
        person_id=case.person_id,
        case_id=case.id,
        kind=kind,
        text_version=TEXT_BEFORE,
        language="en" if adult is None else adult.language,
        interpreter=None,
        adult_id=adult_id,
        signed_on=signed_on,
        actor=actor,
        now=now,
    )
