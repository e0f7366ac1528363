"""Notes of the staff in the case file."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.models import CaseNote
from youthcourt.cases.services.life import locked_case, subject_of
from youthcourt.errors import CourtRuleBroken


def add_note(
    session: Session,
    *,
    case_id: uuid.UUID,
    text: str,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> CaseNote:
    """Add a note; notes are never changed, a correction is another note.

    The same ``key`` adds it once.
    """
    case = locked_case(session, case_id)
    known = session.get(CaseNote, key) if key else None
    if known is not None:
        return known
    if not text.strip():
        raise CourtRuleBroken("note_empty", "text")
    note = CaseNote(
        id=key or uuid.uuid4(),
        case_id=case.id,
        text=text.strip(),
        written_at=now,
        written_by=actor.user_id,
    )
    session.add(note)
    session.flush()
    record_act(
        session,
        act="note_added",
        subject=subject_of(case, kind="case_note", key=note.id),
        actor=actor,
        now=now,
    )
    return note
