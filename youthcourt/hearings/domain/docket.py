"""Clashes seen before they happen: a hearing against the sitting it is to be put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from youthcourt.hearings.domain.kinds import (
    CourtSessionKind,
    CourtSessionState,
    DocketProblemCode,
    HearingKind,
    Weight,
)
from youthcourt.hearings.domain.times import PlannedSpan, overlap

WEIGHTS: dict[DocketProblemCode, Weight] = {
    DocketProblemCode.SESSION_IN_PAST: Weight.REFUSED,
    DocketProblemCode.SESSION_NOT_OPEN: Weight.REFUSED,
    DocketProblemCode.NOT_A_HEARING_SESSION: Weight.REFUSED,
    DocketProblemCode.RESPONDENT_HAS_HEARING: Weight.REFUSED,
    DocketProblemCode.CLOSED_DAY: Weight.NEEDS_REASON,
    DocketProblemCode.SITTING_FULL_FIRST: Weight.NEEDS_REASON,
    DocketProblemCode.SITTING_FULL_RETURN: Weight.NEEDS_REASON,
    DocketProblemCode.RESPONDENT_HAS_SEAT: Weight.NEEDS_REASON,
    DocketProblemCode.COMPANION_IN_SITTING: Weight.NEEDS_REASON,
    DocketProblemCode.NO_GUARDIAN_KNOWN: Weight.NOTE,
    DocketProblemCode.INTERPRETER_NEEDED: Weight.NOTE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DocketedHearing:
    """A hearing already in the sitting."""

    hearing_id: UUID
    kind: HearingKind
    respondent_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SittingFacts:
    """The sitting with its session: when, whether open, its caps and what is in it."""

    sitting_id: UUID
    span: PlannedSpan
    session_kind: CourtSessionKind = CourtSessionKind.HEARING
    session_state: CourtSessionState = CourtSessionState.PLANNED
    on_closed_day: bool = False
    max_first: int | None = None
    max_return: int | None = None
    docket: tuple[DocketedHearing, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement:
    """Where the respondent has to be: another hearing, or a seat on a panel."""

    id: UUID
    span: PlannedSpan


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingFacts:
    """The hearing to be placed, with what its respondent needs and where he or she must be."""

    hearing_id: UUID
    kind: HearingKind
    respondent_id: UUID
    companion_ids: frozenset[UUID] = frozenset()
    guardian_known: bool = True
    interpreter_language: str | None = None
    hearings: tuple[Engagement, ...] = ()
    seats: tuple[Engagement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DocketProblem:
    """One thing in the way; ``weight`` says whether it can be overridden."""

    code: DocketProblemCode
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def weight(self) -> Weight:
        """Return what staff can do about it."""
        return WEIGHTS[self.code]


def docket_problems(
    hearing: HearingFacts, sitting: SittingFacts, *, companions_apart: bool, now: datetime
) -> tuple[DocketProblem, ...]:
    """Return everything against putting the hearing into the sitting, the gravest first.

    A hearing that is in the sitting already does not stand in its own way.
    """
    found = [
        *_session(sitting, now),
        *_clashes(hearing, sitting),
        *_room(hearing, sitting),
        *_companions(hearing, sitting, companions_apart=companions_apart),
        *_needs(hearing),
    ]
    order = list(Weight)
    return tuple(sorted(found, key=lambda problem: order.index(problem.weight)))


def is_refused(problems: Sequence[DocketProblem]) -> bool:
    """Return whether no reason can make up for one of the problems."""
    return any(problem.weight is Weight.REFUSED for problem in problems)


def needs_reason(problems: Sequence[DocketProblem]) -> bool:
    """Return whether staff must write down why it is done all the same."""
    return any(problem.weight is Weight.NEEDS_REASON for problem in problems)


def _session(sitting: SittingFacts, now: datetime) -> Iterator[DocketProblem]:
    if sitting.span.ends_at <= now:
        yield DocketProblem(code=DocketProblemCode.SESSION_IN_PAST)
    if sitting.session_state is not CourtSessionState.PLANNED:
        yield DocketProblem(code=DocketProblemCode.SESSION_NOT_OPEN)
    if sitting.session_kind is not CourtSessionKind.HEARING:
        yield DocketProblem(code=DocketProblemCode.NOT_A_HEARING_SESSION)
    if sitting.on_closed_day:
        yield DocketProblem(code=DocketProblemCode.CLOSED_DAY)


def _room(hearing: HearingFacts, sitting: SittingFacts) -> Iterator[DocketProblem]:
    first = hearing.kind is HearingKind.FIRST
    limit = sitting.max_first if first else sitting.max_return
    others = sum(
        (other.kind is HearingKind.FIRST) is first
        for other in sitting.docket
        if other.hearing_id != hearing.hearing_id
    )
    if limit is not None and others >= limit:
        full = DocketProblemCode.SITTING_FULL_FIRST
        code = full if first else DocketProblemCode.SITTING_FULL_RETURN
        yield DocketProblem(code=code, params=(("limit", limit),))


def _clashes(hearing: HearingFacts, sitting: SittingFacts) -> Iterator[DocketProblem]:
    for code, engagements in (
        (DocketProblemCode.RESPONDENT_HAS_HEARING, hearing.hearings),
        (DocketProblemCode.RESPONDENT_HAS_SEAT, hearing.seats),
    ):
        for other in engagements:
            if other.id != hearing.hearing_id and overlap(other.span, sitting.span):
                yield DocketProblem(code=code, params=(("id", str(other.id)),))


def _companions(
    hearing: HearingFacts, sitting: SittingFacts, *, companions_apart: bool
) -> Iterator[DocketProblem]:
    """Keep companions before different juries (Cumberland County NC)."""
    for other in sitting.docket if companions_apart else ():
        if other.respondent_id in hearing.companion_ids:
            params = (("hearing_id", str(other.hearing_id)),)
            yield DocketProblem(code=DocketProblemCode.COMPANION_IN_SITTING, params=params)


def _needs(hearing: HearingFacts) -> Iterator[DocketProblem]:
    if not hearing.guardian_known:
        yield DocketProblem(code=DocketProblemCode.NO_GUARDIAN_KNOWN)
    if hearing.interpreter_language is not None:
        language = (("language", hearing.interpreter_language),)
        yield DocketProblem(code=DocketProblemCode.INTERPRETER_NEEDED, params=language)
