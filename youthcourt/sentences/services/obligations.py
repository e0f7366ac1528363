"""What changes an obligation after the sentence; never a time credit."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.courts.queries import policy_by_id
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.people.calendar import court_day
from youthcourt.sentences.domain import (
    ExtensionLimits,
    SanctionEventKind,
    check_adjustment,
    check_extension,
    check_new_amount,
    check_waiver,
)
from youthcourt.sentences.models import Sanction, SanctionEvent
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.progress import confirmed_of
from youthcourt.sentences.queries.ranges import range_of_sanction
from youthcourt.sentences.services.rows import check_cases_open, hold_owner, hold_person

DONE_AS_A_WHOLE = frozenset({Unit.PIECES, Unit.MONEY, Unit.NONE})
MOST_EXTENSION_DAYS = 366
MOST_STOPPED_DAYS = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """An item of a sentence, held until the transaction ends, with how far it is."""

    row: Sanction
    now: SanctionProgress


def extend_sanction(
    session: Session,
    *,
    sanction_id: uuid.UUID,
    days: int,
    reason: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Sanction:
    """Give more days; how many and how often is told by the policy of the sentence.

    ``seen`` here and below is the number of changes the page showed, so that a form sent twice,
    or by two people, gives no time twice: ``Stale``.
    """
    held = _held(session, sanction_id, seen)
    if held.now.due_on is None:
        raise CourtRuleBroken("no_last_day", "days")
    rules = policy_by_id(session, held.now.policy_id).policy.extension
    check_extension(
        days=days,
        given_times=held.now.extended_times,
        limits=ExtensionLimits(
            max_days=rules.max_days or MOST_EXTENSION_DAYS, max_times=rules.max_times
        ),
    )
    kind = SanctionEventKind.EXTENDED
    return _note(session, held.row, kind, days=days, reason=reason, actor=actor, now=now)


def waive_sanction(
    session: Session,
    *,
    sanction_id: uuid.UUID,
    amount: int | None = None,
    reason: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Sanction:
    """Let go of an amount, or of all that is not confirmed yet; never of what is done."""
    held = _held(session, sanction_id, seen)
    given = held.now.left if amount is None else amount
    check_waiver(held.now.parts, given)
    kind = SanctionEventKind.WAIVED
    return _note(session, held.row, kind, amount=given, reason=reason, actor=actor, now=now)


def adjust_sanction(
    session: Session,
    *,
    sanction_id: uuid.UUID,
    amount: int,
    reason: str,
    on_purpose: bool = False,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Sanction:
    """Set what is ordered to another amount, such as more hours after a missed month.

    It cannot fall below what is confirmed and waived.  Outside the rules of the sentence, or far
    above what it ordered, it has to be ``on_purpose``.  What is done or not done has no amount,
    and what is marked as done is opened again first.
    """
    held = _held(session, sanction_id, seen)
    if held.row.unit is Unit.NONE:
        raise CourtRuleBroken("item_has_no_amount", "amount")
    if held.row.finished_on is not None:
        raise CourtRuleBroken("item_finished_already", "amount", on=held.row.finished_on)
    check_adjustment(held.now.parts, waived=held.now.waived, amount=amount)
    if amount == held.now.amount:
        raise CourtRuleBroken("adjustment_changes_nothing", "amount")
    check_new_amount(
        amount,
        ordered=held.row.amount,
        allowed=range_of_sanction(session, sanction_id),
        on_purpose=on_purpose,
    )
    return _note(
        session,
        held.row,
        SanctionEventKind.ADJUSTED,
        amount=amount - held.now.amount,
        reason=reason,
        actor=actor,
        now=now,
    )


def excuse_absence(
    session: Session,
    *,
    sanction_id: uuid.UUID,
    reason: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Sanction:
    """Keep that an absence was excused; what is owed and until when stays as it is."""
    held = _held(session, sanction_id, seen)
    kind = SanctionEventKind.EXCUSED
    return _note(session, held.row, kind, reason=reason, actor=actor, now=now)


def stop_clock(
    session: Session,
    *,
    person_id: uuid.UUID,
    kind: SanctionKind,
    days: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> tuple[Sanction, ...]:
    """Add days to everything of a kind a person still owes, such as when there was no seat."""
    if not 0 < days <= MOST_STOPPED_DAYS:
        raise CourtRuleBroken("stopped_days_out_of_range", "days", max=MOST_STOPPED_DAYS)
    hold_person(session, person_id)
    owed = confirmed_of(session, person_ids=[person_id], open_only=True)[person_id]
    open_now = [item for item in owed if item.kind is kind and item.left and item.due_on]
    event = SanctionEventKind.CLOCK_STOPPED
    return tuple(
        _note(
            session,
            session.get_one(Sanction, item.id),
            event,
            days=days,
            reason=reason,
            actor=actor,
            now=now,
        )
        for item in open_now
    )


def finish_item(
    session: Session,
    *,
    sanction_id: uuid.UUID,
    finished_on: date,
    proof: str,
    actor: Actor,
    now: datetime,
) -> Sanction:
    """Mark what is done as a whole (a letter, an essay, a payment) as done on a day."""
    held = _held(session, sanction_id)
    if held.row.unit not in DONE_AS_A_WHOLE:
        raise CourtRuleBroken("counted_by_service", unit=held.row.unit)
    if held.row.finished_on == finished_on:
        return held.row
    if held.row.finished_on is not None:
        raise CourtRuleBroken("item_finished_already", "finished_on", on=held.row.finished_on)
    if finished_on > court_day(session, now):
        raise CourtRuleBroken("day_in_future", "finished_on")
    if finished_on < held.now.sentenced_on:
        raise CourtRuleBroken("served_before_sentence", "finished_on", on=held.now.sentenced_on)
    held.row.finished_on = finished_on
    kind = SanctionEventKind.FINISHED
    return _note(session, held.row, kind, reason=proof, actor=actor, now=now)


def reopen_item(
    session: Session, *, sanction_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> Sanction:
    """Let an item that was marked as done be owed again."""
    held = _held(session, sanction_id)
    if held.row.finished_on is None:
        return held.row
    held.row.finished_on = None
    kind = SanctionEventKind.REOPENED
    return _note(session, held.row, kind, reason=reason, actor=actor, now=now)


def due_after(item: SanctionProgress, days: int) -> date | None:
    """Return the last day of an obligation once it is extended by so many days."""
    return None if item.due_on is None else item.due_on + timedelta(days=days)


def _held(session: Session, sanction_id: uuid.UUID, seen: int | None = None) -> _Held:
    """Return an item whose case is open; nobody else counts for its person meanwhile."""
    person_id = hold_owner(session, Sanction, sanction_id)
    row = session.scalars(
        select(Sanction).where(Sanction.id == sanction_id).execution_options(populate_existing=True)
    ).one()
    check_cases_open(session, [row.case_id])
    items = confirmed_of(session, person_ids=[person_id])[person_id]
    held = _Held(row=row, now=next(item for item in items if item.id == sanction_id))
    if held.now.withdrawn:
        raise CourtRuleBroken("sentence_was_withdrawn")
    if seen is not None and seen != held.now.changes:
        raise Stale("sanction_changed_meanwhile")
    return held


def _note(
    session: Session,
    row: Sanction,
    kind: SanctionEventKind,
    *,
    amount: int | None = None,
    days: int | None = None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Sanction:
    if not reason.strip():
        raise CourtRuleBroken("reason_required", "reason")
    event = SanctionEvent(
        sanction_id=row.id,
        kind=kind,
        amount=amount,
        days=days,
        reason=reason,
        at=now,
        by=actor.user_id,
    )
    session.add(event)
    session.flush()
    record_act(
        session,
        act=f"sanction_{kind.value}",
        subject=Subject(kind="sanction", id=row.id, case_id=row.case_id, person_id=row.person_id),
        actor=actor,
        now=now,
        amount=amount,
        days=days,
        reason=reason,
    )
    return row
