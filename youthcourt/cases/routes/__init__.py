"""The pages of the case file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from youthcourt.cases.routes import (  # noqa: F401 -- each module adds its pages to the blueprint
    case,
    closing,
    contacts,
    facts,
    files,
    imports,
    intake,
    listing,
    notes,
    papers,
    printing,
    referral,
    screening,
)
from youthcourt.cases.routes.blueprint import bp
from youthcourt.cases.routes.case import person_panel
from youthcourt.web.access import Permission
from youthcourt.web.navigation import Entry
from youthcourt.web.panels import PanelSource

BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("Cases"),
        endpoint="cases.list_cases",
        permission=Permission.CASES_READ,
        order=30,
    ),
)
PANELS = (
    PanelSource(place="person", order=10, permission=Permission.CASES_READ, build=person_panel),
)
