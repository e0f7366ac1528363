"""How full the panels of the coming sessions are, and which seats go against a rule by now."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import SignUp
from youthcourt.courts.queries import policy_on
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.queries import SessionLine, SittingLine, sessions_between
from youthcourt.jury.domain.states import LIVE, SeatRole, SeatState
from youthcourt.jury.models import Seat
from youthcourt.jury.queries import jury_view
from youthcourt.people.calendar import court_day

SOON = timedelta(days=21)


class PanelNeed(StrEnum):
    """What a coming panel lacks, the gravest first."""

    SHORT_OF_QUORUM = "short_of_quorum"
    BELOW_TARGET = "below_target"
    NOT_PUBLISHED = "not_published"


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelState:
    """One room of a coming session that lacks something; seats are jurors, not reserves."""

    session_id: uuid.UUID
    sitting_id: uuid.UUID
    room: str
    held_on: date
    starts_at: time
    seats: int
    published: int
    quorum: int
    target: int
    hearings: int

    @property
    def need(self) -> PanelNeed | None:
        """What it lacks; None when nothing does."""
        if self.seats < self.quorum:
            return PanelNeed.SHORT_OF_QUORUM
        if self.seats < self.target:
            return PanelNeed.BELOW_TARGET
        return PanelNeed.NOT_PUBLISHED if self.published < self.seats else None


def coming_panels(session: Session, *, today: date) -> tuple[PanelState, ...]:
    """Return the rooms with hearings of the next three weeks whose panel lacks something.

    Where jurors walk in there is nobody to draw in advance, and so nothing is missing.
    """
    if policy_on(session, day=today).policy.jury.sign_up is SignUp.WALK_IN:
        return ()
    lines = sessions_between(session, today, today + SOON, CourtSessionKind.HEARING)
    planned = [line for line in lines if line.state is CourtSessionState.PLANNED]
    seats = _seats(session, [line.id for line in planned])
    states = (
        _state(line, sitting, seats.get(sitting.id, (0, 0)))
        for line in planned
        for sitting in line.sittings
        if sitting.first_hearings + sitting.return_hearings
    )
    return tuple(state for state in states if state.need is not None)


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
        if view.in_trouble
    )


def _state(line: SessionLine, sitting: SittingLine, seats: tuple[int, int]) -> PanelState:
    taken, published = seats
    return PanelState(
        session_id=line.id,
        sitting_id=sitting.id,
        room=sitting.room,
        held_on=line.held_on,
        starts_at=line.starts_at,
        seats=taken,
        published=published,
        quorum=sitting.quorum,
        target=sitting.panel_target,
        hearings=sitting.first_hearings + sitting.return_hearings,
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
