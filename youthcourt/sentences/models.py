"""Sentences, their sanctions (the obligations), and every piece of service."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.db import (
    Base,
    CourtScoped,
    EncryptedText,
    Id,
    JsonValue,
    choice,
    court_reference,
    court_table,
)
from youthcourt.db.append_only import append_only
from youthcourt.sentences.domain import Agreement, SanctionEventKind, ServiceBasis, ServiceState


class Sentence(CourtScoped, Base):
    """What a panel decided in one hearing; a withdrawn one stays to be read and binds nobody.

    One without a hearing was given before this court kept its records here.
    """

    __tablename__ = "sentences"
    __table_args__ = court_table(
        court_reference("case_id", "cases"),
        court_reference("hearing_id", "hearings"),
        court_reference("policy_id", "policies"),
        Index(
            "uq_sentences_standing",
            "court_id",
            "hearing_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_for IS NULL)", name="withdrawn"),
        CheckConstraint("(hearing_id IS NULL) = (agreement IS NULL)", name="before"),
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    hearing_id: Mapped[uuid.UUID | None]
    policy_id: Mapped[uuid.UUID]
    sentenced_on: Mapped[date]
    offence_class: Mapped[str | None] = mapped_column(String(20))
    agreement: Mapped[Agreement | None] = mapped_column(choice(Agreement))
    outside_range_reason: Mapped[str | None] = mapped_column(EncryptedText)
    not_feasible_reason: Mapped[str | None] = mapped_column(EncryptedText)
    panel_words: Mapped[str | None] = mapped_column(EncryptedText)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_for: Mapped[str | None] = mapped_column(String(40))


class Sanction(CourtScoped, Base):
    """One item of a sentence: an obligation with an amount in its unit and a due day.

    Sessions and pieces are whole numbers, service is in minutes, money in cents.  ``label`` is
    the item's name in the policy of that day; where the policy sets no limit nothing is due.
    """

    __tablename__ = "sanctions"
    __table_args__ = court_table(
        court_reference("sentence_id", "sentences"),
        court_reference("case_id", "cases"),
        court_reference("person_id", "persons"),
        Index("ix_sanctions_person", "court_id", "person_id"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    id: Mapped[Id]
    sentence_id: Mapped[uuid.UUID]
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID]
    kind: Mapped[SanctionKind] = mapped_column(choice(SanctionKind))
    unit: Mapped[Unit] = mapped_column(choice(Unit))
    label: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int]
    due_on: Mapped[date | None]
    due_rule: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[str | None] = mapped_column(EncryptedText)
    finished_on: Mapped[date | None]


class SanctionEvent(CourtScoped, Base):
    """Something that changed what is owed or when; codes and numbers, never changed."""

    __tablename__ = "sanction_events"
    __table_args__ = court_table(
        court_reference("sanction_id", "sanctions"),
        Index("ix_sanction_events_sanction", "court_id", "sanction_id"),
    )

    id: Mapped[Id]
    sanction_id: Mapped[uuid.UUID]
    kind: Mapped[SanctionEventKind] = mapped_column(choice(SanctionEventKind))
    amount: Mapped[int | None]
    days: Mapped[int | None]
    due_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class ServiceRecord(CourtScoped, Base):
    """One booked or served piece of service; the one source of both ledgers.

    ``source_key`` is opaque: an attendance or a report of site hours, once only.
    """

    __tablename__ = "service_records"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        court_reference("sanction_id", "sanctions"),
        court_reference("proof_file_id", "stored_files"),
        UniqueConstraint("court_id", "source_key"),
        Index("ix_service_records_person", "court_id", "person_id"),
        CheckConstraint("sessions >= 0 AND minutes >= 0", name="not_negative"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID]
    sanction_id: Mapped[uuid.UUID | None]
    state: Mapped[ServiceState] = mapped_column(choice(ServiceState))
    kind: Mapped[SanctionKind] = mapped_column(choice(SanctionKind))
    basis: Mapped[ServiceBasis] = mapped_column(choice(ServiceBasis))
    sessions: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    served_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(EncryptedText)
    supervisor: Mapped[str | None] = mapped_column(EncryptedText)
    proof: Mapped[str | None] = mapped_column(String(40))
    proof_file_id: Mapped[uuid.UUID | None]
    source_key: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class Allocation(CourtScoped, Base):
    """The part of a piece of service that counts for one obligation, or for none.

    The parts of a confirmed piece sum to the piece, in sessions and in minutes.
    """

    __tablename__ = "allocations"
    __table_args__ = court_table(
        court_reference("service_id", "service_records"),
        court_reference("sanction_id", "sanctions"),
        CheckConstraint("sessions >= 0 AND minutes >= 0", name="not_negative"),
    )

    id: Mapped[Id]
    service_id: Mapped[uuid.UUID] = mapped_column(index=True)
    sanction_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    sessions: Mapped[int]
    minutes: Mapped[int]


class ServiceEvent(CourtScoped, Base):
    """One change of state of a piece of service; never changed itself."""

    __tablename__ = "service_events"
    __table_args__ = court_table(
        court_reference("service_id", "service_records"),
        Index("ix_service_events_service", "court_id", "service_id"),
    )

    id: Mapped[Id]
    service_id: Mapped[uuid.UUID]
    from_state: Mapped[ServiceState | None] = mapped_column(choice(ServiceState, name="from_state"))
    to_state: Mapped[ServiceState] = mapped_column(choice(ServiceState, name="to_state"))
    reason: Mapped[str | None] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(JsonValue, default=dict)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


for _model in (SanctionEvent, ServiceEvent):
    _table = _model.__table__
    assert isinstance(_table, Table)  # noqa: S101 -- narrows the type for mypy
    append_only(_table)
