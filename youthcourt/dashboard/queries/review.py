"""What everybody's evening counts for: foreseen, and once confirmed read from both ledgers."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, SanctionKind
from youthcourt.courts.queries import policy_by_id, policy_on
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.queries import SessionLine
from youthcourt.jury.domain.keys import attendance_key, first_key, seat_key
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.queries.evening import EveningPerson, people_of_evening
from youthcourt.jury.services.posting import effect_under
from youthcourt.people.domain import PersonName, fold
from youthcourt.sentences.domain import (
    ServedEffect,
    ServicePiece,
    ServiceState,
    allocate,
)
from youthcourt.sentences.models import Allocation, ServiceEvent, ServiceRecord
from youthcourt.sentences.queries import SanctionProgress, confirmed_of, earned_by

_NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerLine:
    """Sessions and minutes that count, how many of them for a sentence, and the credit earned."""

    sessions: int = 0
    minutes: int = 0
    for_sentence_minutes: int = 0
    credited: int = 0

    @property
    def beyond_minutes(self) -> int:
        """The minutes given of one's own accord or beyond what is owed."""
        return self.minutes - self.for_sentence_minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLine:
    """One person's evening and what it counts for.

    ``effect`` is None while nobody said how it went.  After the confirmation ``ledger`` is what
    stands in both ledgers, before it what would.
    """

    person: EveningPerson
    effect: ServedEffect | None
    ledger: LedgerLine


def review_lines(session: Session, line: SessionLine) -> tuple[ReviewLine, ...]:
    """Return everybody's evening by name, under the policy of its day.

    A fixed number of statements, however many people there are.
    """
    policy = policy_on(session, day=line.held_on).policy
    people = people_of_evening(session, line.id)
    rows = {
        row.person_id: row
        for row in session.scalars(select(Attendance).where(Attendance.session_id == line.id))
    }
    effects = {
        one.person_id: effect_under(line.span, line.kind, rows[one.person_id], policy)
        for one in people
        if one.outcome is not None
    }
    if line.state is CourtSessionState.CONFIRMED:
        ledger = _posted(session, line.id, rows)
    else:
        ledger = _foreseen(session, line, effects, policy)
    lines = (
        ReviewLine(
            person=one,
            effect=effects.get(one.person_id),
            ledger=ledger.get(one.person_id, LedgerLine()),
        )
        for one in people
    )
    return tuple(sorted(lines, key=lambda one: _by_name(one.person.name)))


def _by_name(name: PersonName) -> tuple[str, str]:
    return fold(name.family), fold(name.first)


# --- Before: what would be posted ---------------------------------------------------------------


def _foreseen(
    session: Session,
    line: SessionLine,
    effects: Mapping[uuid.UUID, ServedEffect],
    policy: Policy,
) -> dict[uuid.UUID, LedgerLine]:
    """Return what confirming would post, by the rules by which it is posted."""
    counting = {key: one for key, one in effects.items() if one.sessions or one.minutes}
    owed = confirmed_of(session, person_ids=list(counting), open_only=True) if counting else {}
    ids = {item.policy_id for items in owed.values() for item in items}
    policies = {key: policy_by_id(session, key).policy for key in sorted(ids)}
    return {
        person_id: _line(
            effect,
            [item for item in owed.get(person_id, ()) if item.sentenced_on <= line.held_on],
            policies,
            of_day=policy,
        )
        for person_id, effect in counting.items()
    }


def _line(
    effect: ServedEffect,
    owed: Sequence[SanctionProgress],
    policies: Mapping[uuid.UUID, Policy],
    *,
    of_day: Policy,
) -> LedgerLine:
    piece = ServicePiece(
        id=_NOBODY,
        kind=SanctionKind.JURY,
        state=ServiceState.CONFIRMED,
        sessions=effect.sessions,
        minutes=effect.minutes,
    )
    of_sanction = {item.id: policies[item.policy_id] for item in owed}
    parts = allocate(piece, [item.parts.open for item in owed if item.left > 0])
    credit = earned_by(piece.kind, parts, ordered_under=of_sanction, of_day=of_day)
    return LedgerLine(
        sessions=effect.sessions,
        minutes=effect.minutes,
        for_sentence_minutes=sum(part.minutes for part in parts if part.obligation_id),
        credited=credit.credited,
    )


# --- After: what stands -------------------------------------------------------------------------


def _posted(
    session: Session, session_id: uuid.UUID, rows: Mapping[uuid.UUID, Attendance]
) -> dict[uuid.UUID, LedgerLine]:
    """Return what stands in both ledgers for this evening, by person."""
    seats = session.scalars(select(Seat.id).where(Seat.session_id == session_id)).all()
    keys = {seat_key(key) for key in seats}
    keys |= {attendance_key(row.id) for row in rows.values()}
    records = session.scalars(
        select(ServiceRecord).where(
            ServiceRecord.person_id.in_(list(rows)),
            ServiceRecord.kind == SanctionKind.JURY,
            ServiceRecord.state == ServiceState.CONFIRMED,
        )
    )
    mine = [one for one in records if first_key(one.source_key) in keys]
    ids = [one.id for one in mine]
    ordered = _ordered_minutes(session, ids)
    credited = _credited(session, ids)
    return {
        one.person_id: LedgerLine(
            sessions=one.sessions,
            minutes=one.minutes,
            for_sentence_minutes=ordered.get(one.id, 0),
            credited=credited.get(one.id, 0),
        )
        for one in mine
    }


def _ordered_minutes(session: Session, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    rows = session.execute(
        select(Allocation.service_id, Allocation.minutes).where(
            Allocation.service_id.in_(ids), Allocation.sanction_id.is_not(None)
        )
    )
    found: defaultdict[uuid.UUID, int] = defaultdict(int)
    for service_id, minutes in rows:
        found[service_id] += minutes
    return found


def _credited(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows: Any = session.execute(
        select(ServiceEvent.service_id, ServiceEvent.params).where(
            ServiceEvent.service_id.in_(ids), ServiceEvent.to_state == ServiceState.CONFIRMED
        )
    )
    return {service_id: int(params.get("credited", 0)) for service_id, params in rows}
