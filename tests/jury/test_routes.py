"""The pages of the jury: drawing, seats by hand, publishing, slips and invitations."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fixtures.app import NOW, add_court, sign_in_as
from tests.jury.conftest import LATER, SATURDAY, JuryBench
from youthcourt.accounts.domain import FactQuestion, Role
from youthcourt.accounts.models import OneTimeLink
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.hearings.models import CourtSession, Sitting
from youthcourt.jury.domain import LIVE, SeatRole, SeatState
from youthcourt.jury.models import Seat, StoredDraw
from youthcourt.notices.models import Notice
from youthcourt.people.domain.kinds import AwayReason, SaidBy, Tie
from youthcourt.people.models import Person
from youthcourt.people.services import (
    add_acquaintance,
    add_days_away,
    set_fact,
    set_jury_list,
)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def client(browser) -> FlaskClient:
    """The coordinator's browser."""
    opened: FlaskClient = browser(Role.COORDINATOR)
    return opened


@pytest.fixture
def evening(bench: JuryBench) -> str:
    """A session in two rooms with seven people who may be drawn; its address."""
    row = bench.planned(rooms=2)
    bench.jurors(7, email="juror@example.org")
    address = f"/sessions/{row.id}"
    bench.session.commit()
    return address


def token(page: TestResponse) -> str:
    """The token of the page's forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    return found.group(1)


def send(client: FlaskClient, url: str, **values: Any) -> TestResponse:
    """Send a form with a token."""
    return client.post(url, data={"csrf_token": token(client.get("/people/new")), **values})


def rooms(bench: JuryBench, evening: str) -> list[Sitting]:
    """The rooms of a session by its address."""
    return bench.sittings(bench.session.get_one(CourtSession, uuid.UUID(evening[10:])))


def plain(page: TestResponse) -> str:
    """A page without the tokens of its forms, which are new every second."""
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page.text)


def page_of(answer: TestResponse, client: FlaskClient) -> str:
    """The page an answer leads to."""
    assert answer.status_code == 303, answer.text[answer.text.index("<main") :][:900]
    return client.get(answer.location).text


def live(session) -> list[Seat]:
    """The live seats of jurors as the database has them, which is let go of."""
    query = sa.select(Seat).where(Seat.state.in_(LIVE), Seat.role == SeatRole.JUROR)
    return stored(session, query.order_by(Seat.sitting_id, Seat.position))


def stored(session, query) -> list[Any]:
    """Rows as the database has them; no lock is kept."""
    session.rollback()
    rows = list(session.scalars(query))
    session.expunge_all()
    session.rollback()
    return rows


def drawn(client: FlaskClient, evening: str, seed: int = 5) -> str:
    """Draw and return the address of the proposal."""
    answer = send(client, f"{evening}/draws", seed=seed)
    assert answer.status_code == 303
    return answer.location


def test_a_jury_is_drawn_accepted_and_published(client, session, evening) -> None:
    """Each step says what comes next, and messages are queued once."""
    assert re.search(r'name="seed"[^>]* value="[1-9]\d*"', client.get(f"{evening}/jury").text)
    proposal = drawn(client, evening)
    page = client.get(proposal).text
    assert "Draw of " in page
    assert re.search(r"Number of the lottery</dt>\s*<dd>5</dd>", page)
    assert "Accept this draw" in page
    assert live(session) == []
    jury = page_of(send(client, f"{proposal}/accept"), client)
    assert "7 new seats are given." in jury
    assert "7 seats are proposed" in jury
    assert len(live(session)) == 7
    assert "These seats are given" in client.get(proposal).text
    published = page_of(send(client, f"{evening}/jury/publish"), client)
    assert "7 seats are announced. 7 messages are about to leave." in published
    again = page_of(send(client, f"{evening}/jury/publish"), client)
    assert "Nothing was sent again" in again
    assert len(stored(session, sa.select(Notice))) == 7
    assert {seat.state for seat in live(session)} == {SeatState.PUBLISHED}


def test_the_same_seed_gives_the_same_proposal_and_can_be_checked(client, session, evening) -> None:
    """Typed again, drawn again; checked again, it comes out the same."""
    first, second = drawn(client, evening, 11), drawn(client, evening, 11)
    assert first != second
    one, two = stored(session, sa.select(StoredDraw))
    assert one.result == two.result
    assert "it comes out the same" in page_of(send(client, f"{first}/check"), client)
    for row in session.scalars(sa.select(StoredDraw)):
        row.result = {**row.result, "seats": row.result["seats"][1:]}
    session.commit()
    assert "Do not rely on it" in page_of(send(client, f"{first}/check"), client)


@pytest.mark.parametrize("seed", ["", "x", "0", "-3", "1000000", "1e3"])
def test_a_seed_that_is_none_is_said_in_a_sentence(client, session, evening, seed) -> None:
    """The page is shown again and nothing is drawn."""
    answer = send(client, f"{evening}/draws", seed=seed)
    assert answer.status_code == 422
    assert "Please look at this again" in answer.text
    assert stored(session, sa.select(StoredDraw)) == []


def test_a_proposal_out_of_date_says_so_and_is_not_accepted(client, session, bench, evening):
    """Before it is sent and after."""
    proposal = drawn(client, evening)
    person = bench.juror("Late")
    session.commit()
    page = client.get(proposal).text
    assert "This proposal is out of date" in page
    assert "Accept this draw" not in page
    answer = send(client, f"{proposal}/accept")
    assert answer.status_code == 422
    assert "Please draw again" in answer.text
    assert live(session) == []
    assert str(person) in client.get(f"{evening}/jury/list").text


def seat_page(evening: str, seat: Seat) -> str:
    """The address of one seat."""
    return f"{evening}/seats/{seat.id}"


def test_a_seat_is_changed_by_hand(client, session, evening) -> None:
    """Fixed, leading, moved, given back with a reason."""
    send(client, f"{drawn(client, evening)}/accept")
    seats = live(session)
    seat = seats[0]
    there = next(s.sitting_id for s in seats if s.sitting_id != seat.sitting_id)
    address, was = seat_page(evening, seat), seat.sitting_id
    assert "The seat is fixed" in page_of(send(client, f"{address}/lock", locked="yes"), client)
    assert "may be drawn again" in page_of(send(client, f"{address}/lock", locked="no"), client)
    assert "lead the questions" in page_of(send(client, f"{address}/lead"), client)
    full = next(s for s in seats if s.sitting_id == there)
    if len([s for s in seats if s.sitting_id == there]) == 4:
        assert "the panel is full" in client.get(address).text
    send(client, f"{seat_page(evening, full)}/release", reason="not_needed")
    page = client.get(address).text
    assert "Move to another room" in page
    moved = send(client, f"{address}/move", sitting_id=str(there))
    assert "The seat is moved." in page_of(moved, client)
    now_at = {str(s.id): s.sitting_id for s in live(session)}
    assert now_at[address.rsplit("/", 1)[-1]] == there != was
    missing = send(client, f"{address}/release")
    assert missing.status_code == 422
    assert "Please choose a reason." in missing.text
    free = page_of(send(client, f"{address}/release", reason="cannot_come"), client)
    assert "The seat is free again." in free
    assert len(live(session)) == 5
    assert send(client, f"{address}/move", sitting_id=str(was)).status_code == 404


def test_somebody_is_found_and_seated(client, session, bench, evening) -> None:
    """The name is in no address; what can be decided is asked, what protects a hearing is not."""
    person = bench.juror("Zoraline", family_name="Quill", owes=0)
    first, second = (str(s.id) for s in rooms(bench, evening))
    session.commit()
    found = send(client, f"{evening}/seats/find", text="quill")
    assert "quill" not in found.location.lower()
    assert f"{evening}/seats/new/{person}" in page_of(found, client)
    address = f"{evening}/seats/new/{person}"
    assert "only if you say so" in client.get(address).text
    asked = send(client, address, sitting_id=first, role="juror")
    assert asked.status_code == 422
    assert 'name="confirm"' in asked.text
    assert live(session) == []
    given = send(client, address, sitting_id=first, role="juror", confirm="nothing_owed")
    assert "The seat is given" in page_of(given, client)
    assert "They have a seat in this session" in client.get(address).text
    again = send(client, address, sitting_id=second, role="juror", confirm="nothing_owed")
    assert again.status_code == 422
    assert "have a seat in this session already" in again.text
    wrong = send(client, address, sitting_id=str(uuid.uuid4()), role="juror")
    assert wrong.status_code == 422
    assert len(live(session)) == 1


def test_a_hard_conflict_is_named_and_cannot_be_ticked_away(client, session, bench) -> None:
    """The rule stands in the page before and after."""
    row = bench.planned()
    (sitting,) = bench.sittings(row)
    hearing = bench.docket(sitting)
    person = bench.juror()
    add_acquaintance(
        session,
        person_id=bench.respondent(hearing),
        other_id=person,
        kind=Tie.FRIEND,
        said_by=SaidBy.FAMILY,
        **bench.hand,
    )
    address, room = f"/sessions/{row.id}/seats/new/{person}", str(sitting.id)
    session.commit()
    assert "There is no room for them" in client.get(address).text
    answer = send(client, address, sitting_id=room, role="juror", confirm="acquaintance")
    assert answer.status_code == 422
    assert "They may not sit there: knows them" in answer.text
    assert live(session) == []


def test_a_reserve_is_called(client, session, bench, evening) -> None:
    """From the page of the seat, into a room that is chosen."""
    person = bench.juror("Rea")
    sitting = rooms(bench, evening)[0]
    seat = bench.seat(sitting, person, role=SeatRole.RESERVE)
    address, room = seat_page(evening, seat), str(sitting.id)
    session.commit()
    assert "Make them a juror" in client.get(address).text
    called = page_of(send(client, f"{address}/move", sitting_id=room), client)
    assert "The reserve is a juror now." in called
    assert [s.person_id for s in live(session)] == [person]


def test_what_has_come_up_against_a_seat_is_on_three_pages(client, session, bench, evening):
    """The jury's, the session's and the person's page say what staff have to decide."""
    person = bench.juror("Ada")
    seat = bench.seat(rooms(bench, evening)[0], person)
    set_jury_list(session, person_id=person, on_list=False, **bench.hand)
    add_days_away(
        session,
        person_id=person,
        starts_on=SATURDAY,
        ends_on=SATURDAY,
        reason=AwayReason.WORK,
        **bench.hand,
    )
    key = str(seat.id)
    session.commit()
    jury = client.get(f"{evening}/jury").text
    assert "1 seat goes against a rule now" in jury
    assert "not on the jury list any more; cannot come that day" in jury
    session_page = client.get(f"/calendar{evening}").text
    assert "1 seat goes against a rule now" in session_page
    assert "1 of 3 jurors" in session_page
    page = client.get(f"/people/{person}").text
    assert "Decide what happens to the seat" in page
    assert f"{evening}/seats/{key}" in page


