"""The pages of the calendar and the docket."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from youthcourt.hearings.routes import (  # noqa: F401 -- each module adds its pages
    adults,
    calendar,
    docket,
    outcome,
    planning,
    rooms,
    sessions,
)
from youthcourt.hearings.routes.blueprint import bp
from youthcourt.hearings.routes.hearing import case_panel
from youthcourt.web.access import Permission
from youthcourt.web.navigation import Entry
from youthcourt.web.panels import PanelSource

BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("Calendar"),
        endpoint="hearings.show_calendar",
        permission=Permission.CALENDAR,
        order=40,
    ),
)
PANELS = (PanelSource(place="case", order=10, permission=Permission.CASES_READ, build=case_panel),)
