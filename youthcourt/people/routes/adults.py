"""The adults tied to a youth."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.errors import Stale
from youthcourt.people import services
from youthcourt.people.forms import AdultForm
from youthcourt.people.models import Adult
from youthcourt.people.queries import LastSaved, adult_of, last_saved, live_person
from youthcourt.people.routes.blueprint import bp, open_person, person_url, title_of
from youthcourt.people.routes.entries import offer, saved_adult, typed_adult
from youthcourt.people.routes.persons import Versions
from youthcourt.web.access import Permission, requires
from youthcourt.web.conflicts import conflicts
from youthcourt.web.transactions import database

_SELECTS = ("relation", "authority_proof", "language", "channel")


@bp.get("/<uuid:person_id>/adults/new")
@requires(Permission.PEOPLE_WRITE)
def new_adult(person_id: uuid.UUID) -> str:
    """Show the empty form."""
    person = open_person(person_id)
    return _page(AdultForm(formdata=None), person_id=person_id, person_title=title_of(person))


@bp.post("/<uuid:person_id>/adults/new")
@requires(Permission.PEOPLE_WRITE)
def add_adult(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Record an adult tied to a youth."""
    session = database()
    title = title_of(live_person(session, person_id))
    form = AdultForm()
    if form.validate():
        with form.refusals():
            services.add_adult(
                session,
                person_id=person_id,
                entry=typed_adult(form),
                key=form.key(),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The adult is entered."), "success")
            return redirect(person_url(person_id) + "#adults", 303)
    return _page(form, person_id=person_id, person_title=title), 422


@bp.get("/<uuid:person_id>/adults/<uuid:adult_id>")
@requires(Permission.PEOPLE_WRITE)
def edit_adult(person_id: uuid.UUID, adult_id: uuid.UUID) -> str:
    """Show the form filled with what is stored."""
    title = title_of(open_person(person_id))
    adult = adult_of(database(), person_id=person_id, adult_id=adult_id)
    form = AdultForm(formdata=None, data=saved_adult(adult))
    form.version.data = str(adult.version_id)
    return _page(form, person_id=person_id, person_title=title, adult=adult)


@bp.post("/<uuid:person_id>/adults/<uuid:adult_id>")
@requires(Permission.PEOPLE_WRITE)
def change_adult(person_id: uuid.UUID, adult_id: uuid.UUID) -> Response | tuple[str, int]:
    """Save what was typed, or show both versions when somebody else saved meanwhile."""
    session = database()
    adult = adult_of(session, person_id=person_id, adult_id=adult_id)
    title = title_of(live_person(session, person_id))
    form = AdultForm()
    _offer_stored(form, adult)
    versions: Versions | None = None
    if form.validate():
        versions = _versions(form, adult)
        if versions is None:
            with form.refusals():
                try:
                    services.change_adult(
                        session,
                        person_id=person_id,
                        adult_id=adult_id,
                        version=int(form.version.data or 0),
                        entry=typed_adult(form),
                        actor=signed_in().actor,
                        now=clock.now(),
                    )
                    flash(_("Saved."), "success")
                    return redirect(person_url(person_id) + "#adults", 303)
                except Stale:
                    session.rollback()
                    adult = adult_of(session, person_id=person_id, adult_id=adult_id)
                    versions = _versions(form, adult)
    return _page(form, person_id=person_id, person_title=title, adult=adult, versions=versions), 422


@bp.post("/<uuid:person_id>/adults/<uuid:adult_id>/end")
@requires(Permission.PEOPLE_WRITE)
def end_adult(person_id: uuid.UUID, adult_id: uuid.UUID) -> Response:
    """Say that an adult no longer has to do with the youth."""
    services.end_adult(
        database(),
        person_id=person_id,
        adult_id=adult_id,
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("This adult will no longer be told anything."), "success")
    return redirect(person_url(person_id) + "#adults", 303)


@bp.post("/<uuid:person_id>/adults/<uuid:adult_id>/resume")
@requires(Permission.PEOPLE_WRITE)
def resume_adult(person_id: uuid.UUID, adult_id: uuid.UUID) -> Response:
    """Take back that an adult had ended."""
    services.resume_adult(
        database(),
        person_id=person_id,
        adult_id=adult_id,
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("This adult has to do with the young person again."), "success")
    return redirect(person_url(person_id) + "#adults", 303)


def _versions(form: AdultForm, adult: Adult) -> Versions | None:
    found = conflicts(form, saved_adult(adult), adult.version_id)
    if not found:
        return None
    saved = last_saved(database(), subject="adult", subject_id=adult.id)
    return Versions(fields=found, saved=saved or LastSaved(by="", at=adult.created_at))


def _offer_stored(form: AdultForm, adult: Adult) -> None:
    for name in _SELECTS:
        offer(form[name], getattr(adult, name))


def _page(form: AdultForm, *, person_id: uuid.UUID, adult: Adult | None = None, **more: Any) -> str:
    if adult is None:
        action = url_for("people.add_adult", person_id=person_id)
    else:
        action = url_for("people.change_adult", person_id=person_id, adult_id=adult.id)
    return render_template(
        "people/adult.html", form=form, person_id=person_id, adult=adult, action=action, **more
    )
