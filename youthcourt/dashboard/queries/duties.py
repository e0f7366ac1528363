"""When and where somebody is expected, as far as it is published; nothing about any case."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import SessionRules, SignUp
from youthcourt.courts.queries import policies_on, policy_on
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.queries import SessionLine, SittingLine, coming_sessions, session_lines
from youthcourt.jury.domain.states import SeatRole, SeatState
from youthcourt.jury.models import Seat
from youthcourt.people.queries import AwaySpan

OPEN_DAYS_SHOWN = 4
_COURT_ROOM = re.compile(r"\bcourt[\s-]*room\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One coming session and the way there; times are those of the clock in the court's zone.

    ``away`` says that the person told they cannot come on that day.
    """

    session_id: uuid.UUID
    held_on: date
    starts_at: time
    ends_at: time
    over_midnight: bool
    be_there_at: time
    training: bool
    room: str
    address: str | None
    directions: str | None
    bring: str
    dress: str
    away: bool = False


def duties_of(
    session: Session, *, person_id: uuid.UUID, away: Iterable[AwaySpan] = (), now: datetime
) -> tuple[Duty, ...]:
    """Return every published session somebody is expected at that is not over, the next first.

    Whoever stands by as a reserve is called when needed and not told in advance.
    """
    seats = {
        row.session_id: row.sitting_id
        for row in session.execute(
            select(Seat.session_id, Seat.sitting_id).where(
                Seat.person_id == person_id,
                Seat.state == SeatState.PUBLISHED,
                Seat.role == SeatRole.JUROR,
            )
        )
    }
    lines = [
        line
        for line in session_lines(session, list(seats)).values()
        if line.state is CourtSessionState.PLANNED and line.span.ends_at > now
    ]
    spans = tuple(away)
    return tuple(
        _duty(line, _room(line, seats[line.id]), rules, spans)
        for line, rules in _with_rules(session, lines)
    )


def open_days(session: Session, *, now: datetime, today: date) -> tuple[Duty, ...]:
    """Return the next sessions to which anybody may come, in a court that draws nobody."""
    if policy_on(session, day=today).policy.jury.sign_up is not SignUp.WALK_IN:
        return ()
    coming = coming_sessions(session, today=today, limit=OPEN_DAYS_SHOWN + 1)
    lines = [
        line
        for line in coming
        if line.kind is CourtSessionKind.HEARING
        and line.state is CourtSessionState.PLANNED
        and line.span.ends_at > now
    ]
    return tuple(
        _duty(line, next(iter(line.sittings), None), rules, ())
        for line, rules in _with_rules(session, lines[:OPEN_DAYS_SHOWN])
    )


def duty_in(session: Session, line: SessionLine, sitting_id: uuid.UUID) -> Duty:
    """Return the duty that a seat in one room of a session is."""
    rules = policy_on(session, day=line.held_on).policy.session
    return _duty(line, _room(line, sitting_id), rules, ())


def neutral_room(name: str) -> str:
    """Return the name of a room as it may be read over a shoulder: a courtroom is a room.

    The number on the door is the same.  An address stays as it is, because it has to be found.
    """
    return _COURT_ROOM.sub(lambda found: "Room" if found.group()[0].isupper() else "room", name)


def _with_rules(
    session: Session, lines: Iterable[SessionLine]
) -> list[tuple[SessionLine, SessionRules]]:
    """Return the sessions in order, each with the rules of its day; versions are read once."""
    ordered = sorted(lines, key=lambda line: (line.held_on, line.starts_at))
    policies = policies_on(session, {line.held_on for line in ordered})
    return [(line, policies[line.held_on].session) for line in ordered]


def _room(line: SessionLine, sitting_id: uuid.UUID) -> SittingLine | None:
    return next((room for room in line.sittings if room.id == sitting_id), None)


def _duty(
    line: SessionLine,
    room: SittingLine | None,
    rules: SessionRules,
    away: tuple[AwaySpan, ...],
) -> Duty:
    early = timedelta(minutes=rules.arrive_before_minutes)
    return Duty(
        session_id=line.id,
        held_on=line.held_on,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        over_midnight=line.over_midnight,
        be_there_at=(datetime.combine(line.held_on, line.starts_at) - early).time(),
        training=line.kind is CourtSessionKind.TRAINING,
        room=neutral_room(room.room) if room else "",
        address=room.address if room else None,
        directions=room.directions if room else None,
        bring=rules.bring,
        dress=rules.dress,
        away=any(span.covers(line.held_on) for span in away),
    )
