"""Keeping a draft while somebody types, and the list of one's own drafts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.audit.access import acting
from youthcourt.drafts import services
from youthcourt.drafts.pages import form_url, record_titles
from youthcourt.drafts.queries import DraftLine, draft_lines
from youthcourt.errors import NotFound
from youthcourt.web.access import Permission, current_user, requires
from youthcourt.web.i18n.drafts import age_text
from youthcourt.web.transactions import database

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


@bp.get("/")
@requires(Permission.OWN_ACCOUNT)
def list_drafts() -> str:
    """Show the drafts of whoever is signed in, the oldest first."""
    lines = draft_lines(database(), user_id=_owner(), now=clock.now())
    return render_template(
        "drafts/list.html",
        lines=[(line, age_text(line.age), form_url(line.form, line.record_id)) for line in lines],
        titles=_titles(lines),
    )


def _titles(lines: Sequence[DraftLine]) -> dict[tuple[str, uuid.UUID], str]:
    """Return whose each draft is, asked once for each kind of form."""
    found: dict[tuple[str, uuid.UUID], str] = {}
    for form in {line.form for line in lines}:
        keys = {line.record_id for line in lines if line.form == form}
        found |= {(form, key): title for key, title in record_titles(form, keys).items()}
    return found


@bp.post("/<form>/<uuid:record_id>")
@requires(Permission.OWN_ACCOUNT)
def keep(form: str, record_id: uuid.UUID) -> tuple[str, int]:
    """Keep what was typed so far; only of forms that may wait, and only one's own."""
    _check(form)
    services.keep_draft(
        database(),
        form=form,
        record_id=record_id,
        user_id=_owner(),
        values=request.form.to_dict(flat=False),
        now=clock.now(),
    )
    return "", 204


@bp.post("/<form>/<uuid:record_id>/discard")
@requires(Permission.OWN_ACCOUNT)
def discard(form: str, record_id: uuid.UUID) -> Response:
    """Throw a draft away; its button has asked before."""
    _check(form)
    services.discard_draft(database(), form=form, record_id=record_id, user_id=_owner())
    flash(_("The draft is thrown away."), "success")
    listed = request.form.get("back") == "list"
    page = None if listed else form_url(form, record_id)
    return redirect(page or url_for("drafts.list_drafts"), 303)


def _check(form: str) -> None:
    if form not in services.FORMS:
        raise NotFound


def _owner() -> uuid.UUID:
    """Return whoever is signed in; drafts are kept for staff of a court alone."""
    user, owner = current_user(), acting().user_id
    if user is None or user.court_id is None or owner is None:
        raise NotFound
    return owner


BLUEPRINTS = (bp,)
