"""Everything against putting a hearing into a sitting, seen before it is done."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.cases.queries.facts import companions_of
from youthcourt.courts.domain import Policy
from youthcourt.courts.queries import policy_numbered, policy_versions
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    DocketedHearing,
    DocketProblem,
    Engagement,
    HearingFacts,
    HearingState,
    SittingFacts,
    docket_problems,
    is_refused,
    needs_reason,
    overlap,
    planned_span,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.hearings.ports import seats_held
from youthcourt.hearings.queries.docket import HearingLine, hearing_line
from youthcourt.hearings.queries.rooms import closed_labels
from youthcourt.hearings.queries.sessions import (
    SessionLine,
    SittingLine,
    coming_sessions,
    court_zone,
    session_lines,
)
from youthcourt.people.models import Adult


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """One sitting a hearing could be put in, with everything that stands against it."""

    session: SessionLine
    sitting: SittingLine
    problems: tuple[DocketProblem, ...]

    @property
    def refused(self) -> bool:
        """Whether no reason can make up for what stands against it."""
        return is_refused(self.problems)

    @property
    def needs_reason(self) -> bool:
        """Whether staff must say why it is done all the same."""
        return not self.refused and needs_reason(self.problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """A hearing of a session whose youth has to be elsewhere at another planned time."""

    hearing: HearingLine
    hearings: int
    seats: int


def placements(
    session: Session,
    hearing_id: uuid.UUID,
    *,
    today: date,
    limit: int | None = None,
    now: datetime,
) -> tuple[Placement, ...]:
    """Return every coming sitting of a hearing session with its problems for this hearing.

    ``limit`` counts sessions, the next ones first.
    """
    lines = [
        line
        for line in coming_sessions(session, today=today)
        if line.kind is CourtSessionKind.HEARING and line.state is CourtSessionState.PLANNED
    ]
    return _placements(session, hearing_id, lines[:limit], now=now)


def placement(
    session: Session, hearing_id: uuid.UUID, sitting_id: uuid.UUID, *, now: datetime
) -> Placement | None:
    """Return what stands against one sitting; None when it is not of this court or removed."""
    session_id = session.scalar(
        select(Sitting.session_id).where(Sitting.id == sitting_id, Sitting.removed_at.is_(None))
    )
    if session_id is None:
        return None
    lines = session_lines(session, (session_id,)).values()
    found = _placements(session, hearing_id, lines, now=now)
    return next((place for place in found if place.sitting.id == sitting_id), None)


def _placements(
    session: Session, hearing_id: uuid.UUID, lines: Iterable[SessionLine], *, now: datetime
) -> tuple[Placement, ...]:
    lines = tuple(lines)
    hearing = hearing_line(session, hearing_id)
    facts = _hearing_facts(session, hearing)
    days = [line.held_on for line in lines]
    closed = closed_labels(session, days)
    apart = _companions_apart(session, days)
    dockets = _dockets(session, [line.id for line in lines])
    return tuple(
        Placement(
            session=line,
            sitting=sitting,
            problems=docket_problems(
                facts,
                _sitting_facts(
                    line, sitting, dockets[sitting.id], on_closed_day=line.held_on in closed
                ),
                companions_apart=apart[line.held_on],
                now=now,
            ),
        )
        for line in lines
        for sitting in line.sittings
    )


def _sitting_facts(
    line: SessionLine,
    sitting: SittingLine,
    docket: Sequence[DocketedHearing],
    *,
    on_closed_day: bool,
) -> SittingFacts:
    return SittingFacts(
        sitting_id=sitting.id,
        span=line.span,
        session_kind=line.kind,
        session_state=line.state,
        on_closed_day=on_closed_day,
        max_first=sitting.max_first_hearings,
        max_return=sitting.max_return_hearings,
        docket=tuple(docket),
    )


def _hearing_facts(session: Session, hearing: HearingLine) -> HearingFacts:
    person_id = hearing.person_id
    hearings = hearing_engagements(session, (person_id,))[person_id]
    guardian = session.scalar(
        select(Adult.id)
        .where(
            Adult.person_id == person_id,
            Adult.ended_on.is_(None),
            Adult.never_disclose.is_(False),
        )
        .limit(1)
    )
    return HearingFacts(
        hearing_id=hearing.id,
        kind=hearing.kind,
        respondent_id=person_id,
        companion_ids=frozenset(companions_of(session, hearing.case_id)),
        guardian_known=guardian is not None,
        interpreter_language=hearing.interpreter_language,
        hearings=hearings,
        seats=seat_engagements(session, (person_id,))[person_id],
    )


def hearing_engagements(
    session: Session, person_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, tuple[Engagement, ...]]:
    """Return when these persons' own hearings on a docket are, by person."""
    rows = session.execute(
        select(Case.person_id, Hearing.id, CourtSession)
        .join(Case, Case.id == Hearing.case_id)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .join(CourtSession, CourtSession.id == Sitting.session_id)
        .where(Case.person_id.in_(person_ids), Hearing.state == HearingState.DOCKETED)
    ).all()
    found: defaultdict[uuid.UUID, tuple[Engagement, ...]] = defaultdict(tuple)
    zone = court_zone(session) if rows else ""
    for person_id, key, evening in rows:
        span = planned_span(evening.held_on, evening.starts_at, evening.ends_at, zone)
        found[person_id] = (*found[person_id], Engagement(id=key, span=span))
    return found


