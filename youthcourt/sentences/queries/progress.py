"""How far every obligation is: the one reading behind every page, message and export."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind
from youthcourt.sentences.domain import (
    Obligation,
    OpenObligation,
    Progress,
    SanctionEvent,
    SanctionEventKind,
    ServiceBasis,
    ServicePiece,
    ServiceState,
    allocate,
    progress,
    with_events,
)
from youthcourt.sentences.models import (
    Allocation,
    Sanction,
    Sentence,
    ServiceRecord,
)
from youthcourt.sentences.models import (
    SanctionEvent as StoredEvent,
)
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.standing import CameUnbooked, unconfirmed

_KINDS = tuple(SanctionKind)


@dataclass(kw_only=True, slots=True)
class _Item:
    """A sanction on its way to being counted."""

    row: Any
    obligation: Obligation
    events: list[SanctionEvent] = field(default_factory=list)
    pieces: list[tuple[date, ServicePiece]] = field(default_factory=list)

    @property
    def withdrawn(self) -> bool:
        return self.row.withdrawn_at is not None

    @property
    def in_force(self) -> bool:
        return self.row.state is not CaseState.CLOSED and not self.withdrawn


def progress_of(
    session: Session,
    *,
    person_ids: Collection[uuid.UUID] | None = None,
    open_only: bool = False,
    now: datetime,
) -> dict[uuid.UUID, tuple[SanctionProgress, ...]]:
    """Return every obligation of these persons, or of everybody, with its four parts.

    ``required = confirmed + pending + booked + to_book``.  Confirmed service counts where it was
    allocated when it was confirmed; what is pending or booked is spread the same way, earliest
    due first.  What of it is booked ``now`` and what waits is told by the rule for days that are
    not confirmed.  ``open_only`` leaves out cases that are closed and sentences that were
    withdrawn.  A fixed number of statements, however many persons.
    """
    items = _confirmed(session, person_ids, open_only=open_only)
    waiting = _waiting(session, person_ids, now) if items else {}
    return _by_person(items, person_ids, waiting)


def confirmed_of(
    session: Session, *, person_ids: Collection[uuid.UUID], open_only: bool = False
) -> dict[uuid.UUID, tuple[SanctionProgress, ...]]:
    """Return every obligation of these persons with what is confirmed, and that alone.

    For acts, which go by what is confirmed and what is left.  Nothing that is booked or waits is
    read, so no page shows these figures.
    """
    return _by_person(_confirmed(session, person_ids, open_only=open_only), person_ids, {})


def _confirmed(
    session: Session, person_ids: Collection[uuid.UUID] | None, *, open_only: bool
) -> dict[uuid.UUID, _Item]:
    conditions = _whose(person_ids, open_only=open_only)
    items = _items(session, conditions)
    _count_confirmed(session, items, conditions)
    return items


def _by_person(
    items: Mapping[uuid.UUID, _Item],
    person_ids: Collection[uuid.UUID] | None,
    waiting: Mapping[uuid.UUID, Iterable[_Waiting]],
) -> dict[uuid.UUID, tuple[SanctionProgress, ...]]:
    by_person: defaultdict[uuid.UUID, list[_Item]] = defaultdict(list)
    for item in items.values():
        by_person[item.row.person_id].append(item)
    found: dict[uuid.UUID, tuple[SanctionProgress, ...]] = {}
    for person_id, own in by_person.items():
        _spread(own, waiting.get(person_id, ()))
        found[person_id] = _in_order(_counted(item) for item in own)
    for person_id in person_ids or ():
        found.setdefault(person_id, ())
    return found


def open_obligations(
    session: Session, *, person_id: uuid.UUID, served_on: date
) -> tuple[OpenObligation, ...]:
    """Return what service of that day may still count for, confirmed service taken off.

    Only cases that are not closed, and only sentences given by that day.
    """
    owed = confirmed_of(session, person_ids=[person_id], open_only=True)[person_id]
    return tuple(
        item.parts.open for item in owed if item.left > 0 and item.sentenced_on <= served_on
    )


def _whose(
    person_ids: Collection[uuid.UUID] | None, *, open_only: bool
) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = []
    if person_ids is not None:
        conditions.append(Sanction.person_id.in_(person_ids))
    if open_only:
        conditions += (Case.state != CaseState.CLOSED, Sentence.withdrawn_at.is_(None))
    return tuple(conditions)


def _items(session: Session, conditions: Iterable[ColumnElement[bool]]) -> dict[uuid.UUID, _Item]:
    rows = session.execute(
        select(
            Sanction.id,
            Sanction.sentence_id,
            Sanction.case_id,
            Sanction.person_id,
            Sanction.kind,
            Sanction.unit,
            Sanction.label,
            Sanction.amount,
            Sanction.due_on,
            Sanction.due_rule,
            Sanction.finished_on,
            Sentence.sentenced_on,
            Sentence.policy_id,
            Sentence.withdrawn_at,
            Case.state,
            StoredEvent.kind.label("event"),
            StoredEvent.amount.label("event_amount"),
            StoredEvent.days.label("event_days"),
            StoredEvent.due_on.label("event_due_on"),
        )
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .join(Case, Case.id == Sanction.case_id)
        .outerjoin(StoredEvent, StoredEvent.sanction_id == Sanction.id)
        .where(*conditions)
        .order_by(Sentence.sentenced_on, Sanction.id, StoredEvent.at, StoredEvent.id)
    )
    items: dict[uuid.UUID, _Item] = {}
    for row in rows:
        item = items.get(row.id) or items.setdefault(
            row.id,
            _Item(
                row=row,
                obligation=Obligation(
                    id=row.id,
                    kind=row.kind,
                    unit=row.unit,
                    amount=row.amount,
                    due_on=row.due_on,
                    finished_on=row.finished_on,
                ),
            ),
        )
        if row.event is not None:
            item.events.append(
                SanctionEvent(
                    kind=row.event,
                    amount=row.event_amount,
                    days=row.event_days,
                    due_on=row.event_due_on,
                )
            )
    for item in items.values():
        item.obligation = with_events(item.obligation, item.events)
    return items


def _count_confirmed(
    session: Session,
    items: Mapping[uuid.UUID, _Item],
    conditions: Iterable[ColumnElement[bool]],
) -> None:
    """Give confirmed parts to their obligations.

    Found by the obligation, not by whose service it is: after a merge was undone the two may be
    of different persons.
    """
    if not items:
        return
    rows = session.execute(
        select(
            ServiceRecord.id,
            ServiceRecord.state,
            ServiceRecord.kind,
            ServiceRecord.served_on,
            Allocation.sanction_id,
            Allocation.sessions,
            Allocation.minutes,
        )
        .join(Allocation, Allocation.service_id == ServiceRecord.id)
        .join(Sanction, Sanction.id == Allocation.sanction_id)
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .join(Case, Case.id == Sanction.case_id)
        .where(ServiceRecord.state == ServiceState.CONFIRMED, *conditions)
        .order_by(ServiceRecord.served_on, ServiceRecord.recorded_at, ServiceRecord.id)
    )
    for row in rows:
        # A sentence recorded since the obligations were read is told by the next reading.
        if row.sanction_id in items:
            piece = _piece(row, row.sanction_id, row.sessions, row.minutes)
            items[row.sanction_id].pieces.append((row.served_on, piece))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Waiting:
    """A piece for a sentence that is booked or waits, on its day."""

    on: date
    piece: ServicePiece


def _waiting(
    session: Session, person_ids: Collection[uuid.UUID] | None, now: datetime
) -> dict[uuid.UUID, list[_Waiting]]:
    """Return what is pending or booked for a sentence as it stands now, by person."""
    query = (
        select(
            ServiceRecord.id,
            ServiceRecord.person_id,
            ServiceRecord.state,
            ServiceRecord.kind,
            ServiceRecord.sanction_id,
            ServiceRecord.sessions,
            ServiceRecord.minutes,
            ServiceRecord.served_on,
            ServiceRecord.source_key,
        )
        .where(
            ServiceRecord.state.in_((ServiceState.PENDING, ServiceState.BOOKED)),
            ServiceRecord.basis == ServiceBasis.ORDERED,
        )
        .order_by(ServiceRecord.served_on, ServiceRecord.recorded_at, ServiceRecord.id)
    )
    if person_ids is not None:
        query = query.where(ServiceRecord.person_id.in_(person_ids))
    days = unconfirmed(session, person_ids=person_ids, now=now)
    waiting: defaultdict[uuid.UUID, list[_Waiting]] = defaultdict(list)
    for row in session.execute(query):
        stands = days.standing(row)
        piece = _piece(row, row.sanction_id, row.sessions, row.minutes)
        if stands is not None:
            piece = replace(
                piece, state=stands.state, sessions=stands.sessions, minutes=stands.minutes
            )
        if piece.state is not ServiceState.DENIED:
            waiting[row.person_id].append(_Waiting(on=row.served_on, piece=piece))
    for person_id, lines in days.unbooked.items():
        waiting[person_id] += [_Waiting(on=one.served_on, piece=_came(one)) for one in lines]
    return waiting


def _came(day: CameUnbooked) -> ServicePiece:
    """Return the piece that confirming the evening will write."""
    return ServicePiece(
        id=day.session_id,
        kind=SanctionKind.JURY,
        state=day.stands.state,
        sessions=day.sessions,
        minutes=day.minutes,
    )


def _piece(row: Any, obligation_id: uuid.UUID | None, sessions: int, minutes: int) -> ServicePiece:
    return ServicePiece(
        id=row.id,
        kind=row.kind,
        state=row.state,
        sessions=sessions,
        minutes=minutes,
        obligation_id=obligation_id,
    )


def _spread(items: Sequence[_Item], waiting: Iterable[_Waiting]) -> None:
    """Spread what is pending, then what is booked, over what confirmed service leaves open."""
    own = {item.row.id: item for item in items if item.in_force}
    for one in sorted(waiting, key=lambda one: (one.piece.state is ServiceState.BOOKED, one.on)):
        open_now = [
            _still_to_book(item) for item in own.values() if item.row.sentenced_on <= one.on
        ]
        for part in allocate(one.piece, open_now):
            if part.obligation_id is not None:
                counted = replace(
                    one.piece,
                    obligation_id=part.obligation_id,
                    sessions=part.sessions,
                    minutes=part.minutes,
                )
                own[part.obligation_id].pieces.append((one.on, counted))


def _still_to_book(item: _Item) -> OpenObligation:
    """Return what is open once everything counted so far is taken off."""
    parts = _parts(item)
    return replace(parts.open, owed=parts.to_book)


def _parts(item: _Item) -> Progress:
    return progress(item.obligation, [piece for _day, piece in item.pieces])


def _counted(item: _Item) -> SanctionProgress:
    row, parts = item.row, _parts(item)
    confirmed = [
        (day, piece) for day, piece in item.pieces if piece.state is ServiceState.CONFIRMED
    ]
    given = [e for e in item.events if e.kind is SanctionEventKind.EXTENDED]
    stopped = [e for e in item.events if e.kind is SanctionEventKind.CLOCK_STOPPED]
    return SanctionProgress(
        id=row.id,
        sentence_id=row.sentence_id,
        case_id=row.case_id,
        person_id=row.person_id,
        in_force=item.in_force,
        withdrawn=item.withdrawn,
        label=row.label,
        sentenced_on=row.sentenced_on,
        policy_id=row.policy_id,
        amount=item.obligation.amount,
        ordered_due_on=row.due_on,
        due_rule=row.due_rule,
        extended_times=len(given),
        extra_days=sum(event.days or 0 for event in (*given, *stopped)),
        changes=len(item.events),
        waived=item.obligation.waived,
        finished_on=row.finished_on or _finished_on(confirmed, parts),
        minutes_served=sum(piece.minutes for _day, piece in confirmed),
        booked_on=_days_in(item, ServiceState.BOOKED),
        waiting_on=_days_in(item, ServiceState.PENDING),
        parts=parts,
    )


def _days_in(item: _Item, state: ServiceState) -> tuple[date, ...]:
    return tuple(day for day, piece in item.pieces if piece.state is state)


def _finished_on(confirmed: Sequence[tuple[date, ServicePiece]], parts: Progress) -> date | None:
    """Return the day on which what was required was reached."""
    if not parts.satisfied:
        return None
    done = 0
    for day, piece in sorted(confirmed, key=lambda pair: pair[0]):
        if done >= parts.required:
            break
        done += piece.amount(parts.unit)
        last = day
    return last if done and parts.required else None


def _in_order(items: Iterable[SanctionProgress]) -> tuple[SanctionProgress, ...]:
    """Return obligations as they are listed: by sentence, then by kind and name."""
    return tuple(sorted(items, key=lambda p: (p.sentenced_on, _KINDS.index(p.kind), p.label, p.id)))
