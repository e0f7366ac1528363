"""What the pages of the calendar promise."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fixtures.app import NOW, add_court, sign_in_as
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    HearingState,
    OffDocketReason,
)
from youthcourt.hearings.models import ClosedDay, CourtSession, Hearing, Room, Sitting

SELECT = re.compile(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
TEXTAREA = re.compile(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def client(browser: Callable[[Role], FlaskClient]) -> FlaskClient:
    """The coordinator's browser."""
    return browser(Role.COORDINATOR)


def fields(page: TestResponse) -> dict[str, Any]:
    """What a browser would send of a page's main form, as it is filled in."""
    html = page.text[page.text.index("<main") :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        ticked = 'type="checkbox"' not in tag and 'type="radio"' not in tag
        if name and (ticked or " checked" in tag):
            found.setdefault(name.group(1), value.group(1) if value else "")
    for name, inside in re.findall(
        r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'<option selected[^>]*value="([^"]*)"', inside)
        first = re.search(r'<option[^>]*value="([^"]*)"', inside)
        option = chosen or first
        found.setdefault(name, option.group(1) if option else "")
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL
    ):
        found.setdefault(name, text.strip())
    return found


def send(client: FlaskClient, url: str, to: str | None = None, **typed: Any) -> TestResponse:
    """Open a page, type into its form and send it."""
    page = client.get(url)
    assert page.status_code == 200, page.text
    values = {**fields(page), **typed}
    return client.post(to or url, data={k: v for k, v in values.items() if v is not None})


def again(client: FlaskClient, url: str, page: TestResponse, **typed: Any) -> TestResponse:
    """Send the form of an answer once more."""
    return client.post(url, data={**fields(page), **typed})


def let_go(session) -> None:
    """Keep what was written and let requests have the database."""
    session.commit()
    session.expunge_all()


def everything(session, model) -> list[Any]:
    """Every row of a table, and the database let go of."""
    rows = list(session.scalars(sa.select(model)))
    session.expunge_all()
    session.rollback()
    return rows


@pytest.fixture
def room(calendar, session) -> uuid.UUID:
    """A room, stored."""
    key: uuid.UUID = calendar.room("Courtroom 2").id
    let_go(session)
    return key


@pytest.fixture
def waiting(calendar, session) -> uuid.UUID:
    """A hearing that waits, stored."""
    key: uuid.UUID = calendar.waiting().id
    let_go(session)
    return key


@pytest.fixture
def sitting(calendar, session) -> Sitting:
    """A room of a session on Saturday, stored."""
    evening = calendar.session_in(calendar.room("Courtroom 5"))
    row: Sitting = calendar.sittings(evening)[0]
    let_go(session)
    return row


def at_url(key: uuid.UUID, end: str = "") -> str:
    return f"/docket/{key}{end}"


# Calendar, rooms, closed days ----------------------------------------------------------------


def test_an_empty_calendar_says_what_to_do_first(client, calendar, session) -> None:
    """First a room; then the series that the court's rules describe."""
    page = client.get("/calendar")
    assert "Add a room" in page.text
    calendar.room()
    let_go(session)
    page = client.get("/calendar")
    assert "every 2 weeks, 9:30 am to 12:30 pm, 3 rooms" in page.text
    assert "/calendar/series/new" in page.text


def test_a_room_is_added_changed_and_given_up(client, session) -> None:
    """Each act says so; its name is there only once."""
    answer = send(client, "/calendar/rooms/new", name="Courtroom 2", address="1 Elm Street")
    assert answer.location == "/calendar/rooms"
    (row,) = everything(session, Room)
    answer = send(client, "/calendar/rooms/new", name="courtroom 2")
    assert answer.status_code == 422
    assert "There is a room of this name already" in answer.text
    send(client, f"/calendar/rooms/{row.id}", directions="Second floor")
    (row,) = everything(session, Room)
    assert (row.address, row.directions) == ("1 Elm Street", "Second floor")
    send(client, "/calendar/rooms", to=f"/calendar/rooms/{row.id}/close")
    assert everything(session, Room)[0].closed_at is not None
    assert "no longer used" in client.get("/calendar/rooms").text
    send(client, "/calendar/rooms", to=f"/calendar/rooms/{row.id}/reopen")
    assert everything(session, Room)[0].closed_at is None


