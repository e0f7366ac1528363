"""The made-up year of one court: which day it is there, and what was put off to which day."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from faker import Faker
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.courts.domain import Policy

Act = Callable[[], object]

_OFFICE_HOUR = time(15, 0)


@dataclass(kw_only=True)
class Stage:
    """What every act in a made-up court needs; ``today`` moves on from day to day.

    ``end`` is the last day that is acted out.
    """

    session: Session
    dice: random.Random
    fakers: list[Faker]
    policy: Policy
    zone: str
    actor: Actor
    today: date
    end: date
    agenda: defaultdict[date, list[Act]] = field(default_factory=lambda: defaultdict(list))

    @property
    def now(self) -> datetime:
        """An instant of the afternoon of the day it is."""
        return self.at(_OFFICE_HOUR)

    def at(self, wall: time, *, day: date | None = None) -> datetime:
        """Return the instant of a wall time on a day, today if none is named."""
        return datetime.combine(day or self.today, wall, tzinfo=ZoneInfo(self.zone))

    def later(self, days: int, act: Act) -> None:
        """Put something off by some days; what falls after the end is never done."""
        self.agenda[self.today + timedelta(days=days)].append(act)

    def live(self) -> None:
        """Go through the days one by one and do what was put off to each, the last included."""
        while self.today <= self.end:
            acts = self.agenda.pop(self.today, [])
            for act in acts:
                act()
            self.today += timedelta(days=1)
        self.today = self.end

    def chance(self, share: float) -> bool:
        """Return true in this share of the cases."""
        return self.dice.random() < share
