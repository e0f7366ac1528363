"""Taking confirmed service back, wholly or to put it right; never by editing a ledger."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind
from youthcourt.credits.domain import earned_key
from youthcourt.credits.queries import is_posted
from youthcourt.credits.services import reverse_transfer
from youthcourt.sentences.domain import ServiceBasis, ServicePiece, ServiceState, allocate
from youthcourt.sentences.domain.reasons import RecountReason
from youthcourt.sentences.models import Allocation, Sanction, ServiceEvent, ServiceRecord
from youthcourt.sentences.queries.progress import open_obligations
from youthcourt.sentences.services.confirming import confirm_service
from youthcourt.sentences.services.rows import (
    amounts_given,
    check_cases_open,
    check_fresh,
    check_move,
    locked_service,
    move,
    note_move,
)


def reverse_service(
    session: Session,
    *,
    service_id: uuid.UUID,
    reason: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Take a confirmed piece back: what it counted for is owed again, its credits are returned.

    Its parts stay as the record of what was; they count only while it is confirmed.  What had
    been served beyond the sentence now counts for it.  What counts for a closed case stays:
    ``case_is_closed``.
    """
    record = locked_service(session, service_id)
    if record.state is ServiceState.REVERSED:
        return record
    check_fresh(record, version)
    _take_back(session, record, reason=reason, actor=actor, now=now)
    _count_what_was_beyond(session, record.person_id, record.kind, actor=actor, now=now)
    return record


def correct_service(
    session: Session,
    *,
    service_id: uuid.UUID,
    sessions: int | None = None,
    minutes: int | None = None,
    reason: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Put the amounts of a confirmed piece right; return the piece that stands now.

    The old one is taken back and stays to be read; the new one bears its source key, counts
    and earns as if it had been confirmed so at once.
    """
    record = locked_service(session, service_id)
    amounts = amounts_given(record, sessions, minutes)
    check_fresh(record, version)
    check_move(record.state, ServiceState.REVERSED, reason=reason, actor=actor)
    if amounts == (record.sessions, record.minutes):
        return record
    _take_back(session, record, reason=reason, actor=actor, now=now)
    right = _put_again(session, record, *amounts, reason=reason, actor=actor, now=now)
    _count_what_was_beyond(session, record.person_id, record.kind, actor=actor, now=now)
    return right


def _take_back(
    session: Session, record: ServiceRecord, *, reason: str, actor: Actor, now: datetime
) -> None:
    check_move(record.state, ServiceState.REVERSED, reason=reason, actor=actor)
    cases = session.scalars(
        select(Sanction.case_id)
        .join(Allocation, Allocation.sanction_id == Sanction.id)
        .where(Allocation.service_id == record.id)
    )
    check_cases_open(session, set(cases))
    move(session, record, ServiceState.REVERSED, reason=reason, actor=actor, now=now)
    if is_posted(session, earned_key(record.id)):
        reverse_transfer(
            session, source_key=earned_key(record.id), reason=reason, actor=actor, now=now
        )


def _put_again(
    session: Session,
    old: ServiceRecord,
    sessions: int,
    minutes: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Confirm a piece in place of one just taken back, under the key of that one.

    Whoever asks by the key, such as a seat for its service, finds what stands.
    """
    key, old.source_key = old.source_key, f"replaced:{old.id}"
    session.flush()
    new = ServiceRecord(
        person_id=old.person_id,
        sanction_id=old.sanction_id,
        state=ServiceState.PENDING,
        kind=old.kind,
        basis=_meant(session, old),
        sessions=sessions,
        minutes=minutes,
        served_on=old.served_on,
        place=old.place,
        supervisor=old.supervisor,
        proof=old.proof,
        proof_file_id=old.proof_file_id,
        source_key=key,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    session.add(new)
    session.flush()
    note_move(session, new, None, reason=reason, actor=actor, now=now)
    return confirm_service(session, service_id=new.id, actor=actor, now=now)


def _count_what_was_beyond(
    session: Session,
    person_id: uuid.UUID,
    kind: SanctionKind,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Let service that was beyond the sentence fill what is owed again, the oldest first.

    Each piece is confirmed anew, so that both ledgers say why; what was given freely from the
    start stays a gift.
    """
    for key in [record.id for record in _beyond(session, person_id, kind)]:
        record = locked_service(session, key)
        if not _would_count(session, record):
            continue
        amounts = record.sessions, record.minutes
        again = RecountReason.COUNTED_AGAIN
        _take_back(session, record, reason=again, actor=actor, now=now)
        _put_again(session, record, *amounts, reason=again, actor=actor, now=now)


def _beyond(session: Session, person_id: uuid.UUID, kind: SanctionKind) -> Iterator[ServiceRecord]:
    """Yield confirmed pieces meant for a sentence of which a part counts for none.

    A piece that also counts for a closed case is left alone: that part would be lost.
    """
    closed = (
        select(Allocation.service_id)
        .join(Sanction, Sanction.id == Allocation.sanction_id)
        .join(Case, Case.id == Sanction.case_id)
        .where(Case.state == CaseState.CLOSED)
    )
    rows = session.scalars(
        select(ServiceRecord)
        .where(
            ServiceRecord.person_id == person_id,
            ServiceRecord.kind == kind,
            ServiceRecord.state == ServiceState.CONFIRMED,
            ServiceRecord.id.in_(
                select(Allocation.service_id).where(Allocation.sanction_id.is_(None))
            ),
            ServiceRecord.id.not_in(closed),
        )
        .order_by(ServiceRecord.served_on, ServiceRecord.recorded_at, ServiceRecord.id)
    )
    for record in rows.all():
        if _meant(session, record) is ServiceBasis.ORDERED:
            yield record


def _would_count(session: Session, record: ServiceRecord) -> bool:
    """Return whether the part of a piece that counts for nothing owed now would count."""
    free = session.execute(
        select(Allocation.sessions, Allocation.minutes).where(
            Allocation.service_id == record.id, Allocation.sanction_id.is_(None)
        )
    ).one()
    piece = ServicePiece(
        id=record.id,
        kind=record.kind,
        state=record.state,
        sessions=free.sessions,
        minutes=free.minutes,
        obligation_id=record.sanction_id,
    )
    owed = open_obligations(session, person_id=record.person_id, served_on=record.served_on)
    return any(part.obligation_id is not None for part in allocate(piece, owed))


def _meant(session: Session, record: ServiceRecord) -> ServiceBasis:
    """Return whether a piece was meant for a sentence, whatever it came to count for."""
    return ServiceBasis(_confirmation(session, record).get("meant", record.basis))


def _confirmation(session: Session, record: ServiceRecord) -> dict[str, Any]:
    """Return what was kept when a piece was confirmed; a piece is confirmed once."""
    found: dict[str, Any] | None = session.scalar(
        select(ServiceEvent.params).where(
            ServiceEvent.service_id == record.id,
            ServiceEvent.to_state == ServiceState.CONFIRMED,
        )
    )
    return found or {}
