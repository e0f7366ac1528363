"""Hearings that wait, and putting one on a docket after seeing what is in the way."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.forms import ButtonForm
from youthcourt.errors import NotFound
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    DocketOverride,
    HearingState,
)
from youthcourt.hearings.forms import PlaceForm
from youthcourt.hearings.queries import (
    HearingLine,
    Placement,
    cases_to_close,
    coming_sessions,
    hearing_line,
    placement,
    placements,
    told_of,
    waiting_hearing,
    waiting_page,
)
from youthcourt.hearings.routes.blueprint import (
    Page,
    bp,
    note_hearing_read,
    now_seen,
    problem_text,
    seen_version,
    session_url,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database

SHOWN = 12
_AHEAD = (HearingState.WAITING, HearingState.DOCKETED)


@bp.get("/docket")
@requires(Permission.CALENDAR)
def show_docket() -> str:
    """Show the hearings that wait, the longest first, and the coming sittings with places."""
    session, today = database(), signed_in().today
    page = waiting_page(session, today=today, page=page_wanted())
    note_read(subject=Subject(kind="waiting_hearings"), filter_used="all")
    coming = [
        line
        for line in coming_sessions(session, today=today)
        if line.kind is CourtSessionKind.HEARING and line.state is CourtSessionState.PLANNED
    ]
    return render_template(
        "hearings/docket.html",
        page=page,
        pager=pager_of(page, "hearings.show_docket"),
        coming=coming[:SHOWN],
        more=max(len(coming) - SHOWN, 0),
        to_close=cases_to_close(session),
        today=today,
    )


@bp.get("/docket/<uuid:hearing_id>")
@requires(Permission.CALENDAR_WRITE)
def show_hearing(hearing_id: uuid.UUID) -> str:
    """Show a hearing with every coming sitting and what stands against each."""
    session, today = database(), signed_in().today
    waiting = waiting_hearing(session, hearing_id, today=today)
    line = waiting.hearing
    note_hearing_read(line)
    ahead = line.state in _AHEAD
    limit = None if request.args.get("later") else SHOWN
    places = (
        placements(session, hearing_id, today=today, limit=limit, now=clock.now()) if ahead else ()
    )
    return render_template(
        "hearings/hearing.html",
        waiting=waiting,
        line=line,
        ahead=ahead,
        places=places,
        maybe_more=len({place.session.id for place in places}) == limit,
        told=told_of(session, line),
        problem_text=problem_text,
        button=ButtonForm(),
        today=today,
    )


@bp.route("/docket/<uuid:hearing_id>/sittings/<uuid:sitting_id>", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def put_on_docket(hearing_id: uuid.UUID, sitting_id: uuid.UUID) -> Page:
    """Put a hearing on the docket of a sitting, with a reason where one is needed."""
    session, now = database(), clock.now()
    form = PlaceForm()
    if request.method == "GET":
        return _place_page(form, hearing_id, sitting_id)
    if form.validate():
        with form.refusals():
            services.docket_hearing(
                session,
                hearing_id=hearing_id,
                sitting_id=sitting_id,
                reason=DocketOverride(form.reason.data) if form.reason.data else None,
                note=form.note.data or None,
                version=seen_version(form),
                actor=signed_in().actor,
                now=now,
            )
            line = hearing_line(session, hearing_id)
            flash(_("The hearing of case %(n)s is on the docket.", n=line.case_number), "success")
            return redirect(session_url(line.session_id) if line.session_id else "/docket", 303)
    return _place_page(form, hearing_id, sitting_id), 422


def _place_page(form: PlaceForm, hearing_id: uuid.UUID, sitting_id: uuid.UUID) -> str:
    session = database()
    line = hearing_line(session, hearing_id)
    place = _place(line, sitting_id)
    note_hearing_read(line)
    now_seen(form, line.version)
    return render_template(
        "hearings/place.html",
        form=form,
        line=line,
        chosen=place,
        told=told_of(session, line),
        problem_text=problem_text,
    )


def _place(line: HearingLine, sitting_id: uuid.UUID) -> Placement:
    found = placement(database(), line.id, sitting_id, now=clock.now())
    if found is None or line.state not in _AHEAD:
        raise NotFound
    return found


@bp.post("/docket/<uuid:hearing_id>/earlier")
@requires(Permission.CALENDAR_WRITE)
def call_earlier(hearing_id: uuid.UUID) -> Response:
    """Call a hearing before the one above it."""
    return _reordered(hearing_id, earlier=True)


@bp.post("/docket/<uuid:hearing_id>/later")
@requires(Permission.CALENDAR_WRITE)
def call_later(hearing_id: uuid.UUID) -> Response:
    """Call a hearing after the one below it."""
    return _reordered(hearing_id, earlier=False)


def _reordered(hearing_id: uuid.UUID, *, earlier: bool) -> Response:
    session = database()
    services.reorder_hearing(
        session,
        hearing_id=hearing_id,
        earlier=earlier,
        actor=signed_in().actor,
        now=clock.now(),
    )
    line = hearing_line(session, hearing_id)
    if line.session_id is None:
        raise NotFound
    return redirect(f"{session_url(line.session_id)}#docket-{line.sitting_id}", 303)
