"""One-time codes by which staff make their account or choose a new password.

Only digests are stored.  A code that is unknown, used, ended or over is refused alike.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import (
    INVITATION_LIFE,
    LinkPurpose,
    Role,
    check_administrator_stays,
    check_password,
    digest,
    new_long_code,
    typed_code,
)
from youthcourt.accounts.models import OneTimeLink, User
from youthcourt.accounts.services import (
    add_user,
    change_password,
    find_user,
    join_court,
    live_members,
    lock_staff,
    note_event,
)
from youthcourt.courts.models import Court
from youthcourt.errors import CourtRuleBroken

_STAFF_PURPOSES = (LinkPurpose.INVITATION, LinkPurpose.NEW_PASSWORD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """What a live code leads to: a role in a court, or a new password for ``user_id``.

    Where the invitation names an address, it can be used with that one alone.
    """

    id: uuid.UUID
    court_id: uuid.UUID | None
    court_name: str
    role: Role | None
    user_id: uuid.UUID | None
    email: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What somebody typed who came with a code; ``fits`` says that the password is their own."""

    name: str
    email: str
    password: str
    password_hash: str
    fits: bool = False


def invite(
    session: Session,
    *,
    court_id: uuid.UUID,
    role: Role,
    invited_by: uuid.UUID | None = None,
    now: datetime,
) -> str:
    """Return a code, shown this once, with which one person joins the court in this role."""
    code, _link = issue_invitation(
        session, court_id=court_id, role=role, invited_by=invited_by, now=now
    )
    return code


def issue_invitation(
    session: Session,
    *,
    court_id: uuid.UUID,
    role: Role,
    name: str = "",
    email: str = "",
    invited_by: uuid.UUID | None = None,
    now: datetime,
) -> tuple[str, OneTimeLink]:
    """Return a code, shown this once, and its row; with an address it is for that one alone."""
    code = new_long_code()
    link = OneTimeLink(
        purpose=LinkPurpose.INVITATION,
        token_digest=digest(code),
        court_id=court_id,
        role=role,
        invited_name=name or None,
        invited_email=email or None,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    session.add(link)
    note_event(session, event="invited", user_id=invited_by, court_id=court_id, now=now)
    return code, link


def end_invitation(link: OneTimeLink, *, now: datetime) -> None:
    """End an invitation and forget who was invited."""
    link.ended_at = now
    link.invited_name = link.invited_email = None


def let_choose_password(session: Session, *, email: str, now: datetime) -> str:
    """Return a code, shown this once, for a new password; earlier such codes of theirs end."""
    user = find_user(session, email=email)
    if user is None or user.disabled_at is not None:
        raise CourtRuleBroken("no_account", "email")
    _end_password_codes(session, user.id, now)
    code = new_long_code()
    session.add(
        OneTimeLink(
            purpose=LinkPurpose.NEW_PASSWORD,
            token_digest=digest(code),
            user_id=user.id,
            created_at=now,
            expires_at=now + INVITATION_LIFE,
        )
    )
    note_event(session, event="password_code", user_id=user.id, now=now)
    return code


def invitation_of(session: Session, *, code: str, now: datetime) -> Invitation:
    """Return what a live code leads to, or refuse with ``invitation_refused``; uses nothing up."""
    found = session.execute(
        select(OneTimeLink, Court.name, User)
        .outerjoin(Court, Court.id == OneTimeLink.court_id)
        .outerjoin(User, User.id == OneTimeLink.user_id)
        .where(
            OneTimeLink.token_digest == digest(typed_code(code)),
            OneTimeLink.purpose.in_(_STAFF_PURPOSES),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
        )
    ).first()
    if found is None:
        raise CourtRuleBroken("invitation_refused", "code")
    link, court_name, user = found
    return Invitation(
        id=link.id,
        court_id=link.court_id,
        court_name=court_name or "",
        role=link.role,
        user_id=link.user_id,
        email=(user.email if user is not None else link.invited_email) or "",
        name=(user.name if user is not None else link.invited_name) or "",
    )


def accept(session: Session, invitation: Invitation, *, given: Given, now: datetime) -> uuid.UUID:
    """Spend the code and return whose account it is now, made, joined or with a new password.

    Whoever has an account already joins with it, and shows so by its password.
    """
    _spend(session, invitation, now)
    if invitation.user_id is not None:
        user = session.get_one(User, invitation.user_id)
        change_password(
            session, user=user, new=given.password, new_hash=given.password_hash, now=now
        )
        return user.id
    if invitation.court_id is None or invitation.role is None:
        raise CourtRuleBroken("invitation_refused", "code")
    if invitation.email and given.email.strip().lower() != invitation.email:
        raise CourtRuleBroken("invitation_refused", "code")
    joined = find_user(session, email=given.email)
    if joined is not None and (not given.fits or joined.disabled_at is not None):
        raise CourtRuleBroken("email_has_account", "password")
    if joined is not None:
        _check_may_join(session, joined.id, invitation, now)
    user = joined or _make(session, given, now)
    join_court(
        session, user_id=user.id, court_id=invitation.court_id, role=invitation.role, now=now
    )
    note_event(session, event="joined", user_id=user.id, court_id=invitation.court_id, now=now)
    return user.id


def _check_may_join(
    session: Session, user_id: uuid.UUID, invitation: Invitation, now: datetime
) -> None:
    """Refuse to make the last administrator something else; end codes for a new password.

    Such a code may lie with the administrator of another court, whom this court is no matter of.
    """
    court_id, role = invitation.court_id, invitation.role
    if court_id is None or role is None:
        raise CourtRuleBroken("invitation_refused", "code")
    lock_staff(session, court_id)
    check_administrator_stays(live_members(session, court_id), user_id=user_id, to=role)
    _end_password_codes(session, user_id, now)


def _end_password_codes(session: Session, user_id: uuid.UUID, now: datetime) -> None:
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.user_id == user_id,
            OneTimeLink.purpose == LinkPurpose.NEW_PASSWORD,
            OneTimeLink.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def _make(session: Session, given: Given, now: datetime) -> User:
    check_password(given.password, email=given.email, name=given.name)
    user = add_user(session, email=given.email, name=given.name, password=None, now=now)
    user.password_hash, user.password_changed_at = given.password_hash, now
    session.flush()
    return user


def _spend(session: Session, invitation: Invitation, now: datetime) -> None:
    """Use the code up; of two who send it at once one is refused."""
    spent: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        update(OneTimeLink)
        .where(
            OneTimeLink.id == invitation.id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .values(used_at=now, invited_name=None, invited_email=None)
    )
    if spent.rowcount != 1:
        raise CourtRuleBroken("invitation_refused", "code")
