"""Every reason of the import can be said: planner, table reader, uploads, mappings, runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

import youthcourt
from youthcourt.cases.domain.imports import Field, Merged, Outcome, Reason
from youthcourt.cases.telling import reason_text, table_note_text
from youthcourt.files.tables import Note, NoteCode, SkipReason, Unreadable
from youthcourt.web.i18n import known_codes, known_labels

ROOT = Path(youthcourt.__file__).parent
PLACES = ("cases/domain/imports", "cases/services/imports", "cases/queries/imports", "files/tables")
PARAMS = {
    "fields": ("race", "sex"),
    "field": "race",
    "columns": ("A", "B"),
    "earliest": date(2000, 1, 1),
    "incident_on": date(2026, 1, 2),
    "referred_on": date(2026, 1, 1),
    "birth_date": date(2026, 1, 2),
    "offence_on": date(2026, 1, 1),
    "later": "sentenced_on",
    "earlier": "referred_on",
    "day": date(2026, 1, 1),
    "start": date(2026, 1, 2),
    "labels": ("Essay", "Poster"),
    "named": "csv",
    "found": "program",
}
ANYTHING = (
    "allowed", "age", "cell", "column", "computed", "count", "detail", "encoding",
    "escape", "extension", "first", "last", "length", "limit", "most", "name", "names",
    "oldest", "pattern", "quote", "row", "sheet", "sheets", "size", "stage", "stated", "unit",
    "value", "words", "youngest",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    app = Flask("words")
    Babel(app)
    with app.test_request_context():
        yield


def codes_written() -> set[str]:
    """Return every code that the import names where it refuses, notes or checks something."""
    callers = {"CourtRuleBroken", "NotFound", "Reason", "_error", "_note"}
    found = set()
    for place in PLACES:
        for path in (ROOT / place).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                if node.func.id in callers:
                    first = node.args[1:2] if node.func.id == "_note" else node.args[:1]
                    given = [*first, *(k.value for k in node.keywords if k.arg == "code")]
                    found |= {a.value for a in given if isinstance(a, ast.Constant)}
    return {code for code in found if isinstance(code, str) and code.islower() and "_" in code}


def test_every_code_of_the_import_has_a_sentence() -> None:
    """Those written in its code, and those of its lists."""
    codes = codes_written()
    assert {"row_field_missing", "import_changed", "mapping_without_date"} <= codes
    lists = {*Unreadable, *Merged, *(f"table_row_{reason}" for reason in SkipReason)}
    lists |= {f"table_note_{code}" for code in NoteCode}
    # An empty row needs no reason.
    assert (codes | lists) - known_codes() == {"table_row_blank"}


@pytest.mark.parametrize("code", sorted({*Unreadable, *Merged} | codes_written()))
def test_every_sentence_of_the_import_can_be_said(code: str) -> None:
    """With what comes along, and without a code word in it."""
    said = reason_text(Reason(code=code, params=dict.fromkeys(ANYTHING, "7") | PARAMS))
    assert said.endswith((".", "?"))
    assert "%(" not in said
    assert "_" not in said


@pytest.mark.parametrize("code", sorted(NoteCode))
def test_every_note_on_a_table_can_be_said(code: NoteCode) -> None:
    """With its counts and rows."""
    said = table_note_text(Note(code=code, params=dict.fromkeys(ANYTHING, "7")))
    assert said.endswith(".")
    assert "%(" not in said


def test_every_field_and_outcome_has_its_name() -> None:
    """No page shows a code."""
    labels = known_labels()
    assert set(labels["Field"]) == set(Field)
    assert set(labels["Outcome"]) >= set(Outcome)
    words = [
        str(text) for names in (labels["Field"], labels["FileKind"]) for text in names.values()
    ]
    assert not [text for text in words if "_" in text]


def test_a_reason_of_another_feature_names_its_column() -> None:
    """A name that is too long says of which column."""
    params = {"field": "given_names", "limit": 200, "length": 10_000}
    said = reason_text(Reason(code="name_too_long", params=params))
    assert said == "Given names: This name has 10000 characters. Please use at most 200."
