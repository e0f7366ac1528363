"""What the calendar tells higher features and asks of them; plugged in by the application.

Each list is set as a whole, once at the start of a process.  Setting it again replaces it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken


class SessionChange(StrEnum):
    """What happened to a session that people may hold seats in."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    ROOM_REMOVED = "room_removed"
    ROOM_CHANGED = "room_changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionChanged:
    """One change that has just been made, in the same transaction.

    The rows already say how it is now; ``was_*`` is the planned time before a move.
    ``sitting_id`` names the room that was removed or changed.  Where ``seats_stay`` is false
    every live seat of the session, or of that sitting, has to be released.
    """

    change: SessionChange
    session_id: uuid.UUID
    seats_stay: bool
    sitting_id: uuid.UUID | None = None
    was_on: date | None = None
    was_starts_at: time | None = None
    was_ends_at: time | None = None


SessionFollower = Callable[[Session, SessionChanged, Actor, datetime], None]
"""Does what a change means for a higher feature; a refusal undoes the change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSeat:
    """A live seat that somebody holds in a session."""

    seat_id: uuid.UUID
    session_id: uuid.UUID
    sitting_id: uuid.UUID


SeatSource = Callable[[Session, Collection[uuid.UUID]], Mapping[uuid.UUID, Collection[HeldSeat]]]
"""Returns the live seats of these persons in sessions that are still planned, by person."""


OutcomeKeeper = Callable[[Session, uuid.UUID], CourtRuleBroken | None]
"""Returns what rests on the outcome of a hearing, so that it stays; None when nothing does."""


PresenceSource = Callable[[Session, uuid.UUID], bool]
"""Returns whether anybody of the panel of a sitting is noted as having come."""


class _Plugged:
    """What is plugged in now."""

    followers: tuple[SessionFollower, ...] = ()
    sources: tuple[SeatSource, ...] = ()
    keepers: tuple[OutcomeKeeper, ...] = ()
    presences: tuple[PresenceSource, ...] = ()


def use_session_followers(*followers: SessionFollower) -> None:
    """Tell these, and no others, of every change, in this order."""
    _Plugged.followers = followers


def use_seat_sources(*sources: SeatSource) -> None:
    """Ask these, and no others, which seats somebody holds."""
    _Plugged.sources = sources


def use_outcome_keepers(*keepers: OutcomeKeeper) -> None:
    """Ask these, and no others, what rests on an outcome."""
    _Plugged.keepers = keepers


def use_presence_sources(*sources: PresenceSource) -> None:
    """Ask these, and no others, whether a panel came."""
    _Plugged.presences = sources


def tell_followers(
    session: Session, changed: SessionChanged, *, actor: Actor, now: datetime
) -> None:
    """Tell every follower of a change; a refusal of one of them undoes the change."""
    for follower in _Plugged.followers:
        follower(session, changed, actor, now)


def seats_held(
    session: Session, person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[HeldSeat, ...]]:
    """Return the live seats of these persons as all sources know them."""
    found: dict[uuid.UUID, tuple[HeldSeat, ...]] = {}
    for source in _Plugged.sources:
        for person_id, seats in source(session, person_ids).items():
            found[person_id] = (*found.get(person_id, ()), *seats)
    return found


def rests_on_outcome(session: Session, hearing_id: uuid.UUID) -> CourtRuleBroken | None:
    """Return the first thing a higher feature has made of the outcome of a hearing."""
    found = (keeper(session, hearing_id) for keeper in _Plugged.keepers)
    return next((refusal for refusal in found if refusal is not None), None)


def panel_came(session: Session, sitting_id: uuid.UUID) -> bool:
    """Return whether anybody of a panel is noted as having come; true where nobody can tell."""
    sources = _Plugged.presences
    return not sources or any(source(session, sitting_id) for source in sources)
