"""Reading hearings: the docket of a room, the hearings of a case, and those that wait."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import due_date
from youthcourt.courts.queries import policy_by_id
from youthcourt.db import ListPage, page_number
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import HearingKind, HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting
from youthcourt.people.domain import PersonName
from youthcourt.people.models import Person
from youthcourt.people.queries import name_of

PAGE = 50
AHEAD = (HearingState.WAITING, HearingState.DOCKETED)
PUT_OFF = (HearingState.CONTINUED, HearingState.NO_SHOW)


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingLine:
    """One hearing with whose it is; where and when are None while it waits.

    ``case_version`` and what else the case file holds stay there: this is what a docket shows.
    """

    id: uuid.UUID
    case_id: uuid.UUID
    case_number: str
    case_state: CaseState
    person_id: uuid.UUID
    name: PersonName
    interpreter_language: str | None
    kind: HearingKind
    state: HearingState
    position: int | None
    waiting_since: date
    reason: str | None
    decided_at: datetime | None
    version: int
    sitting_id: uuid.UUID | None
    session_id: uuid.UUID | None
    held_on: date | None
    starts_at: time | None
    ends_at: time | None
    room: str | None

    @property
    def first(self) -> bool:
        """Whether it is the case's first hearing."""
        return self.kind is HearingKind.FIRST


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingHearing:
    """A hearing that waits for a sitting.

    ``due_on`` is the last day of the sentence where a limit of the policy already runs (from the
    referral or the admission), ``put_off`` how often this case was continued or did not come.
    """

    hearing: HearingLine
    days: int
    due_on: date | None
    put_off: int

    def days_left(self, today: date) -> int | None:
        """Return the days up to ``due_on``, negative when it has passed."""
        return None if self.due_on is None else (self.due_on - today).days


# Return and review hearings first, then the order staff gave.
_ORDER = (
    sql_case((Hearing.kind == HearingKind.FIRST, 1), else_=0),
    Hearing.position,
    Hearing.id,
)
_Line = tuple[Hearing, Case, Person, CourtSession | None, str | None]


def docket_of(session: Session, sitting_id: uuid.UUID) -> tuple[HearingLine, ...]:
    """Return the hearings of one sitting in the order in which they are called."""
    return _lines(session, [Hearing.sitting_id == sitting_id], *_ORDER)