@pytest.mark.parametrize("name", ["   ", "\0\x07", "\u200b"])
def test_a_room_needs_a_name_that_can_be_read(client, session, name) -> None:
    """Blanks and control characters are no name; what else was typed stays."""
    answer = send(client, "/calendar/rooms/new", name=name, address="1 Elm Street")
    assert answer.status_code == 422
    assert "Name of the room: Please fill this in." in answer.text
    assert "1 Elm Street" in answer.text
    assert everything(session, Room) == []


def test_a_room_changed_by_somebody_else_shows_both_versions(client, session, room) -> None:
    """Nothing typed is lost; sent again it is a decision."""
    url = f"/calendar/rooms/{room}"
    page = client.get(url)
    send(client, url, address="1 Elm Street")
    answer = again(client, url, page, address="2 Oak Street")
    assert answer.status_code == 422
    assert "Somebody saved this while you were typing" in answer.text
    assert "1 Elm Street" in answer.text
    assert "2 Oak Street" in answer.text
    assert again(client, url, answer).status_code == 303
    assert everything(session, Room)[0].address == "2 Oak Street"


def test_a_day_is_closed_after_showing_what_is_planned_on_it(client, session, sitting) -> None:
    """First the session of that day, then the day is closed; the session stays."""
    typed = {"day": SATURDAY.isoformat(), "label": "Works"}
    answer = send(client, "/calendar/closed-days", **typed)
    assert answer.status_code == 422
    assert "Something is planned on this day" in answer.text
    assert f"/calendar/sessions/{sitting.session_id}" in answer.text
    assert everything(session, ClosedDay) == []
    assert again(client, "/calendar/closed-days", answer).status_code == 303
    (row,) = everything(session, ClosedDay)
    page = client.get(f"/calendar/sessions/{sitting.session_id}")
    assert "The court is closed on this day: Works" in page.text
    send(client, "/calendar/closed-days", to=f"/calendar/closed-days/{row.id}/remove")
    assert everything(session, ClosedDay) == []


def test_a_day_seen_is_not_another_day(client, session, sitting) -> None:
    """What was shown for one day does not close another one unseen."""
    answer = send(client, "/calendar/closed-days", day=SATURDAY.isoformat(), label="Works")
    other = again(client, "/calendar/closed-days", answer, day="2026-03-15")
    assert other.status_code == 303
    assert [row.day.isoformat() for row in everything(session, ClosedDay)] == ["2026-03-15"]


# Planning ------------------------------------------------------------------------------------


def test_a_session_is_planned_with_the_numbers_of_the_policy(client, session, room) -> None:
    """The next Saturday, the times, the room and its panel are filled in."""
    answer = send(client, "/calendar/sessions/new")
    (evening,) = everything(session, CourtSession)
    (row,) = everything(session, Sitting)
    assert answer.location == f"/calendar/sessions/{evening.id}"
    assert evening.held_on.isoformat() == "2026-03-07"
    assert (row.quorum, row.panel_target, row.panel_max) == (6, 8, 8)
    assert (row.max_first_hearings, row.max_return_hearings) == (3, 200)


@pytest.mark.parametrize("url", ["/calendar/sessions/new", "/calendar/series/new"])
@pytest.mark.parametrize("ends_at", ["09:00", "12:00"])
def test_an_end_before_the_start_is_told(client, session, room, url, ends_at) -> None:
    """A session of 21 hours is a slip, whatever else is planned in the room."""
    send(client, "/calendar/sessions/new", held_on="2026-03-14", starts_at="09:00", ends_at="17:00")
    days = (
        {"starts_on": "2026-03-14", "ends_on": "2026-04-25", "act": "look"}
        if "series" in url
        else {"held_on": "2026-03-14"}
    )
    answer = send(client, url, **days, starts_at="12:00", ends_at=ends_at)
    assert answer.status_code == 422
    assert "on the next day is more than twelve hours. Please check both times." in answer.text
    assert len(everything(session, CourtSession)) == 1


