"""Reading sentences, what happened to their items since, and what a case may be told."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.queries import staff_names
from youthcourt.cases.models import Case
from youthcourt.cases.queries import case_by_id
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.sentences.domain import Agreement, SanctionEventKind, ServiceState
from youthcourt.sentences.models import (
    Allocation,
    Sanction,
    SanctionEvent,
    Sentence,
    ServiceRecord,
)
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.progress import confirmed_of, progress_of


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceLine:
    """What a panel decided in one hearing, without its items; one of before has no hearing."""

    id: uuid.UUID
    case_id: uuid.UUID
    hearing_id: uuid.UUID | None
    policy_id: uuid.UUID
    sentenced_on: date
    offence_class: str | None
    agreement: Agreement | None
    outside_range_reason: str | None
    not_feasible_reason: str | None
    panel_words: str | None
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_for: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """Something that changed an obligation after the sentence."""

    sanction_id: uuid.UUID
    kind: SanctionEventKind
    amount: int | None
    days: int | None
    due_on: date | None
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DoneFor:
    """What counts as done for a part of a sentence: confirmed service, or the part as a whole."""

    sanction_id: uuid.UUID
    label: str
    service_id: uuid.UUID | None
    done_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardCase:
    """A hearing with the case it belongs to and the day on which it is held."""

    hearing: Hearing
    case: Case
    held_on: date | None


def heard_case(session: Session, hearing_id: uuid.UUID) -> HeardCase:
    """Return a hearing of the session's court with its case and day, or raise ``NotFound``."""
    row = session.execute(
        select(Hearing, Case, CourtSession.held_on)
        .join(Case, Case.id == Hearing.case_id)
        .outerjoin(Sitting, Sitting.id == Hearing.sitting_id)
        .outerjoin(CourtSession, CourtSession.id == Sitting.session_id)
        .where(Hearing.id == hearing_id)
    ).first()
    if row is None:
        raise NotFound
    return HeardCase(hearing=row[0], case=row[1], held_on=row[2])


def sentence_of_hearing(session: Session, hearing_id: uuid.UUID) -> Sentence | None:
    """Return the sentence given in a hearing, if one stands."""
    return session.scalar(
        select(Sentence).where(Sentence.hearing_id == hearing_id, Sentence.withdrawn_at.is_(None))
    )


def sentence_rests_on(session: Session, hearing_id: uuid.UUID) -> CourtRuleBroken | None:
    """Return why a hearing stays heard: a sentence was given in it."""
    given = sentence_of_hearing(session, hearing_id)
    return None if given is None else CourtRuleBroken("sentence_rests_on_hearing")


def sentence_by_id(session: Session, sentence_id: uuid.UUID) -> Sentence:
    """Return a sentence of the session's court, or raise ``NotFound``."""
    found = session.get(Sentence, sentence_id)
    if found is None:
        raise NotFound
    return found


def sanction_by_id(session: Session, sanction_id: uuid.UUID) -> Sanction:
    """Return an item of a sentence of the session's court, or raise ``NotFound``."""
    found = session.get(Sanction, sanction_id)
    if found is None:
        raise NotFound
    return found


def sentences_of_case(
    session: Session, *, case_id: uuid.UUID, withdrawn: bool = False
) -> tuple[SentenceLine, ...]:
    """Return the sentences of a case that stand, or those withdrawn; the latest first."""
    rows = session.scalars(
        select(Sentence)
        .where(Sentence.case_id == case_id, Sentence.withdrawn_at.is_not(None) == withdrawn)
        .order_by(Sentence.sentenced_on.desc(), Sentence.recorded_at.desc())
    ).all()
    names = staff_names(session, [by for row in rows for by in (row.recorded_by, row.withdrawn_by)])
    return tuple(
        SentenceLine(
            id=row.id,
            case_id=row.case_id,
            hearing_id=row.hearing_id,
            policy_id=row.policy_id,
            sentenced_on=row.sentenced_on,
            offence_class=row.offence_class,
            agreement=row.agreement,
            outside_range_reason=row.outside_range_reason,
            not_feasible_reason=row.not_feasible_reason,
            panel_words=row.panel_words,
            recorded_at=row.recorded_at,
            recorded_by=names.get(row.recorded_by, "") if row.recorded_by else "",
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=names.get(row.withdrawn_by, "") if row.withdrawn_by else "",
            withdrawn_for=row.withdrawn_for,
        )
        for row in rows
    )


