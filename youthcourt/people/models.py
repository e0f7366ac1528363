"""Persons, the adults around them, schools, consents and what a juror brings along."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.accounts.domain import FactQuestion
from youthcourt.courts.domain import ConsentKind
from youthcourt.db import (
    Base,
    CourtScoped,
    EncryptedDate,
    EncryptedText,
    Id,
    JsonValue,
    choice,
    court_reference,
    court_table,
)


class School(CourtScoped, Base):
    """A school that persons attend."""

    __tablename__ = "schools"
    __table_args__ = court_table(UniqueConstraint("court_id", "name"))

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120))


class Person(CourtScoped, Base):
    """A youth the court knows, as respondent, juror or both.

    Without a name the person is "not yet identified".  ``search_key`` holds the folded
    name, ``birth_key`` finds equal birth dates without decrypting.  A person that was
    merged into another points at it and is shown nowhere else.
    """

    __tablename__ = "persons"
    __table_args__ = court_table(
        UniqueConstraint("court_id", "number"),
        court_reference("school_id", "schools"),
        court_reference("merged_into_id", "persons"),
        Index("ix_persons_search", "court_id", "search_key"),
        Index("ix_persons_birth", "court_id", "birth_key"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(20))
    given_names: Mapped[str | None] = mapped_column(String(200))
    family_name: Mapped[str | None] = mapped_column(String(200))
    preferred_name: Mapped[str | None] = mapped_column(String(200))
    search_key: Mapped[str] = mapped_column(String(640), default="")
    birth_date: Mapped[date | None] = mapped_column(EncryptedDate)
    birth_key: Mapped[str | None] = mapped_column(String(64))
    stated_age: Mapped[int | None]
    stated_age_on: Mapped[date | None]
    sex: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12), default="en")
    interpreter_needed: Mapped[bool] = mapped_column(default=False)
    school_id: Mapped[uuid.UUID | None]
    grade: Mapped[str | None] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    address: Mapped[str | None] = mapped_column(EncryptedText)
    phone_key: Mapped[str | None] = mapped_column(String(64), index=True)
    email_key: Mapped[str | None] = mapped_column(String(64), index=True)
    fact_question: Mapped[FactQuestion | None] = mapped_column(choice(FactQuestion))
    fact_hash: Mapped[str | None] = mapped_column(String(200))
    on_jury_list: Mapped[bool] = mapped_column(default=False)
    volunteer_since: Mapped[date | None]
    service_learning_since: Mapped[date | None]
    left_jury_on: Mapped[date | None]
    merged_into_id: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class Adult(CourtScoped, Base):
    """An adult tied to a youth: what they may decide and what they may be told.

    ``never_disclose`` overrides everything else: no notice, no name on any page a family
    sees.
    """

    __tablename__ = "adults"
    __table_args__ = court_table(court_reference("person_id", "persons"))

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(40))
    may_consent: Mapped[bool] = mapped_column(default=False)
    authority_proof: Mapped[str | None] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(12), default="en")
    channel: Mapped[str] = mapped_column(String(20), default="phone")
    told_schedule: Mapped[bool] = mapped_column(default=True)
    told_progress: Mapped[bool] = mapped_column(default=True)
    told_outcome: Mapped[bool] = mapped_column(default=True)
    never_disclose: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class Consent(CourtScoped, Base):
    """A signed text: which, in which language, by whom, with what authority."""

    __tablename__ = "consents"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        court_reference("adult_id", "adults"),
        court_reference("case_id", "cases"),
        court_reference("file_id", "stored_files"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= signed_on", name="order"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID]
    case_id: Mapped[uuid.UUID | None]
    kind: Mapped[ConsentKind] = mapped_column(choice(ConsentKind))
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12))
    interpreter: Mapped[str | None] = mapped_column(EncryptedText)
    adult_id: Mapped[uuid.UUID | None]
    signed_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    file_id: Mapped[uuid.UUID | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class Unavailability(CourtScoped, Base):
    """Days on which a juror cannot come, both ends included."""

    __tablename__ = "unavailabilities"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        CheckConstraint("ends_on >= starts_on", name="order"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(40))


class Training(CourtScoped, Base):
    """A training a juror has finished."""

    __tablename__ = "trainings"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        UniqueConstraint("court_id", "source_key"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    topic: Mapped[str] = mapped_column(String(40), default="juror")
    finished_on: Mapped[date]
    source_key: Mapped[str] = mapped_column(String(80))


class Acquaintance(CourtScoped, Base):
    """Two persons who know each other, so that neither judges the other."""

    __tablename__ = "acquaintances"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        court_reference("other_id", "persons"),
        UniqueConstraint("court_id", "person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="two_persons"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID]
    other_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    said_by: Mapped[str] = mapped_column(String(40))
    said_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class PersonMerge(CourtScoped, Base):
    """Two persons made one; ``moved`` names every row that changed hands, for the undoing."""

    __tablename__ = "person_merges"
    __table_args__ = court_table(
        court_reference("kept_id", "persons"),
        court_reference("merged_id", "persons"),
    )

    id: Mapped[Id]
    kept_id: Mapped[uuid.UUID]
    merged_id: Mapped[uuid.UUID]
    moved: Mapped[dict[str, Any]] = mapped_column(JsonValue)
    merged_at: Mapped[datetime]
    merged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
