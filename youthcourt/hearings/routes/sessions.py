"""Moving and cancelling a session, and its rooms."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.routes.conflict import Conflict, found_conflict
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    ClockChange,
    HearingState,
    SessionCancelReason,
    SittingPlan,
    plan_from_policy,
)
from youthcourt.hearings.forms import (
    CancelSessionForm,
    MoveSessionForm,
    RemoveSittingForm,
    SittingForm,
)
from youthcourt.hearings.queries import (
    Clash,
    SessionLine,
    SittingLine,
    dockets_of,
    move_clashes,
    policies_of_days,
    rooms,
    session_line,
    sitting_by_id,
)
from youthcourt.hearings.routes.blueprint import (
    Page,
    bp,
    clock_change_on,
    note_session_read,
    now_seen,
    plan_of,
    seen_version,
    session_url,
    typed_plan,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

_WHEN = ("held_on", "starts_at", "ends_at")
WAIT = "wait"


@bp.route("/calendar/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def move_session(session_id: uuid.UUID) -> Page:
    """Move a session; clashes and what the clocks do are shown before it is stored."""
    session, me = database(), signed_in()
    if request.method == "GET":
        line = session_line(session, session_id)
        data = {**_when(line), "hearings_come": True, "seats_come": True}
        form = MoveSessionForm(data=data)
        form.version.data = str(line.version)
        return _move_page(form, line)
    form = MoveSessionForm()
    line = session_line(session, session_id)
    conflict = found_conflict(
        form,
        saved=_when(line),
        version=line.version,
        subject="court_session",
        subject_id=session_id,
    )
    change = None
    if conflict is None and form.validate():
        change = clock_change_on(
            form.held_on.data, form.starts_at.data, form.ends_at.data, me.time_zone
        )
        if change is None or form.clock_seen.data == change:
            with form.refusals():
                services.change_session(
                    session,
                    session_id=session_id,
                    **form.given(*_WHEN, "hearings_come", "seats_come"),
                    version=line.version,
                    actor=me.actor,
                    now=clock.now(),
                )
                flash(_("The session is moved."), "success")
                return redirect(session_url(session_id), 303)
        form.clock_seen.data = change
    line = session_line(session, session_id)
    return _move_page(form, line, conflict=conflict, change=change), 422


def _move_page(
    form: MoveSessionForm,
    line: SessionLine,
    *,
    conflict: Conflict | None = None,
    change: ClockChange | None = None,
) -> str:
    note_session_read(line.id)
    return render_template(
        "hearings/move_session.html",
        form=form,
        line=line,
        conflict=conflict,
        change=change,
        clashes=_clashes(form, line),
    )


def _when(row: SessionLine) -> dict[str, Any]:
    return {"held_on": row.held_on, "starts_at": row.starts_at, "ends_at": row.ends_at}


def _clashes(form: MoveSessionForm, line: SessionLine) -> Sequence[Clash]:
    """Return whose hearings would clash at the time that was typed."""
    when = {name: form[name].data for name in _WHEN}
    if request.method == "GET" or not form.hearings_come.data or None in when.values():
        return ()
    hearings = [
        hearing
        for docket in dockets_of(database(), line.id).values()
        for hearing in docket
        if hearing.state is HearingState.DOCKETED
    ]
    try:
        return move_clashes(database(), replace(line, **when), hearings)
    except (CourtRuleBroken, OverflowError):
        return ()  # No such time: the form says so.


@bp.route("/calendar/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def cancel_session(session_id: uuid.UUID) -> Page:
    """Cancel a session, after showing what that means for its hearings."""
    session, form = database(), CancelSessionForm()
    if request.method == "GET":
        return _cancel_page(form, session_line(session, session_id))
    if form.validate():
        with form.refusals():
            services.cancel_session(
                session,
                session_id=session_id,
                reason=SessionCancelReason(form.reason.data),
                version=seen_version(form),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The session is cancelled. Its hearings wait for another one."), "success")
            return redirect(session_url(session_id), 303)
    return _cancel_page(form, session_line(session, session_id)), 422


def _cancel_page(form: CancelSessionForm, line: SessionLine) -> str:
    now_seen(form, line.version)
    return render_template("hearings/cancel_session.html", form=form, line=line)


@bp.route("/calendar/sessions/<uuid:session_id>/rooms/new", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def add_sitting(session_id: uuid.UUID) -> Page:
    """Add a room to a session."""
    session = database()
    line = session_line(session, session_id)
    here = {sitting.room_id for sitting in line.sittings}
    free = [room for room in rooms(session) if room.id not in here]
    policy = policies_of_days(session, (line.held_on,))[line.held_on]
    start = typed_plan(plan_from_policy(policy, session_id, line.kind))
    form = SittingForm(data=start) if request.method == "GET" else SittingForm()
    form.room_id.choices = [(str(room.id), room.name) for room in free]
    if request.method == "POST" and form.validate():
        with form.refusals():
            services.add_sitting(
                session,
                session_id=session_id,
                plan=plan_of(form, uuid.UUID(form.room_id.data)),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The room is added to the session."), "success")
            return redirect(session_url(session_id), 303)
    page = render_template("hearings/add_sitting.html", form=form, line=line, free=bool(free))
    return page if request.method == "GET" else (page, 422)


@bp.route("/calendar/sittings/<uuid:sitting_id>", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def edit_sitting(sitting_id: uuid.UUID) -> Page:
    """Change who presides in a room, its numbers, or the room itself."""
    session = database()
    sitting = sitting_by_id(session, sitting_id)
    saved = {**typed_plan(_plan(sitting)), "room_id": str(sitting.room_id)}
    version = zlib.crc32(repr(sorted(saved.items())).encode())
    if request.method == "GET":
        form = SittingForm(data=saved)
        form.version.data = str(version)
        return _sitting_page(form, sitting)
    form = SittingForm()
    _offer_rooms(form, sitting)
    conflict = found_conflict(
        form, saved=saved, version=version, subject="sitting", subject_id=sitting_id
    )
    if conflict is None and form.validate():
        with form.refusals():
            services.change_sitting(
                session,
                sitting_id=sitting_id,
                plan=plan_of(form, uuid.UUID(form.room_id.data)),
                was=_plan(sitting),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The room is saved."), "success")
            return redirect(session_url(sitting.session_id), 303)
    return _sitting_page(form, sitting, conflict), 422


def _plan(sitting: SittingLine) -> SittingPlan:
    return SittingPlan(
        room_id=sitting.room_id,
        model=sitting.model,
        presiding=sitting.presiding,
        quorum=sitting.quorum,
        panel_target=sitting.panel_target,
        panel_max=sitting.panel_max,
        max_first_hearings=sitting.max_first_hearings,
        max_return_hearings=sitting.max_return_hearings,
    )


def _offer_rooms(form: SittingForm, sitting: SittingLine) -> None:
    """Offer the room it is in and every room that the session does not use."""
    session = database()
    line = session_line(session, sitting.session_id)
    others = {one.room_id for one in line.sittings} - {sitting.room_id}
    offered = {room.id: room.name for room in rooms(session) if room.id not in others}
    offered.setdefault(sitting.room_id, sitting.room)
    form.room_id.choices = [(str(key), name) for key, name in offered.items()]


def _sitting_page(form: SittingForm, sitting: SittingLine, conflict: Conflict | None = None) -> str:
    _offer_rooms(form, sitting)
    return render_template(
        "hearings/sitting.html",
        form=form,
        sitting=sitting,
        line=session_line(database(), sitting.session_id),
        conflict=conflict,
    )


@bp.route("/calendar/sittings/<uuid:sitting_id>/remove", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def remove_sitting(sitting_id: uuid.UUID) -> Page:
    """Take a room out of a session; its hearings go to another room or wait."""
    session = database()
    sitting = sitting_by_id(session, sitting_id)
    line = session_line(session, sitting.session_id)
    form = RemoveSittingForm()
    form.hearings_to.choices = [
        *(
            (str(one.id), _("They go to %(room)s.", room=one.room))
            for one in line.sittings
            if one.id != sitting_id
        ),
        (WAIT, _("They wait for another session.")),
    ]
    if request.method == "GET":
        form.hearings_to.data = WAIT
        return _remove_page(form, sitting, line)
    if form.validate():
        chosen = form.hearings_to.data
        with form.refusals():
            services.remove_sitting(
                session,
                sitting_id=sitting_id,
                hearings_to=None if chosen == WAIT else uuid.UUID(chosen),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The room is taken out of the session."), "success")
            return redirect(session_url(line.id), 303)
    return _remove_page(form, sitting, line), 422


def _remove_page(form: RemoveSittingForm, sitting: SittingLine, line: SessionLine) -> str:
    return render_template("hearings/remove_sitting.html", form=form, sitting=sitting, line=line)
