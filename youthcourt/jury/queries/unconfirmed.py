"""Evenings nobody has confirmed, as their doors wrote them down: told to the sentences."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState, planned_span
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.domain import LIVE, SeatRole, SeatState
from youthcourt.jury.domain.keys import (
    attendance_key,
    attendance_of_key,
    first_key,
    seat_key,
    seat_of_key,
)
from youthcourt.jury.models import Attendance, Seat
from youthcourt.people.calendar import court_zone
from youthcourt.sentences.domain import Evening, UnconfirmedDay

_SEATED = and_(Seat.role == SeatRole.JUROR, Seat.state.in_(LIVE))


def unconfirmed_days(
    session: Session, person_ids: Collection[uuid.UUID] | None, until: date
) -> tuple[UnconfirmedDay, ...]:
    """Return every juror's seat in sessions that are not confirmed, and who came without one.

    Whoever stood by and came holds no juror's seat: they count by coming.  Three statements.
    """
    seats = session.execute(
        select(Seat.id, Seat.person_id, Seat.state, CourtSession, Attendance)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == Seat.session_id, Attendance.person_id == Seat.person_id),
        )
        .where(_SEATED, *_open_until(until), *_whose(Seat.person_id, person_ids))
        .order_by(CourtSession.held_on, Seat.id)
    ).all()
    came = session.execute(
        select(Attendance.person_id, CourtSession, Attendance)
        .join(CourtSession, CourtSession.id == Attendance.session_id)
        .outerjoin(
            Seat,
            and_(
                Seat.session_id == Attendance.session_id,
                Seat.person_id == Attendance.person_id,
                _SEATED,
            ),
        )
        .where(Seat.id.is_(None), *_open_until(until), *_whose(Attendance.person_id, person_ids))
        .order_by(CourtSession.held_on, Attendance.id)
    ).all()
    zone = court_zone(session) if seats or came else ""
    return (
        *(
            _day(one.person_id, one[3], one[4], zone, key=seat_key(one.id), seat=one.state)
            for one in seats
        ),
        *(_day(one.person_id, one[1], one[2], zone) for one in came),
    )


def _open_until(until: date) -> tuple[ColumnElement[bool], ...]:
    return (CourtSession.state == CourtSessionState.PLANNED, CourtSession.held_on <= until)


def _whose(
    column: Any, person_ids: Collection[uuid.UUID] | None
) -> tuple[ColumnElement[bool], ...]:
    return () if person_ids is None else (column.in_(person_ids),)


def _day(
    person_id: uuid.UUID,
    evening: CourtSession,
    row: Attendance | None,
    zone: str,
    *,
    key: str | None = None,
    seat: SeatState = SeatState.PUBLISHED,
) -> UnconfirmedDay:
    span = planned_span(evening.held_on, evening.starts_at, evening.ends_at, zone)
    return UnconfirmedDay(
        person_id=person_id,
        session_id=evening.id,
        source_key=key,
        held_on=evening.held_on,
        evening=Evening(
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            arrived_at=row.checked_in_at if row else None,
            left_at=row.left_at if row else None,
        ),
        is_training=evening.kind is CourtSessionKind.TRAINING,
        told=seat is SeatState.PUBLISHED,
        outcome=row.outcome if row else None,
    )


def trainings_among(session: Session, source_keys: Collection[str]) -> frozenset[str]:
    """Return which of these keys of service belong to a training, whatever turn they have had."""
    trainings = {
        seat_key(key) for key in _in_trainings(session, Seat, map(seat_of_key, source_keys))
    } | {
        attendance_key(key)
        for key in _in_trainings(session, Attendance, map(attendance_of_key, source_keys))
    }
    return frozenset(key for key in source_keys if first_key(key) in trainings)


def _in_trainings(
    session: Session, model: type[Seat | Attendance], ids: Iterable[uuid.UUID | None]
) -> Iterable[uuid.UUID]:
    wanted = {key for key in ids if key is not None}
    if not wanted:
        return ()
    query = (
        select(model.id)
        .join(CourtSession, CourtSession.id == model.session_id)
        .where(model.id.in_(wanted), CourtSession.kind == CourtSessionKind.TRAINING)
    )
    return session.scalars(query).all()
