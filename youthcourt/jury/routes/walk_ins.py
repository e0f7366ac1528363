"""Somebody who comes without being expected; who may be on record is offered first."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from youthcourt.accounts.reads import note_read
from youthcourt.audit.domain import Subject
from youthcourt.hearings.queries import SessionLine, session_line
from youthcourt.jury.forms.evening import WalkInForm
from youthcourt.jury.queries.evening import person_of_evening
from youthcourt.jury.routes.blueprint import bp
from youthcourt.jury.routes.desk import Page, hand
from youthcourt.jury.services.walk_ins import add_walk_in, walk_in_person
from youthcourt.numbering import person_no
from youthcourt.people.domain import PersonTraits
from youthcourt.people.queries import Match, duplicates_of
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label
from youthcourt.web.transactions import database

NEW = "new"


@bp.route("/evenings/<uuid:session_id>/walk-in", methods=["GET", "POST"])
@requires(Permission.EVENING_DESK)
def walk_in(session_id: uuid.UUID) -> Page:
    """Take somebody in who was not expected."""
    line = session_line(database(), session_id)
    form = WalkInForm()
    if request.method == "GET":
        return _page(form, line, ())
    matches = _matches(form)
    if form.validate() and _chosen(form, matches):
        with form.refusals():
            row = add_walk_in(
                database(), session_id=session_id, known_id=_known(form), **_typed(form), **hand()
            )
            who = person_of_evening(database(), session_id, row.person_id)
            flash(_("%(name)s is here.", name=who.called if who else ""), "success")
            return redirect(url_for("dashboard.tonight_door", session_id=session_id), 303)
    return _page(form, line, matches), 422


@bp.route("/evenings/<uuid:session_id>/forgotten", methods=["GET", "POST"])
@requires(Permission.EVENING_CONFIRM)
def add_forgotten(session_id: uuid.UUID) -> Page:
    """Find or enter somebody who came and is missing from a confirmed session."""
    line = session_line(database(), session_id)
    form = WalkInForm()
    if request.method == "GET":
        return _page(form, line, (), forgotten=True)
    matches = _matches(form)
    if form.validate() and _chosen(form, matches):
        with form.refusals():
            person = walk_in_person(
                database(), known_on=line.held_on, known_id=_known(form), **_typed(form), **hand()
            )
            return redirect(
                url_for("jury.correct", session_id=session_id, person_id=person.id), 303
            )
    return _page(form, line, matches, forgotten=True), 422


def _page(
    form: WalkInForm, line: SessionLine, matches: tuple[Match, ...], *, forgotten: bool = False
) -> str:
    form.known.choices = [
        *((str(match.person.id), match_text(match)) for match in matches),
        (NEW, _("None of these: this is somebody new")),
    ]
    return render_template(
        "jury/evening/walk_in.html", form=form, line=line, matches=matches, forgotten=forgotten
    )


def _typed(form: WalkInForm) -> dict[str, Any]:
    return {
        "given_names": str(form.given_names.data),
        "family_name": str(form.family_name.data),
        "birth_date": form.birth_date.data,
    }


def _matches(form: WalkInForm) -> tuple[Match, ...]:
    """Return who on record may be meant, once everything is typed; that they were shown is kept."""
    if not form.validate():
        return ()
    traits = PersonTraits(
        given=str(form.given_names.data),
        family=str(form.family_name.data),
        birth_date=form.birth_date.data,
    )
    found = duplicates_of(database(), traits=traits)
    if found:
        note_read(subject=Subject(kind="person_list"), filter_used="walk_in")
    return found


def _chosen(form: WalkInForm, matches: tuple[Match, ...]) -> bool:
    """Return whether it is clear who it is: nobody is alike, or one of those shown was chosen."""
    known = {str(match.person.id) for match in matches}
    return not matches or form.known.data in {*known, NEW}


def _known(form: WalkInForm) -> uuid.UUID | None:
    """Return whom on record it was chosen to be; only those shown can have been chosen."""
    chosen = form.known.data
    return uuid.UUID(chosen) if chosen and chosen != NEW else None


def match_text(match: Match) -> str:
    """Return what the desk may see of somebody on record: no more than was typed of them.

    The first name, the initial of the family name, and in what the two are alike.
    """
    name = match.person.name
    short = f"{name.first} {name.initials[-2:] if name.family else ''}".strip()
    alike = ", ".join(label(reason) for reason in match.likelihood.reasons)
    return f"{short or person_no(match.person.number)} ({alike})"
