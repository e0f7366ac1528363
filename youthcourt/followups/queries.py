"""Reading follow-ups: where each case's starts, what was searched, and what is due."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.accounts.models import User
from youthcourt.cases.models import Case
from youthcourt.cases.queries import case_by_id
from youthcourt.courts.queries import policy_by_id
from youthcourt.db import ListPage, page_number
from youthcourt.followups.domain import (
    Check,
    CheckResult,
    LaterEvent,
    NoSearchReason,
    RecordSource,
    TimeZero,
    Window,
    WithdrawalReason,
    read_windows,
    time_zero,
)
from youthcourt.followups.models import LaterOffence, RecordCheck
from youthcourt.hearings.domain import HearingKind, HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.people.domain import PersonName
from youthcourt.people.models import Person
from youthcourt.people.queries import name_of

PAGE = 50
SHORTEST_MONTH = timedelta(days=28)


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckLine:
    """One search with what it found, who wrote it down, and why it no longer stands."""

    id: uuid.UUID
    source: RecordSource
    jurisdiction: str
    adult_records: bool | None
    result: CheckResult
    reason: NoSearchReason | None
    searched_on: date
    data_through: date | None
    searched_by: str
    note: str | None
    recorded_by: str
    withdrawn_reason: WithdrawalReason | None
    offences: tuple[LaterOffence, ...]

    @property
    def check(self) -> Check:
        """The search as the windows read it."""
        events = (
            LaterEvent(
                kind=found.kind,
                category=found.category,
                offence_on=found.offence_on,
                event_on=found.event_on,
            )
            for found in self.offences
        )
        return Check(result=self.result, data_through=self.data_through, events=tuple(events))


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """Everything known of one case's follow-up; ``start`` None where nobody is followed yet."""

    case_id: uuid.UUID
    start: TimeZero | None
    windows: tuple[Window, ...]
    checks: tuple[CheckLine, ...]

    @property
    def due(self) -> tuple[Window, ...]:
        """The windows somebody should search now, shortest first."""
        return tuple(window for window in self.windows if window.due)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueLine:
    """A case with a window to be searched; ``window`` is its longest one that is due."""

    case_id: uuid.UUID
    case_number: str
    name: PersonName
    start: TimeZero
    window: Window


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowedCase:
    """A case that can be followed: its start and its policy's months."""

    id: uuid.UUID
    start: TimeZero
    months: tuple[int, ...]


def follow_up_of(session: Session, *, case_id: uuid.UUID, today: date) -> FollowUp:
    """Return the follow-up of one case; every delinquent act counts, by the day of the act."""
    case = case_by_id(session, case_id)
    start = start_of(session, case)
    lines = _check_lines(session, case_id)
    standing = [line.check for line in lines if line.withdrawn_reason is None]
    months = policy_by_id(session, case.policy_id).policy.follow_up_months
    windows = () if start is None else read_windows(start.on, months, standing, today=today)
    return FollowUp(case_id=case_id, start=start, windows=windows, checks=lines)


def start_of(session: Session, case: Case) -> TimeZero | None:
    """Return where the follow-up of a case starts, None where it does not."""
    first = first_hearing_days(session, [case.id]).get(case.id)
    return time_zero(first_hearing_on=first, heard_on=case.heard_on, admitted_on=case.admitted_on)


def first_hearing_days(
    session: Session, case_ids: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, date]:
    """Return case -> the first day its first hearing was set for, held or not.

    What was taken off the docket before its day was never set; None asks for every case.
    """
    query = (
        select(Hearing.case_id, func.min(CourtSession.held_on).label("day"))
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .join(CourtSession, CourtSession.id == Sitting.session_id)
        .where(Hearing.kind == HearingKind.FIRST, Hearing.state != HearingState.CANCELLED)
        .group_by(Hearing.case_id)
    )
    if case_ids is not None:
        query = query.where(Hearing.case_id.in_(case_ids))
    return {row.case_id: row.day for row in session.execute(query)}


def due_page(session: Session, *, today: date, page: int = 1) -> ListPage[DueLine]:
    """Return one page of the cases to be searched, the longest overdue first."""
    due = _due(session, today=today)
    number = page_number(page, total=len(due), size=PAGE)
    chosen = due[(number - 1) * PAGE : number * PAGE]
    return ListPage(
        lines=tuple(_due_lines(session, chosen)), total=len(due), size=PAGE, number=number
    )


def count_due(session: Session, *, today: date) -> int:
    """Return how many cases have a window to be searched."""
    return len(_due(session, today=today))


