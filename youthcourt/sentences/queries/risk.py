"""Who may not finish in time, and why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names
from youthcourt.sentences.domain import CanFinish, Feasibility
from youthcourt.sentences.domain.reasons import RiskReason
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.outlook import feasibilities, outlook
from youthcourt.sentences.queries.progress import progress_of

_GRAVITY = {reason: place for place, reason in enumerate(RiskReason)}


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonAtRisk:
    """One obligation that may not be finished in time, with how far it is."""

    person_id: uuid.UUID
    name: PersonName
    case_id: uuid.UUID
    case_number: str
    item: SanctionProgress
    reason: RiskReason
    outlook: Feasibility | None

    @property
    def late(self) -> bool:
        """Whether the last day is over already."""
        return self.reason is RiskReason.OVERDUE


@dataclass(frozen=True, kw_only=True, slots=True)
class DueEarlier:
    """Somebody who takes a seat first, with what they still have to book."""

    person_id: uuid.UUID
    name: PersonName
    items: tuple[SanctionProgress, ...]


def due_earlier(
    session: Session, *, item: SanctionProgress, now: datetime
) -> tuple[DueEarlier, ...]:
    """Return who is due as early as an obligation or earlier, the earliest first."""
    found = outlook(session, now=now).ahead_of(item.person_id, item.due_on)
    names = person_names(session, list(found))
    lines = (
        DueEarlier(person_id=key, name=names.get(key, PersonName()), items=items)
        for key, items in found.items()
    )
    return tuple(sorted(lines, key=lambda one: (one.items[0].due_on or date.max, one.name.filed)))


def people_at_risk(session: Session, *, now: datetime) -> tuple[PersonAtRisk, ...]:
    """Return every open obligation whose time is over or nearly so, the gravest first.

    A jury obligation is at risk when its sessions no longer fit, when none may be missed any
    more, or when it depends on what others choose; any other one when its last day is over.
    """
    today = court_day(session, now)
    owed = progress_of(session, open_only=True, now=now)
    found: list[tuple[SanctionProgress, RiskReason, Feasibility | None]] = []
    outlooks = feasibilities(session, now=now) if owed else {}
    for items in owed.values():
        for item in items:
            reason = risk_of(item, outlooks.get(item.id), today=today)
            if reason is not None:
                found.append((item, reason, outlooks.get(item.id)))
    names = person_names(session, [item.person_id for item, _reason, _outlook in found])
    numbers = _case_numbers(session, [item.case_id for item, _reason, _outlook in found])
    lines = (
        PersonAtRisk(
            person_id=item.person_id,
            name=names.get(item.person_id, PersonName()),
            case_id=item.case_id,
            case_number=numbers[item.case_id],
            item=item,
            reason=reason,
            outlook=view,
        )
        for item, reason, view in found
    )
    return tuple(
        sorted(lines, key=lambda x: (_GRAVITY[x.reason], x.item.due_on or date.max, x.item.id))
    )


def risk_of(item: SanctionProgress, view: Feasibility | None, *, today: date) -> RiskReason | None:
    """Return why an obligation is at risk, None when it is not."""
    if item.overdue(today):
        return RiskReason.OVERDUE
    if view is None or not item.to_book:
        return None
    if view.can_finish is CanFinish.NO:
        return RiskReason.CANNOT_FINISH
    if view.can_finish is CanFinish.ASK_COORDINATOR:
        return RiskReason.ASK_COORDINATOR
    return RiskReason.NO_MISSES_LEFT if view.misses_left == 0 else None


def _case_numbers(session: Session, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not case_ids:
        return {}
    rows = session.execute(select(Case.id, Case.number).where(Case.id.in_(case_ids)))
    return {row.id: row.number for row in rows}