def dockets_of(session: Session, session_id: uuid.UUID) -> dict[uuid.UUID, tuple[HearingLine, ...]]:
    """Return the dockets of all rooms of a session by sitting, in one query."""
    found: dict[uuid.UUID, list[HearingLine]] = {}
    for line in _lines(session, [Sitting.session_id == session_id], *_ORDER):
        if line.sitting_id is not None:
            found.setdefault(line.sitting_id, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


def hearings_of_case(session: Session, case_id: uuid.UUID) -> tuple[HearingLine, ...]:
    """Return every hearing of a case, the one still to come first, then the latest."""
    ahead = sql_case((Hearing.state.in_(AHEAD), 0), else_=1)
    latest = func.coalesce(CourtSession.held_on, Hearing.waiting_since).desc()
    return _lines(session, [Hearing.case_id == case_id], ahead, latest, Hearing.id)


def hearing_ahead(session: Session, case_id: uuid.UUID) -> Hearing | None:
    """Return the one hearing of a case that is still to come."""
    return session.scalar(
        select(Hearing).where(Hearing.case_id == case_id, Hearing.state.in_(AHEAD))
    )


def hearing_line(session: Session, hearing_id: uuid.UUID) -> HearingLine:
    """Return one hearing, or raise ``NotFound``."""
    line = next(iter(_lines(session, [Hearing.id == hearing_id], Hearing.id)), None)
    if line is None:
        raise NotFound
    return line


def hearing_by_id(session: Session, hearing_id: uuid.UUID) -> Hearing:
    """Return one hearing of the session's court, or raise ``NotFound``."""
    hearing = session.get(Hearing, hearing_id)
    if hearing is None:
        raise NotFound
    return hearing


def cases_of_hearings(
    session: Session, hearing_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    """Return the case of each of these hearings."""
    query = select(Hearing.id, Hearing.case_id).where(Hearing.id.in_(hearing_ids))
    return {row.id: row.case_id for row in session.execute(query)}


def count_waiting(session: Session) -> int:
    """Return how many hearings wait for a sitting."""
    where = Hearing.state == HearingState.WAITING
    return session.scalar(select(func.count()).select_from(Hearing).where(where)) or 0


def waiting_by_kind(session: Session) -> dict[HearingKind, int]:
    """Return how many hearings of each kind wait for a sitting."""
    query = (
        select(Hearing.kind, func.count().label("waiting"))
        .where(Hearing.state == HearingState.WAITING)
        .group_by(Hearing.kind)
    )
    return {row.kind: row.waiting for row in session.execute(query)}


def waiting_hearings(
    session: Session, *, today: date, limit: int | None = None, offset: int = 0
) -> tuple[WaitingHearing, ...]:
    """Return the hearings that wait for a sitting, the longest waiting first."""
    lines = _lines(
        session,
        [Hearing.state == HearingState.WAITING],
        Hearing.waiting_since,
        Case.number,
        limit=limit,
        offset=offset,
    )
    return _waiting(session, lines, today=today)


def waiting_page(session: Session, *, today: date, page: int = 1) -> ListPage[WaitingHearing]:
    """Return one page of the hearings that wait, the longest waiting first."""
    total = count_waiting(session)
    number = page_number(page, total=total, size=PAGE)
    lines = waiting_hearings(session, today=today, limit=PAGE, offset=(number - 1) * PAGE)
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


def cases_to_close(session: Session) -> tuple[HearingLine, ...]:
    """Return what was settled or withdrawn at a hearing while its case is not closed yet."""
    ended = (Hearing.state == HearingState.CANCELLED) & Hearing.sitting_id.is_not(None)
    lines = _lines(session, [ended, Case.state != CaseState.CLOSED], Hearing.decided_at)
    going_on = set(
        session.scalars(
            select(Hearing.case_id).where(
                Hearing.case_id.in_([line.case_id for line in lines]), Hearing.state.in_(AHEAD)
            )
        )
    )
    return tuple(line for line in lines if line.case_id not in going_on)


def waiting_hearing(session: Session, hearing_id: uuid.UUID, *, today: date) -> WaitingHearing:
    """Return one hearing with how long its case has waited, or raise ``NotFound``."""
    return _waiting(session, (hearing_line(session, hearing_id),), today=today)[0]


def _waiting(
    session: Session, lines: Sequence[HearingLine], *, today: date
) -> tuple[WaitingHearing, ...]:
    case_ids = [line.case_id for line in lines]
    put_off = _times_put_off(session, case_ids)
    due = _due_days(session, case_ids)
    return tuple(
        WaitingHearing(
            hearing=line,
            days=max((today - line.waiting_since).days, 0),
            due_on=due.get(line.case_id),
            put_off=put_off[line.case_id],
        )
        for line in lines
    )


def _times_put_off(session: Session, case_ids: Collection[uuid.UUID]) -> Counter[uuid.UUID]:
    query = select(Hearing.case_id).where(Hearing.case_id.in_(case_ids), Hearing.state.in_(PUT_OFF))
    return Counter(session.scalars(query))


def _due_days(session: Session, case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    rows = session.execute(
        select(Case.id, Case.policy_id, Case.referred_on, Case.admitted_on, Case.heard_on).where(
            Case.id.in_(case_ids)
        )
    ).all()
    policies = {key: policy_by_id(session, key).policy for key in {row.policy_id for row in rows}}
    found = {}
    for row in rows:
        due = due_date(
            policies[row.policy_id],
            heard_on=row.heard_on,
            referred_on=row.referred_on,
            admitted_on=row.admitted_on,
        )
        if due is not None:
            found[row.id] = due.on
    return found


def _query(where: Sequence[ColumnElement[bool]]) -> Select[*_Line]:
    return (
        select(Hearing, Case, Person, CourtSession, Room.name)
        .join(Case, Case.id == Hearing.case_id)
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Sitting, Sitting.id == Hearing.sitting_id)
        .outerjoin(CourtSession, CourtSession.id == Sitting.session_id)
        .outerjoin(Room, Room.id == Sitting.room_id)
        .where(*where)
    )


def _lines(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    *order: SQLColumnExpression[Any],
    limit: int | None = None,
    offset: int = 0,
) -> tuple[HearingLine, ...]:
    query = _query(where).order_by(*order).limit(limit).offset(offset or None)
    return tuple(_line(row) for row in session.execute(query))


def _line(row: Row[*_Line]) -> HearingLine:
    hearing, case, person, evening, room = row
    return HearingLine(
        id=hearing.id,
        case_id=case.id,
        case_number=case.number,
        case_state=case.state,
        person_id=person.id,
        name=name_of(person.given_names, person.family_name, person.preferred_name),
        interpreter_language=person.language if person.interpreter_needed else None,
        kind=hearing.kind,
        state=hearing.state,
        position=hearing.position,
        waiting_since=hearing.waiting_since,
        reason=hearing.reason,
        decided_at=hearing.decided_at,
        version=hearing.version_id,
        sitting_id=hearing.sitting_id,
        session_id=None if evening is None else evening.id,
        held_on=None if evening is None else evening.held_on,
        starts_at=None if evening is None else evening.starts_at,
        ends_at=None if evening is None else evening.ends_at,
        room=room,
    )
