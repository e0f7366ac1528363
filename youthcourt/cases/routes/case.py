"""The page of one case, its history, and the cases of a person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import OFFENCES, STEPS, CaseState, PossibleMove
from youthcourt.cases.forms import ButtonForm, FilesForm, NoteForm
from youthcourt.cases.queries import (
    CaseFile,
    case_by_id,
    cases_of_person,
    history_of,
    respondent_of,
)
from youthcourt.cases.routes.blueprint import (
    Page,
    back_to,
    bp,
    moved_words,
    note_case_read,
    opened_file,
)
from youthcourt.cases.routes.drafts import draft_age
from youthcourt.cases.services import advance_case, paper_of
from youthcourt.courts.domain import OffenceClass, ShowAt
from youthcourt.web.access import Permission, may, requires
from youthcourt.web.i18n import label_of, sentence
from youthcourt.web.panels import Panel
from youthcourt.web.transactions import database

# Where what a move lacks is done: the endpoint of this feature, and the words of the link.
_DONE_AT = {
    "family_not_reached": "cases.try_contact",
    "eligibility_not_decided": "cases.screen_case",
    "case_not_eligible": "cases.screen_case",
    "evaluation_row_open": "cases.hold_intake",
}
_PAPERS = {"admission_missing", "consents_missing"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """What a move still lacks, with the address where it is done."""

    text: str
    url: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOn:
    """A move that leads on, and everything it still lacks."""

    target: CaseState
    missing: tuple[Missing, ...]
    by_hand: bool


@bp.get("/<uuid:case_id>")
@requires(Permission.CASES_READ)
def show_case(case_id: uuid.UUID) -> Page:
    """Show a case with everything that belongs to it and what is next."""
    return case_page(case_id, NoteForm(), FilesForm())


def case_page(case_id: uuid.UUID, note: NoteForm, files: FilesForm) -> str:
    """Return the page of a case with these forms on it."""
    file = opened_file(case_id)
    return render_template(
        "cases/case.html",
        file=file,
        ways_on=ways_on(file),
        note_form=note,
        files_form=files,
        button=ButtonForm(),
        rules=file.policy.policy.extra_at(ShowAt.ALWAYS),
        offence_names={code: _(offence.label) for code, offence in OFFENCES.items()},
        offence_class=_class_of(file),
        person_url=_person_url(file.respondent.id),
        draft_age=draft_age(case_id, signed_in()),
        paper=paper_of(database(), file.case),
        today=signed_in().today,
    )


def _class_of(file: CaseFile) -> OffenceClass | None:
    code = file.case.offence_class
    return next((c for c in file.policy.policy.classes if c.code == code), None)


def _person_url(person_id: uuid.UUID) -> str | None:
    """Return the address of a person's page, for those who may open it."""
    if not may(Permission.PEOPLE_READ):
        return None
    return url_for("people.show_person", person_id=person_id)


def ways_on(file: CaseFile) -> tuple[WayOn, ...]:
    """Return the moves that lead on from where a case stands, for the page."""
    if file.case.state is CaseState.CLOSED:
        return ()
    return tuple(_way_on(file, move) for move in file.ways_on)


def _way_on(file: CaseFile, move: PossibleMove) -> WayOn:
    return WayOn(
        target=move.transition.target,
        missing=tuple(
            Missing(
                text=sentence(refusal.code, **refusal.params),
                url=_where(file.case.id, refusal.code),
            )
            for refusal in move.refusals
        ),
        by_hand=move.open and move.transition.target in STEPS,
    )


def _where(case_id: uuid.UUID, code: str) -> str | None:
    if code in _PAPERS:
        return url_for("cases.show_case", case_id=case_id, _anchor="papers")
    endpoint = _DONE_AT.get(code)
    return None if endpoint is None else url_for(endpoint, case_id=case_id)


@bp.post("/<uuid:case_id>/advance")
@requires(Permission.CASES_WRITE)
def advance(case_id: uuid.UUID) -> Page:
    """Move a case through every early step that nothing stands in the way of."""
    me = signed_in()
    moved = advance_case(database(), case_id=case_id, on=me.today, actor=me.actor, now=clock.now())
    flash(moved_words(moved) or _("Nothing could be moved. See what is missing below."), "info")
    return back_to(case_id)


@bp.get("/<uuid:case_id>/history")
@requires(Permission.HISTORY_READ)
def show_history(case_id: uuid.UUID) -> Page:
    """Show who did and who read what in a case."""
    session = database()
    case = case_by_id(session, case_id)
    note_case_read(case, kind="case_history")
    return render_template(
        "cases/history.html",
        case=case,
        respondent=respondent_of(session, case, today=signed_in().today),
        lines=history_of(session, case_id=case_id),
        said=_said,
    )


# The fields of the history whose values are words of a list.
_LISTS = {
    "races": "Race",
    "races_answered_by": "AnsweredBy",
    "sex": "Sex",
    "school_status": "SchoolStatus",
    "grade": "Grade",
    "priors": "Priors",
    "language": "Language",
    "household": "Household",
    "interpreter": "YesNo",
}
_ADMITS = {"True": "yes", "False": "no"}


def _said(field: str, value: str | None) -> str:
    """Return a former or new value as people read it."""
    if not value:
        return str(_("not said yet") if field == "admits" else _("(empty)"))
    if field in _LISTS:
        return ", ".join(label_of(_LISTS[field], word) for word in value.split())
    return label_of("YesNo", _ADMITS.get(value)) if field == "admits" else value


def person_panel(person_id: uuid.UUID) -> Panel | None:
    """Return the section with a person's cases for their page."""
    today = signed_in().today
    lines = cases_of_person(database(), person_id=person_id, today=today)
    return Panel(
        template="cases/_person_panel.html", context={"lines": lines, "person_id": person_id}
    )
