"""Tonight promises: a door for everybody, a docket behind a lock, and one confirmation."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.app import add_court, sign_in_as, sign_in_juror
from tests.jury.test_evening import DAY, END, START, Night, make_night
from tests.jury.test_evening_seats import make_trained, trained
from tests.sentences.conftest import Bench
from youthcourt.accounts.domain import FactQuestion, Role
from youthcourt.accounts.models import SignIn
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services import ChargeGiven, open_case
from youthcourt.credits.queries import balance_of
from youthcourt.db import db
from youthcourt.hearings.domain import CourtSessionState, HearingKind, HearingState
from youthcourt.hearings.models import CourtSession, Hearing
from youthcourt.jury.models import Attendance
from youthcourt.people.domain.kinds import SaidBy, Tie
from youthcourt.people.links import issue_slip
from youthcourt.people.models import Person
from youthcourt.people.services import add_acquaintance, set_fact
from youthcourt.sentences.domain import AttendanceOutcome

DURING = START - timedelta(minutes=10)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@dataclass
class Desk:
    """A browser of the evening that sends the token of its forms."""

    client: FlaskClient
    token: str

    def get(self, url: str) -> Any:
        return self.client.get(url)

    def post(self, url: str, **values: str) -> Any:
        return self.client.post(url, data={"csrf_token": self.token, **values})


def desk_of(app: Flask, court: Any, role: Role = Role.CLERK) -> Desk:
    """Sign a member of staff in."""
    client = sign_in_as(app, court, role)
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account/").text)
    return Desk(client=client, token=found.group(1) if found else "")


@pytest.fixture(autouse=True)
def _during() -> Iterator[object]:
    with time_machine.travel(DURING, tick=True) as at:
        yield at


@pytest.fixture
def night(session, court) -> Night:
    """An evening of the DC court that begins in ten minutes."""
    return make_night(session, court)


@pytest.fixture
def ada(night: Night) -> uuid.UUID:
    """A juror with a published seat."""
    person_id = night.seated("Ada")
    night.session.commit()
    return person_id


def add_hearing(night: Night) -> uuid.UUID:
    """Put the case of a youth on the docket of the room."""
    hand: dict[str, Any] = {"actor": night.court.actor, "now": START - timedelta(days=20)}
    case = open_case(
        night.session,
        person_id=night.person("Zed"),
        referred_on=DAY - timedelta(days=20),
        incident_on=DAY - timedelta(days=25),
        incident_reference=None,
        agency_id=None,
        charges=(ChargeGiven(text="Shoplifting", nibrs="23C"),),
        **hand,
    )
    case.state = CaseState.DOCKETED
    hearing = Hearing(
        case_id=case.id,
        kind=HearingKind.FIRST,
        state=HearingState.DOCKETED,
        sitting_id=night.sitting_id,
        position=1,
        waiting_since=DAY - timedelta(days=9),
    )
    night.session.add(hearing)
    night.session.flush()
    key = hearing.id
    night.session.commit()
    return key


def text_of(answer: Any) -> str:
    """Return the page as a reader sees it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_the_clerk_starts_at_the_door_of_today(app, court, ada) -> None:
    """The first page after signing in leads there, and one tap checks somebody in."""
    desk = desk_of(app, court)
    assert desk.get("/").location == "/tonight"
    door = desk.get(desk.get("/tonight").location)
    assert "Ada" in text_of(door)
    here = re.search(r'action="(/evenings/[^"]+/here)"', door.text)
    assert here is not None
    back = desk.post(here.group(1), back="door")
    assert back.status_code == 303
    assert "here" in text_of(desk.get(back.location))


def test_the_desk_shows_first_names_and_no_more(app, court, night, ada) -> None:
    """No family name, no case, no offence on door and room; two of one name get an initial."""
    night.seated("Ada")
    other = night.session.scalars(sa.select(Person).order_by(Person.number.desc())).first()
    assert other is not None
    other.family_name = "Zimmer"
    add_hearing(night)
    desk = desk_of(app, court)
    for url in (f"/tonight/{night.id}", f"/tonight/rooms/{night.sitting_id}"):
        page = text_of(desk.get(url))
        assert "Ada O." in page
        assert "Ada Z." in page
        for word in ("Okafor", "Zimmer", "Shoplifting", "Zed"):
            assert word not in page