def test_a_training_hears_nobody(client, session, room) -> None:
    """Its rooms take no hearing, whatever is sent along."""
    name = f"room_{room.hex}-max_first_hearings"
    send(client, "/calendar/sessions/new?kind=training", "/calendar/sessions/new", **{name: "3"})
    (row,) = everything(session, Sitting)
    assert (row.max_first_hearings, row.max_return_hearings) == (0, 0)


def test_what_the_clocks_do_is_told_before_a_session_is_planned(client, session, room) -> None:
    """On the night of 8 March 2:30 does not exist; another time is told anew."""
    typed = {"held_on": "2026-03-08", "starts_at": "02:30", "ends_at": "05:00"}
    answer = send(client, "/calendar/sessions/new", **typed)
    assert answer.status_code == 422
    assert "The clocks go forward that night" in answer.text
    assert everything(session, CourtSession) == []
    other = again(client, "/calendar/sessions/new", answer, held_on="2026-11-01", starts_at="01:30")
    assert "The clocks go back that night" in other.text
    assert everything(session, CourtSession) == []
    assert again(client, "/calendar/sessions/new", other).status_code == 303


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"held_on": "2026-02-31"}, "This is no day of the calendar"),
        ({"held_on": ""}, "Please fill this in."),
        ({"starts_at": "25:00"}, "This is no time of day"),
        ({"held_on": "2026-03-01"}, "This day is already over"),
        ({"held_on": "9999-12-31", "ends_at": "01:00"}, "Please check the year"),
        ({"held_on": "0001-01-01"}, "Please check the year"),
        ({"kind": "party"}, "Please choose one of the answers shown."),
        ({"{room}-quorum": "many"}, "Please write a whole number."),
        ({"{room}-quorum": "99"}, "Please write a number from 1 to 60."),
        ({"{room}-use": None}, "Please tick at least one room."),
        ({"{room}-presiding": "x" * 200}, "Please use at most 120 characters."),
    ],
)
def test_a_slip_in_planning_is_told_and_nothing_typed_is_lost(
    client, session, room, typed, told
) -> None:
    """The sentence says what to do; the other fields keep what they hold."""
    values = {name.format(room=f"room_{room.hex}"): value for name, value in typed.items()}
    typed = {f"room_{room.hex}-max_return_hearings": "17", **values}
    answer = send(client, "/calendar/sessions/new", **typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="17"' in answer.text
    assert everything(session, CourtSession) == []


def test_the_days_of_a_series_are_shown_before_they_are_stored(
    client, calendar, session, room
) -> None:
    """What is left out and why; then exactly the days shown are planned."""
    services.add_closed_day(session, day=NEXT, label="Holiday", **calendar.hand)
    let_go(session)
    typed = {"starts_on": "2026-03-14", "ends_on": "2026-04-25", "act": "look"}
    answer = send(client, "/calendar/series/new", **typed)
    assert answer.status_code == 200
    assert "3 days would be planned" in answer.text
    assert "left out: the court is closed" in answer.text
    assert everything(session, CourtSession) == []
    stored = again(client, "/calendar/series/new", answer, act="plan")
    assert stored.location == "/calendar"
    days = sorted(row.held_on.isoformat() for row in everything(session, CourtSession))
    assert days == ["2026-03-14", "2026-04-11", "2026-04-25"]
    assert "3 sessions are planned" in client.get("/calendar").text


@pytest.mark.parametrize("change", [{"ends_on": "2026-06-06"}, {"seen": "x"}, {"weekday": "4"}])
def test_a_series_changed_after_its_days_were_shown_is_shown_again(
    client, session, room, change
) -> None:
    """Nothing is planned that was not seen."""
    typed = {"starts_on": "2026-03-14", "ends_on": "2026-04-25", "act": "look"}
    answer = send(client, "/calendar/series/new", **typed)
    refused = again(client, "/calendar/series/new", answer, act="plan", **change)
    assert refused.status_code == 422
    assert "The days are not the ones you saw any more" in refused.text
    assert everything(session, CourtSession) == []
    assert again(client, "/calendar/series/new", refused, act="plan").status_code == 303


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ends_on": "2026-03-01"}, "The last day is before the first"),
        ({"ends_on": "2036-03-01"}, "Please plan at most three years"),
        ({"ends_on": "9999-12-31"}, "Please plan at most three years"),
        ({"starts_on": "9998-12-31", "ends_on": "9999-12-31"}, "Please check the year"),
        ({"starts_on": "0001-01-01", "ends_on": "0001-02-01"}, "Please check the year"),
        ({"every_weeks": "9" * 5000}, "Please write a whole number"),
        ({"every_weeks": "9" * 20}, "Please write a whole number of weeks"),
        ({"every_weeks": "0"}, "Please write a whole number of weeks"),
        ({"every_weeks": ""}, "Please write a whole number of weeks"),
        ({"weekday": "9"}, "Please choose one of the answers shown."),
    ],
)
def test_a_series_that_no_calendar_can_follow_is_told(client, room, typed, told) -> None:
    """Days out of order, too long, no rhythm."""
    values = {"starts_on": "2026-03-14", "ends_on": "2026-04-25", "act": "look", **typed}
    answer = send(client, "/calendar/series/new", **values)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_monthly_series_asks_for_no_weeks(client, session, room) -> None:
    """The last Saturday of the month."""
    typed = {"rhythm": "monthly", "nth_of_month": "-1", "every_weeks": "", "act": "look"}
    values = {"starts_on": "2026-03-14", "ends_on": "2026-05-31", **typed}
    answer = send(client, "/calendar/series/new", **values)
    again(client, "/calendar/series/new", answer, act="plan")
    days = sorted(row.held_on.isoformat() for row in everything(session, CourtSession))
    assert days == ["2026-03-28", "2026-04-25", "2026-05-30"]


