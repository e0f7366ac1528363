"""Rooms, and the days on which nothing is held."""

from __future__ import annotations

import uuid
import zlib
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.routes.conflict import Conflict, found_conflict
from youthcourt.hearings import services
from youthcourt.hearings.forms import ClosedDayForm, RoomForm
from youthcourt.hearings.models import Room
from youthcourt.hearings.queries import closed_days, room_by_id, rooms, sessions_on
from youthcourt.hearings.routes.blueprint import Page, bp
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

_FIELDS = ("name", "address", "directions")


@bp.get("/calendar/rooms")
@requires(Permission.CALENDAR)
def list_rooms() -> str:
    """Show every room, those no longer used at the end."""
    return render_template("hearings/rooms.html", rooms=rooms(database(), closed=True))


@bp.route("/calendar/rooms/new", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def new_room() -> Page:
    """Add a room."""
    form = RoomForm()
    if request.method == "GET":
        return render_template("hearings/room.html", form=form, room=None)
    if form.validate():
        with form.refusals():
            services.add_room(
                database(), **form.given(*_FIELDS), actor=signed_in().actor, now=clock.now()
            )
            flash(_("The room is added."), "success")
            return redirect(url_for("hearings.list_rooms"), 303)
    return render_template("hearings/room.html", form=form, room=None), 422


@bp.route("/calendar/rooms/<uuid:room_id>", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def edit_room(room_id: uuid.UUID) -> Page:
    """Change a room's name and the way to it."""
    session = database()
    if request.method == "GET":
        room = room_by_id(session, room_id)
        form = RoomForm(data=_saved(room))
        form.version.data = str(_version(room))
        return _room_page(form, room)
    form = RoomForm()
    room = services.locked_rooms(session, (room_id,))[room_id]
    conflict = found_conflict(
        form, saved=_saved(room), version=_version(room), subject="room", subject_id=room_id
    )
    if conflict is None and form.validate():
        with form.refusals():
            services.change_room(
                session,
                room_id=room_id,
                **form.given(*_FIELDS),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The room is saved."), "success")
            return redirect(url_for("hearings.list_rooms"), 303)
    return _room_page(form, room_by_id(session, room_id), conflict), 422


def _saved(room: Room) -> dict[str, str]:
    return {name: getattr(room, name) or "" for name in _FIELDS}


def _version(room: Room) -> int:
    """Return a number that changes with what is stored of a room."""
    return zlib.crc32(repr(sorted(_saved(room).items())).encode())


def _room_page(form: RoomForm, room: Room, conflict: Conflict | None = None) -> str:
    return render_template("hearings/room.html", form=form, room=room, conflict=conflict)


@bp.post("/calendar/rooms/<uuid:room_id>/close")
@requires(Permission.CALENDAR_WRITE)
def close_room(room_id: uuid.UUID) -> Response:
    """Use a room no longer."""
    services.close_room(database(), room_id=room_id, actor=signed_in().actor, now=clock.now())
    flash(_("The room is no longer offered. What was held in it stays on record."), "success")
    return redirect(url_for("hearings.list_rooms"), 303)


@bp.post("/calendar/rooms/<uuid:room_id>/reopen")
@requires(Permission.CALENDAR_WRITE)
def reopen_room(room_id: uuid.UUID) -> Response:
    """Use a room again."""
    services.reopen_room(database(), room_id=room_id, actor=signed_in().actor, now=clock.now())
    flash(_("The room is offered again."), "success")
    return redirect(url_for("hearings.list_rooms"), 303)


@bp.get("/calendar/closed-days")
@requires(Permission.CALENDAR)
def list_closed_days() -> str:
    """Show the closed days from today on, with what is planned on them."""
    return _days_page(ClosedDayForm(formdata=None))


@bp.post("/calendar/closed-days")
@requires(Permission.CALENDAR_WRITE)
def add_closed_day() -> Page:
    """Close a day, after showing what is planned on it."""
    form = ClosedDayForm()
    if not form.validate() or form.day.data is None:
        return _days_page(form), 422
    day = form.day.data
    planned = sessions_on(database(), (day,))
    if planned and form.seen.data != day.isoformat():
        return _days_page(form, asked=day.isoformat(), planned=planned), 422
    with form.refusals():
        services.add_closed_day(
            database(),
            day=day,
            label=str(form.label.data),
            actor=signed_in().actor,
            now=clock.now(),
        )
        flash(_("The day is closed. What is planned on it is shown below."), "success")
        return redirect(url_for("hearings.list_closed_days"), 303)
    return _days_page(form), 422


@bp.post("/calendar/closed-days/<uuid:closed_day_id>/remove")
@requires(Permission.CALENDAR_WRITE)
def remove_closed_day(closed_day_id: uuid.UUID) -> Response:
    """Make a closed day an ordinary one again."""
    services.remove_closed_day(
        database(), closed_day_id=closed_day_id, actor=signed_in().actor, now=clock.now()
    )
    flash(_("The day is an ordinary one again. Nothing was planned on it."), "success")
    return redirect(url_for("hearings.list_closed_days"), 303)


def _days_page(form: ClosedDayForm, *, asked: str = "", planned: Any = ()) -> str:
    """Return the page; ``asked`` is the day whose sessions have just been shown."""
    form.seen.data = asked
    form.seen.raw_data = [asked]
    session = database()
    days = closed_days(session, since=signed_in().today)
    return render_template(
        "hearings/closed_days.html",
        form=form,
        days=days,
        on_them=sessions_on(session, [row.day for row in days]),
        planned=planned,
    )