def test_a_court_where_jurors_walk_in_draws_nobody(client, session, bench, evening) -> None:
    """The page says what happens instead, and offers no draw."""
    bench.jury_rules(sign_up="walk_in")
    session.commit()
    page = client.get(f"{evening}/jury").text
    assert "Nobody is drawn in advance" in page
    assert f"{evening}/draws" not in page
    answer = send(client, f"{evening}/draws", seed=1)
    assert answer.status_code == 422
    assert "This court draws nobody in advance" in answer.text
    assert "filled at the session" in client.get(f"/calendar{evening}").text


# --- why --------------------------------------------------------------------------------------


def text_of(answer: TestResponse) -> str:
    """The words of a page, as a reader sees them."""
    words = re.sub(r"<[^>]+>", " ", answer.text[answer.text.index("<main") :])
    return " ".join(html.unescape(words).split()).replace(" ;", ";").replace(" .", ".")


def test_every_seat_and_reserve_says_why(client, session, bench) -> None:
    """In the proposal, on the jury page and on the page of the seat: the same words."""
    row = bench.planned(quorum=1, panel_target=2, panel_max=2)
    nearest = bench.juror("Ada", due_on=date(2026, 4, 1))
    second = bench.juror("Bea", due_on=date(2026, 5, 1))
    overdue = bench.juror("Cleo", due_on=date(2026, 3, 10))
    bench.juror("Dan", owes=0, volunteer_since=date(2026, 1, 1))
    address = f"/sessions/{row.id}"
    session.commit()
    first = "last day 1 April 2026; nobody who can come has a nearer one"
    after = "last day 1 May 2026; 1 person who can come has a nearer one"
    late = (
        "last day 10 March 2026 is over: this session cannot keep it; still owed, so before "
        "volunteers"
    )
    free = "owes nothing: after everybody who owes sessions"
    proposal = drawn(client, address)
    reasons = (first, after, late, free)
    assert [text_of(client.get(proposal)).count(words) for words in reasons] == [1, 1, 1, 1]
    send(client, f"{proposal}/accept")
    assert [text_of(client.get(f"{address}/jury")).count(words) for words in reasons] == [1] * 4
    seats = {seat.person_id: seat for seat in stored(session, sa.select(Seat))}
    for person, words in ((nearest, first), (second, after), (overdue, late)):
        page = text_of(client.get(seat_page(address, seats[person])))
        assert f"When the jury was drawn: {words}." in page
    assert "Why they wait as reserve" in text_of(client.get(seat_page(address, seats[overdue])))


