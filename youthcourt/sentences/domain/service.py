"""A piece of service: its states, and how it is spread over what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from youthcourt.courts.domain.kinds import SanctionKind, Unit
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain.kinds import ServiceActor, ServiceState

DAY_MINUTES = 24 * 60

_STAFF = frozenset({ServiceActor.STAFF})
_SIGNERS = frozenset({ServiceActor.STAFF, ServiceActor.SUPERVISOR})
_OFFICE = frozenset({ServiceActor.STAFF, ServiceActor.SYSTEM})
_ANYBODY = frozenset(ServiceActor)
_ATTENDED = frozenset({ServiceActor.STAFF, ServiceActor.SUPERVISOR, ServiceActor.SYSTEM})
_NO_SUPERVISOR = frozenset({ServiceActor.STAFF, ServiceActor.JUROR, ServiceActor.SYSTEM})


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceTransition:
    """One allowed change of state, who may make it, and whether a reason is needed."""

    source: ServiceState | None
    target: ServiceState
    by: frozenset[ServiceActor]
    needs_reason: bool = False


SERVICE_TRANSITIONS: tuple[ServiceTransition, ...] = (
    ServiceTransition(source=None, target=ServiceState.BOOKED, by=_NO_SUPERVISOR),
    ServiceTransition(source=None, target=ServiceState.PENDING, by=_ANYBODY),
    # Served before this court kept its records here: there is nothing to wait for.
    ServiceTransition(source=None, target=ServiceState.CONFIRMED, by=_OFFICE, needs_reason=True),
    ServiceTransition(source=ServiceState.BOOKED, target=ServiceState.PENDING, by=_ATTENDED),
    ServiceTransition(
        source=ServiceState.BOOKED,
        target=ServiceState.DENIED,
        by=_NO_SUPERVISOR,
        needs_reason=True,
    ),
    ServiceTransition(source=ServiceState.PENDING, target=ServiceState.CONFIRMED, by=_SIGNERS),
    ServiceTransition(
        source=ServiceState.PENDING, target=ServiceState.DENIED, by=_SIGNERS, needs_reason=True
    ),
    # A dispute that was upheld; nothing has been posted yet, so this is no edit of a ledger.
    ServiceTransition(
        source=ServiceState.DENIED, target=ServiceState.PENDING, by=_STAFF, needs_reason=True
    ),
    # What was confirmed is in both ledgers: it is reversed, never changed back or edited.
    ServiceTransition(
        source=ServiceState.CONFIRMED,
        target=ServiceState.REVERSED,
        by=_STAFF,
        needs_reason=True,
    ),
)


def service_transition(
    source: ServiceState | None, target: ServiceState
) -> ServiceTransition | None:
    """Return the row of the table for this change, none when it is never allowed."""
    rows = (row for row in SERVICE_TRANSITIONS if (row.source, row.target) == (source, target))
    return next(rows, None)


def check_service_transition(
    source: ServiceState | None,
    target: ServiceState,
    *,
    by: ServiceActor,
    reason: str | None = None,
) -> None:
    """Raise ``CourtRuleBroken`` unless this hand may make this change, with its reason."""
    row = service_transition(source, target)
    if row is None:
        raise CourtRuleBroken("service_step_not_possible", source=source, target=target)
    if by not in row.by:
        raise CourtRuleBroken("service_step_not_yours", target=target)
    if row.needs_reason and not (reason or "").strip():
        raise CourtRuleBroken("reason_required", "reason")


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePiece:
    """Booked or served service; ``obligation_id`` names the obligation it is meant for.

    One jury session is 1 in ``sessions`` and its length in ``minutes``.
    """

    id: UUID
    kind: SanctionKind
    state: ServiceState
    sessions: int
    minutes: int
    obligation_id: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse negative amounts."""
        if self.sessions < 0 or self.minutes < 0:
            raise CourtRuleBroken("service_not_negative", "minutes")

    def amount(self, unit: Unit) -> int:
        """Return what the piece is worth in a unit that service can have."""
        return {Unit.SESSIONS: self.sessions, Unit.MINUTES: self.minutes}.get(unit, 0)


def check_one_day(minutes: int, *, others: int = 0) -> None:
    """Refuse more service on one day than a day has; ``others`` are minutes of the same day."""
    if minutes > DAY_MINUTES:
        raise CourtRuleBroken("service_longer_than_a_day", "minutes")
    if minutes + others > DAY_MINUTES:
        raise CourtRuleBroken("service_day_full", "minutes", others_minutes=others)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenObligation:
    """What one obligation still lacks, in its own unit; ``due_on`` with extensions."""

    id: UUID
    kind: SanctionKind
    unit: Unit
    owed: int
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Allocation:
    """The part of a piece that counts for one obligation, or (none) as voluntary."""

    obligation_id: UUID | None
    sessions: int
    minutes: int


def allocate(piece: ServicePiece, obligations: Iterable[OpenObligation]) -> tuple[Allocation, ...]:
    """Return the piece spread over what is owed; the parts sum to it exactly.

    Only obligations of the same kind count.  The one the piece is meant for comes first, then
    the earliest due, each up to what it lacks; the rest is voluntary.  An obligation in
    sessions takes whole sessions with their share of the minutes, one in minutes takes
    minutes with the sessions begun: no session counts twice.  Minutes too few to be a session
    are no gift: they go to the first obligation in sessions and fill none of it.
    """
    queue = sorted(
        (o for o in obligations if o.kind is piece.kind and o.owed > 0),
        key=lambda o: (o.id != piece.obligation_id, o.due_on or date.max, o.id),
    )
    return tuple(_parts(piece, queue))


def _parts(piece: ServicePiece, queue: Sequence[OpenObligation]) -> Iterable[Allocation]:
    sessions, minutes = piece.sessions, piece.minutes
    for obligation in queue:
        taken, spent = _share(obligation, sessions, minutes)
        if taken or spent:
            yield Allocation(obligation_id=obligation.id, sessions=taken, minutes=spent)
        sessions, minutes = sessions - taken, minutes - spent
    if sessions or minutes:
        in_sessions = (o.id for o in queue if o.unit is Unit.SESSIONS)
        short_for = None if piece.sessions else next(in_sessions, None)
        yield Allocation(obligation_id=short_for, sessions=sessions, minutes=minutes)


def _share(obligation: OpenObligation, sessions: int, minutes: int) -> tuple[int, int]:
    if obligation.unit is Unit.SESSIONS and sessions:
        taken = min(sessions, obligation.owed)
        return taken, minutes * taken // sessions
    if obligation.unit is Unit.MINUTES and minutes:
        spent = min(minutes, obligation.owed)
        return -(-sessions * spent // minutes), spent
    return 0, 0
