"""The pages of follow-up as the coordinator uses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from tests.fixtures.app import NOW
from tests.followups.conftest import Search
from youthcourt.followups.models import LaterOffence, RecordCheck

TYPED: dict[str, Any] = {
    "result": "nothing_found",
    "source": "police",
    "jurisdiction": "Elm County",
    "adult_records": "no",
    "searched_on": "2025-08-01",
    "data_through": "2025-07-25",
    "searched_by": "R. Diaz",
}
FOUND = {
    **TYPED,
    "result": "found",
    "offences-0-kind": "arrest",
    "offences-0-category": "delinquent",
    "offences-0-offence_on": "2025-04-02",
    "offences-0-event_on": "2025-04-09",
    "offences-0-text": "Shoplifting",
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(search: Search, browser: Callable[..., FlaskClient]) -> Callable[..., Any]:
    """Return a function that opens or sends a page of one case's follow-up."""
    case_id = search.case().id
    search.session.commit()
    client = browser()

    def ask(path: str = "", typed: dict[str, Any] | None = None) -> Any:
        address = path if path in ("/today", "/follow-up") else f"/cases/{case_id}/follow-up{path}"
        if typed is None:
            return client.get(address)
        got = client.get(f"/cases/{case_id}/follow-up/new").text
        token = got.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        return client.post(address, data={"csrf_token": token, **typed})

    return ask


def stored(search: Search, model: Any) -> int:
    search.session.rollback()
    return search.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_search_is_written_down_and_shown_with_its_window(page, search) -> None:
    """Six months are settled, and the case is off the list when twelve are too."""
    assert page("/new", TYPED).status_code == 303
    shown = page().text
    assert "Searched, nothing found, Fri 1 Aug 2025" in shown
    assert "searched to the end, nothing found" in shown
    assert "searched, but not to the end" in shown


def test_a_later_offence_is_shown_in_words(page, search) -> None:
    """With the act, the event and the days from the start."""
    assert page("/new", FOUND).status_code == 303
    shown = page().text
    assert "Arrest, Wed 9 Apr 2025: Shoplifting" in shown
    assert "after 74 days" in shown
    assert (stored(search, RecordCheck), stored(search, LaterOffence)) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"result": ""}, "Please choose an answer."),
        ({"data_through": ""}, "Please write down the last day these records speak of."),
        ({"data_through": "2025-02-31"}, "This is no day of the calendar."),
        ({"searched_on": "2031-01-01"}, "still to come"),
        ({"result": "found"}, "Please write down below what was found"),
        ({"offences-0-kind": "arrest"}, "Please fill this in."),
        ({"offences-1-event_on": "31.2."}, "This is no day of the calendar."),
        ({"result": "not_searched", "data_through": ""}, "Please choose why"),
        ({"source": "gossip"}, "Please choose one of the answers shown."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(page, search, changed, sentence) -> None:
    """The sentence stands on the page, with what was typed, and nothing is stored."""
    answer = page("/new", {**TYPED, **changed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="R. Diaz"' in answer.text
    assert stored(search, RecordCheck) == 0


def test_a_draft_waits_and_is_gone_on_with(page, search) -> None:
    """Rows of offences included; it goes when the search is written down."""
    assert page("/new", {**FOUND, "keep": "1"}).status_code == 303
    assert "A draft of a search waits here" in page().text
    again = page("/new").text
    assert 'value="2025-04-09"' in again
    assert 'value="Shoplifting"' in again
    assert page("/new", FOUND).status_code == 303
    assert "A draft of a search waits here" not in page().text


def test_a_wrong_search_is_taken_back_with_its_reason(page, search) -> None:
    """It stays on the page and says why it does not count."""
    page("/new", FOUND)
    check_id = search.session.scalars(sa.select(RecordCheck.id)).one()
    search.session.rollback()
    assert page(f"/{check_id}/withdraw", {}).status_code == 422
    assert page(f"/{check_id}/withdraw", {"reason": "wrong_person"}).status_code == 303
    shown = page().text
    assert "Taken back: It was about somebody else" in shown
    assert "a later offence" not in shown


def test_today_says_how_many_cases_are_to_be_searched(page, search) -> None:
    """And not once all is settled."""
    assert "1 case to search for later offences" in page("/today").text
    assert "Okoye, Amara" in page("/follow-up").text
    page("/new", {**TYPED, "searched_on": "2026-03-01", "data_through": "2026-02-20"})
    assert "to search for later offences" not in page("/today").text
    assert "No search is due" in page("/follow-up").text
