"""Whether the house is well, and what it keeps."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask_babel import lazy_gettext as _l

from youthcourt import clock
from youthcourt.courts.models import Court
from youthcourt.courts.queries import policy_on
from youthcourt.errors import NotFound
from youthcourt.upkeep.access import who_sees
from youthcourt.upkeep.domain.health import findings, worst
from youthcourt.upkeep.domain.keeping import rules_on_records
from youthcourt.upkeep.queries.health import read_house
from youthcourt.upkeep.queries.keeping import kept_records
from youthcourt.web.access import Permission, court_day, current_user, requires
from youthcourt.web.navigation import Entry
from youthcourt.web.transactions import database

bp = Blueprint("upkeep", __name__, url_prefix="/upkeep")
BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("Upkeep"),
        endpoint="upkeep.show_health",
        permission=Permission.UPKEEP,
        order=95,
    ),
)


def _court() -> Court:
    user = current_user()
    court = database().get(Court, user.court_id) if user is not None and user.court_id else None
    if court is None:
        raise NotFound
    return court


@bp.get("/")
@requires(Permission.UPKEEP)
def show_health() -> str:
    """Show each reading with a word for it and what to do."""
    config = current_app.extensions["youthcourt.config"]
    found = findings(
        read_house(
            database(),
            court=_court(),
            data_dir=config.data_dir,
            sends_mail=config.mail_gateway != "test",
            secure_cookies=config.secure_cookies,
            now=clock.now(),
        )
    )
    return render_template("upkeep/health.html", found=found, worst=worst(found))


@bp.get("/records")
@requires(Permission.UPKEEP)
def show_records() -> str:
    """Show how much is kept of each kind, since when, and who may see it."""
    kept = kept_records(database(), court_id=_court().id)
    policy = policy_on(database(), day=court_day()).policy
    return render_template(
        "upkeep/records.html",
        kept=[(line, who_sees(line.kind)) for line in kept],
        rules=rules_on_records(policy),
    )
