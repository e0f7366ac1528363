"""The mappings of a court: those it saved, and those that come with the product."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain.imports import SHIPPED, Mapping, parse_mapping, shipped_mapping
from youthcourt.cases.models import ImportMapping
from youthcourt.errors import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class MappingLine:
    """A mapping as a list shows it; ``shipped`` ones come with the product."""

    name: str
    title: str
    shipped: bool
    id: uuid.UUID | None = None


def mapping_lines(session: Session) -> tuple[MappingLine, ...]:
    """Return the court's own mappings by title, then the shipped ones; none put away."""
    own = [
        MappingLine(name=row.name, title=title_of(row), shipped=False, id=row.id)
        for row in session.scalars(
            _latest().where(ImportMapping.name.not_in(SHIPPED), ImportMapping.put_away_at.is_(None))
        )
    ]
    shipped = [
        MappingLine(name=name, title=shipped_mapping(name).title, shipped=True) for name in SHIPPED
    ]
    return (*sorted(own, key=lambda line: line.title.casefold()), *shipped)


def mapping_named(session: Session, name: str) -> Mapping:
    """Return the newest version of a mapping; code ``mapping_not_found`` (name)."""
    if name in SHIPPED:
        return shipped_mapping(name)
    stored = latest_mapping(session, name)
    if stored is None or stored.put_away_at is not None:
        raise NotFound("mapping_not_found", name=name)
    return parse_mapping(stored.document)


def latest_mapping(session: Session, name: str) -> ImportMapping | None:
    """Return the newest stored version of a mapping, None where there is none."""
    return session.scalar(_latest().where(ImportMapping.name == name))


def own_mapping(session: Session, mapping_id: uuid.UUID) -> ImportMapping:
    """Return the newest version of a mapping the court has saved, or raise ``NotFound``."""
    asked = session.get(ImportMapping, mapping_id)
    stored = None if asked is None else latest_mapping(session, asked.name)
    if stored is None or stored.name in SHIPPED or stored.put_away_at is not None:
        raise NotFound
    return stored


def mapping_put_away(session: Session, title: str) -> Mapping | None:
    """Return the mapping of this title that was put away, None where there is none."""
    rows = session.scalars(_latest().where(ImportMapping.put_away_at.is_not(None)))
    titled = (row for row in rows if title_of(row).casefold() == title.casefold())
    return next((parse_mapping(row.document) for row in titled), None)


def mapping_of(session: Session, mapping_id: uuid.UUID | None) -> Mapping | None:
    """Return the mapping of a stored version, None for none."""
    if mapping_id is None:
        return None
    return parse_mapping(session.get_one(ImportMapping, mapping_id).document)


def title_of(stored: ImportMapping) -> str:
    """Return what a stored mapping is called."""
    return str(stored.document.get("title", stored.name))


def _latest() -> Select[ImportMapping]:
    newest = (
        select(ImportMapping.name, func.max(ImportMapping.number).label("number"))
        .group_by(ImportMapping.name)
        .subquery()
    )
    return select(ImportMapping).join(
        newest,
        (ImportMapping.name == newest.c.name) & (ImportMapping.number == newest.c.number),
    )
