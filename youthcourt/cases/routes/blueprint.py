"""The blueprint of all case pages, and what each of them does first or last."""

from __future__ import annotations

import uuid
from datetime import date

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import DateField

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.queries import CaseFile, case_file
from youthcourt.cases.services import advance_case
from youthcourt.errors import CourtRuleBroken
from youthcourt.web.i18n import label
from youthcourt.web.transactions import database

bp = Blueprint("cases", __name__, url_prefix="/cases")

Page = str | Response | tuple[str, int]


def opened_file(case_id: uuid.UUID) -> CaseFile:
    """Return a case's file and note that it was read; a stranger's case is not found."""
    file = case_file(database(), case_id=case_id, today=signed_in().today)
    note_case_read(file.case)
    return file


def note_case_read(case: Case, *, kind: str = "case", key: uuid.UUID | None = None) -> None:
    """Note that something of a case was read."""
    note_read(
        subject=Subject(kind=kind, id=key or case.id, case_id=case.id, person_id=case.person_id)
    )


def day_given(field: DateField, *, today: date) -> date:
    """Return the day of a field that had to be filled in; refuse one that is still to come."""
    if field.data is None:
        raise CourtRuleBroken("required", field.short_name)
    if field.data > today:
        raise CourtRuleBroken("day_in_future", field.short_name)
    return field.data


def back_to(case_id: uuid.UUID, anchor: str | None = None) -> Response:
    """Return the way back to the page of a case."""
    return redirect(url_for("cases.show_case", case_id=case_id, _anchor=anchor), 303)


def say_saved(case_id: uuid.UUID, words: str, me: SignedIn) -> None:
    """Move the case through every step that is done now, and say so after ``words``."""
    moved = advance_case(database(), case_id=case_id, on=me.today, actor=me.actor, now=clock.now())
    flash(f"{words} {moved_words(moved)}".strip(), "success")


def moved_words(moved: tuple[CaseState, ...]) -> str:
    """Return where the case stands after these moves, empty when there were none."""
    return _("The case now stands at: %(state)s.", state=label(moved[-1])) if moved else ""
