"""Rooms, and the days on which nothing is held."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act, record_changes
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings.domain import CourtSessionState, check_planned_day
from youthcourt.hearings.models import ClosedDay, CourtSession, Room, Sitting
from youthcourt.hearings.services.rows import locked_rooms
from youthcourt.people.calendar import court_day


def add_room(
    session: Session,
    *,
    name: str,
    address: str | None = None,
    directions: str | None = None,
    actor: Actor,
    now: datetime,
) -> Room:
    """Add a room; two rooms of a court never have the same name."""
    room = Room(name=_free_name(session, name), address=address, directions=directions)
    session.add(room)
    session.flush()
    record_act(session, act="room_added", subject=_room(room.id), actor=actor, now=now)
    return room


def change_room(
    session: Session,
    *,
    room_id: uuid.UUID,
    name: str,
    address: str | None,
    directions: str | None,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Save a room's name and the way to it; return the names of the fields that changed."""
    room = locked_rooms(session, (room_id,))[room_id]
    after = {
        "name": _free_name(session, name, but=room_id),
        "address": address,
        "directions": directions,
    }
    before = {field: getattr(room, field) for field in after}
    changed = record_changes(
        session, subject=_room(room.id), before=before, after=after, actor=actor, now=now
    )
    for field in changed:
        setattr(room, field, after[field])
    session.flush()
    if changed:
        record_act(
            session,
            act="room_changed",
            subject=_room(room.id),
            actor=actor,
            now=now,
            fields=" ".join(changed),
        )
    return changed


def close_room(session: Session, *, room_id: uuid.UUID, actor: Actor, now: datetime) -> Room:
    """Use a room no longer; refused while a coming session is planned there."""
    room = locked_rooms(session, (room_id,))[room_id]
    planned = session.scalar(
        select(func.min(CourtSession.held_on))
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .where(
            Sitting.room_id == room_id,
            Sitting.removed_at.is_(None),
            CourtSession.state == CourtSessionState.PLANNED,
            CourtSession.held_on >= court_day(session, now),
        )
    )
    if planned is not None:
        raise CourtRuleBroken("room_still_planned", held_on=planned)
    if room.closed_at is None:
        room.closed_at = now
        session.flush()
        record_act(session, act="room_closed", subject=_room(room.id), actor=actor, now=now)
    return room


def reopen_room(session: Session, *, room_id: uuid.UUID, actor: Actor, now: datetime) -> Room:
    """Use a room again."""
    room = locked_rooms(session, (room_id,))[room_id]
    if room.closed_at is not None:
        room.closed_at = None
        session.flush()
        record_act(session, act="room_reopened", subject=_room(room.id), actor=actor, now=now)
    return room


def add_closed_day(
    session: Session, *, day: date, label: str, actor: Actor, now: datetime
) -> ClosedDay:
    """Say that nothing is held on a day; what is planned on it stays until staff decide."""
    check_planned_day(day, today=court_day(session, now), field="day")
    known = session.scalar(select(ClosedDay).where(ClosedDay.day == day))
    if known is not None:
        raise CourtRuleBroken("day_already_closed", "day", label=known.label)
    row = ClosedDay(day=day, label=label)
    session.add(row)
    session.flush()
    record_act(session, act="closed_day_added", subject=_day(row.id), actor=actor, now=now)
    return row


def remove_closed_day(
    session: Session, *, closed_day_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Say that a day is an ordinary one again."""
    row = session.get(ClosedDay, closed_day_id)
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()
    record_act(session, act="closed_day_removed", subject=_day(closed_day_id), actor=actor, now=now)


def _free_name(session: Session, name: str, but: uuid.UUID | None = None) -> str:
    tidy = " ".join(name.split())
    query = select(Room.id).where(func.lower(Room.name) == tidy.lower())
    if but is not None:
        query = query.where(Room.id != but)
    if session.scalar(query.limit(1)) is not None:
        raise CourtRuleBroken("room_name_taken", "name")
    return tidy


def _room(room_id: uuid.UUID) -> Subject:
    return Subject(kind="room", id=room_id)


def _day(closed_day_id: uuid.UUID) -> Subject:
    return Subject(kind="closed_day", id=closed_day_id)
