"""Reading memberships, sign-ins and names of staff."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import (
    LinkPurpose,
    Role,
    StaffState,
    invitation_state,
    shows_second_factor,
)
from youthcourt.accounts.models import Membership, OneTimeLink, SignIn, User
from youthcourt.courts.models import Court
from youthcourt.errors import NotFound


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


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLine:
    """Somebody who works in a court or did; signed in to this court, in whatever browser.

    ``second_factor`` says whether more than the password was shown at the last sign-in.
    """

    user_id: uuid.UUID
    name: str
    email: str
    role: Role
    state: StaffState
    joined_at: datetime
    ended_at: datetime | None
    last_sign_in: datetime | None
    second_factor: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationLine:
    """An invitation that was neither used nor withdrawn; one made by command has no name."""

    id: uuid.UUID
    name: str
    email: str
    role: Role
    state: StaffState
    created_at: datetime
    expires_at: datetime


def member_lines(
    session: Session, *, court_id: uuid.UUID, user_id: uuid.UUID | None = None
) -> tuple[MemberLine, ...]:
    """Return everybody who works in a court or did, once each, those at work first, by name."""
    query = (
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.court_id == court_id)
    )
    if user_id is not None:
        query = query.where(User.id == user_id)
    users: dict[uuid.UUID, User] = {}
    times: dict[uuid.UUID, list[Membership]] = {}
    for user, membership in session.execute(query):
        users[user.id] = user
        times.setdefault(user.id, []).append(membership)
    seen = _last_sign_ins(session, court_id)
    lines = (_member_line(users[key], times[key], seen.get(key)) for key in users)
    return tuple(
        sorted(lines, key=lambda at: (at.state is StaffState.REMOVED, at.name.casefold(), at.email))
    )


def member_line(session: Session, *, court_id: uuid.UUID, user_id: uuid.UUID) -> MemberLine:
    """Return somebody who works in a court or did, or raise ``NotFound``."""
    found = member_lines(session, court_id=court_id, user_id=user_id)
    if not found:
        raise NotFound
    return found[0]


def open_invitations(
    session: Session,
    *,
    court_id: uuid.UUID,
    now: datetime,
    invitation_id: uuid.UUID | None = None,
) -> tuple[InvitationLine, ...]:
    """Return the invitations of a court that were neither used nor withdrawn, the latest first."""
    query = (
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.court_id == court_id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ended_at.is_(None),
        )
        .order_by(OneTimeLink.created_at.desc(), OneTimeLink.id)
    )
    if invitation_id is not None:
        query = query.where(OneTimeLink.id == invitation_id)
    return tuple(
        InvitationLine(
            id=row.id,
            name=row.invited_name or "",
            email=row.invited_email or "",
            role=row.role,
            state=invitation_state(row.expires_at, now),
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
        for row in session.scalars(query)
        if row.role is not None
    )


def open_invitation(
    session: Session, *, court_id: uuid.UUID, invitation_id: uuid.UUID, now: datetime
) -> InvitationLine:
    """Return one open invitation of a court, or raise ``NotFound``."""
    found = open_invitations(session, court_id=court_id, now=now, invitation_id=invitation_id)
    if not found:
        raise NotFound
    return found[0]


def _member_line(
    user: User, times: list[Membership], seen: tuple[datetime, str] | None
) -> MemberLine:
    """Return the line of somebody who was here at these times, the present one if there is one."""
    present = next((time for time in times if time.ended_at is None), None)
    shown = present or max(times, key=lambda time: (time.ended_at, time.created_at))
    return MemberLine(
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=shown.role,
        state=StaffState.REMOVED if present is None else StaffState.ACTIVE,
        joined_at=min(time.created_at for time in times),
        ended_at=shown.ended_at,
        last_sign_in=seen[0] if seen else None,
        second_factor=shows_second_factor(seen[1]) if seen else False,
    )


def _last_sign_ins(session: Session, court_id: uuid.UUID) -> dict[uuid.UUID, tuple[datetime, str]]:
    """Return when each member last signed in to a court, and what they showed."""
    last = (
        select(SignIn.user_id, func.max(SignIn.created_at).label("at"))
        .where(SignIn.court_id == court_id, SignIn.user_id.is_not(None))
        .group_by(SignIn.user_id)
        .subquery()
    )
    query = (
        select(SignIn.user_id, SignIn.created_at, SignIn.factors)
        .join(last, (last.c.user_id == SignIn.user_id) & (last.c.at == SignIn.created_at))
        .where(SignIn.court_id == court_id)
    )
    return {row.user_id: (row.created_at, row.factors) for row in session.execute(query)}
