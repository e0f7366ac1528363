"""A referral from a file is the referral somebody would have typed, column by column."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.cases.importing import ANA, Inbox, table_of
from tests.fixtures.app import add_court
from youthcourt.audit.models import AuditEntry
from youthcourt.cases import services
from youthcourt.cases.models import Agency, Case, CaseEvent, Charge, Incident
from youthcourt.db import Base, set_court
from youthcourt.people.models import Person, School
from youthcourt.people.services import add_person, school_named

ROW = ANA | {
    "Referral No": "R-7",
    "Age": "15",
    "Officer": "Officer Lee",
    "School": "Oak High",
    "Phone": "202 555 0143",
    "Language": "Spanish",
    "Story": "She took a lipstick.",
}
MODELS: tuple[type[Base], ...] = (School, Person, Agency, Incident, Case, Charge, CaseEvent)
# Keys differ by nature; these two say on purpose where a case came from and how grave it is.
APART = {"court_id", "source", "severity"}


def by_hand(inbox: Inbox) -> None:
    """Enter the row the way the referral page does."""
    session, hand = inbox.session, inbox.hand
    person = add_person(
        session,
        given_names="Ana",
        family_name="Núñez",
        birth_date=date(2010, 5, 17),
        stated_age=15,
        stated_age_on=date(2026, 1, 10),
        sex="female",
        language="es",
        school_id=school_named(session, name="Oak High").id,
        phone="202 555 0143",
        **hand,
    )
    agency = services.agency_named(session, name="Oak Police", kind="police", **hand)
    services.open_case(
        session,
        person_id=person.id,
        referred_on=date(2026, 1, 20),
        incident_on=date(2026, 1, 10),
        incident_reference="26-0001",
        agency_id=agency.id,
        agency_reference="R-7",
        officer="Officer Lee",
        narrative="She took a lipstick.",
        charges=(services.ChargeGiven(text="Retail theft", nibrs="23C"),),
        **hand,
    )
    session.commit()


def rows_of(session: Session, model: type[Base]) -> list[dict[str, Any]]:
    """Return what is stored of a table of this court; of keys only whether there is one."""
    columns = [c.key for c in sa.inspect(model).column_attrs if c.key not in APART]
    return [
        {
            name: value is not None if name in {"id", "by"} or name.endswith("_id") else value
            for name in columns
            for value in (getattr(row, name),)
        }
        | ({"version_id": row.version_id} if hasattr(row, "version_id") else {})
        for row in session.scalars(sa.select(model))
    ]


def test_a_referral_from_a_file_is_stored_like_one_typed_in(inbox: Inbox) -> None:
    """Every column of every table, the readable numbers and the court's class included."""
    inbox.take(table_of(ROW))
    imported = {model: rows_of(inbox.session, model) for model in MODELS}
    opened = opening_of(inbox.session)

    other = add_court(inbox.session, name="Pine")
    inbox.court = other
    set_court(inbox.session, other.id)
    by_hand(inbox)
    for model in MODELS:
        assert imported[model] == rows_of(inbox.session, model), model.__tablename__
        assert len(imported[model]) == 1
    assert opened | {"params": {}} == opening_of(inbox.session) | {"params": {}}
    assert opened["params"]["source"] == "imported"


def opening_of(session: Session) -> dict[str, Any]:
    """Return the line of the journal on the opening of the one case."""
    line = session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "case_opened")).one()
    case = session.scalars(sa.select(Case)).one()
    assert (line.subject_id, line.case_id, line.person_id) == (case.id, case.id, case.person_id)
    return {"at": line.at, "kind": line.actor_kind, "subject": line.subject, "params": line.params}


def test_the_grade_of_a_charge_is_the_one_of_the_file(inbox: Inbox) -> None:
    """What nobody can type by hand yet comes in with the file."""
    inbox.take(table_of(ROW))
    charge = inbox.session.scalars(sa.select(Charge)).one()
    assert (charge.severity, charge.nibrs) == ("misdemeanor", "23C")
