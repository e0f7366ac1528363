"""The page of follow-up results and its download, and the same file from the command line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from tests.evaluation.conftest import ASKED, START, Records, download, people
from tests.fixtures.app import NOW
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import SignIn
from youthcourt.audit.models import AuditEntry
from youthcourt.followups.domain import CheckResult


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def evaluator(browser: Callable[..., FlaskClient]) -> FlaskClient:
    return browser(Role.EVALUATOR)


def words(text: str) -> str:
    """Return the words of a page without markup between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_an_empty_court_says_so_and_offers_other_dates(evaluator: FlaskClient) -> None:
    """No table of noughts, and no file."""
    shown = evaluator.get("/follow-up-results").text
    assert "Nobody is in this cohort" in shown
    assert "Download the file" not in shown


def test_a_large_cohort_shows_its_share_with_what_it_is_made_of(evaluator, records) -> None:
    """Numerator, denominator, limits, and what is not known beside them."""
    people(records, found=6, clean=14, unsearched=5)
    shown = words(evaluator.get("/follow-up-results", query_string=ASKED).text)
    assert "With a later offence (numerator) 6 6" in shown
    assert "In the share (denominator) 20 20" in shown
    assert "Share 30.0 % 30.0 %" in shown
    assert "14.5 % to 51.9 %" in shown
    assert "Not searched 5 5" in shown
    assert "hidden" not in shown.replace("nothing hidden", "")


def test_small_counts_and_their_shares_are_hidden(evaluator, records) -> None:
    """Those found and those not found, not how many were searched."""
    people(records, found=2, clean=20)
    shown = words(evaluator.get("/follow-up-results", query_string=ASKED).text)
    assert "With a later offence (numerator) hidden hidden" in shown
    assert "of these nothing found hidden hidden" in shown
    assert "In the share (denominator) 22 22" in shown
    assert "Share hidden hidden" in shown
    assert "9.1 %" not in shown


def test_a_cohort_of_four_is_not_shown(evaluator, records) -> None:
    """Nor a table of it."""
    people(records, found=1, clean=3)
    shown = evaluator.get("/follow-up-results", query_string=ASKED).text
    assert "The cohort is too small to show" in shown
    assert "numerator" not in shown


def test_unknown_and_unknowable_are_two_columns(evaluator, records) -> None:
    """Not searched and cannot be searched are never added up."""
    people(records, found=0, clean=0, unsearched=7)
    for _ in range(6):
        case = records.case(heard=START)
        records.search(case, through=None, result=CheckResult.CANNOT_BE_SEARCHED)
    records.session.commit()
    shown = words(evaluator.get("/follow-up-results", query_string=ASKED).text)
    assert "Not searched 7 7" in shown
    assert "Cannot be searched 6 6" in shown
    assert "Share nobody yet nobody yet" in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"months": []}, "Please choose at least one."),
        ({"months": ["7"]}, "Please choose one of the answers shown."),
        ({"kinds": ["gossip"]}, "Please choose one of the answers shown."),
        ({"start": "yesterday"}, "Please choose one of the answers shown."),
        ({"last": "2024-01-01"}, "The last day lies before the first one."),
    ],
)
def test_a_choice_that_cannot_be_is_told(evaluator, changed, sentence) -> None:
    """And the form is open with what was chosen."""
    answer = evaluator.get("/follow-up-results", query_string={**ASKED, **changed})
    assert answer.status_code == 422
    assert "Please look at this again" in answer.text
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"start": "closed"}, "This start leaves out those who failed on the way"),
        ({"who": "completed"}, "No effect can be read from this"),
        ({"denominator": "known"}, "This share is too high"),
    ],
)
def test_a_choice_that_misleads_says_so(evaluator, records, changed, sentence) -> None:
    """Before any number of it."""
    people(records, found=6, clean=6)
    shown = evaluator.get("/follow-up-results", query_string={**ASKED, **changed}).text
    assert sentence in shown


def test_who_may_see_and_who_may_download(records, browser) -> None:
    """A coordinator sees the page without the button; a clerk sees neither."""
    people(records, found=6, clean=6)
    shown = browser(Role.COORDINATOR).get("/follow-up-results", query_string=ASKED)
    assert shown.status_code == 200
    assert "Download the file" not in shown.text
    assert browser(Role.CLERK).get("/follow-up-results").status_code == 403
    assert (
        "Download the file"
        in browser(Role.ADMINISTRATOR).get("/follow-up-results", query_string=ASKED).text
    )


# The file ----------------------------------------------------------------------------------------


@pytest.fixture
def stepped_up(evaluator: FlaskClient, records: Records) -> FlaskClient:
    """An evaluator who has just shown the password again, and a court with thirteen people."""
    people(records, found=6, clean=7)
    records.session.execute(sa.update(SignIn).values(stepped_up_at=NOW))
    records.session.commit()
    return evaluator


def test_the_file_wants_the_password_first(evaluator, records) -> None:
    """And comes back to the same choice; nothing is written down until then."""
    people(records, found=6, clean=7)
    answer = download(evaluator)
    assert answer.status_code == 303
    assert answer.location == "/account/again"
    with evaluator.session_transaction() as kept:
        assert kept["next"].startswith("/follow-up-results?first=2025-01-01&last=2025-12-31")
        assert "months=6&months=12&kinds=arrest&kinds=charge" in kept["next"]
        back = kept["next"]
    assert "Choose a cohort" in evaluator.get(back).text
    acts = records.session.scalars(sa.select(AuditEntry.act)).all()
    records.session.rollback()
    assert "research_file_made" not in acts


def test_the_download_is_written_down_with_its_filter(stepped_up, records) -> None:
    """Whose hand, which cohort, how many; the name of the file tells nothing."""
    answer = download(stepped_up)
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    name = answer.headers["Content-Disposition"].partition("filename=")[2]
    assert name == "internal-re-identifiable-evaluation.zip"
    query = sa.select(AuditEntry).where(AuditEntry.act == "research_file_made")
    entry = records.session.scalars(query).one()
    records.session.rollback()
    assert entry.actor_user_id == records.court.users[Role.EVALUATOR]
    assert entry.params["people"] == 13
    assert entry.params["filter"] == (
        "2025-01-01/2025-12-31 first_scheduled everybody 6,12 arrest,charge offence searched"
    )


def test_a_file_of_nobody_is_refused_on_the_page(stepped_up, records) -> None:
    """With a sentence, and nothing written down."""
    answer = download(stepped_up, first="2020-01-01", last="2020-12-31")
    assert answer.status_code == 422
    assert "Nobody is in this cohort" in answer.text
    acts = records.session.scalars(sa.select(AuditEntry.act)).all()
    records.session.rollback()
    assert "research_file_made" not in acts
