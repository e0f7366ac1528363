"""What an evening counts for, from how it went: a rule, never the raw clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from youthcourt.courts.domain import Counting, Policy
from youthcourt.courts.domain.kinds import Effect
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain.kinds import AttendanceOutcome


@dataclass(frozen=True, kw_only=True, slots=True)
class CountingValues:
    """What the court counts: a whole session in minutes, and the effect of each outcome.

    A session served in part counts as a session from half of ``session_minutes`` on.
    """

    session_minutes: int
    late_grace_minutes: int = 0
    late: Effect = Effect.AS_SERVED
    left_early: Effect = Effect.AS_SERVED
    sent_home: Effect = Effect.NONE
    turned_away: Effect = Effect.STOPS_CLOCK
    absent: Effect = Effect.NONE
    training_counts: bool = True


def counting_of(policy: Policy) -> CountingValues:
    """Return what the policy says an evening counts for."""
    rules: Counting = policy.counting
    return CountingValues(
        session_minutes=rules.session_minutes,
        late_grace_minutes=rules.late_grace_minutes,
        late=rules.late,
        left_early=rules.left_early,
        sent_home=rules.sent_home,
        turned_away=rules.turned_away,
        absent=rules.absent,
        training_counts=rules.training_counts,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """When the session was planned and when the person came and went, all aware instants."""

    starts_at: datetime
    ends_at: datetime
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedEffect:
    """What is counted; ``unverified`` marks minutes up to an end that nobody recorded."""

    sessions: int = 0
    minutes: int = 0
    stops_clock: bool = False
    missed: bool = False
    unverified: bool = False

    @property
    def earns(self) -> bool:
        """Return whether there are minutes that time credits can be earned with."""
        return self.minutes > 0


def arrival_outcome(evening: Evening, *, late_grace_minutes: int) -> AttendanceOutcome:
    """Return present or late; the minute in which the grace ends is still in time."""
    if evening.arrived_at is None:
        raise CourtRuleBroken("arrival_time_needed", "arrived_at")
    latest = evening.starts_at.astimezone(UTC) + timedelta(minutes=late_grace_minutes + 1)
    in_time = evening.arrived_at.astimezone(UTC) < latest
    return AttendanceOutcome.PRESENT if in_time else AttendanceOutcome.LATE


def attendance_effect(
    outcome: AttendanceOutcome,
    counting: CountingValues,
    evening: Evening,
    *,
    is_training: bool = False,
) -> ServedEffect:
    """Return what the evening counts for.

    Late within the grace is a whole session.  A forgotten check-out is taken as the planned
    end and marked; nothing counts before the planned start, after the planned end, or beyond
    what a whole session counts.  An excused absence counts nothing and is not a miss.
    """
    if is_training and not counting.training_counts:
        return ServedEffect(missed=outcome is AttendanceOutcome.ABSENT)
    missed = outcome is AttendanceOutcome.ABSENT
    match _effect(outcome, counting, evening):
        case Effect.FULL:
            return ServedEffect(sessions=1, minutes=counting.session_minutes, missed=missed)
        case Effect.AS_SERVED if not missed:
            return _as_served(outcome, counting, evening)
        case Effect.STOPS_CLOCK:
            return ServedEffect(stops_clock=True, missed=missed)
        case _:
            return ServedEffect(missed=missed)


def _effect(outcome: AttendanceOutcome, counting: CountingValues, evening: Evening) -> Effect:
    if outcome is AttendanceOutcome.LATE and evening.arrived_at is not None:
        grace = counting.late_grace_minutes
        outcome = arrival_outcome(evening, late_grace_minutes=grace)
    return {
        AttendanceOutcome.PRESENT: Effect.FULL,
        AttendanceOutcome.LATE: counting.late,
        AttendanceOutcome.LEFT_EARLY: counting.left_early,
        AttendanceOutcome.SENT_HOME: counting.sent_home,
        AttendanceOutcome.TURNED_AWAY: counting.turned_away,
        AttendanceOutcome.ABSENT: counting.absent,
        AttendanceOutcome.EXCUSED: Effect.NONE,
    }[outcome]


def _as_served(
    outcome: AttendanceOutcome, counting: CountingValues, evening: Evening
) -> ServedEffect:
    if outcome is AttendanceOutcome.LATE and evening.arrived_at is None:
        raise CourtRuleBroken("arrival_time_needed", "arrived_at")
    if outcome is not AttendanceOutcome.LATE and evening.left_at is None:
        raise CourtRuleBroken("leaving_time_needed", "left_at")
    # In UTC: Python subtracts two instants of one zone by wall time, an hour off at night
    # when the clocks change.
    planned_start = evening.starts_at.astimezone(UTC)
    planned_end = evening.ends_at.astimezone(UTC)
    came = max(planned_start, (evening.arrived_at or planned_start).astimezone(UTC))
    went = min(planned_end, (evening.left_at or planned_end).astimezone(UTC))
    served = max(0, int((went - came) / timedelta(minutes=1)))
    minutes = min(served, counting.session_minutes)
    return ServedEffect(
        sessions=1 if minutes and 2 * minutes >= counting.session_minutes else 0,
        minutes=minutes,
        unverified=evening.left_at is None,
    )
