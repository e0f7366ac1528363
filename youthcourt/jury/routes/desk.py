"""What every act of the desk shares: whose hand it is, and the way back to its page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings.domain import instant_of
from youthcourt.hearings.queries import SessionLine, sitting_by_id
from youthcourt.jury.forms.evening import Back
from youthcourt.web.i18n import sentence
from youthcourt.web.transactions import database

Page = str | Response | tuple[str, int]
LONGEST_VERSION = 9


def hand() -> dict[str, Any]:
    """Return who acts and when, for services."""
    return {"actor": signed_in().actor, "now": clock.now()}


def sent_sitting(session_id: uuid.UUID) -> uuid.UUID | None:
    """Return the room a form names, None where it names none of this session."""
    try:
        sitting = sitting_by_id(database(), uuid.UUID(request.form.get("sitting", "")))
    except (ValueError, NotFound):
        return None
    return sitting.id if sitting.session_id == session_id else None


def shown_version(text: str | None) -> int | None:
    """Return the version a page showed of an entry, None where it showed none."""
    digits = text or ""
    shown = int(digits) if digits.isdecimal() and len(digits) < LONGEST_VERSION else 0
    return shown or None


def desk_url(
    session_id: uuid.UUID,
    person_id: uuid.UUID | None = None,
    *,
    at_line: bool = False,
    scanning: bool = False,
) -> str:
    """Return the page an act was sent from, found by a checked word.

    With ``at_line`` the page opens at the person's own line, so that a long list does not jump;
    with ``scanning`` at the field for the next code.
    """
    wanted = request.form.get("back", "")
    anchor = f"p-{person_id}" if at_line and person_id is not None else None
    sitting = sent_sitting(session_id) if wanted == Back.ROOM else None
    if sitting is not None:
        return url_for("dashboard.tonight_room", sitting_id=sitting, _anchor=anchor)
    if wanted == Back.PERSON and person_id is not None:
        return url_for("dashboard.tonight_person", session_id=session_id, person_id=person_id)
    scan = 1 if scanning else None
    return url_for("dashboard.tonight_door", session_id=session_id, scan=scan, _anchor=anchor)


def do_at_desk(
    session_id: uuid.UUID,
    act: Callable[[], object],
    *,
    person_id: uuid.UUID | None = None,
    scanning: bool = False,
) -> Response:
    """Do one act and go back; a refusal is told there, and nothing is written.

    ``act`` returns what is to be said at the top of the page, nothing where the person's line
    says it all.
    """
    try:
        said = act()
    except NotFound:
        raise
    except CourtRuleBroken as refusal:
        database().rollback()
        flash(sentence(refusal.code, **refusal.params), "error")
        return redirect(desk_url(session_id, person_id, scanning=scanning), 303)
    if said:
        flash(str(said), "success")
    back = desk_url(session_id, person_id, at_line=not said, scanning=scanning)
    return redirect(back, 303)


def instant_on(line: SessionLine, at: time | None) -> datetime | None:
    """Return the instant of a wall time in an evening, on its second day after midnight."""
    if at is None:
        return None
    next_day = line.over_midnight and at < line.starts_at
    return instant_of(line.held_on + timedelta(days=int(next_day)), at, line.zone)
