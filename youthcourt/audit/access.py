"""Whose hand it is, for routes of features below the accounts."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from youthcourt.audit.domain import Actor
from youthcourt.web.access import current_user


@runtime_checkable
class Acting(Protocol):
    """Whoever is signed in, as far as it matters here."""

    @property
    def actor(self) -> Actor:
        """The hand that acts."""


def acting() -> Actor:
    """Return the hand of whoever is signed in; only for routes that need a permission."""
    user = current_user()
    if not isinstance(user, Acting):
        raise TypeError("this route is open to people who are not signed in")
    return user.actor
