"""The draft of an intake: whose it is, and how old."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from flask import Flask, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import SignedIn
from youthcourt.audit.domain import Subject
from youthcourt.cases.queries.lists import numbers_and_names
from youthcourt.cases.routes.blueprint import bp
from youthcourt.drafts.models import Draft
from youthcourt.drafts.pages import add_form_page
from youthcourt.drafts.services import find_draft
from youthcourt.web.access import Permission, may
from youthcourt.web.transactions import database

FORM = "intake"


def titles_of_cases(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what a list of drafts calls these cases: a name only for who may read them all."""
    found = numbers_and_names(database(), case_ids)
    if not may(Permission.CASES_READ):
        return {key: _("Case %(number)s", number=number) for key, (number, _name) in found.items()}
    note_read(subject=Subject(kind="case_list"), filter_used="drafts")
    return {
        key: _(
            "%(name)s, case %(number)s", name=name.filed or _("Not yet identified"), number=number
        )
        for key, (number, name) in found.items()
    }


def _form_url(case_id: uuid.UUID) -> str | None:
    return url_for("cases.hold_intake", case_id=case_id) if may(Permission.CASES_WRITE) else None


def _add_draft_page(app: Flask) -> None:
    add_form_page(app, form=FORM, url=_form_url, titles=titles_of_cases)


bp.record_once(lambda state: _add_draft_page(state.app))  # type: ignore[arg-type]  # it is one


def user_of(me: SignedIn) -> uuid.UUID:
    """Return the member of staff who is signed in."""
    assert me.user_id is not None  # noqa: S101 -- only staff open case pages
    return me.user_id


def intake_draft(case_id: uuid.UUID, me: SignedIn) -> Draft | None:
    """Return one's own draft of the intake of a case."""
    return find_draft(database(), form=FORM, record_id=case_id, user_id=user_of(me))


def age_of(draft: Draft) -> str:
    """Return how long ago a draft was begun, in words."""
    return str(format_timedelta(draft.started_at - clock.now(), add_direction=True))


def draft_age(case_id: uuid.UUID, me: SignedIn) -> str | None:
    """Return how old one's own draft of the intake of a case is, None where there is none."""
    draft = intake_draft(case_id, me)
    return None if draft is None else age_of(draft)
