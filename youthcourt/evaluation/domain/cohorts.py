"""Who is followed from when: the cohort of an evaluation, and who is left out for what reason."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from youthcourt.cases.domain import ClosureReason
from youthcourt.cases.domain.kinds import CLOSURES, Completion
from youthcourt.evaluation.domain.periods import Period
from youthcourt.followups.domain import Counted, StartKind, TimeZero, time_zero


class StartChoice(StrEnum):
    """The day from which the time of follow-up is counted.

    The first scheduled hearing, held or not, keeps everybody the court took on (intention to
    treat, as NC AOC 1995, p. 25); starting at the closing leaves out who failed on the way.
    """

    FIRST_SCHEDULED = "first_scheduled"
    ADMISSION = "admission"
    HEARD = "heard"
    CLOSED = "closed"


class CohortFilter(StrEnum):
    """Whom of those who started to look at."""

    EVERYBODY = "everybody"
    ACCEPTED = "accepted"
    HEARD = "heard"
    COMPLETED = "completed"
    WITHOUT_COMPLETION = "without_completion"


class Denominator(StrEnum):
    """Who counts below the line of a share.

    ``SEARCHED`` counts those whose records reach the last day of the window; ``KNOWN`` adds those
    whose event is known although they do not, which makes the share too high: whoever was
    searched as far without an event is left out.
    """

    SEARCHED = "searched"
    KNOWN = "known"


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortChoice:
    """Everything that makes a cohort and its shares; ``entered`` is about the day of the start."""

    entered: Period
    start: StartChoice = StartChoice.FIRST_SCHEDULED
    who: CohortFilter = CohortFilter.EVERYBODY
    months: tuple[int, ...] = (6, 12, 24)
    counted: Counted = field(default_factory=Counted)
    denominator: Denominator = Denominator.SEARCHED


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLife:
    """The days of one case that decide whether and from when it is followed."""

    id: uuid.UUID
    person_id: uuid.UUID
    referred_on: date
    first_hearing_on: date | None = None
    accepted_on: date | None = None
    admitted_on: date | None = None
    heard_on: date | None = None
    closed_on: date | None = None
    closure_reason: ClosureReason | None = None

    @property
    def completion(self) -> Completion | None:
        """What its closing counts as, None while it is open."""
        return None if self.closure_reason is None else CLOSURES[self.closure_reason].completion


class LeftOut(StrEnum):
    """Why a case of the dates is not in the cohort; each is left out for the first that fits."""

    STILL_OPEN = "still_open"
    CLOSED_BEFORE_START = "closed_before_start"
    NOT_IN_FILTER = "not_in_filter"
    SAME_PERSON = "same_person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One person of the cohort with the case by which they entered it."""

    life: CaseLife
    start: TimeZero | None
    start_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Cohort:
    """Who was looked at, who was left out and why, and who is followed."""

    considered: int
    left_out: dict[LeftOut, int]
    members: tuple[Member, ...]


def start_day(life: CaseLife, choice: StartChoice) -> tuple[date, TimeZero | None] | None:
    """Return the day of the start of a case, None where it has none."""
    if choice is StartChoice.FIRST_SCHEDULED:
        start = time_zero(
            first_hearing_on=life.first_hearing_on,
            heard_on=life.heard_on,
            admitted_on=life.admitted_on,
        )
        return None if start is None else (start.on, start)
    day = {
        StartChoice.ADMISSION: life.admitted_on,
        StartChoice.HEARD: life.heard_on,
        StartChoice.CLOSED: life.closed_on,
    }[choice]
    return None if day is None else (day, None)


def build_cohort(lives: Iterable[CaseLife], choice: CohortChoice) -> Cohort:
    """Return the cohort of a choice: each person once, by their first case that fits.

    Looked at are the cases that started in the dates and, of those that never started, the ones
    referred in the dates.  ``considered`` is always the sum of the members and of those left out.
    """
    left_out: Counter[LeftOut] = Counter()
    fitting: list[Member] = []
    considered = 0
    for life in lives:
        begun = start_day(life, choice.start)
        if (begun[0] if begun else life.referred_on) not in choice.entered:
            continue
        considered += 1
        reason = _why_not(life, choice, begun=begun is not None)
        if reason is not None or begun is None:
            left_out[reason or LeftOut.STILL_OPEN] += 1
            continue
        fitting.append(Member(life=life, start_on=begun[0], start=begun[1]))
    members = _once_each(fitting)
    left_out[LeftOut.SAME_PERSON] = len(fitting) - len(members)
    return Cohort(
        considered=considered,
        left_out={reason: left_out[reason] for reason in LeftOut},
        members=members,
    )


def _why_not(life: CaseLife, choice: CohortChoice, *, begun: bool) -> LeftOut | None:
    if not begun:
        return LeftOut.STILL_OPEN if life.closed_on is None else LeftOut.CLOSED_BEFORE_START
    fits = {
        CohortFilter.EVERYBODY: True,
        CohortFilter.ACCEPTED: life.accepted_on is not None,
        CohortFilter.HEARD: life.heard_on is not None,
        CohortFilter.COMPLETED: life.completion is Completion.COMPLETED,
        CohortFilter.WITHOUT_COMPLETION: life.completion is Completion.WITHOUT_COMPLETION,
    }
    return None if fits[choice.who] else LeftOut.NOT_IN_FILTER


def _once_each(fitting: Iterable[Member]) -> tuple[Member, ...]:
    first: dict[uuid.UUID, Member] = {}
    for member in sorted(fitting, key=lambda one: (one.start_on, one.life.id)):
        first.setdefault(member.life.person_id, member)
    return tuple(first.values())


def start_kind(member: Member, choice: StartChoice) -> str:
    """Return what the start of a member is the day of, as the file for research says it."""
    if member.start is not None:
        return member.start.kind.value
    return {
        StartChoice.ADMISSION: StartKind.ADMISSION.value,
        StartChoice.HEARD: "hearing_held",
        StartChoice.CLOSED: "closing",
    }[choice]
