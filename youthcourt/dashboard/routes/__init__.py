"""The screens over several features; their forms post to the feature that owns the act."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from youthcourt.dashboard.routes import (  # noqa: F401 -- each module adds its pages
    juror,
    messages,
    today,
    tonight,
)
from youthcourt.dashboard.routes.blueprint import bp
from youthcourt.web.access import Permission
from youthcourt.web.navigation import Entry

BLUEPRINTS = (bp,)
MENU = (
    Entry(label=_l("Today"), endpoint="dashboard.today", permission=Permission.TODAY, order=10),
    Entry(
        label=_l("Today's session"),
        endpoint="dashboard.tonight",
        permission=Permission.EVENING_DESK,
        order=20,
    ),
    Entry(
        label=_l("Messages"),
        endpoint="dashboard.list_messages",
        permission=Permission.PEOPLE_READ,
        order=80,
    ),
    Entry(
        label=_l("Numbers"), endpoint="dashboard.numbers", permission=Permission.NUMBERS, order=90
    ),
)
