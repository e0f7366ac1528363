"""What the pages on cases promise whoever mistypes or clicks twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.fixtures.app import NOW, sign_in_as
from tests.journeys.walker import Walker
from youthcourt.accounts.domain import Role
from youthcourt.cases.models import Case
from youthcourt.people.models import Person

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
        ({"referred_on": "0001-01-01"}, "Referred on: This day is before January 1, 2000."),
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
