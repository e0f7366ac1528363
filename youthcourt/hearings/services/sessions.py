"""Changing sessions: another time, not at all, and confirmed in the end."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.models import Case
from youthcourt.cases.services.life import locked_case
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import (
    CourtSessionState,
    HearingState,
    OffDocketReason,
    SessionCancelReason,
    planned_span,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.hearings.ports import SessionChange, SessionChanged, tell_followers
from youthcourt.hearings.queries.docket import dockets_of
from youthcourt.hearings.queries.planning import taken_rooms
from youthcourt.hearings.queries.problems import move_clashes
from youthcourt.hearings.queries.sessions import court_zone, session_line
from youthcourt.hearings.services.adults import refuse_hours_on_record
from youthcourt.hearings.services.docket import take_off
from youthcourt.hearings.services.family import tell_family
from youthcourt.hearings.services.planning import check_time, refuse_taken
from youthcourt.hearings.services.rows import (
    locked_hearing,
    locked_rooms,
    locked_session,
    locked_sittings,
    open_session,
    session_subject,
)

_UNDECIDED = Hearing.state == HearingState.DOCKETED
# What was settled or withdrawn on the day keeps its place there, decided as the others are.
_DECIDED = Hearing.decided_at.is_not(None)


def change_session(
    session: Session,
    *,
    session_id: uuid.UUID,
    held_on: date,
    starts_at: time,
    ends_at: time,
    hearings_come: bool = True,
    seats_come: bool = True,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> CourtSession:
    """Move a session to another day or time, its hearings and seats along with it or not.

    Checked as a new session is.  A hearing whose youth has another hearing at the new time
    refuses the move.  Families of the hearings that come along are told, as are followers.
    """
    cases = hold_cases(session, session_id)
    row = open_session(session, session_id, version=version)
    was = (row.held_on, row.starts_at, row.ends_at)
    if (held_on, starts_at, ends_at) == was:
        return row
    refuse_begun(session, row)
    refuse_hours_on_record(session, session_id)
    hearings = _hold_docket(session, session_id, cases)
    _check_move(session, row, held_on=held_on, starts_at=starts_at, ends_at=ends_at, now=now)
    if hearings_come:
        _check_clashes(session, row, held_on=held_on, starts_at=starts_at, ends_at=ends_at)
    else:
        _send_back(session, hearings, cases, OffDocketReason.SESSION_MOVED, actor=actor, now=now)
    row.held_on, row.starts_at, row.ends_at = held_on, starts_at, ends_at
    session.flush()
    record_act(
        session,
        act="session_moved",
        subject=session_subject(row.id),
        actor=actor,
        now=now,
        was_on=was[0].isoformat(),
        held_on=held_on.isoformat(),
        hearings_come=hearings_come,
        seats_come=seats_come,
    )
    if hearings_come:
        _tell_families(session, hearings, cases, was[0], actor=actor, now=now)
    changed = SessionChanged(
        change=SessionChange.MOVED,
        session_id=row.id,
        seats_stay=seats_come,
        was_on=was[0],
        was_starts_at=was[1],
        was_ends_at=was[2],
    )
    tell_followers(session, changed, actor=actor, now=now)
    return row


def cancel_session(
    session: Session,
    *,
    session_id: uuid.UUID,
    reason: SessionCancelReason,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> CourtSession:
    """Cancel a session; its hearings wait again and followers are told, so that seats go.

    Refused once the outcome of one of its hearings is on record.
    """
    cases = hold_cases(session, session_id)
    row = locked_session(session, session_id)
    if row.state is CourtSessionState.CANCELLED:
        return row
    row = open_session(session, session_id, version=version)
    refuse_begun(session, row)
    hearings = _hold_docket(session, session_id, cases)
    _send_back(session, hearings, cases, OffDocketReason.SESSION_CANCELLED, actor=actor, now=now)
    row.state, row.cancel_reason = CourtSessionState.CANCELLED, reason
    session.flush()
    record_act(
        session,
        act="session_cancelled",
        subject=session_subject(row.id),
        actor=actor,
        now=now,
        reason=reason,
        hearings=len(hearings),
    )
    changed = SessionChanged(change=SessionChange.CANCELLED, session_id=row.id, seats_stay=False)
    tell_followers(session, changed, actor=actor, now=now)
    return row


def confirm_session(
    session: Session, *, session_id: uuid.UUID, actor: Actor, now: datetime
) -> CourtSession:
    """Mark a session as confirmed, once; every hearing must have its outcome by then.

    Called by the confirmation of the evening alone, which posts the attendance in the same
    transaction.
    """
    row = locked_session(session, session_id)
    if row.state is CourtSessionState.CONFIRMED:
        return row
    if row.state is not CourtSessionState.PLANNED:
        raise CourtRuleBroken("session_not_open", state=row.state)
    span = planned_span(row.held_on, row.starts_at, row.ends_at, court_zone(session))
    if span.starts_at > now:
        raise CourtRuleBroken("session_not_yet", held_on=row.held_on)
    undecided = _count(session, session_id, _UNDECIDED)
    if undecided:
        raise CourtRuleBroken("hearings_undecided", count=undecided)
    row.state, row.confirmed_at, row.confirmed_by = CourtSessionState.CONFIRMED, now, actor.user_id
    session.flush()
    record_act(
        session, act="session_confirmed", subject=session_subject(row.id), actor=actor, now=now
    )
    return row


def hold_cases(
    session: Session, session_id: uuid.UUID, sitting_id: uuid.UUID | None = None
) -> dict[uuid.UUID, Case]:
    """Return the cases with a hearing on the docket of a session, or of one room, held."""
    query = (
        select(Hearing.case_id)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .where(Sitting.session_id == session_id, Hearing.state == HearingState.DOCKETED)
    )
    if sitting_id is not None:
        query = query.where(Sitting.id == sitting_id)
    return {key: locked_case(session, key) for key in sorted(session.scalars(query))}


def _hold_docket(
    session: Session, session_id: uuid.UUID, cases: Collection[uuid.UUID]
) -> list[Hearing]:
    """Hold all rooms of a session and return its docketed hearings, held."""
    keys = session.scalars(select(Sitting.id).where(Sitting.session_id == session_id)).all()
    locked_sittings(session, keys)
    return hold_hearings(session, keys, cases)


def hold_hearings(
    session: Session, sitting_ids: Collection[uuid.UUID], cases: Collection[uuid.UUID]
) -> list[Hearing]:
    """Return the docketed hearings of held sittings, held, in the order of the docket."""
    query = (
        select(Hearing.id)
        .where(Hearing.sitting_id.in_(sitting_ids), Hearing.state == HearingState.DOCKETED)
        .order_by(Hearing.sitting_id, Hearing.position, Hearing.id)
    )
    rows = [locked_hearing(session, key) for key in session.scalars(query).all()]
    if any(row.case_id not in cases for row in rows):
        # Put there between holding the cases and holding the room: its case is not held.
        raise CourtRuleBroken("docket_changed_meanwhile")
    return rows


def refuse_begun(session: Session, row: CourtSession) -> None:
    """Refuse to change what has been used: an outcome of that session is on record."""
    if _count(session, row.id, _DECIDED):
        raise CourtRuleBroken("session_has_begun")


def _count(session: Session, session_id: uuid.UUID, which: ColumnElement[bool]) -> int:
    query = (
        select(func.count())
        .select_from(Hearing)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .where(Sitting.session_id == session_id, which)
    )
    return session.scalar(query) or 0


def _tell_families(
    session: Session,
    hearings: Collection[Hearing],
    cases: dict[uuid.UUID, Case],
    was_on: date,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    for hearing in hearings:
        case = cases[hearing.case_id]
        tell_family(session, hearing=hearing, case=case, was_on=was_on, actor=actor, now=now)


def _send_back(
    session: Session,
    hearings: Collection[Hearing],
    cases: dict[uuid.UUID, Case],
    reason: OffDocketReason,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    for hearing in hearings:
        case = cases[hearing.case_id]
        take_off(session, hearing=hearing, case=case, reason=reason, actor=actor, now=now)


def _check_move(
    session: Session,
    row: CourtSession,
    *,
    held_on: date,
    starts_at: time,
    ends_at: time,
    now: datetime,
) -> None:
    check_time(session, held_on=held_on, starts_at=starts_at, ends_at=ends_at, now=now)
    rooms = session.scalars(
        select(Sitting.room_id).where(Sitting.session_id == row.id, Sitting.removed_at.is_(None))
    ).all()
    locked_rooms(session, rooms)
    taken = taken_rooms(
        session,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        room_ids=rooms,
        but=row.id,
    )
    refuse_taken(taken)


def _check_clashes(
    session: Session, row: CourtSession, *, held_on: date, starts_at: time, ends_at: time
) -> None:
    planned = replace(
        session_line(session, row.id), held_on=held_on, starts_at=starts_at, ends_at=ends_at
    )
    hearings = [
        line
        for docket in dockets_of(session, row.id).values()
        for line in docket
        if line.state is HearingState.DOCKETED
    ]
    clashes = [c for c in move_clashes(session, planned, hearings) if c.hearings]
    if clashes:
        numbers = tuple(clash.hearing.case_number for clash in clashes)
        raise CourtRuleBroken("move_clashes", "held_on", numbers=numbers)
