"""The form on which a panel's sentence is written down."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.cases.queries import case_charges, respondent_of
from youthcourt.courts.domain import Policy, ShowAt
from youthcourt.courts.queries import policy_on
from youthcourt.drafts.models import Draft
from youthcourt.drafts.services import discard_draft, find_draft, keep_draft, values_of
from youthcourt.sentences.domain import Agreement, AmountRange
from youthcourt.sentences.domain.decision import agreements_allowed
from youthcourt.sentences.forms import ItemInput, SentenceForm, sentence_form
from youthcourt.sentences.queries import HeardCase, heard_case, sentence_of_hearing
from youthcourt.sentences.routes.blueprint import (
    DRAFT,
    Page,
    bp,
    locked_page,
    note_obligation_read,
)
from youthcourt.sentences.services import (
    SanctionGiven,
    SentencePlan,
    plan_sentence,
    range_of,
    record_sentence,
)
from youthcourt.web.access import Permission, may, requires
from youthcourt.web.transactions import database


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One part of the sentence on the page: its inputs and what may be ordered."""

    input: ItemInput
    allowed: AmountRange | None


@bp.route("/hearings/<uuid:hearing_id>/sentence", methods=["GET", "POST"])
@requires(Permission.EVENING_DOCKET)
def give_sentence(hearing_id: uuid.UUID) -> Page:
    """Write down what a panel decided: looked at first, then recorded once."""
    heard = heard_case(database(), hearing_id)
    locked = locked_page(url_for("sentences.give_sentence", hearing_id=hearing_id))
    if locked is not None:
        return locked
    me = signed_in()
    if request.method == "GET":
        return _started(heard, me)
    form, inputs = _form_of(heard)
    if "keep" in request.form:
        _keep(hearing_id, me)
        flash(_("Kept as a draft. It waits here and among your drafts."), "success")
        return _back(heard)
    plan = None
    if "ranges" not in request.form and form.validate():
        with form.refusals():
            if "record" in request.form:
                return _record(heard, form, inputs, me)
            plan = _plan(heard, form, inputs)
    elif "ranges" in request.form:
        for field in form:
            field.errors = ()
    return _page(heard, form, inputs, plan=plan), 200 if plan or "ranges" in request.form else 422


def _started(heard: HeardCase, me: SignedIn) -> str:
    draft = _draft(heard.hearing.id, me)
    if draft is not None:
        form, inputs = _form_of(heard, formdata=MultiDict[str, str](values_of(draft)))
        return _page(heard, form, inputs, draft=draft)
    form, inputs = _form_of(heard, formdata=None)
    form.offence_class.data = heard.case.offence_class or ""
    agreements = [choice[0] for choice in form.agreement.choices or ()]
    form.agreement.data = str(agreements[0]) if len(agreements) == 1 else None
    return _page(heard, form, inputs)


def _form_of(heard: HeardCase, **values: object) -> tuple[SentenceForm, tuple[ItemInput, ...]]:
    policy = _policy(heard)
    return sentence_form(
        policy.sanctions,
        classes=[
            (item.code, f"{item.code}: {item.label}" if item.label else item.code)
            for item in sorted(policy.classes, key=lambda item: item.order)
        ],
        agreements=agreements_allowed(policy.forum.decision),
        **values,
    )


def _policy(heard: HeardCase) -> Policy:
    """Return the rules of the day of the hearing."""
    return policy_on(database(), day=heard.held_on or signed_in().today).policy


def _class_of(form: SentenceForm, policy: Policy) -> str | None:
    """Return the chosen class, None where none is chosen or the court has none."""
    known = {item.code for item in policy.classes}
    return form.offence_class.data if form.offence_class.data in known else None


def _items(form: SentenceForm, inputs: tuple[ItemInput, ...]) -> list[SanctionGiven]:
    return [
        SanctionGiven(
            kind=item.rule.kind,
            amount=amount,
            label=item.rule.label,
            detail=form[item.detail].data or None,
        )
        for item in inputs
        if (amount := item.given(form)) is not None and amount != 0
    ]


def _plan(heard: HeardCase, form: SentenceForm, inputs: tuple[ItemInput, ...]) -> SentencePlan:
    return plan_sentence(
        database(),
        heard=heard,
        items=_items(form, inputs),
        agreement=Agreement(form.agreement.data),
        offence_class=_class_of(form, _policy(heard)),
        outside_range_reason=form.outside_range_reason.data or None,
        today=signed_in().today,
    )


def _record(
    heard: HeardCase, form: SentenceForm, inputs: tuple[ItemInput, ...], me: SignedIn
) -> Response:
    record_sentence(
        database(),
        hearing_id=heard.hearing.id,
        items=_items(form, inputs),
        agreement=Agreement(form.agreement.data),
        offence_class=_class_of(form, _policy(heard)),
        outside_range_reason=form.outside_range_reason.data or None,
        not_feasible_reason=form.not_feasible_reason.data or None,
        panel_words=form.panel_words.data or None,
        actor=me.actor,
        now=clock.now(),
    )
    assert me.user_id is not None  # noqa: S101 -- a juror has no permission here
    discard_draft(database(), form=DRAFT, record_id=heard.hearing.id, user_id=me.user_id)
    flash(_("The sentence is recorded."), "success")
    return _back(heard)


def _back(heard: HeardCase) -> Response:
    """Return to the case, or in the evening to the docket of the room."""
    if may(Permission.CASES_READ) and request.args.get("back") != "docket":
        return redirect(url_for("cases.show_case", case_id=heard.case.id, _anchor="sentence"), 303)
    if "dashboard.tonight_docket" in current_app.view_functions and heard.hearing.sitting_id:
        address = url_for("dashboard.tonight_docket", sitting_id=heard.hearing.sitting_id)
        return redirect(address, 303)
    return redirect(url_for("accounts.show_account"), 303)


def _draft(hearing_id: uuid.UUID, me: SignedIn) -> Draft | None:
    assert me.user_id is not None  # noqa: S101 -- a juror has no permission here
    return find_draft(database(), form=DRAFT, record_id=hearing_id, user_id=me.user_id)


def _keep(hearing_id: uuid.UUID, me: SignedIn) -> None:
    assert me.user_id is not None  # noqa: S101 -- a juror has no permission here
    keep_draft(
        database(),
        form=DRAFT,
        record_id=hearing_id,
        user_id=me.user_id,
        values={name: request.form.getlist(name) for name in request.form if name != "keep"},
        now=clock.now(),
    )


def _page(
    heard: HeardCase,
    form: SentenceForm,
    inputs: tuple[ItemInput, ...],
    *,
    plan: SentencePlan | None = None,
    draft: Draft | None = None,
) -> str:
    note_obligation_read(
        "hearing", heard.hearing.id, person_id=heard.case.person_id, case_id=heard.case.id
    )
    policy = _policy(heard)
    class_code = _class_of(form, policy)
    age = (
        None
        if draft is None
        else format_timedelta(draft.started_at - clock.now(), add_direction=True)
    )
    return render_template(
        "sentences/give.html",
        heard=heard,
        form=form,
        items=[
            Item(input=item, allowed=range_of(policy, item.rule, class_code)) for item in inputs
        ],
        policy=policy,
        class_code=class_code,
        plan=plan,
        draft_age=age,
        earlier=sentence_of_hearing(database(), heard.hearing.id),
        respondent=respondent_of(database(), heard.case, today=signed_in().today),
        charges=case_charges(database(), heard.case.id),
        extra=policy.extra_at(ShowAt.SENTENCE),
    )
