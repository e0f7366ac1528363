"""Notes of the staff."""

from __future__ import annotations

import uuid

from flask import flash
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.forms import FilesForm, NoteForm
from youthcourt.cases.routes.blueprint import Page, back_to, bp
from youthcourt.cases.routes.case import case_page
from youthcourt.cases.services import add_note
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.post("/<uuid:case_id>/notes")
@requires(Permission.CASES_WRITE)
def write_note(case_id: uuid.UUID) -> Page:
    """Add a note to the case."""
    form = NoteForm()
    if form.validate():
        with form.refusals():
            add_note(
                database(),
                case_id=case_id,
                text=str(form.text.data),
                key=form.key(),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The note is saved."), "success")
            return back_to(case_id, "notes")
    return case_page(case_id, form, FilesForm(formdata=None)), 422
