"""What the desk does: each act is sent by a small form and comes back to its page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import instant_of
from youthcourt.hearings.queries import SessionLine, session_line, sitting_by_id
from youthcourt.jury.domain.states import CheckInMethod
from youthcourt.jury.forms.evening import (
    Back,
    CodeForm,
    CorrectForm,
    MarkForm,
    WalkInForm,
)
from youthcourt.jury.queries.evening import person_of_evening
from youthcourt.jury.routes.blueprint import bp
from youthcourt.jury.services.attendance import (
    attendance_by_id,
    check_in,
    mark_attendance,
    tick_oath,
    tick_oath_of_all,
    undo_check_in,
)
from youthcourt.jury.services.evening import confirm_evening, correct_attendance
from youthcourt.jury.services.walk_ins import add_walk_in
from youthcourt.people.domain import PersonTraits
from youthcourt.people.links import person_of_slip
from youthcourt.people.queries import Match, duplicates_of
from youthcourt.sentences.domain import AttendanceOutcome
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import sentence
from youthcourt.web.transactions import database

NEW = "new"
Page = str | Response | tuple[str, int]


def _hand() -> dict[str, Any]:
    return {"actor": signed_in().actor, "now": clock.now()}


def desk_url(session_id: uuid.UUID, person_id: uuid.UUID | None = None) -> str:
    """Return the page of the evening an act was sent from, found by a checked word."""
    wanted = request.form.get("back", "")
    if wanted == Back.ROOM:
        sitting = _sitting_of(session_id)
        if sitting is not None:
            return url_for("dashboard.tonight_room", sitting_id=sitting)
    if wanted == Back.PERSON and person_id is not None:
        return url_for("dashboard.tonight_person", session_id=session_id, person_id=person_id)
    return url_for("dashboard.tonight_door", session_id=session_id)


def _sitting_of(session_id: uuid.UUID) -> uuid.UUID | None:
    try:
        sitting = sitting_by_id(database(), uuid.UUID(request.form.get("sitting", "")))
    except (ValueError, CourtRuleBroken):
        return None
    return sitting.id if sitting.session_id == session_id else None


def _done(
    session_id: uuid.UUID,
    act: Callable[[], object],
    *,
    person_id: uuid.UUID | None = None,
    said: str = "",
) -> Response:
    """Do one act of the desk and go back; a refusal is told there, and nothing is written."""
    back = desk_url(session_id, person_id)
    try:
        act()
    except CourtRuleBroken as refusal:
        database().rollback()
        flash(sentence(refusal.code, **refusal.params), "error")
        return redirect(back, 303)
    if said:
        flash(said, "success")
    return redirect(back, 303)


@bp.post("/evenings/<uuid:session_id>/people/<uuid:person_id>/here")
@requires(Permission.EVENING_DESK)
def check_in_person(session_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Note that somebody is here."""
    session_line(database(), session_id)
    return _done(
        session_id,
        lambda: check_in(database(), session_id=session_id, person_id=person_id, **_hand()),
        person_id=person_id,
    )


@bp.post("/evenings/<uuid:session_id>/code")
@requires(Permission.EVENING_DESK)
def check_in_by_code(session_id: uuid.UUID) -> Response:
    """Note that the owner of a slip is here."""
    session_line(database(), session_id)
    form = CodeForm()
    if not form.validate():
        flash(_("Please type the code of the slip."), "error")
        return redirect(desk_url(session_id), 303)

    def act() -> None:
        person_id = person_of_slip(database(), code=str(form.code.data), now=clock.now())
        row = check_in(
            database(),
            session_id=session_id,
            person_id=person_id,
            method=CheckInMethod.CODE,
            **_hand(),
        )
        who = person_of_evening(database(), session_id, row.person_id)
        flash(_("%(name)s is here.", name=who.called if who else ""), "success")

    return _done(session_id, act)


@bp.post("/evenings/attendances/<uuid:attendance_id>/undo")
@requires(Permission.EVENING_DESK)
def undo(attendance_id: uuid.UUID) -> Response:
    """Take a wrong tap back."""
    row = attendance_by_id(database(), attendance_id)
    return _done(
        row.session_id,
        lambda: undo_check_in(database(), attendance_id=attendance_id, **_hand()),
        person_id=row.person_id,
        said=_("Taken back. Nothing is said of them any more."),
    )


@bp.post("/evenings/attendances/<uuid:attendance_id>/oath")
@requires(Permission.EVENING_DESK)
def tick(attendance_id: uuid.UUID) -> Response:
    """Tick the promise of the evening, or take the tick away."""
    row = attendance_by_id(database(), attendance_id)
    given = request.form.get("given") != "0"
    return _done(
        row.session_id,
        lambda: tick_oath(database(), attendance_id=attendance_id, given=given, **_hand()),
        person_id=row.person_id,
    )


@bp.post("/evenings/<uuid:session_id>/oath")
@requires(Permission.EVENING_DESK)
def tick_all(session_id: uuid.UUID) -> Response:
    """Tick the promise of everybody who is here, of one room where the form names it."""
    session_line(database(), session_id)
    sitting = _sitting_of(session_id)

    def act() -> None:
        count = tick_oath_of_all(database(), session_id=session_id, sitting_id=sitting, **_hand())
        flash(_("The promise is ticked for %(count)s more.", count=count), "success")

    return _done(session_id, act)


