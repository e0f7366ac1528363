"""Searches of records and the later offences they found."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import (
    Base,
    CourtScoped,
    EncryptedText,
    Id,
    choice,
    court_reference,
    court_table,
)
from youthcourt.followups.domain import (
    CheckResult,
    LaterEventKind,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
    WithdrawalReason,
)


class RecordCheck(CourtScoped, Base):
    """One search, or why there was none; a wrong one is withdrawn and stays.

    ``data_through`` is the last day the searched records speak of.  ``searched_by`` names who
    looked, which may be somebody outside the court.
    """

    __tablename__ = "record_checks"
    __table_args__ = court_table(
        court_reference("case_id", "cases"),
        Index("ix_record_checks_case", "court_id", "case_id"),
        CheckConstraint(
            "(result IN ('nothing_found', 'found')) = (data_through IS NOT NULL)",
            name="searched_through_a_day",
        ),
        CheckConstraint(
            "(result IN ('nothing_found', 'found')) = (reason IS NULL)", name="reason_when_not"
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_with_reason"
        ),
    )

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID]
    source: Mapped[RecordSource] = mapped_column(choice(RecordSource))
    jurisdiction: Mapped[str] = mapped_column(String(120))
    adult_records: Mapped[bool | None]
    result: Mapped[CheckResult] = mapped_column(choice(CheckResult))
    reason: Mapped[NoSearchReason | None] = mapped_column(choice(NoSearchReason))
    searched_on: Mapped[date]
    data_through: Mapped[date | None]
    searched_by: Mapped[str] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_reason: Mapped[WithdrawalReason | None] = mapped_column(choice(WithdrawalReason))


class LaterOffence(CourtScoped, Base):
    """One later offence that a search found; it stands and falls with its search."""

    __tablename__ = "later_offences"
    __table_args__ = court_table(
        court_reference("check_id", "record_checks"),
        UniqueConstraint("check_id", "position"),
        CheckConstraint("offence_on IS NULL OR offence_on <= event_on", name="offence_first"),
    )

    id: Mapped[Id]
    check_id: Mapped[uuid.UUID]
    position: Mapped[int]
    kind: Mapped[LaterEventKind] = mapped_column(choice(LaterEventKind))
    category: Mapped[OffenceCategory] = mapped_column(choice(OffenceCategory))
    offence_on: Mapped[date | None]
    event_on: Mapped[date]
    nibrs: Mapped[str | None] = mapped_column(String(12))
    text: Mapped[str | None] = mapped_column(EncryptedText)
