"""What the desk does: each act is sent by a small form and comes back to its page."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.hearings.queries import session_line
from youthcourt.jury.domain.states import CheckInMethod
from youthcourt.jury.forms.evening import CodeForm, MarkForm, UndoForm
from youthcourt.jury.queries.evening import person_of_evening
from youthcourt.jury.routes.blueprint import bp
from youthcourt.jury.routes.desk import (
    desk_url,
    do_at_desk,
    hand,
    instant_on,
    sent_sitting,
    shown_version,
)
from youthcourt.jury.services.attendance import (
    HERE,
    attendance_by_id,
    check_in,
    check_out,
    mark_attendance,
    mark_missing,
    tick_oath,
    tick_oath_of_all,
    undo_check_in,
)
from youthcourt.people.links import person_of_slip
from youthcourt.people.queries import live_person
from youthcourt.sentences.domain import AttendanceOutcome
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label
from youthcourt.web.transactions import database


@bp.post("/evenings/<uuid:session_id>/people/<uuid:person_id>/here")
@requires(Permission.EVENING_DESK)
def check_in_person(session_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Note that somebody is here."""
    session_line(database(), session_id)

    def act() -> object:
        row = check_in(database(), session_id=session_id, person_id=person_id, **hand())
        return told_meanwhile(row.outcome)

    return do_at_desk(session_id, act, person_id=person_id)


def told_meanwhile(outcome: AttendanceOutcome | None) -> str | None:
    """Return what to say when another tablet has written down more than that somebody is here."""
    if outcome in HERE:
        return None
    told: str = _(
        "Somebody wrote down meanwhile: %(outcome)s. It stays so. Open the person to change it.",
        outcome=label(outcome),
    )
    return told


@bp.post("/evenings/<uuid:session_id>/code")
@requires(Permission.EVENING_DESK)
def check_in_by_code(session_id: uuid.UUID) -> Response:
    """Note that the owner of a slip is here."""
    line = session_line(database(), session_id)
    form = CodeForm()
    if not form.validate():
        flash(_("Please type or scan the code of the slip."), "error")
        return redirect(desk_url(session_id), 303)

    def act() -> object:
        # A scanner reads the whole address; the code stands behind its last sign.
        code = str(form.code.data).rsplit("#", maxsplit=1)[-1]
        person_id = person_of_slip(database(), code=code, now=clock.now())
        row = check_in(
            database(),
            session_id=session_id,
            person_id=person_id,
            method=CheckInMethod.CODE,
            **hand(),
        )
        who = person_of_evening(database(), session_id, row.person_id)
        rooms = {room.id: room.room for room in line.sittings}
        name = who.called if who else ""
        if row.outcome not in HERE:
            return f"{name}: {told_meanwhile(row.outcome)}"
        if who is None or not who.seated or who.sitting_id not in rooms:
            return _("%(name)s is here and has no seat yet.", name=name)
        return _(
            "%(name)s is here: %(room)s, seat %(number)s.",
            name=name,
            room=rooms[who.sitting_id],
            number=who.position,
        )

    return do_at_desk(session_id, act, scanning=True)


@bp.post("/evenings/attendances/<uuid:attendance_id>/undo")
@requires(Permission.EVENING_DESK)
def undo(attendance_id: uuid.UUID) -> Response:
    """Take a wrong tap back."""
    row = attendance_by_id(database(), attendance_id)
    version = shown_version(UndoForm().version.data)

    def act() -> None:
        undo_check_in(database(), attendance_id=attendance_id, version=version, **hand())

    return do_at_desk(row.session_id, act, person_id=row.person_id)


@bp.post("/evenings/attendances/<uuid:attendance_id>/left")
@requires(Permission.EVENING_DESK)
def leave(attendance_id: uuid.UUID) -> Response:
    """Note that somebody leaves now."""
    row = attendance_by_id(database(), attendance_id)

    def act() -> None:
        check_out(database(), attendance_id=attendance_id, **hand())

    return do_at_desk(row.session_id, act, person_id=row.person_id)


@bp.post("/evenings/attendances/<uuid:attendance_id>/oath")
@requires(Permission.EVENING_DESK)
def tick(attendance_id: uuid.UUID) -> Response:
    """Tick the promise of the evening, or take the tick away."""
    row = attendance_by_id(database(), attendance_id)
    given = request.form.get("given") != "0"

    def act() -> None:
        tick_oath(database(), attendance_id=attendance_id, given=given, **hand())

    return do_at_desk(row.session_id, act, person_id=row.person_id)


@bp.post("/evenings/<uuid:session_id>/oath")
@requires(Permission.EVENING_DESK)
def tick_all(session_id: uuid.UUID) -> Response:
    """Tick the promise of everybody who is here, of one room where the form names it."""
    session_line(database(), session_id)
    sitting = sent_sitting(session_id)

    def act() -> object:
        count = tick_oath_of_all(database(), session_id=session_id, sitting_id=sitting, **hand())
        return ngettext(
            "The promise is ticked for %(num)d more person.",
            "The promise is ticked for %(num)d more people.",
            count,
        )

    return do_at_desk(session_id, act)


@bp.post("/evenings/<uuid:session_id>/missing")
@requires(Permission.EVENING_DESK)
def miss(session_id: uuid.UUID) -> Response:
    """Note as absent whoever has a seat and is not here, of one room where the form names it."""
    session_line(database(), session_id)
    sitting = sent_sitting(session_id)

    def act() -> object:
        count = mark_missing(database(), session_id=session_id, sitting_id=sitting, **hand())
        return ngettext(
            "%(num)d person did not come. Whoever still comes is checked in as always.",
            "%(num)d people did not come. Whoever still comes is checked in as always.",
            count,
        )

    return do_at_desk(session_id, act)


@bp.post("/evenings/<uuid:session_id>/people/<uuid:person_id>/mark")
@requires(Permission.EVENING_DESK)
def mark(session_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Say how somebody's evening went."""
    line = session_line(database(), session_id)
    live_person(database(), person_id)
    form = MarkForm()

    def act() -> object:
        mark_attendance(
            database(),
            session_id=session_id,
            person_id=person_id,
            outcome=AttendanceOutcome(form.outcome.data),
            at=instant_on(line, form.at.data),
            version=shown_version(form.version.data),
            **hand(),
        )
        return _("Written down.")

    if not form.validate():
        flash(_("Please choose how it went, and type times like 18:30."), "error")
        return redirect(desk_url(session_id, person_id), 303)
    return do_at_desk(session_id, act, person_id=person_id)
