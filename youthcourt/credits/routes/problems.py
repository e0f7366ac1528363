"""What is wrong with the ledger, what it means, and where it is put right."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.credits.domain import ProblemCode
from youthcourt.credits.queries import ProblemLine, check_transfer_known, is_long, problem_lines
from youthcourt.credits.routes.blueprint import bp
from youthcourt.credits.services import keep_check, take_back_stray
from youthcourt.web.access import Permission, requires
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import label_of
from youthcourt.web.transactions import after_request_do, database

# What is not here is a row the program never writes.
_KINDS = {
    ProblemCode.POSTED_BELOW_FLOOR: "posted_below_floor",
    ProblemCode.BALANCE_BELOW_FLOOR: "balance_below_floor",
    ProblemCode.SERVICE_WITHOUT_TRANSFER: "service_without_transfer",
    ProblemCode.TRANSFER_WITHOUT_SERVICE: "transfer_without_service",
    ProblemCode.EARNED_DIFFERS: "earned_differs",
    ProblemCode.PARTS_DIFFER: "parts_differ",
    ProblemCode.SEATED_TWICE: "seats",
    ProblemCode.SEATS_ABOVE_CAPACITY: "seats",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownProblem:
    """A problem with what it means and what to do; ``stray`` is a line that can go here."""

    line: ProblemLine
    meaning: str
    remedy: str
    stray: uuid.UUID | None


@bp.get("/credits/problems")
@requires(Permission.CREDITS_READ)
def list_problems() -> str:
    """Show every problem of the ledger with what to do about it."""
    note_read(subject=Subject(kind="credit_problems"), filter_used="all")
    return _page(CourtForm(formdata=None))


@bp.post("/credits/lines/<uuid:transfer_id>/take-back")
@requires(Permission.SERVICE_WRITE)
def take_back_line(transfer_id: uuid.UUID) -> Response | tuple[str, int]:
    """Take back a line no confirmed service stands behind."""
    check_transfer_known(database(), transfer_id)
    form = CourtForm()
    if form.validate():
        with form.refusals():
            take_back_stray(
                database(), transfer_id=transfer_id, actor=signed_in().actor, now=clock.now()
            )
            flash(_("The line is taken back. The statement shows both."), "success")
            return redirect(url_for("credits.list_problems"), 303)
    return _page(form), 422


def _page(form: CourtForm) -> str:
    found = tuple(_shown(line) for line in problem_lines(database()))
    _keep(len(found))
    return render_template("credits/problems.html", form=form, problems=found)


def _keep(problems: int) -> None:
    """Let the first page tell what was just found."""
    actor, now = signed_in().actor, clock.now()
    if is_long(database()):
        after_request_do(
            lambda session: keep_check(session, problems=problems, actor=actor, now=now)
        )


def _shown(line: ProblemLine) -> ShownProblem:
    kind = _KINDS.get(line.problem.code, "damaged")
    return ShownProblem(
        line=line,
        meaning=label_of("ProblemMeaning", kind),
        remedy=label_of("ProblemRemedy", kind),
        stray=line.problem.rows[0] if kind == "transfer_without_service" else None,
    )
