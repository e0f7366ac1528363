"""Hearings on their way: opened, put on a docket, moved, taken off, cancelled."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.queries.facts import policy_of_case
from youthcourt.cases.services.life import live_case, move_case
from youthcourt.cases.services.notes import add_note
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.hearings.domain import (
    DocketOverride,
    HearingCancelReason,
    HearingKind,
    HearingState,
    OffDocketReason,
    hearing_transition,
    is_refused,
    needs_reason,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.hearings.queries.docket import hearing_ahead
from youthcourt.hearings.queries.facts import docket_facts
from youthcourt.hearings.queries.problems import placement
from youthcourt.hearings.services.family import tell_family
from youthcourt.hearings.services.rows import (
    case_of_hearing,
    hearing_subject,
    locked_hearing,
    locked_session,
    locked_sittings,
)
from youthcourt.people.calendar import court_day

_HEARD = (CaseState.HEARD, CaseState.SUPERVISED)


def open_hearing(
    session: Session,
    *,
    case_id: uuid.UUID,
    kind: HearingKind,
    waiting_since: date,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Let a case wait for a hearing; a case has at most one that is still to come.

    A first hearing is for a case that has not been heard, a return or review hearing for one
    that has.
    """
    case = live_case(session, case_id)
    if hearing_ahead(session, case_id) is not None:
        raise CourtRuleBroken("hearing_already_ahead")
    if (kind is HearingKind.FIRST) is (case.state in _HEARD):
        code = "first_hearing_already_held" if case.state in _HEARD else "not_heard_yet"
        raise CourtRuleBroken(code)
    return store_hearing(
        session, case=case, kind=kind, waiting_since=waiting_since, actor=actor, now=now
    )


