"""The pages of staff: for the administrator, behind the password where something changes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.app import NOW, PASSWORD, add_court, sign_in_as
from tests.fixtures.house.pages import page_faults, read_page
from tests.notices.mail_server import mail_server
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import OneTimeLink, SignIn, User
from youthcourt.accounts.services import hash_password

KIM = {"name": "Kim Doe", "email": "kim@elm.example", "role": "clerk"}


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boss(app, session, court) -> FlaskClient:
    """The administrator's browser, where the password was just shown again."""
    session.commit()
    client = sign_in_as(app, court, Role.ADMINISTRATOR)
    session.execute(sa.update(SignIn).values(stepped_up_at=NOW))
    session.commit()
    return client


def page(client: FlaskClient, url: str = "/staff/") -> str:
    """The words of a whole page."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return words(answer)


def words(answer: Any) -> str:
    """The words of an answer that is a sound page."""
    assert page_faults(answer.text) == []
    return " ".join(read_page(answer.text).text.split())


def send(client: FlaskClient, url: str, **typed: str) -> Any:
    """Send a form as a browser would."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/staff/").text)
    assert found is not None
    return client.post(url, data={"csrf_token": found.group(1), **typed})


def code_in(text: str) -> str:
    """Return the code that a page or a mail carries in its link."""
    found = re.search(r"/join/#(\w{16})", text)
    assert found is not None, text
    return found.group(1)


def member(session, court, role: Role) -> tuple[str, str]:
    """Return the page of a member and their address."""
    user = session.get(User, court.users[role])
    told = f"/staff/{user.id}", str(user.email)
    session.rollback()
    return told


def test_the_list_shows_everybody_and_is_for_the_administrator_alone(
    app, session, court, boss
) -> None:
    """In the menu too; of another court nobody is on it."""
    add_court(session, "fl-charlotte", "Oak Hill")
    told = page(boss)
    for role in Role:
        assert f"{role.value.title()} of Elm Street" in told
        assert member(session, court, role)[1] in told
    assert "Administrator of Elm Street (you)" in told
    assert "Wed 4 Mar 2026 no, password alone works here" in told
    assert "never yet" in told
    assert "Oak Hill" not in told
    assert 'href="/staff/"' in boss.get("/today").text
    coordinator = sign_in_as(app, court, Role.COORDINATOR)
    assert coordinator.get("/staff/").status_code == 403
    assert 'href="/staff/"' not in coordinator.get("/today").text


def test_what_changes_something_is_behind_the_password(app, session, court) -> None:
    """It is asked for before the form is shown, and leads back there; the list is open."""
    user = session.get(User, court.users[Role.ADMINISTRATOR])
    user.password_hash = hash_password(PASSWORD)
    session.commit()
    client = sign_in_as(app, court, Role.ADMINISTRATOR)
    assert client.get("/staff/").status_code == 200
    clerk, _email = member(session, court, Role.CLERK)
    for act in ("/role", "/password", "/remove"):
        assert send(client, f"{clerk}{act}", role="evaluator").location == "/account/again"
    assert send(client, "/staff/invite", **KIM).location == "/account/again"
    assert session.scalar(sa.select(sa.func.count()).select_from(OneTimeLink)) == 0
    session.rollback()
    assert client.get(clerk).location == "/account/again"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account/again").text)
    assert token is not None
    shown = client.post("/account/again", data={"csrf_token": token.group(1), "password": PASSWORD})
    assert shown.location == clerk
    assert "Remove from this court" in page(client, clerk)


