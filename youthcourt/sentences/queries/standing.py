"""Where booked days stand until the office has confirmed them, by the rule of the domain."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from youthcourt.courts.domain import SanctionKind
from youthcourt.courts.queries import policies_on
from youthcourt.people.calendar import court_day
from youthcourt.sentences.domain import (
    CountingValues,
    DayStanding,
    ServiceState,
    UnconfirmedDay,
    counting_of,
    standing_of_day,
    standing_without_evening,
)
from youthcourt.sentences.ports import days_unconfirmed


class _Booked(Protocol):
    """What is read of a piece of service."""

    @property
    def state(self) -> ServiceState: ...
    @property
    def source_key(self) -> str: ...
    @property
    def served_on(self) -> date: ...
    @property
    def sessions(self) -> int: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class CameUnbooked:
    """A day somebody came to without a booking, and which will count for them."""

    person_id: uuid.UUID
    session_id: uuid.UUID
    served_on: date
    training: bool
    stands: DayStanding

    @property
    def kind(self) -> SanctionKind:
        """What it counts as."""
        return SanctionKind.JURY

    @property
    def shown(self) -> ServiceState:
        """The state that pages show."""
        return self.stands.state

    @property
    def sessions(self) -> int:
        """The sessions that will count."""
        return self.stands.sessions

    @property
    def minutes(self) -> int:
        """The minutes that will count."""
        return self.stands.minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class Unconfirmed:
    """The days nobody has confirmed, read once for a page; ``today`` is the court's."""

    by_key: Mapping[str, UnconfirmedDay]
    unbooked: Mapping[uuid.UUID, tuple[CameUnbooked, ...]]
    counting: Mapping[date, CountingValues]
    today: date
    now: datetime

    def standing(self, piece: _Booked) -> DayStanding | None:
        """Return where a booked piece stands; None for one that is booked no more."""
        if piece.state is not ServiceState.BOOKED:
            return None
        amounts = {"sessions": piece.sessions, "minutes": piece.minutes}
        day = self.by_key.get(piece.source_key)
        if day is None:
            return standing_without_evening(piece.served_on, today=self.today, **amounts)
        return standing_of_day(day, self.counting[day.held_on], now=self.now, **amounts)


def unconfirmed(
    session: Session, *, person_ids: Collection[uuid.UUID] | None, now: datetime
) -> Unconfirmed:
    """Return the days nobody has confirmed; a fixed number of statements."""
    today = court_day(session, now)
    days = days_unconfirmed(session, person_ids, until=today)
    policies = policies_on(session, {day.held_on for day in days})
    counting = {day: counting_of(policy) for day, policy in policies.items()}
    return Unconfirmed(
        by_key={day.source_key: day for day in days if day.source_key is not None},
        unbooked=_unbooked(days, counting, now),
        counting=counting,
        today=today,
        now=now,
    )


def _unbooked(
    days: Iterable[UnconfirmedDay], counting: Mapping[date, CountingValues], now: datetime
) -> dict[uuid.UUID, tuple[CameUnbooked, ...]]:
    found: defaultdict[uuid.UUID, list[CameUnbooked]] = defaultdict(list)
    for day in days:
        if day.source_key is not None:
            continue
        stands = standing_of_day(day, counting[day.held_on], sessions=0, minutes=0, now=now)
        if stands.holds_place:
            found[day.person_id].append(
                CameUnbooked(
                    person_id=day.person_id,
                    session_id=day.session_id,
                    served_on=day.held_on,
                    training=day.is_training,
                    stands=stands,
                )
            )
    return {person_id: tuple(lines) for person_id, lines in found.items()}
