"""A table as it may be kept: its kind by content, a safe name, a digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.names import safe_name
from youthcourt.files.tables.kinds import TEXT, WORKBOOK, kind_of_table
from youthcourt.files.tables.peeks import MENDABLE
from youthcourt.files.tables.reading import read_table
from youthcourt.files.tables.shapes import Limits, Shape, Table

_CONTENT_TYPES = {
    TEXT: "text/csv",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LIMITS = Limits()
_DETECT = Shape()


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedTable:
    """A table that may be kept; ``table`` is None where a person must say how it is read.

    ``sha256`` is that of the bytes as they came, which are what is kept.
    """

    data: bytes
    safe_name: str
    content_type: str
    sha256: str
    table: Table | None
    refusal: CourtRuleBroken | None


def check_table(
    data: bytes, *, filename: str, limits: Limits = _LIMITS, shape: Shape = _DETECT
) -> CheckedTable:
    """Return the file as it may be kept, or raise CourtRuleBroken (an ``Unreadable``).

    A file whose columns or header are not clear may be kept; one that is something else, is
    damaged, empty or too large may not.
    """
    table, refused = None, None
    try:
        table = read_table(data, filename=filename, limits=limits, shape=shape)
    except CourtRuleBroken as refusal:
        if refusal.code not in MENDABLE:
            raise
        refused = refusal
    kind = kind_of_table(data, filename=filename)
    return CheckedTable(
        data=data,
        safe_name=safe_name(filename, extension=f".{kind}"),
        content_type=_CONTENT_TYPES[kind],
        sha256=hashlib.sha256(data).hexdigest(),
        table=table,
        refusal=refused,
    )
