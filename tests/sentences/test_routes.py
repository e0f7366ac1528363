"""The pages of sentences and service: a sentence once, within its ranges, and no dead end."""

from __future__ import annotations

import io
import re
import uuid
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.fixtures.app import SmallCourt, add_court, sign_in_as, sign_in_juror
from youthcourt import clock
from youthcourt.accounts.domain import Role
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services import open_case
from youthcourt.courts.domain import SittingModel
from youthcourt.credits.queries import balance_of
from youthcourt.db import set_court
from youthcourt.drafts.models import Draft
from youthcourt.hearings.domain import CourtSessionKind, HearingKind, HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting
from youthcourt.people.services import add_person
from youthcourt.sentences.models import Sanction, Sentence, ServiceRecord


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


class Browser:
    """A signed-in browser that sends the token of its forms."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        page = client.get("/account/").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        self.token = found.group(1) if found else ""

    def get(self, url: str) -> Any:
        return self.client.get(url)

    def post(self, url: str, data: dict[str, Any] | None = None) -> Any:
        return self.client.post(url, data={"csrf_token": self.token, **(data or {})})


@dataclass
class Item:
    """A part of a sentence, by its key."""

    id: uuid.UUID
    person_id: uuid.UUID


@dataclass
class Heard:
    """A case that was heard yesterday, and the browser of its coordinator."""

    app: Flask
    session: Session
    court: SmallCourt
    case_id: uuid.UUID
    person_id: uuid.UUID
    hearing_id: uuid.UUID

    def browser(self, role: Role = Role.COORDINATOR) -> Browser:
        return Browser(sign_in_as(self.app, self.court, role))

    def fresh(self) -> Session:
        """Return the session without a lock and without what it has read before."""
        self.session.rollback()
        self.session.expire_all()
        return self.session

    @property
    def url(self) -> str:
        return f"/hearings/{self.hearing_id}/sentence"

    def send(self, browser: Browser | None = None, **values: Any):
        """Send the form of the DC court with what differs."""
        given = {"agreement": "unanimous", "amount_0": "7", "record": "1", **values}
        return (browser or self.browser()).post(
            self.url, data={name: value for name, value in given.items() if value is not None}
        )

    def sanctions(self) -> dict[str, int]:
        rows = self.fresh().scalars(sa.select(Sanction)).all()
        self.session.rollback()
        return {row.label: row.amount for row in rows}


def heard_in(app: Flask, session: Session, court: SmallCourt, *, sessions: int = 12) -> Heard:
    """Add a case that was heard yesterday, and a calendar of free sessions ahead."""
    today = clock.today("America/New_York")
    hand: dict[str, Any] = {"actor": court.actor, "now": clock.now()}
    person = add_person(
        session,
        given_names="Ada",
        family_name="Okafor",
        birth_date=today - timedelta(days=15 * 366),
        **hand,
    )
    case = open_case(
        session,
        person_id=person.id,
        referred_on=today - timedelta(days=30),
        incident_on=today - timedelta(days=40),
        incident_reference=None,
        agency_id=None,
        **hand,
    )
    room = Room(name="Room 1")
    session.add(room)
    session.flush()
    sittings = []
    for week in range(-1, sessions):
        evening = CourtSession(
            kind=CourtSessionKind.HEARING,
            held_on=today - timedelta(days=1) + timedelta(days=7 * (week + 1)),
            starts_at=time(9, 30),
            ends_at=time(12, 30),
            created_at=clock.now(),
        )
        session.add(evening)
        session.flush()
        sitting = Sitting(
            session_id=evening.id,
            room_id=room.id,
            model=SittingModel.PEER_JURY,
            quorum=6,
            panel_target=8,
            panel_max=8,
            max_first_hearings=3,
            max_return_hearings=3,
        )
        session.add(sitting)
        session.flush()
        sittings.append(sitting)
    hearing = Hearing(
        case_id=case.id,
        kind=HearingKind.FIRST,
        state=HearingState.HEARD,
        sitting_id=sittings[0].id,
        waiting_since=today - timedelta(days=9),
        decided_at=clock.now(),
    )
    case.state = CaseState.HEARD
    case.heard_on = today - timedelta(days=1)
    session.add(hearing)
    session.flush()
    keys = {"case_id": case.id, "person_id": person.id, "hearing_id": hearing.id}
    session.commit()
    return Heard(app=app, session=session, court=court, **keys)


@pytest.fixture
def heard(app: Flask, session: Session, court: SmallCourt) -> Heard:
    """A case of the DC court that was heard yesterday."""
    return heard_in(app, session, court)


def in_court(app: Flask, session: Session, preset: str, **given: Any) -> Heard:
    """Return a case that was heard in another court's rules."""
    court = add_court(session, preset, "Pine")
    set_court(session, court.id)
    return heard_in(app, session, court, **given)


