"""Keeping mappings: a change makes a new version, and files taken over keep theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.imports import Mapping
from youthcourt.cases.models import ImportMapping
from youthcourt.cases.queries.imports import latest_mapping, mapping_lines
from youthcourt.errors import CourtRuleBroken


def keep_mapping(
    session: Session, *, mapping: Mapping, actor: Actor, now: datetime
) -> ImportMapping:
    """Return the stored version of a mapping, added as the next one where it says something new."""
    document = mapping.document()
    stored = latest_mapping(session, mapping.name)
    if stored is not None and stored.document == document:
        return stored
    added = ImportMapping(
        name=mapping.name,
        number=1 if stored is None else stored.number + 1,
        document=document,
        created_at=now,
        created_by=actor.user_id,
    )
    session.add(added)
    session.flush()
    record_act(
        session,
        act="import_mapping_saved",
        subject=Subject(kind="import_mapping", id=added.id),
        actor=actor,
        now=now,
        number=added.number,
    )
    return added


def check_name_is_free(session: Session, *, name: str, title: str) -> None:
    """Refuse what another mapping is called: ``mapping_name_taken`` (at the field ``title``)."""
    taken = mapping_lines(session)
    names = {line.name for line in taken}
    titles = {line.title.casefold() for line in taken}
    if name in names or title.casefold() in titles:
        raise CourtRuleBroken("mapping_name_taken", "title")
