"""Confirming service: the one place where both ledgers are written."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.credits.domain import earned_key
from youthcourt.credits.queries import rule_text
from youthcourt.credits.services import post_earning, prepare_earning
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain import Allocation, ServiceBasis, ServiceState
from youthcourt.sentences.models import (
    Allocation as StoredAllocation,
)
from youthcourt.sentences.models import Sanction, ServiceRecord
from youthcourt.sentences.queries.earning import counted_parts, credit_of
from youthcourt.sentences.services.rows import (
    amounts_given,
    check_fresh,
    check_move,
    check_served,
    locked_service,
    move,
)


def confirm_service(
    session: Session,
    *,
    service_id: uuid.UUID,
    sessions: int | None = None,
    minutes: int | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRecord:
    """Confirm a piece of service: it counts for the sentence and earns its credits, once.

    Counted for the open obligations of its kind, earliest due first; what is beyond them is
    voluntary.  Confirmed again with the same amounts nothing happens; other amounts are refused,
    because what is in the ledgers is reversed, never edited.
    """
    prepare_earning(session, now=now)
    record = locked_service(session, service_id)
    amounts = amounts_given(record, sessions, minutes)
    if record.state is ServiceState.CONFIRMED:
        if amounts == (record.sessions, record.minutes):
            return record
        raise CourtRuleBroken("service_confirmed_already")
    check_fresh(record, version)
    if record.state is not ServiceState.BOOKED:
        check_move(record.state, ServiceState.CONFIRMED, actor=actor)
    check_served(session, record, now=now)
    if record.state is ServiceState.BOOKED:
        move(session, record, ServiceState.PENDING, actor=actor, now=now)
    record.sessions, record.minutes = amounts
    return _confirm(session, record, actor=actor, now=now)


def _confirm(
    session: Session, record: ServiceRecord, *, actor: Actor, now: datetime
) -> ServiceRecord:
    """Spread a piece over what is owed, let it earn, and keep how both came about."""
    parts = counted_parts(session, record)
    ordered = any(part.obligation_id is not None for part in parts)
    meant, record.basis = (
        record.basis,
        ServiceBasis.ORDERED if ordered else ServiceBasis.VOLUNTARY,
    )
    line = credit_of(session, record, parts)
    move(
        session,
        record,
        ServiceState.CONFIRMED,
        params={
            "earning_minutes": line.served,
            "credited": line.credited,
            "rounding": line.rounding.value,
            "meant": meant.value,
        },
        case_id=_one_case(session, parts),
        actor=actor,
        now=now,
    )
    _keep(session, record, parts)
    if line.credited:
        post_earning(
            session,
            person_id=record.person_id,
            minutes=line.credited,
            happened_on=record.served_on,
            source_key=earned_key(record.id),
            rule=rule_text(line.rounding, line.served),
            actor=actor,
            now=now,
        )
    return record


def _keep(session: Session, record: ServiceRecord, parts: Collection[Allocation]) -> None:
    session.add_all(
        StoredAllocation(
            service_id=record.id,
            sanction_id=part.obligation_id,
            sessions=part.sessions,
            minutes=part.minutes,
        )
        for part in parts
    )
    session.flush()


def _one_case(session: Session, parts: Collection[Allocation]) -> uuid.UUID | None:
    """Return the case a piece counts for, None where there is none or more than one."""
    sanctions = [part.obligation_id for part in parts if part.obligation_id]
    cases = set(session.scalars(select(Sanction.case_id).where(Sanction.id.in_(sanctions))))
    return cases.pop() if len(cases) == 1 else None
