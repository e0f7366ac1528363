"""The papers a case needs: signing them, and taking one back."""

from __future__ import annotations

import uuid

from flask import render_template, request
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.forms import CasePaperForm
from youthcourt.cases.queries import CaseFile
from youthcourt.cases.routes.blueprint import Page, back_to, bp, day_given, opened_file, say_saved
from youthcourt.cases.services import record_case_consent, withdraw_case_consent
from youthcourt.courts.domain import ConsentKind, ConsentRule, PaperLanguage, PaperWords
from youthcourt.errors import NotFound
from youthcourt.people.forms import WithdrawForm
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label_of
from youthcourt.web.transactions import database


@bp.route("/<uuid:case_id>/papers/<kind>", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def sign_paper(case_id: uuid.UUID, kind: str) -> Page:
    """Record that a paper was signed: by whom, in which language, with which words."""
    me = signed_in()
    file = opened_file(case_id)
    rule = _rule(file, kind)
    form = CasePaperForm()
    form.adult_id.choices = signers = _signers(file, rule.kind)
    if request.method == "GET":
        form.signed_on.data = me.today
        form.language.data = file.respondent.language
        return _page(file, form, rule, signers=len(signers) - 1)
    if form.validate():
        with form.refusals():
            record_case_consent(
                database(),
                case_id=case_id,
                kind=rule.kind,
                language=form.language.data,
                interpreter=form.interpreter.data or None,
                adult_id=uuid.UUID(form.adult_id.data) if form.adult_id.data else None,
                signed_on=day_given(form.signed_on, today=me.today),
                key=form.key(),
                actor=me.actor,
                now=clock.now(),
            )
            say_saved(case_id, _("The signed paper is recorded."), me)
            return back_to(case_id, "papers")
    return _page(file, form, rule, signers=len(signers) - 1), 422


@bp.route("/<uuid:case_id>/papers/<uuid:consent_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def take_paper_back(case_id: uuid.UUID, consent_id: uuid.UUID) -> Page:
    """Record that a signed paper was taken back."""
    me = signed_in()
    file = opened_file(case_id)
    consent = next((line for line in file.consents if line.id == consent_id), None)
    if consent is None:
        raise NotFound
    form = WithdrawForm()
    if request.method == "GET":
        form.withdrawn_on.data = me.today
        return render_template("cases/withdraw.html", file=file, form=form, consent=consent)
    if form.validate():
        with form.refusals():
            withdraw_case_consent(
                database(),
                case_id=case_id,
                consent_id=consent_id,
                withdrawn_on=day_given(form.withdrawn_on, today=me.today),
                actor=me.actor,
                now=clock.now(),
            )
            say_saved(case_id, _("It is recorded that the paper was taken back."), me)
            return back_to(case_id, "papers")
    return render_template("cases/withdraw.html", file=file, form=form, consent=consent), 422


def _rule(file: CaseFile, kind: str) -> ConsentRule:
    known = ConsentKind(kind) if kind in set(ConsentKind) else None
    rule = None if known is None else file.policy.policy.consent(known)
    if rule is None:
        raise NotFound
    return rule


def _signers(file: CaseFile, kind: ConsentKind) -> list[tuple[str, str]]:
    """Return who may sign: the youth, except where an adult has to, and the adults around."""
    guardian = kind is ConsentKind.GUARDIAN_CONSENT
    youth = [("", _("please choose") if guardian else _("the young person"))]
    return youth + [
        (str(adult.id), f"{adult.name} ({label_of('Relation', adult.relation)})")
        for adult in file.adults
        if adult.reachable and (adult.may_consent or not guardian)
    ]


def _in_spanish(file: CaseFile, rule: ConsentRule) -> str | None:
    """Return the words in Spanish where the family speaks it and the court has them."""
    spanish = PaperWords(policy=file.policy.policy, language=PaperLanguage.SPANISH)
    if file.respondent.language != spanish.language or not spanish.has_consent(rule.kind):
        return None
    return spanish.consent(rule.kind)


def _page(file: CaseFile, form: CasePaperForm, rule: ConsentRule, *, signers: int) -> str:
    return render_template(
        "cases/paper.html",
        file=file,
        form=form,
        rule=rule,
        in_spanish=_in_spanish(file, rule),
        needs_adult=rule.kind is ConsentKind.GUARDIAN_CONSENT,
        signers=signers,
    )
