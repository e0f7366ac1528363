"""The own page of a young person: theirs alone, in plain words that tell a bystander nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.dashboard.test_letters import TELLING
from tests.fixtures.app import NOW, TODAY, add_court, sign_in_as, sign_in_juror
from tests.fixtures.house.pages import page_faults, read_page
from tests.jury.conftest import LATER, SATURDAY, JuryBench
from youthcourt.accounts.domain import Role
from youthcourt.courts.domain import SanctionKind, preset
from youthcourt.courts.models import Court
from youthcourt.courts.services import store_policy
from youthcourt.db import set_court
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.people import services as people
from youthcourt.people.domain.kinds import AwayReason
from youthcourt.people.models import Unavailability

DOOR_PAGES = ("/in", "/in/new", "/in/asked", "/in/some-token")
OFFICE = "202-555-0100"


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that can be set forward."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def bench(session, court) -> JuryBench:
    """The jury of the court, with an office that can be called."""
    session.get_one(Court, court.id).office_phone = OFFICE
    return JuryBench(session=session, court=court)


class Phone:
    """The phone of one person, signed in."""

    def __init__(self, app: Flask, bench: JuryBench, person_id: uuid.UUID) -> None:
        bench.session.commit()
        self.client: FlaskClient = sign_in_juror(app, bench.court.id, person_id)

    def page(self, url: str = "/next") -> str:
        """The words of a page; every page is whole and tells a bystander nothing."""
        answer = self.client.get(url)
        assert answer.status_code == 200, url
        assert answer.headers["Cache-Control"] == "no-store"
        assert_discreet(answer.text)
        return words(answer.text)

    def send(self, url: str, page: str = "/next/days-away", **values: str) -> Any:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page).text)
        assert found is not None
        return self.client.post(url, data={"csrf_token": found.group(1), **values})


def words(html: str) -> str:
    """The text of a page as it is read, with single blanks."""
    return " ".join(read_page(html).text.split())


def assert_discreet(html: str) -> None:
    """Nothing that is seen, and nothing in the page's names, tells what it is about."""
    assert page_faults(html) == []
    found = TELLING.search(words(html))
    assert found is None, found
    page = read_page(html)
    assert TELLING.search(next(page.all("title")).text) is None
    for address in (*page.links(), *(action for _method, action in page.forms())):
        assert TELLING.search(address) is None, address


# What is next -----------------------------------------------------------------------------------


def test_the_next_duty_stands_first_with_everything_needed(app, bench) -> None:
    """Day in words, times, when to be there, place and way, what to bring and wear, pick-up."""
    ada = bench.juror("Ada")
    for day in (LATER, SATURDAY):
        evening = bench.planned(day)
        bench.seat(bench.sittings(evening)[0], ada)
        bench.publish(evening)
    page = Phone(app, bench, ada).page()
    for text in (
        "Hello Ada.",
        "Saturday 14 March 2026 9:30 am to 12:30 pm",
        "Be there by 9:15 am",
        "1 Oak Street",
        "Bring Your slip or your phone",
        "Wear Neat, simple clothes",
        "Pick-up 12:30 pm",
        f"Call the office: {OFFICE}",
        "After that Saturday 28 March 2026",
    ):
        assert text in page, text


def test_what_is_not_published_is_not_shown(app, bench) -> None:
    """A proposal may still change; so may a seat as reserve, who is called when needed."""
    ada = bench.juror("Ada")
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    page = Phone(app, bench, ada).page()
    assert "Nothing is planned for you right now." in page
    assert "14 March" not in page.split("Done and left")[0]


def test_a_session_is_there_until_it_ends(app, bench, clock) -> None:
    """On its last minute it still stands there, afterwards no more."""
    ada = bench.juror("Ada")
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    bench.session.commit()
    end = datetime(2026, 3, 14, 16, 30, tzinfo=NOW.tzinfo)
    clock.move_to(end - timedelta(minutes=1))
    assert "Saturday 14 March 2026" in Phone(app, bench, ada).page()
    clock.move_to(end)
    assert "Nothing is planned" in Phone(app, bench, ada).page()


def test_training_is_called_training(app, bench) -> None:
    """A neutral word."""
    ada = bench.juror("Ada")
    evening = bench.planned(kind=CourtSessionKind.TRAINING)
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    assert "(training)" in Phone(app, bench, ada).page()


def test_a_session_over_midnight_says_so(app, bench) -> None:
    """Whoever picks somebody up has to know the day."""
    ada = bench.juror("Ada")
    evening = bench.planned(starts_at=time(22, 0), ends_at=time(0, 30))
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    page = Phone(app, bench, ada).page()
    assert "Pick-up 12:30 am the next day" in page


