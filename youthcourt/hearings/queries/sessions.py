"""Reading the calendar: sessions with their rooms and how full they are."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from youthcourt.courts.domain import SittingModel
from youthcourt.courts.models import Court
from youthcourt.db import ListPage, page_number
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
    PlannedSpan,
    planned_span,
)
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting

PAGE = 25
HELD = (HearingState.HEARD, HearingState.CONTINUED, HearingState.NO_SHOW)
UNDECIDED = (HearingState.DOCKETED,)


@dataclass(frozen=True, kw_only=True, slots=True)
class SittingLine:
    """One room of a session with its panel's numbers and how many hearings are in it.

    ``first_hearings`` and ``return_hearings`` count those on the docket and those that were
    decided there; ``undecided`` those whose outcome is still to come.
    """

    id: uuid.UUID
    session_id: uuid.UUID
    room_id: uuid.UUID
    room: str
    address: str | None
    directions: str | None
    model: SittingModel
    presiding: str | None
    quorum: int
    panel_target: int
    panel_max: int
    max_first_hearings: int
    max_return_hearings: int
    removed_at: datetime | None
    first_hearings: int
    return_hearings: int
    undecided: int

    @property
    def first_places_left(self) -> int:
        """Return how many more first hearings have room."""
        return max(self.max_first_hearings - self.first_hearings, 0)

    @property
    def return_places_left(self) -> int:
        """Return how many more return or review hearings have room."""
        return max(self.max_return_hearings - self.return_hearings, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLine:
    """One session with its rooms; planned times are wall times in ``zone``."""

    id: uuid.UUID
    kind: CourtSessionKind
    state: CourtSessionState
    held_on: date
    starts_at: time
    ends_at: time
    zone: str
    cancel_reason: str | None
    series_id: uuid.UUID | None
    confirmed_at: datetime | None
    version: int
    sittings: tuple[SittingLine, ...]

    @property
    def span(self) -> PlannedSpan:
        """Return from when to when it is planned, in UTC."""
        return planned_span(self.held_on, self.starts_at, self.ends_at, self.zone)

    @property
    def over_midnight(self) -> bool:
        """Whether it ends on the day after it began."""
        return self.ends_at <= self.starts_at

    @property
    def hearings(self) -> int:
        """Return how many hearings are or were in it."""
        return self.first_hearings + self.return_hearings

    @property
    def first_hearings(self) -> int:
        """Return how many first hearings are or were in it."""
        return sum(sitting.first_hearings for sitting in self.sittings)

    @property
    def return_hearings(self) -> int:
        """Return how many return or review hearings are or were in it."""
        return sum(sitting.return_hearings for sitting in self.sittings)

    @property
    def first_places(self) -> int:
        """Return how many first hearings all rooms together have room for."""
        return sum(sitting.max_first_hearings for sitting in self.sittings)

    @property
    def undecided(self) -> int:
        """Return how many hearings still wait for their outcome."""
        return sum(sitting.undecided for sitting in self.sittings)


def court_zone(session: Session) -> str:
    """Return the IANA zone of the session's court."""
    zone = session.scalar(select(Court.time_zone).where(Court.id == session.info["court_id"]))
    if zone is None:
        raise RuntimeError("the session belongs to no court")
    return zone


def session_line(session: Session, session_id: uuid.UUID) -> SessionLine:
    """Return one session, or raise ``NotFound``."""
    line = session_lines(session, (session_id,)).get(session_id)
    if line is None:
        raise NotFound
    return line


def session_lines(
    session: Session, session_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, SessionLine]:
    """Return these sessions by key, those of another court left out."""
    lines = _lines(session, [CourtSession.id.in_(list(session_ids))]) if session_ids else ()
    return {line.id: line for line in lines}


def sessions_between(
    session: Session,
    first: date,
    last: date,
    kind: CourtSessionKind | None = None,
    *,
    cancelled: bool = False,
) -> tuple[SessionLine, ...]:
    """Return the sessions that begin on these days, both included, the earliest first."""
    where: list[ColumnElement[bool]] = [CourtSession.held_on.between(first, last)]
    if kind is not None:
        where.append(CourtSession.kind == kind)
    if not cancelled:
        where.append(CourtSession.state != CourtSessionState.CANCELLED)
    return _lines(session, where)


def sessions_on(session: Session, days: Collection[date]) -> tuple[SessionLine, ...]:
    """Return the planned sessions that begin on one of these days, the earliest first."""
    if not days:
        return ()
    where = [
        CourtSession.held_on.in_(list(days)),
        CourtSession.state == CourtSessionState.PLANNED,
    ]
    return _lines(session, where)


