"""The evening over several features: which it is, and what is heard in its rooms."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Charge
from youthcourt.hearings.domain import CourtSessionState, HearingState
from youthcourt.hearings.queries import (
    HearingLine,
    SessionLine,
    coming_sessions,
    docket_of,
    dockets_of,
    sessions_between,
)
from youthcourt.jury.domain import ReasonCode
from youthcourt.jury.domain.rules import conflict
from youthcourt.jury.queries.evening import people_of_evening
from youthcourt.jury.queries.pool import pool_of
from youthcourt.jury.queries.sessions import jury_session
from youthcourt.people.models import Adult
from youthcourt.sentences.models import Sentence

LOOK_BACK = timedelta(days=60)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evenings:
    """The sessions somebody at the desk may want: of today, not confirmed yet, the next one."""

    today: tuple[SessionLine, ...]
    unconfirmed: tuple[SessionLine, ...]
    next: SessionLine | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DocketAdult:
    """An adult who may come along."""

    name: str
    relation: str
    may_consent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StepsAside:
    """A juror of the room who may not hear one case, and why; for staff behind the lock."""

    called: str
    reason: ReasonCode


@dataclass(frozen=True, kw_only=True, slots=True)
class DocketLine:
    """One hearing as the room needs it: who, what for, which adults, who leaves the panel."""

    hearing: HearingLine
    charges: tuple[str, ...]
    adults: tuple[DocketAdult, ...]
    aside: tuple[StepsAside, ...]
    sentenced: bool

    @property
    def wants_sentence(self) -> bool:
        """Whether it was heard for the first time and has no sentence yet."""
        return (
            self.hearing.state is HearingState.HEARD and self.hearing.first and not self.sentenced
        )


def evenings_of_today(session: Session, *, today: date) -> Evenings:
    """Return today's sessions, the last ones nobody confirmed, and the next one."""
    lines = sessions_between(session, today - LOOK_BACK, today)
    planned = [line for line in lines if line.state is CourtSessionState.PLANNED]
    coming = coming_sessions(session, today=today + timedelta(days=1), limit=1)
    return Evenings(
        today=tuple(line for line in lines if line.held_on == today),
        unconfirmed=tuple(line for line in reversed(planned) if line.held_on < today),
        next=coming[0] if coming else None,
    )


def docket_lines(
    session: Session, line: SessionLine, sitting_id: uuid.UUID, *, now: datetime
) -> tuple[DocketLine, ...]:
    """Return the docket of a room in the order in which hearings are called.

    A fixed number of statements, however many hearings and jurors there are.
    """
    hearings = docket_of(session, sitting_id)
    charges = _charges(session, [one.case_id for one in hearings])
    adults = _adults(session, [one.person_id for one in hearings])
    aside = _aside(session, line, sitting_id, now) if hearings else {}
    sentenced = _sentenced(session, hearings)
    return tuple(
        DocketLine(
            hearing=one,
            charges=tuple(charges[one.case_id]),
            adults=tuple(adults[one.person_id]),
            aside=aside.get(one.id, ()),
            sentenced=one.id in sentenced,
        )
        for one in hearings
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomLeft:
    """What a room still has to do before the evening ends; counts tell nobody's name."""

    sitting_id: uuid.UUID
    room: str
    undecided: int
    unsentenced: int


def rooms_left(session: Session, line: SessionLine) -> tuple[RoomLeft, ...]:
    """Return the rooms with hearings that have no outcome or no sentence yet, in two queries."""
    dockets = dockets_of(session, line.id)
    sentenced = _sentenced(session, [one for found in dockets.values() for one in found])
    rooms = (
        RoomLeft(
            sitting_id=room.id,
            room=room.room,
            undecided=sum(one.state is HearingState.DOCKETED for one in dockets.get(room.id, ())),
            unsentenced=sum(
                one.state is HearingState.HEARD and one.first and one.id not in sentenced
                for one in dockets.get(room.id, ())
            ),
        )
        for room in line.sittings
    )
    return tuple(room for room in rooms if room.undecided or room.unsentenced)


def _sentenced(session: Session, hearings: Sequence[HearingLine]) -> set[uuid.UUID]:
    keys = [one.id for one in hearings]
    query = select(Sentence.hearing_id).where(
        Sentence.hearing_id.in_(keys), Sentence.withdrawn_at.is_(None)
    )
    return set(session.scalars(query))


def _aside(
    session: Session, line: SessionLine, sitting_id: uuid.UUID, now: datetime
) -> dict[uuid.UUID, tuple[StepsAside, ...]]:
    """Return hearing -> the jurors of the room who may not hear it."""
    panel = {
        one.person_id: one
        for one in people_of_evening(session, line.id)
        if one.seated and one.sitting_id == sitting_id
    }
    pool = pool_of(session, jury_session(session, line.id), only=panel, now=now)
    room = next((room for room in pool.given.sittings if room.id == sitting_id), None)
    if room is None:
        return {}
    jurors = [juror for juror in pool.given.jurors if juror.person_id in panel]
    found: defaultdict[uuid.UUID, list[StepsAside]] = defaultdict(list)
    for hearing in room.hearings:
        for juror in jurors:
            own = juror.person_id == hearing.respondent_id
            why = ReasonCode.OWN_HEARING if own else conflict(juror, hearing, pool.given.rules)
            if why is not None:
                called = panel[juror.person_id].called
                found[hearing.hearing_id].append(StepsAside(called=called, reason=why))
    return {key: tuple(lines) for key, lines in found.items()}


def _charges(
    session: Session, case_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, list[str]]:
    rows = session.execute(
        select(Charge.case_id, Charge.text)
        .where(Charge.case_id.in_(case_ids))
        .order_by(Charge.position)
    )
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for case_id, text in rows:
        found[case_id].append(text)
    return found


def _adults(
    session: Session, person_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, list[DocketAdult]]:
    """Return the adults who may come along; whoever is kept out is left out."""
    rows = session.execute(
        select(Adult.person_id, Adult.name, Adult.relation, Adult.may_consent)
        .where(
            Adult.person_id.in_(person_ids),
            Adult.ended_on.is_(None),
            Adult.never_disclose.is_(False),
        )
        .order_by(Adult.may_consent.desc(), Adult.name)
    )
    found: defaultdict[uuid.UUID, list[DocketAdult]] = defaultdict(list)
    for person_id, name, relation, may_consent in rows:
        adult = DocketAdult(name=name, relation=relation, may_consent=may_consent)
        found[person_id].append(adult)
    return found