def test_without_a_room_planning_leads_to_the_rooms(client) -> None:
    """One page says what to do first, the other too."""
    for url in ("/calendar/sessions/new", "/calendar/series/new"):
        assert "/calendar/rooms/new" in client.get(url).text


# The page of a session -----------------------------------------------------------------------


def test_a_session_page_shows_its_docket_and_is_read_on_record(
    client, calendar, session, sitting
) -> None:
    """The names are seen by whoever opens it, so that is written down."""
    hearing = calendar.docket(calendar.waiting(), session.get_one(Sitting, sitting.id))
    number = calendar.case_of(hearing).number
    let_go(session)
    page = client.get(f"/calendar/sessions/{sitting.session_id}")
    assert number in page.text
    assert "José 1 Núñez" in page.text
    reads = [row for row in everything(session, AuditEntry) if row.act == "read"]
    assert [(row.subject, row.subject_id) for row in reads] == [
        ("court_session", sitting.session_id)
    ]


def test_a_moved_session_shows_both_versions_to_the_second_hand(client, session, sitting) -> None:
    """What the second typed is kept; sent again it counts."""
    url = f"/calendar/sessions/{sitting.session_id}/move"
    page = client.get(url)
    assert send(client, url, starts_at="10:00").status_code == 303
    answer = again(client, url, page, starts_at="11:00")
    assert answer.status_code == 422
    assert "Somebody saved this while you were typing" in answer.text
    assert again(client, url, answer).status_code == 303
    assert everything(session, CourtSession)[0].starts_at.hour == 11


def test_a_session_moves_with_or_without_its_hearings(client, calendar, session, sitting) -> None:
    """Without the tick they wait."""
    hearing = calendar.docket(calendar.waiting(), session.get_one(Sitting, sitting.id)).id
    let_go(session)
    url = f"/calendar/sessions/{sitting.session_id}/move"
    send(client, url, held_on=NEXT.isoformat())
    assert everything(session, Hearing)[0].state is HearingState.DOCKETED
    send(client, url, held_on="2026-04-04", hearings_come=None)
    (row,) = everything(session, Hearing)
    assert (row.id, row.state) == (hearing, HearingState.WAITING)


