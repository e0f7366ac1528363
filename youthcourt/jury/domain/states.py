"""The states of seats and the ways of checking in."""

from __future__ import annotations

from enum import StrEnum


class SeatRole(StrEnum):
    """Whether somebody sits or stands by."""

    JUROR = "juror"
    RESERVE = "reserve"


class SeatState(StrEnum):
    """Where a seat is; proposed and published seats are live."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    RELEASED = "released"


class SeatSource(StrEnum):
    """How a seat came to be."""

    DRAW = "draw"
    HAND = "hand"
    WALK_IN = "walk_in"


class ReleaseReason(StrEnum):
    """Why a seat was given back; the last four come with another act."""

    CANNOT_COME = "cannot_come"
    NOT_REACHED = "not_reached"
    KNOWS_SOMEBODY = "knows_somebody"
    NOT_NEEDED = "not_needed"
    SEATED_BY_MISTAKE = "seated_by_mistake"
    OTHER = "other"
    DRAWN_AGAIN = "drawn_again"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_MOVED = "session_moved"
    ROOM_REMOVED = "room_removed"


BY_HAND = (
    ReleaseReason.CANNOT_COME,
    ReleaseReason.NOT_REACHED,
    ReleaseReason.KNOWS_SOMEBODY,
    ReleaseReason.NOT_NEEDED,
    ReleaseReason.SEATED_BY_MISTAKE,
    ReleaseReason.OTHER,
)
"""The reasons staff choose from."""

KEEPS_AWAY = frozenset(
    {
        ReleaseReason.CANNOT_COME,
        ReleaseReason.NOT_REACHED,
        ReleaseReason.KNOWS_SOMEBODY,
        ReleaseReason.OTHER,
    }
)
"""After these the same person is not drawn for the same session again."""

LIVE = (SeatState.PROPOSED, SeatState.PUBLISHED)
"""The states in which a seat is held."""


class CheckInMethod(StrEnum):
    """How somebody was checked in."""

    TAP = "tap"
    CODE = "code"
    WALK_IN = "walk_in"
    PAPER = "paper"
