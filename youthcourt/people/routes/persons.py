"""A person's page, entering and changing a person."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.errors import NotFound, Stale
from youthcourt.numbering import person_no
from youthcourt.people import services
from youthcourt.people.domain import PersonTraits
from youthcourt.people.domain.contacts import phone_digits
from youthcourt.people.forms import NewPersonForm, PersonForm
from youthcourt.people.queries import (
    LastSaved,
    Match,
    duplicates_of,
    last_saved,
    live_person,
    person_file,
    person_made,
    present_person_id,
    school_names,
)
from youthcourt.people.routes.blueprint import bp, case_url, open_person, person_url, title_of
from youthcourt.people.routes.entries import (
    PERSON_FIELDS,
    offer_stored,
    person_form,
    saved_person,
    typed_person,
    with_school,
)
from youthcourt.people.routes.searching import typed_search
from youthcourt.people.services import PersonEntry
from youthcourt.web.access import Permission, requires
from youthcourt.web.conflicts import FieldConflict, conflicts
from youthcourt.web.transactions import database

SAME = "same:"
NEW = "new"
CHANGE = "change"
_NOTHING_TYPED = asdict(PersonEntry())
_CARRIED = (*PERSON_FIELDS, "school", "unidentified", "once")


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """What two people made of one record, and who saved theirs."""

    fields: tuple[FieldConflict, ...]
    saved: LastSaved


@bp.get("/<uuid:person_id>")
@requires(Permission.PEOPLE_READ)
def show_person(person_id: uuid.UUID) -> str | Response:
    """Show everything kept of a person; a merged one leads to whom they were merged into."""
    session = database()
    present = present_person_id(session, person_id)
    if present != person_id:
        flash(_("This entry was made part of the person shown here."), "info")
        return redirect(person_url(present), 303)
    today = signed_in().today
    note_read(subject=Subject(kind="person", id=person_id, person_id=person_id))
    return render_template(
        "people/person.html",
        person=person_file(session, person_id=person_id, today=today),
        today=today,
        case_url=case_url,
    )


@bp.get("/new")
@requires(Permission.PEOPLE_WRITE)
def new_person() -> str:
    """Show the empty form, or one with the name that was searched for in vain."""
    *given, family = typed_search().split() or [""]
    named = {"given_names": " ".join(given), "family_name": family}
    return _new_page(NewPersonForm(formdata=None, data=named))


@bp.post("/new")
@requires(Permission.PEOPLE_WRITE)
def add_person() -> Response | str | tuple[str, int]:
    """Add a person, unless somebody alike is there: then ask whether it is the same person.

    Sent twice, the form leads to the one it made.
    """
    form = NewPersonForm()
    decision = request.form.get("decision", "")
    if decision == CHANGE:
        return _new_page(form)
    me, session, now = signed_in(), database(), clock.now()
    if form.validate():
        with form.refusals():
            entry, key = typed_person(form), form.key()
            made = person_made(session, key)
            if made is not None:
                return redirect(person_url(made.id), 303)
            if decision.startswith(SAME):
                return _same_person(form, entry, decision.removeprefix(SAME))
            services.check_person(session, entry=entry, now=now)
            matches = duplicates_of(session, traits=_traits(entry))
            if {str(match.person.id) for match in matches} - set(_seen(form, decision)):
                return _matches_page(form, matches), 422
            entry = with_school(session, form, entry)
            person = services.add_person(session, **asdict(entry), key=key, actor=me.actor, now=now)
            flash(
                _(
                    "The person is entered under the number %(number)s.",
                    number=person_no(person.number),
                )
            )
            return redirect(person_url(person.id), 303)
    return _new_page(form), 422


def _seen(form: PersonForm, decision: str) -> list[str]:
    """Return the people who were looked at and found to be others."""
    return str(form.seen.data or "").split(",") if decision == NEW else []


def _traits(entry: PersonEntry) -> PersonTraits:
    return PersonTraits(
        given=entry.given_names or entry.preferred_name or "",
        family=entry.family_name or "",
        birth_date=entry.birth_date,
        phones=(entry.phone,) if entry.phone else (),
    )


def _new_page(form: NewPersonForm) -> str:
    return render_template("people/new.html", form=form, schools=school_names(database()))


def _matches_page(form: PersonForm, matches: tuple[Match, ...]) -> str:
    for match in matches:
        key = match.person.id
        note_read(subject=Subject(kind="person", id=key, person_id=key), filter_used="alike")
    typed = [(name, text) for name in _CARRIED for text in request.form.getlist(name)]
    return render_template(
        "people/matches.html",
        form=form,
        typed=typed,
        matches=matches,
        seen=",".join(str(match.person.id) for match in matches),
        today=signed_in().today,
    )


def _same_person(form: PersonForm, entry: PersonEntry, key: str) -> Response | str:
    """Show the person already there with what was typed filled in, to be saved or not."""
    session = database()
    try:
        person = open_person(uuid.UUID(key))
    except ValueError as error:
        raise NotFound from error
    saved = saved_person(session, person)
    typed = {**asdict(entry), "school": form.school.data}
    told = {n: v for n, v in typed.items() if n in saved and v and v != _NOTHING_TYPED.get(n)}
    news = {name: value for name, value in told.items() if not _same(name, value, saved[name])}
    if not news:
        flash(_("Nothing new was typed: this person is already here."), "info")
        return redirect(person_url(person.id), 303)
    filled = PersonForm(formdata=None, data={**saved, **news})
    offer_stored(filled, person)
    filled.version.data = ""
    differences = conflicts(filled, {name: saved[name] for name in news}, person.version_id)
    return _edit_page(filled, person_id=person.id, title=title_of(person), typed=differences)


def _same(field: str, typed: Any, stored: Any) -> bool:
    if field == "phone" and stored:
        return phone_digits(typed) == phone_digits(stored)
    return bool(typed == stored)


@bp.get("/<uuid:person_id>/edit")
@requires(Permission.PEOPLE_WRITE)
def edit_person(person_id: uuid.UUID) -> str:
    """Show the form filled with what is stored."""
    person = open_person(person_id)
    form = person_form(database(), person)
    return _edit_page(form, person_id=person_id, title=title_of(person))


@bp.post("/<uuid:person_id>/edit")
@requires(Permission.PEOPLE_WRITE)
def change_person(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Save what was typed, or show both versions when somebody else saved meanwhile."""
    session, me = database(), signed_in()
    person = live_person(session, person_id)
    form, title = PersonForm(), title_of(person)
    offer_stored(form, person)
    versions: Versions | None = None
    if form.validate():
        versions = _versions(form, person_id)
        if versions is None:
            with form.refusals():
                try:
                    services.change_person(
                        session,
                        person_id=person_id,
                        version=int(form.version.data or 0),
                        entry=with_school(session, form, typed_person(form)),
                        actor=me.actor,
                        now=clock.now(),
                    )
                    flash(_("Saved."), "success")
                    return redirect(person_url(person_id), 303)
                except Stale:
                    session.rollback()
                    versions = _versions(form, person_id)
    return _edit_page(form, person_id=person_id, title=title, versions=versions), 422


def _versions(form: PersonForm, person_id: uuid.UUID) -> Versions | None:
    session = database()
    person = live_person(session, person_id)
    found = conflicts(form, saved_person(session, person), person.version_id)
    if not found:
        return None
    saved = last_saved(session, subject="person", subject_id=person_id)
    return Versions(fields=found, saved=saved or LastSaved(by="", at=person.created_at))


def _edit_page(form: PersonForm, *, person_id: uuid.UUID, title: str, **more: Any) -> str:
    return render_template(
        "people/edit.html",
        form=form,
        person_id=person_id,
        person_title=title,
        schools=school_names(database()),
        action=url_for("people.change_person", person_id=person_id),
        **more,
    )