def test_a_clash_is_shown_before_a_session_is_moved(client, calendar, session, sitting) -> None:
    """Whose other hearing it is, and the session stays."""
    hearing = calendar.docket(calendar.waiting(), session.get_one(Sitting, sitting.id))
    person_id = calendar.case_of(hearing).person_id
    number = calendar.case_of(hearing).number
    evening = calendar.session_in(calendar.room("B"), held_on=NEXT)
    calendar.docket(calendar.waiting(person_id=person_id), calendar.sittings(evening)[0])
    let_go(session)
    url = f"/calendar/sessions/{sitting.session_id}/move"
    answer = send(client, url, held_on=NEXT.isoformat())
    assert answer.status_code == 422
    assert "These have to be elsewhere at that time" in answer.text
    assert f"these youths have another hearing: cases {number}" in answer.text


def test_a_session_is_cancelled_with_a_reason_once(client, calendar, session, sitting) -> None:
    """Sent twice it is cancelled once; the page says why."""
    calendar.docket(calendar.waiting(), session.get_one(Sitting, sitting.id))
    let_go(session)
    url = f"/calendar/sessions/{sitting.session_id}/cancel"
    page = client.get(url)
    assert "1 hearing waits for another session" in page.text
    assert again(client, url, page).status_code == 422
    for _time in range(2):
        assert again(client, url, page, reason="weather").status_code == 303
    assert "Cancelled: Weather" in client.get(f"/calendar/sessions/{sitting.session_id}").text
    assert everything(session, Hearing)[0].state is HearingState.WAITING


def test_a_session_moved_meanwhile_is_looked_at_before_it_is_cancelled(
    client, session, sitting
) -> None:
    """The second hand sees the new day first."""
    url = f"/calendar/sessions/{sitting.session_id}"
    page = client.get(f"{url}/cancel")
    send(client, f"{url}/move", held_on=NEXT.isoformat())
    answer = again(client, f"{url}/cancel", page, reason="weather")
    assert answer.status_code == 422
    assert "Somebody else changed this session" in answer.text
    assert "28 March 2026" in answer.text
    assert again(client, f"{url}/cancel", answer).status_code == 303


def test_rooms_of_a_session_are_added_changed_and_taken_out(
    client, calendar, session, sitting, room
) -> None:
    """Each form holds what the policy or the room says."""
    url = f"/calendar/sessions/{sitting.session_id}"
    assert send(client, f"{url}/rooms/new", presiding="Judge Okafor").location == url
    added = next(row for row in everything(session, Sitting) if row.room_id == room)
    assert (added.presiding, added.panel_target) == ("Judge Okafor", 8)
    answer = send(client, f"/calendar/sittings/{added.id}", panel_target="9")
    assert "This is more than the most who may sit" in answer.text
    send(client, f"/calendar/sittings/{added.id}", panel_target="7", max_first_hearings="")
    added = next(row for row in everything(session, Sitting) if row.room_id == room)
    assert (added.panel_target, added.max_first_hearings) == (7, 200)
    calendar.docket(calendar.waiting(), session.get_one(Sitting, added.id))
    let_go(session)
    page = client.get(f"/calendar/sittings/{added.id}/remove")
    assert "1 hearing is on the docket of this room" in page.text
    send(client, f"/calendar/sittings/{added.id}/remove", hearings_to=str(sitting.id))
    assert everything(session, Hearing)[0].sitting_id == sitting.id


def test_a_room_changed_meanwhile_shows_both_versions(client, session, sitting) -> None:
    """Who presides was filled in by somebody else."""
    url = f"/calendar/sittings/{sitting.id}"
    page = client.get(url)
    send(client, url, presiding="Judge Okafor")
    answer = again(client, url, page, presiding="Judge Brandt")
    assert answer.status_code == 422
    assert "Judge Okafor" in answer.text
    assert again(client, url, answer).status_code == 303
    assert everything(session, Sitting)[0].presiding == "Judge Brandt"


# The docket ----------------------------------------------------------------------------------