def text_of(answer: Any) -> str:
    """Return the page as a reader sees it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_a_sentence_is_looked_at_then_recorded_once(heard: Heard) -> None:
    """The check says what will be owed and until when; sent twice it is one sentence."""
    browser = heard.browser()
    assert "always 7 sessions" in text_of(browser.get(heard.url))
    checked = heard.send(browser, record=None, check="1")
    assert checked.status_code == 200
    assert "This is what will be owed" in text_of(checked)
    assert "Can be finished in time" in text_of(checked)
    assert heard.sanctions() == {}
    first, second = heard.send(browser), heard.send(browser)
    assert (first.status_code, second.status_code) == (303, 303)
    assert heard.sanctions() == {"Jury sessions": 7}
    assert heard.session.get_one(Case, heard.case_id).state is CaseState.SUPERVISED
    heard.session.rollback()
    page = text_of(browser.get(f"/cases/{heard.case_id}"))
    assert "0 of 7 sessions done" in page
    assert "7 still to book" in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"amount_0": ""}, "Jury sessions is part of every sentence here"),
        ({"amount_0": "9"}, "This is outside"),
        ({"amount_0": "many"}, "Not a valid integer value"),
        ({"agreement": None}, "Please choose one of the answers shown"),
        ({"amount_1": "999999"}, "Please type a number such as 3"),
    ],
)
def test_what_breaks_a_rule_is_told_at_its_field(heard: Heard, values: dict, told: str) -> None:
    """Nothing is recorded, and what was typed is still there."""
    answer = heard.send(d_2="About respect", **values)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "About respect" in answer.get_data(as_text=True)
    assert heard.sanctions() == {}


def test_outside_the_range_needs_a_reason(heard: Heard) -> None:
    """With the reason it is recorded, and the reason stays on the page of the case."""
    assert heard.send(amount_0="9", outside_range_reason="She asked for more.").status_code == 303
    page = text_of(heard.browser().get(f"/cases/{heard.case_id}"))
    assert "She asked for more." in page


def test_what_cannot_be_finished_needs_a_reason(app, session, court) -> None:
    """With one session ahead seven cannot be served; the reason opens the way."""
    heard = heard_in(app, session, court, sessions=1)
    refused = heard.send()
    # The calendar ends before the last day: that is no "no" yet, only an open question.
    assert refused.status_code == 303
    assert "Cannot be promised" in text_of(heard.browser().get(f"/cases/{heard.case_id}"))


def test_hours_dollars_and_ticks_are_stored_in_their_units(heard: Heard) -> None:
    """Service in minutes, money in cents; an empty field orders nothing."""
    answer = heard.send(amount_1="2", rest_1="30", amount_3="25.50", amount_2="")
    assert answer.status_code == 303
    assert heard.sanctions() == {
        "Jury sessions": 7,
        "Community service": 150,
        "Paying for the damage": 2550,
    }


def test_a_court_with_classes_shows_what_a_class_allows(app, session) -> None:
    """Without a class it is asked for; the ranges change with it."""
    heard = in_court(app, session, "fl-charlotte")
    browser = heard.browser()
    shown = heard.send(browser, amount_0=None, record=None, ranges="1", offence_class="B")
    assert shown.status_code == 200
    assert "from 15 h to 26 h" in text_of(shown)
    assert "from 2 sessions to 3 sessions" in text_of(shown)
    missing = heard.send(browser, amount_0="16", amount_1="2")
    assert "Please choose the class of the offence" in text_of(missing)
    given = heard.send(browser, amount_0="16", amount_1="2", offence_class="B", amount_4="y")
    assert given.status_code == 303
    assert heard.sanctions() == {
        "Community service": 960,
        "Times on the jury": 2,
        "Family counselling": 1,
    }


def test_the_form_works_under_the_third_preset(app, session) -> None:
    """Every item of the Midland rules has its input, and one sentence can be given."""
    heard = in_court(app, session, "tx-midland")
    page = heard.browser().get(heard.url)
    assert page.status_code == 200
    assert page.get_data(as_text=True).count("<fieldset") >= 3


def test_an_interrupted_form_waits_as_a_draft(heard: Heard) -> None:
    """It is there again with its age, is listed, and goes with the sentence."""
    browser = heard.browser()
    heard.send(browser, record=None, keep="1", panel_words="You can do this.")
    assert "You can do this." in browser.get(heard.url).get_data(as_text=True)
    assert heard.url in browser.get("/drafts/").get_data(as_text=True)
    assert "You can do this." not in heard.browser(Role.ADMINISTRATOR).get(heard.url).text
    heard.send(browser)
    heard.fresh()
    assert heard.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0


def test_the_second_of_two_sees_that_there_is_a_sentence(heard: Heard) -> None:
    """Another sentence is refused, and nothing typed is lost."""
    heard.send()
    answer = heard.send(d_0="another", amount_1="3")
    assert answer.status_code == 422
    assert "recorded another sentence" in text_of(answer)
    assert "another" in answer.get_data(as_text=True)
    assert heard.session.scalar(sa.select(sa.func.count()).select_from(Sentence)) == 1


def test_the_clerk_needs_the_lock_and_strangers_get_nothing(heard: Heard, session) -> None:
    """A clerk shows the password first; evaluator and juror are refused; a stranger finds none."""
    answer = heard.browser(Role.CLERK).get(heard.url)
    assert (answer.status_code, answer.location) == (303, "/account/again")
    assert heard.browser(Role.EVALUATOR).get(heard.url).status_code == 403
    heard.session.rollback()
    juror = sign_in_juror(heard.app, heard.court.id, heard.person_id)
    assert juror.get(heard.url).status_code == 403
    other = add_court(session, name="Oak")
    stranger = sign_in_as(heard.app, other, Role.COORDINATOR)
    assert stranger.get(heard.url).status_code == 404
    assert stranger.get(f"/hearings/{uuid.uuid4()}/sentence").status_code == 404


def service_of(heard: Heard) -> tuple[Browser, Item]:
    """Return a browser and the community service of a sentence."""
    browser = heard.browser()
    heard.send(browser, amount_1="3")
    heard.fresh()
    query = sa.select(Sanction.id).where(Sanction.label == "Community service")
    item = Item(id=heard.session.scalars(query).one(), person_id=heard.person_id)
    heard.session.rollback()
    return browser, item


def report(browser: Browser, item: Item, **values: Any):
    """Write down two hours at a food bank."""
    given = {
        "once": "abc",
        "served_on": clock.today("America/New_York").isoformat(),
        "minutes": "2",
        "place": "Food bank",
        "proof": "signed_sheet",
        **values,
    }
    return browser.post(f"/obligations/{item.id}/service/new", data=given)


def test_hours_at_a_site_wait_count_and_can_be_taken_back(heard: Heard) -> None:
    """Written down once, confirmed once into both ledgers, then reversed with a reason."""
    browser, item = service_of(heard)
    first, second = report(browser, item), report(browser, item)
    assert first.location == second.location
    page = text_of(browser.get(f"/obligations/{item.id}"))
    assert "2 h waiting to be confirmed" in page
    assert "Food bank" in text_of(browser.get("/service/waiting"))
    assert browser.post(f"{first.location}/confirm", data={"version": "1"}).status_code == 303
    assert "2 h of 3 h done" in text_of(browser.get(f"/obligations/{item.id}"))
    stale = browser.post(
        f"{first.location}/take-back", data={"reason": "wrong_time", "version": "1"}
    )
    assert stale.status_code == 422
    heard.fresh()
    version = heard.session.scalars(sa.select(ServiceRecord)).one().version_id
    heard.session.rollback()
    taken = browser.post(
        f"{first.location}/take-back", data={"reason": "wrong_time", "version": str(version)}
    )
    assert taken.status_code == 303
    assert "0 min of 3 h done" in text_of(browser.get(f"/obligations/{item.id}"))
    assert balance_of(heard.session, person_id=item.person_id) == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"minutes": ""}, "Please give the hours"),
        ({"served_on": "2026-02-31"}, "This is no day of the calendar"),
        ({"served_on": "2090-01-01"}, "still to come"),
        ({"served_on": "2020-01-01"}, "Nothing before that day counts"),
        ({"place": ""}, "Please fill this in"),
    ],
)
def test_service_that_cannot_be_right_is_not_written_down(heard: Heard, values, told) -> None:
    """The sentence says what to do."""
    browser, item = service_of(heard)
    answer = report(browser, item, **values)
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_a_signed_sheet_is_kept_and_handed_out_as_a_file(heard: Heard) -> None:
    """A picture is served as an attachment; a program called PDF is refused."""
    from PIL import Image

    browser, item = service_of(heard)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(picture, "PNG")
    made = report(browser, item, file=(io.BytesIO(picture.getvalue()), "sheet.png"))
    proof = browser.get(f"{made.location}/proof")
    assert proof.headers["Content-Disposition"].startswith("attachment")
    refused = report(browser, item, once="x", file=(io.BytesIO(b"MZ\x90\x00" * 20), "sheet.pdf"))
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("act", "values", "expected"),
    [
        ("extend", {"days": "10", "reason": "illness"}, "10 days were added"),
        ("waive", {"amount": "1", "rest": "0", "reason": "good_work"}, "Waived: 1 h"),
        ("adjust", {"amount": "4", "reason": "missed"}, "of 4 h done"),
    ],
)
def test_obligations_change_with_a_reason(heard: Heard, act, values, expected) -> None:
    """The page of the obligation tells what is owed now and why."""
    browser, item = service_of(heard)
    assert browser.get(f"/obligations/{item.id}/{act}").status_code == 200
    assert browser.post(f"/obligations/{item.id}/{act}", data=values).status_code == 303
    assert expected in text_of(browser.get(f"/obligations/{item.id}"))


def test_limits_of_the_policy_are_told(heard: Heard) -> None:
    """The court gives 30 days more, once."""
    browser, item = service_of(heard)
    url = f"/obligations/{item.id}/extend"
    long = browser.post(url, data={"days": "31", "reason": "illness"})
    assert "at most 30 days" in text_of(long)
    browser.post(url, data={"days": "5", "reason": "illness"})
    assert "used up" in text_of(browser.post(url, data={"days": "5", "reason": "illness"}))


def test_a_case_with_everything_done_can_be_closed(heard: Heard) -> None:
    """Waived or done, item by item; then the case page says so and closing works."""
    browser = heard.browser()
    heard.send(browser, amount_2="1")
    heard.fresh()
    items = heard.session.execute(sa.select(Sanction.id, Sanction.label)).all()
    heard.session.rollback()
    for item in items:
        act, values = "waive", {"reason": "good_work"}
        if item.label == "Essay":
            day = clock.today("America/New_York").isoformat()
            act, values = "finish", {"finished_on": day, "reason": "seen"}
        url = f"/obligations/{item.id}/{act}"
        assert browser.post(url, data=values).status_code == 303
    assert "Everything is done" in text_of(browser.get(f"/cases/{heard.case_id}"))
    closed = browser.post(
        f"/cases/{heard.case_id}/close",
        data={"reason": "completed", "on": clock.today("America/New_York").isoformat()},
    )
    assert closed.status_code == 303, text_of(closed)
    heard.fresh()
    assert heard.session.get_one(Case, heard.case_id).state is CaseState.CLOSED


def test_a_piece_that_counts_for_nothing_and_waits_again(heard: Heard) -> None:
    """Denied with a reason it counts nothing; brought back it waits."""
    browser, item = service_of(heard)
    url = report(browser, item).location
    assert browser.post(f"{url}/deny", data={"reason": "not_signed"}).status_code == 303
    assert "nobody signed for it" in text_of(browser.get(url))
    assert browser.post(f"{url}/bring-back", data={"reason": "other"}).status_code == 303
    assert "waits to be confirmed" in text_of(browser.get(url))


def test_the_sheet_for_the_family_is_in_plain_words(heard: Heard) -> None:
    """What, how much, until when, and whom to call."""
    browser, _item = service_of(heard)
    page = text_of(browser.get(f"/cases/{heard.case_id}/sentence/sheet"))
    assert "Jury sessions : 7 sessions" in page
    assert "Until" in page
    assert browser.get(f"/cases/{uuid.uuid4()}/sentence/sheet").status_code == 404


def test_who_is_at_risk_is_listed_with_why(app, session, court) -> None:
    """With too few sessions ahead the person stands on the list."""
    heard = heard_in(app, session, court, sessions=2)
    browser = heard.browser()
    assert "Everybody can finish in time" in text_of(browser.get("/service/at-risk"))
    heard.send(browser)
    page = text_of(browser.get("/service/at-risk"))
    assert "Okafor" in page
    assert "depends on what others choose" in page
    for role in (Role.CLERK, Role.EVALUATOR):
        assert heard.browser(role).get("/service/at-risk").status_code == 403
