"""What a court keeps: how many of each kind of record, and since when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.db import Base
from youthcourt.upkeep.domain.keeping import KeptKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How many records of a kind there are, and the day of the oldest."""

    kind: KeptKind
    count: int
    oldest: date | None


# kind -> table, and the column of the day it began
_WHERE: dict[KeptKind, tuple[str, str]] = {
    KeptKind.CASES: ("cases", "referred_on"),
    KeptKind.PEOPLE: ("persons", "created_at"),
    KeptKind.ADULTS: ("adults", "created_at"),
    KeptKind.CONSENTS: ("consents", "signed_on"),
    KeptKind.ADULT_HOURS: ("adult_hours", "given_on"),
    KeptKind.FILES: ("stored_files", "uploaded_at"),
    KeptKind.NOTES: ("case_notes", "written_at"),
    KeptKind.HEARINGS: ("hearings", "decided_at"),
    KeptKind.SENTENCES: ("sentences", "sentenced_on"),
    KeptKind.SERVICE: ("service_records", "served_on"),
    KeptKind.CREDITS: ("credit_transfers", "happened_on"),
    KeptKind.CHECKS: ("record_checks", "searched_on"),
    KeptKind.OFFENCES: ("later_offences", "event_on"),
    KeptKind.MESSAGES: ("notices", "created_at"),
    KeptKind.DRAFTS: ("drafts", "started_at"),
    KeptKind.JOURNAL: ("audit_entries", "at"),
    KeptKind.CHANGES: ("field_changes", "at"),
}


def kept_records(session: Session, *, court_id: uuid.UUID) -> tuple[Kept, ...]:
    """Return the kinds of records of a court in the order of the page."""
    return tuple(_kept(session, kind, court_id) for kind in _WHERE)


def _kept(session: Session, kind: KeptKind, court_id: uuid.UUID) -> Kept:
    name, column = _WHERE[kind]
    # Whole tables by name: the ledger's model belongs to the ledger alone.  So the court is asked
    # for here and not by the session.
    table = Base.metadata.tables[name]
    query = select(func.count(), func.min(table.c[column])).where(table.c.court_id == court_id)
    if "removed_at" in table.c:
        query = query.where(table.c.removed_at.is_(None))
    count, oldest = session.execute(query).one()
    return Kept(
        kind=kind,
        count=count,
        oldest=oldest.date() if isinstance(oldest, datetime) else oldest,
    )
