"""The papers a person signs for themselves; those of a case are kept with the case."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.courts.domain import ConsentKind
from youthcourt.errors import NotFound
from youthcourt.people import services
from youthcourt.people.forms import ConsentForm, WithdrawForm
from youthcourt.people.models import Person
from youthcourt.people.queries import (
    ConsentLine,
    PaperText,
    adults_of,
    consents_of,
    live_person,
    paper_texts,
)
from youthcourt.people.routes.blueprint import bp, open_person, person_url, title_of
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n import label, label_of
from youthcourt.web.transactions import database


@bp.get("/<uuid:person_id>/consents/new")
@requires(Permission.PEOPLE_WRITE)
def new_consent(person_id: uuid.UUID) -> str:
    """Show the form for a paper that belongs to no case."""
    person = open_person(person_id)
    form = ConsentForm(formdata=None)
    form.signed_on.data = signed_in().today
    form.language.data = person.language
    return _page(form, person)


@bp.post("/<uuid:person_id>/consents/new")
@requires(Permission.PEOPLE_WRITE)
def add_consent(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Record a paper that was signed."""
    session = database()
    person = live_person(session, person_id)
    form = ConsentForm()
    papers = _offer(form, person)
    if form.validate():
        paper = papers[str(form.paper.data)]
        with form.refusals():
            services.record_consent(
                session,
                person_id=person_id,
                case_id=None,
                kind=paper.kind,
                text_version=paper.text_version,
                **form.given("language", "interpreter", "signed_on"),
                adult_id=uuid.UUID(form.adult_id.data) if form.adult_id.data else None,
                key=form.key(),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The signed paper is recorded."), "success")
            return redirect(person_url(person_id) + "#papers", 303)
        person = live_person(session, person_id)
    return _page(form, person), 422


@bp.get("/<uuid:person_id>/consents/<uuid:consent_id>/withdraw")
@requires(Permission.PEOPLE_WRITE)
def ask_withdrawal(person_id: uuid.UUID, consent_id: uuid.UUID) -> str:
    """Ask when a paper was taken back."""
    person = open_person(person_id)
    form = WithdrawForm(formdata=None)
    form.withdrawn_on.data = signed_in().today
    return _withdraw_page(form, person, _paper(person_id, consent_id))


@bp.post("/<uuid:person_id>/consents/<uuid:consent_id>/withdraw")
@requires(Permission.PEOPLE_WRITE)
def withdraw_consent(person_id: uuid.UUID, consent_id: uuid.UUID) -> Response | tuple[str, int]:
    """Record that a paper was taken back."""
    session = database()
    person, paper = live_person(session, person_id), _paper(person_id, consent_id)
    form = WithdrawForm()
    if form.validate():
        with form.refusals():
            services.withdraw_consent(
                session,
                person_id=person_id,
                consent_id=consent_id,
                **form.given("withdrawn_on"),
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("It is recorded that the paper was taken back."), "success")
            return redirect(person_url(person_id) + "#papers", 303)
        person = live_person(session, person_id)
    return _withdraw_page(form, person, paper), 422


def _paper(person_id: uuid.UUID, consent_id: uuid.UUID) -> ConsentLine:
    """Return one of the person's own papers; one of a case is taken back with the case."""
    for line in consents_of(database(), person_id=person_id):
        if line.id == consent_id and line.case_id is None:
            return line
    raise NotFound


def _offer(form: ConsentForm, person: Person) -> dict[str, PaperText]:
    """Fill the lists of papers and signers; return the papers by their key."""
    session = database()
    papers = {
        text.key: text for text in paper_texts(session) if text.kind is ConsentKind.CONFIDENTIALITY
    }
    form.paper.choices = [
        (key, _("%(paper)s, version %(version)s", paper=label(t.kind), version=t.text_version))
        for key, t in papers.items()
    ]
    form.adult_id.choices = [
        ("", _("%(name)s alone", name=title_of(person))),
        *(
            (str(adult.id), f"{adult.name} ({label_of('Relation', adult.relation)})")
            for adult in adults_of(session, person.id)
            if adult.reachable
        ),
    ]
    return papers


def _page(form: ConsentForm, person: Person) -> str:
    papers = _offer(form, person)
    return render_template(
        "people/consent.html",
        form=form,
        papers=tuple(papers.values()),
        person_id=person.id,
        person_title=title_of(person),
    )


def _withdraw_page(form: WithdrawForm, person: Person, paper: ConsentLine) -> str:
    return render_template(
        "people/withdraw.html",
        form=form,
        paper=paper,
        person_id=person.id,
        person_title=title_of(person),
    )
