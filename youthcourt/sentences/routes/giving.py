"""The form on which a panel's sentence is written down: typed, checked, recorded once."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.cases.queries import case_charges, respondent_of
from youthcourt.courts.domain import Policy, ShowAt
from youthcourt.drafts.models import Draft
from youthcourt.drafts.services import discard_draft, find_draft, keep_draft, values_of
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import HearingState
from youthcourt.sentences.domain import Agreement
from youthcourt.sentences.forms import amount_name
from youthcourt.sentences.models import Sentence
from youthcourt.sentences.queries import (
    HeardCase,
    heard_case,
    parts_of_sentence,
    sentence_of_hearing,
    sentences_of_case,
)
from youthcourt.sentences.routes.blueprint import (
    DRAFT,
    Page,
    back_name,
    back_url,
    bp,
    hand,
    locked_page,
    note_obligation_read,
)
from youthcourt.sentences.routes.typed import Recorded, Typed, sent_values, typed_of
from youthcourt.sentences.services import SentencePlan, plan_sentence, record_sentence
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n.drafts import age_text
from youthcourt.web.transactions import database


@bp.route("/hearings/<uuid:hearing_id>/sentence", methods=["GET", "POST"])
@requires(Permission.EVENING_DOCKET)
def give_sentence(hearing_id: uuid.UUID) -> Page:
    """Write down what a panel decided, or show what is recorded of this hearing."""
    heard = heard_case(database(), hearing_id)
    here = url_for("sentences.give_sentence", hearing_id=hearing_id, back=back_name() or None)
    locked = locked_page(here)
    if locked is not None:
        if request.method == "POST":
            # The lock fell while somebody was typing; behind it the form is as it was.
            _keep(heard, sent_values())
        return locked
    note_obligation_read(
        "hearing", hearing_id, person_id=heard.case.person_id, case_id=heard.case.id
    )
    return _started(heard) if request.method == "GET" else _sent(heard)


def _started(heard: HeardCase) -> str:
    """Return the form as it was left, else empty; what is recorded stands in its place."""
    sentence = sentence_of_hearing(database(), heard.hearing.id)
    draft = _draft(heard)
    if sentence is not None:
        return _recorded_page(heard, sentence, draft)
    if draft is not None:
        return _page(typed_of(heard, values_of(draft)), draft=draft)
    typed = typed_of(heard, {})
    proposed = _proposed_class(heard, typed.policy)
    typed.form.offence_class.data = proposed or ""
    for position, rule in enumerate(typed.policy.sanctions):
        allowed = rule.range
        if rule.mandatory and allowed and allowed.min is not None and allowed.min == allowed.max:
            typed.form[amount_name(position)].data = allowed.min
    return _page(typed, proposed=proposed)


def _proposed_class(heard: HeardCase, policy: Policy) -> str | None:
    """Return the class the referral or the lists of the policy tell; of several the heaviest."""
    if any(c.code == heard.case.offence_class for c in policy.classes):
        return heard.case.offence_class
    charges = case_charges(database(), heard.case.id)
    found = [c for charge in charges if (c := policy.class_for_offence(charge.text))]
    return max(found, key=lambda c: c.order).code if found else None


def _sent(heard: HeardCase) -> Page:
    """Do what the button asks for that was pressed."""
    typed = typed_of(heard)
    if "keep" in request.form:
        _keep(heard, sent_values())
        flash(_("Kept as a draft. It waits here and among your drafts."), "success")
        return redirect(back_url(heard, back_name()), 303)
    if sentence_of_hearing(database(), heard.hearing.id) is not None:
        return _record(typed) if typed.form.validate() else _kept_beside(heard)
    if "ranges" in request.form or "change" in request.form:
        return _page(typed)
    return _checked(typed)


def _checked(typed: Typed) -> Page:
    """Show what would be owed, or record what was shown."""
    heard, plan = typed.heard, _plan(typed)
    if plan is None:
        return _page(typed), 422
    if "record" not in request.form:
        _keep(heard, sent_values())
        return _check_page(typed, plan)
    if plan.impossible and not typed.form.not_feasible_reason.data:
        typed.form.refuse(CourtRuleBroken("sentence_not_feasible", "not_feasible_reason"))
        return _check_page(typed, plan), 422
    return _record(typed)


def _plan(typed: Typed) -> SentencePlan | None:
    """Return what would be recorded, None with every refusal at its field."""
    valid = typed.form.validate()
    if typed.refused() or not valid:
        return None
    with typed.form.refusals():
        return plan_sentence(
            database(),
            heard=typed.heard,
            items=typed.given,
            agreement=Agreement(typed.form.agreement.data),
            offence_class=typed.class_code,
            outside_range_reason=typed.form.outside_range_reason.data or None,
            now=clock.now(),
        )
    return None


def _record(typed: Typed) -> Page:
    """Record the sentence; another one of this hearing stands, and what was typed is kept."""
    form, heard = typed.form, typed.heard
    hearing_id, back = heard.hearing.id, back_url(heard, back_name())
    try:
        sentence = record_sentence(
            database(),
            hearing_id=hearing_id,
            items=typed.given,
            agreement=Agreement(form.agreement.data),
            offence_class=typed.class_code,
            **form.given("outside_range_reason", "not_feasible_reason", "panel_words"),
            **hand(),
        )
    except CourtRuleBroken as refusal:
        database().rollback()
        heard = heard_case(database(), hearing_id)
        if refusal.code == "sentence_exists":
            return _kept_beside(heard)
        form.refuse(refusal)
        return _page(Typed(heard=heard, policy=typed.policy, form=form)), 422
    if typed.differences(_recorded(sentence)):
        return _kept_beside(heard)
    discard_draft(database(), form=DRAFT, record_id=hearing_id, user_id=_user(signed_in()))
    flash(_("The sentence is recorded."), "success")
    return redirect(back, 303)


def _kept_beside(heard: HeardCase) -> Response:
    """Keep what was typed and show it beside what somebody else has recorded."""
    _keep(heard, sent_values())
    address = url_for(
        "sentences.give_sentence", hearing_id=heard.hearing.id, back=back_name() or None
    )
    return redirect(address, 303)


def _user(me: SignedIn) -> uuid.UUID:
    assert me.user_id is not None  # noqa: S101 -- a juror has no permission here
    return me.user_id


def _draft(heard: HeardCase) -> Draft | None:
    return find_draft(
        database(), form=DRAFT, record_id=heard.hearing.id, user_id=_user(signed_in())
    )


def _keep(heard: HeardCase, values: dict[str, list[str]]) -> None:
    keep_draft(
        database(),
        form=DRAFT,
        record_id=heard.hearing.id,
        user_id=_user(signed_in()),
        values=values,
        now=clock.now(),
    )


def _recorded(sentence: Sentence) -> Recorded:
    return Recorded(
        offence_class=sentence.offence_class,
        agreement=sentence.agreement,
        words=sentence.panel_words or "",
        sanctions=parts_of_sentence(database(), sentence_id=sentence.id),
    )


def _recorded_page(heard: HeardCase, sentence: Sentence, draft: Draft | None) -> str:
    recorded = _recorded(sentence)
    lines = sentences_of_case(database(), case_id=heard.case.id)
    typed = None if draft is None else typed_of(heard, values_of(draft))
    return render_template(
        "sentences/recorded.html",
        heard=heard,
        respondent=respondent_of(database(), heard.case, today=signed_in().today),
        line=next(line for line in lines if line.id == sentence.id),
        sanctions=recorded.sanctions,
        differences=() if typed is None else typed.differences(recorded),
        has_draft=draft is not None,
        today=signed_in().today,
        back=back_url(heard, back_name()),
    )


def _check_page(typed: Typed, plan: SentencePlan) -> str:
    heard = typed.heard
    return render_template(
        "sentences/check.html",
        heard=heard,
        respondent=respondent_of(database(), heard.case, today=signed_in().today),
        typed=typed,
        form=typed.form,
        plan=plan,
        agreement=Agreement(typed.form.agreement.data),
        sent=[
            (name, value)
            for name, values in sent_values().items()
            if name != "not_feasible_reason"
            for value in values
        ],
    )


def _page(typed: Typed, *, draft: Draft | None = None, proposed: str | None = None) -> str:
    heard = typed.heard
    typed.form.back.data = back_name()
    return render_template(
        "sentences/give.html",
        heard=heard,
        is_heard=heard.hearing.state is HearingState.HEARD,
        typed=typed,
        form=typed.form,
        policy=typed.policy,
        proposed=proposed,
        draft_age=None if draft is None else age_text(clock.now() - draft.started_at),
        respondent=respondent_of(database(), heard.case, today=signed_in().today),
        charges=case_charges(database(), heard.case.id),
        extra=typed.policy.extra_at(ShowAt.SENTENCE),
        back=back_url(heard, back_name()),
    )