def parts_of_sentence(session: Session, *, sentence_id: uuid.UUID) -> tuple[Sanction, ...]:
    """Return the items of a sentence as they were ordered, by name."""
    query = select(Sanction).where(Sanction.sentence_id == sentence_id)
    return tuple(session.scalars(query.order_by(Sanction.label, Sanction.id)))


def done_for(session: Session, *, sentence_id: uuid.UUID) -> tuple[DoneFor, ...]:
    """Return everything done that counts for a sentence now, service first, in order of days."""
    served = session.execute(
        select(
            Sanction.id, Sanction.label, ServiceRecord.id.label("service"), ServiceRecord.served_on
        )
        .join(Allocation, Allocation.sanction_id == Sanction.id)
        .join(ServiceRecord, ServiceRecord.id == Allocation.service_id)
        .where(Sanction.sentence_id == sentence_id, ServiceRecord.state == ServiceState.CONFIRMED)
        .order_by(ServiceRecord.served_on, ServiceRecord.id, Sanction.id)
    ).all()
    whole = [one for one in parts_of_sentence(session, sentence_id=sentence_id) if one.finished_on]
    return (
        *(
            DoneFor(
                sanction_id=row.id, label=row.label, service_id=row.service, done_on=row.served_on
            )
            for row in served
        ),
        *(
            DoneFor(sanction_id=one.id, label=one.label, service_id=None, done_on=one.finished_on)
            for one in whole
            if one.finished_on
        ),
    )


def obligations_of_case(
    session: Session, *, case_id: uuid.UUID, now: datetime
) -> tuple[SanctionProgress, ...]:
    """Return the obligations of one case with their four parts, without those withdrawn."""
    person_id = case_by_id(session, case_id).person_id
    own = progress_of(session, person_ids=[person_id], now=now)[person_id]
    return tuple(item for item in own if item.case_id == case_id and not item.withdrawn)


def sanction_progress(
    session: Session, *, sanction_id: uuid.UUID, now: datetime
) -> SanctionProgress:
    """Return one obligation with its four parts, or raise ``NotFound``."""
    person_id = sanction_by_id(session, sanction_id).person_id
    own = progress_of(session, person_ids=[person_id], now=now)[person_id]
    return next(item for item in own if item.id == sanction_id)


def details_of(session: Session, *, case_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return what was written about the items of a case, by item."""
    rows = session.execute(
        select(Sanction.id, Sanction.detail).where(
            Sanction.case_id == case_id, Sanction.detail.is_not(None)
        )
    )
    return {row.id: row.detail for row in rows}


def changes_of_sanctions(
    session: Session, *, sanction_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[ChangeLine, ...]]:
    """Return what changed each of these obligations, in the order in which it happened."""
    if not sanction_ids:
        return {}
    rows = session.scalars(
        select(SanctionEvent)
        .where(SanctionEvent.sanction_id.in_(sanction_ids))
        .order_by(SanctionEvent.at, SanctionEvent.id)
    ).all()
    names = staff_names(session, [row.by for row in rows])
    found: defaultdict[uuid.UUID, list[ChangeLine]] = defaultdict(list)
    for row in rows:
        found[row.sanction_id].append(
            ChangeLine(
                sanction_id=row.sanction_id,
                kind=row.kind,
                amount=row.amount,
                days=row.days,
                due_on=row.due_on,
                reason=row.reason,
                at=row.at,
                by=names.get(row.by, "") if row.by else "",
            )
        )
    return {sanction_id: tuple(lines) for sanction_id, lines in found.items()}


def sentence_facts(session: Session, case_id: uuid.UUID) -> dict[str, object]:
    """Return what the moves of a case depend on: sentenced, nothing owed, in time."""
    given = session.scalar(
        select(Sentence.id)
        .where(Sentence.case_id == case_id, Sentence.withdrawn_at.is_(None))
        .limit(1)
    )
    if given is None:
        return {"sentence_recorded": False, "obligations_open": 0, "finished_late": False}
    person_id = case_by_id(session, case_id).person_id
    own = confirmed_of(session, person_ids=[person_id])[person_id]
    items = [item for item in own if item.case_id == case_id and not item.withdrawn]
    return {
        "sentence_recorded": True,
        "obligations_open": sum(not item.satisfied for item in items),
        "finished_late": any(item.finished_late for item in items),
    }
