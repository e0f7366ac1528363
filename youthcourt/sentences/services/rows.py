"""What every act on service shares: holding rows, checks, and one move with its traces."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, ActorKind, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.queries import case_by_id
from youthcourt.cases.services.life import locked_case
from youthcourt.courts.domain import SanctionKind
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.hearings.models import Hearing
from youthcourt.hearings.services import locked_hearing
from youthcourt.people.calendar import court_day
from youthcourt.people.models import Person
from youthcourt.people.queries import live_person
from youthcourt.sentences.domain import (
    ServiceActor,
    ServiceState,
    check_one_day,
    check_service_transition,
)
from youthcourt.sentences.models import Sanction, ServiceEvent, ServiceRecord

MOST_SESSIONS = 20

_STANDS = (ServiceState.BOOKED, ServiceState.PENDING, ServiceState.CONFIRMED)
_HANDS = {
    ActorKind.STAFF: ServiceActor.STAFF,
    ActorKind.JUROR: ServiceActor.JUROR,
    ActorKind.SYSTEM: ServiceActor.SYSTEM,
}


def hold_owner(
    session: Session, model: type[ServiceRecord | Sanction], key: uuid.UUID
) -> uuid.UUID:
    """Let nobody else count service of a row's person meanwhile; return the person.

    Asked again under the lock: a merge may have given the row to another person.
    """
    held: uuid.UUID | None = None
    while True:
        person_id = session.scalar(select(model.person_id).where(model.id == key))
        if person_id is None:
            raise NotFound
        if person_id == held:
            return person_id
        hold_person(session, person_id)
        held = person_id


def hold_person(session: Session, person_id: uuid.UUID) -> None:
    """Let nobody else count service of this person until the transaction ends.

    Weaker than the lock of who changes the person, so that rows may still point at them.
    """
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def keep_person(session: Session, person_id: uuid.UUID) -> None:
    """Let nobody merge this person away until the transaction ends; many may hold it so at once.

    Two draws that book the same people in another order do not wait for each other.
    """
    query = select(Person.id).where(Person.id == person_id)
    session.execute(query.with_for_update(read=True, key_share=True))


def hold_hearing(session: Session, hearing_id: uuid.UUID) -> None:
    """Hold person, case and hearing in the order of everybody who holds more than one."""
    case_id = session.scalar(select(Hearing.case_id).where(Hearing.id == hearing_id))
    if case_id is None:
        raise NotFound
    live_person(session, case_by_id(session, case_id).person_id, lock=True)
    locked_case(session, case_id)
    locked_hearing(session, hearing_id)


def check_cases_open(session: Session, case_ids: Collection[uuid.UUID]) -> None:
    """Hold these cases until the transaction ends; raise ``CourtRuleBroken`` if one is closed.

    Whoever closes a case as completed holds it too, so that what is owed cannot rise meanwhile.
    """
    states = session.scalars(
        select(Case.state).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()
    )
    if CaseState.CLOSED in states.all():
        raise CourtRuleBroken("case_is_closed")


def locked_service(session: Session, service_id: uuid.UUID) -> ServiceRecord:
    """Return a piece of service as it is stored now and hold it and its person."""
    hold_owner(session, ServiceRecord, service_id)
    return locked_row(session, ServiceRecord, service_id)


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
    if minutes < 0:
        raise CourtRuleBroken("service_not_negative", "minutes")
    check_one_day(minutes)
    if not sessions and not minutes:
        raise CourtRuleBroken("service_empty", "minutes")


def check_day_left(session: Session, record: ServiceRecord, minutes: int) -> None:
    """Raise ``CourtRuleBroken`` when a day would have to be longer for what stands on it.

    A session of the jury is never refused for what somebody typed of the same day.
    """
    if record.kind is SanctionKind.JURY:
        return
    query = select(func.coalesce(func.sum(ServiceRecord.minutes), 0)).where(
        ServiceRecord.person_id == record.person_id,
        ServiceRecord.served_on == record.served_on,
        ServiceRecord.state.in_(_STANDS),
    )
    if record.id is not None:
        query = query.where(ServiceRecord.id != record.id)
    check_one_day(minutes, others=int(session.scalar(query) or 0))


def check_move(
    source: ServiceState | None, target: ServiceState, *, reason: str | None = None, actor: Actor
) -> None:
    """Raise ``CourtRuleBroken`` unless this hand may make this change of state."""
    check_service_transition(source, target, by=_HANDS[actor.kind], reason=reason)


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
    check_move(source, target, reason=reason, actor=actor)
    record.state = target
    session.flush()
    note_move(
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


def note_move(
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
    """Keep that a piece came to its state, in its own history and in the journal."""
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
