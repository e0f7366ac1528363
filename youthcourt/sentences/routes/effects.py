"""What confirming a piece of service would do to both ledgers, told before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from youthcourt.sentences.queries import (
    ServiceLine,
    ServicePart,
    confirmed_of,
    counted_parts,
    credit_of,
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
    owed = confirmed_of(session, person_ids=[line.person_id])[line.person_id]
    labels = {item.id: item.label for item in owed}
    parts = counted_parts(session, line)
    return Foreseen(
        parts=tuple(
            ServicePart(
                sanction_id=part.obligation_id,
                label=labels[part.obligation_id] if part.obligation_id else "",
                sessions=part.sessions,
                minutes=part.minutes,
            )
            for part in parts
        ),
        credited=credit_of(session, line, parts).credited,
    )
