"""Taking a hearing off its docket, cancelling it, opening another, and the case's section."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import CaseState
from youthcourt.cases.queries import case_by_id
from youthcourt.cases.routes.blueprint import back_to, note_case_read
from youthcourt.cases.services import live_case
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    HearingCancelReason,
    HearingKind,
    HearingState,
    OffDocketReason,
)
from youthcourt.hearings.forms import CancelHearingForm, OpenHearingForm, TakeOffForm
from youthcourt.hearings.queries import hearing_line, hearings_of_case, told_of
from youthcourt.hearings.routes.blueprint import (
    Page,
    bp,
    note_hearing_read,
    now_seen,
    seen_version,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label
from youthcourt.web.panels import Panel
from youthcourt.web.transactions import database

_AHEAD = (HearingState.WAITING, HearingState.DOCKETED)
_LATER = (HearingKind.RETURN, HearingKind.REVIEW)
_HEARD = (CaseState.HEARD, CaseState.SUPERVISED)


@bp.route("/docket/<uuid:hearing_id>/take-off", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def take_off_docket(hearing_id: uuid.UUID) -> Page:
    """Take a hearing off its docket, with a reason; it waits again."""
    form = TakeOffForm()

    def act() -> None:
        services.undocket_hearing(
            database(),
            hearing_id=hearing_id,
            reason=OffDocketReason(form.reason.data),
            note=form.note.data or None,
            version=seen_version(form),
            actor=signed_in().actor,
            now=clock.now(),
        )
        flash(_("The hearing is off the docket. It waits for another session."), "success")

    return _ended(form, hearing_id, "hearings/take_off.html", act)


@bp.route("/docket/<uuid:hearing_id>/cancel", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def cancel_hearing(hearing_id: uuid.UUID) -> Page:
    """Cancel a hearing, with a reason; none takes its place."""
    form = CancelHearingForm()

    def act() -> None:
        services.cancel_hearing(
            database(),
            hearing_id=hearing_id,
            reason=HearingCancelReason(form.reason.data),
            note=form.note.data or None,
            version=seen_version(form),
            actor=signed_in().actor,
            now=clock.now(),
        )
        flash(_("The hearing is cancelled."), "success")

    return _ended(form, hearing_id, "hearings/cancel_hearing.html", act)


def _ended(
    form: TakeOffForm | CancelHearingForm,
    hearing_id: uuid.UUID,
    template: str,
    act: Callable[[], None],
) -> Page:
    """Show the form of an act that ends where a hearing is, or do it."""
    if request.method == "GET":
        return _form_page(form, hearing_id, template)
    if form.validate():
        with form.refusals():
            act()
            return redirect(url_for("hearings.show_docket"), 303)
    return _form_page(form, hearing_id, template), 422


def _form_page(form: Any, hearing_id: uuid.UUID, template: str) -> str:
    session = database()
    line = hearing_line(session, hearing_id)
    note_hearing_read(line)
    now_seen(form, line.version)
    return render_template(template, form=form, line=line, told=told_of(session, line))


@bp.route("/cases/<uuid:case_id>/hearings/new", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def open_hearing(case_id: uuid.UUID) -> Page:
    """Open a return or review hearing for a case, or a first one where none is ahead."""
    session, me = database(), signed_in()
    case = case_by_id(session, case_id) if request.method == "GET" else live_case(session, case_id)
    form = OpenHearingForm()
    kinds = _LATER if case.state in _HEARD else (HearingKind.FIRST,)
    form.kind.choices = [(kind.value, label(kind)) for kind in kinds]
    if request.method == "POST" and form.validate():
        with form.refusals():
            services.open_hearing(
                session,
                case_id=case_id,
                kind=HearingKind(form.kind.data),
                waiting_since=me.today,
                actor=me.actor,
                now=clock.now(),
            )
            flash(_("The hearing waits for a session. Choose one below."), "success")
            return back_to(case_id, "hearings")
    note_case_read(case)
    page = render_template("hearings/open_hearing.html", form=form, case=case)
    return page if request.method == "GET" else (page, 422)


def case_panel(case_id: uuid.UUID) -> Panel | None:
    """Return the section with a case's hearings for its page."""
    session = database()
    lines = hearings_of_case(session, case_id)
    case = case_by_id(session, case_id)
    ahead = next((line for line in lines if line.state in _AHEAD), None)
    ended = next(
        (one for one in lines if one.state is HearingState.CANCELLED and one.held_on), None
    )
    return Panel(
        template="hearings/_case_panel.html",
        context={
            "case": case,
            "lines": lines,
            "ahead": ahead,
            "ended": ended if ahead is None and case.state is not CaseState.CLOSED else None,
            "told": told_of(session, ahead) if ahead is not None else (),
        },
    )
