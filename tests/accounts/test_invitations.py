"""One-time codes: an account is made once, by whoever holds the code, and a password replaced."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.fixtures.app import NOW, PASSWORD, sign_in_as
from youthcourt.accounts.domain import INVITATION_LIFE, LinkPurpose, Role, digest, in_groups
from youthcourt.accounts.invitations import (
    Given,
    accept,
    invitation_of,
    invite,
    let_choose_password,
)
from youthcourt.accounts.models import Membership, OneTimeLink, SignIn, Throttle, User
from youthcourt.accounts.services import hash_password
from youthcourt.errors import CourtRuleBroken

WHO = {"name": "Kim Doe", "email": "Kim@Elm.example"}


@pytest.fixture(autouse=True)
def stopped_clock():
    """Every test is at the same moment."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def code(session, court) -> str:
    """A code for an administrator."""
    made = invite(session, court_id=court.id, role=Role.ADMINISTRATOR, now=NOW)
    session.commit()
    return made


def send(client, code: str, **typed: str):
    """Send the form as a browser would, with the token of the page."""
    page = client.get("/join/").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return client.post("/join/", data={"csrf_token": found.group(1), "code": code, **typed})


def members(session, email: str) -> list[Role]:
    """Return the live roles of somebody."""
    query = (
        sa.select(Membership.role)
        .join(User, User.id == Membership.user_id)
        .where(User.email == email, Membership.ended_at.is_(None))
    )
    found = list(session.scalars(query))
    session.rollback()
    return found


def test_a_code_makes_one_account_and_signs_it_in(app, session, court, code) -> None:
    """Typed with dashes and small letters; the second page says what it leads to."""
    client = app.test_client()
    typed = in_groups(code).lower()
    second = send(client, typed)
    assert second.status_code == 200
    assert "You join Elm Street Youth Court as: Administrator." in second.text
    assert members(session, "kim@elm.example") == []
    made = send(client, typed, **WHO, password=PASSWORD)
    assert (made.status_code, made.headers["Location"]) == (303, "/today")
    assert client.get("/account/").status_code == 200
    assert members(session, "kim@elm.example") == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("which", ["wrong", "used", "over", "short"])
def test_a_code_that_opens_nothing_is_refused_alike(
    app, session, stopped_clock, code, which
) -> None:
    """Wrong, used, over or no code at all: one answer, and nothing is made."""
    if which == "used":
        assert send(app.test_client(), code, **WHO, password=PASSWORD).status_code == 303
    if which == "over":
        stopped_clock.move_to(NOW + INVITATION_LIFE)
    typed = {"wrong": "2" * 16, "short": "ABCD"}.get(which, code)
    answer = send(app.test_client(), typed, name="X", email="x@elm.example", password=PASSWORD)
    assert answer.status_code == 422
    assert "This code opens nothing." in answer.text
    assert PASSWORD not in answer.text
    assert members(session, "x@elm.example") == []


