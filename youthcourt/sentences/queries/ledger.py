"""What the ledger of credits checks itself against."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from youthcourt.credits.domain import Problem, ProblemCode, Rounding, credit_minutes
from youthcourt.credits.ports import EarnedService
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.models import Allocation, ServiceEvent, ServiceRecord


def services_that_earn(session: Session) -> tuple[EarnedService, ...]:
    """Return the confirmed service that earns at least a minute, with what it has to earn.

    The credited minutes are reckoned again from those that earn and from the rule, both kept
    with the confirmation.
    """
    rows = session.execute(
        select(ServiceRecord.id, ServiceRecord.person_id, ServiceEvent.params)
        .join(ServiceEvent, ServiceEvent.service_id == ServiceRecord.id)
        .where(
            ServiceRecord.state == ServiceState.CONFIRMED,
            ServiceEvent.to_state == ServiceState.CONFIRMED,
        )
    )
    found = (
        EarnedService(
            id=row.id,
            person_id=row.person_id,
            minutes=credit_minutes(
                row.params["earning_minutes"], Rounding(row.params["rounding"])
            ).credited,
        )
        for row in rows
    )
    return tuple(item for item in found if item.minutes)


def service_problems(session: Session) -> tuple[Problem, ...]:
    """Return every confirmed piece of service whose parts do not sum to it."""
    sessions = func.coalesce(func.sum(Allocation.sessions), 0)
    minutes = func.coalesce(func.sum(Allocation.minutes), 0)
    rows = session.execute(
        select(
            ServiceRecord.id,
            ServiceRecord.person_id,
            ServiceRecord.minutes,
            minutes.label("parts"),
        )
        .outerjoin(Allocation, Allocation.service_id == ServiceRecord.id)
        .where(ServiceRecord.state == ServiceState.CONFIRMED)
        .group_by(
            ServiceRecord.id,
            ServiceRecord.person_id,
            ServiceRecord.sessions,
            ServiceRecord.minutes,
        )
        .having(or_(sessions != ServiceRecord.sessions, minutes != ServiceRecord.minutes))
        .order_by(ServiceRecord.id)
    )
    return tuple(
        Problem(
            code=ProblemCode.PARTS_DIFFER,
            rows=(row.id,),
            params=(("minutes", row.minutes), ("parts_minutes", row.parts)),
            person_id=row.person_id,
        )
        for row in rows
    )
