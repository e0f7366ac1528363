"""The calendar, and the page of one session."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import render_template

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.queries import (
    adults_of_session,
    closed_days,
    closed_labels,
    coming_sessions,
    count_waiting,
    dockets_of,
    has_sessions,
    past_sessions,
    rooms,
    session_line,
)
from youthcourt.hearings.routes.blueprint import bp, note_session_read, policy_today
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database

SOON = timedelta(days=60)


@bp.get("/calendar")
@requires(Permission.CALENDAR)
def show_calendar() -> str:
    """Show the coming sessions and, page by page, what is over."""
    session, today = database(), signed_in().today
    past = past_sessions(session, today=today, page=page_wanted())
    coming = coming_sessions(session, today=today)
    closed = closed_days(session, since=today)
    return render_template(
        "hearings/calendar.html",
        coming=coming,
        closed={row.day: row.label for row in closed},
        closed_soon=[row for row in closed if row.day <= today + SOON],
        past=past,
        pager=pager_of(past, "hearings.show_calendar", _anchor="past"),
        policy=policy_today(today),
        any_room=bool(rooms(session)),
        anything=bool(coming) or has_sessions(session),
        waiting=count_waiting(session),
        today=today,
    )


@bp.get("/calendar/sessions/<uuid:session_id>")
@requires(Permission.CALENDAR)
def show_session(session_id: uuid.UUID) -> str:
    """Show a session with its rooms and their dockets."""
    session = database()
    line = session_line(session, session_id)
    dockets = dockets_of(session, session_id)
    note_session_read(session_id)
    return render_template(
        "hearings/session.html",
        line=line,
        dockets=dockets,
        adults=adults_of_session(session, session_id),
        used=any(hearing.decided_at for docket in dockets.values() for hearing in docket),
        closed=closed_labels(session, (line.held_on,)).get(line.held_on),
        can_change=line.state is CourtSessionState.PLANNED,
        begun=line.span.starts_at <= clock.now(),
        over=line.span.ends_at <= clock.now(),
        today=signed_in().today,
    )