def coming_sessions(
    session: Session, *, today: date, limit: int | None = None
) -> tuple[SessionLine, ...]:
    """Return every session from today on that is not cancelled, the earliest first."""
    where = [CourtSession.held_on >= today, CourtSession.state != CourtSessionState.CANCELLED]
    return _lines(session, where, limit=limit)


def past_sessions(session: Session, *, today: date, page: int = 1) -> ListPage[SessionLine]:
    """Return one page of what is over or was cancelled, the latest first."""
    where: list[ColumnElement[bool]] = [
        (CourtSession.held_on < today) | (CourtSession.state == CourtSessionState.CANCELLED)
    ]
    total = session.scalar(select(func.count()).select_from(CourtSession).where(*where)) or 0
    number = page_number(page, total=total, size=PAGE)
    lines = _lines(session, where, latest_first=True, limit=PAGE, offset=(number - 1) * PAGE)
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


def has_sessions(session: Session) -> bool:
    """Return whether the court has ever planned a session."""
    return session.scalar(select(CourtSession.id).limit(1)) is not None


def sitting_lines(session: Session, session_id: uuid.UUID) -> tuple[SittingLine, ...]:
    """Return the rooms of one session by name; a room taken out again is left out."""
    where = [Sitting.session_id == session_id, Sitting.removed_at.is_(None)]
    return _sittings(session, where)


def sitting_by_id(session: Session, sitting_id: uuid.UUID) -> SittingLine:
    """Return one sitting, also one that was taken out again, or raise ``NotFound``."""
    line = next(iter(_sittings(session, [Sitting.id == sitting_id])), None)
    if line is None:
        raise NotFound
    return line


def _lines(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    *,
    latest_first: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[SessionLine, ...]:
    order = (CourtSession.held_on, CourtSession.starts_at, CourtSession.id)
    query = (
        select(CourtSession)
        .where(*where)
        .order_by(*((column.desc() for column in order) if latest_first else order))
        .limit(limit)
        .offset(offset or None)
    )
    rows = session.scalars(query).all()
    if not rows:
        return ()
    zone = court_zone(session)
    rooms = _by_session(session, [row.id for row in rows])
    return tuple(_line(row, zone, rooms.get(row.id, ())) for row in rows)


def _line(row: CourtSession, zone: str, sittings: Iterable[SittingLine]) -> SessionLine:
    return SessionLine(
        id=row.id,
        kind=row.kind,
        state=row.state,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=zone,
        cancel_reason=row.cancel_reason,
        series_id=row.series_id,
        confirmed_at=row.confirmed_at,
        version=row.version_id,
        sittings=tuple(sittings),
    )


def _by_session(
    session: Session, session_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[SittingLine]]:
    found: dict[uuid.UUID, list[SittingLine]] = {}
    where = [Sitting.session_id.in_(session_ids), Sitting.removed_at.is_(None)]
    for line in _sittings(session, where):
        found.setdefault(line.session_id, []).append(line)
    return found


def _sittings(session: Session, where: Sequence[ColumnElement[bool]]) -> tuple[SittingLine, ...]:
    rows = session.execute(
        select(Sitting, Room)
        .join(Room, Room.id == Sitting.room_id)
        .where(*where)
        .order_by(Room.name)
    ).all()
    counts = _counts(session, [row.Sitting.id for row in rows])
    return tuple(_sitting(row.Sitting, row.Room, counts.get(row.Sitting.id, _NONE)) for row in rows)


_NONE = (0, 0, 0)


def _counts(
    session: Session, sitting_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Return first hearings, other hearings and undecided ones by sitting."""
    if not sitting_ids:
        return {}
    first = func.sum(sql_case((Hearing.kind == HearingKind.FIRST, 1), else_=0))
    open_ = func.sum(sql_case((Hearing.state.in_(UNDECIDED), 1), else_=0))
    rows = session.execute(
        select(
            Hearing.sitting_id, first.label("first"), func.count().label("all"), open_.label("open")
        )
        .where(Hearing.sitting_id.in_(sitting_ids), Hearing.state.in_((*UNDECIDED, *HELD)))
        .group_by(Hearing.sitting_id)
    )
    return {
        row.sitting_id: (int(row.first), row.all - int(row.first), int(row.open)) for row in rows
    }


def _sitting(row: Sitting, room: Room, counts: tuple[int, int, int]) -> SittingLine:
    first, others, undecided = counts
    return SittingLine(
        id=row.id,
        session_id=row.session_id,
        room_id=row.room_id,
        room=room.name,
        address=room.address,
        directions=room.directions,
        model=row.model,
        presiding=row.presiding,
        quorum=row.quorum,
        panel_target=row.panel_target,
        panel_max=row.panel_max,
        max_first_hearings=row.max_first_hearings,
        max_return_hearings=row.max_return_hearings,
        removed_at=row.removed_at,
        first_hearings=first,
        return_hearings=others,
        undecided=undecided,
    )
