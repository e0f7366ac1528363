"""The pages of time credits."""

from __future__ import annotations

from youthcourt.credits.routes import (  # noqa: F401 -- each module adds its pages to the blueprint
    problems,
    statement,
)
from youthcourt.credits.routes.blueprint import bp
from youthcourt.credits.routes.statement import person_panel
from youthcourt.web.access import Permission
from youthcourt.web.panels import PanelSource

BLUEPRINTS = (bp,)
PANELS = (
    PanelSource(place="person", order=30, permission=Permission.CREDITS_READ, build=person_panel),
)