def seat_engagements(
    session: Session, person_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, tuple[Engagement, ...]]:
    """Return when these persons hold seats on panels, by person."""
    held = seats_held(session, person_ids)
    lines = session_lines(session, {seat.session_id for seats in held.values() for seat in seats})
    found: defaultdict[uuid.UUID, tuple[Engagement, ...]] = defaultdict(tuple)
    for person_id, seats in held.items():
        found[person_id] = tuple(
            Engagement(id=seat.seat_id, span=lines[seat.session_id].span)
            for seat in seats
            if seat.session_id in lines
            and lines[seat.session_id].state is CourtSessionState.PLANNED
        )
    return found


def move_clashes(
    session: Session, line: SessionLine, hearings: Collection[HearingLine]
) -> tuple[Clash, ...]:
    """Return whose hearings of this session would clash if it were planned as ``line`` says.

    What somebody has to do in the session itself moves along and does not count.
    """
    persons = {hearing.person_id for hearing in hearings}
    own = {hearing.id for hearing in hearings}
    elsewhere = hearing_engagements(session, persons)
    seats = seat_engagements_outside(session, persons, line.id)
    found = []
    for hearing in hearings:
        others = [
            item
            for item in elsewhere[hearing.person_id]
            if item.id not in own and overlap(item.span, line.span)
        ]
        held = [item for item in seats[hearing.person_id] if overlap(item.span, line.span)]
        if others or held:
            found.append(Clash(hearing=hearing, hearings=len(others), seats=len(held)))
    return tuple(found)


def seat_engagements_outside(
    session: Session, person_ids: Collection[uuid.UUID], session_id: uuid.UUID
) -> defaultdict[uuid.UUID, tuple[Engagement, ...]]:
    """Return the seats of these persons in every session but one."""
    inside = {
        seat.seat_id
        for seats in seats_held(session, person_ids).values()
        for seat in seats
        if seat.session_id == session_id
    }
    found = seat_engagements(session, person_ids)
    for person_id, seats in found.items():
        found[person_id] = tuple(seat for seat in seats if seat.id not in inside)
    return found


def _dockets(
    session: Session, session_ids: Sequence[uuid.UUID]
) -> defaultdict[uuid.UUID, list[DocketedHearing]]:
    rows = session.execute(
        select(Hearing.sitting_id, Hearing.id, Hearing.kind, Case.person_id)
        .join(Case, Case.id == Hearing.case_id)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .where(Sitting.session_id.in_(session_ids), Hearing.state != HearingState.CANCELLED)
    )
    found: defaultdict[uuid.UUID, list[DocketedHearing]] = defaultdict(list)
    for row in rows:
        found[row.sitting_id].append(
            DocketedHearing(hearing_id=row.id, kind=row.kind, respondent_id=row.person_id)
        )
    return found


def _companions_apart(session: Session, days: Collection[date]) -> dict[date, bool]:
    policies = policies_of_days(session, days)
    return {day: policy.jury.companions_apart for day, policy in policies.items()}


def policies_of_days(session: Session, days: Collection[date]) -> dict[date, Policy]:
    """Return the policy in force on each day, in as many queries as there are versions.

    As with ``policy_on``, before the first version comes into force the first one applies.
    """
    if not days:
        return {}
    versions = policy_versions(session)
    latest_first = sorted(versions, key=lambda v: (v.in_force_from, v.number), reverse=True)
    earliest = min(version.number for version in versions)
    numbers = {
        day: next((v.number for v in latest_first if v.in_force_from <= day), earliest)
        for day in set(days)
    }
    policies = {number: policy_numbered(session, number).policy for number in set(numbers.values())}
    return {day: policies[number] for day, number in numbers.items()}
