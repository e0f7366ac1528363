"""The database: base class, column types, court scoping and the rules of each engine."""

from __future__ import annotations

from youthcourt.db.base import (
    Base,
    CourtScoped,
    Id,
    court_reference,
    court_table,
    db,
    one_of,
)
from youthcourt.db.engine import is_busy, prepare_engine, wal_is_safe
from youthcourt.db.pages import ListPage, page_number, page_of
from youthcourt.db.revisions import (
    is_up_to_date,
    known_revisions,
    newest_revision,
    present_revision,
)
from youthcourt.db.rows import locked_row
from youthcourt.db.scope import CourtSession, every_court, reading, set_court
from youthcourt.db.types import (
    EncryptedDate,
    EncryptedText,
    JsonValue,
    UtcDateTime,
    choice,
    decrypted,
    encrypted,
    lookup_key,
    use_keys,
)

__all__ = [
    "Base",
    "CourtScoped",
    "CourtSession",
    "EncryptedDate",
    "EncryptedText",
    "Id",
    "JsonValue",
    "ListPage",
    "UtcDateTime",
    "choice",
    "court_reference",
    "court_table",
    "db",
    "decrypted",
    "encrypted",
    "every_court",
    "is_busy",
    "is_up_to_date",
    "known_revisions",
    "locked_row",
    "lookup_key",
    "newest_revision",
    "one_of",
    "page_number",
    "page_of",
    "prepare_engine",
    "present_revision",
    "reading",
    "set_court",
    "use_keys",
    "wal_is_safe",
]
