"""What the pages on drafts promise."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.app import NOW
from youthcourt.accounts.domain import Role
from youthcourt.cases.services import ChargeGiven, open_case
from youthcourt.drafts.models import Draft
from youthcourt.drafts.services import values_of
from youthcourt.hearings.domain import HearingKind
from youthcourt.hearings.models import Hearing
from youthcourt.people.services import add_person

RECORD = uuid.UUID(int=7)
URL = f"/drafts/intake/{RECORD}"


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def traveller() -> Iterator[Any]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def client(traveller, browser):
    """The coordinator's browser, signed in at a known time."""
    return browser(Role.COORDINATOR)


def token(client: FlaskClient) -> str:
    """The token of the forms of this browser."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account/").text)
    assert found is not None
    return found.group(1)


def drafts(session) -> list[dict[str, list[str]]]:
    """What is kept; the database is let go of."""
    kept = [values_of(draft) for draft in session.scalars(sa.select(Draft))]
    session.rollback()
    return kept


def test_what_is_typed_is_kept_without_leaving_the_page(client, session, court) -> None:
    """The script sends the token as a header and gets an empty answer."""
    answer = client.post(
        URL, data={"note": "half a", "races": ["x", "y"]}, headers={"X-CSRFToken": token(client)}
    )
    assert (answer.status_code, answer.data) == (204, b"")
    assert drafts(session) == [{"note": ["half a"], "races": ["x", "y"]}]
    assert client.post(URL, data={"note": "no token"}).status_code == 400


def test_only_forms_that_may_wait_are_kept(client, session, court) -> None:
    """A made-up form is not found, to keep as to discard."""
    for url in (f"/drafts/password/{RECORD}", f"/drafts/password/{RECORD}/discard"):
        assert client.post(url, data={"csrf_token": token(client)}).status_code == 404
    assert drafts(session) == []


def test_drafts_are_listed_with_their_age_and_thrown_away_on_purpose(
    client, session, court, traveller
) -> None:
    """A draft leads back to its form; the menu of the account leads to the drafts."""
    assert 'href="/drafts/"' in client.get("/today").text
    first = client.post(URL, data={"csrf_token": token(client), "note": "x"})
    assert first.status_code == 204
    traveller.move_to(NOW + timedelta(minutes=40))
    page = client.get("/drafts/").text
    assert "40 minutes ago" in page
    assert f'href="/cases/{RECORD}/intake"' in page
    answer = client.post(f"{URL}/discard", data={"csrf_token": token(client)})
    assert answer.location.endswith(f"/cases/{RECORD}/intake")
    assert "No drafts" in client.get("/drafts/").text
    assert drafts(session) == []


def test_a_draft_says_whose_it_is(browser, client, session, court) -> None:
    """The office reads the name; the tablet of the evening, which shows none, the number."""
    hand = {"actor": court.actor, "now": NOW}
    person = add_person(session, given_names="Ada", family_name="Okafor", **hand)
    case = open_case(
        session,
        person_id=person.id,
        agency_id=None,
        referred_on=NOW.date(),
        incident_on=None,
        incident_reference=None,
        charges=(ChargeGiven(text="Shoplifting", nibrs="23C"),),
        **hand,
    )
    hearing = Hearing(case_id=case.id, kind=HearingKind.FIRST, waiting_since=NOW.date())
    session.add(hearing)
    session.flush()
    number = case.number
    urls = [f"/drafts/intake/{case.id}", f"/drafts/sentence/{hearing.id}"]
    session.commit()
    clerk = browser(Role.CLERK)
    for one in (client, clerk):
        for url in urls:
            assert one.post(url, data={"csrf_token": token(one), "note": "x"}).status_code == 204
    assert client.get("/drafts/").text.count(f"Okafor, Ada, case {number}") == 2
    page = clerk.get("/drafts/").text
    assert page.count(f"Case {number}") == 2
    assert "Okafor" not in page


def test_a_colleague_sees_only_their_own(browser, client, session, court) -> None:
    """The same form on the same record is another draft for somebody else."""
    clerk = browser(Role.CLERK)
    client.post(URL, data={"csrf_token": token(client), "note": "mine"})
    assert "No drafts" in clerk.get("/drafts/").text
    clerk.post(f"{URL}/discard", data={"csrf_token": token(clerk)})
    assert drafts(session) == [{"note": ["mine"]}]