@bp.post("/evenings/<uuid:session_id>/people/<uuid:person_id>/mark")
@requires(Permission.EVENING_DESK)
def mark(session_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Say how somebody's evening went."""
    line = session_line(database(), session_id)
    form = MarkForm()
    if not form.validate():
        flash(_("Please choose how it went, and type times like 18:30."), "error")
        return redirect(desk_url(session_id, person_id), 303)
    outcome = AttendanceOutcome(form.outcome.data)
    return _done(
        session_id,
        lambda: mark_attendance(
            database(),
            session_id=session_id,
            person_id=person_id,
            outcome=outcome,
            at=instant_on(line, form.at.data),
            version=_version(form),
            **_hand(),
        ),
        person_id=person_id,
        said=_("Written down."),
    )


def _version(form: MarkForm) -> int | None:
    text = str(form.version.data or "")
    shown = int(text) if text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 -- digits
    return shown or None


def instant_on(line: SessionLine, at: time | None) -> datetime | None:
    """Return the instant of a wall time in an evening, on its second day after midnight."""
    if at is None:
        return None
    next_day = line.over_midnight and at < line.starts_at
    return instant_of(line.held_on + timedelta(days=int(next_day)), at, line.zone)


@bp.route("/evenings/<uuid:session_id>/walk-in", methods=["GET", "POST"])
@requires(Permission.EVENING_DESK)
def walk_in(session_id: uuid.UUID) -> Page:
    """Take somebody in who was not expected; who may be on record is offered first."""
    line = session_line(database(), session_id)
    form = WalkInForm()
    if request.method == "GET":
        return render_template("jury/evening/walk_in.html", form=form, line=line, matches=())
    matches: tuple[Match, ...] = ()
    if form.validate():
        matches = _matches(form)
        known = {str(match.person.id) for match in matches}
        chosen = form.known.data if form.known.data in {*known, NEW} else None
        if not matches or chosen:
            with form.refusals():
                add_walk_in(
                    database(),
                    session_id=session_id,
                    given_names=str(form.given_names.data),
                    family_name=str(form.family_name.data),
                    birth_date=form.birth_date.data,
                    known_id=uuid.UUID(chosen) if chosen in known else None,
                    **_hand(),
                )
                flash(_("%(name)s is here.", name=form.given_names.data), "success")
                return redirect(url_for("dashboard.tonight_door", session_id=session_id), 303)
    form.known.choices = [
        *((str(match.person.id), match_text(match)) for match in matches),
        (NEW, _("Nobody of these: this is somebody new")),
    ]
    page = render_template("jury/evening/walk_in.html", form=form, line=line, matches=matches)
    return page, 422


def _matches(form: WalkInForm) -> tuple[Match, ...]:
    traits = PersonTraits(
        given=str(form.given_names.data),
        family=str(form.family_name.data),
        birth_date=form.birth_date.data,
    )
    return duplicates_of(database(), traits=traits)


def match_text(match: Match) -> str:
    """Return what the desk may see of somebody on record: the name and the year of birth."""
    year = match.person.birth_date
    born = _("born in %(year)s", year=year.year) if year else _("year of birth not known")
    return f"{match.person.name.full}, {born}"


@bp.post("/evenings/<uuid:session_id>/confirm")
@requires(Permission.EVENING_CONFIRM)
def confirm(session_id: uuid.UUID) -> Response:
    """Confirm an evening: everything counts from now on."""
    session_line(database(), session_id)
    review = url_for("dashboard.tonight_review", session_id=session_id)
    try:
        counted = confirm_evening(database(), session_id=session_id, **_hand())
    except CourtRuleBroken as refusal:
        database().rollback()
        flash(sentence(refusal.code, **refusal.params), "error")
        return redirect(review, 303)
    if counted:
        flash(_("Confirmed. Both ledgers are up to date."), "success")
    else:
        flash(_("This session was confirmed before. Nothing was posted again."), "success")
    return redirect(review, 303)


@bp.route("/evenings/attendances/<uuid:attendance_id>/correct", methods=["GET", "POST"])
@requires(Permission.EVENING_CONFIRM)
def correct(attendance_id: uuid.UUID) -> Page:
    """Correct one person's evening after it was confirmed."""
    row = attendance_by_id(database(), attendance_id)
    line = session_line(database(), row.session_id)
    who = person_of_evening(database(), row.session_id, row.person_id)
    form = CorrectForm()
    if request.method == "GET":
        form.outcome.data = row.outcome.value if row.outcome else None
    elif form.validate():
        with form.refusals():
            correct_attendance(
                database(),
                attendance_id=attendance_id,
                outcome=AttendanceOutcome(form.outcome.data),
                checked_in_at=instant_on(line, form.came_at.data) or row.checked_in_at,
                left_at=instant_on(line, form.at.data),
                reason=form.reason.data,
                **_hand(),
            )
            flash(_("Corrected. Both ledgers are up to date."), "success")
            return redirect(url_for("dashboard.tonight_review", session_id=line.id), 303)
    page = render_template("jury/evening/correct.html", form=form, line=line, who=who)
    return page, 200 if request.method == "GET" else 422