def test_the_docket_is_behind_the_password(app, court, night, ada) -> None:
    """Without it the page asks; with it the hearing stands there; locked, it asks again."""
    hearing_id = add_hearing(night)
    url = f"/tonight/rooms/{night.sitting_id}/docket"
    assert desk_of(app, court).get(url).location == "/account/again"
    desk = unlocked(app, court)
    page = text_of(desk.get(url))
    assert "Zed Okafor" in page
    assert "Shoplifting" in page
    desk.post(f"/evenings/{night.id}/people/{ada}/here")
    heard = desk.post(f"/hearings/{hearing_id}/outcome", back="docket", outcome="heard")
    assert (heard.status_code, heard.location) == (303, url)
    assert "Write down the sentence" in text_of(desk.get(url))
    desk.post("/account/lock")
    assert desk.get(url).location == "/account/again"


def unlocked(app: Flask, court: Any, role: Role = Role.CLERK) -> Desk:
    """Sign a member of staff in, the password shown a second time."""
    desk = desk_of(app, court, role)
    with app.app_context():
        session = db.session()
        session.info["writer"] = True
        session.execute(sa.update(SignIn).values(stepped_up_at=datetime.now(UTC)))
        session.commit()
    return desk


@pytest.mark.parametrize("role", [Role.CLERK, Role.COORDINATOR])
def test_the_outcome_page_leads_back_to_the_docket(app, court, night, ada, role) -> None:
    """Also when it asks for the password on the way, and when what is sent is refused."""
    hearing_id = add_hearing(night)
    docket = f"/tonight/rooms/{night.sitting_id}/docket"
    desk = unlocked(app, court, role)
    way = re.search(r'href="(/hearings/[^"]+/outcome[?][^"]+)"', desk.get(docket).text)
    assert way is not None
    assert f'href="{docket}"' in desk.get(way.group(1)).text
    refused = desk.post(f"/hearings/{hearing_id}/outcome", back="docket", outcome="continued")
    assert refused.status_code == 422
    assert f'href="{docket}"' in refused.text
    assert desk.post("/account/lock").status_code == 303
    if role is Role.CLERK:
        assert desk.get(f"/hearings/{hearing_id}/outcome?back=room").location == "/account/again"
        with desk.client.session_transaction() as kept:
            assert kept["next"].endswith("/outcome?back=room")


def test_nothing_is_heard_before_an_empty_panel_by_a_tap(app, court, night, ada) -> None:
    """The page asks: check them in first, or say that it is done later."""
    hearing_id = add_hearing(night)
    desk = unlocked(app, court)
    url, sent = f"/hearings/{hearing_id}/outcome", {"back": "docket", "outcome": "heard"}
    docket = desk.get(f"/tonight/rooms/{night.sitting_id}/docket").text
    assert f'href="{url}?back=docket&amp;outcome=heard"' in docket
    asked = desk.get(f"{url}?back=docket&outcome=heard")
    assert re.search(r'value="heard"[^>]*checked|checked[^>]*value="heard"', asked.text)
    assert f'href="/tonight/rooms/{night.sitting_id}">Check the panel in<' in asked.text
    refused = desk.post(url, **sent)
    assert refused.status_code == 422
    assert "Nobody is checked in for this room" in text_of(refused)
    assert desk.post(url, **sent, panel_later="y").status_code == 303
    hearing = night.session.get_one(Hearing, hearing_id, populate_existing=True)
    assert hearing.state is HearingState.HEARD


def test_an_outcome_tapped_on_the_wrong_hearing_is_taken_back(app, court, night, ada) -> None:
    """From the docket, with a reason; back on the docket the hearing waits as before."""
    hearing_id = add_hearing(night)
    docket = f"/tonight/rooms/{night.sitting_id}/docket"
    desk = unlocked(app, court)
    desk.post(f"/evenings/{night.id}/people/{ada}/here")
    desk.post(f"/hearings/{hearing_id}/outcome", back="docket", outcome="heard")
    way = re.search(r'href="(/hearings/[^"]+/take-back[^"]*)"', desk.get(docket).text)
    assert way is not None
    page = desk.get(way.group(1))
    assert "It was meant for another hearing" in text_of(page)
    version = re.search(r'name="version"[^>]*value="([^"]+)"', page.text)
    assert version is not None
    sent = {"back": "docket", "version": version.group(1)}
    assert desk.post(way.group(1), **sent).status_code == 422
    back = desk.post(way.group(1), reason="wrong_hearing", **sent)
    assert (back.status_code, back.location) == (303, docket)
    again = text_of(desk.get(docket))
    assert "Continued, or did not come" in again
    assert "Write down the sentence" not in again