def test_two_of_one_name_are_told_apart_by_their_numbers(client, session, bench) -> None:
    """The proposal, the jury and the list show a number beside every name, each person once."""
    row = bench.planned(rooms=2)
    namesakes = [bench.juror("Jane", family_name="Vu", trained=n == 0) for n in range(2)]
    bench.docket(bench.sittings(row)[0], namesakes[1])
    numbers = [session.get_one(Person, person).number for person in namesakes]
    address = f"/sessions/{row.id}"
    session.commit()
    proposal = drawn(client, address)
    page = text_of(client.get(proposal))
    assert all(f"Vu, Jane P {number}" in page for number in numbers)
    (line,) = re.findall(rf"Vu, Jane P {numbers[1]} (.*?) What it reaches", page)
    assert line == "not trained yet; their own case is heard at that time"
    send(client, f"{proposal}/accept")
    assert f"Vu, Jane P {numbers[0]}" in text_of(client.get(f"{address}/jury"))
    assert f"Vu, Jane P {numbers[1]}" in text_of(client.get(f"{address}/jury/list?show=unable"))


def test_the_jury_page_is_short_and_leads_to_the_long_lists(client, session, bench, evening):
    """Counts stand at the top; who could come and who cannot are on a page of their own."""
    bench.jurors(60)
    untrained = bench.juror("Untrained", trained=False)
    session.commit()
    send(client, f"{drawn(client, evening)}/accept")
    jury = client.get(f"{evening}/jury")
    words = text_of(jury)
    assert "4 of 3 jurors, 2 reserves" in words
    assert "55 people could come" in words
    assert "1 cannot: see why" in words
    assert str(untrained) not in jury.text
    able = client.get(f"{evening}/jury/list")
    assert "1 to 50 of 55" in text_of(able)
    assert "51 to 55 of 55" in text_of(client.get(f"{evening}/jury/list?page=2"))
    unable = client.get(f"{evening}/jury/list?show=unable")
    assert str(untrained) in unable.text
    assert "not trained yet" in text_of(unable)


