"""The pages of counts and evaluation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from youthcourt.evaluation.routes import counts, results
from youthcourt.evaluation.routes.blueprint import bp
from youthcourt.web.access import Permission
from youthcourt.web.navigation import Entry

BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("Counts"), endpoint="evaluation.counts", permission=Permission.REPORTS, order=84
    ),
    # For those who work with it; a coordinator comes from the counts.
    Entry(
        label=_l("Follow-up results"),
        endpoint="evaluation.results",
        permission=Permission.EVALUATION_EXPORT,
        order=86,
    ),
)
PAGES = (counts, results)
"""The modules that put their pages on the blueprint."""
