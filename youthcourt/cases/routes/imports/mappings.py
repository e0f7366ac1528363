"""A mapping the court has saved: another name, or put away."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.forms.imports import DecisionForm, TitleForm
from youthcourt.cases.queries.imports import own_mapping, title_of
from youthcourt.cases.routes.blueprint import Page, bp
from youthcourt.cases.services.imports import put_mapping_away, rename_mapping
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.get("/imports/mappings/<uuid:mapping_id>")
@requires(Permission.CASES_IMPORT)
def show_mapping(mapping_id: uuid.UUID) -> str:
    """Show what a saved mapping is called, and what putting it away means."""
    stored = own_mapping(database(), mapping_id)
    return _page(mapping_id, TitleForm(formdata=None, data={"title": title_of(stored)}))


@bp.post("/imports/mappings/<uuid:mapping_id>")
@requires(Permission.CASES_IMPORT)
def rename(mapping_id: uuid.UUID) -> Page:
    """Call a saved mapping something else."""
    own_mapping(database(), mapping_id)
    form, me = TitleForm(), signed_in()
    if form.validate():
        with form.refusals():
            rename_mapping(
                database(),
                mapping_id=mapping_id,
                title=str(form.title.data),
                actor=me.actor,
                now=clock.now(),
            )
            flash(_("The mapping has its new name."), "success")
            return _to_list()
    return _page(mapping_id, form), 422


@bp.post("/imports/mappings/<uuid:mapping_id>/put-away")
@requires(Permission.CASES_IMPORT)
def put_away(mapping_id: uuid.UUID) -> Response:
    """Offer a saved mapping no longer."""
    put_mapping_away(database(), mapping_id=mapping_id, actor=signed_in().actor, now=clock.now())
    flash(_("The mapping is put away. Files taken over with it stay as they are."), "success")
    return _to_list()


def _to_list() -> Response:
    return redirect(url_for("cases.list_imports", _anchor="mappings"), 303)


def _page(mapping_id: uuid.UUID, form: TitleForm) -> str:
    return render_template(
        "cases/imports/mapping.html",
        form=form,
        away=DecisionForm(formdata=None),
        mapping_id=mapping_id,
        name=title_of(own_mapping(database(), mapping_id)),
    )