def test_a_hearing_with_a_sentence_stays_heard(app, court, night, ada) -> None:
    """The page says so in one sentence and has no button."""
    hearing_id = add_hearing(night)
    desk = unlocked(app, court)
    desk.post(f"/evenings/{night.id}/people/{ada}/here")
    desk.post(f"/hearings/{hearing_id}/outcome", back="docket", outcome="heard")
    night.session.rollback()
    bench = Bench(session=night.session, court=court)
    bench.record(night.session.get_one(Hearing, hearing_id), now=START)
    night.session.commit()
    page = desk.get(f"/hearings/{hearing_id}/outcome/take-back?back=docket")
    assert "A sentence was given in this hearing, so it stays heard." in text_of(page)
    assert "Take it back" not in text_of(page)


def test_a_slip_checks_its_owner_in(app, court, night, ada) -> None:
    """The code typed at the desk is enough, because staff see who holds the paper."""
    hand: dict[str, Any] = {"actor": court.actor, "now": DURING}
    set_fact(night.session, person_id=ada, question=FactQuestion.COLOUR, answer="blue", **hand)
    code = issue_slip(night.session, person_id=ada, valid_until=END, **hand)
    night.session.commit()
    desk = desk_of(app, court)
    answer = desk.post(f"/evenings/{night.id}/code", code=code.lower(), back="door")
    assert "Ada is here" in text_of(desk.get(answer.location))
    wrong = desk.post(f"/evenings/{night.id}/code", code="AAAA2222", back="door")
    assert "This code is not known" in text_of(desk.get(wrong.location))


def test_somebody_unexpected_is_taken_in_once(app, court, night, ada) -> None:
    """Who may be on record is offered first; chosen, no second person is made."""
    desk = desk_of(app, court)
    url = f"/evenings/{night.id}/walk-in"
    typed = {"given_names": "Ada", "family_name": "Okafor", "birth_date": "2010-01-01"}
    offered = desk.post(url, **typed)
    assert offered.status_code == 422
    assert "Ada O. (same name, same birth date)" in text_of(offered)
    assert "Okafor" not in text_of(offered)
    assert desk.post(url, **typed, known=str(ada)).status_code == 303
    new = {"given_names": "Bo", "family_name": "Lindqvist", "birth_date": "2010-05-05"}
    assert desk.post(url, **new).status_code == 303
    night.session.rollback()
    assert night.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2
    assert night.session.scalar(sa.select(sa.func.count()).select_from(Attendance)) == 2
    night.session.rollback()
    wrong = desk.post(url, given_names="X", family_name="Y", birth_date="2010-02-31")
    assert "This is no day of the calendar" in text_of(wrong)


def train(night: Night, *names: str) -> list[uuid.UUID]:
    """Return trained people of the jury list who hold no seat."""
    found = [trained(night, name) for name in names]
    night.session.commit()
    return found


def test_who_came_is_seated_by_hand_or_all_at_once(app, court, night) -> None:
    """Only who is here, and who gave the promise; whoever sits already stays."""
    ben, cem, dia = train(night, "Ben", "Cem", "Dia")
    desk = desk_of(app, court)
    room = f"/tonight/rooms/{night.sitting_id}"
    at = {"back": "room", "sitting": str(night.sitting_id)}
    early = desk.post(f"/evenings/{night.id}/people/{ben}/seat", **at)
    assert "Check them in first" in text_of(desk.get(early.location))
    for person in (ben, cem, dia):
        desk.post(f"/evenings/{night.id}/people/{person}/here")
    assert text_of(desk.get(room)).count("Seat here") == 3
    seated = desk.post(f"/evenings/{night.id}/people/{ben}/seat", **at)
    assert seated.location == f"{room}#p-{ben}"
    assert "seat 1" in text_of(desk.get(room))
    filled = desk.post(f"/evenings/{night.id}/fill", back="door")
    assert "Nobody more can be seated" in text_of(desk.get(filled.location))
    desk.post(f"/evenings/{night.id}/oath", back="door")
    filled = desk.post(f"/evenings/{night.id}/fill", back="door")
    assert "2 more sit now" in text_of(desk.get(filled.location))
    assert "seat 3" in text_of(desk.get(room))