# --- slips --------------------------------------------------------------------------------------


@pytest.fixture
def with_slips(session, bench, evening) -> dict[str, Any]:
    """One juror who chose a question and one who did not."""
    people = {"Ada": bench.juror("Ada", family_name="Secretname"), "Bea": bench.juror("Bea")}
    set_fact(
        session,
        person_id=people["Ada"],
        question=FactQuestion.PET,
        answer="Luna",
        **bench.hand,
    )
    for person in people.values():
        bench.seat(rooms(bench, evening)[0], person)
    session.commit()
    return people


def test_slips_are_made_once_and_say_nothing_embarrassing(client, session, evening, with_slips):
    """First name, day, place, code and square; no family name, no court, no case."""
    ask = client.get(f"{evening}/slips")
    assert "New slips end the old ones" in ask.text
    once = re.search(r'name="once" value="([^"]+)"', ask.text)
    assert once is not None
    people = [str(person) for person in with_slips.values()]
    form = {"once": once.group(1), "people": people}
    made = send(client, f"{evening}/slips", **form)
    assert made.status_code == 200
    body = made.text[made.text.index("<main") :]
    assert re.search(r'<p class="slip-code">[2-9A-Z]{4} [2-9A-Z]{4}</p>', body)
    assert body.count("<svg") == 1
    assert "Be there at 9:15" in body.replace("\u202f", " ")
    assert "1 Oak Street" in body
    assert "Show this slip at the desk" in body
    words = re.sub(r'href="[^"]*"', "", body)
    assert not re.search(r"court|case|jury|juror|Secretname|Okafor", words, re.IGNORECASE)
    assert "Youth Court" not in made.text
    assert not re.search(r"style=|<script>| on[a-z]+=", made.text)
    again = send(client, f"{evening}/slips", **form)
    assert again.status_code == 422
    assert "These slips were made already" in again.text
    (link,) = stored(session, sa.select(OneTimeLink))
    assert link.ended_at is None


