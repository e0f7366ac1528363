"""How a session is run: who may sit, when it is, and what coming counts for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from youthcourt.courts.domain.kinds import ConflictEffect, Effect, SignUp
from youthcourt.courts.domain.part import Check, Mistake, Part, Prose, Whole, YesNo, is_read

Seats = Annotated[Whole, Field(ge=1, le=60)]
Minutes = Annotated[Whole, Field(ge=0, le=24 * 60)]
Cap = Annotated[Whole, Field(ge=0, le=200)]


def _seats_in_order(rules: JuryRules) -> Iterator[Mistake]:
    names = ("quorum", "panel_min", "panel_target", "panel_max")
    readable = [(name, getattr(rules, name)) for name in names if is_read(rules, name)]
    for (lower, low), (higher, high) in pairwise(readable):
        if low > high:
            yield Mistake(
                where=(lower,),
                message=f"{lower} ({low}) is more than {higher} ({high}). They must rise or"
                " stay the same in this order: quorum, panel_min, panel_target, panel_max.",
            )


class JuryRules(Part):
    """The panel, who may not sit on it, and how often one may sit."""

    checks = (Check(fields=(), find=_seats_in_order),)

    panel_min: Seats = Field(description="the smallest panel a sitting is planned with")
    panel_target: Seats = Field(description="the panel a sitting should have")
    panel_max: Seats = Field(description="the most who may sit")
    quorum: Seats = Field(description="with fewer than this no hearing is held")
    sign_up: SignUp = Field(description="how jurors come to a session")
    same_school_excluded: YesNo = Field(
        description="a juror does not hear the case of somebody from the same school"
    )
    companions_apart: YesNo = Field(
        description="youths of the same incident do not sit for or with each other"
    )
    acquaintance_excluded: YesNo = Field(
        description="a juror does not hear the case of somebody they know"
    )
    earlier_role_excluded: YesNo = Field(
        description="a juror does not hear the case of somebody who sat on their own jury"
    )
    conflict_effect: ConflictEffect = Field(
        description="what a juror does who has to do with one hearing of a sitting"
    )
    training_required: YesNo = Field(description="only trained jurors sit")
    max_sessions_in_28_days: Annotated[Whole, Field(ge=1, le=28)] | None = Field(
        default=None,
        description="the most sessions for one person in any 28 days; left out: no limit",
    )
    rest_days: Annotated[Whole, Field(ge=0, le=365)] = Field(
        default=0, description="the least days free between two sessions of one person"
    )
    respondents_see_first_names: YesNo = Field(
        description="the youth is shown the jurors' first names before the hearing"
    )
    foreperson: YesNo = Field(description="one juror leads the questions")


def _ends_after_start(rules: SessionRules) -> Iterator[Mistake]:
    both_local = rules.starts_at.tzinfo is None and rules.ends_at.tzinfo is None
    if both_local and rules.ends_at <= rules.starts_at:
        yield Mistake(
            where=("ends_at",),
            message=f"The end ({rules.ends_at:%H:%M}) must be later than the start"
            f" ({rules.starts_at:%H:%M}).",
        )


def _clock_of_the_court(rules: SessionRules) -> Iterator[Mistake]:
    for name in ("starts_at", "ends_at"):
        if is_read(rules, name) and getattr(rules, name).tzinfo is not None:
            yield Mistake(
                where=(name,),
                message="Write the time on the clock of the court, without a zone.",
            )


class SessionRules(Part):
    """When a session is and what jurors are told about coming."""

    checks = (
        Check(fields=(), find=_clock_of_the_court),
        Check(fields=("starts_at", "ends_at"), find=_ends_after_start),
    )

    weekday: Annotated[Whole, Field(ge=0, le=6)] | None = Field(
        default=None, description="0 is Monday, 6 is Sunday; left out: no fixed day"
    )
    every_weeks: Annotated[Whole, Field(ge=1, le=53)] = Field(
        description="1 is every week, 2 every other week"
    )
    starts_at: time = Field(description="when it begins, on the clock of the court")
    ends_at: time = Field(description="when it ends, on the clock of the court")
    arrive_before_minutes: Minutes = Field(
        default=0, description="how many minutes before the start jurors should be there"
    )
    rooms: Annotated[Whole, Field(ge=1, le=50)] = Field(
        description="how many panels sit at the same time"
    )
    max_first_hearings: Cap | None = Field(
        default=None, description="the most first hearings in one room; left out: no limit"
    )
    max_return_hearings: Cap | None = Field(
        default=None, description="the most return hearings in one room; left out: no limit"
    )
    bring: Prose = Field(description="what to bring, as jurors read it")
    dress: Prose = Field(description="what to wear, as jurors read it")


class Counting(Part):
    """What coming to a session counts for."""

    session_minutes: Annotated[Whole, Field(ge=1, le=24 * 60)] = Field(
        description="the minutes one whole session counts when the clock is not used"
    )
    training_counts: YesNo = Field(description="a training session counts like a jury session")
    late_grace_minutes: Minutes = Field(
        default=0, description="up to this many minutes after the start nobody is late"
    )
    late: Effect = Field(description="what coming late counts for")
    left_early: Effect = Field(description="what leaving early counts for")
    sent_home: Effect = Field(
        description="what it counts for when a juror is sent home for dress or behaviour"
    )
    turned_away: Effect = Field(
        description="what it counts for when a juror came and there was no seat"
    )
    absent: Effect = Field(description="what not coming counts for")
