"""Who is signed in on this request; the only place that touches Flask-Login."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Flask, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt import clock
from youthcourt.accounts.access import JUROR_PERMISSIONS, PERMISSIONS
from youthcourt.accounts.domain import STEP_UP_LIFE, Role, SignInKind, address_key, digest
from youthcourt.accounts.models import Membership, SignIn, User
from youthcourt.audit.domain import Actor, ActorKind
from youthcourt.courts.models import Court
from youthcourt.web.access import Permission
from youthcourt.web.access import current_user as web_user
from youthcourt.web.transactions import after_request_do, database, ready_to_write

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Whoever is signed in: a member of staff in one court, or a juror."""

    sign_in_id: uuid.UUID
    kind: SignInKind
    court_id: uuid.UUID | None
    permissions: frozenset[Permission]
    user_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    role: Role | None = None
    name: str = ""
    court_name: str = ""
    phone_name: str = ""
    time_zone: str = "UTC"
    language: str = "en"
    stepped_up_at: datetime | None = None

    @property
    def today(self) -> date:
        """Return the day it is in the court's zone."""
        return clock.today(self.time_zone)

    @property
    def actor(self) -> Actor:
        """Return the hand that acts, for services."""
        kind = ActorKind.STAFF if self.kind is SignInKind.STAFF else ActorKind.JUROR
        return Actor(kind=kind, user_id=self.user_id, person_id=self.person_id)

    def is_stepped_up(self, now: datetime) -> bool:
        """Return whether the password was shown again a short while ago."""
        return self.stepped_up_at is not None and now < self.stepped_up_at + STEP_UP_LIFE


class _Browser:
    """What Flask-Login keeps: the token of the sign-in, nothing else."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, signed_in: SignedIn | None = None) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask, *, idle: timedelta) -> None:
    """Let Flask-Login find the sign-in behind the browser's token."""
    manager = LoginManager(app)
    manager.session_protection = None  # type: ignore[assignment]  # our rows can be ended
    app.extensions["youthcourt.idle"] = idle

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(token: str) -> _Browser | None:
        signed_in = find_sign_in(database(), token=token, idle=idle, now=clock.now())
        return None if signed_in is None else _Browser(token, signed_in)


def load_user() -> SignedIn | None:
    """Return whoever is signed in and make the database session theirs."""
    browser = current_user._get_current_object()  # noqa: SLF001 -- the way Flask-Login unwraps
    signed_in: SignedIn | None = getattr(browser, "signed_in", None)
    ready_to_write(signed_in.court_id if signed_in else None)
    if signed_in is not None:
        g.time_zone, g.language = signed_in.time_zone, signed_in.language
    return signed_in


def signed_in() -> SignedIn:
    """Return whoever is signed in; only for routes that need a permission."""
    user = web_user()
    if not isinstance(user, SignedIn):
        raise TypeError("this route is open to people who are not signed in")
    return user


def begin(token: str) -> None:
    """Make this browser the one of a sign-in; everything it held before is dropped."""
    wanted = session.get("next")
    session.clear()
    if wanted:
        session["next"] = wanted
    login_user(_Browser(token))


def device() -> str:
    """Return what kind of machine asks, in one word."""
    agent = request.user_agent.string
    for word in ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux"):
        if word in agent:
            return word
    return "?"


def remote_address() -> str:
    """Return under which address of the net tries are counted."""
    return address_key(request.remote_addr)


def end() -> None:
    """Forget the sign-in in this browser."""
    logout_user()
    session.clear()


def find_sign_in(
    database: Session, *, token: str, idle: timedelta, now: datetime
) -> SignedIn | None:
    """Return the live sign-in of a token with its present role, or None."""
    row = database.scalar(
        select(SignIn).where(SignIn.token_digest == digest(token), SignIn.ended_at.is_(None))
    )
    if row is None or now >= row.expires_at:
        return None
    # A phone is asked for its code again after hours, not because it lay in a pocket.
    if row.kind is SignInKind.STAFF and now >= row.seen_at + idle:
        return None
    if now >= row.seen_at + TOUCH_EVERY:
        _touch_later(row.id, now)
    return _juror(database, row) if row.kind is SignInKind.JUROR else _staff(database, row)


def _juror(database: Session, row: SignIn) -> SignedIn:
    court = database.get_one(Court, row.court_id)
    return SignedIn(
        sign_in_id=row.id,
        kind=row.kind,
        court_id=row.court_id,
        person_id=row.person_id,
        permissions=JUROR_PERMISSIONS,
        court_name=court.name,
        phone_name=court.phone_name,
        time_zone=court.time_zone,
        language=court.language,
    )


def _staff(database: Session, row: SignIn) -> SignedIn | None:
    found = database.execute(
        select(User.name, Membership.role, Court)
        .select_from(User)
        .outerjoin(
            Membership,
            (Membership.user_id == User.id)
            & (Membership.court_id == row.court_id)
            & Membership.ended_at.is_(None),
        )
        .outerjoin(Court, Court.id == Membership.court_id)
        .where(User.id == row.user_id, User.disabled_at.is_(None))
    ).first()
    if found is None:
        return None
    name, role, court = found
    return SignedIn(
        sign_in_id=row.id,
        kind=row.kind,
        court_id=court.id if court else None,
        user_id=row.user_id,
        role=role,
        name=name,
        permissions=PERMISSIONS[role] if role else frozenset({Permission.OWN_ACCOUNT}),
        court_name=court.name if court else "",
        phone_name=court.phone_name if court else "",
        time_zone=court.time_zone if court else "UTC",
        language=court.language if court else "en",
        stepped_up_at=row.stepped_up_at,
    )


def _touch_later(sign_in_id: uuid.UUID, now: datetime) -> None:
    def touch(database: Session) -> None:
        row = database.get(SignIn, sign_in_id)
        if row is not None:
            row.seen_at = now

    after_request_do(touch)