def test_tries_from_one_address_have_to_wait(app, session, code) -> None:
    """After thirty wrong codes the right one waits as well."""
    client = app.test_client()
    for _ in range(30):
        send(client, "2" * 16)
    assert "Too many tries" in send(client, code).text
    assert session.scalar(sa.select(sa.func.max(Throttle.failures))) == 30
    session.rollback()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"password": "short"}, "at least 15 characters"),
        ({"password": "administrator administrator"}, "too easy to guess"),
        ({"password": ""}, "Please choose a password."),
        ({"email": "kim"}, "This is no e-mail address."),
        ({"email": ""}, "Please type your e-mail address."),
        ({"name": " "}, "Please type your name."),
        ({"name": "x" * 121}, "at most 120 characters"),
    ],
)
def test_what_is_typed_wrong_is_told_and_the_code_stays_good(
    app, session, code, typed, told
) -> None:
    """The house's rules for passwords hold; what was typed is still there."""
    client = app.test_client()
    answer = send(client, code, **{**WHO, "password": PASSWORD} | typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert "You join Elm Street Youth Court" in answer.text
    assert send(client, code, **WHO, password=PASSWORD).status_code == 303


def with_password(session, court) -> str:
    """Give the clerk a password and return the address."""
    user = session.get(User, court.users[Role.CLERK])
    user.password_hash = hash_password(PASSWORD)
    session.commit()
    return str(user.email)


def test_whoever_has_an_account_joins_with_its_password_alone(app, session, court, code) -> None:
    """A code in somebody else's hands does not open an account that is there."""
    email = with_password(session, court)
    client = app.test_client()
    stranger = send(client, code, name="Kim", email=email, password="another long password")
    assert stranger.status_code == 422
    assert "has an account here" in stranger.text
    assert members(session, email) == [Role.CLERK]
    assert send(client, code, name="", email=email, password=PASSWORD).status_code == 303
    assert members(session, email) == [Role.ADMINISTRATOR]


def test_guessing_a_password_with_a_code_counts_as_at_the_door(app, session, court, code) -> None:
    """Eight wrong ones, then the right one has to wait."""
    email = with_password(session, court)
    client = app.test_client()
    for _ in range(8):
        send(client, code, name="Kim", email=email, password="another long password")
    answer = send(client, code, name="Kim", email=email, password=PASSWORD)
    assert "Too many tries" in answer.text
    assert members(session, email) == [Role.CLERK]


def test_a_code_for_a_new_password_changes_it_and_signs_out(app, session, court) -> None:
    """Only the newest code is good; every browser of the account has to sign in again."""
    email = session.get(User, court.users[Role.COORDINATOR]).email
    session.rollback()
    open_browser = sign_in_as(app, court, Role.COORDINATOR)
    first = let_choose_password(session, email=email, now=NOW)
    code = let_choose_password(session, email=email.upper(), now=NOW)
    session.commit()
    assert "This code opens nothing." in send(app.test_client(), first).text
    client = app.test_client()
    assert "Choose a new password" in send(client, code).text
    answer = send(client, code, password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sign-in")
    assert open_browser.get("/account/").status_code == 303
    assert "This code opens nothing." in send(client, code, password=PASSWORD).text
    assert session.scalar(sa.select(sa.func.count()).where(SignIn.ended_at.is_(None))) == 0


def test_only_the_digest_of_a_code_is_stored(session, court, code) -> None:
    """The database does not tell it."""
    link = session.scalars(
        sa.select(OneTimeLink).where(OneTimeLink.purpose == LinkPurpose.INVITATION)
    ).one()
    assert link.token_digest == digest(code)
    assert code not in repr(vars(link))


def test_of_two_who_use_a_code_at_once_one_is_refused(session, court, code) -> None:
    """Both have read it as good; the second finds it spent."""
    found = invitation_of(session, code=code, now=NOW)
    for email, refused in (("a@elm.example", False), ("b@elm.example", True)):
        given = Given(name="Somebody", email=email, password=PASSWORD, password_hash="x")
        if refused:
            with pytest.raises(CourtRuleBroken, match="invitation_refused"):
                accept(session, found, given=given, now=NOW)
        else:
            accept(session, found, given=given, now=NOW)
    session.commit()
    assert members(session, "b@elm.example") == []


def test_an_ended_account_is_let_in_by_no_code(session, court, code) -> None:
    """Neither by an invitation nor by a new password."""
    user = session.get(User, court.users[Role.CLERK])
    user.disabled_at = NOW - timedelta(days=1)
    session.flush()
    with pytest.raises(CourtRuleBroken, match="no_account"):
        let_choose_password(session, email=user.email, now=NOW)
    found = invitation_of(session, code=code, now=NOW)
    given = Given(name="X", email=user.email, password=PASSWORD, password_hash="x", fits=True)
    with pytest.raises(CourtRuleBroken, match="email_has_account"):
        accept(session, found, given=given, now=NOW)
