"""Obligations as pages show them: how far, whether they can be finished, what happened."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from youthcourt import clock
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.sentences.domain import Feasibility, ServiceBasis, ServiceState
from youthcourt.sentences.queries import (
    CameUnbooked,
    ChangeLine,
    SanctionProgress,
    ServiceLine,
    came_unbooked,
    changes_of_sanctions,
    details_of,
    feasibilities,
    service_lines,
)
from youthcourt.sentences.services import DONE_AS_A_WHOLE
from youthcourt.web.transactions import database


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationSheet:
    """One obligation with everything a page tells of it, and what can be done with it now."""

    item: SanctionProgress
    outlook: Feasibility | None
    detail: str | None
    pieces: tuple[ServiceLine, ...]
    came: tuple[CameUnbooked, ...]
    changes: tuple[ChangeLine, ...]

    @property
    def takes_service(self) -> bool:
        """Whether service can be written down for it now."""
        return self.item.in_force and self.item.unit not in DONE_AS_A_WHOLE

    @property
    def acts(self) -> tuple[str, ...]:
        """The changes that are possible now, in the order in which a page offers them."""
        return acts_for(self.item)


def acts_for(item: SanctionProgress) -> tuple[str, ...]:
    """Return what can be done with an obligation now."""
    if not item.in_force:
        return ()
    whole, done = item.unit in DONE_AS_A_WHOLE, item.finished_on is not None
    possible = {
        "finish": whole and not done and bool(item.left),
        "reopen": whole and done,
        "extend": item.due_on is not None and bool(item.left),
        "adjust": item.unit is not Unit.NONE and not (whole and done),
        "waive": bool(item.left),
        "excuse": not whole and bool(item.left),
    }
    return tuple(act for act, open_now in possible.items() if open_now)


def sheets_of(
    items: Collection[SanctionProgress], *, case_ids: Collection[uuid.UUID]
) -> tuple[ObligationSheet, ...]:
    """Return the sheets of these obligations of one person, in few statements."""
    if not items:
        return ()
    session = database()
    person_id = next(iter(items)).person_id
    changes = changes_of_sanctions(session, sanction_ids=[item.id for item in items])
    lines = service_lines(session, person_id=person_id, now=clock.now())
    came = came_unbooked(session, person_id=person_id, now=clock.now())
    outlooks = outlooks_of(items)
    details: dict[uuid.UUID, str] = {}
    for case_id in case_ids:
        details |= details_of(session, case_id=case_id)
    return tuple(
        ObligationSheet(
            item=item,
            outlook=outlooks.get(item.id),
            detail=details.get(item.id),
            pieces=pieces_of(item, lines),
            came=tuple(one for one in came if _counts_for(one, item)),
            changes=changes.get(item.id, ()),
        )
        for item in items
    )


def outlooks_of(items: Iterable[SanctionProgress]) -> dict[uuid.UUID, Feasibility]:
    """Return whether the open jury obligations of one person can still be finished."""
    waiting = [i for i in items if i.kind is SanctionKind.JURY and i.in_force and i.to_book]
    if not waiting:
        return {}
    return feasibilities(database(), person_ids=[waiting[0].person_id], now=clock.now())


def pieces_of(item: SanctionProgress, lines: Iterable[ServiceLine]) -> tuple[ServiceLine, ...]:
    """Return the pieces that count for an obligation, or may still come to count for it."""
    return tuple(line for line in lines if _belongs(line, item))


def _belongs(line: ServiceLine, item: SanctionProgress) -> bool:
    if line.state is ServiceState.CONFIRMED:
        return any(part.sanction_id == item.id for part in line.parts)
    if line.sanction_id is not None:
        return line.sanction_id == item.id
    meant = line.basis is ServiceBasis.ORDERED and line.kind is item.kind
    return meant and line.served_on >= item.sentenced_on


def _counts_for(day: CameUnbooked, item: SanctionProgress) -> bool:
    return item.kind is SanctionKind.JURY and item.in_force and day.served_on >= item.sentenced_on