def test_where_everybody_may_come_the_open_days_are_shown(app, bench, session) -> None:
    """A court that draws nobody shows the next days instead."""
    store_policy(session, policy=preset("tx-midland"), in_force_from=date(2026, 1, 1), **bench.hand)
    ada = bench.juror("Ada", owes=0)
    for week in range(6):
        bench.planned(SATURDAY + timedelta(weeks=week))
    page = Phone(app, bench, ada).page()
    assert "Come to any of these" in page
    assert page.count("1 Oak Street") == 4


# What is done and left --------------------------------------------------------------------------


def test_what_is_owed_is_said_in_plain_words(app, bench) -> None:
    """Done, booked, left, the last day, until when to book, and how many may be missed."""
    ada = bench.juror("Ada", owes=3, due_on=date(2026, 6, 7))
    bench.serve(ada, date(2026, 2, 21))
    for week in range(4):
        bench.planned(SATURDAY + timedelta(weeks=2 * week))
    page = Phone(app, bench, ada).page()
    assert "Sessions 1 of 3 sessions done 1 confirmed 2 still to book" in page
    assert "The last day that still counts is Sunday 7 June 2026." in page
    assert "You can finish in time." in page
    assert "has to be on Saturday 11 April 2026 or earlier" in page
    assert "You can miss 2 sessions and still finish." in page


def test_what_cannot_be_finished_leads_to_the_office(app, bench) -> None:
    """No reproach: whom to call."""
    ada = bench.juror("Ada", owes=3, due_on=date(2026, 3, 20))
    bench.planned()
    bench.planned(LATER)
    page = Phone(app, bench, ada).page()
    assert "There are not enough places left before that day." in page
    assert page.count(f"Call the office: {OFFICE}") == 1


def test_a_last_day_that_is_over_leads_to_the_office(app, bench) -> None:
    """It is not too late to talk."""
    ada = bench.juror("Ada", owes=3, due_on=date(2026, 3, 1))
    assert "It is not too late to talk." in Phone(app, bench, ada).page()


@pytest.mark.parametrize("kind", list(SanctionKind))
def test_every_kind_of_thing_has_a_name_that_tells_nothing(app, bench, kind) -> None:
    """The names of the policy would: a letter is not called what it is for."""
    ada = bench.juror("Ada", owes=0)
    bench.owes(ada, 1, kind=kind)
    page = Phone(app, bench, ada).page()
    for word in ("apology", "damage", "counselling", "community"):
        assert word not in page.casefold()


def test_nothing_owed_is_said(app, bench) -> None:
    """Neither done nor left."""
    ada = bench.juror("Ada", owes=0)
    assert "Nothing is asked of you right now." in Phone(app, bench, ada).page()


def test_a_volunteer_owes_nothing_and_is_thanked(app, bench) -> None:
    """With the day since when."""
    ada = bench.juror("Ada", owes=0, volunteer_since=date(2026, 1, 10))
    page = Phone(app, bench, ada).page()
    assert "Nothing is left to do. You have come as a volunteer" in page
    assert "since Saturday 10 January 2026" in page


@pytest.mark.parametrize("closed", [False, True])
def test_whoever_has_done_everything_is_thanked_and_asked_to_stay(app, bench, closed) -> None:
    """Before and after it is put away."""
    ada = bench.juror("Ada", owes=1)
    bench.serve(ada, date(2026, 2, 21))
    if closed:
        (item,) = bench.session.scalars(sa.text("SELECT case_id FROM sanctions")).all()
        bench.close(uuid.UUID(str(item)))
    page = Phone(app, bench, ada).page()
    assert "Everything is done. Thank you for what you did for others." in page
    assert "We would like you to stay on. As a volunteer you choose when you come" in page


def test_a_volunteer_who_has_done_everything_is_not_asked_again(app, bench) -> None:
    """They have said yes already."""
    ada = bench.juror("Ada", owes=1, volunteer_since=date(2026, 2, 22))
    bench.serve(ada, date(2026, 2, 21))
    page = Phone(app, bench, ada).page()
    assert "You have come as a volunteer since Sunday 22 February 2026." in page
    assert "We would like you to stay on" not in page


def test_an_evening_that_does_not_count_says_why(app, bench, session) -> None:
    """In the list of every day."""
    from youthcourt.sentences import services

    ada = bench.juror("Ada", owes=3)
    record = bench.book(ada, date(2026, 2, 21))
    services.deny_service(session, service_id=record.id, reason="not_there", **bench.hand)
    assert "does not count: did not come" in Phone(app, bench, ada).page()


