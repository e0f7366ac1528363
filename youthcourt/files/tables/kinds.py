"""What a file brought as a table really is, by its first bytes, against what its name says."""

from __future__ import annotations

from pathlib import PurePosixPath

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.shapes import Unreadable

TEXT = "csv"
WORKBOOK = "xlsx"

_KIND_OF_EXTENSION = {
    ".csv": TEXT,
    ".tsv": TEXT,
    ".tab": TEXT,
    ".txt": TEXT,
    ".xlsx": WORKBOOK,
}

# First bytes of files that people do rename to .csv or .xlsx, or that others do on purpose.
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3\x00", "database"),
    (b"{\\rtf", "rtf"),
)
_MARKUP = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
)
_LOOK_AHEAD = 512
# "MZ" may begin an honest text (a column called MZ); a program has this in its first bytes too.
_NUL = b"\x00"


def kind_of_content(data: bytes) -> str:
    """Return what the first bytes say: "zip", "pdf", ..., or "text" where they say nothing."""
    head = data[:_LOOK_AHEAD]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and (signature != b"MZ" or _NUL in head):
            return kind
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, kind in _MARKUP:
        if bare.startswith(beginning):
            return kind
    return "text"


def kind_of_table(data: bytes, *, filename: str) -> str:
    """Return ``TEXT`` or ``WORKBOOK``, which the name says and the content bears out.

    Raises CourtRuleBroken when the name is of no kind that is read (``KIND_UNKNOWN``) or the
    content is something else (``NOT_WHAT_NAME_SAYS``, with ``named`` and ``found``).
    """
    extension = PurePosixPath(filename.strip().replace("\\", "/")).suffix.lower()
    named = _KIND_OF_EXTENSION.get(extension)
    if named is None:
        raise CourtRuleBroken(Unreadable.KIND_UNKNOWN, extension=extension[:20])
    found = kind_of_content(data)
    if found != ("zip" if named == WORKBOOK else "text"):
        raise CourtRuleBroken(Unreadable.NOT_WHAT_NAME_SAYS, named=named, found=found)
    return named
