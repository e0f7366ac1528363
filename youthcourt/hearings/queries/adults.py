"""Reading the hours of adult volunteers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from youthcourt.accounts.models import User
from youthcourt.db import ListPage, page_number
from youthcourt.hearings.domain import AdultRole, DaySpan, name_key
from youthcourt.hearings.models import AdultHours, CourtSession, Sitting

ADULTS_PAGE = 50
NAMES_OFFERED = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class AdultHoursLine:
    """One line: who gave how much as what, who wrote it down, and whether it was taken back."""

    id: uuid.UUID
    given_on: date
    name: str
    role: AdultRole
    minutes: int
    session_id: uuid.UUID | None
    recorded_at: datetime
    recorded_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AdultTotal:
    """What one adult gave in a span: how many times, and minutes in all."""

    name: str
    times: int
    minutes: int


def adult_hours_page(session: Session, *, span: DaySpan, page: int = 1) -> ListPage[AdultHoursLine]:
    """Return one page of the lines of a span, the latest first, those taken back too."""
    where = _within(span)
    total = session.scalar(select(func.count()).select_from(AdultHours).where(*where)) or 0
    number = page_number(page, total=total, size=ADULTS_PAGE)
    lines = _lines(session, where, limit=ADULTS_PAGE, offset=(number - 1) * ADULTS_PAGE)
    return ListPage(lines=lines, total=total, size=ADULTS_PAGE, number=number)


def adult_totals(session: Session, *, span: DaySpan) -> tuple[AdultTotal, ...]:
    """Return what each adult gave in a span by name; lines taken back do not count."""
    rows = session.execute(
        select(
            func.max(AdultHours.name).label("name"),
            func.count().label("times"),
            func.sum(AdultHours.minutes).label("minutes"),
        )
        .where(*_within(span), AdultHours.withdrawn_at.is_(None))
        .group_by(AdultHours.name_key)
        .order_by(AdultHours.name_key)
    )
    return tuple(
        AdultTotal(name=row.name, times=row.times, minutes=int(row.minutes)) for row in rows
    )


def adults_of_session(session: Session, session_id: uuid.UUID) -> tuple[AdultHoursLine, ...]:
    """Return the hours that stand of one session, in the order they were written down."""
    lines = _lines(
        session, (AdultHours.session_id == session_id, AdultHours.withdrawn_at.is_(None))
    )
    return tuple(sorted(lines, key=lambda line: (line.recorded_at, line.name)))


def has_adult_hours(session: Session) -> bool:
    """Return whether the court has ever written down a line."""
    return session.scalar(select(AdultHours.id).limit(1)) is not None


def adult_names(session: Session) -> tuple[str, ...]:
    """Return names that were written before, of hours and of who presides, for typing anew.

    The names used last are kept where there are too many; the same name comes once.
    """
    hours = (
        select(AdultHours.name, func.max(AdultHours.given_on).label("day"))
        .where(AdultHours.withdrawn_at.is_(None))
        .group_by(AdultHours.name)
    )
    presiding = (
        select(Sitting.presiding.label("name"), func.max(CourtSession.held_on).label("day"))
        .join(CourtSession, CourtSession.id == Sitting.session_id)
        .where(Sitting.presiding.is_not(None), Sitting.removed_at.is_(None))
        .group_by(Sitting.presiding)
    )
    both = hours.union_all(presiding).subquery()
    rows = session.scalars(
        select(both.c.name)
        .group_by(both.c.name)
        .order_by(func.max(both.c.day).desc(), both.c.name)
        .limit(NAMES_OFFERED)
    )
    names = {name_key(name): " ".join(name.split()) for name in rows if name.strip()}
    return tuple(sorted(names.values(), key=str.casefold))


def _within(span: DaySpan) -> tuple[ColumnElement[bool], ...]:
    return (AdultHours.given_on >= span.first, AdultHours.given_on <= span.last)


def _lines(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    *,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[AdultHoursLine, ...]:
    writer, taker = aliased(User), aliased(User)
    rows = session.execute(
        select(AdultHours, writer.name.label("writer"), taker.name.label("taker"))
        .outerjoin(writer, writer.id == AdultHours.recorded_by)
        .outerjoin(taker, taker.id == AdultHours.withdrawn_by)
        .where(*where)
        .order_by(AdultHours.given_on.desc(), AdultHours.name_key, AdultHours.id)
        .limit(limit)
        .offset(offset or None)
    ).all()
    return tuple(_line(row.AdultHours, row.writer, row.taker) for row in rows)


def _line(row: AdultHours, writer: str | None, taker: str | None) -> AdultHoursLine:
    return AdultHoursLine(
        id=row.id,
        given_on=row.given_on,
        name=row.name,
        role=row.role,
        minutes=row.minutes,
        session_id=row.session_id,
        recorded_at=row.recorded_at,
        recorded_by=writer,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=taker,
    )
