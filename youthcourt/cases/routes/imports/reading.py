"""Saying how a file is read where the program is not sure: where the names stand, and so on."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace

from flask import redirect, render_template, url_for

from youthcourt.cases.domain.imports import Mapping
from youthcourt.cases.forms.imports import ReadingForm
from youthcourt.cases.queries.imports import mapping_of
from youthcourt.cases.routes.blueprint import Page, bp
from youthcourt.cases.routes.imports.pages import (
    at_field,
    back_to_run,
    files_folder,
    opened_run,
    say_refusal,
    stopped_page,
    try_out,
)
from youthcourt.cases.services.imports import Source, check_columns, note_shape, source_of
from youthcourt.cases.telling import reason_text
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Shape, Table, first_rows, sheet_names
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

_SHOWN_CELLS = 8
_SHOWN_LENGTH = 30


@bp.get("/imports/<uuid:run_id>/reading")
@requires(Permission.CASES_IMPORT)
def ask_reading(run_id: uuid.UUID) -> Page:
    """Show the first rows of a file as they stand, and ask how it is read."""
    line = opened_run(run_id)
    if not line.waits:
        return back_to_run(run_id)
    try:
        source = source_of(database(), run_id=run_id, folder=files_folder())
    except CourtRuleBroken as refusal:
        return stopped_page(line, refusal)
    form = ReadingForm(formdata=None, data=_said(source.shape))
    return _page(form, source)


@bp.post("/imports/<uuid:run_id>/reading")
@requires(Permission.CASES_IMPORT)
def set_reading(run_id: uuid.UUID) -> Page:
    """Read the file as a person says, and try it out again where its mapping is chosen."""
    session = database()
    with reading(session):
        source = source_of(session, run_id=run_id, folder=files_folder())
        mapping = mapping_of(session, source.mapping_id)
    form = ReadingForm()
    form.offer(_sheets(source))
    if form.validate():
        with form.refusals():
            shape = form.shape()
            try:
                table = replace(source, shape=shape).table()
            except CourtRuleBroken as refusal:
                raise at_field(refusal, refusal.field or "header_row") from refusal
            check_columns(table)
            return _read_so(run_id, table, mapping, shape)
    return _page(form, source), 422


def _read_so(run_id: uuid.UUID, table: Table, mapping: Mapping | None, shape: Shape) -> Page:
    """Keep how the file is read, and go on to its columns where no mapping fits."""
    if mapping is not None:
        try:
            try_out(run_id, table, mapping, shape=shape)
        except CourtRuleBroken as refusal:
            say_refusal(refusal)
        else:
            return back_to_run(run_id)
    note_shape(database(), run_id=run_id, shape=shape)
    return redirect(url_for("cases.ask_columns", run_id=run_id), 303)


def _page(form: ReadingForm, source: Source) -> str:
    sheets = _sheets(source)
    form.offer(sheets)
    return render_template(
        "cases/imports/reading.html",
        form=form,
        run_id=source.run_id,
        filename=source.filename,
        why=_why(source),
        rows=[[_cut(cell) for cell in row[:_SHOWN_CELLS]] for row in _first_rows(source)],
        workbook=source.filename.endswith(".xlsx"),
    )


def _why(source: Source) -> str | None:
    """Return why the file cannot be read as it is, None where it can."""
    try:
        source.table()
    except CourtRuleBroken as refusal:
        return reason_text(refusal)
    return None


def _first_rows(source: Source) -> tuple[tuple[str, ...], ...]:
    try:
        return first_rows(source.data, filename=source.filename, shape=source.shape)
    except CourtRuleBroken:
        return ()


def _sheets(source: Source) -> tuple[str, ...]:
    if not source.filename.endswith(".xlsx"):
        return ()
    return sheet_names(source.data)


def _said(shape: Shape) -> dict[str, object]:
    """Return the values of the form that a shape stands for."""
    said = asdict(shape)
    said["header_rows"] = None if shape.header_row is None else shape.header_rows
    return said


def _cut(cell: str) -> str:
    plain = " ".join(cell.split())
    return plain if len(plain) <= _SHOWN_LENGTH else f"{plain[: _SHOWN_LENGTH - 1]}…"
