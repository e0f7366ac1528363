"""Accounts and transfers of time credits; minutes, balanced by construction."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.credits.domain import AccountKind, TransferKind
from youthcourt.db import Base, CourtScoped, Id, choice, court_reference, court_table
from youthcourt.db.append_only import append_only


class Account(CourtScoped, Base):
    """A person's account, or one of the court's own: pool, community pot, rewards.

    ``person_id`` may become empty when a record is sealed; the balance stays.
    """

    __tablename__ = "credit_accounts"
    __table_args__ = court_table(
        court_reference("person_id", "persons"),
        UniqueConstraint("court_id", "person_id"),
        Index(
            "uq_credit_accounts_own",
            "court_id",
            "kind",
            unique=True,
            sqlite_where=text("kind <> 'person'"),
            postgresql_where=text("kind <> 'person'"),
        ),
        CheckConstraint("kind = 'person' OR person_id IS NULL", name="owner"),
    )

    id: Mapped[Id]
    kind: Mapped[AccountKind] = mapped_column(choice(AccountKind))
    person_id: Mapped[uuid.UUID | None]
    opened_at: Mapped[datetime]


class Transfer(CourtScoped, Base):
    """Minutes that went from one account to another; never changed, only reversed once."""

    __tablename__ = "credit_transfers"
    __table_args__ = court_table(
        court_reference("from_account_id", "credit_accounts"),
        court_reference("to_account_id", "credit_accounts"),
        court_reference("reverses_id", "credit_transfers"),
        UniqueConstraint("court_id", "source_key"),
        UniqueConstraint("reverses_id"),
        Index("ix_credit_transfers_from", "court_id", "from_account_id"),
        Index("ix_credit_transfers_to", "court_id", "to_account_id"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("from_account_id <> to_account_id", name="two_accounts"),
        CheckConstraint("(kind = 'reversed') = (reverses_id IS NOT NULL)", name="reversal"),
    )

    id: Mapped[Id]
    from_account_id: Mapped[uuid.UUID]
    to_account_id: Mapped[uuid.UUID]
    minutes: Mapped[int]
    kind: Mapped[TransferKind] = mapped_column(choice(TransferKind))
    happened_on: Mapped[date]
    rule: Mapped[str | None] = mapped_column(String(40))
    source_key: Mapped[str] = mapped_column(String(80))
    reverses_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(String(40))
    posted_at: Mapped[datetime]
    posted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


_TABLE = Transfer.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 -- narrows the type for mypy
append_only(_TABLE)
