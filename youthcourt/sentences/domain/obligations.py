"""What a sentence requires, what is done of it, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from youthcourt.courts.domain.kinds import SanctionKind, Unit
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain.kinds import SanctionEventKind, SentenceState, ServiceState
from youthcourt.sentences.domain.service import OpenObligation, ServicePiece

COUNTED_BY_SERVICE = frozenset({Unit.SESSIONS, Unit.MINUTES})
MOST_OF = {
    Unit.SESSIONS: 200,
    Unit.MINUTES: 1_000 * 60,
    Unit.PIECES: 200,
    Unit.MONEY: 1_000_000,
    Unit.NONE: 1,
}
"""More than this is a slip: several times the most that any published rule allows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SanctionEvent:
    """Something that changed an obligation: by how much, how many days, or to which day."""

    kind: SanctionEventKind
    amount: int | None = None
    days: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Obligation:
    """One sanction as it is owed: amount in its unit (minutes, cents, sessions, pieces).

    What is neither sessions nor minutes is done as a whole, on ``finished_on``.
    """

    id: UUID
    kind: SanctionKind
    unit: Unit
    amount: int
    due_on: date | None = None
    waived: int = 0
    finished_on: date | None = None

    @property
    def required(self) -> int:
        """Return what is asked for after what was waived, never below zero."""
        return max(0, self.amount - self.waived)


def with_events(obligation: Obligation, events: Iterable[SanctionEvent]) -> Obligation:
    """Return the obligation after its events, in the order in which they happened.

    An extension goes to a day or by days; a stopped clock adds its days; an excused absence
    changes neither amount nor date, nor do finished and reopened, which ``finished_on`` tells.
    """
    for event in events:
        due_on = obligation.due_on
        match event.kind:
            case SanctionEventKind.ADJUSTED:
                amount = max(0, obligation.amount + (event.amount or 0))
                obligation = replace(obligation, amount=amount)
            case SanctionEventKind.WAIVED:
                waived = obligation.waived + (event.amount or 0)
                obligation = replace(obligation, waived=waived)
            case SanctionEventKind.EXTENDED if event.due_on is not None:
                obligation = replace(obligation, due_on=event.due_on)
            case SanctionEventKind.EXTENDED | SanctionEventKind.CLOCK_STOPPED if due_on:
                later = due_on + timedelta(days=event.days or 0)
                obligation = replace(obligation, due_on=later)
            case _:
                pass
    return obligation


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """``required = confirmed + pending + booked + to_book``, in the obligation's unit.

    What is booked is ahead, and what is over waits, by the rule of ``unconfirmed``.
    Service beyond what is required is ``extra`` and in none of the four.
    """

    obligation_id: UUID
    kind: SanctionKind
    unit: Unit
    due_on: date | None
    required: int
    confirmed: int
    pending: int
    booked: int
    to_book: int
    extra: int

    @property
    def left(self) -> int:
        """Return what is not confirmed yet."""
        return self.required - self.confirmed

    @property
    def satisfied(self) -> bool:
        """Return whether nothing is left to be confirmed."""
        return not self.left

    @property
    def open(self) -> OpenObligation:
        """Return what a piece of service could still be counted for."""
        return OpenObligation(
            id=self.obligation_id,
            kind=self.kind,
            unit=self.unit,
            owed=self.left,
            due_on=self.due_on,
        )


def progress(obligation: Obligation, pieces: Iterable[ServicePiece]) -> Progress:
    """Return how far the obligation is, from the pieces (or parts) that count for it.

    Confirmed service fills first, then pending, then booked; what no longer fits is extra.
    """
    sums = dict.fromkeys(ServiceState, 0)
    for piece in pieces:
        if piece.obligation_id == obligation.id:
            sums[piece.state] += piece.amount(obligation.unit)
    if obligation.unit not in COUNTED_BY_SERVICE and obligation.finished_on is not None:
        sums[ServiceState.CONFIRMED] = obligation.required
    left = obligation.required
    parts: dict[ServiceState, int] = {}
    for state in (ServiceState.CONFIRMED, ServiceState.PENDING, ServiceState.BOOKED):
        parts[state] = min(left, sums[state])
        left -= parts[state]
    return Progress(
        obligation_id=obligation.id,
        kind=obligation.kind,
        unit=obligation.unit,
        due_on=obligation.due_on,
        required=obligation.required,
        confirmed=parts[ServiceState.CONFIRMED],
        pending=parts[ServiceState.PENDING],
        booked=parts[ServiceState.BOOKED],
        to_book=left,
        extra=sum(sums[state] - part for state, part in parts.items()),
    )


def check_waiver(parts: Progress, amount: int) -> None:
    """Raise ``CourtRuleBroken`` unless there is that much left; what is done is not waived."""
    if 0 < amount <= parts.left:
        return
    if parts.unit is Unit.MINUTES:
        raise CourtRuleBroken("waiver_minutes_out_of_range", "amount", limit_minutes=parts.left)
    raise CourtRuleBroken("waiver_out_of_range", "amount", limit=told(parts.left, parts.unit))


def check_adjustment(parts: Progress, *, waived: int, amount: int) -> None:
    """Raise ``CourtRuleBroken`` unless what is ordered covers what is confirmed and waived."""
    least = max(1, parts.confirmed + waived)
    if amount > MOST_OF[parts.unit]:
        raise CourtRuleBroken("amount_not_positive", "amount")
    if amount >= least:
        return
    if parts.unit is Unit.MINUTES:
        raise CourtRuleBroken("adjustment_minutes_below_done", "amount", least_minutes=least)
    raise CourtRuleBroken("adjustment_below_done", "amount", least=told(least, parts.unit))


def check_amount(amount: int, unit: Unit, field: str) -> None:
    """Raise ``CourtRuleBroken`` for an amount that no sentence can have."""
    if not 0 < amount <= MOST_OF[unit]:
        raise CourtRuleBroken("amount_not_positive", field)


def told(amount: int, unit: Unit) -> int | str:
    """Return an amount as a refusal names it: cents as dollars and cents."""
    return f"{amount // 100}.{amount % 100:02d}" if unit is Unit.MONEY else amount


def sentence_status(progresses: Iterable[Progress], *, today: date) -> SentenceState:
    """Return where the sentence is; the due day itself is still in time.

    A sentence whose every obligation was waived, or that has none, is satisfied.
    """
    unfinished = [p for p in progresses if not p.satisfied]
    if not unfinished:
        return SentenceState.SATISFIED
    if all(p.confirmed + p.pending == p.required for p in unfinished):
        return SentenceState.WAITING_FOR_CONFIRMATION
    if any(p.due_on is not None and p.due_on < today for p in unfinished):
        return SentenceState.OVERDUE
    return SentenceState.UNDER_WAY
