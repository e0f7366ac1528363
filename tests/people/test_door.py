"""What the door of young people promises: codes, links, and asking for a new one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import downgrade, upgrade
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.fixtures.app import (
    NOW,
    SmallCourt,
    add_court,
    make_app,
    sign_in_as,
    sign_in_juror,
)
from youthcourt.accounts.domain import (
    CODE_BY_ADDRESS,
    CODE_TRIES,
    LINK_REQUEST,
    FactQuestion,
    Role,
    SignInKind,
)
from youthcourt.accounts.models import OneTimeLink, SignIn
from youthcourt.audit.models import AuditEntry
from youthcourt.db import db, lookup_key, set_court
from youthcourt.notices.domain import NoticeKind, NoticeState
from youthcourt.notices.models import Notice
from youthcourt.people import links, services
from youthcourt.people.asking import ask_for_link
from youthcourt.people.models import Person

MINUTE = timedelta(minutes=1)
UNTIL = NOW + timedelta(days=12)
SLIP = re.compile(r'class="slip-code">(\w{4}) (\w{4})<')


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the links."""
    return sqlite_app


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that can be set forward."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ana(session, court) -> uuid.UUID:
    """Somebody on the jury list whose answer is Luna."""
    return enter(session, court, "Ana", phone="202 555 0142", email="ana@mail.example")


@pytest.fixture
def code(session, court, ana) -> str:
    """A printed code of Ana's."""
    made = links.issue_slip(session, person_id=ana, valid_until=UNTIL, actor=court.actor, now=NOW)
    session.commit()
    return made


def enter(session: Session, court: SmallCourt, given: str, **more: Any) -> uuid.UUID:
    """Enter somebody who chose an answer and may be drawn."""
    who: dict[str, Any] = {"actor": court.actor, "now": NOW}
    person = services.add_person(session, given_names=given, family_name="Ruiz", **more, **who)
    services.set_jury_list(session, person_id=person.id, on_list=True, **who)
    services.set_fact(session, person_id=person.id, question=FactQuestion.PET, answer="Luna", **who)
    session.commit()
    return person.id


def link_of(session: Session, court: SmallCourt, person_id: uuid.UUID) -> str:
    """A message link made now."""
    from youthcourt import clock

    token = links.issue_link(session, person_id=person_id, actor=court.actor, now=clock.now())
    session.commit()
    return token


def send(client: FlaskClient, url: str, page: str = "/in", **values: str) -> TestResponse:
    """Send a form with the token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found is not None
    return client.post(url, data={"csrf_token": found.group(1), **values})


def try_code(client: FlaskClient, code: str, answer: str = "Luna") -> TestResponse:
    """Type a code and an answer."""
    return send(client, "/in", code=code, answer=answer)


def words(answer: TestResponse) -> str:
    """The text of a page without what differs from one sending to the next."""
    return re.sub(r'(value|action)="[^"]*"', "", answer.text)


def is_in(client: FlaskClient) -> bool:
    """Whether this browser holds a sign-in that is good now."""
    with client.session_transaction() as kept:
        token = kept.get("_user_id")
    return token is not None and client.get("/next").status_code != 303


# Codes ------------------------------------------------------------------------------------------


def test_code_and_answer_open_the_own_page(app, session, court, ana, code) -> None:
    """Two steps; the sign-in is a juror's, of this court, for eight hours."""
    phone = app.test_client()
    asked = send(phone, "/in", code=f"{code[:4].lower()} {code[4:]}")
    assert asked.status_code == 200
    assert "What is the name of a pet you like?" in asked.text
    assert code in asked.text
    answer = try_code(phone, code, " lu NA ")
    assert (answer.status_code, answer.location) == (303, "/next")
    row = session.scalars(sa.select(SignIn)).one()
    assert (row.kind, row.person_id, row.court_id) == (SignInKind.JUROR, ana, court.id)
    assert (row.factors, row.expires_at) == ("code", NOW + timedelta(hours=8))


