"""The evening on a tablet: the door, one view per room, the docket behind its lock, the review."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable

from flask import abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.courts.domain import ShowAt
from youthcourt.courts.queries import policy_on
from youthcourt.dashboard.queries import docket_lines, evenings_of_today, review_lines
from youthcourt.dashboard.routes.blueprint import bp
from youthcourt.hearings.domain import ContinuanceReason, CourtSessionState, HearingState
from youthcourt.hearings.forms import OutcomeForm
from youthcourt.hearings.queries import SessionLine, session_line, sitting_by_id
from youthcourt.jury.forms.evening import CodeForm, DeskForm, MarkForm
from youthcourt.jury.queries.evening import EveningPerson, people_of_evening, person_of_evening
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

Page = str | Response


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
        line=line,
        people=people,
        counts=_counts(people),
        desk=DeskForm(),
        code=CodeForm(),
        open=line.state is CourtSessionState.PLANNED,
        early=line.held_on > signed_in().today,
        rules=_rules(line),
    )


@bp.get("/tonight/rooms/<uuid:sitting_id>")
@requires(Permission.EVENING_DESK)
def tonight_room(sitting_id: uuid.UUID) -> str:
    """Show one room: first names and seats, and nothing of what is heard there."""
    sitting = sitting_by_id(database(), sitting_id)
    line = session_line(database(), sitting.session_id)
    people = people_of_evening(database(), line.id)
    panel = [one for one in people if one.sitting_id == sitting_id and one.seated]
    return render_template(
        "dashboard/tonight/room.html",
        line=line,
        sitting=sitting,
        panel=sorted(panel, key=lambda one: one.position or 0),
        waiting=[one for one in people if one.here and not one.seated],
        here=sum(one.here for one in panel),
        sworn=sum(one.here and one.oath_at is not None for one in panel),
        desk=DeskForm(),
        open=line.state is CourtSessionState.PLANNED,
        early=line.held_on > signed_in().today,
    )


@bp.get("/tonight/<uuid:session_id>/people/<uuid:person_id>")
@requires(Permission.EVENING_DESK)
def tonight_person(session_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """Show one person of an evening with everything the desk can say of them."""
    line = session_line(database(), session_id)
    one = person_of_evening(database(), session_id, person_id)
    if one is None:
        abort(404)
    form = MarkForm()
    form.outcome.data = one.outcome.value if one.outcome else None
    form.version.data = str(one.version)
    return render_template(
        "dashboard/tonight/person.html",
        line=line,
        one=one,
        form=form,
        desk=DeskForm(),
        open=line.state is CourtSessionState.PLANNED,
        early=line.held_on > signed_in().today,
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
    dockets = docket_lines(database(), sitting_id)
    waits = [one for one in dockets if one.hearing.state is HearingState.DOCKETED]
    return render_template(
        "dashboard/tonight/docket.html",
        line=line,
        sitting=sitting,
        docket=dockets,
        next_id=waits[0].hearing.id if waits else None,
        reasons=tuple(ContinuanceReason),
        form=OutcomeForm(formdata=None),
        early=line.held_on > signed_in().today,
        rules=_rules(line),
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
        line=line,
        lines=lines,
        unsaid=[one for one in lines if one.effect is None],
        dockets=[(room, docket_lines(database(), room.id)) for room in line.sittings],
        confirmed=line.state is CourtSessionState.CONFIRMED,
        open=line.state is CourtSessionState.PLANNED,
        early=line.span.starts_at > clock.now(),
        desk=DeskForm(),
    )


def _counts(people: Iterable[EveningPerson]) -> dict[uuid.UUID, int]:
    """Return how many of each room's panel are here."""
    return Counter(one.sitting_id for one in people if one.here and one.seated and one.sitting_id)


def _rules(line: SessionLine) -> tuple[object, ...]:
    """Return the rules of the court kept as text for the evening."""
    return policy_on(database(), day=line.held_on).policy.extra_at(ShowAt.TONIGHT)
