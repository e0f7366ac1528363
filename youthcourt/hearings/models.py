"""The calendar, court sessions with their sittings, and the hearings on the docket."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.courts.domain import SittingModel
from youthcourt.db import Base, CourtScoped, Id, choice, court_reference, court_table
from youthcourt.hearings.domain import (
    AdultRole,
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
)


class Room(CourtScoped, Base):
    """A room where sittings are held, with the way to it."""

    __tablename__ = "rooms"
    __table_args__ = court_table(UniqueConstraint("court_id", "name"))

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(300))
    directions: Mapped[str | None] = mapped_column(String(500))
    closed_at: Mapped[datetime | None]


class ClosedDay(CourtScoped, Base):
    """A day on which nothing is held."""

    __tablename__ = "closed_days"
    __table_args__ = court_table(UniqueConstraint("court_id", "day"))

    id: Mapped[Id]
    day: Mapped[date]
    label: Mapped[str] = mapped_column(String(80))


class SessionSeries(CourtScoped, Base):
    """A rule that made a row of sessions, for example every second Saturday."""

    __tablename__ = "session_series"
    __table_args__ = court_table(CheckConstraint("ends_on >= starts_on", name="order"))

    id: Mapped[Id]
    kind: Mapped[CourtSessionKind] = mapped_column(choice(CourtSessionKind))
    weekday: Mapped[int]
    every_weeks: Mapped[int | None]
    nth_of_month: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class CourtSession(CourtScoped, Base):
    """One dated evening or morning; times are wall times in the court's zone.

    A session whose end is not after its start ends on the next day.
    """

    __tablename__ = "court_sessions"
    __table_args__ = court_table(
        court_reference("series_id", "session_series"),
        Index("ix_court_sessions_day", "court_id", "held_on"),
    )

    id: Mapped[Id]
    kind: Mapped[CourtSessionKind] = mapped_column(choice(CourtSessionKind))
    held_on: Mapped[date]
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    state: Mapped[CourtSessionState] = mapped_column(
        choice(CourtSessionState), default=CourtSessionState.PLANNED
    )
    cancel_reason: Mapped[str | None] = mapped_column(String(40))
    series_id: Mapped[uuid.UUID | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class Sitting(CourtScoped, Base):
    """One room with one panel during a session.

    A room that was taken out of a session keeps its row: hearings and seats of the past may
    point at it.
    """

    __tablename__ = "sittings"
    __table_args__ = court_table(
        court_reference("session_id", "court_sessions"),
        court_reference("room_id", "rooms"),
        UniqueConstraint("court_id", "session_id", "room_id"),
        CheckConstraint(
            "1 <= quorum AND quorum <= panel_target AND panel_target <= panel_max",
            name="panel_sizes",
        ),
    )

    id: Mapped[Id]
    session_id: Mapped[uuid.UUID]
    room_id: Mapped[uuid.UUID]
    model: Mapped[SittingModel] = mapped_column(choice(SittingModel))
    presiding: Mapped[str | None] = mapped_column(String(120))
    quorum: Mapped[int]
    panel_target: Mapped[int]
    panel_max: Mapped[int]
    max_first_hearings: Mapped[int]
    max_return_hearings: Mapped[int]
    removed_at: Mapped[datetime | None]


class Hearing(CourtScoped, Base):
    """One appearance of a case: its first hearing, a return hearing or a review.

    A case has at most one hearing that is still to come.
    """

    __tablename__ = "hearings"
    __table_args__ = court_table(
        court_reference("case_id", "cases"),
        court_reference("sitting_id", "sittings"),
        Index("ix_hearings_sitting", "court_id", "sitting_id"),
        Index(
            "uq_hearings_one_ahead",
            "case_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'docketed')"),
            postgresql_where=text("state IN ('waiting', 'docketed')"),
        ),
        CheckConstraint(
            "state = 'waiting' OR state = 'cancelled' OR sitting_id IS NOT NULL",
            name="docketed_somewhere",
        ),
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID]
    kind: Mapped[HearingKind] = mapped_column(choice(HearingKind))
    state: Mapped[HearingState] = mapped_column(choice(HearingState), default=HearingState.WAITING)
    sitting_id: Mapped[uuid.UUID | None]
    position: Mapped[int | None]
    waiting_since: Mapped[date]
    reason: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class AdultHours(CourtScoped, Base):
    """Hours that one adult gave on one day, of their own accord, to the court.

    A wrong line is taken back and stays readable.  ``name_key`` tells adults apart without
    regard to case and spaces; in one session an adult has one line that stands.
    """

    __tablename__ = "adult_hours"
    __table_args__ = court_table(
        court_reference("session_id", "court_sessions"),
        Index("ix_adult_hours_day", "court_id", "given_on"),
        Index(
            "uq_adult_hours_one_in_session",
            "session_id",
            "name_key",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="within_a_day"),
    )

    id: Mapped[Id]
    given_on: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(640))
    role: Mapped[AdultRole] = mapped_column(choice(AdultRole))
    minutes: Mapped[int]
    session_id: Mapped[uuid.UUID | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
