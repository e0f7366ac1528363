"""The pages of the jury: the draw and its seats, slips, and the acts of the evening."""

from __future__ import annotations

from youthcourt.jury.routes import (  # noqa: F401 -- each module adds its pages
    closing,
    evening,
    seating,
    walk_ins,
)
from youthcourt.jury.routes.blueprint import bp
from youthcourt.web.navigation import Entry
from youthcourt.web.panels import PanelSource

BLUEPRINTS = (bp,)
MENU: tuple[Entry, ...] = ()
PANELS: tuple[PanelSource, ...] = ()
PAGES = ()
"""The modules that put their pages on the blueprint."""