def test_somebody_is_invited_and_comes(app, boss) -> None:
    """The link is shown once; with it the address is given and cannot be another one."""
    assert "Clerk: helps at a session" in page(boss, "/staff/invite")
    answer = send(boss, "/staff/invite", **KIM)
    assert answer.status_code == 200
    told = words(answer)
    assert "Kim Doe is invited as: Clerk." in told
    assert "e-mail" not in told.casefold()  # mail is not set up, so nothing is said of it
    code = code_in(answer.text)
    listed = page(boss)
    assert "Kim Doe kim@elm.example Clerk – – invited until 7 Mar 2026" in listed
    assert code not in boss.get("/staff/").text
    assert "kim@" not in " ".join(
        re.findall(r'(?:href|action)="([^"]*)"', boss.get("/staff/").text)
    )

    client = app.test_client()
    second = join(client, code)
    assert "You sign in with this address: kim@elm.example" in words(second)
    assert 'value="Kim Doe"' in second.text
    made = join(client, code, name="Kim Doe", email="other@elm.example", password=PASSWORD)
    assert (made.status_code, made.location) == (303, "/tonight")
    assert "Kim Doe kim@elm.example Clerk Wed 4 Mar 2026 no, password alone works here" in page(
        boss
    )


def join(client: FlaskClient, code: str, **typed: str) -> Any:
    """Use a code in a browser of its own."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/join/").text)
    assert token is not None
    return client.post("/join/", data={"csrf_token": token.group(1), "code": code, **typed})


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "kim"}, "This is no e-mail address."),
        ({"email": ""}, "Please type the e-mail address."),
        ({"name": " "}, "Please type the name."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"role": ""}, "Please choose a role."),
        ({"role": "king"}, "Please choose one of the answers shown."),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(boss, session, typed, told) -> None:
    """Nobody is invited, and what was right is still there."""
    answer = send(boss, "/staff/invite", **KIM | typed)
    assert answer.status_code == 422
    assert told in words(answer)
    assert ("Kim Doe" in answer.text) == ("name" not in typed)
    assert session.scalar(sa.select(sa.func.count()).select_from(OneTimeLink)) == 0
    session.rollback()


def test_a_member_is_not_invited_and_a_stranger_s_address_is_as_any(
    app, session, court, boss
) -> None:
    """Who works in another court is invited by the same page and the same words."""
    there = add_court(session, "fl-charlotte", "Oak Hill")
    _page, own = member(session, court, Role.CLERK)
    _page, foreign = member(session, there, Role.CLERK)
    answer = send(boss, "/staff/invite", **KIM | {"email": own})
    assert answer.status_code == 422
    assert "works in this court already" in words(answer)
    shown = [
        send(boss, "/staff/invite", **KIM | {"email": email})
        for email in (foreign, "nobody@elm.example")
    ]
    assert [answer.status_code for answer in shown] == [200, 200]
    told = [re.sub(code_in(a.text), "CODE", a.text) for a in shown]
    told = [re.sub(r"(\w{4}-){3}\w{4}|value=\"[^\"]+\"", "", text) for text in told]
    assert told[0] == told[1]


def test_an_invitation_is_made_anew_or_withdrawn(app, boss, session) -> None:
    """Each says what becomes of the old link."""
    first = code_in(send(boss, "/staff/invite", **KIM).text)
    key = session.scalars(sa.select(OneTimeLink.id)).one()
    session.rollback()
    assert "Invitation of Kim Doe" in page(boss, f"/staff/invitations/{key}")
    second = code_in(send(boss, f"/staff/invitations/{key}/again").text)
    assert "This code opens nothing." in join(app.test_client(), first).text
    assert send(boss, f"/staff/invitations/{key}/again").status_code == 404
    key = session.scalars(sa.select(OneTimeLink.id).where(OneTimeLink.ended_at.is_(None))).one()
    session.rollback()
    assert send(boss, f"/staff/invitations/{key}/withdraw").location == "/staff/"
    told = page(boss)
    assert "The invitation is withdrawn" in told
    assert "kim@elm.example" not in told
    assert "This code opens nothing." in join(app.test_client(), second).text


def test_a_role_is_changed_from_the_next_click_on(app, session, court, boss) -> None:
    """The browser that is open may do what the new role may."""
    clerk = sign_in_as(app, court, Role.CLERK)
    address, _email = member(session, court, Role.CLERK)
    assert clerk.get("/today").status_code == 403
    assert "Clerk of Elm Street" in page(boss, address)
    assert send(boss, f"{address}/role", role="coordinator").location == "/staff/"
    assert "has another role from the next click on" in page(boss)
    assert clerk.get("/today").status_code == 200
    assert send(boss, f"{address}/role", role="king").status_code == 422


def test_who_is_removed_is_out_at_once(app, session, court, boss) -> None:
    """Their open browser asks to sign in; the list keeps them as removed."""
    clerk = sign_in_as(app, court, Role.CLERK)
    address, _email = member(session, court, Role.CLERK)
    assert clerk.get("/tonight").status_code == 200
    assert send(boss, f"{address}/remove").location == "/staff/"
    assert "Clerk of Elm Street works here no more" in page(boss)
    assert clerk.get("/tonight").location == "/account/sign-in"
    assert "removed on Wed 4 Mar 2026" in (told := page(boss, address))
    assert "stays in the journal" in told
    for act in ("remove", "password", "role"):
        assert send(boss, f"{address}/{act}", role="clerk").location == address


def test_one_s_own_line_says_who_changes_it(session, court, boss) -> None:
    """Sent all the same, it is refused in words: first that an administrator has to stay."""
    address, _email = member(session, court, Role.ADMINISTRATOR)
    told = page(boss, address)
    assert "This is you" in told
    assert "Remove from this court" not in told
    refused = "Make somebody else an administrator first."
    for answer in (
        send(boss, f"{address}/remove"),
        send(boss, f"{address}/role", role="clerk"),
    ):
        assert answer.status_code == 422
        assert refused in words(answer)
    clerk, _email = member(session, court, Role.CLERK)
    send(boss, f"{clerk}/role", role="administrator")
    answer = send(boss, f"{address}/remove")
    assert answer.status_code == 422
    assert "Another administrator changes your role or removes you." in words(answer)


def test_a_member_chooses_a_new_password_with_a_link(app, session, court, boss) -> None:
    """The administrator never learns it."""
    address, _email = member(session, court, Role.CLERK)
    answer = send(boss, f"{address}/password")
    assert "With this link Clerk of Elm Street chooses a new password." in words(answer)
    client, code = app.test_client(), code_in(answer.text)
    assert "Choose a new password" in join(client, code).text
    assert join(client, code, password=PASSWORD).location == "/account/sign-in"


# By e-mail ---------------------------------------------------------------------------------------


def set_up_mail(app: Flask, port: int) -> None:
    """Let messages leave through a server on this machine."""
    app.extensions["youthcourt.config"] = replace(
        app.extensions["youthcourt.config"],
        mail_gateway="smtp",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_tls="none",
        mail_from="office@elm.example",
        public_url="https://sessions.elm.example",
    )


def test_where_mail_is_set_up_the_link_goes_there_too(app, boss, session, court) -> None:
    """To that person alone, in neutral words, with the address of the installation."""
    address, email = member(session, court, Role.CLERK)
    with mail_server() as mail:
        set_up_mail(app, mail.port)
        shown = send(boss, "/staff/invite", **KIM)
        send(boss, f"{address}/password")
    assert "The link went to kim@elm.example as well." in words(shown)
    assert mail.to == ["kim@elm.example", email]
    invitation, password = mail.received
    assert invitation["Subject"] == "Saturday sessions: an invitation"
    assert password["Subject"] == "Saturday sessions: choose a new password"
    body = invitation.get_content()
    assert f"https://sessions.elm.example/join/#{code_in(shown.text)}" in body
    assert "Administrator of Elm Street invites you to work with Elm Street programme" in body
    assert "court" not in body.casefold()


def test_a_mail_that_does_not_leave_is_told_and_the_link_is_good(app, boss, session) -> None:
    """Nobody answers at the server; the code is stored all the same."""
    set_up_mail(app, 1)
    shown = send(boss, "/staff/invite", **KIM)
    assert shown.status_code == 200
    told = words(shown)
    assert "The e-mail did not leave" in told
    assert "the mail server does not answer" in told
    assert join(app.test_client(), code_in(shown.text)).status_code == 200