def test_slips_for_nobody_are_refused(client, session, evening, with_slips) -> None:
    """Nothing ticked, nothing made, nothing ended."""
    answer = send(client, f"{evening}/slips", once="abc")
    assert answer.status_code == 422
    assert "Please choose at least one person." in answer.text
    stranger = send(client, f"{evening}/slips", once="abd", people=[str(uuid.uuid4()), "x"])
    assert stranger.status_code == 422


# --- trainings ----------------------------------------------------------------------------------


def test_people_are_invited_to_a_training(client, session, bench) -> None:
    """Those ticked, then everybody else who can come."""
    row = bench.planned(kind=CourtSessionKind.TRAINING, panel_target=9, panel_max=9)
    new = [bench.juror(f"New {n}", trained=False) for n in range(4)]
    trained = bench.juror("Trained")
    other = bench.planned(on=LATER, kind=CourtSessionKind.TRAINING)
    bench.seat(bench.sittings(other)[0], bench.juror("Elsewhere", trained=False))
    add_days_away(
        session,
        person_id=new[3],
        starts_on=SATURDAY,
        ends_on=SATURDAY,
        reason=AwayReason.WORK,
        **bench.hand,
    )
    address = f"/sessions/{row.id}"
    session.commit()
    page = client.get(f"{address}/invitations").text
    assert all(str(person) in page for person in new)
    assert str(trained) not in page
    assert "invited to another training" in page
    one = send(client, f"{address}/invitations", act="ticked", people=[str(new[0])])
    assert "1 person is invited." in page_of(one, client)
    rest = send(client, f"{address}/invitations", act="everybody")
    assert "2 people are invited." in page_of(rest, client)
    nobody = send(client, f"{address}/invitations", act="ticked")
    assert nobody.status_code == 422
    here = [seat for seat in live(session) if str(seat.session_id) in address]
    assert {seat.person_id for seat in here} == set(new[:3])
    jury = client.get(f"{address}/jury").text
    assert "Training places for" in jury
    assert "3 of 9 places taken" in jury
    assert "Draw the jury" not in jury


