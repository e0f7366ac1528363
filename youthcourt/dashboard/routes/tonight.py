"""The evening on a tablet: the door, one view per room, the docket behind its lock, the review."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.courts.domain import ShowAt
from youthcourt.courts.queries import policy_on
from youthcourt.dashboard.queries import (
    docket_lines,
    evenings_of_today,
    review_lines,
    rooms_left,
)
from youthcourt.dashboard.routes.blueprint import bp
from youthcourt.hearings.domain import CourtSessionState, HearingState
from youthcourt.hearings.ports import panel_came
from youthcourt.hearings.queries import SessionLine, SittingLine, session_line, sitting_by_id
from youthcourt.jury.forms.evening import CodeForm, MarkForm
from youthcourt.jury.queries.evening import EveningPerson, people_of_evening
from youthcourt.jury.queries.places import seat_refusals
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

Page = str | Response


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomState:
    """How far a room is: who is here, who of them gave the promise, who may still come."""

    sitting: SittingLine
    here: int
    ready: int
    expected: int

    @property
    def kind(self) -> str:
        """The drawing that goes with it."""
        if self.ready >= self.sitting.panel_target:
            return "done"
        return "active" if self.ready >= self.sitting.quorum else "warning"

    @property
    def lacking(self) -> int:
        """How many more with the promise given make a quorum."""
        return max(self.sitting.quorum - self.ready, 0)


def _room_state(sitting: SittingLine, people: Iterable[EveningPerson]) -> RoomState:
    panel = [one for one in people if one.seated and one.sitting_id == sitting.id]
    return RoomState(
        sitting=sitting,
        here=sum(one.here for one in panel),
        ready=sum(one.ready for one in panel),
        expected=sum(one.outcome is None for one in panel),
    )


@bp.get("/tonight")
@requires(Permission.EVENING_DESK)
def tonight() -> Page:
    """Lead to today's session, or show which others there are."""
    found = evenings_of_today(database(), today=signed_in().today)
    if len(found.today) == 1 and not found.unconfirmed:
        return redirect(url_for("dashboard.tonight_door", session_id=found.today[0].id), 303)
    return render_template("dashboard/tonight/choose.html", found=found, today=signed_in().today)


@bp.get("/tonight/<uuid:session_id>")
@requires(Permission.EVENING_DESK)
def tonight_door(session_id: uuid.UUID) -> str:
    """Show everybody of a session to whoever stands at the door."""
    line = session_line(database(), session_id)
    people = people_of_evening(database(), session_id)
    return render_template(
        "dashboard/tonight/door.html",
        people=people,
        states=[_room_state(room, people) for room in line.sittings],
        waiting=[one for one in people if one.here and not one.seated],
        code=CodeForm(formdata=None),
        scanning="scan" in request.args,
        rules=_rules(line),
        **_common(line),
    )


@bp.get("/tonight/rooms/<uuid:sitting_id>")
@requires(Permission.EVENING_DESK)
def tonight_room(sitting_id: uuid.UUID) -> str:
    """Show one room: first names and seats, and nothing of what is heard there."""
    sitting = sitting_by_id(database(), sitting_id)
    line = session_line(database(), sitting.session_id)
    people = people_of_evening(database(), line.id)
    panel = [one for one in people if one.sitting_id == sitting_id and one.seated]
    waiting = [one for one in people if one.here and not one.seated]
    asked = [one.person_id for one in waiting]
    return render_template(
        "dashboard/tonight/room.html",
        sitting=sitting,
        state=_room_state(sitting, people),
        panel=sorted(panel, key=lambda one: one.position or 0),
        waiting=waiting,
        standing_by=[
            one for one in people if one.reserve and one.expected and one.sitting_id == sitting_id
        ],
        refusals=seat_refusals(database(), line.id, people, asked=asked, now=clock.now()),
        rules=_rules(line),
        **_common(line),
    )


@bp.get("/tonight/<uuid:session_id>/people/<uuid:person_id>")
@requires(Permission.EVENING_DESK)
def tonight_person(session_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """Show one person of an evening with everything the desk can say of them."""
    line = session_line(database(), session_id)
    people = people_of_evening(database(), session_id)
    one = next((one for one in people if one.person_id == person_id), None)
    if one is None:
        abort(404)
    form = MarkForm(formdata=None)
    form.outcome.data = one.outcome.value if one.outcome else None
    form.version.data = str(one.version)
    asked = [person_id] if one.here else []
    return render_template(
        "dashboard/tonight/person.html",
        one=one,
        form=form,
        refusals=seat_refusals(database(), session_id, people, asked=asked, now=clock.now()),
        **_common(line),
    )


@bp.get("/tonight/rooms/<uuid:sitting_id>/docket")
@requires(Permission.EVENING_DOCKET)
def tonight_docket(sitting_id: uuid.UUID) -> Page:
    """Show what is heard in a room, behind the password; it locks itself after a while."""
    sitting = sitting_by_id(database(), sitting_id)
    if not signed_in().is_stepped_up(clock.now()):
        session["next"] = url_for("dashboard.tonight_docket", sitting_id=sitting_id)
        return redirect(url_for("accounts.step_up"), 303)
    note_read(subject=Subject(kind="docket", id=sitting_id))
    line = session_line(database(), sitting.session_id)
    dockets = docket_lines(database(), line, sitting_id, now=clock.now())
    waits = [one for one in dockets if one.hearing.state is HearingState.DOCKETED]
    people = people_of_evening(database(), line.id)
    return render_template(
        "dashboard/tonight/docket.html",
        sitting=sitting,
        state=_room_state(sitting, people),
        docket=dockets,
        next_id=waits[0].hearing.id if waits else None,
        panel_came=panel_came(database(), sitting_id),
        rules=_rules(line),
        **_common(line),
    )


@bp.get("/tonight/<uuid:session_id>/review")
@requires(Permission.EVENING_CONFIRM)
def tonight_review(session_id: uuid.UUID) -> str:
    """Show what everybody's evening counts for, before and after it is confirmed."""
    line = session_line(database(), session_id)
    note_read(subject=Subject(kind="attendance_list", id=session_id))
    lines = review_lines(database(), line)
    return render_template(
        "dashboard/tonight/review.html",
        lines=lines,
        unsaid=[one for one in lines if one.effect is None and one.person.seated],
        without_seat=[one for one in lines if one.person.here and not one.person.seated],
        unverified=sum(one.effect is not None and one.effect.unverified for one in lines),
        left=rooms_left(database(), line),
        confirmed=line.state is CourtSessionState.CONFIRMED,
        **_common(line),
    )


def _common(line: SessionLine) -> dict[str, Any]:
    """Return what every page of an evening needs: when it is and what can be done now."""
    now, zone = clock.now(), ZoneInfo(line.zone)

    def local(instant: datetime | None) -> time | None:
        return None if instant is None else instant.astimezone(zone).time()

    early = line.held_on > signed_in().today
    return {
        "line": line,
        "open": line.state is CourtSessionState.PLANNED and not early,
        "early": early,
        "tonight": line.held_on == signed_in().today,
        "begun": line.span.starts_at <= now,
        "over": line.span.ends_at <= now,
        "rooms": {room.id: room.room for room in line.sittings},
        "now": local(now),
        "local": local,
    }


def _rules(line: SessionLine) -> tuple[object, ...]:
    """Return the rules of the court kept as text for the evening."""
    return policy_on(database(), day=line.held_on).policy.extra_at(ShowAt.TONIGHT)
