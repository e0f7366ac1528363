"""One obligation as every page, message and export tells it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.sentences.domain import Progress


@dataclass(frozen=True, kw_only=True, slots=True)
class SanctionProgress:
    """One obligation with what is done of it; amounts in its unit, days court-local.

    ``due_on`` has all extensions in it, ``ordered_due_on`` none.  ``finished_on`` is the day on
    which the last piece that was needed was done.  ``minutes_served`` are the minutes behind
    what is confirmed, whatever the unit.  ``changes`` counts what changed it since the sentence.
    ``booked_on`` are days ahead, ``waiting_on`` those that wait to be confirmed.
    ``in_force`` is False once the case is closed or the sentence was withdrawn (``withdrawn``).
    """

    id: uuid.UUID
    sentence_id: uuid.UUID
    case_id: uuid.UUID
    person_id: uuid.UUID
    in_force: bool
    withdrawn: bool
    label: str
    sentenced_on: date
    policy_id: uuid.UUID
    amount: int
    ordered_due_on: date | None
    due_rule: str | None
    extended_times: int
    extra_days: int
    changes: int
    waived: int
    finished_on: date | None
    minutes_served: int
    booked_on: tuple[date, ...]
    waiting_on: tuple[date, ...]
    parts: Progress

    @property
    def kind(self) -> SanctionKind:
        """What is to be done."""
        return self.parts.kind

    @property
    def unit(self) -> Unit:
        """What its amounts are counted in."""
        return self.parts.unit

    @property
    def due_on(self) -> date | None:
        """The last day on which it is in time."""
        return self.parts.due_on

    @property
    def required(self) -> int:
        """What is asked for: the sum of the following four."""
        return self.parts.required

    @property
    def confirmed(self) -> int:
        """What is done and confirmed."""
        return self.parts.confirmed

    @property
    def pending(self) -> int:
        """What waits to be confirmed: handed in, or of a session that is over."""
        return self.parts.pending

    @property
    def booked(self) -> int:
        """What is booked and still to come."""
        return self.parts.booked

    @property
    def to_book(self) -> int:
        """What is not even booked."""
        return self.parts.to_book

    @property
    def left(self) -> int:
        """What is not confirmed yet."""
        return self.parts.left

    @property
    def satisfied(self) -> bool:
        """Whether nothing is left to be confirmed."""
        return self.parts.satisfied

    @property
    def finished_late(self) -> bool:
        """Whether it was finished after its last day."""
        return (
            self.satisfied
            and self.required > 0
            and self.finished_on is not None
            and self.due_on is not None
            and self.finished_on > self.due_on
        )

    def overdue(self, today: date) -> bool:
        """Whether its last day is over with something not even handed in."""
        unfinished = self.confirmed + self.pending < self.required
        return unfinished and self.due_on is not None and self.due_on < today
