"""What goes into a draw and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.goals import GoalResult

Params = tuple[tuple[str, str | int], ...]


class ReasonCode(StrEnum):
    """Why a person is not seated in a sitting; for staff only."""

    NOT_AVAILABLE = "not_available"
    NOT_TRAINED = "not_trained"
    NO_OATH = "no_oath"
    NOT_SWORN_TONIGHT = "not_sworn_tonight"
    OFF_LIST = "off_list"
    SUSPENDED = "suspended"
    CURFEW = "curfew"
    NOTHING_OWED = "nothing_owed"
    OWN_HEARING = "own_hearing"
    HOLDS_ANOTHER_SEAT = "holds_another_seat"
    SESSION_CAP = "session_cap"
    REST = "rest"
    SAME_SCHOOL = "same_school"
    COMPANION = "companion"
    HOUSEHOLD = "household"
    ACQUAINTANCE = "acquaintance"
    EARLIER_ROLE = "earlier_role"
    TRAVELS_TOGETHER = "travels_together"
    TOO_MANY_STEP_ASIDE = "too_many_step_aside"
    RESERVE = "reserve"
    NOT_NEEDED = "not_needed"


class Standing(StrEnum):
    """Why somebody has a seat, or where they wait for one; the order of the queue."""

    FIXED = "fixed"
    LAST_DAY = "last_day"
    NO_LAST_DAY = "no_last_day"
    OVERDUE = "overdue"
    VOLUNTEER = "volunteer"


class PassedOver(StrEnum):
    """Why somebody waits although one behind them in the queue sits.

    ``RULE``: a rule keeps them out of that room.  ``FIXED``: that seat was fixed or told
    before the draw.  ``QUORUM``: they would step aside there and a hearing would lack jurors.
    ``EXPERIENCE``: overdue, they would take the place of the panel's only juror who has sat.
    """

    EXPERIENCE = "experience"
    FIXED = "fixed"
    QUORUM = "quorum"
    RULE = "rule"


class DrawLabel(StrEnum):
    """How good a draw is known to be.

    ``OPTIMAL``: no draw does better in any goal without losing in one above it, the lottery not
    counted.  ``BOUNDED``: each goal stands beside a proven bound that not all of them reach.
    ``GREEDY``: nothing is proven.
    """

    GREEDY = "greedy"
    BOUNDED = "bounded"
    OPTIMAL = "optimal"


def _aware(*instants: datetime) -> None:
    if any(instant.tzinfo is None for instant in instants):
        raise ValueError("an instant needs a time zone")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Two instants, the second later; kept in UTC, so that lengths and order are true.

    Python compares two datetimes of one zone by their wall time, which is wrong on the
    night the clocks change.
    """

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        """Turn both instants into UTC."""
        _aware(self.starts_at, self.ends_at)
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(UTC))
        object.__setattr__(self, "ends_at", self.ends_at.astimezone(UTC))
        if self.ends_at <= self.starts_at:
            raise CourtRuleBroken("ends_before_it_starts", "ends_at")

    def overlaps(self, other: Span) -> bool:
        """Return whether both share more than an endpoint."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingParty:
    """One hearing of a sitting and the people who have to do with its respondent.

    ``acquaintance_ids`` holds whoever named the respondent or was named by the family;
    ``earlier_role_ids`` whoever sat on a case of the respondent or had the respondent on
    the own jury.
    """

    hearing_id: UUID
    respondent_id: UUID
    school_id: UUID | None = None
    companion_ids: frozenset[UUID] = frozenset()
    household_ids: frozenset[UUID] = frozenset()
    acquaintance_ids: frozenset[UUID] = frozenset()
    earlier_role_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """A room with a panel: ``quorum`` jurors must hear a case, ``maximum`` may sit."""

    id: UUID
    room: str
    quorum: int
    minimum: int
    target: int
    maximum: int
    starts_at: datetime
    ends_at: datetime
    hearings: tuple[HearingParty, ...] = ()

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be met together."""
        if not (0 < self.quorum <= self.target <= self.maximum) or self.minimum > self.target:
            raise CourtRuleBroken("panel_numbers_out_of_order", "target")
        _ = self.span

    @property
    def span(self) -> Span:
        """Return from when to when the panel is needed."""
        return Span(starts_at=self.starts_at, ends_at=self.ends_at)

    def on(self, zone: str) -> date:
        """Return the day of the sitting in the court's IANA zone."""
        return self.starts_at.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSeat:
    """A seat the person holds already; one in a sitting that is drawn anew does not count."""

    sitting_id: UUID
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """Sessions owed together: how many, and the last day (included) that counts, if any."""

    sessions: int
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class JurorProfile:
    """Everything a draw may know about one person.

    ``draw_number`` stands for the person in everything that is kept or printed.
    ``sessions_owed`` counts the ordered sessions that are neither served nor booked elsewhere
    (seats of the draw itself, locked ones too, are not booked), ``due_on`` is the nearest last
    day that can still be kept, where all are over the first of them.  ``served_on`` holds the
    days of sessions in the last 28 days, ``past_load`` the number of all sessions ever.
    ``on_list`` is false for somebody who left the jury list with a seat still held.  ``out_by``
    is the local time by which the person must have left (a time before noon means the next
    morning).

    A draw over a term wants every last day: ``dues`` splits ``sessions_owed`` by last day; left
    empty, all are due on ``due_on``.  ``age`` is in whole years.  ``travels_with`` names who
    comes only together with this person.  Raises ``CourtRuleBroken`` when ``dues`` do not add
    up to ``sessions_owed``.
    """

    person_id: UUID
    draw_number: int
    sessions_owed: int = 0
    due_on: date | None = None
    trained: bool = True
    standing_oath: bool = False
    sworn_tonight: bool = True
    on_list: bool = True
    suspended: bool = False
    school_id: UUID | None = None
    unavailable_on: frozenset[date] = frozenset()
    held: tuple[HeldSeat, ...] = ()
    own_hearings: tuple[Span, ...] = ()
    served_on: frozenset[date] = frozenset()
    past_load: int = 0
    volunteer: bool = False
    experienced: bool = False
    out_by: time | None = None
    dues: tuple[Due, ...] = ()
    age: int | None = None
    travels_with: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        """Refuse last days that speak of other sessions than those owed."""
        if self.dues and sum(due.sessions for due in self.dues) != self.sessions_owed:
            raise CourtRuleBroken("dues_do_not_add_up", "dues")

    def owed_by(self) -> tuple[Due, ...]:
        """Return what is owed, the nearest last day first, what has none last."""
        if self.sessions_owed <= 0:
            return ()
        dues = self.dues or (Due(sessions=self.sessions_owed, due_on=self.due_on),)
        return tuple(sorted(dues, key=lambda due: due.due_on or date.max))


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawRules:
    """The court's switches for a draw.

    ``rest_days`` is the least number of days free between two sessions; two sittings of one
    day are one session.  With ``owed_beyond_target`` those who owe
    sessions are seated up to the maximum of a panel, everybody else up to its target.
    ``travel_together``: who travels with somebody sits in no session without them.
    ``most_of_one_school`` and ``most_of_one_age`` are how many of a panel may come from one
    school or be of one age before the mix counts as worse (Buncombe NC balances its juries).
    """

    zone: str
    conflict_effect: ConflictEffect = ConflictEffect.MAY_NOT_SIT
    same_school_excluded: bool = True
    companions_excluded: bool = True
    household_excluded: bool = True
    acquaintance_excluded: bool = True
    earlier_role_excluded: bool = True
    training_required: bool = True
    standing_oath_required: bool = False
    max_sessions_in_28_days: int | None = None
    rest_days: int = 0
    foreperson: bool = True
    owed_beyond_target: bool = True
    reserves: int | None = None
    travel_together: bool = False
    most_of_one_school: int | None = None
    most_of_one_age: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """One place on a panel; positions count from 1, a locked seat is never moved."""

    sitting_id: UUID
    person_id: UUID
    position: int
    locked: bool = False
    foreperson: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserve:
    """A person to call next, ``rank`` 1 first, and the sittings the person could join."""

    person_id: UUID
    rank: int
    sitting_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortfall:
    """How many jurors a sitting lacks.

    ``to_quorum`` is what its worst-off hearing lacks, jurors who step aside not counted;
    ``hearings`` lists the hearings without quorum and what each lacks.  ``kept_out`` counts, in
    a draw over a term, the jurors each rule keeps from the empty seats; one may be kept out by
    several.
    """

    sitting_id: UUID
    to_quorum: int
    to_minimum: int
    to_target: int
    hearings: tuple[tuple[UUID, int], ...] = ()
    kept_out: tuple[tuple[ReasonCode, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why this person has no seat in this sitting."""

    person_id: UUID
    sitting_id: UUID
    code: ReasonCode
    params: Params = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Because:
    """Why this person has a seat, or where they wait for one.

    ``params`` holds the last day and, where it can still be kept, its place among all such
    days.  ``tied`` means that others with the same standing had the other luck, so that the
    rest of the order decided.
    """

    person_id: UUID
    code: Standing
    params: Params = ()
    tied: bool = False
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalValues:
    """What a draw reached, in the order in which the goals count.

    ``load_spread`` is the most minus the least sessions, past ones counted, among those who
    may sit anywhere; less is better, of all other values more is better.
    """

    seats_to_quorum: int
    sittings_with_quorum: int
    owed_in_time: int
    seats_to_target: int
    panels_with_experience: int
    load_spread: int

    def ranked(self) -> tuple[int, ...]:
        """Return the values as a tuple of which the greater is the better draw."""
        return (
            self.seats_to_quorum,
            self.sittings_with_quorum,
            self.owed_in_time,
            self.seats_to_target,
            self.panels_with_experience,
            -self.load_spread,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Draw:
    """Panels, with what is needed to explain and repeat them.

    ``reasons`` says of everybody without a seat, for each sitting, why; ``because`` says of
    everybody who sits or could, where they stand in the queue of one day.  ``locked_against``
    names the rules that seats fixed by staff go against.  ``reached`` has each goal with its
    value and bound, and ``solver`` what solved it; a greedy draw has neither.
    """

    seats: tuple[Seat, ...]
    reserves: tuple[Reserve, ...]
    shortfalls: tuple[Shortfall, ...]
    reasons: tuple[Reason, ...]
    because: tuple[Because, ...]
    locked_against: tuple[Reason, ...]
    goals: GoalValues
    seed: int
    input_digest: str
    algorithm: str
    version: str
    label: DrawLabel
    reached: tuple[GoalResult, ...] = ()
    solver: str = ""
