"""Signing in through the pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.fixtures.app import PASSWORD, sign_in_as
from youthcourt import clock
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import SignIn, User
from youthcourt.accounts.services import hash_password


@pytest.fixture
def with_password(session, court):
    """The coordinator's address, with a password."""
    user = session.get(User, court.users[Role.COORDINATOR])
    user.password_hash = hash_password(PASSWORD)
    session.commit()
    return user.email


def token(client, page: str = "/account/sign-in") -> str:
    """Return the CSRF token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found
    return found.group(1)


def send(client, email: str, password: str):
    """Send the sign-in form."""
    return client.post(
        "/account/sign-in",
        data={"csrf_token": token(client), "email": email, "password": password},
    )


def test_signing_in_leads_into_the_house_and_out_again(app, with_password) -> None:
    """The right password opens a session that signing out ends on the server."""
    client = app.test_client()
    assert send(client, with_password.upper(), PASSWORD).status_code == 302
    assert client.get("/account/").status_code == 200
    with client.session_transaction() as kept:
        copied = dict(kept)
    left = client.post("/account/sign-out", data={"csrf_token": token(client, "/account/")})
    assert left.status_code == 303
    thief = app.test_client()
    with thief.session_transaction() as kept:
        kept.update(copied)
    assert thief.get("/account/").status_code == 303


def test_known_and_unknown_accounts_answer_alike(app, with_password) -> None:
    """Nobody learns from the answer whether an address has an account."""
    known = send(app.test_client(), with_password, "not the right one")
    unknown = send(app.test_client(), "nobody@nowhere.example", "not the right one")
    assert known.status_code == unknown.status_code == 422
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known.text) == strip.sub("", unknown.text)


def test_many_failures_must_wait_even_with_the_right_password(app, session, with_password) -> None:
    """After eight failures the account waits, from whatever address."""
    for _ in range(8):
        send(app.test_client(), with_password, "wrong every time")
    answer = send(app.test_client(), with_password, PASSWORD)
    assert answer.status_code == 422
    assert "Too many tries" in answer.text
    assert session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 0


def test_a_new_password_signs_out_everywhere(app, session, court, with_password) -> None:
    """Changing the password ends the other browsers too."""
    other = sign_in_as(app, court, Role.COORDINATOR)
    client = app.test_client()
    send(client, with_password, PASSWORD)
    answer = client.post(
        "/account/password",
        data={
            "csrf_token": token(client, "/account/"),
            "present": PASSWORD,
            "password": "eleven wet stones in a row",
        },
    )
    assert answer.status_code == 303
    assert other.get("/account/").status_code == 303
    live = session.scalars(sa.select(SignIn).where(SignIn.ended_at.is_(None))).all()
    assert not [row for row in live if row.expires_at > clock.now()]


def test_forms_without_their_token_are_refused(app, with_password) -> None:
    """A form from elsewhere changes nothing and the page says what to do."""
    answer = app.test_client().post(
        "/account/sign-in", data={"email": with_password, "password": PASSWORD}
    )
    assert answer.status_code == 400
    assert "Allow cookies for this site" in answer.text
    browser = app.test_client()
    browser.get("/account/sign-in")
    answer = browser.post("/account/sign-in", data={"email": with_password, "password": PASSWORD})
    assert answer.status_code == 400
    assert "load the page again" in answer.text


def test_pages_carry_their_headers(app) -> None:
    """No page is kept, framed or allowed to load anything from elsewhere."""
    headers = app.test_client().get("/account/sign-in").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_staff_browser_left_alone_is_signed_out(app, court) -> None:
    """After an hour without a page, whatever is left of its twelve hours."""
    with time_machine.travel(clock.now(), tick=False) as time:
        client = sign_in_as(app, court, Role.COORDINATOR)
        for _ in range(3):
            time.shift(timedelta(minutes=59))
            assert client.get("/account/").status_code == 200
        time.shift(timedelta(minutes=60))
        assert client.get("/account/").status_code == 303


def test_the_page_for_staff_shows_young_people_their_door(app) -> None:
    """Whoever comes to the wrong page finds the right one."""
    assert 'href="/in"' in app.test_client().get("/account/sign-in").text


def test_the_sign_in_page_says_what_it_is_and_not_for_which_court(app, court) -> None:
    """Staff know where they are; a young person who lands here is led to their own door."""
    page = app.test_client().get("/account/sign-in").text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Staff sign-in – Programme office" in text
    assert "the staff of a youth programme" in text
    assert 'href="/in"' in page
    assert "court" not in text.lower()
