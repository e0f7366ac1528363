"""Rows of the calendar held for writing, and what an act on them is about.

Everybody takes locks in one order: cases by key, then sessions, then sittings, then hearings.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Subject
from youthcourt.cases.models import Case
from youthcourt.cases.services.life import locked_case
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting


def locked_session(session: Session, session_id: uuid.UUID) -> CourtSession:
    """Return a session as it is stored now and hold its row until the transaction ends."""
    return locked_row(session, CourtSession, session_id, key_share=True)


def open_session(
    session: Session, session_id: uuid.UUID, *, version: int | None = None
) -> CourtSession:
    """Return a planned session, held; refuse one that is cancelled, confirmed or saved since.

    ``version`` is the one the caller has seen; None asks for no such check.
    """
    row = locked_session(session, session_id)
    if version is not None and row.version_id != version:
        raise Stale("session_saved_by_another")
    if row.state is not CourtSessionState.PLANNED:
        raise CourtRuleBroken("session_not_open", state=row.state)
    return row


def locked_sittings(
    session: Session, sitting_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Sitting]:
    """Return these sittings as they are stored now, held in the order of their keys."""
    rows = session.scalars(
        select(Sitting)
        .where(Sitting.id.in_(list(sitting_ids)))
        .order_by(Sitting.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


def locked_hearing(session: Session, hearing_id: uuid.UUID) -> Hearing:
    """Return a hearing as it is stored now and hold its row until the transaction ends."""
    return locked_row(session, Hearing, hearing_id, key_share=True)


def locked_rooms(session: Session, room_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Room]:
    """Return these rooms, held, so that nobody plans another session in them meanwhile."""
    rows = session.scalars(
        select(Room)
        .where(Room.id.in_(list(room_ids)))
        .order_by(Room.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in rows}
    if len(found) < len(set(room_ids)):
        raise NotFound
    return found


def case_of_hearing(session: Session, hearing_id: uuid.UUID) -> Case:
    """Return the case of a hearing, held; taken before any row of the calendar."""
    case_id = session.scalar(select(Hearing.case_id).where(Hearing.id == hearing_id))
    if case_id is None:
        raise NotFound
    return locked_case(session, case_id)


def session_subject(session_id: uuid.UUID) -> Subject:
    """Return what an act on a session is about."""
    return Subject(kind="court_session", id=session_id)


def hearing_subject(hearing: Hearing, case: Case) -> Subject:
    """Return what an act on a hearing is about."""
    return Subject(kind="hearing", id=hearing.id, case_id=case.id, person_id=case.person_id)
