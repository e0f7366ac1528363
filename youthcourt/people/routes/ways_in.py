"""What staff do so that one person gets into their own page, and that nobody else does."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.domain import CODE_TRIES, MESSAGE_LINK_LIFE
from youthcourt.accounts.forms import EmptyForm
from youthcourt.accounts.session import signed_in
from youthcourt.errors import CourtRuleBroken
from youthcourt.people import services
from youthcourt.people.asking import mail_link
from youthcourt.people.forms import SlipForm
from youthcourt.people.links import issue_link
from youthcourt.people.models import Person
from youthcourt.people.queries import door_state, live_person, name_of
from youthcourt.people.routes.blueprint import bp, open_person, title_of
from youthcourt.people.routes.door import door_address, link_address, slip_address
from youthcourt.web.access import Permission, requires
from youthcourt.web.panels import Panel, PanelSource
from youthcourt.web.qr import qr_drawing
from youthcourt.web.transactions import database


@bp.get("/<uuid:person_id>/door")
@requires(Permission.PEOPLE_WRITE)
def show_door(person_id: uuid.UUID) -> str:
    """Show what is open for a person now, and every way to let them in."""
    form = SlipForm(formdata=None)
    form.last_day.data = signed_in().today + timedelta(days=services.SLIP_DAYS)
    return _page(form, open_person(person_id))


@bp.post("/<uuid:person_id>/door/slip")
@requires(Permission.PEOPLE_WRITE)
def make_slip(person_id: uuid.UUID) -> str | tuple[str, int]:
    """Make a slip and show it once, ready to be printed."""
    session, form = database(), SlipForm()
    person = live_person(session, person_id)
    if person.fact_hash is None:
        form = SlipForm(formdata=None)
        form.refuse(CourtRuleBroken("no_fact_chosen"))
    elif form.validate():
        with form.refusals():
            slip = services.make_slip(
                session,
                person_id=person_id,
                **form.given("last_day"),
                actor=signed_in().actor,
                now=clock.now(),
            )
            return render_template(
                "people/door_slip.html",
                person_id=person_id,
                first_name=_first_name(person),
                slip=slip,
                tries=CODE_TRIES,
                address=door_address(),
                drawing=qr_drawing(slip_address(slip.code)),
                paper_name=signed_in().phone_name,
            )
        person = live_person(session, person_id)
    return _page(form, person), 422


@bp.post("/<uuid:person_id>/door/link")
@requires(Permission.PEOPLE_WRITE)
def make_link(person_id: uuid.UUID) -> str:
    """Make a link and show it once, to be taken from this screen with the person's own phone."""
    session = database()
    person = live_person(session, person_id)
    token = issue_link(session, person_id=person_id, actor=signed_in().actor, now=clock.now())
    address = link_address(token)
    return render_template(
        "people/door_link.html",
        person_id=person_id,
        person_title=title_of(person),
        address=address,
        drawing=qr_drawing(address),
        minutes=int(MESSAGE_LINK_LIFE.total_seconds() // 60),
    )


@bp.post("/<uuid:person_id>/door/mail")
@requires(Permission.PEOPLE_WRITE)
def send_door_link(person_id: uuid.UUID) -> Response:
    """Send a link to the mail address on record."""
    session = database()
    live_person(session, person_id)
    mail_link(session, person_id=person_id, actor=signed_in().actor, now=clock.now())
    flash(_("The link leaves by e-mail within a minute or two."), "success")
    return redirect(url_for("people.show_door", person_id=person_id), 303)


@bp.post("/<uuid:person_id>/door/close")
@requires(Permission.PEOPLE_WRITE)
def close_door(person_id: uuid.UUID) -> Response:
    """End every code and link, and close the page on every phone."""
    me = signed_in()
    services.close_door(database(), person_id=person_id, actor=me.actor, now=clock.now())
    flash(_("Every code and link is over, and the page is closed on every phone."), "success")
    return redirect(url_for("people.show_door", person_id=person_id), 303)


def _page(form: SlipForm, person: Person) -> str:
    return render_template(
        "people/door.html",
        form=form,
        button=EmptyForm(),
        person=person,
        person_id=person.id,
        person_title=title_of(person),
        state=door_state(database(), person_id=person.id, now=clock.now()),
    )


def _first_name(person: Person) -> str:
    return name_of(person.given_names, person.family_name, person.preferred_name).first


def _panel(person_id: uuid.UUID) -> Panel | None:
    session = database()
    person = live_person(session, person_id)
    if not (person.on_jury_list or person.fact_hash):
        return None
    state = door_state(session, person_id=person_id, now=clock.now())
    return Panel(
        template="people/_door.html",
        context={"person_id": person_id, "state": state, "has_question": bool(person.fact_hash)},
    )


PANEL = PanelSource(place="person", order=40, permission=Permission.PEOPLE_WRITE, build=_panel)
