"""A court in March, its people, its clock, and the two ledgers as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.fixtures.app import PASSWORD, SmallCourt
from tests.journeys.walker import Walker, walker_of
from youthcourt import clock as court_clock
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import User
from youthcourt.accounts.services import hash_password
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.people.services import add_person, add_training, set_jury_list
from youthcourt.sentences.queries import progress_of

ZONE = ZoneInfo("America/New_York")
VOLUNTEERS = 8


@dataclass
class Story:
    """The court, its people, and the clock of the story."""

    app: Flask
    session: Session
    court: SmallCourt
    clock: Any

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Let it be this time on the court's clock."""
        self.clock.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))

    def sign_in(self, role: Role = Role.COORDINATOR) -> Walker:
        """Sign somebody of the staff in with the password."""
        return walker_of(self.app, f"{role.value}@{self.court.slug}.example", PASSWORD)

    def ask(self, question: Callable[[Session], Any]) -> Any:
        """Return what the database says, without holding it."""
        self.session.expire_all()
        answer = question(self.session)
        self.session.rollback()
        return answer

    def stands(
        self, person_id: uuid.UUID, *, confirmed: int = 0, booked: int = 0, to_book: int
    ) -> None:
        """Hold both ledgers to this: four parts of the seven sessions, and what they earned."""
        owed = self.ask(
            lambda s: progress_of(s, person_ids=[person_id], now=court_clock.now())[person_id][0]
        )
        parts = (owed.confirmed, owed.pending, owed.booked, owed.to_book)
        assert parts == (confirmed, 0, booked, to_book)
        assert sum(parts) == owed.required == 7
        assert self.ask(lambda s: balance_of(s, person_id=person_id)) == 180 * confirmed
        assert self.ask(verify_credits) == ()


def fill(session: Session, court: SmallCourt) -> None:
    """Let the staff have a password and the jury list eight trained volunteers."""
    hand: dict[str, Any] = {
        "actor": court.actor,
        "now": datetime(2026, 3, 1, 15, 0, tzinfo=UTC),
    }
    session.execute(sa.update(User).values(password_hash=hash_password(PASSWORD)))
    for number in range(VOLUNTEERS):
        person = add_person(
            session,
            given_names=f"Juror{number}",
            family_name="Volunteer",
            birth_date=date(2009, 5, 1 + number),
            **hand,
        )
        set_jury_list(
            session,
            person_id=person.id,
            on_list=True,
            volunteer_since=date(2026, 1, 1),
            **hand,
        )
        add_training(
            session, person_id=person.id, topic="juror", finished_on=date(2026, 2, 1), **hand
        )
    session.commit()
