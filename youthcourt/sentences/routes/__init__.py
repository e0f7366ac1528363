"""The pages of sentences, obligations and service."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from youthcourt.sentences.routes import (  # noqa: F401 -- each module adds its pages
    changes,
    giving,
    lists,
    reporting,
    service,
    sheet,
    withdrawing,
)
from youthcourt.sentences.routes.blueprint import bp
from youthcourt.sentences.routes.panels import case_panel, person_panel
from youthcourt.web.access import Permission
from youthcourt.web.navigation import Entry
from youthcourt.web.panels import PanelSource

BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("Service"),
        endpoint="sentences.list_waiting",
        permission=Permission.SERVICE_WRITE,
        order=50,
    ),
)
PANELS = (
    PanelSource(place="case", order=20, permission=Permission.CASES_READ, build=case_panel),
    PanelSource(place="person", order=20, permission=Permission.CASES_READ, build=person_panel),
)
