"""Service at a site: written down with its proof, then confirmed, denied or taken back."""

from __future__ import annotations

import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.courts.domain import Unit
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.domain import CheckedUpload, check_upload
from youthcourt.files.services import read_file
from youthcourt.people.queries import person_names
from youthcourt.sentences.forms import (
    ConfirmForm,
    DenyForm,
    ReverseForm,
    ServiceForm,
    served_minutes,
)
from youthcourt.sentences.queries import (
    SanctionProgress,
    ServiceLine,
    sanction_progress,
    service_by_id,
    service_line,
)
from youthcourt.sentences.routes.blueprint import Page, bp, note_obligation_read
from youthcourt.sentences.services import (
    attach_proof,
    bring_back_service,
    confirm_service,
    deny_service,
    report_service,
    reverse_service,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


def files_folder() -> Path:
    """Return the folder in which this installation keeps files."""
    folder: Path = current_app.extensions["youthcourt.config"].files_dir
    return folder


@bp.route("/obligations/<uuid:sanction_id>/service/new", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def record_service(sanction_id: uuid.UUID) -> Page:
    """Write down service that was done for an obligation counted in time."""
    item = sanction_progress(database(), sanction_id=sanction_id)
    if item.unit not in {Unit.MINUTES, Unit.SESSIONS}:
        raise NotFound
    form = ServiceForm()
    if request.method == "GET":
        form.once.data = uuid.uuid4().hex
        form.served_on.data = signed_in().today
        return _new_page(form, item)
    if form.validate():
        with form.refusals():
            upload = _upload(form)
            service_id = _report(form, item, upload)
            flash(_("Written down. It counts once it is confirmed."), "success")
            return redirect(url_for("sentences.show_service", service_id=service_id), 303)
    return _new_page(form, item), 422


def _upload(form: ServiceForm) -> CheckedUpload | None:
    """Return the file that was sent, checked before the first statement of the writer."""
    given = form.file.data
    if given is None or not getattr(given, "filename", ""):
        return None
    try:
        return check_upload(given.read(), filename=given.filename)
    except CourtRuleBroken as refusal:
        raise CourtRuleBroken(str(refusal.code), "file", **refusal.params) from refusal


def _report(form: ServiceForm, item: SanctionProgress, upload: CheckedUpload | None) -> uuid.UUID:
    hand: dict[str, Any] = {"actor": signed_in().actor, "now": clock.now()}
    if form.served_on.data is None:
        raise CourtRuleBroken("required", "served_on")
    record = report_service(
        database(),
        person_id=item.person_id,
        kind=item.kind,
        sessions=1 if item.unit is Unit.SESSIONS else 0,
        minutes=served_minutes(form),
        served_on=form.served_on.data,
        place=form.place.data or None,
        supervisor=form.supervisor.data or None,
        proof=form.proof.data,
        source_key=f"site:{form.once.data or uuid.uuid4().hex}",
        sanction_id=item.id,
        **hand,
    )
    if upload is not None and record.proof_file_id is None:
        attach_proof(database(), service_id=record.id, upload=upload, folder=files_folder(), **hand)
    return record.id


def _new_page(form: ServiceForm, item: SanctionProgress) -> str:
    note_obligation_read("sanction", item.id, person_id=item.person_id, case_id=item.case_id)
    name = person_names(database(), [item.person_id]).get(item.person_id)
    return render_template("sentences/service_new.html", form=form, item=item, name=name)


@bp.get("/service/<uuid:service_id>")
@requires(Permission.CASES_READ)
def show_service(service_id: uuid.UUID) -> str:
    """Show one piece of service with what it counts for and what can be done."""
    return _shown(service_line(database(), service_id=service_id), ConfirmForm())


def _shown(line: ServiceLine, form: ConfirmForm) -> str:
    note_obligation_read("service", line.id, person_id=line.person_id)
    form.version.data = str(line.version)
    form.version.raw_data = [str(line.version)]
    name = person_names(database(), [line.person_id]).get(line.person_id)
    return render_template("sentences/service.html", line=line, form=form, name=name)


@bp.post("/service/<uuid:service_id>/confirm")
@requires(Permission.SERVICE_WRITE)
def confirm(service_id: uuid.UUID) -> Page:
    """Confirm service: it counts for the sentence and earns its credits, once."""
    form = ConfirmForm()
    if form.validate():
        with form.refusals():
            confirm_service(
                database(),
                service_id=service_id,
                version=_version(form),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("Confirmed. Both ledgers are up to date."), "success")
            back = "sentences.list_waiting" if request.form.get("back") == "list" else None
            return redirect(
                url_for(back) if back else url_for("sentences.show_service", service_id=service_id),
                303,
            )
    return _shown(service_line(database(), service_id=service_id), form), 422


def _version(form: ConfirmForm) -> int | None:
    text = str(form.version.data or "")
    return int(text) if text.isdecimal() and len(text) < 9 else None  # noqa: PLR2004 -- digits


@bp.route("/service/<uuid:service_id>/deny", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def deny(service_id: uuid.UUID) -> Page:
    """Let a piece of service not count, with a reason."""
    return _with_reason(service_id, DenyForm(), deny_service, "deny")


@bp.route("/service/<uuid:service_id>/take-back", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def take_back(service_id: uuid.UUID) -> Page:
    """Take confirmed service back: it is owed again and its credits are returned."""
    return _with_reason(service_id, ReverseForm(), reverse_service, "take_back")


@bp.route("/service/<uuid:service_id>/bring-back", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def bring_back(service_id: uuid.UUID) -> Page:
    """Let denied service wait to be confirmed again."""
    return _with_reason(service_id, ReverseForm(), bring_back_service, "bring_back")


def _with_reason(service_id: uuid.UUID, form: Any, act: Any, name: str) -> Page:
    line = service_line(database(), service_id=service_id)
    if request.method == "GET":
        form.version.data = str(line.version)
    elif form.validate():
        with form.refusals():
            act(
                database(),
                service_id=service_id,
                reason=form.reason.data,
                version=_version(form),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("Saved. Both ledgers are up to date."), "success")
            return redirect(url_for("sentences.show_service", service_id=service_id), 303)
    note_obligation_read("service", line.id, person_id=line.person_id)
    page = render_template("sentences/service_reason.html", line=line, form=form, act=name)
    return page, 200 if request.method == "GET" else 422


@bp.get("/service/<uuid:service_id>/proof")
@requires(Permission.CASES_READ)
def get_proof(service_id: uuid.UUID) -> Response:
    """Hand out the file that shows the service, never to be shown inside the page."""
    record = service_by_id(database(), service_id)
    if record.proof_file_id is None:
        raise NotFound
    stored, data = read_file(database(), file_id=record.proof_file_id, folder=files_folder())
    note_obligation_read("service", record.id, person_id=record.person_id)
    return send_file(
        BytesIO(data),
        mimetype=stored.content_type,
        as_attachment=True,
        download_name=stored.filename,
        max_age=0,
    )
