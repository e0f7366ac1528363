"""The rules of the court, for reading."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from youthcourt.courts.queries import policy_numbered, policy_on, policy_versions
from youthcourt.courts.sheet import assumed_count, sheet_of
from youthcourt.web.access import Permission, court_day, requires
from youthcourt.web.navigation import Entry
from youthcourt.web.transactions import database

bp = Blueprint("courts", __name__, url_prefix="/rules")
BLUEPRINTS = (bp,)
MENU = (
    Entry(
        label=_l("Court rules"),
        endpoint="courts.show_policy",
        permission=Permission.POLICY_READ,
        order=90,
    ),
)


@bp.get("/")
@requires(Permission.POLICY_READ)
def show_policy() -> str:
    """Show the policy in force today, or another version, with every assumption marked."""
    session = database()
    number = request.args.get("version", type=int)
    today = court_day()
    in_force = policy_on(session, day=today)
    chosen = in_force if number is None else policy_numbered(session, number)
    sections = sheet_of(chosen.policy)
    return render_template(
        "courts/policy.html",
        chosen=chosen,
        in_force=in_force,
        versions=policy_versions(session),
        sections=sections,
        assumed=assumed_count(sections),
    )
