"""A court's ledger with people who earn, give and spend."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.credits import giving
from tests.fixtures.app import NOW, TODAY, SmallCourt
from youthcourt.credits import services
from youthcourt.credits.models import Transfer
from youthcourt.credits.queries import balance_of
from youthcourt.people.services import add_person


@dataclass
class Ledger:
    """The acts on credits as the coordinator of one court brings them about."""

    session: Session
    court: SmallCourt
    made: int = 0

    @property
    def hand(self) -> dict[str, Any]:
        return {"actor": self.court.actor, "now": NOW}

    def person(self, name: str = "Ada") -> uuid.UUID:
        self.made += 1
        return add_person(
            self.session, given_names=name, family_name=f"Okafor {self.made}", **self.hand
        ).id

    def earn(
        self,
        person_id: uuid.UUID,
        minutes: int = 180,
        *,
        key: str | None = None,
        on: date = TODAY,
        **given: Any,
    ) -> Transfer:
        self.made += 1
        values = {"rule": f"none:{minutes}", **self.hand, **given}
        return services.post_earning(
            self.session,
            person_id=person_id,
            minutes=minutes,
            happened_on=on,
            source_key=key or f"service:{uuid.UUID(int=self.made)}",
            **values,
        )

    def give(self, giver: uuid.UUID, taker: uuid.UUID, minutes: int) -> Transfer:
        return giving.give(self.session, giver, taker, minutes, **self.hand)

    def reserve(self, person_id: uuid.UUID, minutes: int) -> Transfer:
        return giving.reserve(self.session, person_id, minutes, **self.hand)

    def reverse(self, transfer: Transfer, reason: str = "entered_twice") -> Transfer:
        return services.reverse_transfer(
            self.session, transfer_id=transfer.id, reason=reason, **self.hand
        )

    def balance(self, person_id: uuid.UUID) -> int:
        return balance_of(self.session, person_id=person_id)


@pytest.fixture
def ledger(session: Session, court: SmallCourt) -> Ledger:
    """The ledger of the court on each database in turn."""
    return Ledger(session=session, court=court)


@pytest.fixture
def ada(ledger: Ledger) -> uuid.UUID:
    """Somebody with nothing yet."""
    return ledger.person()
