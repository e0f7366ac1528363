"""A person's account of time credits: what came in, what went out, and how it was counted."""

from __future__ import annotations

import uuid

from flask import render_template

from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.courts.domain import CreditRules
from youthcourt.courts.queries import policy_on
from youthcourt.credits.queries import purse_of, statement_of
from youthcourt.credits.routes.blueprint import bp
from youthcourt.numbering import person_no
from youthcourt.people.queries import live_person, name_of
from youthcourt.web.access import Permission, requires
from youthcourt.web.panels import Panel
from youthcourt.web.transactions import database

SHOWN = 3


@bp.get("/people/<uuid:person_id>/credits")
@requires(Permission.CREDITS_READ)
def show_statement(person_id: uuid.UUID) -> str:
    """Show every line of a person's account with the balance after it."""
    session = database()
    person = live_person(session, person_id)
    note_read(subject=Subject(kind="credit_statement", person_id=person_id))
    statement = statement_of(session, person_id=person_id)
    name = name_of(person.given_names, person.family_name, person.preferred_name)
    return render_template(
        "credits/statement.html",
        person_id=person_id,
        person_title=name.full or person_no(person.number),
        statement=statement,
        days={line.id: line.happened_on for line in statement.lines},
        purse=purse_of(session, person_id=person_id),
        rules=_rules(),
    )


def _rules() -> CreditRules:
    return policy_on(database(), day=signed_in().today).policy.credits


def person_panel(person_id: uuid.UUID) -> Panel | None:
    """Return a person's balance with the last lines, or nothing while there is no line."""
    statement = statement_of(database(), person_id=person_id)
    if not statement.lines:
        return None
    return Panel(
        template="credits/_person.html",
        context={
            "person_id": person_id,
            "statement": statement,
            "lines": statement.latest(SHOWN),
            "unit": _rules().unit_name,
        },
    )
