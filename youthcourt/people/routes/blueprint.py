"""The blueprint of people, and how its pages open one person's file."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from flask import Blueprint, current_app, url_for

from youthcourt.accounts.reads import note_read
from youthcourt.audit.domain import Subject
from youthcourt.numbering import person_no
from youthcourt.people.domain.contacts import dialled
from youthcourt.people.models import Person
from youthcourt.people.queries import live_person, name_of
from youthcourt.web.transactions import database

bp = Blueprint("people", __name__, url_prefix="/people")
bp.add_app_template_filter(dialled, "dialled")
bp.add_app_template_filter(lambda address: quote(address, safe="@+"), "mail_to")


def open_person(person_id: uuid.UUID) -> Person:
    """Return a person whose file is about to be shown, and note that it was."""
    person = live_person(database(), person_id)
    note_read(subject=Subject(kind="person", id=person_id, person_id=person_id))
    return person


def title_of(person: Person) -> str:
    """Return what a page calls a person: the name, or the number of one not yet identified."""
    name = name_of(person.given_names, person.family_name, person.preferred_name)
    return name.full or person_no(person.number)


def person_url(person_id: uuid.UUID) -> str:
    """Return the address of a person's page."""
    return url_for("people.show_person", person_id=person_id)


def case_url(case_id: uuid.UUID) -> str | None:
    """Return the address of a case's page where the application has one."""
    if "cases.show_case" in current_app.view_functions:
        return url_for("cases.show_case", case_id=case_id)
    return None
