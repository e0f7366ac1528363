"""What confirming a piece of service would do to both ledgers, told before it is done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from youthcourt.courts.domain import Policy
from youthcourt.courts.queries import policy_by_id, policy_on
from youthcourt.credits.domain import credit_minutes
from youthcourt.sentences.domain import Allocation, ServiceBasis, ServicePiece, allocate
from youthcourt.sentences.queries import (
    SanctionProgress,
    ServiceLine,
    ServicePart,
    open_obligations,
    progress_of,
)
from youthcourt.web.transactions import database


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """What a piece would count for, and the minutes of time credit it would earn."""

    parts: tuple[ServicePart, ...]
    credited: int


def foreseen(line: ServiceLine) -> Foreseen:
    """Return what confirming a piece as it is written down would do now."""
    session = database()
    items = {
        item.id: item for item in progress_of(session, person_ids=[line.person_id])[line.person_id]
    }
    parts = _parts_of(line)
    return Foreseen(
        parts=tuple(
            ServicePart(
                sanction_id=part.obligation_id,
                label=items[part.obligation_id].label if part.obligation_id else "",
                sessions=part.sessions,
                minutes=part.minutes,
            )
            for part in parts
        ),
        credited=_credited(line, parts, items),
    )


def _parts_of(line: ServiceLine) -> tuple[Allocation, ...]:
    if line.basis is ServiceBasis.VOLUNTARY:
        return (Allocation(obligation_id=None, sessions=line.sessions, minutes=line.minutes),)
    piece = ServicePiece(
        id=line.id,
        kind=line.kind,
        state=line.state,
        sessions=line.sessions,
        minutes=line.minutes,
        obligation_id=line.sanction_id,
    )
    owed = open_obligations(database(), person_id=line.person_id, served_on=line.served_on)
    return allocate(piece, owed)


def _credited(
    line: ServiceLine, parts: Iterable[Allocation], items: dict[uuid.UUID, SanctionProgress]
) -> int:
    of_day = policy_on(database(), day=line.served_on).policy
    earning = 0
    for part in parts:
        key = part.obligation_id
        policy = policy_by_id(database(), items[key].policy_id).policy if key else of_day
        earning += part.minutes if _earns(line, policy, ordered=key is not None) else 0
    return credit_minutes(earning, of_day.credits.rounding).credited


def _earns(line: ServiceLine, policy: Policy, *, ordered: bool) -> bool:
    rules = policy.credits
    return line.kind in rules.earns and (rules.ordered_earns if ordered else rules.voluntary_earns)
