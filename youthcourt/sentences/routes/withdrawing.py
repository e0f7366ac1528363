"""The page on which a wrong sentence is withdrawn, with what that means told before."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import CaseState
from youthcourt.cases.queries import respondent_of
from youthcourt.courts.domain import SanctionKind
from youthcourt.errors import NotFound
from youthcourt.sentences.forms import WithdrawForm
from youthcourt.sentences.models import Sentence
from youthcourt.sentences.queries import (
    done_for,
    heard_case,
    obligations_of_case,
    parts_of_sentence,
    sentence_by_id,
    sentences_of_case,
)
from youthcourt.sentences.routes.blueprint import Page, bp, hand, note_obligation_read
from youthcourt.sentences.services import withdraw_sentence
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.route("/sentences/<uuid:sentence_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.CASES_CLOSE)
def withdraw(sentence_id: uuid.UUID) -> Page:
    """Tell what withdrawing a sentence would do, and do it with a reason."""
    sentence, form = sentence_by_id(database(), sentence_id), WithdrawForm()
    if request.method == "GET":
        return _page(form, sentence_id)
    if form.validate():
        with form.refusals():
            withdraw_sentence(
                database(), sentence_id=sentence_id, reason=form.reason.data, **hand()
            )
            flash(_("The sentence is withdrawn. The page of the case shows it."), "success")
            address = url_for("cases.show_case", case_id=sentence.case_id, _anchor="sentence")
            return redirect(address, 303)
    return _page(form, sentence_id), 422


def _page(form: WithdrawForm, sentence_id: uuid.UUID) -> str:
    session = database()
    sentence: Sentence = sentence_by_id(session, sentence_id)
    if sentence.hearing_id is None:
        raise NotFound
    heard = heard_case(session, sentence.hearing_id)
    case = heard.case
    note_obligation_read("sentence", sentence.id, person_id=case.person_id, case_id=case.id)
    own = [
        item
        for item in obligations_of_case(session, case_id=case.id, now=clock.now())
        if item.sentence_id == sentence_id
    ]
    return render_template(
        "sentences/withdraw.html",
        form=form,
        sentence=sentence,
        heard=heard,
        respondent=respondent_of(session, case, today=signed_in().today),
        case_open=case.state is not CaseState.CLOSED,
        parts=parts_of_sentence(session, sentence_id=sentence_id),
        done=done_for(session, sentence_id=sentence_id),
        last=len(sentences_of_case(session, case_id=case.id)) == 1,
        booked=sorted({day for item in own for day in item.booked_on}),
        pending=any(item.pending for item in own),
        jury=any(item.kind is SanctionKind.JURY for item in own),
    )
