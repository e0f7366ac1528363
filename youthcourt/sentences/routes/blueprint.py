"""The blueprint of sentences, and what its pages do first."""

from __future__ import annotations

import uuid

from flask import Blueprint, Flask, redirect, session, url_for
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.drafts.pages import add_form_page
from youthcourt.sentences.amounts import amount_text, range_text
from youthcourt.web.access import Permission, may

bp = Blueprint("sentences", __name__)
DRAFT = "sentence"

Page = str | Response | tuple[str, int]


def _form_url(hearing_id: uuid.UUID) -> str:
    return url_for("sentences.give_sentence", hearing_id=hearing_id)


def _add_draft_page(app: Flask) -> None:
    add_form_page(app, form=DRAFT, url=_form_url)


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
