"""Rows of the jury held for writing, and seats whose places the database itself gives out.

Locks are taken in one order: the session, then persons by key.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.domain import SanctionKind
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings.services.rows import open_session
from youthcourt.jury.domain import LIVE, SeatRole, SeatState
from youthcourt.jury.domain.keys import seat_key
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.sessions import JurySession, jury_session
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.models import ServiceRecord
from youthcourt.sentences.services import book_service, cancel_booking
from youthcourt.sentences.services.rows import hold_person


def held_session(
    session: Session, session_id: uuid.UUID, *, seat_id: uuid.UUID | None = None
) -> JurySession:
    """Return a planned session, held until the transaction ends; refuse any other.

    A seat that is none of the session is ``NotFound``, whatever state the session is in.
    """
    if seat_id is not None:
        seat_of(session, session_id=session_id, seat_id=seat_id)
    open_session(session, session_id)
    return jury_session(session, session_id)


def held_persons(session: Session, person_ids: Collection[uuid.UUID]) -> None:
    """Hold these persons, so that nobody gives them another seat meanwhile."""
    for person_id in sorted(set(person_ids)):
        hold_person(session, person_id)


def seat_of(session: Session, *, session_id: uuid.UUID, seat_id: uuid.UUID) -> Seat:
    """Return one seat of this very session as it is stored now, or raise ``NotFound``."""
    seat = session.scalar(
        select(Seat)
        .where(Seat.id == seat_id, Seat.session_id == session_id)
        .execution_options(populate_existing=True)
    )
    if seat is None:
        raise NotFound
    return seat


def live_seat_of(session: Session, *, session_id: uuid.UUID, seat_id: uuid.UUID) -> Seat:
    """Return a seat that is held, or refuse one that was given back."""
    seat = seat_of(session, session_id=session_id, seat_id=seat_id)
    if seat.state not in LIVE:
        raise CourtRuleBroken("seat_not_held")
    return seat


def seats_in(session: Session, session_id: uuid.UUID) -> list[Seat]:
    """Return the live seats of a session as they are stored now, jurors and reserves."""
    query = (
        select(Seat)
        .where(Seat.session_id == session_id, Seat.state.in_(LIVE))
        .order_by(Seat.sitting_id, Seat.role, Seat.position)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def keep_seats(session: Session, *seats: Seat) -> None:
    """Store new or changed seats; the unique keys decide, and a clash is a refusal.

    The rest of the transaction stays as it was.
    """
    try:
        with session.begin_nested():
            session.add_all(seats)
            session.flush()
    except IntegrityError as clash:
        raise CourtRuleBroken("place_taken", "sitting_id") from clash


def book_seat(
    session: Session, evening: JurySession, seat: Seat, *, actor: Actor, now: datetime
) -> None:
    """Book the service of a juror's seat, once; a reserve books nothing."""
    if seat.role is not SeatRole.JUROR or not evening.books:
        return
    book_service(
        session,
        person_id=seat.person_id,
        kind=SanctionKind.JURY,
        sessions=1,
        minutes=evening.policy.counting.session_minutes,
        served_on=evening.held_on,
        source_key=seat_key(seat.id),
        actor=actor,
        now=now,
    )


def cancel_seat_booking(
    session: Session, seat: Seat, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Cancel what a seat has booked, if it has booked anything."""
    row = session.execute(
        select(ServiceRecord.id, ServiceRecord.state).where(
            ServiceRecord.source_key == seat_key(seat.id)
        )
    ).first()
    if row is not None and row.state is not ServiceState.DENIED:
        cancel_booking(session, service_id=row.id, reason=reason, actor=actor, now=now)


def is_published(seat: Seat) -> bool:
    """Return whether the person was told of the seat."""
    return seat.state is SeatState.PUBLISHED


def note_seat(
    session: Session,
    act: str,
    seat: Seat,
    *,
    actor: Actor,
    now: datetime,
    **params: str | int | bool | uuid.UUID | None,
) -> None:
    """Write an act on a seat into the journal, with its session and room."""
    subject = Subject(kind="seat", id=seat.id, person_id=seat.person_id)
    record_act(
        session,
        act=act,
        subject=subject,
        actor=actor,
        now=now,
        court_session=seat.session_id,
        sitting=seat.sitting_id,
        **params,
    )


def note_session(
    session: Session,
    act: str,
    session_id: uuid.UUID,
    *,
    actor: Actor,
    now: datetime,
    **params: str | int | bool | uuid.UUID | None,
) -> None:
    """Write an act on the jury of a session into the journal."""
    subject = Subject(kind="court_session", id=session_id)
    record_act(session, act=act, subject=subject, actor=actor, now=now, **params)
