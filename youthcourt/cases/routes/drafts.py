"""The draft of an intake: whose it is, and how old."""

from __future__ import annotations

import uuid

from flask import Flask, url_for
from flask_babel import format_timedelta

from youthcourt import clock
from youthcourt.accounts.session import SignedIn
from youthcourt.cases.routes.blueprint import bp
from youthcourt.drafts.models import Draft
from youthcourt.drafts.pages import add_form_page
from youthcourt.drafts.services import find_draft
from youthcourt.web.access import Permission, may
from youthcourt.web.transactions import database

FORM = "intake"


def _form_url(case_id: uuid.UUID) -> str | None:
    return url_for("cases.hold_intake", case_id=case_id) if may(Permission.CASES_WRITE) else None


def _add_draft_page(app: Flask) -> None:
    add_form_page(app, form=FORM, url=_form_url)


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
