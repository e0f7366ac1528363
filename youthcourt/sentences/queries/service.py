"""Reading pieces of service, each with its state, its reason and what it counts for."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.queries import staff_names
from youthcourt.courts.domain import SanctionKind
from youthcourt.errors import NotFound
from youthcourt.files.models import StoredFile
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names
from youthcourt.sentences.domain import (
    DayStanding,
    ServiceBasis,
    ServiceState,
    UnconfirmedDay,
)
from youthcourt.sentences.models import Allocation, Sanction, ServiceEvent, ServiceRecord
from youthcourt.sentences.ports import trainings_among
from youthcourt.sentences.queries.standing import CameUnbooked, unconfirmed


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePart:
    """What a piece counts for: an obligation, or (without one) itself as voluntary."""

    sanction_id: uuid.UUID | None
    label: str
    sessions: int
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceLine:
    """One piece of service as staff read it; ``credited`` are the minutes of credit it earned.

    ``reason`` is the code with which it was denied, reversed or brought back.  ``stands`` says
    where something booked stands by now, ``shown`` is the state that pages show.
    """

    id: uuid.UUID
    person_id: uuid.UUID
    state: ServiceState
    kind: SanctionKind
    training: bool
    stands: DayStanding | None
    session_id: uuid.UUID | None
    basis: ServiceBasis
    sanction_id: uuid.UUID | None
    sessions: int
    minutes: int
    served_on: date
    place: str | None
    supervisor: str | None
    proof: str | None
    proof_file_id: uuid.UUID | None
    recorded_at: datetime
    recorded_by: str
    changed_by: str
    reason: str | None
    credited: int
    rounding: str | None
    parts: tuple[ServicePart, ...]
    version: int

    @property
    def shown(self) -> ServiceState:
        """The state that pages show."""
        return self.state if self.stands is None else self.stands.state


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingService:
    """A piece of service that waits to be confirmed, with whose it is."""

    line: ServiceLine
    name: PersonName


def service_by_id(session: Session, service_id: uuid.UUID) -> ServiceRecord:
    """Return a piece of service of the session's court, or raise ``NotFound``."""
    record = session.get(ServiceRecord, service_id)
    if record is None:
        raise NotFound
    return record


def service_lines(
    session: Session, *, person_id: uuid.UUID, now: datetime
) -> tuple[ServiceLine, ...]:
    """Return every piece of service of a person, the latest first, in few statements."""
    rows = session.scalars(
        select(ServiceRecord)
        .where(ServiceRecord.person_id == person_id)
        .order_by(ServiceRecord.served_on.desc(), ServiceRecord.recorded_at.desc())
    ).all()
    return _lines(session, rows, now)


def came_unbooked(
    session: Session, *, person_id: uuid.UUID, now: datetime
) -> tuple[CameUnbooked, ...]:
    """Return the days a person came to without a booking that wait to be confirmed."""
    return unconfirmed(session, person_ids=[person_id], now=now).unbooked.get(person_id, ())


def service_line(session: Session, *, service_id: uuid.UUID, now: datetime) -> ServiceLine:
    """Return one piece of service, or raise ``NotFound``."""
    return _lines(session, [service_by_id(session, service_id)], now)[0]


def waiting_service(session: Session, *, now: datetime) -> tuple[WaitingService, ...]:
    """Return what waits to be confirmed in the whole court, the oldest first."""
    rows = session.scalars(
        select(ServiceRecord)
        .where(ServiceRecord.state == ServiceState.PENDING)
        .order_by(ServiceRecord.served_on, ServiceRecord.recorded_at)
    ).all()
    names = person_names(session, [row.person_id for row in rows])
    return tuple(
        WaitingService(line=line, name=names.get(line.person_id, PersonName()))
        for line in _lines(session, rows, now)
    )


