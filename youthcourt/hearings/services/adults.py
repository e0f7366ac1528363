"""Hours of adult volunteers: written down, and taken back where they are wrong."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import (
    AdultGiven,
    CourtSessionState,
    HoursKnown,
    check_given_day,
    checked_lines,
    planned_span,
)
from youthcourt.hearings.models import AdultHours
from youthcourt.hearings.services.rows import locked_session
from youthcourt.people.calendar import court_day, court_zone


def record_adult_hours(
    session: Session,
    *,
    lines: Sequence[AdultGiven],
    given_on: date,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[AdultHours, ...]:
    """Write down hours that adults gave on a day outside a session; a form sent twice does once."""
    check_given_day(given_on, today=court_day(session, now))
    return _recorded(session, lines, given_on, None, key=key, actor=actor, now=now)


def record_session_adults(
    session: Session,
    *,
    session_id: uuid.UUID,
    lines: Sequence[AdultGiven],
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[AdultHours, ...]:
    """Write down the hours adults gave at a session that has begun, each adult once.

    Refused for a session that was cancelled: what was given then belongs to the day alone.
    """
    row = locked_session(session, session_id)
    if row.state is CourtSessionState.CANCELLED:
        raise CourtRuleBroken("adult_session_cancelled")
    span = planned_span(row.held_on, row.starts_at, row.ends_at, court_zone(session))
    if span.starts_at > now:
        raise CourtRuleBroken("session_not_yet", held_on=row.held_on)
    return _recorded(session, lines, row.held_on, row.id, key=key, actor=actor, now=now)


def take_back_adult_hours(
    session: Session, *, hours_id: uuid.UUID, actor: Actor, now: datetime
) -> AdultHours:
    """Let a wrong line count no more; it stays readable with who took it back and when."""
    row = locked_row(session, AdultHours, hours_id)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = now, actor.user_id
        session.flush()
        record_act(
            session, act="adult_hours_taken_back", subject=_subject(row), actor=actor, now=now
        )
    return row


def refuse_hours_on_record(session: Session, session_id: uuid.UUID) -> None:
    """Refuse to move a session at which adults gave hours: they were given on its day."""
    stands = select(AdultHours.id).where(
        AdultHours.session_id == session_id, AdultHours.withdrawn_at.is_(None)
    )
    if session.scalar(stands.limit(1)) is not None:
        raise CourtRuleBroken("session_has_adult_hours", "held_on")


def _recorded(
    session: Session,
    lines: Sequence[AdultGiven],
    given_on: date,
    session_id: uuid.UUID | None,
    *,
    key: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> tuple[AdultHours, ...]:
    ids = {one.line: uuid.uuid5(key, str(one.line)) if key else uuid.uuid4() for one in lines}
    sent = session.scalars(select(AdultHours).where(AdultHours.id.in_(ids.values()))).all()
    if sent:
        return tuple(sent)
    known = _known(session, given_on, session_id)
    rows = []
    for line in checked_lines(lines, known, one_session=session_id is not None):
        row = AdultHours(
            id=ids[line.line],
            given_on=given_on,
            name=line.name,
            name_key=line.key,
            role=line.role,
            minutes=line.minutes,
            session_id=session_id,
            recorded_at=now,
            recorded_by=actor.user_id,
        )
        session.add(row)
        session.flush()
        _note_added(session, row, actor=actor, now=now)
        rows.append(row)
    return tuple(rows)


def _known(session: Session, given_on: date, session_id: uuid.UUID | None) -> list[HoursKnown]:
    rows = session.execute(
        select(AdultHours.name_key, AdultHours.minutes, AdultHours.session_id).where(
            AdultHours.given_on == given_on, AdultHours.withdrawn_at.is_(None)
        )
    )
    return [
        HoursKnown(
            key=row.name_key,
            minutes=row.minutes,
            here=session_id is not None and row.session_id == session_id,
        )
        for row in rows
    ]


def _note_added(session: Session, row: AdultHours, *, actor: Actor, now: datetime) -> None:
    record_act(
        session,
        act="adult_hours_added",
        subject=_subject(row),
        actor=actor,
        now=now,
        given_on=row.given_on.isoformat(),
        role=row.role,
        minutes=row.minutes,
        court_session=row.session_id,
    )


def _subject(row: AdultHours) -> Subject:
    return Subject(kind="adult_hours", id=row.id)