# --- who may, and how pages are -----------------------------------------------------------------


def pages(bench: JuryBench, evening: str, client: FlaskClient) -> list[str]:
    """Every page of a jury that is opened with GET."""
    proposal = drawn(client, evening)
    person = bench.juror("One more")
    reserve = bench.seat(rooms(bench, evening)[0], person, role=SeatRole.RESERVE)
    address = seat_page(evening, reserve)
    bench.session.commit()
    below = (
        "jury",
        "jury/list",
        "jury/list?show=unable",
        "seats/new",
        f"seats/new/{person}",
        "slips",
        "invitations",
    )
    return [proposal, address, *(f"{evening}/{part}" for part in below)]


def test_every_page_opens_with_one_heading_and_is_written_down(client, session, bench, evening):
    """One h1 equal to the title, no inline style or script, and a line in the journal."""
    for url in pages(bench, evening, client):
        page = client.get(url)
        assert page.status_code == 200, url
        (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
        (title,) = re.findall(r"<title>(.*?)</title>", page.text, re.DOTALL)
        assert title.startswith(heading.strip()), url
        assert not re.search(r"style=|<script>| on[a-z]+=", page.text), url
    reads = sa.select(AuditEntry.params).where(
        AuditEntry.act == "read", AuditEntry.subject == "jury"
    )
    assert len(stored(session, reads)) == 9


def test_a_foreign_session_answers_as_an_absent_one(client, app, session, bench, evening) -> None:
    """Nobody learns from the answer what another court has."""
    mine = pages(bench, evening, client)
    other = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, other.id)
    theirs = sign_in_as(app, other, Role.COORDINATOR)
    absent = f"/sessions/{uuid.uuid4()}"
    for url in mine:
        there, here = theirs.get(url), theirs.get(url.replace(evening, absent))
        assert there.status_code == here.status_code == 404, url
        assert plain(there) == plain(here).replace(absent, evening)
    for act in ("draws", "jury/publish", "slips", "invitations", "seats/find"):
        assert send(theirs, f"{evening}/{act}", seed=1, text="x").status_code == 404, act
    for act in (f"{mine[0]}/accept", f"{mine[0]}/check", f"{mine[1]}/release", f"{mine[1]}/lock"):
        answer = send(theirs, act, reason="other", locked="yes")
        assert answer.status_code == 404, act


@pytest.mark.parametrize("role", [Role.CLERK, Role.EVALUATOR])
def test_others_see_no_jury(client, browser, bench, evening, role) -> None:
    """The desk has its own pages on the evening."""
    for url in pages(bench, evening, client):
        assert browser(role).get(url).status_code == 403


@pytest.mark.parametrize("page", ["jury", "jury/list", "draw"])
def test_the_number_of_queries_does_not_grow(client, app, session, bench, page) -> None:
    """With 2 or 30 people, one or many hearings, as many statements."""
    row = bench.planned(rooms=2)
    first, second = bench.sittings(row)
    bench.docket(first)
    bench.jurors(2)
    address = f"/sessions/{row.id}"
    session.commit()
    url = drawn(client, address) if page == "draw" else f"{address}/{page}"
    few = statements(app, client, url)
    for number in range(28):
        bench.juror(f"More {number}")
    for sitting in (first, second, second):
        bench.docket(sitting)
    session.commit()
    url = drawn(client, address) if page == "draw" else url
    assert statements(app, client, url) == few


def statements(app: Flask, client: FlaskClient, url: str) -> int:
    """Count the statements of one page."""
    from youthcourt.db import db

    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(url).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len([text for text in seen if text.startswith("SELECT")])
