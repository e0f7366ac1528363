"""An obligation with its whole history, and everything that can change it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.queries import case_by_id
from youthcourt.courts.queries import policy_by_id
from youthcourt.errors import NotFound, Stale
from youthcourt.people.queries import person_names
from youthcourt.sentences.amounts import range_text
from youthcourt.sentences.domain import Feasibility
from youthcourt.sentences.forms import (
    AdjustForm,
    ChangeForm,
    ExcuseForm,
    ExtendForm,
    FinishForm,
    ReopenForm,
    WaiveForm,
)
from youthcourt.sentences.queries import (
    DueEarlier,
    SanctionProgress,
    changes_of_sanctions,
    due_earlier,
    range_of_sanction,
    sanction_progress,
)
from youthcourt.sentences.routes.blueprint import (
    Page,
    bp,
    hand,
    note_obligation_read,
    number_in,
)
from youthcourt.sentences.routes.sheets import acts_for, sheets_of
from youthcourt.sentences.services import (
    adjust_sanction,
    due_after,
    excuse_absence,
    extend_sanction,
    finish_item,
    reopen_item,
    waive_sanction,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

TITLES = {
    "extend": _l("Give more time"),
    "adjust": _l("Change the amount"),
    "waive": _l("Let go of a part"),
    "excuse": _l("Excuse an absence"),
    "finish": _l("Mark as done"),
    "reopen": _l("Open again"),
}


@bp.get("/obligations/<uuid:sanction_id>")
@requires(Permission.CASES_READ)
def show_obligation(sanction_id: uuid.UUID) -> str:
    """Show one obligation: its four parts, its service and what changed it."""
    item, today = _opened(sanction_id), signed_in().today
    sheet = sheets_of([item], case_ids=[item.case_id])[0]
    return render_template(
        "sentences/obligation.html",
        sheet=sheet,
        item=item,
        due_earlier=_due_earlier(item, sheet.outlook),
        titles=TITLES,
        today=today,
        **_whose(item),
    )


def _due_earlier(item: SanctionProgress, view: Feasibility | None) -> tuple[DueEarlier, ...]:
    """Return who takes the seats first, where that is why nothing can be promised."""
    if view is None or not view.ahead:
        return ()
    return due_earlier(database(), item=item, now=clock.now())


def _opened(sanction_id: uuid.UUID) -> SanctionProgress:
    """Return an obligation and note that it was read; a stranger's is not found."""
    item = sanction_progress(database(), sanction_id=sanction_id, now=clock.now())
    note_obligation_read("sanction", item.id, person_id=item.person_id, case_id=item.case_id)
    return item


def _whose(item: SanctionProgress) -> dict[str, Any]:
    session = database()
    return {
        "name": person_names(session, [item.person_id])[item.person_id],
        "case": case_by_id(session, item.case_id),
    }


@bp.route("/obligations/<uuid:sanction_id>/<act>", methods=["GET", "POST"])
@requires(Permission.SERVICE_WRITE)
def change_obligation(sanction_id: uuid.UUID, act: str) -> Page:
    """Change an obligation in one way, with its reason."""
    change = _CHANGES.get(act)
    if change is None:
        raise NotFound
    item = _opened(sanction_id)
    form = change.form.of(item.unit)()
    if request.method == "GET":
        form.seen.data = str(item.changes)
        for name, value in change.first(item).items():
            form[name].data = value
        return _page(form, item, act)
    if form.validate():
        with form.refusals():
            try:
                change.make(form, item, number_in(form.seen.data))
            except Stale:
                if not _made_already(act, form, item):
                    raise
            return _saved(sanction_id)
    return _changed_meanwhile(form, sanction_id, act), 422


def _saved(sanction_id: uuid.UUID) -> Response:
    flash(_("Saved. The page shows what is owed now."), "success")
    return redirect(url_for("sentences.show_obligation", sanction_id=sanction_id), 303)


def _changed_meanwhile(form: ChangeForm, sanction_id: uuid.UUID, act: str) -> str:
    """Return the form again with what is owed now, so that sending it anew is a decision."""
    item = sanction_progress(database(), sanction_id=sanction_id, now=clock.now())
    form.seen.data = str(item.changes)
    form.seen.raw_data = [form.seen.data]
    return _page(form, item, act)