# Credits ----------------------------------------------------------------------------------------


def test_credits_are_in_hours_and_minutes_with_their_lines(app, bench) -> None:
    """Balance and lines; what was taken back is shown as such; the unit has the court's name."""
    ada = bench.juror("Ada", owes=9)
    for number in range(8):
        bench.serve(ada, date(2026, 2, 10) + timedelta(days=number), minutes=150)
    bench.reverse(bench.serve(ada, date(2026, 2, 20), minutes=60))
    page = Phone(app, bench, ada).page()
    assert f"Your credits {20} h One hour is one Time Dollar." in page
    assert "Taken back," in page
    assert "was taken back later" in page
    assert "All earlier lines" in page
    assert page.count("Earned,") == 9


def test_no_credits_yet_is_said(app, bench) -> None:
    """And when they come."""
    assert "No credits yet." in Phone(app, bench, bench.juror("Ada")).page()


# Days away --------------------------------------------------------------------------------------


def test_days_away_are_told_from_the_phone(app, bench, session) -> None:
    """The office and the draw see them; they can be taken back."""
    ada = bench.juror("Ada")
    phone = Phone(app, bench, ada)
    assert "You have told us none so far." in phone.page()
    for _ in range(2):
        answer = phone.send(
            "/next/days-away", starts_on="2026-03-20", ends_on="2026-03-22", reason="school"
        )
        assert (answer.status_code, answer.location) == (303, "/next/days-away")
    row = session.scalars(sa.select(Unavailability)).one()
    assert (row.person_id, row.ends_on, row.reason) == (ada, date(2026, 3, 22), "school")
    key = row.id
    session.rollback()
    assert "Friday 20 March 2026 to Sunday 22 March 2026" in phone.page("/next/days-away")
    office = sign_in_as(app, bench.court, Role.COORDINATOR)
    assert "Fri 20 Mar 2026" in office.get(f"/people/{ada}").text
    phone.send(f"/next/days-away/{key}/remove")
    assert session.scalars(sa.select(Unavailability)).all() == []


def test_a_promised_day_needs_a_call(app, bench) -> None:
    """The seat stays; the page says so, with the number of the office."""
    ada = bench.juror("Ada")
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    phone = Phone(app, bench, ada)
    phone.send("/next/days-away", starts_on="2026-03-10", ends_on="2026-03-15", reason="travel")
    told = phone.page("/next/days-away")
    assert "But you are expected on Saturday 14 March" in told
    assert f"Call the office: {OFFICE}" in told
    assert "You told us that you cannot come" in phone.page()
    assert bench.seated(evening) == {ada}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"starts_on": "2026-02-31"}, "no day of the calendar"),
        ({"starts_on": ""}, "Please fill this in"),
        ({"starts_on": "2026-03-20", "ends_on": "2026-03-19"}, "The last day is before the first"),
        ({"starts_on": "2026-03-01"}, "This day is already over"),
        ({"starts_on": "2026-03-20", "ends_on": "2028-03-19"}, "more than a year"),
        (
            {"starts_on": "2026-03-20", "reason": "boredom"},
            "Please choose one of the answers shown",
        ),
    ],
)
def test_impossible_days_are_refused_in_words(app, bench, session, values, told) -> None:
    """Nothing is stored, and the page is as discreet as the others."""
    phone = Phone(app, bench, bench.juror("Ada"))
    answer = phone.send("/next/days-away", **{"reason": "school", "ends_on": "", **values})
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert_discreet(answer.text)
    assert session.scalars(sa.select(Unavailability)).all() == []


# Theirs alone -----------------------------------------------------------------------------------


def test_everybody_sees_their_own_things_alone(app, bench) -> None:
    """No name, day or number of anybody else."""
    ada, bo = bench.juror("Ada"), bench.juror("Bo", owes=4)
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    bench.seat(bench.sittings(evening)[0], bo)
    bench.publish(evening)
    bench.serve(bo, date(2026, 2, 21))
    page = Phone(app, bench, ada).page()
    assert "Bo" not in page.split()
    assert "of 2 sessions done" in page
    assert "of 4 sessions" not in page
    assert "No credits yet." in page


def test_days_of_somebody_else_cannot_be_removed(app, bench, session) -> None:
    """They are not there, in the own court nor in another."""
    ada, bo = bench.juror("Ada"), bench.juror("Bo")
    away = people.add_days_away(
        session,
        person_id=bo,
        starts_on=SATURDAY,
        ends_on=SATURDAY,
        reason=AwayReason.SCHOOL,
        **bench.hand,
    )
    phone = Phone(app, bench, ada)
    assert phone.send(f"/next/days-away/{away.id}/remove").status_code == 404
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, elsewhere.id)
    far = JuryBench(session=session, court=elsewhere)
    stranger = Phone(app, far, far.person("Far"))
    assert stranger.send(f"/next/days-away/{away.id}/remove").status_code == 404
    assert "Oak" not in stranger.page()
    assert "Elm" not in stranger.page()