def test_whoever_may_not_sit_in_a_room_is_refused_without_a_reason(app, court, night) -> None:
    """The respondent's own hearing is in this room: the desk only learns that it cannot be."""
    hearing_id = add_hearing(night)
    query = sa.select(Case.person_id).join(Hearing, Hearing.case_id == Case.id)
    zed = night.session.scalars(query.where(Hearing.id == hearing_id)).one()
    make_trained(night, zed)
    night.session.commit()
    desk = desk_of(app, court)
    desk.post(f"/evenings/{night.id}/people/{zed}/here")
    at = {"back": "room", "sitting": str(night.sitting_id)}
    answer = desk.post(f"/evenings/{night.id}/people/{zed}/seat", **at)
    page = text_of(desk.get(answer.location))
    assert "They may not sit in this room" in page
    assert "hearing" not in page.split("Panel")[0].split("They may not")[1][:60]


@pytest.mark.parametrize(
    ("outcome", "at", "told"),
    [
        ("sent_home", "", "sent home"),
        ("turned_away", "", "turned away"),
        ("excused", "", "excused"),
        ("left_early", "9:00", "not within the session"),
    ],
)
def test_the_desk_says_how_it_went(app, court, night, ada, outcome, at, told) -> None:
    """Each outcome is written down from the person's page; a time that cannot be is refused."""
    with time_machine.travel(START + timedelta(hours=1), tick=True):
        desk = desk_of(app, court)
        desk.post(f"/evenings/{night.id}/people/{ada}/here")
        answer = desk.post(
            f"/evenings/{night.id}/people/{ada}/mark", outcome=outcome, at=at, back="person"
        )
        assert told in text_of(desk.get(answer.location))


def test_the_evening_ends_with_a_review_and_is_confirmed_once(app, court, night, ada) -> None:
    """The clerk may not; the coordinator sees what counts, confirms, and may press it twice."""
    desk_of(app, court).post(f"/evenings/{night.id}/people/{ada}/here")
    with time_machine.travel(END + timedelta(minutes=5), tick=True):
        assert desk_of(app, court).get(f"/tonight/{night.id}/review").status_code == 403
        desk = desk_of(app, court, Role.COORDINATOR)
        assert "3 h" in text_of(desk.get(f"/tonight/{night.id}/review"))
        for told in ("Confirmed. Both ledgers", "confirmed before"):
            answer = desk.post(f"/evenings/{night.id}/confirm")
            assert told in text_of(desk.get(answer.location))
        assert balance_of(night.session, person_id=ada) == 180
        night.session.rollback()
        wrong = desk.post(f"/evenings/{night.id}/people/{ada}/mark", outcome="absent")
        assert "This session is confirmed" in text_of(desk.get(wrong.location))
        correct = f"/evenings/{night.id}/people/{ada}/correct"
        assert desk.get(correct).status_code == 200
        assert desk.post(correct, outcome="absent").status_code == 422
        assert desk.post(correct, outcome="absent", reason="wrong_person").status_code == 303
        assert balance_of(night.session, person_id=ada) == 0
        night.session.rollback()


def test_hearings_without_outcome_stand_in_the_way(app, court, night, ada) -> None:
    """The review leads to them, and confirming is refused with a sentence."""
    add_hearing(night)
    with time_machine.travel(END + timedelta(minutes=5), tick=True):
        desk = desk_of(app, court, Role.COORDINATOR)
        assert "1 hearing without an outcome" in text_of(desk.get(f"/tonight/{night.id}/review"))
        answer = desk.post(f"/evenings/{night.id}/confirm")
        assert "outcome" in text_of(desk.get(answer.location))


