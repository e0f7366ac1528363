"""Making one person of two entries, and undoing it."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.people.forms import FindForm
from youthcourt.people.merging import KEPT, OTHER, MergePlan, merge_persons, merge_plan, undo_merge
from youthcourt.people.models import Person
from youthcourt.people.queries import duplicates_of, find_people, live_person, traits_of
from youthcourt.people.routes.blueprint import bp, open_person, person_url, title_of
from youthcourt.people.routes.searching import search_word, typed_search
from youthcourt.web.access import Permission, requires
from youthcourt.web.forms import CourtForm
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database


@bp.get("/<uuid:person_id>/merge")
@requires(Permission.PEOPLE_WRITE)
def choose_other(person_id: uuid.UUID) -> str:
    """Offer those who look alike, and let anybody be searched for."""
    form = FindForm(formdata=None, data={"text": typed_search()})
    return _choose(form, open_person(person_id))


@bp.post("/<uuid:person_id>/merge/find")
@requires(Permission.PEOPLE_WRITE)
def find_other(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Search for the other entry."""
    person = live_person(database(), person_id)
    form = FindForm()
    if not form.validate():
        return _choose(form, person), 422
    word = search_word(str(form.text.data or ""))
    return redirect(url_for("people.choose_other", person_id=person_id, find=word), 303)


@bp.get("/<uuid:person_id>/merge/<uuid:other_id>")
@requires(Permission.PEOPLE_WRITE)
def preview_merge(person_id: uuid.UUID, other_id: uuid.UUID) -> str:
    """Show what making one person of the two would do."""
    return _preview(CourtForm(formdata=None), person_id, other_id)


@bp.post("/<uuid:person_id>/merge/<uuid:other_id>")
@requires(Permission.PEOPLE_WRITE)
def merge(person_id: uuid.UUID, other_id: uuid.UUID) -> Response | tuple[str, int]:
    """Make one person of the two, with the values chosen."""
    form = CourtForm()
    if form.validate():
        with form.refusals():
            merge_persons(
                database(),
                kept_id=person_id,
                other_id=other_id,
                take=_chosen(),
                seen=request.form.get("seen", ""),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The two entries are one person now. You can undo this below."), "success")
            return redirect(person_url(person_id), 303)
    return _preview(form, person_id, other_id), 422


@bp.post("/<uuid:person_id>/merges/<uuid:merge_id>/undo")
@requires(Permission.PEOPLE_WRITE)
def undo(person_id: uuid.UUID, merge_id: uuid.UUID) -> Response:
    """Take two merged entries apart again."""
    undone = undo_merge(
        database(),
        kept_id=person_id,
        merge_id=merge_id,
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("The entries are two persons again. This is the one that was taken out."), "success")
    return redirect(person_url(undone.merged_id), 303)


def _chosen() -> dict[str, str]:
    """Return whose value was chosen, by field; anything else is left to the proposal."""
    return {
        name.removeprefix("take_"): value
        for name, value in request.form.items()
        if name.startswith("take_") and value in {KEPT, OTHER}
    }


def _choose(form: FindForm, person: Person) -> str:
    session, text = database(), typed_search()
    found = find_people(session, text=text, page=page_wanted()) if text else None
    return render_template(
        "people/merge_choose.html",
        form=form,
        person_id=person.id,
        person_title=title_of(person),
        matches=duplicates_of(session, traits=traits_of(person), apart_from=person.id),
        found=found,
        pager=found
        and pager_of(
            found, "people.choose_other", person_id=person.id, find=request.args.get("find")
        ),
        text=text,
        today=signed_in().today,
    )


def _preview(form: CourtForm, person_id: uuid.UUID, other_id: uuid.UUID) -> str:
    session = database()
    plan: MergePlan = merge_plan(session, kept_id=person_id, other_id=other_id)
    for side in (plan.kept, plan.other):
        note_read(subject=Subject(kind="person", id=side.id, person_id=side.id))
    return render_template(
        "people/merge.html", form=form, plan=plan, chosen=_chosen(), KEPT=KEPT, OTHER=OTHER
    )
