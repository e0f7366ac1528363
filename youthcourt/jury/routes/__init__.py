"""The pages of the jury: the draw and its seats, slips, and the acts of the evening."""

from __future__ import annotations

from youthcourt.jury.routes import (  # noqa: F401 -- each module adds its pages
    closing,
    draw,
    evening,
    invitations,
    seating,
    seats,
    slips,
    walk_ins,
)
from youthcourt.jury.routes.blueprint import bp
from youthcourt.jury.routes.sections import PANELS as SECTIONS
from youthcourt.web.navigation import Entry

BLUEPRINTS = (bp,)
MENU: tuple[Entry, ...] = ()
PANELS = SECTIONS
PAGES = ()
"""The modules that put their pages on the blueprint."""
