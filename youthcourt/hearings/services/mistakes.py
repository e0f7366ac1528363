"""What was written down of the wrong hearing, taken back while nothing rests on it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services.life import move_case
from youthcourt.cases.services.notes import add_note
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.hearings.domain import (
    HearingCancelReason,
    HearingKind,
    HearingState,
    TakeBackReason,
)
from youthcourt.hearings.models import Hearing, Sitting
from youthcourt.hearings.queries.docket import hearing_ahead
from youthcourt.hearings.queries.outcomes import outcome_kept
from youthcourt.hearings.services.rows import (
    case_of_hearing,
    hearing_subject,
    locked_hearing,
    locked_session,
)
from youthcourt.people.calendar import court_day


def take_back_outcome(
    session: Session,
    *,
    hearing_id: uuid.UUID,
    reason: TakeBackReason,
    note: str | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Put a decided hearing back on its docket, where it was; refused as ``outcome_kept`` says.

    The journal keeps what was said and why it is taken back, and so do the moves of the case.
    A next hearing that waits because of it is cancelled, not deleted.
    """
    case = case_of_hearing(session, hearing_id)
    _hold_evening(session, hearing_id)
    hearing = locked_hearing(session, hearing_id)
    _check(session, hearing, version=version)
    if reason is TakeBackReason.OTHER and not (note or "").strip():
        raise CourtRuleBroken("reason_words_missing", "note")
    _cancel_next(session, case, actor=actor, now=now)
    was = hearing.state
    hearing.state, hearing.reason = HearingState.DOCKETED, None
    hearing.decided_at = hearing.decided_by = None
    session.flush()
    record_act(
        session,
        act="outcome_taken_back",
        subject=hearing_subject(hearing, case),
        actor=actor,
        now=now,
        outcome=was,
        reason=reason,
    )
    _return_case(session, hearing, case, actor=actor, now=now)
    if note:
        add_note(session, case_id=case.id, text=note, actor=actor, now=now)
    return hearing


def _check(session: Session, hearing: Hearing, *, version: int | None) -> None:
    if version is not None and hearing.version_id != version:
        raise Stale("hearing_saved_by_another")
    kept = outcome_kept(session, hearing)
    if kept is not None:
        raise kept


def _hold_evening(session: Session, hearing_id: uuid.UUID) -> None:
    """Hold the session, so that it is not confirmed meanwhile."""
    session_id = session.scalar(
        select(Sitting.session_id)
        .join(Hearing, Hearing.sitting_id == Sitting.id)
        .where(Hearing.id == hearing_id)
    )
    if session_id is not None:
        locked_session(session, session_id)


def _cancel_next(session: Session, case: Case, *, actor: Actor, now: datetime) -> None:
    """Cancel the hearing that waits because this one was put off; nobody was told of it."""
    following = hearing_ahead(session, case.id)
    if following is None:
        return
    row = locked_hearing(session, following.id)
    row.state, row.reason = HearingState.CANCELLED, HearingCancelReason.OPENED_BY_MISTAKE
    row.decided_at, row.decided_by = now, actor.user_id
    session.flush()
    record_act(
        session,
        act="hearing_cancelled",
        subject=hearing_subject(row, case),
        actor=actor,
        now=now,
        reason=row.reason,
    )


def _return_case(
    session: Session, hearing: Hearing, case: Case, *, actor: Actor, now: datetime
) -> None:
    if hearing.kind is HearingKind.FIRST and case.state is not CaseState.DOCKETED:
        move_case(
            session,
            case_id=case.id,
            to=CaseState.DOCKETED,
            on=court_day(session, now),
            actor=actor,
            now=now,
            hearing_on_docket=True,
            first_hearing_held=False,
        )
