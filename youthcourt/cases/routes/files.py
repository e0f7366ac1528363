"""The files of a case: checked when they come, served as attachments, removed on purpose."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from flask import current_app, flash, send_file
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Actor
from youthcourt.cases.forms import FilesForm, NoteForm
from youthcourt.cases.models import Case
from youthcourt.cases.queries import case_by_id
from youthcourt.cases.routes.blueprint import Page, back_to, bp, note_case_read
from youthcourt.cases.routes.case import case_page
from youthcourt.cases.services import subject_of
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.domain import CheckedUpload, check_upload
from youthcourt.files.models import StoredFile
from youthcourt.files.services import keep_file, read_file, remove_file
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


def files_folder() -> Path:
    """Return the folder in which this installation keeps files."""
    folder: Path = current_app.extensions["youthcourt.config"].files_dir
    return folder


def checked_uploads(given: Sequence[FileStorage] | None) -> tuple[CheckedUpload, ...]:
    """Return the files that were sent, checked, or refuse at the field ``files``.

    To be called before the first statement, so that no lock is held meanwhile.
    """
    checked = []
    for item in given or ():
        if not isinstance(item, FileStorage) or not item.filename:
            continue
        try:
            checked.append(check_upload(item.read(), filename=item.filename))
        except CourtRuleBroken as refusal:
            raise CourtRuleBroken(str(refusal.code), "files", **refusal.params) from refusal
    return tuple(checked)


def keep_uploads(
    session: Session, case: Case, uploads: Sequence[CheckedUpload], actor: Actor
) -> None:
    """Keep checked files with a case."""
    for upload in uploads:
        keep_file(
            session,
            data=upload.data,
            filename=upload.safe_name,
            content_type=upload.content_type,
            sha256=upload.sha256,
            subject=subject_of(case),
            folder=files_folder(),
            actor=actor,
            now=clock.now(),
        )


@bp.post("/<uuid:case_id>/files")
@requires(Permission.CASES_WRITE)
def add_files(case_id: uuid.UUID) -> Page:
    """Keep files with a case."""
    form = FilesForm()
    if form.validate():
        with form.refusals():
            uploads = checked_uploads(form.files.data)
            if not uploads:
                raise CourtRuleBroken("no_file_chosen", "files")
            session = database()
            keep_uploads(session, case_by_id(session, case_id), uploads, signed_in().actor)
            flash(_("The files are kept."), "success")
            return back_to(case_id, "case-files")
    return case_page(case_id, NoteForm(formdata=None), form), 422


@bp.get("/<uuid:case_id>/files/<uuid:file_id>")
@requires(Permission.CASES_READ)
def get_file(case_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    """Hand out a file of a case, never to be shown inside the page."""
    session = database()
    case = case_by_id(session, case_id)
    stored, data = read_file(session, file_id=file_id, folder=files_folder())
    _check_belongs(stored, case)
    note_case_read(case, kind="case_file", key=file_id)
    return send_file(
        BytesIO(data),
        mimetype=stored.content_type,
        as_attachment=True,
        download_name=stored.filename,
        max_age=0,
    )


@bp.post("/<uuid:case_id>/files/<uuid:file_id>/remove")
@requires(Permission.CASES_WRITE)
def drop_file(case_id: uuid.UUID, file_id: uuid.UUID) -> Page:
    """Remove a file of a case for good."""
    session = database()
    case = case_by_id(session, case_id)
    stored = session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound
    _check_belongs(stored, case)
    remove_file(
        session,
        file_id=file_id,
        folder=files_folder(),
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("The file is removed."), "success")
    return back_to(case_id, "case-files")


def _check_belongs(stored: StoredFile, case: Case) -> None:
    if stored.subject != "case" or stored.subject_id != case.id:
        raise NotFound
