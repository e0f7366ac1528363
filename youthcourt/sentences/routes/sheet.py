"""The sentence on paper, in plain words for the family."""

from __future__ import annotations

import uuid

from flask import render_template

from youthcourt.accounts.session import signed_in
from youthcourt.cases.queries import case_by_id, respondent_of
from youthcourt.courts.models import Court
from youthcourt.courts.queries import policy_by_id
from youthcourt.errors import NotFound
from youthcourt.people.queries import adults_of
from youthcourt.sentences.queries import details_of, obligations_of_case, sentences_of_case
from youthcourt.sentences.routes.blueprint import bp, note_obligation_read
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.get("/cases/<uuid:case_id>/sentence/sheet")
@requires(Permission.CASES_READ)
def print_sheet(case_id: uuid.UUID) -> str:
    """Show what a case owes as it is handed to the family, with the latest panel's words."""
    session = database()
    case = case_by_id(session, case_id)
    given = sentences_of_case(session, case_id=case_id)
    if not given:
        raise NotFound
    note_obligation_read("sentence", given[0].id, person_id=case.person_id, case_id=case_id)
    today = signed_in().today
    return render_template(
        "sentences/sheet.html",
        case=case,
        sentence=given[0],
        items=[item for item in obligations_of_case(session, case_id=case_id) if item.required],
        details=details_of(session, case_id=case_id),
        respondent=respondent_of(session, case, today=today),
        kept_from=[
            adult.name for adult in adults_of(session, case.person_id) if adult.never_disclose
        ],
        court=session.get_one(Court, signed_in().court_id),
        policy=policy_by_id(session, given[0].policy_id).policy,
        today=today,
    )
