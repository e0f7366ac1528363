"""One piece of service: what it is, and confirming, denying, putting right, taking back."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.queries import files_of
from youthcourt.files.services import read_file
from youthcourt.people.queries import person_names
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.forms import (
    BringBackForm,
    ConfirmForm,
    CorrectForm,
    DenyForm,
    ProofForm,
    ReverseForm,
)
from youthcourt.sentences.queries import ServiceLine, service_by_id, service_line
from youthcourt.sentences.routes.blueprint import (
    Page,
    bp,
    hand,
    note_obligation_read,
    now_seen,
    number_in,
)
from youthcourt.sentences.routes.effects import foreseen
from youthcourt.sentences.routes.reporting import checked_file, files_folder
from youthcourt.sentences.services import (
    attach_proof,
    bring_back_service,
    confirm_service,
    correct_service,
    deny_service,
    reverse_service,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n.formats import minutes_text
from youthcourt.web.security_headers import FILE_POLICY
from youthcourt.web.transactions import database

WAITS = frozenset({ServiceState.BOOKED, ServiceState.PENDING})


@bp.get("/service/<uuid:service_id>")
@requires(Permission.CASES_READ)
def show_service(service_id: uuid.UUID) -> str:
    """Show one piece of service with what it counts for and what can be done."""
    return _shown(service_id, ProofForm(formdata=None))


def _shown(service_id: uuid.UUID, proof: ProofForm) -> str:
    line = _opened(service_id)
    files = files_of(database(), subject="service", subject_ids=[line.id])
    return render_template(
        "sentences/service.html",
        line=line,
        form=proof,
        proof_file=next((file for file in files if file.id == line.proof_file_id), None),
        **_whose(line),
    )


def _opened(service_id: uuid.UUID) -> ServiceLine:
    """Return a piece of service and note that it was read; a stranger's is not found."""
    line = service_line(database(), service_id=service_id, now=clock.now())
    note_obligation_read("service", line.id, person_id=line.person_id)
    return line


def _whose(line: ServiceLine) -> dict[str, Any]:
    name = person_names(database(), [line.person_id])[line.person_id]
    return {"name": name, "waits": line.state in WAITS}


@bp.route("/service/<uuid:service_id>/confirm", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def confirm(service_id: uuid.UUID) -> Page:
    """Confirm service: it counts for the sentence and earns its credits, once."""
    line = _opened(service_id)
    form = ConfirmForm.of(in_sessions=bool(line.sessions))()
    if request.method == "GET":
        _fill(form, line)
        return _confirm_page(form, line)
    if form.validate():
        with form.refusals():
            confirm_service(database(), service_id=service_id, **_amounts(form), **hand())
            line = service_line(database(), service_id=service_id, now=clock.now())
            flash(_("Confirmed. %(effect)s", effect=_earned_words(line)), "success")
            return _next_page(service_id)
    line = service_line(database(), service_id=service_id, now=clock.now())
    now_seen(form, line.version)
    return _confirm_page(form, line), 422


def _fill(form: Any, line: ServiceLine) -> None:
    form.version.data = str(line.version)
    form.minutes.data = line.minutes
    if "sessions" in form:
        form.sessions.data = line.sessions


def _amounts(form: Any) -> dict[str, Any]:
    """Return the version a form's page showed, and the amounts where the form has them."""
    found: dict[str, Any] = {"version": number_in(form.version.data)}
    names = [name for name in ("sessions", "minutes") if name in form]
    return found | {name: form[name].data for name in names}


def _earned_words(line: ServiceLine) -> str:
    if not line.credited:
        return str(_("It earned no time credit: the rules of this court say so."))
    return str(_("It earned %(credit)s of time credit.", credit=minutes_text(line.credited)))


def _next_page(service_id: uuid.UUID) -> Response:
    """Return to the list that was being worked through, else to the piece itself."""
    if request.form.get("back") == "waiting":
        return redirect(url_for("sentences.list_waiting"), 303)
    return redirect(url_for("sentences.show_service", service_id=service_id), 303)


def _confirm_page(form: ConfirmForm, line: ServiceLine) -> str:
    waits = line.state in WAITS
    return render_template(
        "sentences/service_confirm.html",
        form=form,
        line=line,
        foreseen=foreseen(line) if waits else None,
        **_whose(line),
    )


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
    return _with_reason(service_id, BringBackForm(), bring_back_service, "bring_back")


@bp.route("/service/<uuid:service_id>/correct", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def correct(service_id: uuid.UUID) -> Page:
    """Put the amounts of confirmed service right, in both ledgers."""
    line = service_line(database(), service_id=service_id, now=clock.now())
    form = CorrectForm.of(in_sessions=bool(line.sessions))()
    if request.method == "GET":
        _fill(form, line)
    return _with_reason(service_id, form, correct_service, "correct")


_STARTS_FROM = {
    "deny": WAITS,
    "take_back": {ServiceState.CONFIRMED},
    "correct": {ServiceState.CONFIRMED},
    "bring_back": {ServiceState.DENIED},
}


def _with_reason(service_id: uuid.UUID, form: Any, act: Any, name: str) -> Page:
    line = _opened(service_id)
    if request.method == "GET":
        form.version.data = str(line.version)
        return _reason_page(form, line, name)
    if form.validate():
        with form.refusals():
            amounts = _amounts(form)
            done = act(
                database(), service_id=service_id, reason=form.reason.data, **amounts, **hand()
            )
            flash(_("Saved. Both ledgers are up to date."), "success")
            return _next_page(done.id)
    line = service_line(database(), service_id=service_id, now=clock.now())
    now_seen(form, line.version)
    return _reason_page(form, line, name), 422


def _reason_page(form: Any, line: ServiceLine, name: str) -> str:
    return render_template(
        "sentences/service_reason.html",
        form=form,
        line=line,
        act=name,
        possible=line.state in _STARTS_FROM[name],
        **_whose(line),
    )


@bp.post("/service/<uuid:service_id>/proof")
@requires(Permission.SERVICE_WRITE)
def add_proof(service_id: uuid.UUID) -> Page:
    """Keep a file that shows the service; it takes the place of an earlier one."""
    service_by_id(database(), service_id)
    form = ProofForm()
    if form.validate():
        with form.refusals():
            upload = checked_file(form.file.data)
            if upload is None:
                raise CourtRuleBroken("no_file_chosen", "file")
            folder = files_folder()
            attach_proof(database(), service_id=service_id, upload=upload, folder=folder, **hand())
            flash(_("The file is kept with this service."), "success")
            return redirect(url_for("sentences.show_service", service_id=service_id), 303)
    return _shown(service_id, form), 422


@bp.get("/service/<uuid:service_id>/proof")
@requires(Permission.CASES_READ)
def get_proof(service_id: uuid.UUID) -> Response:
    """Hand out the file that shows the service, never to be shown inside the page."""
    record = service_by_id(database(), service_id)
    if record.proof_file_id is None:
        raise NotFound
    stored, data = read_file(database(), file_id=record.proof_file_id, folder=files_folder())
    note_obligation_read("service", record.id, person_id=record.person_id)
    response = send_file(
        BytesIO(data),
        mimetype=stored.content_type,
        as_attachment=True,
        download_name=stored.filename,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