def test_the_docket_lists_who_waits_and_leads_to_the_choice(client, session, waiting) -> None:
    """Opening the list is on record."""
    page = client.get("/docket")
    assert "José 1 Núñez" in page.text
    assert at_url(waiting) in page.text
    assert "waiting_hearings" in {row.subject for row in everything(session, AuditEntry)}


def test_a_hearing_is_put_on_a_docket_once(client, session, waiting, sitting) -> None:
    """Sent twice it is there once."""
    assert ">possible<" in client.get(at_url(waiting)).text
    url = at_url(waiting, f"/sittings/{sitting.id}")
    page = client.get(url)
    assert again(client, url, page).location == f"/calendar/sessions/{sitting.session_id}"
    assert again(client, url, page).status_code == 303
    (row,) = everything(session, Hearing)
    assert (row.state, row.sitting_id) == (HearingState.DOCKETED, sitting.id)


def test_what_stands_in_the_way_is_seen_and_overruled_with_a_reason(
    client, calendar, session, waiting
) -> None:
    """A full room: first told, then asked why, then done."""
    evening = calendar.session_in(calendar.room("B"), numbers={"max_first_hearings": 0})
    (full,) = calendar.sittings(evening)
    let_go(session)
    assert "All 0 places for first hearings are taken" in client.get(at_url(waiting)).text
    url = at_url(waiting, f"/sittings/{full.id}")
    answer = send(client, url)
    assert answer.status_code == 422
    assert "Please say why it is done all the same" in answer.text
    other = again(client, url, answer, reason="other")
    assert "Please say in a few words what the other reason is" in other.text
    done = again(client, url, other, note="The judge agrees.")
    assert done.status_code == 303
    page = client.get(f"/calendar/sessions/{evening.id}")
    assert "There all the same: Another reason" in page.text


def test_a_place_that_is_not_possible_has_no_button(client, calendar, session, waiting) -> None:
    """The youth's other hearing at that time."""
    row = session.get_one(Hearing, waiting)
    person_id = calendar.case_of(row).person_id
    evening = calendar.session_in(calendar.room("A"), calendar.room("B"))
    one, two = calendar.sittings(evening)
    calendar.docket(calendar.waiting(person_id=person_id), one)
    let_go(session)
    url = at_url(waiting, f"/sittings/{two.id}")
    page = client.get(url)
    assert "The youth has another hearing at that time" in page.text
    assert "Put it on the docket" not in page.text
    assert url not in client.get(at_url(waiting)).text


def test_a_hearing_is_taken_off_with_a_reason(client, calendar, session, sitting) -> None:
    """Without one it stays; a stale page is told."""
    hearing = calendar.docket(calendar.waiting(), session.get_one(Sitting, sitting.id)).id
    let_go(session)
    url = at_url(hearing, "/take-off")
    page = client.get(url)
    assert again(client, url, page).status_code == 422
    assert again(client, url, page, reason="not_ready").location == "/docket"
    (row,) = everything(session, Hearing)
    assert (row.state, row.reason) == (HearingState.WAITING, OffDocketReason.NOT_READY)
    assert "Taken off a docket: The case is not ready" in client.get("/docket").text
    for reason in ("session_cancelled", "nonsense"):
        assert again(client, url, page, reason=reason).status_code == 422
    assert "This hearing is on no docket" in client.get(url).text


def test_a_hearing_moved_meanwhile_is_looked_at_again(
    client, calendar, session, waiting, sitting
) -> None:
    """Nothing is done, and what was typed is still there."""
    url = at_url(waiting, "/cancel")
    page = client.get(url)
    send(client, at_url(waiting, f"/sittings/{sitting.id}"))
    answer = again(client, url, page, reason="other", note="They moved away.")
    assert answer.status_code == 422
    assert "Somebody else changed this hearing" in answer.text
    assert "They moved away." in answer.text
    assert again(client, url, answer).status_code == 303
    assert everything(session, Hearing)[0].state is HearingState.CANCELLED


