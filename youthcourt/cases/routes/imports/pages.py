"""What every page of the import does first: a run found, its file opened, its columns sampled."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.domain.imports import Mapping
from youthcourt.cases.forms.imports import DecisionForm
from youthcourt.cases.queries.imports import RunLine, mapping_lines, run_line
from youthcourt.cases.services.imports import Prospect, look_ahead, note_trial
from youthcourt.cases.telling import reason_text, written_out
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Shape, Table
from youthcourt.web.transactions import database

Choices = dict[str, list[tuple[str, str]]] | list[tuple[str, str]]
_SAMPLES = 3
_SAMPLE_LENGTH = 24


def files_folder() -> Path:
    """Return the folder in which this installation keeps files."""
    folder: Path = current_app.extensions["youthcourt.config"].files_dir
    return folder


def opened_run(run_id: uuid.UUID, *, part: str = "") -> RunLine:
    """Return a run and note that its file was looked at; a stranger's run is not found."""
    line = run_line(database(), run_id)
    note_read(subject=Subject(kind="import_run", id=line.id), filter_used=part)
    return line


def mapping_choices(blank: str) -> Choices:
    """Return the mappings to choose from: the court's own, then those of the product."""
    lines = mapping_lines(database())
    groups: dict[str, list[tuple[str, str]]] = {"": [("", blank)]}
    own = [(line.name, line.title) for line in lines if not line.shipped]
    if own:
        groups[_("Saved by this court")] = own
    groups[_("Come with the product")] = [(x.name, x.title) for x in lines if x.shipped]
    return groups


def try_out(
    run_id: uuid.UUID, table: Table, mapping: Mapping, *, shape: Shape | None = None
) -> Prospect:
    """Look ahead with a mapping and write down what was counted; the lock is held for that only."""
    session, me = database(), signed_in()
    with reading(session):
        prospect = look_ahead(session, table, mapping, today=me.today)
    note_trial(
        session,
        run_id=run_id,
        mapping=mapping,
        plan=prospect.plan,
        shape=shape,
        actor=me.actor,
        now=clock.now(),
    )
    return prospect


def stopped_page(line: RunLine, refusal: CourtRuleBroken | None = None) -> str:
    """Return the page of a run that cannot go on by itself, and why."""
    return render_template(
        "cases/imports/stopped.html",
        run=line,
        why=reason_text(refusal) if refusal is not None else None,
        form=DecisionForm(formdata=None),
    )


def back_to_run(run_id: uuid.UUID) -> Response:
    """Return the way back to the page of a run."""
    return redirect(url_for("cases.show_import", run_id=run_id), 303)


def say_refusal(refusal: CourtRuleBroken) -> None:
    """Undo what was written and show the sentence of a refusal on the next page."""
    database().rollback()
    flash(reason_text(refusal), "warning")


def at_field(refusal: CourtRuleBroken, field: str) -> CourtRuleBroken:
    """Return the same refusal at a field of a form, with kinds of files written out."""
    return CourtRuleBroken(refusal.code, field, **written_out(refusal.params))


def samples_of(table: Table) -> dict[str, str]:
    """Return a few different cells of each column, to know it by."""
    return {
        name.strip(): ", ".join(_cut(cell) for cell in _seen(table, place, _SAMPLES))
        for place, name in enumerate(table.header)
    }


def words_of_column(table: Table, name: str, most: int) -> tuple[str, ...]:
    """Return the different cells of a column, those that occur most often first."""
    folded = [" ".join(column.split()).casefold() for column in table.header]
    wanted = " ".join(name.split()).casefold()
    if wanted not in folded:
        return ()
    return tuple(_seen(table, folded.index(wanted), most))


def _seen(table: Table, place: int, most: int) -> Sequence[str]:
    counted = Counter(cell for row in table.rows if (cell := row.cells[place].strip()))
    return [cell for cell, _count in counted.most_common(most)]


def _cut(cell: str) -> str:
    plain = " ".join(cell.split())
    return plain if len(plain) <= _SAMPLE_LENGTH else f"{plain[: _SAMPLE_LENGTH - 1]}…"
