"""Reading the schools a court knows."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.people.models import School


def school_names(session: Session) -> tuple[str, ...]:
    """Return the names of all schools, sorted."""
    return tuple(session.scalars(select(School.name).order_by(School.name)))


def school_name(session: Session, school_id: uuid.UUID | None) -> str | None:
    """Return the name of a school, None for none."""
    if school_id is None:
        return None
    return session.scalar(select(School.name).where(School.id == school_id))
