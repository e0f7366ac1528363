"""Writing down a try to reach the family."""

from __future__ import annotations

import uuid

from flask import render_template, request
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.forms import ContactForm
from youthcourt.cases.queries import CaseFile
from youthcourt.cases.routes.blueprint import Page, back_to, bp, day_given, opened_file, say_saved
from youthcourt.cases.services import record_contact
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label_of
from youthcourt.web.transactions import database


@bp.route("/<uuid:case_id>/contact", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def try_contact(case_id: uuid.UUID) -> Page:
    """Keep one try: how, whom, when and what came of it."""
    me = signed_in()
    file = opened_file(case_id)
    form = ContactForm()
    form.adult_id.choices = _whom(file)
    if request.method == "GET":
        form.tried_on.data = me.today
        return _page(file, form)
    if form.validate():
        with form.refusals():
            record_contact(
                database(),
                case_id=case_id,
                method=form.method.data,
                outcome=form.outcome.data,
                tried_on=day_given(form.tried_on, today=me.today),
                call_again_on=form.call_again_on.data,
                adult_id=uuid.UUID(form.adult_id.data) if form.adult_id.data else None,
                note=form.note.data or None,
                key=form.key(),
                actor=me.actor,
                now=clock.now(),
            )
            say_saved(case_id, _("The try is written down."), me)
            return back_to(case_id, "contacts")
    return _page(file, form), 422


def _whom(file: CaseFile) -> list[tuple[str, str]]:
    """Return the youth and the adults who may be contacted at all."""
    youth = _("young person or nobody")
    return [
        ("", youth),
        *(
            (str(adult.id), f"{adult.name} ({label_of('Relation', adult.relation)})")
            for adult in file.adults
            if adult.reachable
        ),
    ]


def _page(file: CaseFile, form: ContactForm) -> str:
    return render_template("cases/contact.html", file=file, form=form)