def followed_cases(session: Session, *, referred_by: date) -> tuple[FollowedCase, ...]:
    """Return the cases referred by a day whose follow-up has a start."""
    first = first_hearing_days(session)
    rows = session.execute(
        select(Case.id, Case.policy_id, Case.heard_on, Case.admitted_on).where(
            Case.referred_on <= referred_by,
            or_(
                Case.heard_on.is_not(None),
                Case.admitted_on.is_not(None),
                Case.first_docketed_on.is_not(None),
            ),
        )
    ).all()
    months = {
        key: policy_by_id(session, key).policy.follow_up_months
        for key in {row.policy_id for row in rows}
    }
    starts = (
        (
            row,
            time_zero(
                first_hearing_on=first.get(row.id),
                heard_on=row.heard_on,
                admitted_on=row.admitted_on,
            ),
        )
        for row in rows
    )
    return tuple(
        FollowedCase(id=row.id, start=start, months=months[row.policy_id])
        for row, start in starts
        if start is not None
    )


def checks_by_case(
    session: Session, *where: ColumnElement[bool]
) -> dict[uuid.UUID, tuple[Check, ...]]:
    """Return case -> the searches that stand, with what they found."""
    query = select(
        RecordCheck.id, RecordCheck.case_id, RecordCheck.result, RecordCheck.data_through
    ).where(RecordCheck.withdrawn_at.is_(None), *where)
    rows = session.execute(query).all()
    events = _events(session, *where)
    found: dict[uuid.UUID, list[Check]] = defaultdict(list)
    for row in rows:
        check = Check(
            result=row.result, data_through=row.data_through, events=tuple(events.get(row.id, ()))
        )
        found[row.case_id].append(check)
    return {case_id: tuple(checks) for case_id, checks in found.items()}


def _events(session: Session, *where: ColumnElement[bool]) -> Mapping[uuid.UUID, list[LaterEvent]]:
    query = (
        select(
            LaterOffence.check_id,
            LaterOffence.kind,
            LaterOffence.category,
            LaterOffence.offence_on,
            LaterOffence.event_on,
        )
        .join(RecordCheck, RecordCheck.id == LaterOffence.check_id)
        .where(RecordCheck.withdrawn_at.is_(None), *where)
    )
    found: dict[uuid.UUID, list[LaterEvent]] = defaultdict(list)
    for row in session.execute(query):
        event = LaterEvent(
            kind=row.kind,
            category=row.category,
            offence_on=row.offence_on,
            event_on=row.event_on,
        )
        found[row.check_id].append(event)
    return found


_Due = tuple[FollowedCase, Window]


def _due(session: Session, *, today: date) -> list[_Due]:
    # Nobody is due within a month of the referral: the shortest window is one month.
    cases = followed_cases(session, referred_by=today - SHORTEST_MONTH)
    checks = checks_by_case(session) if cases else {}
    due = []
    for case in cases:
        windows = read_windows(case.start.on, case.months, checks.get(case.id, ()), today=today)
        waiting = [window for window in windows if window.due]
        if waiting:
            due.append((case, waiting[-1]))
    return sorted(due, key=lambda pair: (pair[1].ends_on, pair[0].id))


def _due_lines(session: Session, due: Sequence[_Due]) -> Iterator[DueLine]:
    query = (
        select(Case.id, Case.number, Person.given_names, Person.family_name, Person.preferred_name)
        .join(Person, Person.id == Case.person_id)
        .where(Case.id.in_([case.id for case, _window in due]))
    )
    rows = {row.id: row for row in session.execute(query)}
    for case, window in due:
        row = rows[case.id]
        yield DueLine(
            case_id=case.id,
            case_number=row.number,
            name=name_of(row.given_names, row.family_name, row.preferred_name),
            start=case.start,
            window=window,
        )


def _check_lines(session: Session, case_id: uuid.UUID) -> tuple[CheckLine, ...]:
    query = (
        select(RecordCheck, User.name)
        .outerjoin(User, User.id == RecordCheck.recorded_by)
        .where(RecordCheck.case_id == case_id)
        .order_by(RecordCheck.searched_on.desc(), RecordCheck.recorded_at.desc())
    )
    rows = session.execute(query).all()
    offences: dict[uuid.UUID, list[LaterOffence]] = defaultdict(list)
    for found in session.scalars(
        select(LaterOffence)
        .where(LaterOffence.check_id.in_([row.RecordCheck.id for row in rows]))
        .order_by(LaterOffence.position)
    ):
        offences[found.check_id].append(found)
    return tuple(_check_line(check, name, offences[check.id]) for check, name in rows)


def _check_line(
    check: RecordCheck, recorded_by: str | None, offences: Sequence[LaterOffence]
) -> CheckLine:
    return CheckLine(
        id=check.id,
        source=check.source,
        jurisdiction=check.jurisdiction,
        adult_records=check.adult_records,
        result=check.result,
        reason=check.reason,
        searched_on=check.searched_on,
        data_through=check.data_through,
        searched_by=check.searched_by,
        note=check.note,
        recorded_by=recorded_by or "",
        withdrawn_reason=check.withdrawn_reason,
        offences=tuple(offences),
    )