def store_hearing(
    session: Session,
    *,
    case: Case,
    kind: HearingKind,
    waiting_since: date,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Store a hearing that waits; the caller has made sure that it may."""
    hearing = Hearing(case_id=case.id, kind=kind, waiting_since=waiting_since)
    session.add(hearing)
    session.flush()
    _note(session, "hearing_opened", hearing, case, actor, now, kind=kind)
    return hearing


def docket_hearing(
    session: Session,
    *,
    hearing_id: uuid.UUID,
    sitting_id: uuid.UUID,
    reason: DocketOverride | None = None,
    note: str | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Put a hearing on the docket of a sitting, or move it there from another.

    A place is given once: the sitting is held while its hearings are counted.  What stands
    against it is refused or needs a reason, as ``docket_problems`` says.  A first hearing takes
    its case to ``docketed``; the family is told.
    """
    case = case_of_hearing(session, hearing_id)
    _hold_sittings(session, hearing_id, sitting_id)
    hearing = locked_hearing(session, hearing_id)
    if hearing.state is HearingState.DOCKETED and hearing.sitting_id == sitting_id:
        return hearing
    _check_version(hearing, version)
    _check_step(hearing, HearingState.DOCKETED)
    reason = _checked_place(session, hearing, sitting_id, reason=reason, note=note, now=now)
    was_on = _day_of(session, hearing)
    act = "hearing_docketed" if hearing.state is HearingState.WAITING else "hearing_moved"
    hearing.position = _last_position(session, sitting_id) + 1
    hearing.state, hearing.sitting_id = HearingState.DOCKETED, sitting_id
    hearing.reason = reason
    session.flush()
    _note(session, act, hearing, case, actor, now, sitting=sitting_id, reason=reason)
    if note:
        add_note(session, case_id=case.id, text=note, actor=actor, now=now)
    if hearing.kind is HearingKind.FIRST and case.state is not CaseState.DOCKETED:
        today = court_day(session, now)
        move_case(
            session,
            case_id=case.id,
            to=CaseState.DOCKETED,
            on=today,
            actor=actor,
            now=now,
            hearing_on_docket=True,
        )
    tell_family(session, hearing=hearing, case=case, was_on=was_on, actor=actor, now=now)
    return hearing


def undocket_hearing(
    session: Session,
    *,
    hearing_id: uuid.UUID,
    reason: OffDocketReason,
    note: str | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Take a hearing off its docket; it waits again, since the same day as before.

    A first hearing that never had its day takes its case back to where it waited.
    """
    case = case_of_hearing(session, hearing_id)
    hearing = locked_hearing(session, hearing_id)
    if hearing.state is HearingState.WAITING:
        return hearing
    _check_version(hearing, version)
    _check_step(hearing, HearingState.WAITING)
    _check_words(reason is OffDocketReason.OTHER, note)
    take_off(session, hearing=hearing, case=case, reason=reason, actor=actor, now=now)
    if note:
        add_note(session, case_id=case.id, text=note, actor=actor, now=now)
    return hearing


def take_off(
    session: Session,
    *,
    hearing: Hearing,
    case: Case,
    reason: OffDocketReason,
    actor: Actor,
    now: datetime,
) -> None:
    """Let a docketed hearing, held by the caller, wait again and tell the family."""
    was_on = _day_of(session, hearing)
    sitting_id = hearing.sitting_id
    hearing.state, hearing.sitting_id, hearing.position = HearingState.WAITING, None, None
    hearing.reason = reason
    session.flush()
    _note(
        session, "hearing_undocketed", hearing, case, actor, now, sitting=sitting_id, reason=reason
    )
    step_back(session, case=case, actor=actor, now=now)
    tell_family(session, hearing=hearing, case=case, was_on=was_on, actor=actor, now=now)


def cancel_hearing(
    session: Session,
    *,
    hearing_id: uuid.UUID,
    reason: HearingCancelReason,
    note: str | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """Say that a hearing will not be held at all; no other hearing takes its place."""
    case = case_of_hearing(session, hearing_id)
    hearing = locked_hearing(session, hearing_id)
    if hearing.state is HearingState.CANCELLED:
        return hearing
    _check_version(hearing, version)
    _check_step(hearing, HearingState.CANCELLED)
    _check_words(reason is HearingCancelReason.OTHER, note)
    call_off(session, hearing=hearing, case=case, reason=reason, actor=actor, now=now)
    if note:
        add_note(session, case_id=case.id, text=note, actor=actor, now=now)
    return hearing


def call_off(
    session: Session,
    *,
    hearing: Hearing,
    case: Case,
    reason: HearingCancelReason,
    actor: Actor,
    now: datetime,
) -> None:
    """Cancel a hearing ahead, held by the caller, and tell who has heard of it."""
    was_on = _day_of(session, hearing)
    hearing.state, hearing.sitting_id, hearing.position = HearingState.CANCELLED, None, None
    hearing.reason = reason
    hearing.decided_at, hearing.decided_by = now, actor.user_id
    session.flush()
    _note(session, "hearing_cancelled", hearing, case, actor, now, reason=reason)
    step_back(session, case=case, actor=actor, now=now)
    tell_family(session, hearing=hearing, case=case, was_on=was_on, actor=actor, now=now)


def reorder_hearing(
    session: Session, *, hearing_id: uuid.UUID, earlier: bool, actor: Actor, now: datetime
) -> Hearing:
    """Call a hearing before, or after, its neighbour; return hearings stay before first ones."""
    sitting_id = session.scalar(select(Hearing.sitting_id).where(Hearing.id == hearing_id))
    if sitting_id is None:
        raise NotFound
    locked_sittings(session, (sitting_id,))
    rows = list(
        session.scalars(
            select(Hearing)
            .where(Hearing.sitting_id == sitting_id)
            .order_by(Hearing.position, Hearing.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )
    moved = next((row for row in rows if row.id == hearing_id), None)
    if moved is None:
        raise NotFound
    group = [r for r in rows if (r.kind is HearingKind.FIRST) is (moved.kind is HearingKind.FIRST)]
    at = group.index(moved)
    to = at - 1 if earlier else at + 1
    if 0 <= to < len(group):
        group[at], group[to] = group[to], group[at]
        for position, row in enumerate(group, start=1):
            if row.position != position:
                row.position = position
        session.flush()
        case = session.get_one(Case, moved.case_id)
        _note(session, "hearing_reordered", moved, case, actor, now, position=moved.position)
    return moved


def step_back(session: Session, *, case: Case, actor: Actor, now: datetime) -> None:
    """Take a case back to where it waited when its first hearing is on no docket any more."""
    known = docket_facts(session, case.id)
    if case.state is not CaseState.DOCKETED or known.get("hearing_on_docket", True):
        return
    last_step = CaseState(policy_of_case(session, case).steps[-1])
    today = court_day(session, now)
    # Said here too: what is plugged in decides for pages, not for the docket's own acts.
    move_case(
        session,
        case_id=case.id,
        to=last_step,
        on=today,
        actor=actor,
        now=now,
        hearing_on_docket=False,
    )


def _hold_sittings(session: Session, hearing_id: uuid.UUID, sitting_id: uuid.UUID) -> None:
    now_in = session.scalar(select(Hearing.sitting_id).where(Hearing.id == hearing_id))
    keys = {key for key in (now_in, sitting_id) if key is not None}
    session_ids = set(session.scalars(select(Sitting.session_id).where(Sitting.id.in_(keys))))
    for session_id in sorted(session_ids):
        locked_session(session, session_id)
    locked_sittings(session, keys)


def _checked_place(
    session: Session,
    hearing: Hearing,
    sitting_id: uuid.UUID,
    *,
    reason: DocketOverride | None,
    note: str | None,
    now: datetime,
) -> DocketOverride | None:
    """Return the reason to keep, or refuse the place."""
    place = placement(session, hearing.id, sitting_id, now=now)
    if place is None:
        raise NotFound
    if is_refused(place.problems):
        raise CourtRuleBroken("docket_refused", problem=place.problems[0].code)
    if not needs_reason(place.problems):
        return None
    if reason is None:
        raise CourtRuleBroken("docket_needs_reason", "reason")
    _check_words(reason is DocketOverride.OTHER, note)
    return reason


def _check_words(needed: bool, note: str | None) -> None:  # noqa: FBT001 -- one private question
    if needed and not (note or "").strip():
        raise CourtRuleBroken("reason_words_missing", "note")


def _check_version(hearing: Hearing, version: int | None) -> None:
    if version is not None and hearing.version_id != version:
        raise Stale("hearing_saved_by_another")


def _check_step(hearing: Hearing, target: HearingState) -> None:
    if hearing_transition(hearing.state, target) is None:
        raise CourtRuleBroken("hearing_step_not_possible", source=hearing.state, target=target)


def _last_position(session: Session, sitting_id: uuid.UUID) -> int:
    query = select(func.max(Hearing.position)).where(Hearing.sitting_id == sitting_id)
    return session.scalar(query) or 0


def _day_of(session: Session, hearing: Hearing) -> date | None:
    return session.scalar(
        select(CourtSession.held_on)
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .where(Sitting.id == hearing.sitting_id)
    )


def _note(
    session: Session,
    act: str,
    hearing: Hearing,
    case: Case,
    actor: Actor,
    now: datetime,
    **params: str | int | uuid.UUID | None,
) -> None:
    subject = hearing_subject(hearing, case)
    record_act(session, act=act, subject=subject, actor=actor, now=now, **params)
