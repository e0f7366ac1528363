"""Users, memberships, sign-ins, single-use links and counters of failed tries."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.accounts.domain import LinkPurpose, Role, SignInKind
from youthcourt.db import Base, Id, choice


class User(Base):
    """A member of staff; global, courts are joined through memberships."""

    __tablename__ = "users"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_changed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Membership(Base):
    """What a user is in one court."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_live",
            "user_id",
            "court_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    court_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courts.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignIn(Base):
    """One signed-in browser; ending the row signs it out on its next request.

    ``factors`` names what was shown, for now ``password``, ``link`` or ``code``; a second
    factor adds itself there.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'staff' AND user_id IS NOT NULL AND person_id IS NULL)"
            " OR (kind = 'juror' AND person_id IS NOT NULL AND user_id IS NULL)",
            name="one_owner",
        ),
    )

    id: Mapped[Id]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[SignInKind] = mapped_column(choice(SignInKind))
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    court_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("courts.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    factors: Mapped[str] = mapped_column(String(60))
    device: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    stepped_up_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class OneTimeLink(Base):
    """A single-use link or printed code; only its digest is stored.

    An invitation names the court and the role it leads to, and, as long as it is open, who is
    invited where somebody said so.
    """

    __tablename__ = "one_time_links"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        CheckConstraint(
            "purpose <> 'invitation' OR (court_id IS NOT NULL AND role IS NOT NULL)",
            name="invited_as",
        ),
        CheckConstraint("purpose <> 'new_password' OR user_id IS NOT NULL", name="whose_password"),
    )

    id: Mapped[Id]
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    token_digest: Mapped[str] = mapped_column(String(64))
    court_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("courts.id"))
    role: Mapped[Role | None] = mapped_column(choice(Role))
    invited_name: Mapped[str | None] = mapped_column(String(120))
    invited_email: Mapped[str | None] = mapped_column(String(254))
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Throttle(Base):
    """Failed tries of one account or address in the current window."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    started_at: Mapped[datetime]


class AccountEvent(Base):
    """Something that happened to an account: signed in, refused, password changed, ended."""

    __tablename__ = "account_events"

    id: Mapped[Id]
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    court_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("courts.id"))
    person_id: Mapped[uuid.UUID | None]
