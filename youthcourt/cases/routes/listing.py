"""The list of cases, its filters, and the search."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.domain import CaseState
from youthcourt.cases.queries import CaseFilter, cases_page, find_cases
from youthcourt.cases.queries.imports import count_waiting_runs
from youthcourt.cases.routes.blueprint import Page, bp
from youthcourt.people.forms import FindForm
from youthcourt.people.routes.searching import search_word, typed_search
from youthcourt.web.access import Permission, may, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database

WAITING = (7, 14, 30, 60)
EVERYTHING = "all"


@bp.get("/")
@requires(Permission.CASES_READ)
def list_cases() -> Page:
    """Show the cases of a state, those that wait longest first, or those searched for."""
    return _list(FindForm(formdata=None, data={"text": typed_search()}))


@bp.post("/find")
@requires(Permission.CASES_READ)
def find() -> Page:
    """Go to the list of those found; the name typed is not in the address."""
    form = FindForm()
    if not form.validate():
        return _list(form), 422
    return redirect(url_for("cases.list_cases", find=search_word(str(form.text.data or ""))), 303)


def _list(form: FindForm) -> str:
    text, wanted, today = typed_search(), _wanted(), signed_in().today
    if text:
        page = find_cases(database(), text=text, page=page_wanted(), today=today)
    else:
        page = cases_page(database(), wanted=wanted, page=page_wanted(), today=today)
    note_read(subject=Subject(kind="case_list"), filter_used="search" if text else _words(wanted))
    return render_template(
        "cases/list.html",
        page=page,
        form=form,
        wanted=wanted,
        searched=bool(text),
        states=tuple(CaseState),
        waiting=WAITING,
        today=today,
        pager=pager_of(
            page,
            "cases.list_cases",
            find=request.args.get("find"),
            state=_state(wanted),
            waiting=wanted.waiting_days,
        ),
        imports_waiting=count_waiting_runs(database()) if may(Permission.CASES_IMPORT) else 0,
    )


def _wanted() -> CaseFilter:
    state = request.args.get("state", "")
    days = request.args.get("waiting", 0, type=int)
    return CaseFilter(
        state=CaseState(state) if state in set(CaseState) else None,
        waiting_days=days if days in WAITING else 0,
        everything=state == EVERYTHING,
    )


def _state(wanted: CaseFilter) -> str | None:
    return EVERYTHING if wanted.everything else wanted.state


def _words(wanted: CaseFilter) -> str:
    return f"state={_state(wanted) or 'open'} waiting={wanted.waiting_days}"