def test_a_coming_session_can_be_looked_at_and_not_changed(app, court, night, ada) -> None:
    """Before its day there are no buttons, and an act sent all the same is refused."""
    with time_machine.travel(START - timedelta(days=2), tick=True):
        desk = desk_of(app, court)
        page = desk.get(f"/tonight/{night.id}")
        assert "/here" not in page.text
        answer = desk.post(f"/evenings/{night.id}/people/{ada}/here")
        assert "Come back on that day" in text_of(desk.get(answer.location))


def test_a_stranger_finds_no_evening(app, session, night, ada) -> None:
    """Pages and acts of another court's evening are not there."""
    other = add_court(session, name="Oak")
    desk = desk_of(app, other, Role.COORDINATOR)
    for url in (
        f"/tonight/{night.id}",
        f"/tonight/rooms/{night.sitting_id}",
        f"/tonight/{night.id}/review",
        f"/evenings/{night.id}/walk-in",
    ):
        assert desk.get(url).status_code == 404
    assert desk.post(f"/evenings/{night.id}/people/{ada}/here").status_code == 404
    assert desk.post(f"/evenings/{night.id}/confirm").status_code == 404


def test_the_pages_ask_the_database_as_often_for_thirty_as_for_one(app, court, night, ada) -> None:
    """Door, room and review cost the same number of statements."""
    from youthcourt.db import db

    def statements(url: str) -> int:
        count = 0

        def note(*_args: object) -> None:
            nonlocal count
            count += 1

        with app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        desk = desk_of(app, court, Role.COORDINATOR)
        count = 0
        assert desk.get(url).status_code == 200
        sa.event.remove(engine, "before_cursor_execute", note)
        return count

    urls = (
        f"/tonight/{night.id}",
        f"/tonight/rooms/{night.sitting_id}",
        f"/tonight/{night.id}/review",
        f"/tonight/{night.id}/people/{ada}",
    )
    night.here(night.person("Waits"))
    night.session.commit()
    statements(urls[0])  # what is only asked once is asked now
    few = [statements(url) for url in urls]
    for number in range(30):
        night.seated(f"Name{number}")
        night.here(night.person(f"Waits{number}"))
    night.session.commit()
    assert [statements(url) for url in urls] == few


# Who may, and what a stale or second page does ------------------------------------------------


@pytest.mark.parametrize(
    ("role", "door", "docket", "review"),
    [
        (Role.CLERK, 200, 302, 403),
        (Role.COORDINATOR, 200, 302, 200),
        (Role.ADMINISTRATOR, 200, 302, 200),
        (Role.EVALUATOR, 403, 403, 403),
    ],
)
def test_each_role_has_its_part_of_the_evening(
    app, court, night, ada, role, door, docket, review
) -> None:
    """The clerk has door and docket, the coordinator the review too, the evaluator nothing."""
    desk = desk_of(app, court, role)
    assert desk.get(f"/tonight/{night.id}").status_code == door
    assert desk.get(f"/tonight/{night.id}/people/{ada}").status_code == door
    asked = desk.get(f"/tonight/rooms/{night.sitting_id}/docket").status_code
    assert (302 if asked == 303 else asked) == docket
    assert desk.get(f"/tonight/{night.id}/review").status_code == review
    forgotten = desk.get(f"/evenings/{night.id}/forgotten").status_code
    assert forgotten == review
    acts = desk.post(f"/evenings/{night.id}/people/{ada}/here").status_code
    assert acts == (403 if role is Role.EVALUATOR else 303)


def test_a_juror_sees_nothing_of_the_desk(app, court, night, ada) -> None:
    """Neither the door nor an act of it."""
    phone = sign_in_juror(app, court.id, ada)
    assert phone.get(f"/tonight/{night.id}").status_code == 403
    assert phone.get("/tonight").status_code == 403


