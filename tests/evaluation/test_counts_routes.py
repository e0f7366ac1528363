"""The page of counts, its paper and its file, as a coordinator uses them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from tests.evaluation.conftest import Records
from tests.fixtures.app import NOW
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import ClosureReason
from youthcourt.courts.domain import SanctionKind, Unit

YEAR = "first=2025-01-01&last=2025-12-31"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(records: Records, browser: Callable[..., FlaskClient]) -> FlaskClient:
    """A coordinator in a court with one case that was completed and one that was not."""
    case = records.case(
        referred=date(2025, 1, 5),
        accepted=date(2025, 1, 9),
        heard=date(2025, 2, 1),
        sentenced=date(2025, 2, 1),
        closed=(date(2025, 6, 1), ClosureReason.COMPLETED),
    )
    owed = records.owes(case, SanctionKind.COMMUNITY_SERVICE, Unit.MINUTES, 90)
    records.serves(
        case.person_id,
        date(2025, 3, 1),
        minutes=90,
        sessions=0,
        sanction=owed,
        kind=SanctionKind.COMMUNITY_SERVICE,
    )
    records.case(closed=(date(2025, 6, 1), ClosureReason.NO_CONTACT))
    records.session.commit()
    return browser()


def rows(client: FlaskClient) -> dict[tuple[str, str], dict[str, str]]:
    """Return the lines of the file by table and name."""
    answer = client.get(f"/counts/sheet.csv?{YEAR}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith("counts-2025-01-01-2025-12-31.csv")
    read = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")))
    return {(row["Table"], row["Line"]): row for row in read}


def test_the_page_opens_on_the_last_quarter(page: FlaskClient) -> None:
    """And says which days it counts, and which usual span that is."""
    shown = page.get("/counts").text
    assert "From 1 October 2025 to 31 December 2025, both days included" in shown
    assert 'aria-current="page">Last quarter' in " ".join(shown.split())
    assert "These dates are not over yet" not in shown
    now = page.get("/counts?first=2026-01-01&last=2026-03-31").text
    assert "These dates are not over yet" in now


def test_grant_and_county_tables_are_filled_without_arithmetic(page: FlaskClient) -> None:
    """In the file as on the page: names of the reports, numbers, and why there is none."""
    found = rows(page)
    grant, county = "Quarterly grant report", "County table"
    assert found[grant, "Number of youth served"]["Number"] == "1"
    assert found[grant, "Completion rate"]["Number"] == "50.0"
    assert found[grant, "Hours of community service completed"]["Number"] == "1.5"
    assert found[county, "Cases adjudicated"]["Number"] == "1"
    assert found[county, "Community service hours: ordered"]["Number"] == "1.5"
    adult = found[county, "Adult volunteer hours"]
    assert (adult["Number"], adult["Why there is no number"]) == ("", "not recorded")
    later = found["Later offences", "Later offence within 6 months"]
    assert (later["Number"], later["Why there is no number"]) == ("", "not searched")
    closed = found["Cases", "Closed: Family could not be reached"]
    assert (closed["Number"], closed["Counts"]) == ("1", "cases")
    assert all(row["Definition"].endswith(".") for row in found.values())


def test_page_and_paper_say_what_the_file_says(page: FlaskClient) -> None:
    """Every line of the file stands on both."""
    found = rows(page)
    for path in (f"/counts?{YEAR}", f"/counts/paper?{YEAR}"):
        shown = page.get(path).text
        for (_table, name), row in found.items():
            assert name in shown, name
            assert row["Definition"] in shown, row["Definition"]
            assert (row["Number"] or row["Why there is no number"]).rstrip("0").rstrip(".") in shown


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("first=2025-02-01&last=2025-01-31", "The last day lies before the first one."),
        ("first=2025-02-30&last=2025-03-31", "This is no day of the calendar."),
        ("first=&last=2025-03-31", "Please fill this in."),
        ("first=0202-01-01&last=2025-03-31", "Please choose a first day after 1 January 1990."),
    ],
)
def test_dates_that_cannot_be_are_told(page: FlaskClient, asked: str, sentence: str) -> None:
    """At the field; paper and file lead back to the page."""
    answer = page.get(f"/counts?{asked}")
    assert answer.status_code == 422
    assert sentence in answer.text
    for path in ("paper", "sheet.csv"):
        assert page.get(f"/counts/{path}?{asked}").status_code == 303


def test_counting_is_written_down(page: FlaskClient, records: Records) -> None:
    """Who counted, and which days."""
    page.get(f"/counts?{YEAR}")
    records.session.rollback()
    entry = records.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.subject == "counts")
    ).one()
    assert entry.params == {"filter": "2025-01-01/2025-12-31"}


def test_the_counts_lead_to_the_results_of_follow_up(page: FlaskClient) -> None:
    """A coordinator finds them there, not in the menu."""
    shown = page.get(f"/counts?{YEAR}").text
    assert shown.count('href="/follow-up-results"') == 1


def test_an_evaluator_does_not_see_small_numbers_here(page, browser) -> None:
    """The page shows exact counts; evaluators have one of their own."""
    assert browser(Role.EVALUATOR).get("/counts").status_code == 403