def test_a_page_in_a_pocket_stays_open_and_ends_after_eight_hours(
    app, session, court, ana, code, clock
) -> None:
    """Idle for hours is fine on one's own phone; a day later the code is asked for again."""
    phone = app.test_client()
    try_code(phone, code)
    clock.move_to(NOW + timedelta(hours=7, minutes=59))
    assert is_in(phone)
    clock.move_to(NOW + timedelta(hours=8))
    assert not is_in(phone)
    assert phone.get("/next").location == "/in"


def test_a_wrong_answer_is_refused_and_says_what_to_do(app, code) -> None:
    """The question is asked again; the page tells about the fifth wrong answer."""
    answer = try_code(app.test_client(), code, "Rex")
    assert answer.status_code == 422
    assert "After five wrong answers a code stops working" in answer.text
    assert "ask the office for a new slip" in answer.text


def test_five_wrong_answers_end_a_code_whatever_comes_after(app, session, code) -> None:
    """Also from other phones, also with the right answer, and in the same words."""
    first = try_code(app.test_client(), code, "Rex")
    for _ in range(CODE_TRIES - 1):
        try_code(app.test_client(), code, "Rex")
    last = try_code(app.test_client(), code, "Luna")
    assert last.status_code == 422
    assert words(last) == words(first)
    assert session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 0


def test_a_code_that_is_over_is_refused_in_the_same_words(app, code, clock) -> None:
    """On its last minute it opens, afterwards not."""
    wrong = try_code(app.test_client(), code, "Rex")
    clock.move_to(UNTIL - MINUTE)
    assert try_code(app.test_client(), code).status_code == 303
    clock.move_to(UNTIL)
    late = try_code(app.test_client(), code)
    assert (late.status_code, words(late)) == (422, words(wrong))


def test_a_new_slip_ends_the_one_before(app, session, court, ana, code) -> None:
    """One person, one code."""
    new = links.issue_slip(session, person_id=ana, valid_until=UNTIL, actor=court.actor, now=NOW)
    session.commit()
    assert try_code(app.test_client(), code).status_code == 422
    assert try_code(app.test_client(), new).status_code == 303


def test_an_unknown_code_is_asked_a_question_too_and_always_the_same(app, code) -> None:
    """Neither the question nor the refusal tells which codes exist."""
    made_up = ["ABCDEFGH", "ABCDEFGJ", "22222222", "ZZZZZZZ9", "KMNPQRST", "98765432"]
    asked: dict[str, set[str]] = {}
    for text in [*made_up, code] * 2:
        page = send(app.test_client(), "/in", code=text)
        assert page.status_code == 200
        label = re.search(r'<label class="field-label" for="answer">([^<]+)<', page.text)
        assert label is not None
        asked.setdefault(text, set()).add(label.group(1))
    assert {len(questions) for questions in asked.values()} == {1}
    assert len(set.union(*(asked[text] for text in made_up))) > 1
    refused = try_code(app.test_client(), "ABCDEFGH", "Luna")
    wrong = try_code(app.test_client(), code, "Rex")
    strip = re.compile(r'<label class="field-label" for="answer">[^<]+<|<a href="#answer">[^<]+<')
    assert strip.sub("", words(refused)) == strip.sub("", words(wrong))


def test_an_over_code_keeps_its_question(app, session, ana, code, clock) -> None:
    """So that nobody learns from a change of question that it was a real one."""
    clock.move_to(UNTIL + MINUTE)
    assert "What is the name of a pet" in send(app.test_client(), "/in", code=code).text


@pytest.mark.parametrize("text", ["ABC", "ABCDEFGHJ", "0BCDEFGH", "ABCDEFGO", "\u0130BCDEFGH"])
def test_what_cannot_be_a_code_is_told_at_once(app, text) -> None:
    """The shape is printed on every slip; nothing is looked up."""
    answer = send(app.test_client(), "/in", code=text)
    assert answer.status_code == 422
    assert "eight letters and digits" in answer.text


def test_an_empty_form_says_what_to_type(app) -> None:
    """And a code alone, without an answer, is no try."""
    assert "Please type the code from your slip." in send(app.test_client(), "/in", code="").text