def test_a_stale_tablet_is_told_what_was_written_meanwhile(app, court, night, ada) -> None:
    """Sent home on one tablet, tapped here and undone on another that shows the older state."""
    with time_machine.travel(START + timedelta(minutes=30), tick=True):
        one, other = desk_of(app, court), desk_of(app, court, Role.COORDINATOR)
        one.post(f"/evenings/{night.id}/people/{ada}/here")
        old = one.get(f"/tonight/{night.id}")
        shown = re.search(r'/undo".*?name="version" value="(\d+)"', old.text, re.DOTALL)
        undo = re.search(r'action="(/evenings/[^"]+/undo)"', old.text)
        assert shown is not None
        assert undo is not None
        other.post(f"/evenings/{night.id}/people/{ada}/mark", outcome="sent_home")
        told = one.post(f"/evenings/{night.id}/people/{ada}/here", back="door")
        assert "Somebody wrote down meanwhile: sent home" in text_of(one.get(told.location))
        told = one.post(undo.group(1), version=shown.group(1), back="door")
        assert "Somebody else has changed this meanwhile" in text_of(one.get(told.location))
        assert "sent home" in text_of(one.get(f"/tonight/{night.id}/people/{ada}"))


def test_a_tap_comes_back_to_its_own_line(app, court, night, ada) -> None:
    """A long list does not jump; a refusal is shown at the top."""
    desk = desk_of(app, court)
    tapped = desk.post(f"/evenings/{night.id}/people/{ada}/here", back="door")
    assert tapped.location == f"/tonight/{night.id}#p-{ada}"
    assert f'id="p-{ada}"' in desk.get(f"/tonight/{night.id}").text
    at = {"back": "room", "sitting": str(uuid.uuid4())}
    elsewhere = desk.post(f"/evenings/{night.id}/people/{ada}/here", **at)
    assert elsewhere.location == f"/tonight/{night.id}#p-{ada}"


def test_a_scanned_address_is_as_good_as_the_code(app, court, night, ada) -> None:
    """The scanner sends the whole address; the desk hears where the person sits."""
    hand: dict[str, Any] = {"actor": court.actor, "now": DURING}
    set_fact(night.session, person_id=ada, question=FactQuestion.COLOUR, answer="blue", **hand)
    code = issue_slip(night.session, person_id=ada, valid_until=END, **hand)
    night.session.commit()
    desk = desk_of(app, court)
    scanned = f"https://sessions.example/in#{code}"
    answer = desk.post(f"/evenings/{night.id}/code", code=scanned, back="door")
    page = desk.get(answer.location)
    assert re.search(r"Ada is here: Room \w+, seat 1", text_of(page))
    assert "autofocus" in page.text


def test_whoever_is_not_here_is_noted_at_once(app, court, night, ada) -> None:
    """Not before the start; afterwards their places are free."""
    ben, _cem = (night.seated(name) for name in ("Ben", "Cem"))
    night.session.commit()
    desk = desk_of(app, court)
    desk.post(f"/evenings/{night.id}/people/{ada}/here")
    early = desk.post(f"/evenings/{night.id}/missing", back="door")
    assert "The session begins at 9:30 am" in text_of(desk.get(early.location))
    with time_machine.travel(START + timedelta(minutes=15), tick=True):
        done = desk.post(f"/evenings/{night.id}/missing", back="door")
        assert "2 people did not come" in text_of(desk.get(done.location))
        assert "did not come" in text_of(desk.get(f"/tonight/{night.id}/people/{ben}"))


def test_the_docket_tells_why_a_juror_leaves_and_the_desk_does_not(app, court, night) -> None:
    """A friend of the respondent sits in the room: named behind the lock, unknown at the desk."""
    (ben,) = train(night, "Ben")
    desk = desk_of(app, court)
    desk.post(f"/evenings/{night.id}/people/{ben}/here")
    at = {"back": "room", "sitting": str(night.sitting_id)}
    desk.post(f"/evenings/{night.id}/people/{ben}/seat", **at)
    hearing_id = add_hearing(night)
    query = sa.select(Case.person_id).join(Hearing, Hearing.case_id == Case.id)
    zed = night.session.scalars(query.where(Hearing.id == hearing_id)).one()
    add_acquaintance(
        night.session,
        person_id=ben,
        other_id=zed,
        kind=Tie.FRIEND,
        said_by=SaidBy.PERSON,
        actor=court.actor,
        now=DURING,
    )
    night.session.execute(sa.update(SignIn).values(stepped_up_at=DURING))
    night.session.commit()
    docket = text_of(desk.get(f"/tonight/rooms/{night.sitting_id}/docket"))
    assert "1 juror leaves the panel for this hearing" in docket
    assert "Ben:" in docket
    for url in (f"/tonight/rooms/{night.sitting_id}", f"/tonight/{night.id}/people/{ben}"):
        page = text_of(desk.get(url))
        assert "Zed" not in page
        assert "knows" not in page


