"""Courts, the versions of their policies, and their running numbers."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import Base, CourtScoped, Id, JsonValue, court_table
from youthcourt.db.append_only import append_only


class Court(Base):
    """One programme with its own people, policy and zone.

    ``phone_name`` and ``sender_name`` are what a bystander may read on a juror's phone, so
    they never say what the programme is.
    """

    __tablename__ = "courts"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    phone_name: Mapped[str] = mapped_column(String(60))
    sender_name: Mapped[str] = mapped_column(String(60))
    time_zone: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12), default="en")
    office_phone: Mapped[str | None] = mapped_column(String(40))
    office_email: Mapped[str | None] = mapped_column(String(254))
    office_address: Mapped[str | None] = mapped_column(String(300))
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class StoredPolicy(CourtScoped, Base):
    """One version of a court's policy; never rewritten, the newest in force applies."""

    __tablename__ = "policies"
    __table_args__ = court_table(UniqueConstraint("court_id", "number"))

    id: Mapped[Id]
    number: Mapped[int]
    schema_version: Mapped[int]
    in_force_from: Mapped[date]
    document: Mapped[dict[str, Any]] = mapped_column(JsonValue)
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class Counter(CourtScoped, Base):
    """The last number given out of one series, for example ``case-2026``."""

    __tablename__ = "counters"
    __table_args__ = court_table(UniqueConstraint("court_id", "series"))

    id: Mapped[Id]
    series: Mapped[str] = mapped_column(String(40))
    last: Mapped[int] = mapped_column(default=0)


_TABLE = StoredPolicy.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 -- narrows the type for mypy
append_only(_TABLE)
