"""Months after the closing: records are searched, and an evaluator takes the file away."""

from __future__ import annotations

import csv
import io
import uuid
import zipfile
from datetime import date
from typing import Any

from tests.fixtures.app import PASSWORD
from tests.journeys.story import Story
from youthcourt.accounts.domain import Role

SEARCH: dict[str, Any] = {
    "source": "police",
    "jurisdiction": "Elm County",
    "adult_records": "no",
    "searched_by": "R. Diaz",
}
FOUND: dict[str, Any] = {
    "offences-0-kind": "arrest",
    "offences-0-category": "delinquent",
    "offences-0-offence_on": "2026-12-02",
    "offences-0-event_on": "2026-12-05",
    "offences-0-text": "Shoplifting",
}
Rows = list[dict[str, str]]


def search_after_six_months(story: Story, case: uuid.UUID) -> None:
    """It is due on Today; nothing is found as far as the records reach."""
    story.at(date(2026, 9, 21), 10)
    office = story.sign_in()
    office.open("/today").follow("to search for later offences").sees("Novák, Iva")
    office.open(f"/cases/{case}/follow-up/new").press(
        "Write it down",
        result="nothing_found",
        searched_on="2026-09-21",
        data_through="2026-09-20",
        **SEARCH,
    )
    office.sees("searched to the end, nothing found")
    assert "to search for later offences" not in office.open("/today").text


def search_after_a_year(story: Story, case: uuid.UUID) -> None:
    """An arrest nine months after the first hearing, found when the year is over."""
    story.at(date(2027, 3, 22), 10)
    office = story.sign_in().open(f"/cases/{case}/follow-up/new")
    office.press(
        "Write it down",
        result="found",
        searched_on="2027-03-22",
        data_through="2027-03-20",
        **SEARCH,
        **FOUND,
    )
    office.sees("Arrest, Sat 5 Dec 2026: Shoplifting")


def evaluate(story: Story) -> None:
    """The evaluator sees a hidden count, and reads the file back without one word of a person."""
    evaluator = story.sign_in(Role.EVALUATOR).open("/follow-up-results")
    evaluator.sees("Who is in the cohort")
    evaluator.press("Download the file")
    evaluator.press("Open", password=PASSWORD)
    packed = evaluator.download("Download the file")
    told = zipfile.ZipFile(io.BytesIO(packed))
    assert all(b"Nov\xc3\xa1k" not in told.read(name) for name in told.namelist())
    (person,), (case,) = rows_of(told, "persons.csv"), rows_of(told, "cases.csv")
    assert person["person"] == case["person"]
    known = {row["months"]: row["known"] for row in rows_of(told, "windows.csv")}
    assert (known["6"], known["12"]) == ("nothing_found", "found")
    (event,) = rows_of(told, "events.csv")
    assert event["offence_day"] == str((date(2026, 12, 2) - date(2026, 3, 14)).days)


def rows_of(packed: zipfile.ZipFile, name: str) -> Rows:
    """Return the rows of a table of the file."""
    text = packed.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
