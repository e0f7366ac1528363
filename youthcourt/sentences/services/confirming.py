"""Confirming service: the one place where both ledgers are written."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.credits.domain import CreditLine, earned_key
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
    check_day_left,
    check_fresh,
    check_move,
    check_served,
    locked_service,
    move,
    note_move,
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
    check_day_left(session, record, amounts[1])
    if record.state is ServiceState.BOOKED:
        move(session, record, ServiceState.PENDING, actor=actor, now=now)
    record.sessions, record.minutes = amounts
    return _confirm(session, record, actor=actor, now=now)


def confirm_counted(
    session: Session, record: ServiceRecord, *, reason: str, actor: Actor, now: datetime
) -> ServiceRecord:
    """Add a new piece that is confirmed from the start: all that was served before, in one sum."""
    prepare_earning(session, now=now)
    check_move(None, ServiceState.CONFIRMED, reason=reason, actor=actor)
    worth = _worth(session, record)
    record.state = ServiceState.CONFIRMED
    session.add(record)
    session.flush()
    note_move(
        session,
        record,
        None,
        reason=reason,
        params=worth.params,
        case_id=_one_case(session, worth.parts),
        actor=actor,
        now=now,
    )
    return _post(session, record, worth, actor=actor, now=now)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Worth:
    """What a piece counts for and earns, and how both came about."""

    parts: tuple[Allocation, ...]
    line: CreditLine
    params: dict[str, object]


def _confirm(
    session: Session, record: ServiceRecord, *, actor: Actor, now: datetime
) -> ServiceRecord:
    """Spread a piece over what is owed, let it earn, and keep how both came about."""
    worth = _worth(session, record)
    move(
        session,
        record,
        ServiceState.CONFIRMED,
        params=worth.params,
        case_id=_one_case(session, worth.parts),
        actor=actor,
        now=now,
    )
    return _post(session, record, worth, actor=actor, now=now)


def _worth(session: Session, record: ServiceRecord) -> _Worth:
    """Return what a piece counts for and earns; its basis becomes what it counts as."""
    parts = counted_parts(session, record)
    ordered = any(part.obligation_id is not None for part in parts)
    meant, record.basis = (
        record.basis,
        ServiceBasis.ORDERED if ordered else ServiceBasis.VOLUNTARY,
    )
    line = credit_of(session, record, parts)
    params: dict[str, object] = {
        "earning_minutes": line.served,
        "credited": line.credited,
        "rounding": line.rounding.value,
        "meant": meant.value,
    }
    return _Worth(parts=parts, line=line, params=params)


def _post(
    session: Session, record: ServiceRecord, worth: _Worth, *, actor: Actor, now: datetime
) -> ServiceRecord:
    """Write both ledgers of a piece that has just become confirmed."""
    _keep(session, record, worth.parts)
    line = worth.line
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