def test_an_empty_answer_is_told_of_and_is_no_try(app, session, code) -> None:
    """The first sight of the question complains of nothing; an empty answer to it is said."""
    assert "Please type your answer." not in send(app.test_client(), "/in", code=code).text
    empty = try_code(app.test_client(), code, "")
    assert empty.status_code == 422
    assert "Please type your answer." in empty.text
    assert session.scalars(sa.select(OneTimeLink.failures)).one() == 0


def test_asking_for_the_question_uses_up_no_try(app, session, code) -> None:
    """A code may be scanned as often as one likes."""
    for _ in range(12):
        send(app.test_client(), "/in", code=code)
    assert session.scalars(sa.select(OneTimeLink.failures)).one() == 0


def test_one_address_cannot_try_code_after_code(app, code, clock) -> None:
    """After thirty wrong ones it waits a quarter of an hour, even for the right one."""
    client = app.test_client()
    for number in range(CODE_BY_ADDRESS.tries):
        assert try_code(client, f"ABCDEF{number // 8 + 2}{number % 8 + 2}").status_code == 422
    waits = try_code(client, code)
    assert waits.status_code == 429
    assert "Please wait 15 min" in waits.text
    other = app.test_client()
    other.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    assert try_code(other, code).status_code == 303
    clock.move_to(NOW + CODE_BY_ADDRESS.window)
    assert try_code(client, code).status_code == 303


def test_a_code_in_the_address_is_not_read(app, code) -> None:
    """It would stand in every log on the way."""
    assert code not in app.test_client().get(f"/in?code={code}").text


def test_the_next_person_on_a_phone_finds_nothing_of_the_one_before(
    app, session, court, ana, code
) -> None:
    """Whoever comes in ends the sign-in before, also on the server."""
    phone = app.test_client()
    try_code(phone, code)
    with phone.session_transaction() as kept:
        before = dict(kept)
    ben = enter(session, court, "Ben")
    slip = links.issue_slip(session, person_id=ben, valid_until=UNTIL, actor=court.actor, now=NOW)
    session.commit()
    assert "A page is open on this phone already" in phone.get("/in").text
    try_code(phone, slip)
    live = session.scalars(sa.select(SignIn.person_id).where(SignIn.ended_at.is_(None))).all()
    assert live == [ben]
    thief = app.test_client()
    with thief.session_transaction() as kept:
        kept.update(before)
    assert not is_in(thief)


def test_closing_the_page_ends_it_and_leads_to_the_door(app, session, code) -> None:
    """The button works without JavaScript; the browser forgets what it kept."""
    phone = app.test_client()
    try_code(phone, code)
    closed = send(phone, "/account/sign-out", page="/in")
    assert (closed.status_code, closed.location) == (303, "/in")
    assert closed.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Your page is closed" in phone.get("/in").text
    assert session.scalars(sa.select(SignIn.ended_at)).all() == [NOW]


# Links ------------------------------------------------------------------------------------------


def test_looking_at_a_link_spends_nothing(app, session, court, ana) -> None:
    """Programs that look for viruses open links; only the button opens the page, once."""
    token = link_of(session, court, ana)
    for _ in range(3):
        shown = app.test_client().get(f"/in/{token}")
        assert shown.status_code == 200
        assert "Open my page" in shown.text
    assert words(shown) == words(app.test_client().get("/in/unknown"))
    phone = app.test_client()
    assert send(phone, f"/in/{token}").location == "/next"
    again = send(app.test_client(), f"/in/{token}")
    assert again.status_code == 410
    assert "A link works once" in again.text
    assert "Ask for a new link" in again.text


def test_a_link_lives_ten_minutes(app, session, court, ana, clock) -> None:
    """An old link, a made-up link and a used link are told the same."""
    early, late = link_of(session, court, ana), None
    clock.move_to(NOW + timedelta(minutes=9, seconds=59))
    assert send(app.test_client(), f"/in/{early}").status_code == 303
    late = link_of(session, court, ana)
    clock.shift(timedelta(minutes=10))
    over = send(app.test_client(), f"/in/{late}")
    made_up = send(app.test_client(), "/in/" + "x" * 43)
    assert (over.status_code, words(over)) == (410, words(made_up))


