"""The blueprint of sentences, and what its pages do first and last."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.routes import home_url
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.routes.drafts import titles_of_cases
from youthcourt.drafts.pages import add_form_page
from youthcourt.hearings.queries import cases_of_hearings
from youthcourt.sentences.amounts import amount_text, range_text
from youthcourt.sentences.queries import HeardCase
from youthcourt.web.access import Permission, may
from youthcourt.web.forms import VersionedForm
from youthcourt.web.transactions import database

bp = Blueprint("sentences", __name__)
DRAFT = "sentence"

Page = str | Response | tuple[str, int]
_EVENING = {"room": "dashboard.tonight_room", "docket": "dashboard.tonight_docket"}
_BACKS = frozenset({*_EVENING, "case"})
_LONGEST = 9  # digits of a number that a page carries


def _form_url(hearing_id: uuid.UUID) -> str:
    return url_for("sentences.give_sentence", hearing_id=hearing_id)


def _titles(hearing_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    cases = cases_of_hearings(database(), hearing_ids)
    titles = titles_of_cases(set(cases.values()))
    return {key: titles[case_id] for key, case_id in cases.items() if case_id in titles}


def _add_draft_page(app: Flask) -> None:
    add_form_page(app, form=DRAFT, url=_form_url, titles=_titles)


bp.record_once(lambda state: _add_draft_page(state.app))  # type: ignore[arg-type]  # it is one
bp.add_app_template_filter(amount_text, "amount")
bp.add_app_template_filter(range_text, "range_words")


def note_obligation_read(
    kind: str, key: uuid.UUID, *, person_id: uuid.UUID, case_id: uuid.UUID | None = None
) -> None:
    """Note that a part of a sentence or a piece of service was read."""
    note_read(subject=Subject(kind=kind, id=key, case_id=case_id, person_id=person_id))


def locked_page(address: str) -> Response | None:
    """Return the way to the password where a tablet of the evening has to show it again first.

    The office reads cases anyway and is not asked.
    """
    if may(Permission.CASES_READ) or signed_in().is_stepped_up(clock.now()):
        return None
    session["next"] = address
    return redirect(url_for("accounts.step_up"), 303)


def back_name() -> str:
    """Return the page to come back to, as it was asked for; empty where it is no such page."""
    asked = request.form.get("back") or request.args.get("back", "")
    return asked if asked in _BACKS else ""


def back_url(heard: HeardCase, back: str) -> str:
    """Return the address of a page to come back to, else of the case, else of the first page."""
    endpoint = _EVENING.get(back, "")
    if endpoint in current_app.view_functions and heard.hearing.sitting_id:
        return url_for(endpoint, sitting_id=heard.hearing.sitting_id)
    if may(Permission.CASES_READ):
        return url_for("cases.show_case", case_id=heard.case.id, _anchor="sentence")
    return home_url(signed_in().permissions)


def hand() -> dict[str, Any]:
    """Return who acts and when, as every service asks for it."""
    return {"actor": signed_in().actor, "now": clock.now()}


def number_in(text: str | None) -> int:
    """Return the number a page carried; what is none was never shown by one."""
    given = text or ""
    return int(given) if given.isdecimal() and len(given) <= _LONGEST else -1


def now_seen(form: VersionedForm, version: int) -> None:
    """Let a form that is shown carry the version of now, so that sending it is a decision."""
    form.version.data = str(version)
    form.version.raw_data = [str(version)]
