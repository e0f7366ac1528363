"""The pages on people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from youthcourt.people.routes import (
    adults,
    door,
    jurors,
    lists,
    merges,
    papers,
    persons,
    ties,
    ways_in,
)
from youthcourt.people.routes.blueprint import bp
from youthcourt.web.access import Permission
from youthcourt.web.navigation import Entry

BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("People"),
        endpoint="people.list_people",
        permission=Permission.PEOPLE_READ,
        order=30,
    ),
)
PANELS = (ways_in.PANEL,)
PAGES = (lists, persons, adults, papers, jurors, ways_in, ties, merges)
"""The modules that put their pages on the blueprint."""
door.add_to(bp)
