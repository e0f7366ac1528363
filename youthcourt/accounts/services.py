"""Signing in and out, passwords, and the counting of failures."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import (
    LinkPurpose,
    Member,
    Role,
    SignInKind,
    ThrottleRule,
    Window,
    after_failure,
    check_password,
    digest,
    is_blocked,
    new_token,
)
from youthcourt.accounts.models import (
    AccountEvent,
    Membership,
    OneTimeLink,
    SignIn,
    Throttle,
    User,
)
from youthcourt.courts.models import Court
from youthcourt.errors import CourtRuleBroken

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP, Argon2id


@cache
def _nobody() -> str:
    """Return the hash that unknown accounts are checked against, so that both take as long."""
    return _HASHER.hash("nobody has this password")


def password_fits(stored: str | None, password: str) -> bool:
    """Return whether the password fits; as slow for an unknown account as for a known one."""
    try:
        return _HASHER.verify(stored or _nobody(), password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_new_hash(stored: str) -> bool:
    """Return whether the cost of hashing was raised since this hash was made."""
    return _HASHER.check_needs_rehash(stored)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password."""
    return _HASHER.hash(password)


def find_user(session: Session, *, email: str) -> User | None:
    """Return the user with this address, however it is capitalised."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def add_user(
    session: Session, *, email: str, name: str, password: str | None, now: datetime
) -> User:
    """Add a user; refused when the address is taken or the password too weak."""
    address = email.strip().lower()
    if find_user(session, email=address) is not None:
        raise CourtRuleBroken("email_taken", "email")
    if password is not None:
        check_password(password, email=address, name=name)
    user = User(
        email=address,
        name=name,
        password_hash=None if password is None else hash_password(password),
        password_changed_at=None if password is None else now,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def join_court(
    session: Session, *, user_id: uuid.UUID, court_id: uuid.UUID, role: Role, now: datetime
) -> Membership:
    """Make a user a member of a court; an earlier role there ends."""
    session.execute(
        update(Membership)
        .where(
            Membership.user_id == user_id,
            Membership.court_id == court_id,
            Membership.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    membership = Membership(user_id=user_id, court_id=court_id, role=role, created_at=now)
    session.add(membership)
    session.flush()
    return membership


def lock_staff(session: Session, court_id: uuid.UUID) -> None:
    """Let nobody else change who works in a court until the commit.

    Without it two administrators could remove each other at the same moment.
    """
    session.execute(select(Court.id).where(Court.id == court_id).with_for_update(key_share=True))


def live_members(session: Session, court_id: uuid.UUID) -> tuple[Member, ...]:
    """Return who works in a court, without those whose account is ended."""
    query = (
        select(Membership.user_id, Membership.role)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.court_id == court_id,
            Membership.ended_at.is_(None),
            User.disabled_at.is_(None),
        )
    )
    return tuple(Member(user_id=row.user_id, role=row.role) for row in session.execute(query))


def change_password(
    session: Session, *, user: User, new: str, new_hash: str, now: datetime
) -> None:
    """Set a new password and end every sign-in of the user."""
    check_password(new, email=user.email, name=user.name)
    user.password_hash = new_hash
    user.password_changed_at = now
    end_sign_ins(session, user_id=user.id, now=now)
    note_event(session, event="password_changed", user_id=user.id, now=now)


def start_sign_in(
    session: Session,
    *,
    kind: SignInKind,
    user_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    court_id: uuid.UUID | None,
    factors: str,
    device: str,
    lives: timedelta,
    now: datetime,
) -> str:
    """Open a signed-in session and return its token, which is not stored."""
    token = new_token()
    session.add(
        SignIn(
            token_digest=digest(token),
            kind=kind,
            user_id=user_id,
            person_id=person_id,
            court_id=court_id,
            factors=factors,
            device=device[:60],
            created_at=now,
            seen_at=now,
            expires_at=now + lives,
        )
    )
    note_event(
        session,
        event="signed_in",
        user_id=user_id,
        court_id=court_id,
        person_id=person_id,
        now=now,
    )
    return token


def end_sign_ins(
    session: Session,
    *,
    user_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    sign_in_id: uuid.UUID | None = None,
    now: datetime,
) -> None:
    """End one sign-in, or all of a user or juror."""
    query = update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now)
    if sign_in_id is not None:
        query = query.where(SignIn.id == sign_in_id)
    if user_id is not None:
        query = query.where(SignIn.user_id == user_id)
    if person_id is not None:
        query = query.where(SignIn.person_id == person_id)
    if sign_in_id is user_id is person_id is None:
        raise ValueError("say whose sign-ins are to end")
    session.execute(query)


def end_all_sign_ins(session: Session, *, now: datetime) -> int:
    """End every sign-in of every court and return how many of them were still good."""
    open_ones = SignIn.ended_at.is_(None)
    found = session.scalar(
        select(func.count()).select_from(SignIn).where(open_ones, SignIn.expires_at > now)
    )
    session.execute(update(SignIn).where(open_ones).values(ended_at=now))
    return found or 0


def end_all_codes(session: Session, *, now: datetime) -> int:
    """End every one-time code, slip and link of every court; return how many were still good.

    A slip opens again and again until its day, so a used one is good as well.  Invitations are
    over rather than ended: they stay on the list of staff, to be made anew.
    """
    usable = or_(OneTimeLink.used_at.is_(None), OneTimeLink.purpose == LinkPurpose.JUROR_SLIP)
    open_ones = (OneTimeLink.ended_at.is_(None), usable)
    query = select(func.count()).select_from(OneTimeLink)
    found = session.scalar(query.where(*open_ones, OneTimeLink.expires_at > now))
    invites = OneTimeLink.purpose == LinkPurpose.INVITATION
    links = update(OneTimeLink).where(*open_ones)
    session.execute(links.where(~invites).values(ended_at=now))
    session.execute(links.where(invites).values(expires_at=OneTimeLink.created_at))
    return found or 0


def note_event(
    session: Session,
    *,
    event: str,
    now: datetime,
    user_id: uuid.UUID | None = None,
    court_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
) -> None:
    """Keep what happened to an account."""
    session.add(
        AccountEvent(at=now, event=event, user_id=user_id, court_id=court_id, person_id=person_id)
    )
    session.flush()


def _window(row: Throttle) -> Window:
    return Window(started_at=row.started_at, failures=row.failures)


def is_throttled(session: Session, *, key: str, rule: ThrottleRule, now: datetime) -> bool:
    """Return whether tries under this key have to wait."""
    row = session.get(Throttle, digest(key))
    window = None if row is None else _window(row)
    return is_blocked(window, rule, now)


def count_failure(session: Session, *, key: str, rule: ThrottleRule, now: datetime) -> None:
    """Count one failure under this key; concurrent failures are all counted."""
    query = select(Throttle).where(Throttle.key == digest(key)).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        first = after_failure(None, rule, now)
        try:
            with session.begin_nested():
                session.add(
                    Throttle(key=digest(key), failures=first.failures, started_at=first.started_at)
                )
        except IntegrityError:
            # Somebody else's first failure came in between.
            row = session.scalars(query).one()
    if row is not None:
        after = after_failure(_window(row), rule, now)
        row.failures, row.started_at = after.failures, after.started_at
        session.flush()


def forget_failures(session: Session, *, key: str) -> None:
    """Forget the failures of an account once it has signed in."""
    row = session.get(Throttle, digest(key))
    if row is not None:
        session.delete(row)
        session.flush()


def staff_count(session: Session, *, court_id: uuid.UUID) -> int:
    """Return how many people work in a court."""
    query = select(func.count()).where(
        Membership.court_id == court_id, Membership.ended_at.is_(None)
    )
    return session.scalar(query) or 0
