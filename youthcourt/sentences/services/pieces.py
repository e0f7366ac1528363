"""The life of a piece of service up to its confirmation, and the refusals along the way."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.domain import CheckedUpload
from youthcourt.files.services import keep_file
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import check_past_day
from youthcourt.people.queries import live_person
from youthcourt.sentences.domain import ServiceBasis, ServiceState
from youthcourt.sentences.models import Sanction, Sentence, ServiceRecord
from youthcourt.sentences.services.rows import (
    amounts_given,
    check_amounts,
    check_day_left,
    check_fresh,
    check_move,
    check_served,
    hold_person,
    keep_person,
    locked_service,
    move,
    note_move,
    subject_of,
)

__all__ = [
    "attach_proof",
    "book_service",
    "bring_back_service",
    "cancel_booking",
    "deny_service",
    "hold_person",
    "report_service",
    "submit_service",
]


def book_service(
    session: Session,
    *,
    person_id: uuid.UUID,
    kind: SanctionKind,
    basis: ServiceBasis = ServiceBasis.ORDERED,
    sessions: int,
    minutes: int,
    served_on: date,
    source_key: str,
    sanction_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Book a piece of service for a day; the same source key books it once.

    Booked as ordered it counts for what is owed, earliest due first, and what is beyond that is
    voluntary by itself.  Booked as voluntary it counts for no sentence.
    """
    record = ServiceRecord(
        person_id=person_id,
        kind=kind,
        basis=basis,
        sessions=sessions,
        minutes=minutes,
        served_on=served_on,
        source_key=source_key,
        sanction_id=sanction_id,
    )
    return _add(session, record, ServiceState.BOOKED, actor=actor, now=now)


def report_service(
    session: Session,
    *,
    person_id: uuid.UUID,
    kind: SanctionKind,
    basis: ServiceBasis = ServiceBasis.ORDERED,
    sessions: int = 0,
    minutes: int,
    served_on: date,
    place: str | None = None,
    supervisor: str | None = None,
    proof: str | None = None,
    source_key: str,
    sanction_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Write down service that was done, such as hours at a site; it waits to be confirmed."""
    by_hand = kind is not SanctionKind.JURY  # a session of the jury knows its own day
    check_past_day(
        served_on,
        today=court_day(session, now),
        birth_date=live_person(session, person_id).birth_date if by_hand else None,
        field="served_on",
    )
    record = ServiceRecord(
        person_id=person_id,
        kind=kind,
        basis=basis,
        sessions=sessions,
        minutes=minutes,
        served_on=served_on,
        place=place,
        supervisor=supervisor,
        proof=proof,
        source_key=source_key,
        sanction_id=sanction_id,
    )
    return _add(session, record, ServiceState.PENDING, actor=actor, now=now)


def attach_proof(
    session: Session,
    *,
    service_id: uuid.UUID,
    upload: CheckedUpload,
    folder: Path,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Keep a checked file, such as a signed sheet, as the proof of a piece of service."""
    record = locked_service(session, service_id)
    stored = keep_file(
        session,
        data=upload.data,
        filename=upload.safe_name,
        content_type=upload.content_type,
        sha256=upload.sha256,
        subject=subject_of(session, record),
        folder=folder,
        actor=actor,
        now=now,
    )
    record.proof_file_id = stored.id
    session.flush()
    return record


def submit_service(
    session: Session,
    *,
    service_id: uuid.UUID,
    sessions: int | None = None,
    minutes: int | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Say that a booked piece was served, so that it waits to be confirmed."""
    record = locked_service(session, service_id)
    amounts = amounts_given(record, sessions, minutes)
    if record.state is ServiceState.PENDING and amounts == (record.sessions, record.minutes):
        return record
    check_move(record.state, ServiceState.PENDING, actor=actor)
    check_served(session, record, now=now)
    record.sessions, record.minutes = amounts
    return move(session, record, ServiceState.PENDING, actor=actor, now=now)


def deny_service(
    session: Session,
    *,
    service_id: uuid.UUID,
    reason: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Let a booked or reported piece count for nothing; denied twice, it is denied once."""
    record = locked_service(session, service_id)
    if record.state is ServiceState.DENIED:
        return record
    check_fresh(record, version)
    return move(session, record, ServiceState.DENIED, reason=reason, actor=actor, now=now)


def cancel_booking(
    session: Session, *, service_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> ServiceRecord:
    """Let a booking fall through; only what is booked can be cancelled."""
    record = locked_service(session, service_id)
    if record.state not in {ServiceState.BOOKED, ServiceState.DENIED}:
        raise CourtRuleBroken("service_not_booked", state=record.state)
    return deny_service(session, service_id=service_id, reason=reason, actor=actor, now=now)


def bring_back_service(
    session: Session,
    *,
    service_id: uuid.UUID,
    reason: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Let a denied piece wait for confirmation again, for example after a dispute."""
    record = locked_service(session, service_id)
    check_fresh(record, version)
    check_served(session, record, now=now)
    return move(session, record, ServiceState.PENDING, reason=reason, actor=actor, now=now)


def _add(
    session: Session,
    record: ServiceRecord,
    state: ServiceState,
    *,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Store a new piece, or return the one that is there under its source key."""
    check_amounts(record.sessions, record.minutes)
    check_move(None, state, actor=actor)
    earlier = _known(session, record)
    if earlier is not None:
        return earlier
    keep_person(session, record.person_id)
    live_person(session, record.person_id)
    check_day_left(session, record, record.minutes)
    if record.sanction_id is not None:
        _check_sanction(session, record)
    record.state, record.recorded_at, record.recorded_by = state, now, actor.user_id
    try:
        with session.begin_nested():
            session.add(record)
            session.flush()
    except IntegrityError:
        earlier = _known(session, record)
        if earlier is None:
            raise
        return earlier
    note_move(session, record, None, actor=actor, now=now)
    return record


def _known(session: Session, record: ServiceRecord) -> ServiceRecord | None:
    """Return what is stored under the source key; refuse another act under the same key.

    A key whose piece was denied or taken back is spent: what was really done has a new one.
    """
    earlier = session.scalar(
        select(ServiceRecord).where(ServiceRecord.source_key == record.source_key)
    )
    if earlier is None:
        return None
    names = ("person_id", "kind", "sessions", "minutes", "served_on", "sanction_id")
    if any(getattr(earlier, name) != getattr(record, name) for name in names):
        raise CourtRuleBroken("source_key_reused", source_key=record.source_key)
    if earlier.state in {ServiceState.DENIED, ServiceState.REVERSED}:
        raise CourtRuleBroken("service_booking_ended")
    return earlier


def _check_sanction(session: Session, record: ServiceRecord) -> None:
    row = session.execute(
        select(
            Sanction.person_id,
            Sanction.kind,
            Sentence.sentenced_on,
            Sentence.withdrawn_at,
            Case.state,
        )
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .join(Case, Case.id == Sanction.case_id)
        .where(Sanction.id == record.sanction_id)
    ).first()
    if row is None or row.person_id != record.person_id or row.kind is not record.kind:
        raise CourtRuleBroken("sanction_not_of_person", "sanction_id")
    if row.state is CaseState.CLOSED:
        raise CourtRuleBroken("case_is_closed")
    if row.withdrawn_at is not None:
        raise CourtRuleBroken("sentence_was_withdrawn")
    if record.served_on < row.sentenced_on:
        raise CourtRuleBroken("served_before_sentence", "served_on", on=row.sentenced_on)
