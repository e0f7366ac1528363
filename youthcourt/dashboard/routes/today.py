"""The first page of the staff, and the counts for an evaluator."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.routes import home_url
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.dashboard.queries import counts_by_reason, needs_of_court, state_counts
from youthcourt.dashboard.routes.blueprint import bp
from youthcourt.web.access import Permission, current_user, public, requires
from youthcourt.web.transactions import database

SHOWN = 5  # of those who may not finish; the list has them all
HIDDEN_BELOW = 5  # a count that could single somebody out is not shown to an evaluator


@bp.get("/")
@public
def first_page() -> Response:
    """Lead everybody to the page they start from."""
    user = current_user()
    if user is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return redirect(home_url(user.permissions), 303)


@bp.get("/today")
@requires(Permission.TODAY)
def today() -> str:
    """Show what needs a hand now, each line leading to where it is done."""
    me = signed_in()
    note_read(subject=Subject(kind="case_list"), filter_used="waiting")
    needs = needs_of_court(database(), today=me.today, now=clock.now())
    return render_template("dashboard/today.html", needs=needs, today=me.today, shown=SHOWN)


@bp.get("/numbers")
@requires(Permission.NUMBERS)
def numbers() -> str:
    """Show how many cases stand where, without any name or number of a case."""
    session = database()
    return render_template(
        "dashboard/numbers.html",
        states=state_counts(session),
        reasons=counts_by_reason(session),
        hidden_below=HIDDEN_BELOW,
    )
