"""The pages everybody passes through."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from tests.fixtures.app import add_court, sign_in_as
from tests.fixtures.database import make_config
from youthcourt import create_app
from youthcourt.accounts.domain import Role
from youthcourt.db import db, is_busy


def test_the_first_page_leads_to_where_each_role_starts(browser, app) -> None:
    """A coordinator starts at Today, an evaluator at the numbers, a stranger at the door."""
    assert browser(Role.COORDINATOR).get("/").headers["Location"] == "/today"
    assert browser(Role.EVALUATOR).get("/").headers["Location"] == "/numbers"
    assert app.test_client().get("/").headers["Location"] == "/account/sign-in"


def test_an_evaluator_sees_numbers_and_no_names(browser) -> None:
    """Cases and people are closed to an evaluator."""
    evaluator = browser(Role.EVALUATOR)
    assert evaluator.get("/numbers").status_code == 200
    assert evaluator.get("/cases/").status_code == 403
    assert evaluator.get("/people/").status_code == 403


def test_one_tab_is_the_current_one(browser) -> None:
    """The menu marks the page it is on, and only that."""
    coordinator = browser()
    for page in ("/today", "/numbers", "/cases/", "/people/"):
        menu = coordinator.get(page).text.split('<nav class="tabs"')[1].split("</nav>")[0]
        assert menu.count('aria-current="page"') == 1


def test_an_empty_court_says_what_to_do(browser) -> None:
    """Today without cases is not an empty page."""
    assert "Nothing waits" in browser().get("/today").text


@pytest.mark.parametrize("host", ["elsewhere.example", 'a b<>"', "", "x" * 5000])
@pytest.mark.parametrize("path", ["/today", "/nowhere", "/static/look.css"])
def test_a_host_that_is_not_served_is_told_so(tmp_path, sqlite_url, host, path) -> None:
    """A name in the address bar that is not ours gets a sentence, whatever was asked for."""
    config = replace(make_config(tmp_path, sqlite_url), trusted_hosts=("elm.example",))
    client = create_app(config).test_client()
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert answer.text.startswith("This site does not answer under that address.")
    assert answer.mimetype == "text/plain"


def test_what_is_too_large_is_told_with_what_to_do(browser, app) -> None:
    """A form may be too large for its files or for a text that was pasted in."""
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = browser().post("/people/find", data={"text": "x" * 2000})
    assert answer.status_code == 413
    assert "Nothing of this was saved." in answer.text
    assert "If you typed or pasted a very long text, shorten it." in answer.text


def test_forms_can_be_sent_over_https(tmp_path, sqlite_url) -> None:
    """Pages tell browsers to name no page they came from, so that no form may ask for one."""
    config = replace(make_config(tmp_path, sqlite_url), secure_cookies=True)
    client = create_app(config).test_client()
    secure = {"base_url": "https://elm.example"}
    page = client.get("/account/sign-in", **secure)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    typed = {"csrf_token": token, "email": "ada@elm.example", "password": "not hers"}
    answer = client.post("/account/sign-in", data=typed, **secure)
    assert answer.status_code == 422
    assert "do not fit together" in answer.text


BY_HAND = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


@pytest.mark.parametrize(
    ("signed_in", "status", "told"),
    [(False, 401, "Nothing of this was saved."), (True, 400, "open for a long time")],
)
def test_what_was_typed_is_shown_when_a_form_comes_too_late(
    browser, app, court, signed_in, status, told
) -> None:
    """An hour's account is not lost because the sign-in or the form is over."""
    client = browser() if signed_in else app.test_client()
    token = "gone"
    if not signed_in:
        page = client.get("/account/sign-in").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
    typed = {
        "csrf_token": token,
        "narrative": "Two boys <b>ran</b>.\nOne fell.",
        "password": "seven lamps",
        "agency_id": str(court.id),
    }
    answer = client.post("/cases/new", data=typed, headers=BY_HAND)
    assert answer.status_code == status
    assert told in answer.text
    assert "Two boys &lt;b&gt;ran&lt;/b&gt;.\nOne fell." in answer.text
    for kept_back in ("seven lamps", "gone", str(court.id)):
        assert kept_back not in answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {**BY_HAND, "Sec-Fetch-Site": "cross-site"}, {**BY_HAND, "Sec-Fetch-Mode": "cors"}],
)
def test_another_site_puts_no_words_on_our_pages(app, court, headers) -> None:
    """Only what a page of ours sent by hand is shown again."""
    client = app.test_client()
    answer = client.post("/cases/new", data={"narrative": "Call 555."}, headers=headers)
    assert answer.status_code == 400
    assert "Call 555." not in answer.text


def test_a_browser_without_cookies_is_told_so(app) -> None:
    """Else it would be asked to load the page again, for ever."""
    typed = {"csrf_token": "x", "email": "ada@elm.example", "password": "not hers"}
    answer = app.test_client(use_cookies=False).post("/account/sign-in", data=typed)
    assert answer.status_code == 400
    assert "did not keep this site&#39;s cookie" in answer.text


def test_a_busy_database_is_told_and_nothing_is_lost_by_trying_again(sqlite_app) -> None:
    """Whoever holds the writer's lock too long makes others wait, not lose their work."""

    def impatient(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA busy_timeout=0")

    with sqlite_app.app_context():
        session = db.session()
        session.info["writer"] = True
        court = add_court(session)
        db.engine.dispose()
        event.listen(db.engine, "connect", impatient)
        path = str(db.engine.url.database)
    sqlite_app.config["WTF_CSRF_ENABLED"] = False  # no form is opened here
    client = sign_in_as(sqlite_app, court, Role.COORDINATOR)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answer = client.post("/account/lock")
    holder.close()
    assert answer.status_code == 503
    assert "Go back and send it again in a minute." in answer.text
    assert client.post("/account/lock").status_code == 303
    with sqlite_app.app_context():
        event.remove(db.engine, "connect", impatient)


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.UniqueViolation(), False),
        (sqlite3.OperationalError("no such table"), False),
    ],
)
def test_only_what_passes_counts_as_busy(error: Exception, busy: bool) -> None:
    """A fault of the program stays a fault."""
    assert is_busy(DBAPIError("", {}, error)) is busy
    assert not is_busy(error)
