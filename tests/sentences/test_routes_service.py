"""The pages of service: written down with its proof, decided on, and put right in both ledgers."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from PIL import Image

from tests.fixtures.app import NOW, TODAY, add_court, sign_in_as
from tests.sentences.conftest import Bench
from tests.sentences.pages import Browser, Office, counting, error_at, words
from youthcourt.accounts.domain import Role
from youthcourt.courts.domain import SanctionKind
from youthcourt.sentences.domain import ServiceBasis, ServiceState
from youthcourt.sentences.models import ServiceRecord

HOURS = SanctionKind.COMMUNITY_SERVICE
FORM = {"minutes": ["2", ""], "place": "Food bank", "supervisor": "Ms Ito", "proof": "signed_sheet"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Served(Office):
    """An office where somebody owes three hours at a site."""

    person_id: uuid.UUID
    sanction_id: uuid.UUID

    @property
    def form_url(self) -> str:
        return f"/obligations/{self.sanction_id}/service/new"

    def pieces(self) -> list[tuple[ServiceState, int]]:
        with self.looking() as session:
            query = sa.select(ServiceRecord).order_by(ServiceRecord.recorded_at, ServiceRecord.id)
            return [(row.state, row.minutes) for row in session.scalars(query)]

    def balance(self) -> int:
        with self.looking():
            return self.bench.balance(self.person_id)


@pytest.fixture
def office(app: Flask, bench: Bench) -> Served:
    """The office, and a person who owes three hours since the seventh of February."""
    office = Served(app, bench)
    office.person_id = bench.person()
    office.sanction_id = bench.owes(office.person_id, 180, kind=HOURS).id
    office.let_go()
    return office


def picture() -> tuple[io.BytesIO, str]:
    """A photo of a sheet."""
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(data, "PNG")
    return io.BytesIO(data.getvalue()), "sheet.png"


def test_hours_wait_are_confirmed_and_are_taken_back(office: Served) -> None:
    """Sent twice they are one piece; what waits is decided on from the list."""
    browser = office.browser()
    form = {**FORM, "once": uuid.uuid4().hex, "served_on": "2026-03-01"}
    first, second = (browser.post(office.form_url, **form) for _ in range(2))
    assert first.location == second.location
    assert office.pieces() == [(ServiceState.PENDING, 120)]
    assert "2 h waiting to be confirmed" in browser.read(f"/obligations/{office.sanction_id}")
    waiting = browser.get("/service/waiting")
    assert "Food bank" in words(waiting)
    url = f"{first.location}/confirm?back=waiting"
    assert url in waiting.text
    foreseen = browser.read(url)
    assert "count 2 h for: community_service" in foreseen
    assert "earn no time credit" in foreseen
    confirmed = [
        browser.send(url, back="waiting"),
        browser.post(url, version="1", minutes=["2", ""]),
    ]
    assert [answer.status_code for answer in confirmed] == [303, 303]
    assert confirmed[0].location == "/service/waiting"
    assert "2 h of 3 h done" in browser.read(f"/obligations/{office.sanction_id}")
    assert "Put the amount right" in browser.read(first.location)
    other = browser.post(url, version="1", minutes=["1", ""])
    assert "with other hours" in words(other)
    take_back = f"{first.location}/take-back"
    assert "2 h for: community_service" in browser.read(take_back)
    assert browser.send(take_back, reason="wrong_time").status_code == 303
    assert office.pieces() == [(ServiceState.REVERSED, 120)]
    assert "0 min of 3 h done" in browser.read(f"/obligations/{office.sanction_id}")
    assert "wrong time" in browser.read(first.location)


def test_both_ledgers_are_told_before_and_after(office: Served) -> None:
    """A session counts and earns; put right and taken back, the credit follows it."""
    key = office.bench.owes(office.person_id, 1).id
    browser = office.browser()
    url = browser.send(f"/obligations/{key}/service/new", sessions="2", minutes=["6", ""]).location
    told = browser.read(f"{url}/confirm")
    assert "count 1 session, 3 h for: jury" in told
    assert "be 1 session, 3 h as a volunteer" in told
    assert "earn 6 h of time credit" in told
    browser.send(f"{url}/confirm")
    assert "It earned 6 h of time credit" in browser.read(url)
    assert office.balance() == 360
    right = browser.send(f"{url}/correct", sessions="1", minutes=["2", "30"], reason="wrong_time")
    assert right.status_code == 303, words(right)
    assert right.location != url
    assert sorted(office.pieces()) == [
        (ServiceState.CONFIRMED, 150),
        (ServiceState.REVERSED, 360),
    ]
    assert office.balance() == 150
    assert "2 h 30 min are returned" in browser.read(f"{right.location}/take-back")
    browser.send(f"{right.location}/take-back", reason="not_served")
    assert office.balance() == 0
    assert "0 of 1 session done" in browser.read(f"/obligations/{key}")


def test_with_the_proof_at_hand_it_is_confirmed_at_once(office: Served) -> None:
    """One form in place of two; what is beyond the sentence is told as such."""
    browser = office.browser()
    answer = browser.send(office.form_url, **{**FORM, "minutes": ["4", ""]}, at_once="y")
    assert office.pieces() == [(ServiceState.CONFIRMED, 240)]
    page = browser.read(answer.location)
    assert "community_service : 3 h" in page
    assert "for no sentence: 1 h" in page


def test_a_piece_that_counts_for_nothing_and_waits_again(office: Served) -> None:
    """Denied with a reason it counts nothing; brought back it waits; both are told."""
    browser = office.browser()
    url = browser.send(office.form_url, **FORM).location
    assert "still owed" in browser.read(f"{url}/deny")
    assert "choose one of the answers" in error_at(browser.send(f"{url}/deny"), "reason")
    assert browser.send(f"{url}/deny", reason="not_signed").status_code == 303
    assert "nobody signed for it" in browser.read(url)
    assert "not possible any more" in browser.read(f"{url}/deny")
    assert "the proof came later" in browser.read(f"{url}/bring-back")
    assert browser.send(f"{url}/bring-back", reason="proof_came").status_code == 303
    assert office.pieces() == [(ServiceState.PENDING, 120)]


def test_two_people_decide_on_one_piece(office: Served) -> None:
    """The second sees where it stands now in place of undoing the first."""
    first, second = office.browser(), office.browser(Role.ADMINISTRATOR)
    url = first.send(office.form_url, **FORM).location
    assert first.send(f"{url}/deny", reason="not_signed").status_code == 303
    stale = second.post(f"{url}/confirm", version="1", minutes=["2", ""])
    assert stale.status_code == 422
    assert "just changed this" in words(stale)
    assert "does not wait to be confirmed any more" in words(stale)
    assert office.pieces() == [(ServiceState.DENIED, 120)]


def test_service_that_cannot_be_right_is_not_written_down(office: Served) -> None:
    """The sentence says what to do, at its field, and what was typed is still there."""
    browser = office.browser()
    for values, field, told in (
        ({"minutes": ["", ""]}, "minutes", "fill this in"),
        ({"minutes": ["0", "0"]}, "minutes", "how long it was"),
        ({"minutes": ["24", "1"]}, "minutes", "One day has 24 hours"),
        ({"minutes": ["-1", ""]}, "minutes", "whole hours"),
        ({"served_on": "2026-02-31"}, "served_on", "no day of the calendar"),
        ({"served_on": "2026-03-05"}, "served_on", "still to come"),
        ({"served_on": "2026-02-06"}, "served_on", "Nothing before that day counts"),
        ({"served_on": ""}, "served_on", "fill this in"),
        ({"place": "x" * 201}, "place", "at most 200 characters"),
        ({"proof": "rumour"}, "proof", "Please choose one of the answers shown"),
        ({"file": (io.BytesIO(b"MZ\x90\x00" * 20), "sheet.pdf")}, "file", "."),
    ):
        answer = browser.send(office.form_url, **{**FORM, **values})
        assert answer.status_code == 422, values
        assert told in error_at(answer, field), values
        assert "Ms Ito" in answer.text
    assert office.pieces() == []


def test_one_form_is_one_piece_of_service(office: Served) -> None:
    """Sent again with other hours it is refused; a key that was tampered with is a new form."""
    browser = office.browser()
    form = {**FORM, "once": uuid.uuid4().hex, "served_on": "2026-03-01"}
    browser.post(office.form_url, **form)
    other = browser.post(office.form_url, **{**form, "minutes": ["3", ""]})
    assert other.status_code == 422
    assert "sent twice with different content" in words(other)
    assert browser.post(office.form_url, **{**form, "once": "x"}).status_code == 303
    assert len(office.pieces()) == 2


def test_a_signed_sheet_is_kept_and_handed_out_as_a_file(office: Served) -> None:
    """With the service or later, served as an attachment only."""
    browser = office.browser()
    url = browser.send(office.form_url, **FORM, file=picture()).location
    assert "sheet.png" in browser.read(url)
    proof = browser.get(f"{url}/proof")
    assert proof.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in proof.headers["Content-Security-Policy"]
    late = browser.send(office.form_url, **FORM).location
    assert browser.get(f"{late}/proof").status_code == 404
    assert "choose a file first" in error_at(browser.post(f"{late}/proof"), "file")
    assert browser.post(f"{late}/proof", file=picture()).status_code == 303
    assert browser.get(f"{late}/proof").status_code == 200


def test_a_proof_that_was_removed_leads_back_to_its_service(office: Served) -> None:
    """The file is gone, no page leads to it any more, and another one can take its place."""
    browser = office.browser()
    url = browser.send(office.form_url, **FORM, file=picture()).location
    found = re.search(r'href="(/files/[^"]+/remove)"', browser.get(url).text)
    assert found is not None
    assert f'href="{url}"' in browser.get(found.group(1)).text
    removed = browser.post(found.group(1), reason="wrong_file")
    assert (removed.status_code, removed.location) == (303, url)
    for page in (url, f"{url}/confirm", "/service/waiting"):
        assert f'href="{url}/proof"' not in browser.get(page).text, page
    assert browser.post(f"{url}/proof", file=picture()).status_code == 303
    assert f'href="{url}/proof"' in browser.get(url).text


def test_sessions_that_are_missing_in_the_evenings_can_be_written_down(office: Served) -> None:
    """One session with the minutes the court counts for it, told to be the exception."""
    key = office.bench.owes(office.person_id, 7).id
    browser = office.browser()
    url = f"/obligations/{key}/service/new"
    assert "Sessions count by themselves" in browser.read(url)
    assert "fill this in" in error_at(browser.send(url, sessions=""), "sessions")
    assert browser.send(url, at_once="y").status_code == 303
    assert "1 of 7 sessions done" in browser.read(f"/obligations/{key}")


def test_a_letter_takes_no_hours(office: Served) -> None:
    """What is done as a whole is marked as done, and the page says so."""
    key = office.bench.owes(office.person_id, 1, kind=SanctionKind.APOLOGY_LETTER).id
    browser = office.browser()
    url = f"/obligations/{key}/service/new"
    assert "No service can be written down for this" in browser.read(url)
    refused = browser.post(url, minutes=["1", ""], served_on="2026-03-01", proof="")
    assert refused.status_code == 422
    assert "Mark it as done" in words(refused)


def test_service_of_ones_own_accord_counts_for_no_sentence(office: Served) -> None:
    """Written down on the page of the person; the sentence stays as it was."""
    browser = office.browser()
    url = f"/people/{office.person_id}/service/new"
    assert url in browser.get(f"/people/{office.person_id}").text
    piece = browser.send(url, **FORM, at_once="y").location
    with office.looking() as session:
        row = session.scalars(sa.select(ServiceRecord)).one()
        assert (row.basis, row.sanction_id) == (ServiceBasis.VOLUNTARY, None)
    assert "As a volunteer" in browser.read(piece)
    assert "0 min of 3 h done" in browser.read(f"/obligations/{office.sanction_id}")
    assert "Food bank" in browser.read(f"/people/{office.person_id}/service")


def test_who_may_not_finish_is_told_with_why_and_what_to_do(office: Served) -> None:
    """Gravest first, in neutral words; who can finish is not on the list."""
    bench, browser = office.bench, office.browser()
    assert "Everybody can finish in time" in browser.read("/service/at-risk")
    late = bench.person("Beatriz")
    bench.owes(late, 60, kind=HOURS, due_on=TODAY - timedelta(days=1))
    stuck = bench.person("Ciro")
    bench.train(stuck)
    bench.evening(TODAY + timedelta(days=200))
    bench.owes(stuck, 7)
    page = office.browser().read("/service/at-risk")
    assert page.index("the last day is over") < page.index("cannot be finished in time")
    assert "let go of a part, or add a session" in page
    assert "too few sessions before the last day" in page
    assert "Case 2026-" in page
    assert "Okafor 1," not in page


def test_who_may_see_service_and_strangers_find_nothing(office: Served, session: Any) -> None:
    """403 without the permission; another court's records are ones that do not exist."""
    piece = office.browser().send(office.form_url, **FORM).location
    other = add_court(session, name="Oak")
    session.info["court_id"] = office.court.id
    acts = ("", "/confirm", "/deny", "/take-back", "/bring-back", "/correct", "/proof")
    person = f"/people/{office.person_id}/service"
    lists = ["/service/waiting", "/service/at-risk"]
    own = [*(f"{piece}{act}" for act in acts), person, f"{person}/new"]
    stranger = Browser.of(sign_in_as(office.app, other, Role.COORDINATOR))
    clerk, evaluator = office.browser(Role.CLERK), office.browser(Role.EVALUATOR)
    for url in own:
        assert stranger.get(url).status_code == 404, url
        assert [b.get(url).status_code for b in (clerk, evaluator)] == [403, 403], url
    for url in lists:
        assert [b.get(url).status_code for b in (clerk, evaluator)] == [403, 403], url
        assert "Okafor" not in stranger.read(url)
    assert stranger.post(f"{piece}/deny", version="1", reason="other").status_code == 404


def test_lists_cost_no_more_statements_for_thirty_rows(office: Served) -> None:
    """One row or thirty: the lists ask the database equally often."""
    bench, found = office.bench, []
    for more in (1, 29):
        for _person in range(more):
            person_id = bench.person()
            bench.report(person_id, basis=ServiceBasis.VOLUNTARY)
            bench.owes(person_id, 60, kind=HOURS, due_on=TODAY - timedelta(days=1))
        browser = office.browser()
        browser.read("/service/waiting")
        with counting() as sent:
            browser.read("/service/waiting")
            browser.read("/service/at-risk")
        found.append(len(sent))
    assert found[1] <= found[0]
