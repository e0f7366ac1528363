"""The life of one hearing, and what its outcome brings about."""

from __future__ import annotations

from dataclasses import dataclass

from youthcourt.accounts.domain import Role
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain.kinds import ContinuanceReason, HearingOutcome, HearingState

_OFFICE = frozenset({Role.COORDINATOR})
_EVENING = frozenset({Role.COORDINATOR, Role.CLERK})


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingTransition:
    """One allowed change of state, who may make it, and whether a reason is needed."""

    source: HearingState
    target: HearingState
    by: frozenset[Role]
    needs_reason: bool = False


HEARING_TRANSITIONS: tuple[HearingTransition, ...] = (
    HearingTransition(source=HearingState.WAITING, target=HearingState.DOCKETED, by=_OFFICE),
    # To another sitting: one step, so that the case never lacks its one live hearing.
    HearingTransition(source=HearingState.DOCKETED, target=HearingState.DOCKETED, by=_OFFICE),
    HearingTransition(
        source=HearingState.DOCKETED, target=HearingState.WAITING, by=_OFFICE, needs_reason=True
    ),
    HearingTransition(
        source=HearingState.WAITING, target=HearingState.CANCELLED, by=_OFFICE, needs_reason=True
    ),
    HearingTransition(
        source=HearingState.DOCKETED, target=HearingState.CANCELLED, by=_OFFICE, needs_reason=True
    ),
    HearingTransition(source=HearingState.DOCKETED, target=HearingState.HEARD, by=_EVENING),
    HearingTransition(
        source=HearingState.DOCKETED,
        target=HearingState.CONTINUED,
        by=_EVENING,
        needs_reason=True,
    ),
    HearingTransition(source=HearingState.DOCKETED, target=HearingState.NO_SHOW, by=_EVENING),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeEffect:
    """What follows from an outcome, all of it in one step.

    ``next_hearing`` says that a new hearing waits from that day on; ``ends_case`` that the
    case goes back to the coordinator to be closed.
    """

    state: HearingState
    next_hearing: bool = False
    ends_case: bool = False


_EFFECTS: dict[HearingOutcome, OutcomeEffect] = {
    HearingOutcome.HEARD: OutcomeEffect(state=HearingState.HEARD),
    HearingOutcome.CONTINUED: OutcomeEffect(state=HearingState.CONTINUED, next_hearing=True),
    HearingOutcome.NO_SHOW: OutcomeEffect(state=HearingState.NO_SHOW, next_hearing=True),
    HearingOutcome.SETTLED: OutcomeEffect(state=HearingState.CANCELLED, ends_case=True),
    HearingOutcome.WITHDRAWN: OutcomeEffect(state=HearingState.CANCELLED, ends_case=True),
}


def hearing_transition(source: HearingState, target: HearingState) -> HearingTransition | None:
    """Return the row of the table for this change, none when it is never allowed."""
    rows = (row for row in HEARING_TRANSITIONS if (row.source, row.target) == (source, target))
    return next(rows, None)


def check_hearing_transition(
    source: HearingState, target: HearingState, *, by: Role, reason: str | None = None
) -> None:
    """Raise ``CourtRuleBroken`` unless this role may make this change, with its reason."""
    row = hearing_transition(source, target)
    if row is None:
        raise CourtRuleBroken("hearing_step_not_possible", source=source, target=target)
    if by not in row.by:
        raise CourtRuleBroken("hearing_step_not_yours", target=target)
    if row.needs_reason and not (reason or "").strip():
        raise CourtRuleBroken("reason_required", "reason")


def outcome_effect(
    outcome: HearingOutcome, *, reason: ContinuanceReason | None = None
) -> OutcomeEffect:
    """Return what follows from the outcome; a continuance names its reason, only it does."""
    if outcome is HearingOutcome.CONTINUED and reason is None:
        raise CourtRuleBroken("reason_required", "reason")
    if outcome is not HearingOutcome.CONTINUED and reason is not None:
        raise CourtRuleBroken("reason_only_for_continuance", "reason")
    return _EFFECTS[outcome]
