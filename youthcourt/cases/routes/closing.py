"""Closing a case, opening it again, and the notice to the agency."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import CLOSURES, CaseState, ClosureReason, PossibleMove
from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.forms import CloseForm, ReopenForm
from youthcourt.cases.queries import CaseFile
from youthcourt.cases.routes.blueprint import (
    Page,
    back_to,
    bp,
    day_given,
    note_case_read,
    opened_file,
)
from youthcourt.cases.routes.signature import second_signature
from youthcourt.cases.services import close_case, mark_paper_printed, paper_of, reopen_case
from youthcourt.courts.domain import ShowAt
from youthcourt.courts.services import court_of
from youthcourt.errors import NotFound
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label, sentence
from youthcourt.web.transactions import database


@bp.route("/<uuid:case_id>/close", methods=["GET", "POST"])
@requires(Permission.CASES_CLOSE)
def close(case_id: uuid.UUID) -> Page:
    """Choose why a case is closed, with what the agency will be told beside each reason."""
    me = signed_in()
    file = opened_file(case_id)
    form = CloseForm()
    form.reason.choices = [_reason(move) for move in _closings(file) if move.open]
    if request.method == "GET":
        form.on.data = me.today
        return _close_page(file, form)
    if form.validate():
        with form.refusals():
            close_case(
                database(),
                case_id=case_id,
                reason=ClosureReason(form.reason.data),
                on=day_given(form.on, today=me.today),
                note=form.text.data or None,
                actor=me.actor,
                now=clock.now(),
            )
            flash(_("The case is closed."), "success")
            return back_to(case_id)
    return _close_page(file, form), 422


def _closings(file: CaseFile) -> tuple[PossibleMove, ...]:
    return tuple(m for m in file.moves if m.transition.target is CaseState.CLOSED)


def _reason(move: PossibleMove) -> tuple[str, str]:
    reason = move.transition.reason
    assert reason is not None  # noqa: S101 -- every row of the table to closed has one
    words = Markup('{}<br><span class="soft small">{}</span>')
    return reason.value, words.format(
        label(reason), _("The agency is told: %(words)s", words=told(reason))
    )


def told(reason: ClosureReason) -> str:
    """Return all that the agency is told of a closing."""
    return label(CLOSURES[reason].referrer_told)


def _close_page(file: CaseFile, form: CloseForm) -> str:
    blocked = [
        {
            "reason": label(move.transition.reason),
            "why": " ".join(sentence(r.code, **r.params) for r in move.refusals),
        }
        for move in _closings(file)
        if not move.open
    ]
    return render_template(
        "cases/close.html",
        file=file,
        form=form,
        blocked=blocked,
        extra=file.policy.policy.extra_at(ShowAt.CLOSURE),
    )


@bp.route("/<uuid:case_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CASES_CLOSE)
def reopen(case_id: uuid.UUID) -> Page:
    """Open a closed case again; a second member of staff signs with their own password."""
    me = signed_in()
    form = ReopenForm()
    if request.method == "GET":
        return _reopen_page(opened_file(case_id), form)
    if form.validate():
        with form.refusals():
            second = second_signature(
                email=str(form.agreed_by.data), password=str(form.password.data)
            )
            reopen_case(
                database(),
                case_id=case_id,
                reason=ReopenReason(form.reason.data),
                note=str(form.reopening_note.data),
                second_user_id=second,
                on=me.today,
                actor=me.actor,
                now=clock.now(),
            )
            flash(_("The case is open again. It stands where it stood before."), "success")
            return back_to(case_id)
    return _reopen_page(opened_file(case_id), form), 422


def _reopen_page(file: CaseFile, form: ReopenForm) -> str:
    return render_template("cases/reopen.html", file=file, form=form)


@bp.post("/<uuid:case_id>/closing-notice")
@requires(Permission.CASES_CLOSE)
def print_closing_notice(case_id: uuid.UUID) -> Page:
    """Mark the notice as printed and show it for printing."""
    mark_paper_printed(database(), case_id=case_id, actor=signed_in().actor, now=clock.now())
    return redirect(url_for("cases.closing_notice", case_id=case_id), 303)


@bp.get("/<uuid:case_id>/closing-notice")
@requires(Permission.CASES_CLOSE)
def closing_notice(case_id: uuid.UUID) -> Page:
    """Show the notice to the agency: that the matter ended and how, nothing more."""
    me = signed_in()
    file = opened_file(case_id)
    paper = paper_of(database(), file.case)
    if paper is None or file.case.closure_reason is None or me.court_id is None:
        raise NotFound
    note_case_read(file.case, kind="closing_notice", key=paper.id)
    return render_template(
        "cases/closing_notice.html",
        file=file,
        paper=paper,
        told=told(file.case.closure_reason),
        court=court_of(database(), me.court_id),
        today=me.today,
    )
