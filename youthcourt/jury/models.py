"""Draws, seats and attendance."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import (
    Base,
    CourtScoped,
    Id,
    JsonValue,
    choice,
    court_reference,
    court_table,
)
from youthcourt.jury.domain.states import CheckInMethod, SeatRole, SeatSource, SeatState
from youthcourt.sentences.domain import AttendanceOutcome

_LIVE = "state IN ('proposed', 'published')"


class DrawNumber(CourtScoped, Base):
    """The number by which a person is named in stored draws; goes when a record is sealed."""

    __tablename__ = "draw_numbers"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        UniqueConstraint("court_id", "person_id"),
        UniqueConstraint("court_id", "number"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID]
    number: Mapped[int]


class StoredDraw(CourtScoped, Base):
    """One draw for a session: its input and result by draw number, seed and digest."""

    __tablename__ = "draws"
    __table_args__ = court_table(court_reference("session_id", "court_sessions"))

    id: Mapped[Id]
    session_id: Mapped[uuid.UUID] = mapped_column(index=True)
    seed: Mapped[int]
    algorithm: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    input_digest: Mapped[str] = mapped_column(String(64))
    input: Mapped[dict[str, Any]] = mapped_column(JsonValue)
    result: Mapped[dict[str, Any]] = mapped_column(JsonValue)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]


class Seat(CourtScoped, Base):
    """A person's place on a panel, or as reserve.

    Nobody holds two live seats in one session and no place is given twice: the database
    says so, whoever writes.  The foreperson leads the questions of the panel.
    """

    __tablename__ = "seats"
    __table_args__ = court_table(
        court_reference("session_id", "court_sessions"),
        court_reference("sitting_id", "sittings"),
        court_reference("person_id", "persons"),
        court_reference("draw_id", "draws"),
        Index(
            "uq_seats_one_per_session",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index(
            "uq_seats_place",
            "sitting_id",
            "role",
            "position",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[Id]
    session_id: Mapped[uuid.UUID]
    sitting_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    role: Mapped[SeatRole] = mapped_column(choice(SeatRole), default=SeatRole.JUROR)
    position: Mapped[int]
    state: Mapped[SeatState] = mapped_column(choice(SeatState))
    source: Mapped[SeatSource] = mapped_column(choice(SeatSource))
    locked: Mapped[bool] = mapped_column(default=False)
    foreperson: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(60))
    draw_id: Mapped[uuid.UUID | None]
    made_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class Attendance(CourtScoped, Base):
    """That one person came to one session, from check-in to confirmation."""

    __tablename__ = "attendances"
    __table_args__ = court_table(
        court_reference("session_id", "court_sessions"),
        court_reference("sitting_id", "sittings"),
        court_reference("person_id", "persons"),
        UniqueConstraint("court_id", "session_id", "person_id"),
        CheckConstraint(
            "left_at IS NULL OR checked_in_at IS NULL OR left_at >= checked_in_at",
            name="order",
        ),
    )

    id: Mapped[Id]
    session_id: Mapped[uuid.UUID]
    sitting_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    outcome: Mapped[AttendanceOutcome | None] = mapped_column(choice(AttendanceOutcome))
    method: Mapped[CheckInMethod | None] = mapped_column(choice(CheckInMethod))
    checked_in_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    oath_at: Mapped[datetime | None]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}
