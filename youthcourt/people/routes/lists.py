"""The list of people, and finding somebody in it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.people.forms import FindForm
from youthcourt.people.queries import find_people
from youthcourt.people.routes.blueprint import bp
from youthcourt.people.routes.searching import filter_wanted, search_word, typed_search
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database


@bp.get("/")
@requires(Permission.PEOPLE_READ)
def list_people() -> str:
    """Show the people found, or all of them, page by page."""
    return _list(FindForm(formdata=None, data={"text": typed_search()}))


def _list(form: FindForm) -> str:
    text, only = typed_search(), filter_wanted()
    page = find_people(database(), text=text, page=page_wanted(), only=only)
    used = " ".join(filter(None, (f"only={only.value}" if only else "", "search" if text else "")))
    note_read(subject=Subject(kind="person_list"), filter_used=used or "all")
    word = request.args.get("find")
    return render_template(
        "people/list.html",
        form=form,
        page=page,
        text=text,
        only=only.value if only else "",
        word=word if text else None,
        pager=pager_of(page, "people.list_people", only=only.value if only else None, find=word),
        today=signed_in().today,
    )


@bp.post("/find")
@requires(Permission.PEOPLE_READ)
def find() -> Response | tuple[str, int]:
    """Go to the list of those found; the name typed is not in the address."""
    form = FindForm()
    if not form.validate():
        return _list(form), 422
    only = filter_wanted()
    return redirect(
        url_for(
            "people.list_people",
            find=search_word(str(form.text.data or "")),
            only=only.value if only else None,
        ),
        303,
    )
