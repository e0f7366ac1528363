"""What sentences ask of the jury above them; plugged in by the application."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping

from sqlalchemy.orm import Session

SeatCounter = Callable[[Session, Collection[uuid.UUID]], Mapping[uuid.UUID, int]]
"""Returns how many seats are taken in each of these court sessions; none where left out."""


def _no_seats(_session: Session, _session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    return {}


class _Plugged:
    """What is plugged in now."""

    seats: SeatCounter = staticmethod(_no_seats)


def use_seat_counter(counter: SeatCounter) -> None:
    """Ask this one, and no other, how many seats are taken."""
    _Plugged.seats = staticmethod(counter)


def seats_taken(session: Session, session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Return how many seats are taken in each of these court sessions."""
    return _Plugged.seats(session, session_ids) if session_ids else {}
