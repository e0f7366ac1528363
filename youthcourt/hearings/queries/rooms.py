"""Reading rooms and closed days."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.errors import NotFound
from youthcourt.hearings.models import ClosedDay, Room


def rooms(session: Session, *, closed: bool = False) -> tuple[Room, ...]:
    """Return the rooms in use by name; with ``closed`` also those no longer used, at the end."""
    query = select(Room).order_by(Room.closed_at.is_not(None), Room.name)
    if not closed:
        query = query.where(Room.closed_at.is_(None))
    return tuple(session.scalars(query))


def room_by_id(session: Session, room_id: uuid.UUID) -> Room:
    """Return one room, or raise ``NotFound``."""
    room = session.get(Room, room_id)
    if room is None:
        raise NotFound
    return room


def closed_days(session: Session, *, since: date | None = None) -> tuple[ClosedDay, ...]:
    """Return the closed days in order, from a day on where one is given."""
    query = select(ClosedDay).order_by(ClosedDay.day)
    if since is not None:
        query = query.where(ClosedDay.day >= since)
    return tuple(session.scalars(query))


def closed_labels(session: Session, days: Collection[date]) -> dict[date, str]:
    """Return which of these days are closed, with why."""
    if not days:
        return {}
    query = select(ClosedDay.day, ClosedDay.label).where(
        ClosedDay.day.between(min(days), max(days))
    )
    wanted = set(days)
    return {row.day: row.label for row in session.execute(query) if row.day in wanted}
