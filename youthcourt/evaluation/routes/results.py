"""The evaluator's page: a cohort, its windows with the small counts hidden, and its file."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import redirect as lead_to
from flask import render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.db import reading
from youthcourt.evaluation.domain import (
    FILE_NAME,
    CohortChoice,
    CohortFilter,
    StartChoice,
    shown_results,
)
from youthcourt.evaluation.domain.suppression import LEAST
from youthcourt.evaluation.forms import AskedChoiceForm, ChoiceForm
from youthcourt.evaluation.queries import WindowMonths, months_offered, read_cohort
from youthcourt.evaluation.routes.blueprint import bp, file_answer
from youthcourt.evaluation.services import (
    filter_words,
    make_research_file,
    record_research_file,
)
from youthcourt.followups.domain import Basis, LaterEventKind
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

Page = str | Response | tuple[str, int]
YEARS_BACK = 2


@bp.get("/follow-up-results")
@requires(Permission.EVALUATE)
def results() -> Page:
    """Show what is known of a cohort, by default of everybody of this and two earlier years."""
    months = months_offered(database(), today=signed_in().today)
    form = AskedChoiceForm(formdata=request.args or _usual(months))
    form.offer(months.offered)
    choice = form.asked_choice()
    page = _page(form, choice)
    return page if choice else (page, 422)


@bp.post("/follow-up-results/file")
@requires(Permission.EVALUATION_EXPORT)
def results_file() -> Page | Response:
    """Hand out the file for research, once the password was shown again."""
    me, stored = signed_in(), database()
    if not me.is_stepped_up(clock.now()):
        session["next"] = f"{url_for('evaluation.results')}?{urlencode(_asked(), doseq=True)}"
        return lead_to(url_for("accounts.step_up"), 303)
    with reading(stored):
        months = months_offered(stored, today=me.today)
    form = ChoiceForm()
    form.offer(months.offered)
    choice = form.asked_choice()
    if choice is not None:
        with form.refusals():
            with reading(stored):
                read = read_cohort(stored, choice=choice, as_of=me.today)
                made = make_research_file(stored, read=read, choice=choice, as_of=me.today)
            record_research_file(
                stored,
                choice=choice,
                as_of=me.today,
                made=made,
                actor=me.actor,
                now=clock.now(),
            )
            return file_answer(made.data, name=FILE_NAME, kind="application/zip")
    return _page(form, choice), 422


def _page(form: ChoiceForm, choice: CohortChoice | None) -> str:
    shown = None
    if choice is not None:
        read = read_cohort(database(), choice=choice, as_of=signed_in().today)
        shown = shown_results(read.cohort, read.followed, choice)
        note_read(subject=Subject(kind="follow_up_results"), filter_used=filter_words(choice))
    return render_template(
        "evaluation/results.html",
        form=form,
        choice=choice,
        shown=shown,
        asked=_values(form) if choice else (),
        stepped_up=signed_in().is_stepped_up(clock.now()),
        today=signed_in().today,
        least=LEAST,
    )


NAMES = ("first", "last", "start", "who", "months", "kinds", "basis", "denominator")


def _values(form: ChoiceForm) -> list[tuple[str, str]]:
    """Return what was asked for, as hidden fields of the form that makes the file."""
    pairs = []
    for name in NAMES:
        data = form[name].data
        values = data if isinstance(data, list) else [data]
        pairs += [(name, v.isoformat() if isinstance(v, date) else str(v)) for v in values]
    return pairs


def _asked() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in NAMES if name in request.form}


def _usual(months: WindowMonths) -> MultiDict[str, str]:
    """Return the answers of somebody who has not chosen yet: those that leave nobody out."""
    today = signed_in().today
    return MultiDict(
        [
            ("first", date(today.year - YEARS_BACK, 1, 1).isoformat()),
            ("last", today.isoformat()),
            ("start", StartChoice.FIRST_SCHEDULED.value),
            ("who", CohortFilter.EVERYBODY.value),
            *(("months", str(length)) for length in months.usual),
            *(("kinds", kind.value) for kind in LaterEventKind),
            ("basis", Basis.OFFENCE.value),
            ("denominator", "searched"),
        ]
    )