def test_a_link_from_elsewhere_cannot_be_spent_without_the_page(app, session, court, ana) -> None:
    """A form of another site has no token, so nobody is let into a stranger's page unasked."""
    token = link_of(session, court, ana)
    assert app.test_client().post(f"/in/{token}").status_code == 400
    assert session.scalars(sa.select(OneTimeLink.used_at)).all() == [None]


# Asking for a link ------------------------------------------------------------------------------


def ask(client: FlaskClient, contact: str) -> TestResponse:
    """Ask for a link by a number or an address."""
    return send(client, "/in/new", page="/in/new", contact=contact)


def queued(session: Session) -> list[uuid.UUID]:
    """For whom links are queued."""
    session.rollback()
    rows = session.execute(
        sa.text("SELECT person_id FROM notices WHERE kind = 'sign_in_link' ORDER BY created_at")
    )
    found = [uuid.UUID(str(row.person_id)) for row in rows]
    session.rollback()  # lets go of the database
    return found


@pytest.mark.parametrize(
    "contact", ["202 555 0142", "+1 (202) 555-0142", "ana@mail.example", " ANA@Mail.Example "]
)
def test_a_link_can_be_asked_for_by_number_or_address(app, session, ana, contact) -> None:
    """However they are written; the message is queued, once, for the outbox."""
    client = app.test_client()
    for _ in range(2):
        answer = ask(client, contact)
        assert (answer.status_code, answer.location) == (303, "/in/asked")
    assert queued(session) == [ana]


def test_known_and_unknown_are_answered_alike(app, session, court, ana) -> None:
    """The same page for everybody, and it says what to do when nothing comes."""
    enter(session, court, "Ben", phone="202 555 0177")  # without an e-mail address
    pages = set()
    for contact in ("202 555 0142", "202 555 0177", "202 555 0199", "ana@mail.example", "x"):
        client = app.test_client()
        assert ask(client, contact).location == "/in/asked"
        pages.add(words(client.get("/in/asked")))
    assert len(pages) == 1
    (page,) = pages
    assert "We cannot send text messages." in page
    assert "Ask the office for a slip" in page


def statements(app: Flask, contact: str) -> list[str]:
    """The statements that asking takes, by their first words."""
    found: list[str] = []
    with app.app_context():
        session = db.session()
        session.info["writer"] = True

        def note(_connection, _cursor, statement: str, *_rest) -> None:
            found.append(" ".join(statement.split()[:2]))

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            ask_for_link(session, contact=contact, address=f"from {contact}", now=NOW)
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)
        session.commit()
    return found


def test_known_and_unknown_take_as_long(app, session, ana) -> None:
    """As many statements of each kind for one as for the other; the database does the waiting."""
    known, unknown = statements(app, "202 555 0142"), statements(app, "202 555 0143")
    assert queued(session) == [ana]
    assert [s.split()[0] for s in known] == [s.split()[0] for s in unknown]


def test_one_contact_is_written_to_five_times_an_hour_at_most(app, session, ana, clock) -> None:
    """In silence: the sixth answer is the same, and no message is queued."""
    client = app.test_client()
    for number in range(LINK_REQUEST.tries + 2):
        clock.move_to(NOW + number * 2 * MINUTE)
        assert ask(client, "202 555 0142").location == "/in/asked"
    assert len(queued(session)) == LINK_REQUEST.tries
    clock.move_to(NOW + LINK_REQUEST.window)
    ask(client, "202 555 0142")
    assert len(queued(session)) == LINK_REQUEST.tries + 1


def test_one_address_of_the_net_cannot_ask_for_everybody(app, session, ana) -> None:
    """After thirty it is told to wait, and nothing is queued any more."""
    client = app.test_client()
    for number in range(CODE_BY_ADDRESS.tries):
        ask(client, f"202 555 1{number:03}")
    waits = ask(client, "202 555 0142")
    assert waits.status_code == 429
    assert "Please wait" in waits.text
    assert queued(session) == []


