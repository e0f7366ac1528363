"""Writing down searches of records, and taking back a wrong one."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.models import Case
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.followups.domain import CheckEntry, WithdrawalReason, check_entry
from youthcourt.followups.models import LaterOffence, RecordCheck
from youthcourt.followups.queries import start_of


def record_check(
    session: Session,
    *,
    case_id: uuid.UUID,
    entry: CheckEntry,
    today: date,
    actor: Actor,
    now: datetime,
) -> RecordCheck:
    """Keep one search with the later offences it found; open and closed cases alike.

    The same search sent twice is one search: the one that is there is returned.
    """
    case = locked_row(session, Case, case_id)
    start = start_of(session, case)
    if start is None:
        raise CourtRuleBroken("follow_up_not_started")
    check_entry(entry, start=start.on, today=today)
    known = _same(session, case_id, entry)
    if known is not None:
        return known
    check = RecordCheck(
        case_id=case_id,
        source=entry.source,
        jurisdiction=entry.jurisdiction,
        adult_records=entry.adult_records,
        result=entry.result,
        reason=entry.reason,
        searched_on=entry.searched_on,
        data_through=entry.data_through,
        searched_by=entry.searched_by,
        note=entry.note,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    session.add(check)
    session.flush()
    _add_offences(session, check, entry)
    record_act(
        session,
        act="records_searched",
        subject=_subject(case, check),
        actor=actor,
        now=now,
        result=entry.result,
        source=entry.source,
        offences=len(entry.offences),
    )
    return check


def withdraw_check(
    session: Session,
    *,
    case_id: uuid.UUID,
    check_id: uuid.UUID,
    reason: WithdrawalReason,
    actor: Actor,
    now: datetime,
) -> RecordCheck:
    """Take back a search that was wrong; it stays readable with the reason and counts nowhere."""
    case = locked_row(session, Case, case_id)
    check = session.get(RecordCheck, check_id)
    if check is None or check.case_id != case_id:
        raise NotFound
    if check.withdrawn_at is not None:
        raise CourtRuleBroken("check_withdrawn_already")
    check.withdrawn_at = now
    check.withdrawn_by = actor.user_id
    check.withdrawn_reason = reason
    session.flush()
    record_act(
        session,
        act="search_withdrawn",
        subject=_subject(case, check),
        actor=actor,
        now=now,
        reason=reason,
    )
    return check


def _same(session: Session, case_id: uuid.UUID, entry: CheckEntry) -> RecordCheck | None:
    """Return a standing search of the same day that says the same."""
    query = select(RecordCheck).where(
        RecordCheck.case_id == case_id,
        RecordCheck.withdrawn_at.is_(None),
        RecordCheck.source == entry.source,
        RecordCheck.jurisdiction == entry.jurisdiction,
        RecordCheck.result == entry.result,
        RecordCheck.searched_on == entry.searched_on,
    )
    return next(
        (
            check
            for check in session.scalars(query)
            if (check.data_through, check.reason) == (entry.data_through, entry.reason)
        ),
        None,
    )


def _add_offences(session: Session, check: RecordCheck, entry: CheckEntry) -> None:
    session.add_all(
        LaterOffence(
            check_id=check.id,
            position=position,
            kind=offence.kind,
            category=offence.category,
            offence_on=offence.offence_on,
            event_on=offence.event_on,
            nibrs=offence.nibrs,
            text=offence.text,
        )
        for position, offence in enumerate(entry.offences, start=1)
    )
    session.flush()


def _subject(case: Case, check: RecordCheck) -> Subject:
    return Subject(kind="record_check", id=check.id, case_id=case.id, person_id=case.person_id)
