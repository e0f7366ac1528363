"""Handing out stored files as attachments, and removing them on purpose."""

from __future__ import annotations

import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.audit.access import acting
from youthcourt.audit.reads import record_read
from youthcourt.errors import NotFound
from youthcourt.files import services
from youthcourt.files.forms import RemovalForm
from youthcourt.files.models import StoredFile
from youthcourt.files.removal import RemovalReason
from youthcourt.web.access import Permission, requires
from youthcourt.web.security_headers import FILE_POLICY
from youthcourt.web.transactions import after_request_do, database

bp = Blueprint("files", __name__, url_prefix="/files")


@bp.get("/<uuid:file_id>")
@requires(Permission.CASES_READ)
def download(file_id: uuid.UUID) -> Response:
    """Hand out a file to be saved, never to be shown inside a page; the reading is noted."""
    stored, data = services.read_file(database(), file_id=file_id, folder=_folder())
    subject, actor, now = services.subject_of(stored), acting(), clock.now()
    after_request_do(
        lambda session: record_read(session, subject=subject, filter_used="", actor=actor, now=now)
    )
    response = send_file(
        BytesIO(data),
        mimetype=stored.content_type,
        as_attachment=True,
        download_name=stored.filename,
        conditional=False,
        etag=False,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@bp.get("/<uuid:file_id>/remove")
@requires(Permission.CASES_WRITE)
def ask_removal(file_id: uuid.UUID) -> str:
    """Ask why a file is to be removed."""
    return _removal_page(RemovalForm(formdata=None), _stored(file_id))


@bp.post("/<uuid:file_id>/remove")
@requires(Permission.CASES_WRITE)
def remove(file_id: uuid.UUID) -> Response | tuple[str, int]:
    """Remove a file for good."""
    stored = _stored(file_id)
    form = RemovalForm()
    if not form.validate():
        return _removal_page(form, stored), 422
    services.remove_file(
        database(),
        file_id=file_id,
        folder=_folder(),
        reason=RemovalReason(form.reason.data),
        actor=acting(),
        now=clock.now(),
    )
    flash(_("The file is removed."), "success")
    return redirect(_back_url(stored), 303)


def _stored(file_id: uuid.UUID) -> StoredFile:
    stored = database().get(StoredFile, file_id)
    if stored is None or stored.removed_at is not None:
        raise NotFound
    return stored


def _removal_page(form: RemovalForm, stored: StoredFile) -> str:
    return render_template(
        "files/remove.html", form=form, stored=stored, back_url=_back_url(stored)
    )


def _back_url(stored: StoredFile) -> str:
    """Return the page of the record the file belongs to, where the application has one."""
    pages = {
        "case": ("cases.show_case", "case_id"),
        "person": ("people.show_person", "person_id"),
        "service": ("sentences.show_service", "service_id"),
        "import_run": ("cases.show_import", "run_id"),
    }
    page, key = pages.get(stored.subject, ("", ""))
    if page in current_app.view_functions:
        values: dict[str, Any] = {key: stored.subject_id}
        return url_for(page, **values)
    return url_for("accounts.show_account")


def _folder() -> Path:
    folder: Path = current_app.extensions["youthcourt.config"].files_dir
    return folder


BLUEPRINTS = (bp,)
