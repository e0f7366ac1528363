"""What the pages of credits promise."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.fixtures.app import add_court, sign_in_juror
from tests.sentences.conftest import Bench, changed_policy
from tests.sentences.test_services_merging import merge
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.courts.services import store_policy
from youthcourt.credits.models import Transfer
from youthcourt.db import set_court
from youthcourt.sentences.models import ServiceRecord


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture
def bench(session, court) -> Bench:
    return Bench(session=session, court=court)


@pytest.fixture
def ada(bench: Bench) -> uuid.UUID:
    """Somebody with seven sessions to serve."""
    person_id = bench.person()
    bench.owes(person_id)
    return person_id


def words(answer: Any) -> str:
    """The page as a reader sees it."""
    text = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", text)


def reads(session) -> list[str]:
    query = sa.select(AuditEntry.subject).where(AuditEntry.act == "read")
    found = list(session.scalars(query))
    session.rollback()
    return found


def test_a_statement_shows_how_minutes_became_credits(bench, ada, browser, session, court):
    """Each line with the rule, what was taken back and why, and the sums; the read is noted."""
    store_policy(
        session,
        policy=changed_policy(credits={"rounding": "up_to_quarter", "unit_name": "Elm Hour"}),
        in_force_from=bench.hand["now"].date(),
        **bench.hand,
    )
    bench.serve(ada, minutes=70)
    bench.reverse(bench.serve(ada), "wrong_person")
    session.commit()
    page = browser().get(f"/people/{ada}/credits")
    told = words(page)
    assert page.status_code == 200
    assert f"Elm Hours of {name_of(bench, ada)}" in told
    assert "On the account: 1 h 15 min" in told
    assert "1 h 10 min served, counted up to the next quarter of an hour" in told
    assert "Taken back" in told
    assert "(wrong person)" in told
    assert "+1 h 15 min" in told
    assert "\u22123 h" in told
    assert "taken back later" in told
    assert reads(session) == ["credit_statement"]


def name_of(bench: Bench, person_id: uuid.UUID) -> str:
    from youthcourt.people.queries import person_names

    return person_names(bench.session, [person_id])[person_id].full


def test_an_empty_statement_says_when_credits_come(ada, browser, session):
    """And leads back."""
    session.commit()
    told = words(browser().get(f"/people/{ada}/credits"))
    assert "Nothing has been earned yet" in told


def test_merged_entries_are_shown_as_one_purse(bench, ada, browser, session):
    """With what each of them brought; the one who went has no page of their own."""
    other = bench.person("Adah")
    bench.serve(ada)
    bench.serve(other)
    merge(bench, ada, other)
    session.commit()
    client = browser()
    told = words(client.get(f"/people/{ada}/credits"))
    assert "On the account: 6 h" in told
    assert "Entries that were made one" in told
    assert client.get(f"/people/{other}/credits").status_code == 404


def test_a_balance_below_the_floor_is_explained(bench, ada, browser, session):
    """On the statement and on the list of problems, with the way to the person."""
    from tests.credits.giving import reserve

    record = bench.serve(ada)
    reserve(session, ada, 180, **bench.hand)
    bench.reverse(record)
    session.commit()
    client = browser()
    assert "less on the account than the rules ask for" in words(
        client.get(f"/people/{ada}/credits")
    )
    page = client.get("/credits/problems")
    assert "A balance is too low" in words(page)
    assert f"/people/{ada}/credits" in page.text


def test_the_page_of_a_person_shows_the_balance_and_the_way_to_the_statement(
    bench, ada, browser, session
):
    """Nothing while there is no line."""
    session.commit()
    client = browser()
    assert "Time credits" not in words(client.get(f"/people/{ada}"))
    session.begin()
    bench.serve(ada)
    session.commit()
    page = client.get(f"/people/{ada}")
    assert "Time Dollars on the account: 3 h" in words(page)
    assert f"/people/{ada}/credits" in page.text


def test_a_sound_ledger_says_so(bench, ada, browser, session):
    """Nothing to do, and the way back."""
    bench.serve(ada)
    session.commit()
    told = words(browser().get("/credits/problems"))
    assert "Everything is as it must be" in told
    assert reads(session) == ["credit_problems"]


def test_a_stray_line_is_taken_back_on_the_page_that_names_it(bench, ada, browser, session):
    """Once; sent again there is nothing left to take back, and sound lines stay."""
    sound, stray = bench.serve(ada), bench.serve(ada)
    session.execute(
        sa.update(ServiceRecord).where(ServiceRecord.id == stray.id).values(state="reversed")
    )
    lines = {
        key: line for line, key in session.execute(sa.select(Transfer.id, Transfer.source_key))
    }
    session.commit()
    client = browser()
    page = client.get("/credits/problems")
    assert "Credits without service" in words(page)
    form = {"csrf_token": token(page)}
    url = f"/credits/lines/{lines[f'service:{stray.id}']}/take-back"
    assert url in page.text
    assert client.post(url, data=form).status_code == 303
    assert "Everything is as it must be" in words(client.get("/credits/problems"))
    again = client.post(url, data=form)
    assert (again.status_code, "Confirmed service stands behind" in words(again)) == (422, True)
    refused = client.post(f"/credits/lines/{lines[f'service:{sound.id}']}/take-back", data=form)
    assert refused.status_code == 422
    session.expire_all()
    assert bench.balance(ada) == 180
    session.rollback()


def token(page: Any) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    return found.group(1)


def test_a_stranger_s_statement_and_line_are_not_found(bench, ada, browser, session, app):
    """As if they did not exist; who may not read credits is refused."""
    here = bench.court
    bench.serve(ada)
    session.commit()
    client = browser()
    form = {"csrf_token": token(client.get("/account/"))}
    other = add_court(session, "fl-charlotte", "Pine")
    foreign = Bench(session=session, court=other)
    kwame = foreign.person("Kwame")
    record = foreign.serve(kwame, kind=next(iter(changed_policy("fl-charlotte").credits.earns)))
    assert record.id
    key = session.scalars(sa.select(Transfer.id)).one()
    session.commit()
    set_court(session, here.id)
    for unknown in (kwame, uuid.uuid4()):
        assert client.get(f"/people/{unknown}/credits").status_code == 404
    for unknown in (key, uuid.uuid4()):
        answer = client.post(f"/credits/lines/{unknown}/take-back", data=form)
        assert answer.status_code == 404
    for role in (Role.CLERK, Role.EVALUATOR):
        for url in (f"/people/{ada}/credits", "/credits/problems"):
            assert browser(role).get(url).status_code == 403
    assert sign_in_juror(app, here.id, ada).get(f"/people/{ada}/credits").status_code == 403


def test_the_list_of_problems_asks_no_more_for_many(bench, browser, session, app):
    """Thirty problems cost as much as one."""
    from tests.credits.test_queries import statements_of

    client = browser()

    def damage(count: int) -> None:
        for _one in range(count):
            bench.serve(bench.person())
        session.execute(sa.update(ServiceRecord).values(state="reversed"))
        session.commit()

    damage(1)
    few = statements_of(app, lambda: client.get("/credits/problems"))
    damage(29)
    assert statements_of(app, lambda: client.get("/credits/problems")) == few