def test_sisters_with_one_number_each_get_their_own(app, session, court, ana) -> None:
    """And a person of another court with the same number too."""
    eva = enter(session, court, "Eva", phone="2025550142", email="eva@mail.example")
    session.commit()
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, elsewhere.id)
    far = enter(session, elsewhere, "Far", phone="2025550142", email="far@mail.example")
    ask(app.test_client(), "202 555 0142")
    assert sorted(queued(session), key=str) == sorted([ana, eva, far], key=str)


def test_who_left_the_list_or_was_merged_gets_no_link(app, session, court, ana) -> None:
    """Nor somebody who was only referred and never told of a page."""
    services.set_jury_list(session, person_id=ana, on_list=False, actor=court.actor, now=NOW)
    services.add_person(
        session,
        given_names="Uma",
        family_name="Untold",
        phone="202 555 0188",
        email="uma@mail.example",
        actor=court.actor,
        now=NOW,
    )
    session.commit()
    for contact in ("202 555 0142", "202 555 0188"):
        ask(app.test_client(), contact)
    assert queued(session) == []


def test_a_changed_address_is_found_and_the_old_one_no_more(app, session, court, ana) -> None:
    """What is looked up is what is on record now."""
    person = session.get_one(Person, ana)
    services.change_person(
        session,
        person_id=ana,
        version=person.version_id,
        entry=services.PersonEntry(given_names="Ana", email="new@mail.example"),
        actor=court.actor,
        now=NOW,
    )
    session.commit()
    ask(app.test_client(), "ana@mail.example")
    assert queued(session) == []
    ask(app.test_client(), "New@Mail.Example")
    assert queued(session) == [ana]


# What staff do ----------------------------------------------------------------------------------


@pytest.fixture
def office(browser) -> FlaskClient:
    """The coordinator's browser."""
    client = browser(Role.COORDINATOR)
    assert isinstance(client, FlaskClient)
    return client


def press(office: FlaskClient, ana: uuid.UUID, act: str, **values: str) -> TestResponse:
    """Press one of the buttons on the page of somebody's door."""
    page = f"/people/{ana}/door"
    return send(office, f"{page}/{act}", page=page, **values)


def test_staff_print_a_slip_that_opens_to_the_end_of_its_day(app, office, ana, clock) -> None:
    """Shown once, with first name alone; the square holds the code behind the sharp sign."""
    paper = press(office, ana, "slip", last_day="2026-03-20")
    assert paper.status_code == 200
    found = SLIP.search(paper.text)
    assert found is not None
    code = found.group(1) + found.group(2)
    assert "For Ana" in paper.text
    assert "Ruiz" not in paper.text
    assert "Friday 20 March 2026" in paper.text
    assert code not in office.get(f"/people/{ana}/door").text
    clock.move_to(datetime.fromisoformat("2026-03-20T23:59:00-04:00"))
    assert try_code(app.test_client(), code).status_code == 303
    clock.move_to(datetime.fromisoformat("2026-03-21T00:00:00-04:00"))
    assert try_code(app.test_client(), code).status_code == 422


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-03-03", "This day is already over"),
        ("2026-05-04", "at most 60 days"),
        ("2026-02-31", "no day of the calendar"),
        ("", "Please fill this in"),
    ],
)
def test_a_slip_with_an_impossible_day_is_refused(office, ana, day, told) -> None:
    """In words, on the same page."""
    answer = press(office, ana, "slip", last_day=day)
    assert answer.status_code == 422
    assert told in answer.text


def test_without_a_question_there_is_no_slip(office, session, court) -> None:
    """The page says to let them choose one; the button alone is refused too."""
    person = services.add_person(
        session, given_names="Ben", family_name="Ode", actor=court.actor, now=NOW
    )
    session.commit()
    page = office.get(f"/people/{person.id}/door").text
    assert "They have not chosen a question yet" in page
    assert press(office, person.id, "slip", last_day="2026-03-20").status_code == 422


