"""What a juror brings along: the jury list, days away, training, and the fact for codes."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.domain import FactQuestion
from youthcourt.accounts.session import signed_in
from youthcourt.db import reading
from youthcourt.people import services
from youthcourt.people.domain.kinds import AwayReason
from youthcourt.people.forms import DaysAwayForm, FactForm, JuryListForm, TrainingForm
from youthcourt.people.models import Person
from youthcourt.people.queries import live_person, trainings_of, unavailable_days
from youthcourt.people.routes.blueprint import bp, open_person, person_url, title_of
from youthcourt.web.access import Permission, requires
from youthcourt.web.forms import CourtForm
from youthcourt.web.transactions import database


@bp.get("/<uuid:person_id>/jury-list")
@requires(Permission.PEOPLE_WRITE)
def edit_jury_list(person_id: uuid.UUID) -> str:
    """Show whether somebody is on the jury list."""
    person = open_person(person_id)
    form = JuryListForm(formdata=None)
    form.on_list.data = "yes" if person.on_jury_list else "no"
    form.volunteer_since.data = person.volunteer_since
    form.service_learning_since.data = person.service_learning_since
    return _page("people/jury_list.html", form, person)


@bp.post("/<uuid:person_id>/jury-list")
@requires(Permission.PEOPLE_WRITE)
def change_jury_list(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Put somebody on the jury list or take them off it."""
    session = database()
    hand: dict[str, Any] = {"actor": signed_in().actor, "now": clock.now()}
    person = live_person(session, person_id)
    form = JuryListForm()
    if form.validate():
        with form.refusals():
            services.set_jury_list(
                session,
                person_id=person_id,
                on_list=form.on_list.data == "yes",
                volunteer_since=form.volunteer_since.data,
                **hand,
            )
            if form.volunteer_since.data is None:
                services.stop_volunteering(session, person_id=person_id, **hand)
            services.set_service_learning(
                session, person_id=person_id, since=form.service_learning_since.data, **hand
            )
            flash(_("Saved."), "success")
            return redirect(person_url(person_id) + "#juror", 303)
        person = live_person(session, person_id)
    return _page("people/jury_list.html", form, person), 422


@bp.get("/<uuid:person_id>/days-away")
@requires(Permission.PEOPLE_WRITE)
def edit_days_away(person_id: uuid.UUID) -> str:
    """Show the days on which somebody cannot come."""
    return _days_away(DaysAwayForm(formdata=None), open_person(person_id))


@bp.post("/<uuid:person_id>/days-away")
@requires(Permission.PEOPLE_WRITE)
def add_days_away(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Record days on which somebody cannot come."""
    session = database()
    person = live_person(session, person_id)
    form = DaysAwayForm()
    if form.validate():
        days = form.given("starts_on", "ends_on")
        with form.refusals():
            services.add_days_away(
                session,
                person_id=person_id,
                starts_on=days["starts_on"],
                ends_on=days["ends_on"] or days["starts_on"],
                reason=AwayReason(form.reason.data),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The days away are entered."), "success")
            return _to("people.edit_days_away", person_id)
        person = live_person(session, person_id)
    return _days_away(form, person), 422


@bp.post("/<uuid:person_id>/days-away/<uuid:away_id>/remove")
@requires(Permission.PEOPLE_WRITE)
def remove_days_away(person_id: uuid.UUID, away_id: uuid.UUID) -> Response:
    """Forget days away."""
    services.remove_days_away(
        database(),
        person_id=person_id,
        away_id=away_id,
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("The days away are removed."), "success")
    return _to("people.edit_days_away", person_id)


@bp.get("/<uuid:person_id>/training")
@requires(Permission.PEOPLE_WRITE)
def edit_training(person_id: uuid.UUID) -> str:
    """Show the trainings somebody has finished."""
    return _training(TrainingForm(formdata=None), open_person(person_id))


@bp.post("/<uuid:person_id>/training")
@requires(Permission.PEOPLE_WRITE)
def add_training(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Record a training that was finished elsewhere or earlier."""
    session = database()
    person = live_person(session, person_id)
    form = TrainingForm()
    if form.validate():
        with form.refusals():
            services.add_training(
                session,
                person_id=person_id,
                **form.given("topic", "finished_on"),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The training is recorded."), "success")
            return _to("people.edit_training", person_id)
        person = live_person(session, person_id)
    return _training(form, person), 422


@bp.post("/<uuid:person_id>/training/<uuid:training_id>/remove")
@requires(Permission.PEOPLE_WRITE)
def remove_training(person_id: uuid.UUID, training_id: uuid.UUID) -> Response:
    """Take back a training recorded by hand."""
    services.remove_training(
        database(),
        person_id=person_id,
        training_id=training_id,
        actor=signed_in().actor,
        now=clock.now(),
    )
    flash(_("The training is removed."), "success")
    return _to("people.edit_training", person_id)


@bp.get("/<uuid:person_id>/fact")
@requires(Permission.PEOPLE_WRITE)
def edit_fact(person_id: uuid.UUID) -> str:
    """Show which question was chosen; the answer nobody can show."""
    person = open_person(person_id)
    form = FactForm(formdata=None)
    form.question.data = person.fact_question.value if person.fact_question else ""
    return _page("people/fact.html", form, person)


@bp.post("/<uuid:person_id>/fact")
@requires(Permission.PEOPLE_WRITE)
def set_fact(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Set the question and the answer that open a printed code."""
    session = database()
    with reading(session):
        person = live_person(session, person_id)
    form = FactForm()
    if form.validate():
        with form.refusals():
            services.set_fact(
                session,
                person_id=person_id,
                question=FactQuestion(form.question.data),
                answer=str(form.answer.data),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The question and the answer are set."), "success")
            return redirect(person_url(person_id) + "#juror", 303)
    return _page("people/fact.html", form, person), 422


def _to(endpoint: str, person_id: uuid.UUID) -> Response:
    return redirect(url_for(endpoint, person_id=person_id), 303)


def _days_away(form: DaysAwayForm, person: Person) -> str:
    spans = unavailable_days(database(), person_ids=(person.id,)).get(person.id, ())
    return _page(
        "people/days_away.html", form, person, spans=tuple(reversed(spans)), today=signed_in().today
    )


def _training(form: TrainingForm, person: Person) -> str:
    lines = trainings_of(database(), person_ids=(person.id,)).get(person.id, ())
    return _page("people/training.html", form, person, lines=lines)


def _page(template: str, form: CourtForm, person: Person, **more: Any) -> str:
    return render_template(
        template,
        form=form,
        person_id=person.id,
        person_title=title_of(person),
        person=person,
        **more,
    )
