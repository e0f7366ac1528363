"""The pages everybody passes through."""

from __future__ import annotations

from youthcourt.accounts.domain import Role


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