def test_staff_show_a_link_once(app, office, ana) -> None:
    """For the phone in front of the screen; a new one ends the one before."""
    tokens = []
    for _ in range(2):
        page = press(office, ana, "link").text
        found = re.search(r"http://localhost/in/([\w-]{43})<", page)
        assert found is not None
        tokens.append(found.group(1))
    assert send(app.test_client(), f"/in/{tokens[0]}").status_code == 410
    assert send(app.test_client(), f"/in/{tokens[1]}").status_code == 303


def test_staff_send_a_link_by_mail(office, session, court, ana) -> None:
    """Through the outbox; where no address is on record there is no button, and no message."""
    assert press(office, ana, "mail").status_code == 303
    notice = session.scalars(sa.select(Notice)).one()
    assert (notice.kind, notice.state) == (NoticeKind.SIGN_IN_LINK, NoticeState.QUEUED)
    ben = enter(session, court, "Ben")
    page = office.get(f"/people/{ben}/door").text
    assert f"/people/{ben}/door/mail" not in page
    assert press(office, ben, "mail").status_code == 409
    assert queued(session) == [ana]


def test_staff_end_everything_at_once(app, office, session, court, ana, code) -> None:
    """The slip, the link and the open page are over on the next tap; it is in the journal."""
    phone = app.test_client()
    try_code(phone, code)
    assert is_in(phone)
    assert "1 phone" in office.get(f"/people/{ana}").text
    token = link_of(session, court, ana)
    press(office, ana, "close")
    assert not is_in(phone)
    assert try_code(app.test_client(), code).status_code == 422
    assert send(app.test_client(), f"/in/{token}").status_code == 410
    acts = sa.select(AuditEntry.act).where(AuditEntry.act == "door_closed")
    assert session.scalars(acts).all() == ["door_closed"]


def test_the_door_of_a_stranger_is_not_there(app, office, session, ana) -> None:
    """Of another court: 404; for a clerk or a juror: refused."""
    session.commit()
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    stranger = sign_in_as(app, elsewhere, Role.COORDINATOR)
    assert stranger.get(f"/people/{ana}/door").status_code == 404
    for act in ("slip", "link", "mail", "close"):
        assert send(stranger, f"/people/{ana}/door/{act}", page="/in").status_code == 404
    set_court(session, None)


def test_staff_pages_are_closed_for_young_people(app, session, court, ana) -> None:
    """Whatever address is typed, the answer is a refusal in neutral words."""
    phone = sign_in_juror(app, court.id, ana)
    for page in ("/today", "/people/", f"/people/{ana}", f"/people/{ana}/door", "/cases/"):
        answer = phone.get(page)
        assert answer.status_code == 403, page
        assert "court" not in answer.text.casefold()
    assert send(phone, f"/people/{ana}/door/link", page="/in").status_code == 403


def test_a_slip_lasts_until_a_day_of_the_courts_own(session, court, ana) -> None:
    """The end of the day is that of the court's zone, also when the clocks change."""
    services.make_slip(
        session, person_id=ana, last_day=date(2026, 3, 8), actor=court.actor, now=NOW
    )
    ends = session.scalars(sa.select(OneTimeLink.expires_at)).one()
    assert ends == datetime.fromisoformat("2026-03-09T00:00:00-04:00")


def test_people_who_were_there_before_are_found_by_their_address_too(tmp_path) -> None:
    """The migration that adds the look-up fills it for everybody with an address on record."""
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'old.db'}")
    with app.app_context():
        upgrade()
        session = db.session()
        session.info["writer"] = True
        court = add_court(session)
        set_court(session, court.id)
        ana = enter(session, court, "Ana", email="Ana@Mail.example")
        enter(session, court, "Ben")
        session.close()
        downgrade(revision="0001")
        upgrade()
        set_court(session, court.id)
        keys = dict(session.execute(sa.select(Person.given_names, Person.email_key)).all())
        assert keys == {"Ana": lookup_key("ana@mail.example"), "Ben": None}
        session.close()
    ask(app.test_client(), "ana@mail.example")
    with app.app_context():
        session = db.session()
        set_court(session, court.id)
        assert session.scalars(sa.select(Notice.person_id)).all() == [ana]
        session.close()
        db.engine.dispose()
