"""Mappings the court has saved: renamed and put away without losing what was taken over."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.cases.importing import ANA, NAMED, Inbox, table_of
from tests.cases.refusing import Refused
from tests.cases.test_routes_imports import NEW, filled
from tests.fixtures.app import NOW, SmallCourt
from youthcourt.accounts.domain import Role
from youthcourt.cases.domain.imports import shipped_mapping
from youthcourt.cases.queries.imports import (
    mapping_lines,
    mapping_named,
    mapping_of,
    own_mapping,
    run_line,
)
from youthcourt.cases.services import imports
from youthcourt.errors import NotFound

FILE = table_of(ANA)


def saved(session: Session) -> list[str]:
    """Return the titles of the court's own mappings."""
    return [line.title for line in mapping_lines(session) if not line.shipped]


def test_a_renamed_mapping_still_knows_its_rows(inbox: Inbox) -> None:
    """The same file again makes no second case, and the run keeps the name it had."""
    session = inbox.session
    run = inbox.take(FILE)
    assert run.mapping_id is not None
    renamed = imports.rename_mapping(
        session, mapping_id=run.mapping_id, title="Youths by name", **inbox.hand
    )
    assert saved(session) == ["Youths by name"]
    mapping = mapping_of(session, renamed.id)
    assert mapping is not None
    assert (run.cases_made, inbox.send(FILE, mapping).cases_made) == (1, 0)
    assert run_line(session, run.id).mapping == NAMED.title


def test_two_mappings_never_have_one_name(inbox: Inbox) -> None:
    """Nobody could tell them apart when a file is sent in."""
    run = inbox.send(FILE)
    assert run.mapping_id is not None
    taken = shipped_mapping("chicago-arrests").title.upper()
    with Refused("mapping_name_taken", "title"):
        imports.rename_mapping(inbox.session, mapping_id=run.mapping_id, title=taken, **inbox.hand)


def test_a_mapping_put_away_is_not_offered_and_comes_back_with_its_rows(inbox: Inbox) -> None:
    """What was made with it is read as before; saved again under its name its rows are known."""
    session = inbox.session
    run = inbox.take(FILE)
    waiting = inbox.send(table_of(ANA | {"Incident": "26-0002"}))
    assert run.mapping_id is not None
    imports.put_mapping_away(session, mapping_id=run.mapping_id, **inbox.hand)
    session.commit()
    assert saved(session) == []
    with pytest.raises(NotFound):
        mapping_named(session, NAMED.name)
    with pytest.raises(NotFound):
        own_mapping(session, run.mapping_id)
    assert run_line(session, run.id).mapping == NAMED.title
    ready = inbox.ready(waiting)
    assert imports.take_over(session, ready=ready, **inbox.hand).cases_made == 1
    session.commit()
    assert inbox.send(FILE).cases_made == 0
    assert saved(session) == [NAMED.title]


# The page ------------------------------------------------------------------------------------


@pytest.fixture
def frozen() -> Iterator[None]:
    """A clock that stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


def token_of(client: FlaskClient) -> dict[str, Any]:
    """Return the token that every form sends along."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account/").text)
    assert found is not None
    return {"csrf_token": found.group(1)}


def send(client: FlaskClient, url: str, **values: Any) -> int:
    """Send a form with its token and return the status."""
    return client.post(url, data=values | token_of(client)).status_code


@pytest.mark.usefixtures("frozen")
def test_the_page_renames_and_puts_away(browser, session, court: SmallCourt, tmp_path) -> None:
    """The list leads there; before it is put away the page says what that means for later files."""
    inbox = Inbox(session=session, court=court, folder=tmp_path)
    mapping_id = inbox.send(FILE).mapping_id
    client: FlaskClient = browser(Role.COORDINATOR)
    url = f"/cases/imports/mappings/{mapping_id}"
    assert url in client.get("/cases/imports").text
    assert "a case could be made twice" in client.get(url).text
    assert send(client, url, title=" ") == 422
    assert send(client, url, title="Youths by name") == 303
    assert "Youths by name" in client.get("/cases/imports").text
    assert send(client, f"{url}/put-away") == 303
    assert "Mappings this court has saved" not in client.get("/cases/imports").text
    assert client.get(url).status_code == 404
    sent = {**token_of(client), "mapping": "", "file": (io.BytesIO(FILE), "list.csv")}
    run = client.post(NEW, data=sent).location
    columns = filled(client.get(f"{run}/columns"))
    assert send(client, f"{run}/columns", **{**columns, "title": "Youths by name"}) == 303
    session.expire_all()
    again = mapping_named(session, NAMED.name)
    assert (again.title, again.source) == ("Youths by name", NAMED.source)
