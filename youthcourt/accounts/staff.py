"""Inviting staff, changing what they are and letting them go; every act is in the journal.

All of it in one court at a time: what somebody is in another court is neither shown nor touched.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import (
    INVITATION_LIFE,
    LinkPurpose,
    Member,
    Role,
    check_staff_change,
)
from youthcourt.accounts.invitations import end_invitation, issue_invitation, let_choose_password
from youthcourt.accounts.models import Membership, OneTimeLink, SignIn, User
from youthcourt.accounts.services import join_court, live_members, lock_staff, note_event
from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.errors import CourtRuleBroken, NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A one-time code, shown this once, and whom it is for; ``role`` None for a new password."""

    code: str
    expires_at: datetime
    name: str
    email: str
    role: Role | None = None


def invite_person(
    session: Session,
    *,
    court_id: uuid.UUID,
    name: str,
    email: str,
    role: Role,
    actor: Actor,
    now: datetime,
) -> Issued:
    """Invite somebody by address; an open invitation of the same address ends.

    Whether the address has an account in another court is not looked at.
    """
    lock_staff(session, court_id)
    address = email.strip().lower()
    _refuse_member(session, court_id, address)
    for link in _open_invitations(session, court_id, OneTimeLink.invited_email == address):
        end_invitation(link, now=now)
    return _invite(
        session, court_id=court_id, name=name, email=address, role=role, actor=actor, now=now
    )


def invite_again(
    session: Session,
    *,
    court_id: uuid.UUID,
    invitation_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> Issued:
    """Return a new code in the place of one that was lost or is over; the old one ends."""
    lock_staff(session, court_id)
    link = _invitation(session, court_id, invitation_id)
    name, email, role = link.invited_name or "", link.invited_email or "", link.role
    if role is None:
        raise NotFound
    _refuse_member(session, court_id, email)
    end_invitation(link, now=now)
    return _invite(
        session, court_id=court_id, name=name, email=email, role=role, actor=actor, now=now
    )


def withdraw_invitation(
    session: Session,
    *,
    court_id: uuid.UUID,
    invitation_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """End an invitation; its code opens nothing any more and who was invited is forgotten."""
    lock_staff(session, court_id)
    link = _invitation(session, court_id, invitation_id)
    end_invitation(link, now=now)
    session.flush()
    _note(session, "staff_invitation_withdrawn", "invitation", invitation_id, actor, now)


def change_role(
    session: Session,
    *,
    court_id: uuid.UUID,
    user_id: uuid.UUID,
    role: Role,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a member something else in this court from their next click on."""
    member = _member(session, court_id, user_id, to=role, actor=actor)
    if member.role is role:
        return
    join_court(session, user_id=user_id, court_id=court_id, role=role, now=now)
    _note(
        session, "staff_role_changed", "staff", user_id, actor, now, was=member.role, becomes=role
    )


def remove_member(
    session: Session,
    *,
    court_id: uuid.UUID,
    user_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Let a member go: signed out of this court at once; what they did stays written down."""
    member = _member(session, court_id, user_id, to=None, actor=actor)
    session.execute(
        update(Membership)
        .where(
            Membership.user_id == user_id,
            Membership.court_id == court_id,
            Membership.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    session.execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.court_id == court_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )
    note_event(session, event="removed", user_id=user_id, court_id=court_id, now=now)
    _note(session, "staff_removed", "staff", user_id, actor, now, was=member.role)


def let_member_choose_password(
    session: Session,
    *,
    court_id: uuid.UUID,
    user_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> Issued:
    """Return a code with which a member sets a new password.

    Refused where the account opens another court as well: whoever holds the code gets in there.
    """
    lock_staff(session, court_id)
    if user_id not in {member.user_id for member in live_members(session, court_id)}:
        raise NotFound
    elsewhere = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.court_id != court_id,
        Membership.ended_at.is_(None),
    )
    if session.scalars(elsewhere).first() is not None:
        raise CourtRuleBroken("password_not_of_one_court")
    user = session.get_one(User, user_id)
    code = let_choose_password(session, email=user.email, now=now)
    _note(session, "staff_password_code", "staff", user_id, actor, now)
    return Issued(code=code, expires_at=now + INVITATION_LIFE, name=user.name, email=user.email)


def _member(
    session: Session, court_id: uuid.UUID, user_id: uuid.UUID, *, to: Role | None, actor: Actor
) -> Member:
    """Return a member who may become ``to``; nobody else changes the staff until the commit."""
    lock_staff(session, court_id)
    members = live_members(session, court_id)
    found = next((member for member in members if member.user_id == user_id), None)
    if found is None:
        raise NotFound
    if to is not found.role:
        check_staff_change(members, user_id=user_id, to=to, actor_id=actor.user_id)
    return found


def _refuse_member(session: Session, court_id: uuid.UUID, email: str) -> None:
    query = (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(User.email == email, Membership.court_id == court_id, Membership.ended_at.is_(None))
    )
    if session.scalar(query) is not None:
        raise CourtRuleBroken("member_already", "email")


def _open_invitations(session: Session, court_id: uuid.UUID, *which: object) -> list[OneTimeLink]:
    query = select(OneTimeLink).where(
        OneTimeLink.purpose == LinkPurpose.INVITATION,
        OneTimeLink.court_id == court_id,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.ended_at.is_(None),
        *which,  # type: ignore[arg-type]  # criteria
    )
    fresh = query.with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(fresh))


def _invitation(session: Session, court_id: uuid.UUID, invitation_id: uuid.UUID) -> OneTimeLink:
    found = _open_invitations(session, court_id, OneTimeLink.id == invitation_id)
    if not found:
        raise NotFound
    return found[0]


def _invite(
    session: Session,
    *,
    court_id: uuid.UUID,
    name: str,
    email: str,
    role: Role,
    actor: Actor,
    now: datetime,
) -> Issued:
    code, link = issue_invitation(
        session,
        court_id=court_id,
        role=role,
        name=name,
        email=email,
        invited_by=actor.user_id,
        now=now,
    )
    _note(session, "staff_invited", "invitation", link.id, actor, now, role=role)
    return Issued(code=code, expires_at=link.expires_at, name=name, email=email, role=role)


def _note(
    session: Session,
    act: str,
    kind: str,
    key: uuid.UUID,
    actor: Actor,
    now: datetime,
    **params: Role,
) -> None:
    subject = Subject(kind=kind, id=key)
    record_act(session, act=act, subject=subject, actor=actor, now=now, **params)
