"""Roles, passwords, throttling and links: the rules of signing in."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from youthcourt.errors import CourtRuleBroken

MIN_PASSWORD = 15  # OWASP ASVS 5.0, 6.2.9, for staff of a service that holds minors' records
MAX_PASSWORD = 256
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread on paper
CODE_LENGTH = 8
LONG_CODE_LENGTH = 16  # 79 bits: it alone makes an account, so it must not be found by trying


class Role(StrEnum):
    """What somebody is in one court."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    CLERK = "clerk"
    EVALUATOR = "evaluator"


class SignInKind(StrEnum):
    """Who is behind a sign-in."""

    STAFF = "staff"
    JUROR = "juror"


class LinkPurpose(StrEnum):
    """What a single-use link or printed code is for."""

    JUROR_MESSAGE = "juror_message"
    JUROR_SLIP = "juror_slip"
    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 -- the name of a purpose


class StaffState(StrEnum):
    """Where somebody stands on the list of staff."""

    INVITED = "invited"
    OVER = "over"
    ACTIVE = "active"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody who works in a court, and as what."""

    user_id: uuid.UUID
    role: Role


class FactQuestion(StrEnum):
    """The question whose answer a teen chose at intake; it opens a printed code."""

    PET = "pet"
    STREET = "street"
    COLOUR = "colour"
    FOOD = "food"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True, slots=True)
class ThrottleRule:
    """At most ``tries`` failures in ``window``; then wait until the window has passed."""

    tries: int
    window: timedelta


SIGN_IN_BY_ACCOUNT = ThrottleRule(tries=8, window=timedelta(minutes=15))
SIGN_IN_BY_ADDRESS = ThrottleRule(tries=40, window=timedelta(minutes=15))
CODE_BY_ADDRESS = ThrottleRule(tries=30, window=timedelta(minutes=15))
LINK_REQUEST = ThrottleRule(tries=5, window=timedelta(hours=1))
CODE_TRIES = 5
MESSAGE_LINK_LIFE = timedelta(minutes=10)
INVITATION_LIFE = timedelta(days=3)
JUROR_SESSION = timedelta(hours=8)
STEP_UP_LIFE = timedelta(minutes=15)

_TOO_COMMON = frozenset(
    {
        "password",
        "passwort",
        "letmein",
        "qwertyuiop",
        "administrator",
        "coordinator",
        "youthcourt",
        "teencourt",
        "welcome",
        "iloveyou",
        "sunshine",
        "football",
        "baseball",
        "princess",
        "superman",
        "trustno",
    }
)


def check_password(password: str, *, email: str, name: str) -> None:
    """Raise ``CourtRuleBroken`` unless the password is long and not a well-known one."""
    if len(password) < MIN_PASSWORD:
        raise CourtRuleBroken("password_too_short", "password", min=MIN_PASSWORD)
    if len(password) > MAX_PASSWORD:
        raise CourtRuleBroken("password_too_long", "password", max=MAX_PASSWORD)
    folded = "".join(c for c in password.casefold() if c.isalnum())
    rest = folded
    context = [email.split("@", maxsplit=1)[0], *name.split()]
    for word in (*_TOO_COMMON, *(w.casefold() for w in context if len(w) > 3)):  # noqa: PLR2004
        rest = rest.replace(word, "")
    if len(set(rest)) < 5:  # noqa: PLR2004 -- "aaaaaaaaaaaaaaa" and "password1111111"
        raise CourtRuleBroken("password_too_common", "password")


def check_administrator_stays(
    members: Collection[Member], *, user_id: uuid.UUID, to: Role | None
) -> None:
    """Raise ``CourtRuleBroken`` when a court would lose its last administrator.

    ``to`` is what the user becomes, None when they leave.
    """
    administrators = {m.user_id for m in members if m.role is Role.ADMINISTRATOR}
    if to is not Role.ADMINISTRATOR and administrators == {user_id}:
        raise CourtRuleBroken("last_administrator")


def check_staff_change(
    members: Collection[Member],
    *,
    user_id: uuid.UUID,
    to: Role | None,
    actor_id: uuid.UUID | None,
) -> None:
    """Raise ``CourtRuleBroken`` unless the actor may make a member ``to``, or remove them (None).

    One's own place is changed by somebody else: nobody shuts themselves out by a slip.
    """
    check_administrator_stays(members, user_id=user_id, to=to)
    if user_id == actor_id:
        raise CourtRuleBroken("not_oneself")


def invitation_state(expires_at: datetime, now: datetime) -> StaffState:
    """Return whether the code of an invitation that was not used is still good."""
    return StaffState.OVER if now >= expires_at else StaffState.INVITED


def shows_second_factor(factors: str) -> bool:
    """Return whether more than a password was shown at a sign-in of a member of staff."""
    return bool(set(re.findall(r"\w+", factors)) - {"password"})


def new_token() -> str:
    """Return 256 random bits that fit into an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return a code for paper: 8 characters of an alphabet without look-alikes (39 bits)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_long_code() -> str:
    """Return a code for a terminal or a letter: 16 characters without look-alikes (79 bits)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(LONG_CODE_LENGTH))


def in_groups(code: str) -> str:
    """Return a code as people read it aloud and type it: four characters at a time."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def is_code(text: str) -> bool:
    """Return whether a code as typed has the shape of one; that tells nothing about which exist."""
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_ALPHABET)


def typed_code(text: str) -> str:
    """Return a code as typed from paper: blanks and dashes gone, upper case."""
    return "".join(c for c in text.upper() if c.isalnum())


def digest(token: str) -> str:
    """Return what is stored of a token or code; the token itself never is."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_key(address: str | None) -> str:
    """Return what one household on the net is counted under: IPv6 by its first half.

    A household has all 2**64 addresses of that half and could change them for every try.
    """
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found, 64), strict=False))
    return str(found)


def folded_answer(text: str) -> str:
    """Return an answer as it is compared: lower case, without blanks and signs."""
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Failures counted since the window began."""

    started_at: datetime
    failures: int


def is_blocked(window: Window | None, rule: ThrottleRule, now: datetime) -> bool:
    """Return whether another try must wait."""
    return (
        window is not None
        and now < window.started_at + rule.window
        and window.failures >= rule.tries
    )


def after_failure(window: Window | None, rule: ThrottleRule, now: datetime) -> Window:
    """Return the window with one more failure, a new one when the old has passed."""
    if window is None or now >= window.started_at + rule.window:
        return Window(started_at=now, failures=1)
    return Window(started_at=window.started_at, failures=window.failures + 1)
