"""What people tell higher features; plugged in by the application.

The list is set as a whole, once at the start of a process.  Setting it again replaces it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor

ReachFollower = Callable[[Session, uuid.UUID, Actor, datetime], None]
"""Tells of what is still to come whoever can be told now and could not before."""


class _Plugged:
    """What is plugged in now."""

    followers: tuple[ReachFollower, ...] = ()


def use_reach_followers(*followers: ReachFollower) -> None:
    """Tell these, and no others, when a youth or an adult around them can be told more."""
    _Plugged.followers = followers


def tell_reachable(session: Session, person_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    """Say that who may be told about a youth, or how they are reached, has changed."""
    for follower in _Plugged.followers:
        follower(session, person_id, actor, now)
