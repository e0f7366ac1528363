"""What an import tells people: its reasons in plain words, and the rows it left aside.

Used by the pages and by the command line; needs a language, so it is no service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from flask_babel import gettext as _

from youthcourt.cases.domain import Race
from youthcourt.cases.domain.imports import (
    Field,
    ImportPlan,
    MappingProblem,
    Reason,
    Residence,
)
from youthcourt.cases.services.imports import Wording
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Note, Table
from youthcourt.web.i18n import known_codes, label, label_of, sentence


def reason_text(reason: Reason | CourtRuleBroken) -> str:
    """Return the sentence of a reason; fields and kinds of files are written out."""
    params = written_out(reason.params)
    said = sentence(reason.code, **params)
    # Sentences of other features do not know in which column something stands.
    field = str(params.get("field") or "")
    return said if field in said else f"{field}: {said}"


def written_out(params: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a sentence with the names of fields and of kinds of files in words."""
    written = dict(params)
    if "fields" in written:
        names = written["fields"]
        listed = names if isinstance(names, tuple) else str(names).split(", ")
        written["fields"] = ", ".join(field_text(name) for name in listed)
    if isinstance(written.get("field"), str):
        written["field"] = field_text(str(written["field"]))
    for name in ("later", "earlier"):
        if isinstance(written.get(name), str):
            written[name] = field_text(str(written[name]))
    if isinstance(written.get("labels"), tuple):
        written["labels"] = "; ".join(str(one) for one in written["labels"])  # type: ignore[attr-defined]
    for name in ("named", "found"):
        if name in written:
            written[name] = label_of("FileKind", str(written[name]))
    return written


def field_text(name: str) -> str:
    """Return what a field is called."""
    return label_of("Field", name)


def table_note_text(note: Note) -> str:
    """Return the sentence of a note of the table reader."""
    return sentence(f"table_note_{note.code}", **note.params)


def problem_of(problem: MappingProblem, field: str | None = None) -> CourtRuleBroken:
    """Return a mistake in a mapping as a refusal that a form can show."""
    known = problem.code if problem.code in known_codes() else "mapping_part_not_understood"
    return CourtRuleBroken(known, field, **written_out(problem.params))


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