def test_staff_have_no_own_page_and_strangers_are_led_to_the_door(app, bench) -> None:
    """Refused, or asked for a code: never to the page on which staff sign in."""
    bench.session.commit()
    for role in Role:
        assert sign_in_as(app, bench.court, role).get("/next").status_code == 403
    for url in ("/next", "/next/days-away"):
        answer = app.test_client().get(url)
        assert (answer.status_code, answer.location) == (303, "/in")


def test_the_page_says_what_is_so_in_this_courts_zone(app, bench, clock) -> None:
    """Late in the evening there, it is not yet tomorrow."""
    ada = bench.juror("Ada", owes=1, due_on=TODAY)
    clock.move_to(datetime(2026, 3, 5, 4, 30, tzinfo=NOW.tzinfo))
    assert "It is not too late" not in Phone(app, bench, ada).page()
    clock.move_to(datetime(2026, 3, 5, 5, 30, tzinfo=NOW.tzinfo))
    assert "It is not too late" in Phone(app, bench, ada).page()


# Small, plain, discreet -------------------------------------------------------------------------


def size_of(client: FlaskClient, url: str) -> int:
    """How many bytes a file of the site has."""
    with client.get(url) as answer:
        return len(answer.data)


def test_pages_are_small_and_work_without_scripts(app, bench) -> None:
    """Under 60 kB in four requests at most, all of this site; no script on the own page."""
    ada = bench.juror("Ada", owes=7)
    for number in range(30):
        bench.serve(ada, date(2026, 1, 1) + timedelta(days=number))
    phone = Phone(app, bench, ada)
    for url in ("/next", "/next/days-away", *DOOR_PAGES):
        html = phone.client.get(url).text
        page = read_page(html)
        parts = [e.get("href") for e in page.all("link") if e.get("rel") in {"icon", "stylesheet"}]
        parts += [e.get("src") for e in page.all("script", "img")]
        assert all(part.startswith("/static/") for part in parts)
        assert len(parts) + 1 <= 4, url
        size = len(html.encode()) + sum(size_of(phone.client, part) for part in parts)
        assert size < 60_000, (url, size)
        assert bool(list(page.all("script"))) == (url == "/in"), url


def test_every_state_of_the_door_tells_a_bystander_nothing(app, bench) -> None:
    """Every page, every refusal, signed in or not, and the pages of errors."""
    phone = Phone(app, bench, bench.juror("Ada"))
    for client in (app.test_client(), phone.client):
        for url in DOOR_PAGES:
            assert_discreet(client.get(url).text)
        for url in ("/in/nowhere/at/all", "/nowhere"):
            assert TELLING.search(words(client.get(url).text)) is None
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/in").text)
        assert found is not None
        token = {"csrf_token": found.group(1)}
        for url, values in (
            ("/in", {"code": ""}),
            ("/in", {"code": "SHORT"}),
            ("/in", {"code": "ABCDEFGH"}),
            ("/in", {"code": "ABCDEFGH", "answer": "Luna"}),
            ("/in", {"code": "ABCDEFGH", "answer": "x" * 99}),
            ("/in/some-token", {}),
            ("/in/new", {"contact": ""}),
            ("/in/new", {"contact": "x" * 999}),
        ):
            assert_discreet(client.post(url, data={**token, **values}).text)
        assert_discreet(client.post("/in", data={"code": "ABCDEFGH"}).text)


def test_the_number_of_questions_does_not_grow(app, bench, session) -> None:
    """Ten sessions ahead ask the database as often as two."""
    from youthcourt.db import db

    counts = []
    for sessions in (2, 10):
        ada = bench.juror(f"Ada {sessions}", owes=12)
        for number in range(sessions):
            evening = bench.planned(SATURDAY + timedelta(weeks=number, days=sessions))
            bench.seat(bench.sittings(evening)[0], ada)
            bench.publish(evening)
            bench.serve(ada, date(2026, 1, 1) + timedelta(days=number))
        phone = Phone(app, bench, ada)
        phone.page()
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            found.append(statement)  # noqa: B023 -- taken off before the next round

        with app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        phone.client.get("/next")
        sa.event.remove(engine, "before_cursor_execute", note)
        counts.append(len(found))
    assert counts[0] == counts[1]
