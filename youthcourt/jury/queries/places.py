"""Who of those in the house may sit in which room, as far as the desk may know."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.jury.domain import PanelFault, ReasonCode, objections
from youthcourt.jury.queries.evening import EveningPerson
from youthcourt.jury.queries.pool import pool_of
from youthcourt.jury.queries.sessions import jury_session
from youthcourt.sentences.domain import AttendanceOutcome

Refusals = dict[tuple[uuid.UUID, uuid.UUID], str]
_AWAY = frozenset({AttendanceOutcome.ABSENT, AttendanceOutcome.EXCUSED})


def told_at_the_desk(codes: Iterable[str]) -> str | None:
    """Return what the desk may know of what stands against a seat, None when nothing does.

    Of a full room and a missing training everything, of a hearing only that it cannot be.
    """
    found = set(codes)
    if not found:
        return None
    if found == {PanelFault.PANEL_FULL}:
        return "room_is_full"
    return "training_first" if ReasonCode.NOT_TRAINED in found else "may_not_sit_here"


def seat_refusals(
    session: Session,
    session_id: uuid.UUID,
    people: Collection[EveningPerson],
    *,
    asked: Collection[uuid.UUID],
    now: datetime,
) -> Refusals:
    """Return (person, sitting) -> code for every room of the session somebody may not sit in.

    The places of who does not come are taken to be free.  A fixed number of statements.
    """
    if not asked:
        return {}
    pool = pool_of(session, jury_session(session, session_id), only=asked, now=now)
    known = {juror.person_id for juror in pool.given.jurors}
    away = {one.person_id for one in people if one.outcome in _AWAY}
    seats = [seat for seat in pool.seats if seat.person_id not in away]
    found: Refusals = {}
    for person_id in known & set(asked):
        for room in pool.given.sittings:
            against = objections(
                pool.given, person_id=person_id, sitting_id=room.id, seats=seats
            ).refused
            code = told_at_the_desk(against)
            if code is not None:
                found[person_id, room.id] = code
    return found