def test_the_order_of_a_docket_is_changed_by_buttons(client, calendar, session, sitting) -> None:
    """Back to the docket of that room."""
    place = session.get_one(Sitting, sitting.id)
    one, two = (calendar.docket(calendar.waiting(), place).id for _number in range(2))
    let_go(session)
    page = f"/calendar/sessions/{sitting.session_id}"
    answer = send(client, page, to=at_url(two, "/earlier"))
    assert answer.location == f"{page}#docket-{sitting.id}"
    order = sorted(everything(session, Hearing), key=lambda row: row.position or 0)
    assert [row.id for row in order] == [two, one]
    send(client, page, to=at_url(two, "/later"))
    order = sorted(everything(session, Hearing), key=lambda row: row.position or 0)
    assert [row.id for row in order] == [one, two]


# Outcomes, and the section of a case ---------------------------------------------------------


@pytest.fixture
def docketed(calendar, session, sitting) -> Hearing:
    """A hearing on the docket of Saturday, stored."""
    row: Hearing = calendar.docket(calendar.waiting(), session.get_one(Sitting, sitting.id))
    let_go(session)
    return row


def outcome_url(hearing: Hearing) -> str:
    return f"/hearings/{hearing.id}/outcome"


@pytest.mark.parametrize(
    ("back", "where"),
    [
        ("case", "/cases/{case}#hearings"),
        ("session", "/calendar/sessions/{session}"),
        ("room", "/{page}rooms/{sitting}"),
        ("docket", "/{page}rooms/{sitting}/docket"),
    ],
)
def test_an_outcome_leads_back_to_the_page_it_was_sent_from(
    app, browser, sitting, docketed, back, where
) -> None:
    """Never to a free address; where the evening has no pages, to the session."""
    with time_machine.travel(on_the_day(), tick=True):
        client = browser(Role.COORDINATOR)
        answer = send(client, outcome_url(docketed), outcome="no_show", back=back)
    evening = "dashboard.tonight_room" in app.view_functions
    if back in {"room", "docket"} and not evening:
        where = "/calendar/sessions/{session}"
    assert answer.location == where.format(
        case=docketed.case_id, session=sitting.session_id, sitting=sitting.id, page="tonight/"
    )


@pytest.mark.parametrize("back", ["", "https://elsewhere.example", "//elsewhere.example"])
def test_another_address_is_no_way_back(browser, session, docketed, back) -> None:
    """Nothing is recorded either."""
    with time_machine.travel(on_the_day(), tick=True):
        answer = send(
            browser(Role.COORDINATOR), outcome_url(docketed), outcome="no_show", back=back
        )
    assert answer.status_code == 422
    assert [row.state for row in everything(session, Hearing)] == [HearingState.DOCKETED]


def test_a_continuance_without_a_reason_keeps_what_was_typed(browser, session, docketed) -> None:
    """The note is still there; with a reason it is written down."""
    with time_machine.travel(on_the_day(), tick=True):
        client = browser(Role.COORDINATOR)
        url = outcome_url(docketed)
        answer = send(client, url, outcome="continued", note="Ask the school.")
        assert answer.status_code == 422
        assert "Please write down the reason." in answer.text
        assert "Ask the school." in answer.text
        values = {"outcome": "continued", "reason": "no_quorum"}
        assert again(client, url, answer, **values).status_code == 303
        assert again(client, url, answer, **values).status_code == 303
        refused = again(client, url, answer, outcome="heard")
    assert "Somebody already wrote down what became of this hearing: Continued" in refused.text
    states = sorted(row.state for row in everything(session, Hearing))
    assert states == [HearingState.CONTINUED, HearingState.WAITING]


def test_the_clerk_s_tablet_shows_no_name_while_it_is_locked(browser, session, docketed) -> None:
    """Asking leads to the password, and so does an outcome sent: nothing is written."""
    with time_machine.travel(on_the_day(), tick=True):
        clerk = browser(Role.CLERK)
        url = outcome_url(docketed)
        assert clerk.get(url).location == "/account/again"
        token = fields(clerk.get("/account/"))["csrf_token"]
        sent = {"csrf_token": token, "outcome": "heard", "back": "docket"}
        assert clerk.post(url, data=sent).location == "/account/again"
    assert everything(session, Hearing)[0].state is HearingState.DOCKETED


