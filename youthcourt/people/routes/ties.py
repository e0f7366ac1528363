"""Whom a person knows."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.errors import NotFound
from youthcourt.people import services
from youthcourt.people.domain.kinds import SaidBy, Tie
from youthcourt.people.forms import FindForm, KnowsForm
from youthcourt.people.models import Person
from youthcourt.people.queries import find_people, known_persons, live_person, person_lines
from youthcourt.people.routes.blueprint import bp, open_person, title_of
from youthcourt.people.routes.searching import search_word, typed_search
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database


@bp.get("/<uuid:person_id>/knows")
@requires(Permission.PEOPLE_WRITE)
def edit_knows(person_id: uuid.UUID) -> str:
    """Show whom a person knows, and let the next one be searched for."""
    return _search(FindForm(formdata=None, data={"text": typed_search()}), open_person(person_id))


@bp.post("/<uuid:person_id>/knows/find")
@requires(Permission.PEOPLE_WRITE)
def find_known(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Search for the person they know."""
    person = live_person(database(), person_id)
    form = FindForm()
    if not form.validate():
        return _search(form, person), 422
    word = search_word(str(form.text.data or ""))
    return redirect(url_for("people.edit_knows", person_id=person_id, find=word), 303)


@bp.get("/<uuid:person_id>/knows/<uuid:other_id>")
@requires(Permission.PEOPLE_WRITE)
def new_tie(person_id: uuid.UUID, other_id: uuid.UUID) -> str:
    """Ask how the two know each other."""
    form = KnowsForm(formdata=None)
    return _tie(form, open_person(person_id), live_person(database(), other_id))


@bp.post("/<uuid:person_id>/knows/<uuid:other_id>")
@requires(Permission.PEOPLE_WRITE)
def add_tie(person_id: uuid.UUID, other_id: uuid.UUID) -> Response | tuple[str, int]:
    """Note that the two know each other."""
    session = database()
    person, other = live_person(session, person_id), live_person(session, other_id)
    form = KnowsForm()
    if form.validate():
        with form.refusals():
            services.add_acquaintance(
                session,
                person_id=person_id,
                other_id=other_id,
                kind=Tie(form.kind.data),
                said_by=SaidBy(form.said_by.data),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("It is noted that they know each other."), "success")
            return redirect(url_for("people.edit_knows", person_id=person_id), 303)
        person, other = live_person(session, person_id), live_person(session, other_id)
    return _tie(form, person, other), 422


@bp.post("/<uuid:person_id>/knows/<uuid:tie_id>/remove")
@requires(Permission.PEOPLE_WRITE)
def remove_tie(person_id: uuid.UUID, tie_id: uuid.UUID) -> Response:
    """Forget that two persons know each other."""
    services.remove_acquaintance(
        database(),
        person_id=person_id,
        acquaintance_id=tie_id,
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("It is no longer noted that they know each other."), "success")
    return redirect(url_for("people.edit_knows", person_id=person_id), 303)


def _search(form: FindForm, person: Person) -> str:
    session, text = database(), typed_search()
    found = find_people(session, text=text, page=page_wanted()) if text else None
    known = known_persons(session, person_id=person.id)
    return render_template(
        "people/knows.html",
        form=form,
        person_id=person.id,
        person_title=title_of(person),
        known=known,
        known_ids={line.other_id for line in known} | {person.id},
        found=found,
        pager=found
        and pager_of(
            found, "people.edit_knows", person_id=person.id, find=request.args.get("find")
        ),
        text=text,
        today=signed_in().today,
    )


def _tie(form: KnowsForm, person: Person, other: Person) -> str:
    line = person_lines(database(), (other.id,)).get(other.id)
    if line is None:
        raise NotFound
    return render_template(
        "people/tie.html",
        form=form,
        person_id=person.id,
        person_title=title_of(person),
        other=line,
        today=signed_in().today,
    )