def _lines(
    session: Session, rows: Collection[ServiceRecord], now: datetime
) -> tuple[ServiceLine, ...]:
    if not rows:
        return ()
    ids = [row.id for row in rows]
    parts = _parts(session, ids)
    events = _events(session, ids)
    files = _files(session, [row.proof_file_id for row in rows if row.proof_file_id])
    hands = [row.recorded_by for row in rows]
    hands += [event.by for found in events.values() for event in found]
    names = staff_names(session, hands)
    days = unconfirmed(session, person_ids={row.person_id for row in rows}, now=now)
    trainings = trainings_among(session, [row.source_key for row in rows])
    return tuple(
        _line(
            row,
            parts.get(row.id, ()),
            events.get(row.id, ()),
            names,
            files,
            stands=days.standing(row),
            day=days.by_key.get(row.source_key),
            training=row.source_key in trainings,
        )
        for row in rows
    )


def _line(
    row: ServiceRecord,
    parts: Collection[ServicePart],
    events: Collection[ServiceEvent],
    names: dict[uuid.UUID, str],
    files: Collection[uuid.UUID],
    *,
    stands: DayStanding | None,
    day: UnconfirmedDay | None,
    training: bool,
) -> ServiceLine:
    # Of two acts at one instant the one that led to where it is now came last.
    last = max(events, key=lambda e: (e.at, e.to_state is row.state), default=None)
    confirmed = next((e for e in events if e.to_state is ServiceState.CONFIRMED), None)
    standing = row.state is ServiceState.CONFIRMED and confirmed is not None
    return ServiceLine(
        id=row.id,
        person_id=row.person_id,
        state=row.state,
        kind=row.kind,
        training=training,
        stands=stands,
        session_id=day.session_id if day else None,
        basis=row.basis,
        sanction_id=row.sanction_id,
        sessions=row.sessions,
        minutes=row.minutes,
        served_on=row.served_on,
        place=row.place,
        supervisor=row.supervisor,
        proof=row.proof,
        proof_file_id=row.proof_file_id if row.proof_file_id in files else None,
        recorded_at=row.recorded_at,
        recorded_by=_name(names, row.recorded_by),
        changed_by=_name(names, last.by if last else None),
        reason=last.reason if last else None,
        credited=confirmed.params.get("credited", 0) if standing and confirmed else 0,
        rounding=confirmed.params.get("rounding") if standing and confirmed else None,
        parts=tuple(parts) if standing else (),
        version=row.version_id,
    )


def _files(session: Session, file_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return which of these files were not removed."""
    if not file_ids:
        return frozenset()
    query = select(StoredFile.id).where(
        StoredFile.id.in_(file_ids), StoredFile.removed_at.is_(None)
    )
    return frozenset(session.scalars(query))


def _name(names: dict[uuid.UUID, str], user_id: uuid.UUID | None) -> str:
    return "" if user_id is None else names.get(user_id, "")


def _parts(
    session: Session, service_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[ServicePart]]:
    rows = session.execute(
        select(
            Allocation.service_id,
            Allocation.sanction_id,
            Sanction.label,
            Allocation.sessions,
            Allocation.minutes,
        )
        .outerjoin(Sanction, Sanction.id == Allocation.sanction_id)
        .where(Allocation.service_id.in_(service_ids))
        .order_by(Allocation.sanction_id.is_(None), Sanction.label)
    )
    found: defaultdict[uuid.UUID, list[ServicePart]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(
            ServicePart(
                sanction_id=row.sanction_id,
                label=row.label or "",
                sessions=row.sessions,
                minutes=row.minutes,
            )
        )
    return found


def _events(
    session: Session, service_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[ServiceEvent]]:
    rows = session.scalars(
        select(ServiceEvent)
        .where(ServiceEvent.service_id.in_(service_ids))
        .order_by(ServiceEvent.at, ServiceEvent.id)
    )
    found: defaultdict[uuid.UUID, list[ServiceEvent]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(row)
    return found