def test_whoever_is_heard_tonight_is_no_juror_of_tonight(app, court, night) -> None:
    """Taken for a walk-in at the door, they are not checked in; the sentence tells nobody why."""
    add_hearing(night)
    desk = desk_of(app, court)
    url = f"/evenings/{night.id}/walk-in"
    typed = {"given_names": "Zed", "family_name": "Okafor", "birth_date": "2010-01-01"}
    offered = desk.post(url, **typed)
    known = re.search(r'name="known"[^>]*value="([0-9a-f-]{36})"', offered.text)
    assert known is not None
    answer = desk.post(url, **typed, known=known.group(1))
    assert answer.status_code == 422
    assert "They cannot be taken in as a juror of this session" in text_of(answer)
    assert "hearing" not in text_of(answer).split("They cannot")[1][:90]


def test_somebody_forgotten_is_found_and_added_after_the_confirmation(
    app, court, night, ada
) -> None:
    """Found by name and birth date, then corrected like anybody else."""
    ben = night.person("Ben")
    night.session.commit()
    with time_machine.travel(END + timedelta(minutes=5), tick=True):
        desk = desk_of(app, court, Role.COORDINATOR)
        desk.post(f"/evenings/{night.id}/confirm")
        typed = {"given_names": "Ben", "family_name": "Okafor", "birth_date": "2010-01-01"}
        url = f"/evenings/{night.id}/forgotten"
        answer = desk.post(url, **typed, known=str(ben))
        assert answer.location == f"/evenings/{night.id}/people/{ben}/correct"
        assert "nothing is written down" in text_of(desk.get(answer.location))
        right = desk.post(answer.location, outcome="present", reason="other", version="0")
        page = text_of(desk.get(right.location))
        assert "Okafor, Ben" in page
        assert balance_of(night.session, person_id=ben) == 180
        night.session.rollback()


def test_the_review_foretells_what_is_posted(app, court, night, ada) -> None:
    """Sessions, time, for what and the credit are the same before and after."""
    bench = Bench(session=night.session, court=court)
    bench.owes(ada, 7)
    night.session.commit()
    desk_of(app, court).post(f"/evenings/{night.id}/people/{ada}/here")
    with time_machine.travel(END + timedelta(minutes=5), tick=True):
        desk = desk_of(app, court, Role.COORDINATOR)
        line = re.compile(r"Okafor, Ada came 1 session, 3 h the sentence 3 h")
        assert line.search(text_of(desk.get(f"/tonight/{night.id}/review")))
        desk.post(f"/evenings/{night.id}/confirm")
        after = text_of(desk.get(f"/tonight/{night.id}/review"))
        assert line.search(after)
        assert "What stands in both ledgers" in after


def test_a_yesterday_nobody_confirmed_can_still_be_done(app, court, night, ada) -> None:
    """It stands on the first page, its door is open, and what is typed in is on time."""
    with time_machine.travel(START + timedelta(days=1), tick=True):
        desk = desk_of(app, court)
        page = desk.get("/tonight")
        assert "Not confirmed yet" in text_of(page)
        assert f"/tonight/{night.id}" in page.text
        desk.post(f"/evenings/{night.id}/people/{ada}/here")
        text = text_of(desk.get(f"/tonight/{night.id}/people/{ada}"))
        assert "came" in text
        assert "nobody said" not in text


@pytest.mark.parametrize("role", [Role.CLERK, Role.COORDINATOR])
def test_a_confirmed_evening_can_be_looked_at_and_offers_no_act(
    app, court, night, ada, role
) -> None:
    """Every page of it opens; only the coordinator is led to the review."""
    desk_of(app, court).post(f"/evenings/{night.id}/people/{ada}/here")
    with time_machine.travel(END + timedelta(minutes=5), tick=True):
        desk_of(app, court, Role.COORDINATOR).post(f"/evenings/{night.id}/confirm")
        desk = desk_of(app, court, role)
        night.session.execute(sa.update(SignIn).values(stepped_up_at=END))
        night.session.commit()
        room = f"/tonight/rooms/{night.sitting_id}"
        person = f"/tonight/{night.id}/people/{ada}"
        for url in ("/tonight", f"/tonight/{night.id}", room, person, f"{room}/docket"):
            page = desk.get(url)
            assert page.status_code in {200, 303}, url
            assert "/evenings/" not in page.text
            if url == room:
                told = "See what was counted" in text_of(page)
                assert told is (role is Role.COORDINATOR)


