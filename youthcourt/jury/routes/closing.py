"""The end of an evening: confirmed once, corrected afterwards with a reason."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt.accounts.reads import note_read
from youthcourt.audit.domain import Subject
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.queries import SessionLine, session_line
from youthcourt.jury.forms.evening import CorrectForm
from youthcourt.jury.models import Attendance
from youthcourt.jury.routes.blueprint import bp
from youthcourt.jury.routes.desk import Page, hand, instant_on
from youthcourt.jury.services.correcting import attendance_in, correct_attendance
from youthcourt.jury.services.evening import confirm_evening
from youthcourt.people.models import Person
from youthcourt.people.queries import live_person, name_of
from youthcourt.sentences.domain import AttendanceOutcome
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import sentence
from youthcourt.web.transactions import database


@bp.post("/evenings/<uuid:session_id>/confirm")
@requires(Permission.EVENING_CONFIRM)
def confirm(session_id: uuid.UUID) -> Response:
    """Confirm an evening: everything counts from now on."""
    session_line(database(), session_id)
    review = url_for("dashboard.tonight_review", session_id=session_id)
    try:
        confirmed = confirm_evening(database(), session_id=session_id, **hand())
    except NotFound:
        raise
    except CourtRuleBroken as refusal:
        database().rollback()
        flash(sentence(refusal.code, **refusal.params), "error")
        return redirect(review, 303)
    if confirmed is None:
        flash(_("This session was confirmed before. Nothing was posted again."), "success")
    else:
        flash(_("Confirmed. Both ledgers are up to date."), "success")
    return redirect(review, 303)


@bp.route("/evenings/<uuid:session_id>/people/<uuid:person_id>/correct", methods=["GET", "POST"])
@requires(Permission.EVENING_CONFIRM)
def correct(session_id: uuid.UUID, person_id: uuid.UUID) -> Page:
    """Correct one person's evening after it was confirmed."""
    line = session_line(database(), session_id)
    person = live_person(database(), person_id)
    row = attendance_in(database(), session_id=session_id, person_id=person_id)
    note_read(subject=Subject(kind="attendance", id=row.id if row else None, person_id=person_id))
    form = CorrectForm()
    if request.method == "GET":
        _show_stored(form, row)
        return _correct_page(form, line, person, row)
    if form.validate():
        with form.refusals():
            done = correct_attendance(
                database(),
                session_id=session_id,
                person_id=person_id,
                outcome=AttendanceOutcome(form.outcome.data),
                came_at=instant_on(line, form.came_at.data),
                left_at=instant_on(line, form.at.data),
                reason=form.reason.data,
                version=_version(form),
                **hand(),
            )
            flash(_("Corrected. Both ledgers are up to date."), "success")
            if done.clock_stays:
                flash(
                    _(
                        "The days given back for this session stay given. If they should not, "
                        "change the last day on the page of what they owe."
                    ),
                    "warning",
                )
            return redirect(url_for("dashboard.tonight_review", session_id=line.id), 303)
    row = attendance_in(database(), session_id=session_id, person_id=person_id)
    form.version.data = _shown(row)
    return _correct_page(form, line, live_person(database(), person_id), row), 422


def _shown(row: Attendance | None) -> str:
    """Return the version of an entry as the form carries it, 0 for somebody without one."""
    return str(row.version_id if row and row.confirmed_at else 0)


def _version(form: CorrectForm) -> int | None:
    text = str(form.version.data or "")
    return int(text) if text.isdecimal() and len(text) < 9 else None  # noqa: PLR2004 -- digits


def _show_stored(form: CorrectForm, row: Attendance | None) -> None:
    form.version.data = _shown(row)
    form.outcome.data = row.outcome.value if row and row.outcome else None


def _correct_page(
    form: CorrectForm, line: SessionLine, person: Person, row: Attendance | None
) -> str:
    return render_template(
        "jury/evening/correct.html",
        form=form,
        line=line,
        row=row,
        who=name_of(person.given_names, person.family_name, person.preferred_name),
        confirmed=line.state is CourtSessionState.CONFIRMED,
    )
