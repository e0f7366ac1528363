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
)
from youthcourt.hearings.forms import Back, OutcomeForm
from youthcourt.hearings.queries import HearingLine, hearing_line
from youthcourt.hearings.routes.blueprint import (
    Page,
    bp,
    note_hearing_read,
    now_seen,
    seen_version,
    session_url,
)
from youthcourt.hearings.services import record_outcome
from youthcourt.web.access import Permission, may, requires
from youthcourt.web.transactions import database


@bp.get("/hearings/<uuid:hearing_id>/outcome")
@requires(Permission.EVENING_DOCKET)
def ask_outcome(hearing_id: uuid.UUID) -> Page:
    """Ask what became of a hearing."""
    line = hearing_line(database(), hearing_id)
    if not _may_read():
        session["next"] = url_for("hearings.ask_outcome", hearing_id=hearing_id)
        return redirect(url_for("accounts.step_up"), 303)
    form = OutcomeForm(formdata=None)
    usual = Back.SESSION if may(Permission.CALENDAR) else Back.DOCKET
    asked = request.args.get("back", "")
    form.back.data = asked if asked in set(Back) else usual
    return _page(form, line)


@bp.post("/hearings/<uuid:hearing_id>/outcome")
@requires(Permission.EVENING_DOCKET)
def record_hearing_outcome(hearing_id: uuid.UUID) -> Page:
    """Record what became of a hearing and go back to the page it was sent from."""
    form = OutcomeForm()
    line = hearing_line(database(), hearing_id)
    if not _may_read():
        session["next"] = url_for("hearings.ask_outcome", hearing_id=hearing_id)
        return redirect(url_for("accounts.step_up"), 303)
    if form.validate():
        with form.refusals():
            record_outcome(
                database(),
                hearing_id=hearing_id,
                outcome=HearingOutcome(form.outcome.data),
                reason=_reason(form),
                note=form.note.data or None,
                # A page that shows no version takes the hearing as it is.
                version=seen_version(form) if form.version.data else None,
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("Written down."), "success")
            return _back(form.back.data, line)
    line = hearing_line(database(), hearing_id)
    return _page(form, line), 422


def _reason(form: OutcomeForm) -> ContinuanceReason | None:
    """Return why it is continued; what stands there beside another outcome is not meant."""
    continued = form.outcome.data == HearingOutcome.CONTINUED
    return ContinuanceReason(form.reason.data) if continued and form.reason.data else None


def _may_read() -> bool:
    """Whether names may be shown: the office always, the evening's tablet only unlocked."""
    return may(Permission.CALENDAR) or signed_in().is_stepped_up(clock.now())


def _page(form: OutcomeForm, line: HearingLine) -> str:
    note_hearing_read(line)
    now_seen(form, line.version)
    return render_template(
        "hearings/outcome.html",
        form=form,
        line=line,
        back_url=_back_url(form.back.data, line),
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
