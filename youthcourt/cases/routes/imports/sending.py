"""The list of imports, and sending a file in."""

from __future__ import annotations

import uuid

from flask import Response as FlaskResponse
from flask import flash, render_template
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.domain.imports import shipped_mapping
from youthcourt.cases.forms.imports import UploadForm
from youthcourt.cases.queries.imports import mapping_lines, mapping_named, runs_page
from youthcourt.cases.routes.blueprint import Page, bp
from youthcourt.cases.routes.imports.pages import (
    at_field,
    back_to_run,
    files_folder,
    mapping_choices,
)
from youthcourt.cases.services.imports import (
    Prospect,
    check_columns,
    look_ahead,
    note_trial,
    start_run,
)
from youthcourt.cases.telling import reason_text
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.sheets import csv_bytes
from youthcourt.files.tables import CheckedTable, check_table
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database


@bp.get("/imports")
@requires(Permission.CASES_IMPORT)
def list_imports() -> Page:
    """Show the files that wait for a decision, and what became of the others."""
    page = runs_page(database(), page=page_wanted())
    note_read(subject=Subject(kind="import_list"))
    return render_template(
        "cases/imports/list.html",
        page=page,
        pager=pager_of(page, "cases.list_imports"),
        mappings=[line for line in mapping_lines(database()) if not line.shipped],
    )


@bp.get("/imports/new")
@requires(Permission.CASES_IMPORT)
def new_import() -> Page:
    """Ask for a file."""
    form = UploadForm(formdata=None)
    _offer(form)
    return render_template("cases/imports/new.html", form=form)


@bp.post("/imports/new")
@requires(Permission.CASES_IMPORT)
def send_import() -> Page:
    """Check and keep a file, and try it out where its mapping is known."""
    form = UploadForm()
    with reading(database()):
        _offer(form)
    if form.validate():
        with form.refusals():
            run_id = _begin(_checked(form), str(form.mapping.data or ""))
            return back_to_run(run_id)
    with reading(database()):
        _offer(form)
    return render_template("cases/imports/new.html", form=form), 422


@bp.get("/imports/open-cases.csv")
@requires(Permission.CASES_IMPORT)
def open_cases_sheet() -> Page:
    """Hand out the empty sheet for cases that are open already."""
    header = list(shipped_mapping("open-cases").columns.values())
    response = FlaskResponse(csv_bytes([], header), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="open-cases.csv")
    return response


def _offer(form: UploadForm) -> None:
    form.mapping.choices = mapping_choices(_("A new kind: I choose the columns myself"))


def _checked(form: UploadForm) -> CheckedTable:
    """Return the file as it may be kept, or refuse it at its field; no lock is held meanwhile."""
    try:
        upload = check_table(form.file.data.read(), filename=str(form.file.data.filename))
        if upload.table is not None:
            check_columns(upload.table)
    except CourtRuleBroken as refusal:
        raise at_field(refusal, "file") from refusal
    return upload


def _begin(upload: CheckedTable, name: str) -> uuid.UUID:
    session, me, now = database(), signed_in(), clock.now()
    prospect = _look_ahead(upload, name) if name else None
    run = start_run(session, upload=upload, folder=files_folder(), actor=me.actor, now=now)
    if prospect is not None:
        note_trial(
            session,
            run_id=run.id,
            mapping=prospect.mapping,
            plan=prospect.plan,
            actor=me.actor,
            now=now,
        )
    return run.id


def _look_ahead(upload: CheckedTable, name: str) -> Prospect | None:
    """Return what the file would do under a mapping; say why where the mapping does not fit."""
    session = database()
    with reading(session):
        mapping = mapping_named(session, name)
        if upload.table is None:
            return None
        try:
            return look_ahead(session, upload.table, mapping, today=signed_in().today)
        except CourtRuleBroken as refusal:
            flash(reason_text(refusal), "warning")
            return None
