"""Rooms of a session: one more, other numbers, another room, one less."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.models import Case
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.hearings.domain import HearingKind, HearingState, OffDocketReason, SittingPlan
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting
from youthcourt.hearings.ports import SessionChange, SessionChanged, tell_followers
from youthcourt.hearings.queries.planning import taken_rooms
from youthcourt.hearings.services.docket import take_off
from youthcourt.hearings.services.family import tell_family
from youthcourt.hearings.services.planning import (
    check_rooms,
    plan_values,
    refuse_taken,
    sitting_of,
)
from youthcourt.hearings.services.rows import locked_sittings, open_session
from youthcourt.hearings.services.sessions import hold_cases, hold_hearings, refuse_begun


def add_sitting(
    session: Session,
    *,
    session_id: uuid.UUID,
    plan: SittingPlan,
    actor: Actor,
    now: datetime,
) -> Sitting:
    """Add a room to a session; one that was taken out before comes back."""
    evening = open_session(session, session_id)
    _check_room(session, evening, plan)
    row = session.scalar(
        select(Sitting).where(Sitting.session_id == session_id, Sitting.room_id == plan.room_id)
    )
    if row is None:
        row = sitting_of(session_id, plan)
        session.add(row)
    elif row.removed_at is None:
        raise CourtRuleBroken("room_already_in_session", "room_id")
    else:
        _write(row, plan)
        row.removed_at = None
    session.flush()
    _note(session, "room_added_to_session", row, actor, now)
    return row


def change_sitting(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    plan: SittingPlan,
    was: SittingPlan | None = None,
    actor: Actor,
    now: datetime,
) -> Sitting:
    """Save a room's numbers and who presides, or put the sitting into another room.

    Families and followers are told of another room.  More hearings than the new limits allow
    stay where they are.  ``was`` is what the caller has seen; None asks for no such check.
    """
    session_id = _session_of(session, sitting_id)
    cases = hold_cases(session, session_id, sitting_id)
    evening = open_session(session, session_id)
    row = _held(session, sitting_id)
    if was is not None and any(getattr(row, k) != v for k, v in plan_values(was).items()):
        raise Stale("session_saved_by_another")
    elsewhere = plan.room_id != row.room_id
    if elsewhere:
        refuse_begun(session, evening)
        _refuse_used(session, session_id, plan.room_id)
    _check_room(session, evening, plan)
    hearings = hold_hearings(session, (sitting_id,), cases) if elsewhere else []
    _write(row, plan)
    session.flush()
    _note(session, "session_room_changed", row, actor, now)
    for hearing in hearings:
        tell_family(
            session,
            hearing=hearing,
            case=cases[hearing.case_id],
            was_on=evening.held_on,
            actor=actor,
            now=now,
        )
    if elsewhere:
        changed = SessionChanged(
            change=SessionChange.ROOM_CHANGED,
            session_id=session_id,
            sitting_id=sitting_id,
            seats_stay=True,
        )
        tell_followers(session, changed, actor=actor, now=now)
    return row


def remove_sitting(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    hearings_to: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Sitting:
    """Take a room out of a session; its hearings go to another of its rooms, or wait again.

    Refused for the last room and for one in which something was decided; the other room must
    have the places.  Followers are told, so that seats go.
    """
    session_id = _session_of(session, sitting_id)
    cases = hold_cases(session, session_id, sitting_id)
    evening = open_session(session, session_id)
    held = locked_sittings(session, [key for key in (sitting_id, hearings_to) if key is not None])
    row = held.get(sitting_id)
    if row is None or row.removed_at is not None:
        raise NotFound
    _refuse_removal(session, evening)
    hearings = hold_hearings(session, (sitting_id,), cases)
    if hearings_to is not None:
        target = held.get(hearings_to)
        if target is None or target.session_id != session_id or target.removed_at is not None:
            raise NotFound
        _carry_over(session, hearings, cases, target, actor=actor, now=now)
    else:
        for hearing in hearings:
            take_off(
                session,
                hearing=hearing,
                case=cases[hearing.case_id],
                reason=OffDocketReason.ROOM_REMOVED,
                actor=actor,
                now=now,
            )
    row.removed_at = now
    session.flush()
    _note(session, "room_removed_from_session", row, actor, now)
    changed = SessionChanged(
        change=SessionChange.ROOM_REMOVED,
        session_id=session_id,
        sitting_id=sitting_id,
        seats_stay=False,
    )
    tell_followers(session, changed, actor=actor, now=now)
    return row


def _session_of(session: Session, sitting_id: uuid.UUID) -> uuid.UUID:
    session_id = session.scalar(
        select(Sitting.session_id).where(Sitting.id == sitting_id, Sitting.removed_at.is_(None))
    )
    if session_id is None:
        raise NotFound
    return session_id


def _held(session: Session, sitting_id: uuid.UUID) -> Sitting:
    row = locked_sittings(session, (sitting_id,)).get(sitting_id)
    if row is None or row.removed_at is not None:
        raise NotFound
    return row


def _check_room(session: Session, evening: CourtSession, plan: SittingPlan) -> None:
    check_rooms(session, (plan,))
    refuse_taken(
        taken_rooms(
            session,
            held_on=evening.held_on,
            starts_at=evening.starts_at,
            ends_at=evening.ends_at,
            room_ids=(plan.room_id,),
            but=evening.id,
        )
    )


def _refuse_used(session: Session, session_id: uuid.UUID, room_id: uuid.UUID) -> None:
    known = session.scalar(
        select(Room.name)
        .join(Sitting, Sitting.room_id == Room.id)
        .where(Sitting.session_id == session_id, Sitting.room_id == room_id)
    )
    if known is not None:
        raise CourtRuleBroken("room_already_in_session", "room_id")


def _refuse_removal(session: Session, evening: CourtSession) -> None:
    refuse_begun(session, evening)
    rooms = session.scalar(
        select(func.count())
        .select_from(Sitting)
        .where(Sitting.session_id == evening.id, Sitting.removed_at.is_(None))
    )
    if (rooms or 0) <= 1:
        raise CourtRuleBroken("last_room_of_session")


def _carry_over(
    session: Session,
    hearings: list[Hearing],
    cases: dict[uuid.UUID, Case],
    target: Sitting,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    there = session.execute(
        select(Hearing.kind, Hearing.position).where(
            Hearing.sitting_id == target.id, Hearing.state != HearingState.CANCELLED
        )
    ).all()
    coming = [row.kind for row in there] + [hearing.kind for hearing in hearings]
    firsts = sum(kind is HearingKind.FIRST for kind in coming)
    others = len(coming) - firsts
    if firsts > target.max_first_hearings or others > target.max_return_hearings:
        raise CourtRuleBroken("other_room_full", "hearings_to")
    last = max((row.position or 0 for row in there), default=0)
    for place, hearing in enumerate(hearings, start=1):
        hearing.sitting_id, hearing.position = target.id, last + place
    session.flush()
    for hearing in hearings:
        tell_family(session, hearing=hearing, case=cases[hearing.case_id], actor=actor, now=now)


def _write(row: Sitting, plan: SittingPlan) -> None:
    for name, value in plan_values(plan).items():
        setattr(row, name, value)


def _note(session: Session, act: str, row: Sitting, actor: Actor, now: datetime) -> None:
    record_act(
        session,
        act=act,
        subject=Subject(kind="sitting", id=row.id),
        actor=actor,
        now=now,
        court_session=row.session_id,
        room=row.room_id,
    )