def _made_already(act: str, form: Any, item: SanctionProgress) -> bool:
    """Return whether the last change is the very one this form asks for: it was sent twice."""
    lines = changes_of_sanctions(database(), sanction_ids=[item.id]).get(item.id, ())
    if not lines or item.changes != number_in(form.seen.data) + 1:
        return False
    last = lines[-1]
    if (last.kind.value, last.reason) != (_DONE_AS[act], _reason_in(form)):
        return False
    same: dict[str, bool] = {
        "extend": "days" in form and form.days.data == item.due_on,
        "adjust": _amount(form) == item.amount,
        "waive": _amount(form) in (last.amount, None),
    }
    return same.get(act, True)


_DONE_AS = {
    "extend": "extended",
    "adjust": "adjusted",
    "waive": "waived",
    "excuse": "excused",
    "finish": "finished",
    "reopen": "reopened",
}


def _reason_in(form: Any) -> str:
    return str(form.proof.data if "proof" in form else form.reason.data)


def _amount(form: Any) -> int | None:
    """Return the typed amount, None where the form has none or it was left empty."""
    return form.amount.data if "amount" in form else None


def _extend(form: Any, item: SanctionProgress, seen: int) -> None:
    days = 0 if item.due_on is None else (form.days.data - item.due_on).days
    extend_sanction(
        database(), sanction_id=item.id, days=days, reason=form.reason.data, seen=seen, **hand()
    )


def _adjust(form: Any, item: SanctionProgress, seen: int) -> None:
    adjust_sanction(
        database(),
        sanction_id=item.id,
        amount=form.amount.data,
        reason=form.reason.data,
        on_purpose=form.on_purpose.data,
        seen=seen,
        **hand(),
    )


def _waive(form: Any, item: SanctionProgress, seen: int) -> None:
    waive_sanction(
        database(),
        sanction_id=item.id,
        amount=_amount(form),
        reason=form.reason.data,
        seen=seen,
        **hand(),
    )


def _excuse(form: Any, item: SanctionProgress, seen: int) -> None:
    excuse_absence(database(), sanction_id=item.id, reason=form.reason.data, seen=seen, **hand())


def _finish(form: Any, item: SanctionProgress, _seen: int) -> None:
    finish_item(
        database(),
        sanction_id=item.id,
        finished_on=form.finished_on.data,
        proof=form.proof.data,
        **hand(),
    )


def _reopen(form: Any, item: SanctionProgress, _seen: int) -> None:
    reopen_item(database(), sanction_id=item.id, reason=form.reason.data, **hand())


def _nothing(_item: SanctionProgress) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """One way to change an obligation: its form, what stands in it first, and the act."""

    form: type[ChangeForm]
    make: Callable[[Any, SanctionProgress, int], None]
    first: Callable[[SanctionProgress], Mapping[str, Any]] = _nothing


_CHANGES = {
    "extend": _Change(form=ExtendForm, make=_extend),
    "adjust": _Change(
        form=AdjustForm,
        make=_adjust,
        first=lambda item: {"amount": item.amount} if "adjust" in acts_for(item) else {},
    ),
    "waive": _Change(form=WaiveForm, make=_waive),
    "excuse": _Change(form=ExcuseForm, make=_excuse),
    "finish": _Change(
        form=FinishForm, make=_finish, first=lambda _item: {"finished_on": signed_in().today}
    ),
    "reopen": _Change(form=ReopenForm, make=_reopen),
}


def _page(form: ChangeForm, item: SanctionProgress, act: str) -> str:
    rules = policy_by_id(database(), item.policy_id).policy.extension
    return render_template(
        "sentences/change.html",
        form=form,
        item=item,
        act=act,
        title=TITLES[act],
        possible=act in acts_for(item),
        rules=rules,
        allowed=range_text(range_of_sanction(database(), item.id), item.unit),
        latest=due_after(item, rules.max_days or 0),
        used_up=rules.max_times is not None and item.extended_times >= rules.max_times,
        today=signed_in().today,
        **_whose(item),
    )
