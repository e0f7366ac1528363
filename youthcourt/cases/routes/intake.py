"""The intake interview, which may wait as a draft."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.domain import FactQuestion
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.cases.domain import SINGLE_ANSWERS, read_evaluation
from youthcourt.cases.forms import IntakeForm
from youthcourt.cases.forms.intake import ADMITS
from youthcourt.cases.models import Intake
from youthcourt.cases.queries import CaseFile, case_by_id
from youthcourt.cases.routes.blueprint import Page, back_to, bp, day_given, opened_file, say_saved
from youthcourt.cases.routes.conflict import Conflict, found_conflict
from youthcourt.cases.routes.drafts import FORM, age_of, intake_draft, user_of
from youthcourt.cases.services import live_case, save_intake
from youthcourt.courts.domain import ShowAt
from youthcourt.drafts.models import Draft
from youthcourt.drafts.services import discard_draft, keep_draft, values_of
from youthcourt.people.services import set_fact
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

_NOT_IN_DRAFTS = frozenset({"csrf_token", "version", "keep", "fact_answer"})


@bp.route("/<uuid:case_id>/intake", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def hold_intake(case_id: uuid.UUID) -> Page:
    """Write down the intake; a draft waits, and another's version is shown beside one's own."""
    me = signed_in()
    file = opened_file(case_id)
    if request.method == "GET":
        return _started(file, me)
    form = IntakeForm()
    if "keep" in request.form:
        _keep(case_id, me)
        flash(_("Kept as a draft. It waits for you here and on the page of the case."), "success")
        return back_to(case_id, "intake")
    live_case(database(), case_id)
    conflict = _conflict(form, _stored(case_id))
    if conflict is None and _is_complete(form):
        with form.refusals():
            _save(case_id, form, me)
            return back_to(case_id, "intake")
    return _page(file, form, conflict=conflict), 422


def _started(file: CaseFile, me: SignedIn) -> str:
    """Return the form as it was left: the draft, else what is stored, else empty."""
    draft = intake_draft(file.case.id, me)
    version = str(file.intake.version_id if file.intake else 0)
    if draft is not None:
        form = IntakeForm(formdata=MultiDict(values_of(draft)))
        saved_since = file.intake is not None and file.intake.recorded_at > draft.saved_at
        form.version.data = "" if saved_since else version
        return _page(file, form, draft=draft, conflict=_conflict(form, file.intake))
    form = IntakeForm(data=_as_typed(file.intake))
    form.version.data = version
    if file.intake is None:
        form.held_on.data = me.today
    return _page(file, form)


def _is_complete(form: IntakeForm) -> bool:
    """Return whether every question is dealt with; what is not stands at its field."""
    valid = bool(form.validate())
    answers = {name: form[name].data for name in SINGLE_ANSWERS}
    _row, problems = read_evaluation(answers, form.races.data or [])
    for problem in problems:
        # "Not a valid choice" of the select itself says less than the domain's sentence.
        form[str(problem.field)].errors = []
        form.refuse(problem)
    if form.fact_question.data and not form.fact_answer.data:
        form.fact_answer.errors = [_("Please write down the answer, or choose not now.")]
        return False
    return valid and not problems


def _save(case_id: uuid.UUID, form: IntakeForm, me: SignedIn) -> None:
    answers, _problems = read_evaluation(
        {name: form[name].data for name in SINGLE_ANSWERS}, form.races.data or []
    )
    now = clock.now()
    intake = save_intake(
        database(),
        case_id=case_id,
        held_on=day_given(form.held_on, today=me.today),
        admits=ADMITS[form.admits.data],
        answers=answers,
        note=form.note.data or None,
        actor=me.actor,
        now=now,
    )
    if form.fact_question.data:
        set_fact(
            database(),
            person_id=case_by_id(database(), intake.case_id).person_id,
            question=FactQuestion(form.fact_question.data),
            answer=str(form.fact_answer.data),
            actor=me.actor,
            now=now,
        )
    discard_draft(database(), form=FORM, record_id=case_id, user_id=user_of(me))
    say_saved(case_id, _("The intake is saved."), me)


@bp.post("/<uuid:case_id>/intake/draft")
@requires(Permission.CASES_WRITE)
def keep_intake_draft(case_id: uuid.UUID) -> Response:
    """Keep what was typed so far; sent by the page itself while somebody types."""
    case_by_id(database(), case_id)
    _keep(case_id, signed_in())
    return Response(status=204)


@bp.post("/<uuid:case_id>/intake/draft/discard")
@requires(Permission.CASES_WRITE)
def discard_intake_draft(case_id: uuid.UUID) -> Page:
    """Throw the draft away and start from what is stored."""
    case_by_id(database(), case_id)
    discard_draft(database(), form=FORM, record_id=case_id, user_id=user_of(signed_in()))
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("cases.hold_intake", case_id=case_id), 303)


def _keep(case_id: uuid.UUID, me: SignedIn) -> None:
    values = {
        name: request.form.getlist(name) for name in request.form if name not in _NOT_IN_DRAFTS
    }
    keep_draft(
        database(),
        form=FORM,
        record_id=case_by_id(database(), case_id).id,
        user_id=user_of(me),
        values=values,
        now=clock.now(),
    )


def _stored(case_id: uuid.UUID) -> Intake | None:
    query = select(Intake).where(Intake.case_id == case_id)
    return database().scalar(query.execution_options(populate_existing=True))


def _as_typed(intake: Intake | None) -> dict[str, Any]:
    """Return a stored intake as the fields of the form hold it."""
    if intake is None:
        return {}
    admits = {value: name for name, value in ADMITS.items()}[intake.admits]
    answers = {name: getattr(intake, name) or "" for name in SINGLE_ANSWERS}
    return {
        "held_on": intake.held_on,
        "admits": admits,
        "races": list(intake.races),
        "note": intake.note,
        **answers,
    }


def _conflict(form: IntakeForm, intake: Intake | None) -> Conflict | None:
    if intake is None:
        return None
    return found_conflict(
        form,
        saved=_as_typed(intake),
        version=intake.version_id,
        subject="intake",
        subject_id=intake.id,
    )


def _page(
    file: CaseFile,
    form: IntakeForm,
    *,
    draft: Draft | None = None,
    conflict: Conflict | None = None,
) -> str:
    return render_template(
        "cases/intake.html",
        file=file,
        form=form,
        draft_age=None if draft is None else age_of(draft),
        conflict=conflict,
        extra=file.policy.policy.extra_at(ShowAt.INTAKE),
    )