def test_before_its_day_a_hearing_has_no_outcome(client, docketed) -> None:
    """The page says when to come back, the act is refused."""
    page = client.get(outcome_url(docketed))
    assert "The session has not been held yet" in page.text
    token = fields(client.get("/calendar/rooms/new"))["csrf_token"]
    answer = client.post(
        outcome_url(docketed), data={"csrf_token": token, "outcome": "heard", "back": "case"}
    )
    assert answer.status_code == 422
    assert "Come back when it has begun" in answer.text


def test_the_section_of_a_case_leads_through_its_hearings(
    browser, calendar, session, waiting, sitting
) -> None:
    """Waits, is on the docket, was heard, waits for another."""
    with time_machine.travel(on_the_day(hours=12), tick=True):
        client = browser(Role.COORDINATOR)
        hearing = session.get_one(Hearing, waiting)
        case_id = hearing.case_id
        let_go(session)
        case = f"/cases/{case_id}"
        page = client.get(case)
        assert "First hearing: waits for a session" in page.text
        assert at_url(waiting) in page.text
        assert client.get(f"{case}/hearings/new").status_code == 200
        send(client, at_url(waiting, f"/sittings/{sitting.id}"))
        assert "Next: First hearing on Saturday 14 March 2026" in client.get(case).text
        send(client, outcome_url(hearing), outcome="heard", panel_later="y")
        assert "No hearing is ahead" in client.get(case).text
        assert send(client, f"{case}/hearings/new").status_code == 422
        answer = send(client, f"{case}/hearings/new", kind="return")
        assert answer.location == f"{case}#hearings"
        assert "Return hearing: waits for a session" in client.get(case).text
        refused = send(client, f"{case}/hearings/new", kind="review")
        assert "already has a hearing that is still to come" in refused.text


def test_what_ended_at_its_hearing_leads_to_the_closing(browser, session, docketed) -> None:
    """On the page of the case and on the docket."""
    with time_machine.travel(on_the_day(), tick=True):
        client = browser(Role.COORDINATOR)
        send(client, outcome_url(docketed), outcome="settled")
        page = client.get(f"/cases/{docketed.case_id}")
        assert "It has to be closed now." in page.text
        assert "Ended at their hearing: please close these cases" in client.get("/docket").text


# Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.CLERK, Role.EVALUATOR])
def test_the_calendar_is_the_office_s(browser, waiting, sitting, role) -> None:
    """A clerk has the evening only, an evaluator counts."""
    browse = browser(role)
    for url in (
        "/calendar",
        "/docket",
        "/calendar/series/new",
        at_url(waiting),
        f"/calendar/sessions/{sitting.session_id}",
    ):
        assert browse.get(url).status_code == 403


def test_a_stranger_s_records_are_not_found(app, session, calendar, docketed, sitting) -> None:
    """Every page that is about one record, read or sent."""
    other = add_court(session, "fl-charlotte", "Oak")
    set_court(session, other.id)
    let_go(session)
    client = sign_in_as(app, other, Role.COORDINATOR)
    token = fields(client.get("/calendar/rooms/new"))["csrf_token"]
    session_url = f"/calendar/sessions/{sitting.session_id}"
    both = (
        f"{session_url}/move",
        f"{session_url}/cancel",
        f"{session_url}/rooms/new",
        f"/calendar/sittings/{sitting.id}",
        f"/calendar/sittings/{sitting.id}/remove",
        f"/calendar/rooms/{sitting.room_id}",
        at_url(docketed.id, f"/sittings/{sitting.id}"),
        at_url(docketed.id, "/take-off"),
        at_url(docketed.id, "/cancel"),
        outcome_url(docketed),
        f"/cases/{docketed.case_id}/hearings/new",
    )
    for url in (session_url, at_url(docketed.id), *both):
        assert client.get(url).status_code == 404, url
    for url in (*both, at_url(docketed.id, "/earlier"), at_url(docketed.id, "/later")):
        assert client.post(url, data={"csrf_token": token}).status_code == 404, url
