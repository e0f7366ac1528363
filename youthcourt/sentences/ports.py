"""What sentences ask of the jury above them; plugged in by the application."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from youthcourt.sentences.domain.unconfirmed import UnconfirmedDay

SeatCounter = Callable[[Session, Collection[uuid.UUID]], Mapping[uuid.UUID, int]]
"""Returns how many seats are taken in each of these court sessions; none where left out."""

DayTeller = Callable[[Session, Collection[uuid.UUID] | None, date], Collection[UnconfirmedDay]]
"""Returns every day, up to one, of sessions nobody has confirmed, of these persons or of all."""

TrainingFinder = Callable[[Session, Collection[str]], Collection[str]]
"""Returns which of these keys of service belong to a training."""


def _no_seats(_session: Session, _session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    return {}


def _no_days(
    _session: Session, _person_ids: Collection[uuid.UUID] | None, _until: date
) -> Collection[UnconfirmedDay]:
    return ()


def _no_trainings(_session: Session, _source_keys: Collection[str]) -> Collection[str]:
    return ()


class _Plugged:
    """What is plugged in now."""

    seats: SeatCounter = staticmethod(_no_seats)
    days: DayTeller = staticmethod(_no_days)
    trainings: TrainingFinder = staticmethod(_no_trainings)


def use_seat_counter(counter: SeatCounter) -> None:
    """Ask this one, and no other, how many seats are taken."""
    _Plugged.seats = staticmethod(counter)


def seats_taken(session: Session, session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Return how many seats are taken in each of these court sessions."""
    return _Plugged.seats(session, session_ids) if session_ids else {}


def use_attendance(days: DayTeller, trainings: TrainingFinder) -> None:
    """Ask these, and no others, about evenings and what was written down at their doors."""
    _Plugged.days = staticmethod(days)
    _Plugged.trainings = staticmethod(trainings)


def days_unconfirmed(
    session: Session, person_ids: Collection[uuid.UUID] | None, *, until: date
) -> Collection[UnconfirmedDay]:
    """Return the days of sessions nobody has confirmed, of these persons or of everybody."""
    return (
        ()
        if person_ids is not None and not person_ids
        else _Plugged.days(session, person_ids, until)
    )


def trainings_among(session: Session, source_keys: Collection[str]) -> frozenset[str]:
    """Return which of these keys of service belong to a training."""
    return frozenset(_Plugged.trainings(session, source_keys)) if source_keys else frozenset()
