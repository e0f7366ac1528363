"""Who may not finish in time, and why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names
from youthcourt.sentences.domain import CanFinish, Feasibility
from youthcourt.sentences.domain.reasons import RiskReason
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.outlook import feasibilities
from youthcourt.sentences.queries.progress import progress_of

_GRAVITY = {reason: place for place, reason in enumerate(RiskReason)}


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonAtRisk:
    """One obligation that may not be finished in time; ``left`` in its unit."""

    person_id: uuid.UUID
    name: PersonName
    case_id: uuid.UUID
    case_number: str
    sanction_id: uuid.UUID
    label: str
    kind: SanctionKind
    unit: Unit
    left: int
    due_on: date | None
    reason: RiskReason
    outlook: Feasibility | None


def people_at_risk(session: Session, *, today: date) -> tuple[PersonAtRisk, ...]:
    """Return every open obligation whose time is over or nearly so, the gravest first.

    A jury obligation is at risk when its sessions no longer fit, when none may be missed any
    more, or when it depends on what others choose; any other one when its last day is over.
    """
    owed = progress_of(session, open_only=True)
    found: list[tuple[SanctionProgress, RiskReason, Feasibility | None]] = []
    outlooks = feasibilities(session, today=today) if owed else {}
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
            sanction_id=item.id,
            label=item.label,
            kind=item.kind,
            unit=item.unit,
            left=item.left,
            due_on=item.due_on,
            reason=reason,
            outlook=view,
        )
        for item, reason, view in found
    )
    return tuple(
        sorted(lines, key=lambda x: (_GRAVITY[x.reason], x.due_on or date.max, x.sanction_id))
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
