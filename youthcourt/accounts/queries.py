"""Reading memberships, sign-ins and names of staff."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import Membership, SignIn, User
from youthcourt.courts.models import Court


@dataclass(frozen=True, kw_only=True, slots=True)
class CourtChoice:
    """A court somebody works in, and as what."""

    court_id: uuid.UUID
    name: str
    role: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSignIn:
    """One browser that is signed in."""

    id: uuid.UUID
    device: str
    created_at: datetime
    seen_at: datetime


def courts_of(session: Session, *, user_id: uuid.UUID) -> tuple[CourtChoice, ...]:
    """Return the courts a user works in, by name."""
    query = (
        select(Court.id, Court.name, Membership.role)
        .join(Membership, Membership.court_id == Court.id)
        .where(Membership.user_id == user_id, Membership.ended_at.is_(None))
        .order_by(Court.name)
    )
    return tuple(
        CourtChoice(court_id=row.id, name=row.name, role=row.role) for row in session.execute(query)
    )


def open_sign_ins(session: Session, *, user_id: uuid.UUID, now: datetime) -> tuple[OpenSignIn, ...]:
    """Return the browsers in which a user is signed in, the latest first."""
    query = (
        select(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.seen_at.desc())
    )
    return tuple(
        OpenSignIn(id=row.id, device=row.device, created_at=row.created_at, seen_at=row.seen_at)
        for row in session.scalars(query)
    )


def staff_names(session: Session, user_ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Return the names of these users in one query."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}