def test_a_cancelled_evening_says_so(app, court, night, ada) -> None:
    """Nothing can be written down; an act sent all the same is refused with a sentence."""
    evening = night.session.get_one(CourtSession, night.id)
    evening.state, evening.cancel_reason = CourtSessionState.CANCELLED, "weather"
    night.session.commit()
    desk = desk_of(app, court)
    page = desk.get(f"/tonight/{night.id}")
    assert "This session was cancelled" in text_of(page)
    assert "/here" not in page.text
    assert desk.post(f"/evenings/{night.id}/people/{ada}/here").status_code == 303
    assert night.session.scalars(sa.select(Attendance)).all() == []


def test_the_journal_keeps_reads_of_the_docket_and_every_act(app, court, night, ada) -> None:
    """Who looked at the docket, at the review, at people alike; who tapped what for whom."""
    desk = desk_of(app, court, Role.COORDINATOR)
    desk.post(f"/evenings/{night.id}/people/{ada}/here")
    row_id = night.session.scalars(sa.select(Attendance.id)).one()
    night.session.execute(sa.update(SignIn).values(stepped_up_at=DURING))
    night.session.commit()
    desk.post(f"/evenings/attendances/{row_id}/oath", given="1")
    desk.get(f"/tonight/rooms/{night.sitting_id}/docket")
    desk.get(f"/tonight/{night.id}/review")
    typed = {"given_names": "Ada", "family_name": "Okafor", "birth_date": "2010-01-01"}
    desk.post(f"/evenings/{night.id}/walk-in", **typed)
    entries = night.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.at)).all()
    kept = [(one.act, one.subject, one.subject_id) for one in entries]
    assert ("checked_in", "attendance", row_id) in kept
    assert ("oath_ticked", "attendance", row_id) in kept
    assert ("read", "docket", night.sitting_id) in kept
    assert ("read", "attendance_list", night.id) in kept
    assert ("read", "person_list", None) in kept
    assert all(court.users[Role.COORDINATOR] == one.actor_user_id for one in entries[-5:])


def test_a_session_that_is_over_says_so_at_its_door_and_leads_to_its_confirmation(
    app, court, night, ada
) -> None:
    """Nothing invites to check in any more; on Monday who was there is entered as that."""
    door = f"/tonight/{night.id}"
    with time_machine.travel(END - timedelta(minutes=1), tick=True):
        text = text_of(desk_of(app, court, Role.COORDINATOR).get(door))
        assert "is over" not in text
        assert "Check in" in text
    with time_machine.travel(END + timedelta(days=2), tick=True):
        desk = desk_of(app, court, Role.COORDINATOR)
        page = desk.get(door)
        text = text_of(page)
        assert "This session is over and not confirmed yet" in text
        assert "It was planned until 12:30 pm on Saturday 7 March 2026" in text
        assert f'href="/tonight/{night.id}/review">Confirm who came' in page.text
        assert "Check in" not in text
        assert "more needed to begin" not in text
        assert "nobody said" in text
        assert "Was here : Ada" in text
        for other in (f"/tonight/rooms/{night.sitting_id}", f"{door}/people/{ada}"):
            assert "over and not confirmed yet" in text_of(desk.get(other))
        desk.post(f"/evenings/{night.id}/people/{ada}/here", back="door")
        text = text_of(desk.get(door))
        assert "1 person came; 1 promise missing" in text
        assert "came late" not in text, "what is entered from paper is in time"
    row = night.session.scalars(sa.select(Attendance)).one()
    assert row.outcome is AttendanceOutcome.PRESENT


def test_whoever_may_not_confirm_is_told_who_does(app, court, night, ada) -> None:
    """The clerk reads that the coordinator confirms it."""
    with time_machine.travel(END + timedelta(days=2), tick=True):
        page = desk_of(app, court).get(f"/tonight/{night.id}")
        assert "The coordinator confirms it." in text_of(page)
        assert "/review" not in page.text
