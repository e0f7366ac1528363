"""The declarative base and the building blocks of court tables."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Annotated

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Time,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.schema import SchemaItem

from youthcourt.db.scope import CourtSession
from youthcourt.db.types import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid.uuid4)]


class Base(DeclarativeBase):
    """The base of all models; no relationships, rows are joined by queries on purpose."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            uuid.UUID: Uuid,
            datetime: UtcDateTime,
            date: Date,
            time: Time,
        },
    )


class CourtScoped:
    """A row that belongs to one court and is invisible to a session of another."""

    court_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courts.id"))


def court_table(*items: SchemaItem) -> tuple[SchemaItem, ...]:
    """Return table arguments with the key that composite foreign keys point at."""
    return (UniqueConstraint("court_id", "id"), *items)


def court_reference(column: str, table: str) -> ForeignKeyConstraint:
    """Return a foreign key that cannot leave the row's own court."""
    return ForeignKeyConstraint(["court_id", column], [f"{table}.court_id", f"{table}.id"])


def one_of(name: str, *columns: str) -> CheckConstraint:
    """Return a check that exactly one of the columns is set."""
    total = " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return CheckConstraint(f"{total} = 1", name=name)


db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": CourtSession, "expire_on_commit": False},
)
