"""What a change of the calendar, or of a family, means for seats; plugged in as followers."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.ports import SessionChange, SessionChanged
from youthcourt.jury.domain import ReleaseReason, SeatState
from youthcourt.jury.models import Seat
from youthcourt.jury.queries.sessions import JurySession, jury_session
from youthcourt.jury.services.rows import book_seat, is_published, keep_seats, seats_in
from youthcourt.jury.services.seats import give_back
from youthcourt.jury.services.telling import cancel_untold, tell_of_duty, tell_of_withdrawal
from youthcourt.notices.domain import NoticeKind
from youthcourt.people.calendar import court_day

_REASONS = {
    SessionChange.CANCELLED: ReleaseReason.SESSION_CANCELLED,
    SessionChange.MOVED: ReleaseReason.SESSION_MOVED,
    SessionChange.ROOM_REMOVED: ReleaseReason.ROOM_REMOVED,
}


def follow_session_change(
    session: Session, changed: SessionChanged, actor: Actor, now: datetime
) -> None:
    """Release the seats a change takes away, or carry them along, and tell who knew of them."""
    if not changed.seats_stay:
        _release(session, changed, actor=actor, now=now)
        return
    evening = jury_session(session, changed.session_id)
    seats = _touched(session, changed)
    if changed.change is SessionChange.MOVED and changed.was_on != evening.held_on:
        seats = [_carried_over(session, evening, seat, actor=actor, now=now) for seat in seats]
    for seat in seats:
        if is_published(seat):
            tell_of_duty(session, evening, seat, was=_was(changed), actor=actor, now=now)


def follow_reach(session: Session, person_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Tell of a juror's coming duties whoever can be told now and was not; follows people."""
    seats = session.scalars(
        select(Seat)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .where(
            Seat.person_id == person_id,
            Seat.state == SeatState.PUBLISHED,
            CourtSession.state == CourtSessionState.PLANNED,
            CourtSession.held_on >= court_day(session, now),
        )
        .order_by(CourtSession.held_on, Seat.id)
    ).all()
    for seat in seats:
        evening = jury_session(session, seat.session_id)
        if not evening.over(now):
            tell_of_duty(session, evening, seat, actor=actor, now=now)


def _was(changed: SessionChanged) -> datetime | None:
    """Return the planned time before a move, on the clock of the court."""
    if changed.was_on is None or changed.was_starts_at is None:
        return None
    return datetime.combine(changed.was_on, changed.was_starts_at)


def _touched(session: Session, changed: SessionChanged) -> list[Seat]:
    seats = seats_in(session, changed.session_id)
    if changed.sitting_id is None:
        return seats
    return [seat for seat in seats if seat.sitting_id == changed.sitting_id]


def _release(session: Session, changed: SessionChanged, *, actor: Actor, now: datetime) -> None:
    cancelled = changed.change is SessionChange.CANCELLED
    kind = NoticeKind.SESSION_CANCELLED if cancelled else NoticeKind.DUTY_WITHDRAWN
    for seat in _touched(session, changed):
        told_before = is_published(seat)
        reason = _REASONS[changed.change]
        give_back(session, seat, reason=reason, tell=False, actor=actor, now=now)
        if told_before:
            tell_of_withdrawal(session, seat, kind=kind, was=_was(changed), actor=actor, now=now)


def _carried_over(
    session: Session, evening: JurySession, seat: Seat, *, actor: Actor, now: datetime
) -> Seat:
    """Give the same place on the new day: another seat, because it books another day."""
    same = Seat(
        session_id=seat.session_id,
        sitting_id=seat.sitting_id,
        person_id=seat.person_id,
        role=seat.role,
        position=seat.position,
        foreperson=seat.foreperson,
        state=seat.state,
        source=seat.source,
        locked=seat.locked,
        draw_id=seat.draw_id,
        made_at=now,
    )
    cancel_untold(session, seat, now=now)
    give_back(session, seat, reason=ReleaseReason.SESSION_MOVED, tell=False, actor=actor, now=now)
    keep_seats(session, same)
    book_seat(session, evening, same, actor=actor, now=now)
    return same
