"""The life of a piece of service up to its confirmation, and the refusals along the way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, ActorKind, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.files.domain import CheckedUpload
from youthcourt.files.services import keep_file
from youthcourt.people.calendar import court_day
from youthcourt.people.models import Person
from youthcourt.people.queries import live_person
from youthcourt.sentences.domain import (
    ServiceActor,
    ServiceBasis,
    ServiceState,
    check_service_transition,
)
from youthcourt.sentences.models import Sanction, Sentence, ServiceEvent, ServiceRecord

MOST_SESSIONS = 20
MOST_MINUTES = 100 * 60

_HANDS = {
    ActorKind.STAFF: ServiceActor.STAFF,
    ActorKind.JUROR: ServiceActor.JUROR,
    ActorKind.SYSTEM: ServiceActor.SYSTEM,
}


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
    if served_on > court_day(session, now):
        raise CourtRuleBroken("day_in_future", "served_on")
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


# --- What every act on service shares -----------------------------------------------------------


def hold_person(session: Session, person_id: uuid.UUID) -> None:
    """Let nobody else count service of this person until the transaction ends.

    Weaker than the lock of who changes the person, so that rows may still point at them.
    """
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def locked_service(session: Session, service_id: uuid.UUID) -> ServiceRecord:
    """Return a piece of service as it is stored now and hold it and its person."""
    query = select(ServiceRecord.person_id).where(ServiceRecord.id == service_id)
    person_id = session.scalar(query)
    if person_id is None:
        raise NotFound
    hold_person(session, person_id)
    record = session.scalar(
        select(ServiceRecord)
        .where(ServiceRecord.id == service_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if record is None:
        raise NotFound
    return record


def check_fresh(record: ServiceRecord, version: int | None) -> None:
    """Raise ``Stale`` when the page that acts showed an older version."""
    if version is not None and version != record.version_id:
        raise Stale("service_changed_meanwhile")


def check_served(session: Session, record: ServiceRecord, *, now: datetime) -> None:
    """Raise ``CourtRuleBroken`` while the day of the service is still to come."""
    if record.served_on > court_day(session, now):
        raise CourtRuleBroken("service_not_served_yet", on=record.served_on)


def amounts_given(
    record: ServiceRecord, sessions: int | None, minutes: int | None
) -> tuple[int, int]:
    """Return sessions and minutes, those of the record where none are given; refuse nonsense."""
    wanted = (
        record.sessions if sessions is None else sessions,
        record.minutes if minutes is None else minutes,
    )
    check_amounts(*wanted)
    return wanted


def check_amounts(sessions: int, minutes: int) -> None:
    """Raise ``CourtRuleBroken`` unless there is something, and no more than can be true."""
    if not 0 <= sessions <= MOST_SESSIONS:
        raise CourtRuleBroken("sessions_out_of_range", "sessions", max=MOST_SESSIONS)
    if not 0 <= minutes <= MOST_MINUTES:
        raise CourtRuleBroken("service_minutes_out_of_range", "minutes", max_minutes=MOST_MINUTES)
    if not sessions and not minutes:
        raise CourtRuleBroken("service_empty", "minutes")


def subject_of(
    session: Session, record: ServiceRecord, case_id: uuid.UUID | None = None
) -> Subject:
    """Return what an act on a piece of service is about, with its case where it has one."""
    if case_id is None and record.sanction_id is not None:
        case_id = session.scalar(select(Sanction.case_id).where(Sanction.id == record.sanction_id))
    return Subject(kind="service", id=record.id, case_id=case_id, person_id=record.person_id)


def move(
    session: Session,
    record: ServiceRecord,
    target: ServiceState,
    *,
    reason: str | None = None,
    params: Mapping[str, object] | None = None,
    case_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Change the state of a piece along the table of moves and keep who did it and why."""
    source = record.state
    check_service_transition(source, target, by=_HANDS[actor.kind], reason=reason)
    record.state = target
    session.flush()
    _note(
        session,
        record,
        source,
        reason=reason,
        params=params,
        case_id=case_id,
        actor=actor,
        now=now,
    )
    return record


def _note(
    session: Session,
    record: ServiceRecord,
    source: ServiceState | None,
    *,
    reason: str | None = None,
    params: Mapping[str, object] | None = None,
    case_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    event = ServiceEvent(
        service_id=record.id,
        from_state=source,
        to_state=record.state,
        reason=reason,
        params=dict(params or {}),
        at=now,
        by=actor.user_id,
    )
    session.add(event)
    session.flush()
    record_act(
        session,
        act=f"service_{record.state.value}",
        subject=subject_of(session, record, case_id),
        actor=actor,
        now=now,
        kind=record.kind,
        sessions=record.sessions,
        minutes=record.minutes,
        reason=reason,
    )


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
    check_service_transition(None, state, by=_HANDS[actor.kind])
    earlier = _known(session, record)
    if earlier is not None:
        return earlier
    live_person(session, record.person_id)
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
    _note(session, record, None, actor=actor, now=now)
    return record


def _known(session: Session, record: ServiceRecord) -> ServiceRecord | None:
    """Return what is stored under the source key; refuse another act under the same key."""
    earlier = session.scalar(
        select(ServiceRecord).where(ServiceRecord.source_key == record.source_key)
    )
    if earlier is None:
        return None
    names = ("person_id", "kind", "sessions", "minutes", "served_on", "sanction_id")
    if any(getattr(earlier, name) != getattr(record, name) for name in names):
        raise CourtRuleBroken("source_key_reused", source_key=record.source_key)
    if earlier.state is ServiceState.DENIED:
        raise CourtRuleBroken("service_booking_ended")
    return earlier


def _check_sanction(session: Session, record: ServiceRecord) -> None:
    row = session.execute(
        select(Sanction.person_id, Sanction.kind, Sentence.sentenced_on, Case.state)
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .join(Case, Case.id == Sanction.case_id)
        .where(Sanction.id == record.sanction_id)
    ).first()
    if row is None or row.person_id != record.person_id or row.kind is not record.kind:
        raise CourtRuleBroken("sanction_not_of_person", "sanction_id")
    if row.state is CaseState.CLOSED:
        raise CourtRuleBroken("case_is_closed")
    if record.served_on < row.sentenced_on:
        raise CourtRuleBroken("served_before_sentence", "served_on", on=row.sentenced_on)
