"""What the pages on cases promise whoever mistypes or clicks twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.fixtures.app import NOW, sign_in_as
from tests.journeys.walker import Walker
from youthcourt.accounts.domain import Role
from youthcourt.cases.models import Case, CaseNote, ContactAttempt
from youthcourt.people.models import Consent, Person

REFERRAL = {
    "given_names": "José",
    "family_name": "Núñez",
    "birth_date": "2011-05-17",
    "agency_id": "new",
    "agency_name": "Second District",
    "referred_on": "2026-03-01",
    "incident_on": "2026-02-10",
    "charges-0-text": "Shoplifting",
    "narrative": "A long account.",
}


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def office(app, court) -> Walker:
    """The coordinator's browser."""
    return Walker(sign_in_as(app, court, Role.COORDINATOR))


def rows(session, model) -> list[Any]:
    """Every row of a table, and the database let go of."""
    found = list(session.scalars(sa.select(model)))
    session.expunge_all()
    session.rollback()
    return found


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"referred_on": "0001-01-01"}, "Referred on: This day is before 1 January 2000."),
        ({"referred_on": "2027-01-01"}, "Referred on: This day is still to come."),
        ({"incident_on": "2010-02-10"}, "Birth date: "),
    ],
)
def test_a_wrong_day_is_told_at_its_own_field(office, session, typed, told) -> None:
    """The day of the referral is looked at before the age that is counted from it."""
    office.open("/cases/new").press("Save the referral", expected=422, **{**REFERRAL, **typed})
    office.sees(told)
    assert "A long account." in office.markup
    assert rows(session, Case) == rows(session, Person) == []


@pytest.fixture
def case(office, session) -> str:
    """The address of a case that was just entered."""
    office.open("/cases/new").press("Save the referral", **REFERRAL)
    (row,) = rows(session, Case)
    return f"/cases/{row.id}"


@pytest.mark.parametrize(
    ("page", "button", "typed", "made"),
    [
        (
            "/contact",
            "Save",
            {"outcome": "no_answer", "method": "phone", "note": "ring at six"},
            ContactAttempt,
        ),
        ("/papers/admission", "Record the signature", {}, Consent),
        ("", "Save the note", {"text": "Came by with an uncle."}, CaseNote),
    ],
)
def test_a_form_sent_twice_makes_one_record(
    office, session, case, page, button, typed, made
) -> None:
    """Two clicks, or Back and send again, are one try, one paper, one note."""
    office.open(f"{case}{page}")
    form_page, address = office.markup, office.url
    office.press(button, **typed)
    office.markup, office.url = form_page, address
    office.press(button, **typed)
    assert len(rows(session, made)) == 1
    office.open(f"{case}{page}").press(button, **typed)
    assert len(rows(session, made)) == 2, "a new form makes a new record"


def test_a_form_sent_again_with_other_words_is_another_record(office, session, case) -> None:
    """Whoever goes back and writes something else means something else."""
    office.open(case)
    page, address = office.markup, office.url
    office.press("Save the note", text="One.")
    office.markup, office.url = page, address
    office.press("Save the note", text="Two.")
    assert {note.text for note in rows(session, CaseNote)} == {"One.", "Two."}


def test_what_was_not_written_down_reads_as_that(office, case) -> None:
    """Of an incident without a number the page says so, as of every other empty field."""
    office.open(case)
    assert re.search(r"<dt>Incident number</dt>\s*<dd>not recorded", office.markup)
