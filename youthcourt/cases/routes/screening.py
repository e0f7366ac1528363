"""Deciding whether the programme takes a case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import flash, render_template, request
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.forms import ScreeningForm, screening_form
from youthcourt.cases.queries import CaseFile, screened_rules
from youthcourt.cases.routes.blueprint import Page, back_to, bp, day_given, opened_file, say_saved
from youthcourt.cases.services import record_screening
from youthcourt.courts.domain import RuleOutcome, ShowAt
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.route("/<uuid:case_id>/screening", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def screen_case(case_id: uuid.UUID) -> Page:
    """Show every rule with what the records say, ask the rest, and keep the decision."""
    me = signed_in()
    file = opened_file(case_id)
    rules = screened_rules(database(), case_id)
    form = screening_form(rules)
    if request.method == "GET":
        form.decided_on.data = me.today
        _answer_as_before(form, rules, file)
        return _page(file, form, rules)
    if form.validate():
        with form.refusals():
            screening = record_screening(
                database(),
                case_id=case_id,
                answers=_answers(form, rules),
                override_reason=form.override_reason.data if form.override.data else None,
                decided_on=day_given(form.decided_on, today=me.today),
                actor=me.actor,
                now=clock.now(),
            )
            say_saved(case_id, _("The decision is written down."), me)
            if not screening.eligible and not screening.overridden:
                flash(_("The case is not eligible. Close it, or decide again."), "warning")
            return back_to(case_id, "screening")
    return _page(file, form, rules), 422


def _answers(form: ScreeningForm, rules: Sequence[RuleOutcome]) -> dict[str, str]:
    return {
        rule.code: form[f"rule_{place}"].data
        for place, rule in enumerate(rules)
        if f"rule_{place}" in form
    }


def _answer_as_before(form: ScreeningForm, rules: Sequence[RuleOutcome], file: CaseFile) -> None:
    """Start from what staff said the last time, so that only what is new is asked."""
    said = {"met": "yes", "not_met": "no", "unknown": "unknown"}
    before = {
        line.rule.code: said[line.outcome.value]
        for decision in file.decisions[:1]
        for line in decision.rules
        if line.by_staff
    }
    for place, rule in enumerate(rules):
        if f"rule_{place}" in form and rule.code in before:
            form[f"rule_{place}"].data = before[rule.code]


def _page(file: CaseFile, form: ScreeningForm, rules: Sequence[RuleOutcome]) -> str:
    return render_template(
        "cases/screening.html",
        file=file,
        form=form,
        rules=rules,
        extra=file.policy.policy.extra_at(ShowAt.ELIGIBILITY),
    )
