"""Sections that the jury adds to the page of a session and to the page of a person."""

from __future__ import annotations

import uuid

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.jury.queries import duties_of, jury_view, telling_of
from youthcourt.web.access import Permission
from youthcourt.web.panels import Panel, PanelSource
from youthcourt.web.transactions import database


def _session_section(session_id: uuid.UUID) -> Panel:
    session = database()
    view = jury_view(session, session_id, now=clock.now())
    return Panel(
        template="jury/_session_section.html",
        context={
            "view": view,
            "telling": telling_of(session, session_id),
            "over": view.evening.over(clock.now()),
        },
    )


def _person_section(person_id: uuid.UUID) -> Panel | None:
    duties = duties_of(database(), person_id=person_id, today=signed_in().today)
    if not (duties.coming or duties.past):
        return None
    return Panel(template="jury/_person_section.html", context={"duties": duties})


PANELS = (
    PanelSource(place="session", order=10, permission=Permission.DRAW, build=_session_section),
    PanelSource(place="person", order=8, permission=Permission.PEOPLE_READ, build=_person_section),
)
