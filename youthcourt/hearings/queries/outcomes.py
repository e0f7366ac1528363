"""What was written down of a hearing, and what has come of it since."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import CourtSessionState, HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.hearings.ports import rests_on_outcome
from youthcourt.hearings.queries.docket import AHEAD, PUT_OFF, hearing_ahead


def outcome_kept(session: Session, hearing: Hearing) -> CourtRuleBroken | None:
    """Return why what was written down of a hearing stays: what to undo first; None if nothing.

    Until the session is confirmed, and only while nothing has been made of it: no sentence, no
    later hearing on a docket or decided, no hearing opened by hand, the case not closed.
    """
    if hearing.state in AHEAD or hearing.sitting_id is None or hearing.decided_at is None:
        return CourtRuleBroken("outcome_not_recorded")
    if _evening(session, hearing).state is CourtSessionState.CONFIRMED:
        return CourtRuleBroken("outcome_of_confirmed_session")
    if session.get_one(Case, hearing.case_id).state is CaseState.CLOSED:
        return CourtRuleBroken("case_is_closed")
    return (
        rests_on_outcome(session, hearing.id)
        or _decided_later(session, hearing, hearing.decided_at)
        or _next_in_use(session, hearing)
    )


def _decided_later(
    session: Session, hearing: Hearing, decided_at: datetime
) -> CourtRuleBroken | None:
    held_on = session.scalar(
        _held_on()
        .join(Hearing, Hearing.sitting_id == Sitting.id)
        .where(Hearing.case_id == hearing.case_id, Hearing.decided_at > decided_at)
        .order_by(Hearing.decided_at.desc())
        .limit(1)
    )
    return None if held_on is None else CourtRuleBroken("later_hearing_decided", held_on=held_on)


def _next_in_use(session: Session, hearing: Hearing) -> CourtRuleBroken | None:
    """Return what is in the way of the hearing that follows; one nobody touched is not."""
    ahead = hearing_ahead(session, hearing.case_id)
    if ahead is None:
        return None
    if ahead.state is HearingState.DOCKETED:
        held_on = session.scalar(_held_on().where(Sitting.id == ahead.sitting_id))
        return CourtRuleBroken("next_hearing_on_docket", held_on=held_on)
    return None if hearing.state in PUT_OFF else CourtRuleBroken("another_hearing_opened")


def _held_on() -> Select[date]:
    return select(CourtSession.held_on).join(Sitting, Sitting.session_id == CourtSession.id)


def _evening(session: Session, hearing: Hearing) -> CourtSession:
    return session.scalars(
        select(CourtSession)
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .where(Sitting.id == hearing.sitting_id)
    ).one()
