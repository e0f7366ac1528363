"""What waits to be confirmed, and who may not finish in time."""

from __future__ import annotations

from flask import render_template

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.sentences.queries import people_at_risk, waiting_service
from youthcourt.sentences.routes.blueprint import bp
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.get("/service/waiting")
@requires(Permission.SERVICE_WRITE)
def list_waiting() -> str:
    """Show every piece of service that waits to be confirmed, the oldest first."""
    note_read(subject=Subject(kind="service_list"), filter_used="waiting")
    return render_template(
        "sentences/waiting.html", waiting=waiting_service(database(), now=clock.now())
    )


@bp.get("/service/at-risk")
@requires(Permission.SERVICE_WRITE)
def list_at_risk() -> str:
    """Show who may not finish in time, why, and what can be done; the most urgent first."""
    note_read(subject=Subject(kind="service_list"), filter_used="at_risk")
    lines = people_at_risk(database(), now=clock.now())
    return render_template("sentences/at_risk.html", lines=lines, today=signed_in().today)
