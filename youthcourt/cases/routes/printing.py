"""What the desk prints before a hearing: papers to sign, and the questions of the intake."""

from __future__ import annotations

import uuid
from typing import cast

from flask import render_template, request
from wtforms.fields.choices import SelectFieldBase

from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import QUESTIONS_VERSION
from youthcourt.cases.forms import IntakeForm
from youthcourt.cases.queries import CaseFile
from youthcourt.cases.routes.blueprint import bp, opened_file
from youthcourt.courts.domain import ConsentKind, PaperLanguage, PaperWords
from youthcourt.courts.models import Court
from youthcourt.courts.paper import language_asked, on_paper
from youthcourt.errors import NotFound
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

ASKED = (
    "admits",
    "races",
    "races_answered_by",
    "sex",
    "household",
    "school_status",
    "grade",
    "priors",
    "language",
    "interpreter",
)
"""The questions of the intake that are asked of the family, in the order of the page."""

_LEFT_OUT = frozenset({"not_asked"})


@bp.get("/<uuid:case_id>/papers/print")
@requires(Permission.CASES_WRITE)
def print_papers(case_id: uuid.UUID) -> str:
    """Show the papers of a case, or the one asked for, as they are handed out to be signed."""
    file = opened_file(case_id)
    language = language_asked(file.respondent.language)
    kinds = [rule.kind for rule in file.policy.policy.consents]
    wanted = request.args.get("kind")
    if wanted is not None:
        kinds = [kind for kind in kinds if kind.value == wanted]
    if not kinds:
        raise NotFound
    return _paper("cases/papers_print.html", file, language, kinds=kinds, guardian=_guardian)


@bp.get("/<uuid:case_id>/intake/print")
@requires(Permission.CASES_WRITE)
def print_intake(case_id: uuid.UUID) -> str:
    """Show the questions of the intake as a sheet to fill in by hand."""
    file = opened_file(case_id)
    language = language_asked(file.respondent.language)
    with on_paper(language):
        form = IntakeForm(formdata=None)
        questions = [(form[name].label.text, form[name].description, _answers(form, name))
                     for name in ASKED]  # fmt: skip
    return _paper(
        "cases/intake_print.html", file, language, questions=questions, version=QUESTIONS_VERSION
    )


def _guardian(kind: ConsentKind) -> bool:
    return kind is ConsentKind.GUARDIAN_CONSENT


def _answers(form: IntakeForm, name: str) -> list[str]:
    """Return what can be ticked; on paper what is left empty was not asked."""
    field = cast("SelectFieldBase", form[name])
    choices = field.iter_choices()
    return [str(choice[1]) for choice in choices if choice[0] and choice[0] not in _LEFT_OUT]


def _paper(template: str, file: CaseFile, language: PaperLanguage, **more: object) -> str:
    with on_paper(language):
        return render_template(
            template,
            file=file,
            court=database().get_one(Court, signed_in().court_id),
            policy=file.policy.policy,
            words=PaperWords(policy=file.policy.policy, language=language),
            paper_language=language,
            today=signed_in().today,
            **more,
        )
