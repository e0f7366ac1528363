"""The pages of follow-up: a case's windows and searches, one search, and what is due."""

from __future__ import annotations

import uuid

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.queries import CaseFile, case_file
from youthcourt.cases.routes.drafts import titles_of_cases
from youthcourt.drafts.models import Draft
from youthcourt.drafts.pages import add_form_page
from youthcourt.drafts.services import discard_draft, find_draft, keep_draft, values_of
from youthcourt.errors import NotFound
from youthcourt.followups.domain import CheckResult, WithdrawalReason
from youthcourt.followups.forms import CheckForm, WithdrawCheckForm
from youthcourt.followups.queries import FollowUp, due_page, follow_up_of
from youthcourt.followups.services import record_check, withdraw_check
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n.drafts import age_text
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.panels import Panel, PanelSource
from youthcourt.web.transactions import database

bp = Blueprint("followups", __name__)
DRAFT = "follow_up"
Page = str | Response | tuple[str, int]
_BY_HAND = frozenset({"csrf_token", "keep"})


def _form_url(case_id: uuid.UUID) -> str:
    return url_for("followups.write_check", case_id=case_id)


def _add_draft_page(app: Flask) -> None:
    add_form_page(app, form=DRAFT, url=_form_url, titles=titles_of_cases)


bp.record_once(lambda state: _add_draft_page(state.app))  # type: ignore[arg-type]  # it is one


@bp.get("/follow-up")
@requires(Permission.FOLLOW_UP)
def list_due() -> str:
    """Show the cases whose records should be searched now, the longest overdue first."""
    lines = due_page(database(), today=signed_in().today, page=page_wanted())
    note_read(subject=Subject(kind="follow_up_list"), filter_used="due")
    return render_template(
        "followups/due.html", lines=lines.lines, pager=pager_of(lines, "followups.list_due")
    )


@bp.get("/cases/<uuid:case_id>/follow-up")
@requires(Permission.FOLLOW_UP)
def show_follow_up(case_id: uuid.UUID) -> str:
    """Show every window of a case and every search made for it."""
    file, followed = _opened(case_id)
    return render_template(
        "followups/case.html", file=file, followed=followed, draft_age=_age(_draft(case_id))
    )


@bp.route("/cases/<uuid:case_id>/follow-up/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP)
def write_check(case_id: uuid.UUID) -> Page:
    """Write down a search; what was typed may wait as a draft."""
    me = signed_in()
    file, followed = _opened(case_id)
    if request.method == "GET":
        return _check_page(file, followed, _started(case_id, me))
    if "keep" in request.form:
        _keep(case_id, me)
        flash(_("Kept as a draft. It waits here and among your drafts."), "success")
        return _back(case_id)
    form = CheckForm()
    if form.validate():
        with form.refusals():
            record_check(
                database(),
                case_id=case_id,
                entry=form.entry,
                today=me.today,
                actor=me.actor,
                now=clock.now(),
            )
            discard_draft(database(), form=DRAFT, record_id=case_id, user_id=_user(me))
            flash(_("The search is written down."), "success")
            return _back(case_id)
    return _check_page(file, followed, form), 422


@bp.route("/cases/<uuid:case_id>/follow-up/<uuid:check_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP)
def take_check_back(case_id: uuid.UUID, check_id: uuid.UUID) -> Page:
    """Take back a search that was wrong, with the reason."""
    file, followed = _opened(case_id)
    check = next((line for line in followed.checks if line.id == check_id), None)
    if check is None:
        raise NotFound
    form = WithdrawCheckForm()
    if request.method == "POST" and form.validate():
        with form.refusals():
            withdraw_check(
                database(),
                case_id=case_id,
                check_id=check_id,
                reason=WithdrawalReason(form.reason.data),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The search is taken back. It stays readable and counts nowhere."), "success")
            return _back(case_id)
    page = render_template("followups/withdraw.html", file=file, check=check, form=form)
    return (page, 422) if request.method == "POST" else page


def case_panel(case_id: uuid.UUID) -> Panel | None:
    """Return the section of a case's page, None before there is anything to follow."""
    followed = follow_up_of(database(), case_id=case_id, today=signed_in().today)
    if followed.start is None and not followed.checks:
        return None
    return Panel(template="followups/_case.html", context={"followed": followed})


def _opened(case_id: uuid.UUID) -> tuple[CaseFile, FollowUp]:
    """Return a case with its follow-up and note that both were read."""
    today = signed_in().today
    file = case_file(database(), case_id=case_id, today=today)
    note_read(
        subject=Subject(
            kind="follow_up", id=case_id, case_id=case_id, person_id=file.case.person_id
        )
    )
    return file, follow_up_of(database(), case_id=case_id, today=today)


def _started(case_id: uuid.UUID, me: SignedIn) -> CheckForm:
    """Return the form as it was left, else with today and one's own name."""
    draft = _draft(case_id)
    if draft is not None:
        return CheckForm(formdata=MultiDict(values_of(draft)))
    form = CheckForm()
    form.searched_on.data = me.today
    form.searched_by.data = me.name
    return form


def _check_page(file: CaseFile, followed: FollowUp, form: CheckForm) -> str:
    return render_template(
        "followups/check.html",
        file=file,
        followed=followed,
        form=form,
        found=CheckResult.FOUND,
        draft_age=_age(_draft(file.case.id)),
    )


def _draft(case_id: uuid.UUID) -> Draft | None:
    return find_draft(database(), form=DRAFT, record_id=case_id, user_id=_user(signed_in()))


def _age(draft: Draft | None) -> str | None:
    return None if draft is None else age_text(clock.now() - draft.started_at)


def _keep(case_id: uuid.UUID, me: SignedIn) -> None:
    values = {name: request.form.getlist(name) for name in request.form if name not in _BY_HAND}
    keep_draft(
        database(),
        form=DRAFT,
        record_id=case_id,
        user_id=_user(me),
        values=values,
        now=clock.now(),
    )


def _user(me: SignedIn) -> uuid.UUID:
    assert me.user_id is not None  # noqa: S101 -- only staff open these pages
    return me.user_id


def _back(case_id: uuid.UUID) -> Response:
    return redirect(url_for("followups.show_follow_up", case_id=case_id), 303)


BLUEPRINTS = (bp,)
PANELS = (PanelSource(place="case", order=60, permission=Permission.FOLLOW_UP, build=case_panel),)
