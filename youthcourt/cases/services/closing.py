"""Closing a case with its reason, opening it again, and the paper for the referrer."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.models import Case
from youthcourt.cases.queries.facts import case_by_id, last_closing, state_before_closing
from youthcourt.cases.services.life import move_case, paper_key, subject_of
from youthcourt.cases.services.notes import add_note
from youthcourt.errors import CourtRuleBroken
from youthcourt.notices.domain import NoticeState
from youthcourt.notices.models import Notice


def close_case(
    session: Session,
    *,
    case_id: uuid.UUID,
    reason: ClosureReason,
    on: date,
    note: str | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Close a case; a note stays in the file and is told to nobody."""
    case = move_case(
        session, case_id=case_id, to=CaseState.CLOSED, reason=reason, on=on, actor=actor, now=now
    )
    if note:
        add_note(session, case_id=case_id, text=note, actor=actor, now=now)
    return case


def reopen_case(
    session: Session,
    *,
    case_id: uuid.UUID,
    reason: ReopenReason,
    note: str,
    second_user_id: uuid.UUID,
    on: date,
    actor: Actor,
    now: datetime,
) -> Case:
    """Put a closed case back to where it was closed; the note stays in the file."""
    case = case_by_id(session, case_id)
    before = state_before_closing(session, case)
    if before is None:
        raise CourtRuleBroken("case_is_not_closed", state=case.state)
    case = move_case(
        session,
        case_id=case_id,
        to=before,
        reason=reason,
        on=on,
        second_user_id=second_user_id,
        actor=actor,
        now=now,
        reopening_note=note,
    )
    add_note(session, case_id=case_id, text=note, actor=actor, now=now)
    return case


def paper_of(session: Session, case: Case) -> Notice | None:
    """Return the paper that tells the referrer of the present closing, if one is owed."""
    if case.state is not CaseState.CLOSED:
        return None
    closing = last_closing(session, case.id)
    if closing is None:
        return None
    return session.scalar(select(Notice).where(Notice.once_key == paper_key(closing.id)))


def mark_paper_printed(
    session: Session, *, case_id: uuid.UUID, actor: Actor, now: datetime
) -> Notice:
    """Mark the paper for the referrer as printed; printing it again changes nothing."""
    case = case_by_id(session, case_id)
    notice = paper_of(session, case)
    if notice is None:
        raise CourtRuleBroken("no_paper_owed")
    if notice.state is NoticeState.QUEUED:
        notice.state, notice.done_at = NoticeState.PRINTED, now
        session.flush()
        record_act(
            session,
            act="closing_notice_printed",
            subject=subject_of(case, kind="notice", key=notice.id),
            actor=actor,
            now=now,
        )
    return notice
