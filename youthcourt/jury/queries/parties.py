"""Whom each hearing of a session concerns: companions, household, friends, earlier roles."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.models import Hearing
from youthcourt.hearings.models import Sitting as StoredSitting
from youthcourt.jury.domain import LIVE, HearingParty, SeatRole
from youthcourt.jury.models import Attendance, Seat
from youthcourt.people.domain.kinds import Tie
from youthcourt.people.models import Person
from youthcourt.people.queries import ties_between
from youthcourt.sentences.domain import AttendanceOutcome

SAT = (AttendanceOutcome.PRESENT, AttendanceOutcome.LATE, AttendanceOutcome.LEFT_EARLY)
# A hearing that was put off tonight may already have been seen by its panel.
_HERE = (
    HearingState.DOCKETED,
    HearingState.HEARD,
    HearingState.CONTINUED,
    HearingState.NO_SHOW,
)
_SEEN = (HearingState.HEARD, HearingState.CONTINUED)
_AT_HOME = frozenset({Tie.HOUSEHOLD.value, Tie.FAMILY.value})

People = dict[uuid.UUID, set[uuid.UUID]]


def parties_of(
    session: Session, session_id: uuid.UUID
) -> dict[uuid.UUID, tuple[HearingParty, ...]]:
    """Return sitting -> its hearings with the people who may not judge them.

    A fixed number of statements, however many hearings there are.
    """
    rows = session.execute(_docket(session_id)).all()
    if not rows:
        return {}
    respondents = {row.person_id for row in rows}
    incidents = {row.incident_id for row in rows if row.incident_id is not None}
    companions = _companions(session, incidents)
    ties = ties_between(session, person_ids=respondents)
    earlier = _earlier_roles(session, respondents, but=session_id)
    found: defaultdict[uuid.UUID, list[HearingParty]] = defaultdict(list)
    for row in rows:
        known = ties.get(row.person_id, {})
        found[row.sitting_id].append(
            HearingParty(
                hearing_id=row.id,
                respondent_id=row.person_id,
                school_id=row.school_id,
                companion_ids=frozenset(companions.get(row.incident_id, set()) - {row.person_id}),
                household_ids=frozenset(o for o, kinds in known.items() if kinds & _AT_HOME),
                acquaintance_ids=frozenset(o for o, kinds in known.items() if kinds - _AT_HOME),
                earlier_role_ids=frozenset(earlier[row.person_id] - {row.person_id}),
            )
        )
    return {sitting_id: tuple(hearings) for sitting_id, hearings in found.items()}


def _docket(session_id: uuid.UUID) -> Select[Any, Any, Any, Any, Any]:
    """Return the query of a session's hearings with whose they are."""
    return (
        select(
            Hearing.id,
            Hearing.sitting_id,
            Case.person_id,
            Case.incident_id,
            Person.school_id,
        )
        .join(StoredSitting, StoredSitting.id == Hearing.sitting_id)
        .join(Case, Case.id == Hearing.case_id)
        .join(Person, Person.id == Case.person_id)
        .where(StoredSitting.session_id == session_id, Hearing.state.in_(_HERE))
        .order_by(Hearing.id)
    )


def _companions(session: Session, incident_ids: Collection[uuid.UUID]) -> People:
    """Return incident -> everybody with a case of it."""
    found: People = defaultdict(set)
    rows = session.execute(
        select(Case.incident_id, Case.person_id).where(Case.incident_id.in_(incident_ids))
    )
    for incident_id, person_id in rows:
        if incident_id is not None:
            found[incident_id].add(person_id)
    return found


def _earlier_roles(
    session: Session, respondents: Collection[uuid.UUID], *, but: uuid.UUID
) -> People:
    """Return respondent -> who sat on a case of theirs, or had them on the own jury."""
    heard = _pairs(session, _hearings(Case.person_id.in_(respondents), but))
    sat = _pairs(session, *_panels(Seat.person_id.in_(respondents), respondents, but))
    rooms = {sitting for sitting, _person in (*heard, *sat)}
    judges = _by_room(_pairs(session, *_panels(Seat.sitting_id.in_(rooms), None, but, rooms)))
    judged = _by_room(_pairs(session, _hearings(Hearing.sitting_id.in_(rooms), but)))
    found: People = defaultdict(set)
    for sitting, respondent in heard:
        found[respondent] |= judges[sitting]
    for sitting, respondent in sat:
        found[respondent] |= judged[sitting]
    return found


def _by_room(pairs: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> People:
    found: People = defaultdict(set)
    for sitting, person in pairs:
        found[sitting].add(person)
    return found


def _pairs(session: Session, *queries: Select[Any, Any]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    return [(row[0], row[1]) for query in queries for row in session.execute(query)]


def _hearings(where: ColumnElement[bool], but: uuid.UUID) -> Select[Any, Any]:
    """Return the query of sitting and respondent of past hearings."""
    return (
        select(Hearing.sitting_id, Case.person_id)
        .join(Case, Case.id == Hearing.case_id)
        .join(StoredSitting, StoredSitting.id == Hearing.sitting_id)
        .where(where, Hearing.state.in_(_SEEN), StoredSitting.session_id != but)
    )


def _panels(
    where: ColumnElement[bool],
    persons: Collection[uuid.UUID] | None,
    but: uuid.UUID,
    rooms: Collection[uuid.UUID] = (),
) -> tuple[Select[Any, Any], Select[Any, Any]]:
    """Return the queries of sitting and juror: who held a seat and did come, and who just came."""
    came = or_(Attendance.id.is_(None), attended())
    seats = (
        select(Seat.sitting_id, Seat.person_id)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == Seat.session_id, Attendance.person_id == Seat.person_id),
        )
        .where(
            where, Seat.role == SeatRole.JUROR, Seat.state.in_(LIVE), Seat.session_id != but, came
        )
    )
    mine = (
        Attendance.person_id.in_(persons)
        if persons is not None
        else Attendance.sitting_id.in_(rooms)
    )
    walked_in = select(Attendance.sitting_id, Attendance.person_id).where(
        mine, Attendance.sitting_id.is_not(None), Attendance.session_id != but, attended()
    )
    return seats, walked_in


def attended() -> ColumnElement[bool]:
    """Return the condition that somebody was there: recorded so, or checked in so far."""
    so_far = and_(Attendance.outcome.is_(None), Attendance.checked_in_at.is_not(None))
    return or_(Attendance.outcome.in_(SAT), so_far)
