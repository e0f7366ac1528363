"""The reader of tables (CSV and XLSX) shared by every import."""

from youthcourt.files.tables.dialects import DELIMITERS, QUOTES
from youthcourt.files.tables.encodings import ENCODINGS
from youthcourt.files.tables.peeks import MENDABLE, first_rows
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
from youthcourt.files.tables.uploads import CheckedTable, check_table
from youthcourt.files.tables.workbooks import sheet_names

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "MENDABLE",
    "QUOTES",
    "Blanked",
    "CheckedTable",
    "Limits",
    "Note",
    "NoteCode",
    "Row",
    "Shape",
    "SkipReason",
    "Skipped",
    "Table",
    "Unreadable",
    "check_table",
    "first_rows",
    "read_table",
    "sheet_names",
]
