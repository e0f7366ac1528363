"""Keeping mappings: a change makes a new version, and files taken over keep theirs."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.imports import Mapping, parse_mapping
from youthcourt.cases.models import ImportMapping
from youthcourt.cases.queries.imports import latest_mapping, mapping_lines, own_mapping, title_of
from youthcourt.errors import CourtRuleBroken


def keep_mapping(
    session: Session, *, mapping: Mapping, actor: Actor, now: datetime
) -> ImportMapping:
    """Return the stored version of a mapping, added as the next one where it says something new.

    One that was put away is offered again.
    """
    document = mapping.document()
    stored = latest_mapping(session, mapping.name)
    if stored is not None and stored.document == document:
        stored.put_away_at = None
        session.flush()
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


def rename_mapping(
    session: Session, *, mapping_id: uuid.UUID, title: str, actor: Actor, now: datetime
) -> ImportMapping:
    """Call a mapping something else; its rows stay known, and its runs keep the old title.

    Code ``mapping_name_taken`` at the field ``title``.
    """
    stored = own_mapping(session, mapping_id)
    if title == title_of(stored):
        return stored
    others = (line for line in mapping_lines(session) if line.name != stored.name)
    if title.casefold() in {line.title.casefold() for line in others}:
        raise CourtRuleBroken("mapping_name_taken", "title")
    renamed = parse_mapping(stored.document | {"title": title})
    return keep_mapping(session, mapping=renamed, actor=actor, now=now)


def put_mapping_away(
    session: Session, *, mapping_id: uuid.UUID, actor: Actor, now: datetime
) -> ImportMapping:
    """Offer a mapping no longer; runs made with it stay readable, and its rows stay known."""
    stored = own_mapping(session, mapping_id)
    stored.put_away_at = now
    session.flush()
    record_act(
        session,
        act="import_mapping_put_away",
        subject=Subject(kind="import_mapping", id=stored.id),
        actor=actor,
        now=now,
    )
    return stored


def check_name_is_free(session: Session, *, name: str, title: str) -> None:
    """Refuse what another mapping is called: ``mapping_name_taken`` (at the field ``title``)."""
    taken = mapping_lines(session)
    names = {line.name for line in taken}
    titles = {line.title.casefold() for line in taken}
    if name in names or title.casefold() in titles:
        raise CourtRuleBroken("mapping_name_taken", "title")
