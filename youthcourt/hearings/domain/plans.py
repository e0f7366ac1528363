"""What staff say of one room of a session, and how a series turns out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from youthcourt.courts.domain import Policy, SittingModel
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain.kinds import ClockChange, CourtSessionKind

# The most the policy itself can name (``courts.domain.evening.Cap``); it stands for no limit.
NO_LIMIT = 200
MOST_SEATS = 60  # as ``courts.domain.evening.Seats``
# How many are invited to a training is said by no policy: a room full, and one is enough.
TRAINING_SEATS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class SittingPlan:
    """One room of a session: who hears, who presides, how many sit and how many are heard."""

    room_id: UUID
    model: SittingModel
    presiding: str | None = None
    quorum: int
    panel_target: int
    panel_max: int
    max_first_hearings: int = NO_LIMIT
    max_return_hearings: int = NO_LIMIT


def check_plan(plan: SittingPlan) -> None:
    """Raise ``CourtRuleBroken`` where the numbers of a room cannot be."""
    for name in ("quorum", "panel_target", "panel_max"):
        if not 1 <= getattr(plan, name) <= MOST_SEATS:
            raise CourtRuleBroken("seats_out_of_range", name, most=MOST_SEATS)
    if plan.quorum > plan.panel_target:
        raise CourtRuleBroken("quorum_above_target", "quorum")
    if plan.panel_target > plan.panel_max:
        raise CourtRuleBroken("target_above_most", "panel_target")
    for name in ("max_first_hearings", "max_return_hearings"):
        if not 0 <= getattr(plan, name) <= NO_LIMIT:
            raise CourtRuleBroken("cap_out_of_range", name, most=NO_LIMIT)


def plan_from_policy(policy: Policy, room_id: UUID, kind: CourtSessionKind) -> SittingPlan:
    """Return a room's plan as the policy words it; a training hears nobody."""
    if kind is CourtSessionKind.TRAINING:
        return SittingPlan(
            room_id=room_id,
            model=policy.forum.model,
            quorum=1,
            panel_target=TRAINING_SEATS,
            panel_max=TRAINING_SEATS,
            max_first_hearings=0,
            max_return_hearings=0,
        )
    first, others = policy.session.max_first_hearings, policy.session.max_return_hearings
    return SittingPlan(
        room_id=room_id,
        model=policy.forum.model,
        quorum=policy.jury.quorum,
        panel_target=policy.jury.panel_target,
        panel_max=policy.jury.panel_max,
        max_first_hearings=NO_LIMIT if first is None else first,
        max_return_hearings=NO_LIMIT if others is None else others,
    )


class DayOutcome(StrEnum):
    """What becomes of one day of a series."""

    PLANNED = "planned"
    CLOSED_DAY = "closed_day"
    ROOM_TAKEN = "room_taken"
    IN_PAST = "in_past"
    NO_TIME_LEFT = "no_time_left"


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesDay:
    """One day of a series before it is stored.

    ``label`` says why the court is closed, ``room`` which room is taken; ``clock_change`` what
    the clocks do to a planned time of that night.
    """

    on: date
    outcome: DayOutcome
    label: str = ""
    room: str = ""
    clock_change: ClockChange | None = None
