"""The sentence on paper, in plain words for the family."""

from __future__ import annotations

import uuid

from flask import redirect, render_template, url_for

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.models import Case
from youthcourt.cases.queries import case_by_id, respondent_of
from youthcourt.courts.domain import PaperWords
from youthcourt.courts.models import Court
from youthcourt.courts.paper import language_asked, on_paper
from youthcourt.courts.queries import policy_by_id
from youthcourt.errors import NotFound
from youthcourt.people.queries import adults_of
from youthcourt.sentences.queries import (
    details_of,
    heard_case,
    obligations_of_case,
    sentences_of_case,
)
from youthcourt.sentences.routes.blueprint import (
    Page,
    back_name,
    back_url,
    bp,
    locked_page,
    note_obligation_read,
)
from youthcourt.web.access import Permission, may, requires
from youthcourt.web.transactions import database


@bp.get("/cases/<uuid:case_id>/sentence/sheet")
@requires(Permission.CASES_READ)
def print_sheet(case_id: uuid.UUID) -> str:
    """Show what a case owes as it is handed to the family, with the latest panel's words."""
    case = case_by_id(database(), case_id)
    return _sheet(case, back=url_for("cases.show_case", case_id=case_id, _anchor="sentence"))


@bp.get("/hearings/<uuid:hearing_id>/sentence/sheet")
@requires(Permission.EVENING_DOCKET)
def print_evening_sheet(hearing_id: uuid.UUID) -> Page:
    """Show the same sheet on the evening of the hearing, while the family is there."""
    heard = heard_case(database(), hearing_id)
    if heard.held_on != signed_in().today and not may(Permission.CASES_READ):
        raise NotFound
    back = back_name() or None
    here = url_for("sentences.print_evening_sheet", hearing_id=hearing_id, back=back)
    locked = locked_page(here)
    if locked is not None:
        return locked
    if not sentences_of_case(database(), case_id=heard.case.id):
        return redirect(url_for("sentences.give_sentence", hearing_id=hearing_id, back=back), 303)
    return _sheet(heard.case, back=back_url(heard, back_name()))


def _sheet(case: Case, *, back: str) -> str:
    session, today = database(), signed_in().today
    given = sentences_of_case(session, case_id=case.id)
    if not given:
        raise NotFound
    note_obligation_read("sentence", given[0].id, person_id=case.person_id, case_id=case.id)
    respondent = respondent_of(session, case, today=today)
    owed = obligations_of_case(session, case_id=case.id, now=clock.now())
    policy = policy_by_id(session, given[0].policy_id).policy
    language = language_asked(respondent.language)
    with on_paper(language):
        return render_template(
            "sentences/sheet.html",
            case=case,
            back=back,
            sentence=given[0],
            items=[item for item in owed if item.required],
            details=details_of(session, case_id=case.id),
            respondent=respondent,
            kept_from=[
                adult.name for adult in adults_of(session, case.person_id) if adult.never_disclose
            ],
            court=session.get_one(Court, signed_in().court_id),
            words=PaperWords(policy=policy, language=language),
            paper_language=language,
            today=today,
        )
