"""Moving a case along the table of moves, each move logged once and told to whoever follows."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.models import Membership
from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import (
    CLOSURES,
    STEPS,
    CaseState,
    ClosureReason,
    Transition,
    check_transition,
    possible_transitions,
)
from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.models import Case, CaseEvent
from youthcourt.cases.ports import CaseMoved, tell_followers
from youthcourt.cases.queries.facts import case_facts, last_closing, policy_of_case
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken
from youthcourt.notices.domain import Channel, NoticeKind
from youthcourt.notices.services import cancel_notices, queue_notice

_DAY_OF = {
    CaseState.CONTACTED: "contacted_on",
    CaseState.SCREENED: "screened_on",
    CaseState.INTAKE_DONE: "intake_on",
    CaseState.DOCKETED: "first_docketed_on",
    CaseState.HEARD: "heard_on",
}


def locked_case(session: Session, case_id: uuid.UUID) -> Case:
    """Return a case as it is stored now and hold its row until the transaction ends."""
    return locked_row(session, Case, case_id)


def live_case(session: Session, case_id: uuid.UUID) -> Case:
    """Return a case that may still be worked on, held like ``locked_case``; refuse a closed one."""
    case = locked_case(session, case_id)
    if case.state is CaseState.CLOSED:
        raise CourtRuleBroken("case_is_closed")
    return case


def subject_of(case: Case, *, kind: str = "case", key: uuid.UUID | None = None) -> Subject:
    """Return what an act on a case or on one of its records is about."""
    return Subject(kind=kind, id=key or case.id, case_id=case.id, person_id=case.person_id)


def move_case(
    session: Session,
    *,
    case_id: uuid.UUID,
    to: CaseState,
    reason: ClosureReason | ReopenReason | None = None,
    on: date,
    second_user_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
    **facts: Any,
) -> Case:
    """Make one move of the table, or refuse with the first thing that is missing.

    ``facts`` are fields of ``CaseFacts`` the caller knows better.  Closing queues the paper for
    the referrer; reopening needs ``reopening_note`` and a second member of the court's staff.
    """
    case = locked_case(session, case_id)
    if case.state is CaseState.CLOSED:
        facts |= {"asked_by": str(actor.user_id or ""), "agreed_by": str(second_user_id or "")}
        _check_second(session, second_user_id)
    known = case_facts(session, case_id, **facts)
    closing = reason if isinstance(reason, ClosureReason) else None
    row = check_transition(known, to, steps=policy_of_case(session, case).steps, reason=closing)
    if on < case.referred_on:
        raise CourtRuleBroken("before_referral", "on", referred_on=case.referred_on)
    _leave(session, case, to=to, now=now)
    _arrive(case, to=to, reason=closing, on=on)
    event = CaseEvent(
        case_id=case.id,
        from_state=row.source,
        to_state=to,
        reason=reason,
        happened_on=on,
        at=now,
        by=actor.user_id,
        second=second_user_id,
        params={"starts": row.starts.value},
    )
    session.add(event)
    session.flush()
    if closing is not None:
        _queue_paper(session, case, event, reason=closing, actor=actor, now=now)
    _tell(session, case, row, event, actor=actor, now=now)
    return case


def advance_case(
    session: Session, *, case_id: uuid.UUID, on: date, actor: Actor, now: datetime
) -> tuple[CaseState, ...]:
    """Move a case through every early step that nothing stands in the way of; return them.

    Each step bears the day on which what it needs was done, or ``on``.
    """
    moved: list[CaseState] = []
    while True:
        case = locked_case(session, case_id)
        target = open_step(session, case)
        if target is None:
            return tuple(moved)
        day: date = getattr(case, _DAY_OF[target]) or on
        move_case(session, case_id=case_id, to=target, on=day, actor=actor, now=now)
        moved.append(target)


def open_step(session: Session, case: Case) -> CaseState | None:
    """Return the early step a case can be moved to now, if there is one."""
    if case.state not in (CaseState.REFERRED, *STEPS):
        return None
    steps = policy_of_case(session, case).steps
    for move in possible_transitions(case_facts(session, case.id), steps):
        if move.transition.target in STEPS and move.open:
            return move.transition.target
    return None


def _check_second(session: Session, second_user_id: uuid.UUID | None) -> None:
    if second_user_id is None:
        return
    member = session.scalar(
        select(Membership.id).where(
            Membership.user_id == second_user_id,
            Membership.court_id == session.info["court_id"],
            Membership.ended_at.is_(None),
        )
    )
    if member is None:
        raise CourtRuleBroken("second_name_not_of_this_court", "agreed_by")


def _leave(session: Session, case: Case, *, to: CaseState, now: datetime) -> None:
    """Undo what the state that is left had brought along; the moves keep the former days."""
    if case.state is CaseState.HEARD and to is CaseState.DOCKETED:
        case.heard_on = None
    if case.state is not CaseState.CLOSED:
        return
    closing = last_closing(session, case.id)
    if closing is not None:
        cancel_notices(session, once_key=paper_key(closing.id), now=now)
    # Last: from here to the new state the row is at odds with itself, so nothing may be read.
    case.closure_reason = case.closed_on = None


def _arrive(case: Case, *, to: CaseState, reason: ClosureReason | None, on: date) -> None:
    case.state = to
    column = _DAY_OF.get(to)
    if column is not None and getattr(case, column) is None:
        setattr(case, column, on)
    if to is CaseState.CLOSED:
        case.closure_reason, case.closed_on = reason, on


def paper_key(closing_id: uuid.UUID) -> str:
    """Return the key under which the paper on one closing is queued once."""
    return f"case_closed:{closing_id}"


def _queue_paper(
    session: Session,
    case: Case,
    event: CaseEvent,
    *,
    reason: ClosureReason,
    actor: Actor,
    now: datetime,
) -> None:
    if case.agency_id is None:
        return
    queue_notice(
        session,
        kind=NoticeKind.CASE_CLOSED,
        once_key=paper_key(event.id),
        channel=Channel.PAPER,
        case_id=case.id,
        actor=actor,
        now=now,
        agency=str(case.agency_id),
        told=CLOSURES[reason].referrer_told.value,
    )


def _tell(
    session: Session,
    case: Case,
    row: Transition,
    event: CaseEvent,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write the move into the journal and tell whoever follows."""
    act = "case_moved"
    if row.target is CaseState.CLOSED:
        act = "case_closed"
    elif row.source is CaseState.CLOSED:
        act = "case_reopened"
    record_act(
        session,
        act=act,
        subject=subject_of(case),
        actor=actor,
        now=now,
        source=row.source,
        target=row.target,
        reason=event.reason,
        second=event.second,
    )
    moved = CaseMoved(
        case_id=case.id,
        person_id=case.person_id,
        source=row.source,
        target=row.target,
        reason=case.closure_reason,
        on=event.happened_on,
    )
    tell_followers(session, moved, actor=actor, now=now)
