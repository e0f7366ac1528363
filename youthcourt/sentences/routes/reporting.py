"""Writing service down: for a part of a sentence, or of somebody's own accord."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.queries import case_by_id
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.domain import CheckedUpload, check_upload
from youthcourt.people.queries import live_person, person_names
from youthcourt.sentences.domain import ServiceBasis, ServiceState
from youthcourt.sentences.forms import ReportForm
from youthcourt.sentences.queries import (
    SanctionProgress,
    came_unbooked,
    sanction_progress,
    service_lines,
)
from youthcourt.sentences.routes.blueprint import Page, bp, hand, note_obligation_read
from youthcourt.sentences.services import (
    DONE_AS_A_WHOLE,
    attach_proof,
    confirm_service,
    report_service,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


def files_folder() -> Path:
    """Return the folder in which this installation keeps files."""
    folder: Path = current_app.extensions["youthcourt.config"].files_dir
    return folder


def checked_file(given: object) -> CheckedUpload | None:
    """Return the file that was sent, checked, or refuse at the field ``file``."""
    if not isinstance(given, FileStorage) or not given.filename:
        return None
    try:
        return check_upload(given.read(), filename=given.filename)
    except CourtRuleBroken as refusal:
        raise CourtRuleBroken(str(refusal.code), "file", **refusal.params) from refusal


@bp.route("/obligations/<uuid:sanction_id>/service/new", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def record_service(sanction_id: uuid.UUID) -> Page:
    """Write down service that was done for a part of a sentence."""
    item = sanction_progress(database(), sanction_id=sanction_id, now=clock.now())
    form = ReportForm.of(item.unit)()
    if request.method == "GET":
        return _new_page(_empty(form), item.person_id, item)
    if form.validate():
        with form.refusals():
            if item.unit in DONE_AS_A_WHOLE:
                raise CourtRuleBroken("done_as_a_whole")
            return _saved(_report(form, item.person_id, kind=item.kind, sanction_id=item.id))
    return _new_page(
        form,
        item.person_id,
        sanction_progress(database(), sanction_id=sanction_id, now=clock.now()),
    ), 422


@bp.route("/people/<uuid:person_id>/service/new", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def record_voluntary(person_id: uuid.UUID) -> Page:
    """Write down service of somebody's own accord, which counts for no sentence."""
    live_person(database(), person_id)
    form = ReportForm()
    if request.method == "GET":
        return _new_page(_empty(form), person_id)
    if form.validate():
        with form.refusals():
            kind = SanctionKind.COMMUNITY_SERVICE
            return _saved(_report(form, person_id, kind=kind, basis=ServiceBasis.VOLUNTARY))
    return _new_page(form, person_id), 422


def _empty(form: ReportForm) -> ReportForm:
    today = signed_in().today
    form.once.data = uuid.uuid4().hex
    form.served_on.data = today
    if "sessions" in form:
        form["sessions"].data = 1
        form.minutes.data = policy_on(database(), day=today).policy.counting.session_minutes
    return form


def _report(form: Any, person_id: uuid.UUID, **what: Any) -> uuid.UUID:
    """Keep the service with its proof; the same form sent again finds what the first one made."""
    upload = checked_file(form.file.data)
    record = report_service(
        database(),
        person_id=person_id,
        sessions=form.sessions.data if "sessions" in form else 0,
        **form.given("minutes", "served_on", "place", "supervisor", "proof"),
        source_key=f"site:{_once(form)}",
        **what,
        **hand(),
    )
    if upload is not None and record.proof_file_id is None:
        attach_proof(
            database(), service_id=record.id, upload=upload, folder=files_folder(), **hand()
        )
    if form.at_once.data and record.state is ServiceState.PENDING:
        confirm_service(database(), service_id=record.id, **hand())
    return record.id


def _once(form: ReportForm) -> str:
    """Return the key of this form; one that was tampered with is a form of its own."""
    try:
        return uuid.UUID(str(form.once.data)).hex
    except ValueError:
        return uuid.uuid4().hex


def _saved(service_id: uuid.UUID) -> Page:
    flash(_("The service is written down."), "success")
    return redirect(url_for("sentences.show_service", service_id=service_id), 303)


def _new_page(form: ReportForm, person_id: uuid.UUID, item: SanctionProgress | None = None) -> str:
    session = database()
    case_id = None if item is None else item.case_id
    note_obligation_read(
        "sanction" if item else "person",
        item.id if item else person_id,
        person_id=person_id,
        case_id=case_id,
    )
    return render_template(
        "sentences/service_new.html",
        form=form,
        item=item,
        case=None if case_id is None else case_by_id(session, case_id),
        name=person_names(session, [person_id])[person_id],
        person_id=person_id,
        possible=item is None or (item.in_force and item.unit not in DONE_AS_A_WHOLE),
        by_evenings=item is not None and item.kind is SanctionKind.JURY,
        in_sessions=item is not None and item.unit is Unit.SESSIONS,
    )


@bp.get("/people/<uuid:person_id>/service")
@requires(Permission.CASES_READ)
def list_service(person_id: uuid.UUID) -> str:
    """Show every piece of service of a person, the latest first."""
    session = database()
    live_person(session, person_id)
    note_obligation_read("person", person_id, person_id=person_id)
    return render_template(
        "sentences/service_list.html",
        lines=service_lines(session, person_id=person_id, now=clock.now()),
        came=came_unbooked(session, person_id=person_id, now=clock.now()),
        name=person_names(session, [person_id])[person_id],
        person_id=person_id,
    )
