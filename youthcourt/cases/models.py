"""Cases with everything attached to them, from the referral to the closing."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.cases.domain import CaseState, ClosureReason
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


class Agency(CourtScoped, Base):
    """Somebody who refers cases: a police department, a school, a prosecutor."""

    __tablename__ = "agencies"
    __table_args__ = court_table(UniqueConstraint("court_id", "name"))

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(254))


class Incident(CourtScoped, Base):
    """What happened; cases of one incident are companion cases."""

    __tablename__ = "incidents"
    __table_args__ = court_table(
        court_reference("agency_id", "agencies"),
        Index("ix_incidents_reference", "court_id", "reference"),
    )

    id: Mapped[Id]
    agency_id: Mapped[uuid.UUID | None]
    reference: Mapped[str | None] = mapped_column(String(80))
    happened_on: Mapped[date | None]


class Case(CourtScoped, Base):
    """One respondent's case; ``state`` is its one live state.

    ``once_key`` is made of a form and what was typed into it: sent twice, it is one case.
    """

    __tablename__ = "cases"
    __table_args__ = court_table(
        UniqueConstraint("court_id", "number"),
        UniqueConstraint("court_id", "once_key"),
        court_reference("person_id", "persons"),
        court_reference("incident_id", "incidents"),
        court_reference("agency_id", "agencies"),
        court_reference("policy_id", "policies"),
        Index("ix_cases_state", "court_id", "state"),
        Index("ix_cases_person", "court_id", "person_id"),
        Index("ix_cases_incident", "court_id", "incident_id"),
        CheckConstraint(
            "(state = 'closed') = (closure_reason IS NOT NULL)", name="closed_with_reason"
        ),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_a_day"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[uuid.UUID]
    state: Mapped[CaseState] = mapped_column(choice(CaseState), default=CaseState.REFERRED)
    closure_reason: Mapped[ClosureReason | None] = mapped_column(choice(ClosureReason))
    closed_on: Mapped[date | None]
    incident_id: Mapped[uuid.UUID | None]
    agency_id: Mapped[uuid.UUID | None]
    agency_reference: Mapped[str | None] = mapped_column(String(80))
    officer: Mapped[str | None] = mapped_column(EncryptedText)
    narrative: Mapped[str | None] = mapped_column(EncryptedText)
    referred_on: Mapped[date]
    incident_on: Mapped[date | None]
    contacted_on: Mapped[date | None]
    screened_on: Mapped[date | None]
    intake_on: Mapped[date | None]
    admitted_on: Mapped[date | None]
    first_docketed_on: Mapped[date | None]
    heard_on: Mapped[date | None]
    offence_class: Mapped[str | None] = mapped_column(String(20))
    policy_id: Mapped[uuid.UUID]
    source: Mapped[str] = mapped_column(String(20), default="entered")
    once_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class Charge(CourtScoped, Base):
    """One offence of a case: the local statute and its words, and the NIBRS group."""

    __tablename__ = "charges"
    __table_args__ = court_table(
        court_reference("case_id", "cases"), UniqueConstraint("case_id", "position")
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID]
    position: Mapped[int]
    statute: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(300))
    nibrs: Mapped[str | None] = mapped_column(String(12))
    severity: Mapped[str | None] = mapped_column(String(20))


class CaseEvent(CourtScoped, Base):
    """One transition of a case; keys and codes only, never changed."""

    __tablename__ = "case_events"
    __table_args__ = court_table(
        court_reference("case_id", "cases"),
        Index("ix_case_events_case", "court_id", "case_id", "at"),
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID]
    from_state: Mapped[CaseState | None] = mapped_column(choice(CaseState, name="from_state"))
    to_state: Mapped[CaseState] = mapped_column(choice(CaseState, name="to_state"))
    reason: Mapped[str | None] = mapped_column(String(60))
    happened_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    second: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    params: Mapped[dict[str, Any]] = mapped_column(JsonValue, default=dict)


class ContactAttempt(CourtScoped, Base):
    """One try to reach the family."""

    __tablename__ = "contact_attempts"
    __table_args__ = court_table(
        court_reference("case_id", "cases"),
        court_reference("adult_id", "adults"),
        CheckConstraint("call_again_on > tried_on", name="called_again_later"),
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    adult_id: Mapped[uuid.UUID | None]
    method: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(40))
    tried_on: Mapped[date]
    call_again_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(EncryptedText)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class Screening(CourtScoped, Base):
    """One decision on eligibility: every rule with its outcome, an override with its reason."""

    __tablename__ = "screenings"
    __table_args__ = court_table(
        court_reference("case_id", "cases"),
        court_reference("policy_id", "policies"),
        CheckConstraint(
            "NOT overridden OR override_reason IS NOT NULL", name="override_has_reason"
        ),
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    policy_id: Mapped[uuid.UUID]
    decided_on: Mapped[date]
    outcomes: Mapped[list[dict[str, Any]]] = mapped_column(JsonValue)
    eligible: Mapped[bool]
    overridden: Mapped[bool] = mapped_column(default=False)
    override_reason: Mapped[str | None] = mapped_column(EncryptedText)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class Intake(CourtScoped, Base):
    """The intake interview with the minimum evaluation row; each answer may be "not asked"."""

    __tablename__ = "intakes"
    __table_args__ = court_table(
        court_reference("case_id", "cases"), UniqueConstraint("court_id", "case_id")
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID]
    held_on: Mapped[date]
    admits: Mapped[bool | None]
    races: Mapped[list[str]] = mapped_column(JsonValue, default=list)
    races_answered_by: Mapped[str] = mapped_column(String(20))
    sex: Mapped[str] = mapped_column(String(20))
    school_status: Mapped[str] = mapped_column(String(30))
    grade: Mapped[str | None] = mapped_column(String(20))
    priors: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12))
    household: Mapped[str] = mapped_column(String(30), default="not_asked")
    interpreter: Mapped[str] = mapped_column(String(12), default="not_asked")
    question_version: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(EncryptedText)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class CaseNote(CourtScoped, Base):
    """A note of the staff in the case file."""

    __tablename__ = "case_notes"
    __table_args__ = court_table(court_reference("case_id", "cases"))

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime]
    written_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class ImportMapping(CourtScoped, Base):
    """How the columns of one kind of file are read; a change makes a new version.

    One whose newest version is put away is not offered any more; what was made with it stays.
    """

    __tablename__ = "import_mappings"
    __table_args__ = court_table(UniqueConstraint("court_id", "name", "number"))

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60))
    number: Mapped[int] = mapped_column(default=1)
    document: Mapped[dict[str, Any]] = mapped_column(JsonValue)
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    put_away_at: Mapped[datetime | None]


class ImportRun(CourtScoped, Base):
    """One file on its way in: tried out, then taken over or discarded.

    ``shape`` is what a person said of how to read the file; what it lacks is detected.
    ``cases_made`` is how many cases a dry run would make until the file is taken over.
    """

    __tablename__ = "import_runs"
    __table_args__ = court_table(
        court_reference("file_id", "stored_files"),
        court_reference("mapping_id", "import_mappings"),
        CheckConstraint(
            "rows_imported + rows_merged + rows_refused + rows_blank = rows_read",
            name="rows_add_up",
        ),
    )

    id: Mapped[Id]
    mapping_id: Mapped[uuid.UUID | None]
    file_id: Mapped[uuid.UUID | None]
    file_digest: Mapped[str] = mapped_column(String(64))
    shape: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    state: Mapped[str] = mapped_column(String(20))
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_imported: Mapped[int] = mapped_column(default=0)
    rows_merged: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)
    rows_blank: Mapped[int] = mapped_column(default=0)
    cases_made: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    started_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]


class ImportedRow(CourtScoped, Base):
    """The identity of one row that was taken over, so that it is never taken over twice.

    ``case_id`` is the case it made or joined, to which later charges are added.
    """

    __tablename__ = "imported_rows"
    __table_args__ = court_table(
        court_reference("run_id", "import_runs"),
        court_reference("case_id", "cases"),
        UniqueConstraint("court_id", "mapping_name", "row_key"),
    )

    id: Mapped[Id]
    run_id: Mapped[uuid.UUID]
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    mapping_name: Mapped[str] = mapped_column(String(60))
    row_key: Mapped[str] = mapped_column(String(64))


_TABLE = CaseEvent.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 -- narrows the type for mypy
append_only(_TABLE)
