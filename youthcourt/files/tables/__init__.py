"""The reader of tables (CSV and XLSX) shared by every import."""

from youthcourt.files.tables.dialects import DELIMITERS, QUOTES
from youthcourt.files.tables.encodings import ENCODINGS
from youthcourt.files.tables.reading import read_table
from youthcourt.files.tables.shapes import (
    Blanked,
    Limits,
    Note,
    NoteCode,
    Row,
    Shape,
    Skipped,
    SkipReason,
    Table,
    Unreadable,
)

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "QUOTES",
    "Blanked",
    "Limits",
    "Note",
    "NoteCode",
    "Row",
    "Shape",
    "SkipReason",
    "Skipped",
    "Table",
    "Unreadable",
    "read_table",
]
