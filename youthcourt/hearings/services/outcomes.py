"""What became of a hearing on its day, and what a move of a case means for its hearing."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import STEPS, CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.ports import CaseMoved
from youthcourt.cases.queries.facts import policy_of_case
from youthcourt.cases.services.life import locked_case, move_case
from youthcourt.cases.services.notes import add_note
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.hearings.domain import (
    ContinuanceReason,
    HearingCancelReason,
    HearingKind,
    HearingOutcome,
    HearingState,
    OutcomeEffect,
    hearing_transition,
    outcome_effect,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.hearings.ports import panel_came
from youthcourt.hearings.queries.docket import hearing_ahead
from youthcourt.hearings.services.docket import call_off, step_back, store_hearing
from youthcourt.hearings.services.family import cancel_untold
from youthcourt.hearings.services.rows import case_of_hearing, hearing_subject, locked_hearing
from youthcourt.people.calendar import court_day

_ENDED = {
    HearingOutcome.SETTLED: HearingCancelReason.SETTLED,
    HearingOutcome.WITHDRAWN: HearingCancelReason.WITHDRAWN,
}


def record_outcome(
    session: Session,
    *,
    hearing_id: uuid.UUID,
    outcome: HearingOutcome,
    reason: ContinuanceReason | None = None,
    note: str | None = None,
    panel_later: bool = False,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Record what became of a hearing, all its effects with it; said twice it is said once.

    Heard: the case of a first hearing is heard on the day of the session.  Continued and
    no-show: a new hearing of the same kind waits from that day on.  Settled and withdrawn: the
    case waits to be closed by the coordinator.  Another outcome than the one on record is
    refused.  Nothing is heard without a panel: somebody has to be noted as having come, unless
    that is done ``panel_later``.  ``version`` is the one the caller has seen; None asks for no
    such check.
    """
    effect = outcome_effect(outcome, reason=reason)
    case = case_of_hearing(session, hearing_id)
    hearing = locked_hearing(session, hearing_id)
    kept = reason or _ENDED.get(outcome)
    if hearing.state is effect.state and hearing.decided_at and hearing.reason == kept:
        return hearing
    _check_undecided(hearing, effect.state, version=version)
    evening = _evening(session, hearing)
    if evening.held_on > court_day(session, now):
        raise CourtRuleBroken("session_not_yet", held_on=evening.held_on)
    _check_panel(session, hearing, outcome, later=panel_later)
    hearing.state, hearing.reason = effect.state, kept
    hearing.decided_at, hearing.decided_by = now, actor.user_id
    session.flush()
    record_act(
        session,
        act="hearing_decided",
        subject=hearing_subject(hearing, case),
        actor=actor,
        now=now,
        outcome=outcome,
        reason=reason,
    )
    cancel_untold(session, hearing=hearing, now=now)
    _follow_up(session, hearing, case, effect, evening, actor=actor, now=now)
    if note:
        add_note(session, case_id=case.id, text=note, actor=actor, now=now)
    return hearing


def _check_undecided(hearing: Hearing, target: HearingState, *, version: int | None) -> None:
    if hearing.state is not HearingState.DOCKETED and hearing.decided_at:
        raise CourtRuleBroken("hearing_already_decided", state=hearing.state)
    if version is not None and hearing.version_id != version:
        raise Stale("hearing_saved_by_another")
    if hearing_transition(hearing.state, target) is None:
        raise CourtRuleBroken("hearing_step_not_possible", source=hearing.state, target=target)


def _check_panel(
    session: Session, hearing: Hearing, outcome: HearingOutcome, *, later: bool
) -> None:
    if later or outcome is not HearingOutcome.HEARD or hearing.sitting_id is None:
        return
    if not panel_came(session, hearing.sitting_id):
        raise CourtRuleBroken("nobody_checked_in", "panel_later")


def _follow_up(
    session: Session,
    hearing: Hearing,
    case: Case,
    effect: OutcomeEffect,
    evening: CourtSession,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if effect.next_hearing:
        store_hearing(
            session,
            case=case,
            kind=hearing.kind,
            waiting_since=evening.held_on,
            actor=actor,
            now=now,
        )
    elif effect.ends_case:
        step_back(session, case=case, actor=actor, now=now)
    elif hearing.kind is HearingKind.FIRST and case.state is CaseState.DOCKETED:
        move_case(
            session,
            case_id=case.id,
            to=CaseState.HEARD,
            on=evening.held_on,
            actor=actor,
            now=now,
            first_hearing_held=True,
        )


def follow_case(session: Session, moved: CaseMoved, actor: Actor, now: datetime) -> None:
    """Do what a move of a case means for its hearing; a follower of cases.

    A case that has done its last early step, or is opened again before its hearing, waits for
    a first hearing.  The hearing of a closed case is cancelled.
    """
    if moved.target is CaseState.CLOSED:
        _cancel_ahead(session, moved.case_id, actor=actor, now=now)
        return
    reopened = moved.source is CaseState.CLOSED
    if not reopened and moved.source not in (CaseState.REFERRED, *STEPS):
        return
    case = locked_case(session, moved.case_id)
    waits = moved.target is CaseState(policy_of_case(session, case).steps[-1])
    if not waits and not (reopened and moved.target is CaseState.DOCKETED):
        return
    if hearing_ahead(session, case.id) is None:
        store_hearing(
            session,
            case=case,
            kind=HearingKind.FIRST,
            waiting_since=moved.on,
            actor=actor,
            now=now,
        )
    step_back(session, case=case, actor=actor, now=now)


def _cancel_ahead(session: Session, case_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    ahead = hearing_ahead(session, case_id)
    if ahead is None:
        return
    call_off(
        session,
        hearing=locked_hearing(session, ahead.id),
        case=session.get_one(Case, case_id),
        reason=HearingCancelReason.CASE_CLOSED,
        actor=actor,
        now=now,
    )


def _evening(session: Session, hearing: Hearing) -> CourtSession:
    return session.scalars(
        select(CourtSession)
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .where(Sitting.id == hearing.sitting_id)
    ).one()
