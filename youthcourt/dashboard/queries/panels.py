"""What the rooms of the coming sessions lack, and which seats go against a rule by now."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import SignUp
from youthcourt.courts.queries import policy_on
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState, HearingKind
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.queries import (
    SessionLine,
    SittingLine,
    sessions_between,
    waiting_by_kind,
)
from youthcourt.jury.domain.states import LIVE, SeatRole, SeatState
from youthcourt.jury.models import Seat
from youthcourt.jury.queries import jury_view
from youthcourt.people.calendar import court_day

SOON = timedelta(days=21)


class PanelNeed(StrEnum):
    """What a coming room lacks, the gravest first."""

    SHORT_OF_QUORUM = "short_of_quorum"
    NOBODY_PRESIDES = "nobody_presides"
    NOTHING_TO_HEAR = "nothing_to_hear"
    BELOW_TARGET = "below_target"
    NOT_PUBLISHED = "not_published"


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelState:
    """One room of a coming session; seats are jurors, not reserves.

    ``drawn`` is False where jurors walk in, so that no seat is missing in advance;
    ``could_hear`` tells whether a hearing waits for a date that this room has a place for.
    """

    session_id: uuid.UUID
    sitting_id: uuid.UUID
    room: str
    held_on: date
    starts_at: time
    presiding: str | None
    seats: int
    published: int
    quorum: int
    target: int
    hearings: int
    drawn: bool
    could_hear: bool

    @property
    def needs(self) -> tuple[PanelNeed, ...]:
        """What it lacks, the gravest first; a room with nothing to hear needs no jury."""
        lacking = {
            PanelNeed.SHORT_OF_QUORUM: self._seats_matter and self.seats < self.quorum,
            PanelNeed.NOBODY_PRESIDES: not self.presiding and bool(self.hearings or self.seats),
            PanelNeed.NOTHING_TO_HEAR: bool(self.seats) and not self.hearings and self.could_hear,
            PanelNeed.BELOW_TARGET: self._seats_matter and self.quorum <= self.seats < self.target,
            PanelNeed.NOT_PUBLISHED: self._seats_matter
            and self.seats >= self.target
            and self.published < self.seats,
        }
        return tuple(need for need, lacks in lacking.items() if lacks)

    @property
    def _seats_matter(self) -> bool:
        return self.drawn and self.hearings > 0


def coming_panels(session: Session, *, today: date, now: datetime) -> tuple[PanelState, ...]:
    """Return the rooms of the next three weeks that lack something.

    A session that is over lacks nothing any more: it waits to be confirmed.  Where jurors walk
    in there is nobody to draw in advance.
    """
    drawn = policy_on(session, day=today).policy.jury.sign_up is not SignUp.WALK_IN
    planned = [
        line
        for line in sessions_between(session, today, today + SOON, CourtSessionKind.HEARING)
        if line.state is CourtSessionState.PLANNED and line.span.ends_at > now
    ]
    seats = _seats(session, [line.id for line in planned])
    waiting = waiting_by_kind(session) if planned else {}
    states = (
        _state(line, sitting, seats.get(sitting.id, (0, 0)), waiting, drawn=drawn)
        for line in planned
        for sitting in line.sittings
    )
    return tuple(state for state in states if state.needs)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatTrouble:
    """A coming session with seats that go against a rule as things are now."""

    session_id: uuid.UUID
    held_on: date
    seats: int


def coming_troubles(session: Session, *, now: datetime) -> tuple[SeatTrouble, ...]:
    """Return the sessions of the next three weeks with seats that go against a rule, in order.

    As the page of the jury sees them: somebody left the list, is away, has a hearing of their
    own, knows a respondent, and all else.  Some statements for each session, none for a seat.
    """
    today = court_day(session, now)
    seated = session.scalars(
        select(CourtSession.id)
        .join(Seat, Seat.session_id == CourtSession.id)
        .where(
            Seat.state.in_(LIVE),
            CourtSession.state == CourtSessionState.PLANNED,
            CourtSession.held_on.between(today, today + SOON),
        )
        .group_by(CourtSession.id, CourtSession.held_on, CourtSession.starts_at)
        .order_by(CourtSession.held_on, CourtSession.starts_at)
    ).all()
    views = (jury_view(session, key, now=now) for key in seated)
    return tuple(
        SeatTrouble(
            session_id=view.evening.id,
            held_on=view.evening.held_on,
            seats=len(view.in_trouble),
        )
        for view in views
        if view.in_trouble and view.evening.span.ends_at > now
    )


def _state(
    line: SessionLine,
    sitting: SittingLine,
    seats: tuple[int, int],
    waiting: Mapping[HearingKind, int],
    *,
    drawn: bool,
) -> PanelState:
    taken, published = seats
    others = any(count for kind, count in waiting.items() if kind is not HearingKind.FIRST)
    return PanelState(
        session_id=line.id,
        sitting_id=sitting.id,
        room=sitting.room,
        held_on=line.held_on,
        starts_at=line.starts_at,
        presiding=sitting.presiding,
        seats=taken,
        published=published,
        quorum=sitting.quorum,
        target=sitting.panel_target,
        hearings=sitting.first_hearings + sitting.return_hearings,
        drawn=drawn,
        could_hear=bool(
            (waiting.get(HearingKind.FIRST) and sitting.first_places_left)
            or (others and sitting.return_places_left)
        ),
    )


def _seats(
    session: Session, session_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[int, int]]:
    """Return the live seats of jurors by sitting: all of them, and those published."""
    if not session_ids:
        return {}
    rows = session.execute(
        select(Seat.sitting_id, Seat.state, func.count())
        .where(
            Seat.session_id.in_(session_ids),
            Seat.role == SeatRole.JUROR,
            Seat.state.in_((SeatState.PROPOSED, SeatState.PUBLISHED)),
        )
        .group_by(Seat.sitting_id, Seat.state)
    )
    found: dict[uuid.UUID, tuple[int, int]] = {}
    for sitting_id, state, count in rows:
        taken, published = found.get(sitting_id, (0, 0))
        more = count if state is SeatState.PUBLISHED else 0
        found[sitting_id] = (taken + count, published + more)
    return found
