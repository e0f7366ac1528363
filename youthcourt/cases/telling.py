"""What an import tells people: its reasons in plain words, and the rows it left aside.

Used by the pages and by the command line; needs a language, so it is no service.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from flask_babel import gettext as _

from youthcourt.cases.domain import Race
from youthcourt.cases.domain.imports import Field, ImportPlan, Reason, Residence
from youthcourt.cases.services.imports import Wording
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Note, Table
from youthcourt.web.i18n import known_codes, label, label_of, sentence


def reason_text(reason: Reason | CourtRuleBroken) -> str:
    """Return the sentence of a reason; fields and kinds of files are written out."""
    params = dict(reason.params)
    if "fields" in params:
        names = params["fields"]
        listed = names if isinstance(names, tuple) else str(names).split(", ")
        params["fields"] = ", ".join(field_text(name) for name in listed)
    field = params.get("field")
    if isinstance(field, str):
        params["field"] = field_text(field)
    for name in ("named", "found"):
        if name in params:
            params[name] = label_of("FileKind", str(params[name]))
    said = sentence(reason.code, **params)
    # Sentences of other features do not know in which column something stands.
    prefixed = isinstance(field, str) and str(params["field"]) not in said
    return f"{params['field']}: {said}" if prefixed else said


def field_text(name: str) -> str:
    """Return what a field is called."""
    return label_of("Field", name)


def table_note_text(note: Note) -> str:
    """Return the sentence of a note of the table reader."""
    return sentence(f"table_note_{note.code}", **note.params)


def problem_text(code: str, params: dict[str, object]) -> str:
    """Return the sentence of a mistake in a mapping."""
    known = code if code in known_codes() else "mapping_part_not_understood"
    return reason_text(CourtRuleBroken(known, None, **params))


def wording() -> Wording:
    """Return how the notes of imported cases are worded in the language of this request."""
    return Wording(heading=_heading, meaning=cache(_meaning))


def _heading(title: str, rows: Sequence[int]) -> str:
    numbers = ", ".join(map(str, rows))
    if len(rows) == 1:
        return str(_("%(title)s, row %(rows)s of the file", title=title, rows=numbers))
    return str(_("%(title)s, rows %(rows)s of the file", title=title, rows=numbers))


def _meaning(field: Field, codes: tuple[str, ...]) -> str:
    if field in {Field.RACE, Field.ETHNICITY}:
        return ", ".join(label(Race(code)) for code in codes)
    if field is Field.RESIDENCE:
        return ", ".join(label(Residence(code)) for code in codes)
    return ""


def aside_header(table: Table) -> list[str]:
    """Return the names of the columns of the list of rows that were left aside."""
    return [_("Row"), _("What became of it"), _("Why"), *table.header, _("More cells")]


def aside_rows(table: Table, plan: ImportPlan) -> Iterator[list[object]]:
    """Yield the rows that make no case, each with its reason in words and all of its cells."""
    cells = {row.number: row.cells for row in table.rows}
    cells |= {row.number: row.cells for row in table.skipped}
    width = len(table.header)
    for row in plan.left_aside:
        said = cells.get(row.number, ())
        filled = [*said[:width], *[""] * (width - len(said))]
        why = " ".join(reason_text(reason) for reason in row.reasons)
        yield [row.number, label(row.outcome), why, *filled, " ".join(said[width:]).strip()]
