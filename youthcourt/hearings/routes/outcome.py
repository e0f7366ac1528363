"""What became of a hearing; sent from the evening's pages, the session's or the case's."""

from __future__ import annotations

import uuid

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.hearings.domain import (
    ContinuanceReason,
    HearingOutcome,
    HearingState,
    TakeBackReason,
)
from youthcourt.hearings.forms import Back, OutcomeForm, TakeBackForm
from youthcourt.hearings.ports import panel_came
from youthcourt.hearings.queries import HearingLine, hearing_by_id, hearing_line, outcome_kept
from youthcourt.hearings.routes.blueprint import (
    Page,
    bp,
    note_hearing_read,
    now_seen,
    seen_version,
    session_url,
)
from youthcourt.hearings.services import record_outcome, take_back_outcome
from youthcourt.web.access import Permission, may, requires
from youthcourt.web.i18n import sentence
from youthcourt.web.transactions import database


@bp.get("/hearings/<uuid:hearing_id>/outcome")
@requires(Permission.EVENING_DOCKET)
def ask_outcome(hearing_id: uuid.UUID) -> Page:
    """Ask what became of a hearing."""
    line = hearing_line(database(), hearing_id)
    if not _may_read():
        return _to_password("hearings.ask_outcome", hearing_id)
    form = OutcomeForm(formdata=None)
    form.back.data = _back_asked()
    asked = request.args.get("outcome", "")
    form.outcome.data = asked if asked in set(HearingOutcome) else None
    return _page(form, line)


@bp.post("/hearings/<uuid:hearing_id>/outcome")
@requires(Permission.EVENING_DOCKET)
def record_hearing_outcome(hearing_id: uuid.UUID) -> Page:
    """Record what became of a hearing and go back to the page it was sent from."""
    form = OutcomeForm()
    line = hearing_line(database(), hearing_id)
    if not _may_read():
        return _to_password("hearings.ask_outcome", hearing_id)
    if form.validate():
        with form.refusals():
            record_outcome(
                database(),
                hearing_id=hearing_id,
                outcome=HearingOutcome(form.outcome.data),
                reason=_reason(form),
                note=form.note.data or None,
                panel_later=form.panel_later.data,
                # A page that shows no version takes the hearing as it is.
                version=seen_version(form) if form.version.data else None,
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("Written down."), "success")
            return _back(form.back.data, line)
    line = hearing_line(database(), hearing_id)
    return _page(form, line), 422


@bp.route("/hearings/<uuid:hearing_id>/outcome/take-back", methods=["GET", "POST"])
@requires(Permission.EVENING_DOCKET)
def take_back(hearing_id: uuid.UUID) -> Page:
    """Take back what was written down of the wrong hearing, with a reason."""
    line = hearing_line(database(), hearing_id)
    if not _may_read():
        return _to_password("hearings.take_back", hearing_id)
    form = TakeBackForm()
    if request.method == "GET":
        form.back.data = _back_asked()
        return _take_back_page(form, line)
    if form.validate():
        with form.refusals():
            take_back_outcome(
                database(),
                hearing_id=hearing_id,
                reason=TakeBackReason(form.reason.data),
                note=form.note.data or None,
                version=seen_version(form),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("Taken back. The hearing is on its docket again."), "success")
            return _back(form.back.data, line)
    return _take_back_page(form, hearing_line(database(), hearing_id)), 422


def _take_back_page(form: TakeBackForm, line: HearingLine) -> str:
    note_hearing_read(line)
    now_seen(form, line.version)
    kept = outcome_kept(database(), hearing_by_id(database(), line.id))
    return render_template(
        "hearings/take_back.html",
        form=form,
        line=line,
        back_url=_back_url(form.back.data, line),
        kept=None if kept is None else sentence(kept.code, **kept.params),
    )


def _back_asked() -> str:
    """Return the page to go back to as the link or the form names it, else the usual one."""
    asked = request.values.get("back", "")
    usual = Back.SESSION if may(Permission.CALENDAR) else Back.DOCKET
    return asked if asked in set(Back) else usual


def _reason(form: OutcomeForm) -> ContinuanceReason | None:
    """Return why it is continued; what stands there beside another outcome is not meant."""
    continued = form.outcome.data == HearingOutcome.CONTINUED
    return ContinuanceReason(form.reason.data) if continued and form.reason.data else None


def _may_read() -> bool:
    """Whether names may be shown: the office always, the evening's tablet only unlocked."""
    return may(Permission.CALENDAR) or signed_in().is_stepped_up(clock.now())


def _to_password(endpoint: str, hearing_id: uuid.UUID) -> Response:
    """Ask for the password again, then go on to the page with the same way back."""
    session["next"] = url_for(endpoint, hearing_id=hearing_id, back=_back_asked())
    return redirect(url_for("accounts.step_up"), 303)


def _page(form: OutcomeForm, line: HearingLine) -> str:
    note_hearing_read(line)
    now_seen(form, line.version)
    return render_template(
        "hearings/outcome.html",
        form=form,
        line=line,
        back_url=_back_url(form.back.data, line),
        panel_missing=line.sitting_id is not None and not panel_came(database(), line.sitting_id),
        room_url=_back_url(Back.ROOM, line) if may(Permission.EVENING_DESK) else None,
        decided=line.state is not HearingState.DOCKETED,
        today=signed_in().today,
    )


def _back(name: str | None, line: HearingLine) -> Response:
    return redirect(_back_url(name, line), 303)


def _back_url(name: str | None, line: HearingLine) -> str:
    """Return the page a checked word stands for, the nearest one where that does not exist."""
    if name == Back.CASE and may(Permission.CASES_READ):
        return url_for("cases.show_case", case_id=line.case_id, _anchor="hearings")
    endpoint = {Back.ROOM: "dashboard.tonight_room", Back.DOCKET: "dashboard.tonight_docket"}.get(
        Back(name) if name in set(Back) else Back.SESSION
    )
    if endpoint in current_app.view_functions and line.sitting_id is not None:
        return url_for(endpoint, sitting_id=line.sitting_id)
    if line.session_id is not None and may(Permission.CALENDAR):
        return session_url(line.session_id)
    return url_for("accounts.show_account")
