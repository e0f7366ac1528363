"""An obligation with its whole history, and everything that can change it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.courts.queries import policy_by_id
from youthcourt.sentences.forms import change_form
from youthcourt.sentences.queries import (
    SanctionProgress,
    changes_of_sanctions,
    details_of,
    feasibility_of,
    sanction_progress,
    service_lines,
)
from youthcourt.sentences.routes.blueprint import Page, bp, note_obligation_read
from youthcourt.sentences.services import (
    DONE_AS_A_WHOLE,
    adjust_sanction,
    excuse_absence,
    extend_sanction,
    finish_item,
    reopen_item,
    waive_sanction,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.forms import CourtForm
from youthcourt.web.transactions import database

TITLES = {
    "extend": _l("Give more time"),
    "waive": _l("Waive a part"),
    "adjust": _l("Change the amount"),
    "excuse": _l("Excuse an absence"),
    "finish": _l("Mark as done"),
    "reopen": _l("Open again"),
}


def acts_for(item: SanctionProgress) -> tuple[str, ...]:
    """Return what can be done with an obligation now."""
    if not item.case_open:
        return ()
    whole = item.unit in DONE_AS_A_WHOLE
    found = []
    if whole and item.finished_on is None and item.left:
        found.append("finish")
    if whole and item.finished_on is not None:
        found.append("reopen")
    if item.left:
        found += ["extend"] if item.due_on else []
        found += ["waive"]
        found += [] if item.unit is Unit.NONE else ["adjust"]
        found += ["excuse"] if item.kind is SanctionKind.JURY else []
    return tuple(found)


@bp.get("/obligations/<uuid:sanction_id>")
@requires(Permission.CASES_READ)
def show_obligation(sanction_id: uuid.UUID) -> str:
    """Show one obligation: its four parts, its service and what changed it."""
    session = database()
    item = sanction_progress(session, sanction_id=sanction_id)
    note_obligation_read("sanction", item.id, person_id=item.person_id, case_id=item.case_id)
    lines = service_lines(session, person_id=item.person_id)
    return render_template(
        "sentences/obligation.html",
        item=item,
        detail=details_of(session, case_id=item.case_id).get(item.id),
        outlook=_outlook(item, signed_in().today),
        lines=[line for line in lines if _counts_for(line, item.id)],
        changes=changes_of_sanctions(session, sanction_ids=[item.id]).get(item.id, ()),
        acts=[(act, TITLES[act]) for act in acts_for(item)],
        today=signed_in().today,
    )


def _outlook(item: SanctionProgress, today: date) -> Any:
    if item.kind is not SanctionKind.JURY or not item.case_open or not item.to_book:
        return None
    return feasibility_of(database(), sanction_id=item.id, today=today)


def _counts_for(line: Any, sanction_id: uuid.UUID) -> bool:
    return line.sanction_id == sanction_id or any(
        part.sanction_id == sanction_id for part in line.parts
    )


@bp.route("/obligations/<uuid:sanction_id>/<act>", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def change_obligation(sanction_id: uuid.UUID, act: str) -> Page:
    """Change an obligation in one way, with its reason."""
    if act not in TITLES:
        abort(404)
    item = sanction_progress(database(), sanction_id=sanction_id)
    form = change_form(act, item.unit)
    if request.method == "GET":
        if "finished_on" in form:
            form["finished_on"].data = signed_in().today
        return _page(form, item, act)
    if form.validate():
        with form.refusals():
            _ACTS[act](form, item)
            flash(_("Saved. The page shows what is owed now."), "success")
            address = url_for("sentences.show_obligation", sanction_id=sanction_id)
            return redirect(address, 303)
    return _page(form, item, act), 422


def _hand() -> dict[str, Any]:
    return {"actor": signed_in().actor, "now": clock.now()}


def _extend(form: CourtForm, item: SanctionProgress) -> None:
    extend_sanction(
        database(),
        sanction_id=item.id,
        days=form["days"].data,
        reason=form["reason"].data,
        **_hand(),
    )


def _waive(form: Any, item: SanctionProgress) -> None:
    amount = form.typed_amount(item.unit)
    reason = form["reason"].data
    waive_sanction(database(), sanction_id=item.id, amount=amount, reason=reason, **_hand())


def _adjust(form: Any, item: SanctionProgress) -> None:
    amount = form.typed_amount(item.unit) or 0
    reason = form["reason"].data
    adjust_sanction(database(), sanction_id=item.id, amount=amount, reason=reason, **_hand())


def _excuse(form: CourtForm, item: SanctionProgress) -> None:
    excuse_absence(database(), sanction_id=item.id, reason=form["reason"].data, **_hand())


def _finish(form: CourtForm, item: SanctionProgress) -> None:
    finish_item(
        database(),
        sanction_id=item.id,
        finished_on=form["finished_on"].data,
        proof=form["reason"].data,
        **_hand(),
    )


def _reopen(form: CourtForm, item: SanctionProgress) -> None:
    reopen_item(database(), sanction_id=item.id, reason=form["reason"].data, **_hand())


_ACTS: dict[str, Callable[[Any, SanctionProgress], None]] = {
    "extend": _extend,
    "waive": _waive,
    "adjust": _adjust,
    "excuse": _excuse,
    "finish": _finish,
    "reopen": _reopen,
}


def _page(form: CourtForm, item: SanctionProgress, act: str) -> str:
    note_obligation_read("sanction", item.id, person_id=item.person_id, case_id=item.case_id)
    rules = policy_by_id(database(), item.policy_id).policy.extension
    return render_template(
        "sentences/change.html", form=form, item=item, act=act, title=TITLES[act], rules=rules
    )
