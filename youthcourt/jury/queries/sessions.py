"""Reading a session as the jury sees it: its rooms, the rules of its day, and when it is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, SignUp
from youthcourt.courts.queries import policy_on
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.queries import SessionLine, SittingLine, session_line
from youthcourt.jury.domain import DrawRules, HearingParty, Sitting, Span


@dataclass(frozen=True, kw_only=True, slots=True)
class JurySession:
    """A session with the policy of its day, which governs panel and evening."""

    line: SessionLine
    policy: Policy

    @property
    def id(self) -> uuid.UUID:
        """Its key."""
        return self.line.id

    @property
    def held_on(self) -> date:
        """Its day in the court's zone."""
        return self.line.held_on

    @property
    def sittings(self) -> tuple[SittingLine, ...]:
        """Its rooms by name."""
        return self.line.sittings

    @property
    def training(self) -> bool:
        """Whether people come to be trained and nobody is heard."""
        return self.line.kind is CourtSessionKind.TRAINING

    @property
    def walk_in(self) -> bool:
        """Whether nobody is drawn in advance, because jurors just come."""
        return not self.training and self.policy.jury.sign_up is SignUp.WALK_IN

    @property
    def open(self) -> bool:
        """Whether its seats may still be changed."""
        return self.line.state is CourtSessionState.PLANNED

    @property
    def span(self) -> Span:
        """From when to when it is planned."""
        planned = self.line.span
        return Span(starts_at=planned.starts_at, ends_at=planned.ends_at)

    @property
    def arrive_at(self) -> time:
        """When jurors should be there, on the clock of the court."""
        before = timedelta(minutes=self.policy.session.arrive_before_minutes)
        return (datetime.combine(self.held_on, self.line.starts_at) - before).time()

    @property
    def books(self) -> bool:
        """Whether a seat counts as service: always in court, at a training as the policy says."""
        return not self.training or self.policy.counting.training_counts

    def over(self, now: datetime) -> bool:
        """Return whether its planned end has passed."""
        return self.span.ends_at <= now

    def room(self, sitting_id: uuid.UUID) -> SittingLine | None:
        """Return one of its rooms, None for a key that is none of them."""
        return next((room for room in self.sittings if room.id == sitting_id), None)


def jury_session(session: Session, session_id: uuid.UUID) -> JurySession:
    """Return a session with the policy of its day, or raise ``NotFound``."""
    line = session_line(session, session_id)
    return JurySession(line=line, policy=policy_on(session, day=line.held_on).policy)


def rules_of(evening: JurySession, *, reserves: int | None = None) -> DrawRules:
    """Return the court's switches; at a training nobody is heard and nobody is trained yet.

    Who lives with a respondent never sits, whatever the policy says.
    """
    jury = evening.policy.jury
    trains = evening.training
    return DrawRules(
        zone=evening.line.zone,
        conflict_effect=jury.conflict_effect,
        same_school_excluded=jury.same_school_excluded,
        companions_excluded=jury.companions_apart,
        acquaintance_excluded=jury.acquaintance_excluded,
        earlier_role_excluded=jury.earlier_role_excluded,
        training_required=jury.training_required and not trains,
        max_sessions_in_28_days=None if trains else jury.max_sessions_in_28_days,
        rest_days=0 if trains else jury.rest_days,
        foreperson=jury.foreperson and not trains,
        reserves=reserves,
    )


def sittings_of(
    evening: JurySession, parties: dict[uuid.UUID, tuple[HearingParty, ...]]
) -> tuple[Sitting, ...]:
    """Return the rooms with their numbers and whom each hearing concerns."""
    span = evening.span
    return tuple(
        Sitting(
            id=room.id,
            room=room.room,
            quorum=room.quorum,
            minimum=min(max(evening.policy.jury.panel_min, room.quorum), room.panel_target),
            target=room.panel_target,
            maximum=room.panel_max,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            hearings=parties.get(room.id, ()),
        )
        for room in evening.sittings
    )
