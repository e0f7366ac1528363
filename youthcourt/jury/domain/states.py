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


class CheckInMethod(StrEnum):
    """How somebody was checked in."""

    TAP = "tap"
    CODE = "code"
    WALK_IN = "walk_in"
    PAPER = "paper"
