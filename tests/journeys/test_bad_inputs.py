"""What a hasty, unlucky or hostile user reads: one sentence, and nothing half-written.

The promise in one place; what each form refuses in detail stands with its feature.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.fixtures.app import NOW, add_court, sign_in_as
from tests.journeys.walker import Walker
from youthcourt.accounts.domain import Role
from youthcourt.db import Base

REFERRAL = {
    "given_names": "José",
    "family_name": "Núñez",
    "birth_date": "2011-05-17",
    "agency_id": "new",
    "agency_name": "Second District",
    "referred_on": "2026-03-01",
    "incident_on": "2026-02-10",
    "charges-0-text": "Shoplifting",
    "narrative": "A long account.",
}
NOT_A_DAY = "This is no day of the calendar. Write it like this: 2012-04-30."
TO_COME = "This day is still to come. Please check the date."
NOT_A_TIME = "This is no time of day. Write it like this: 18:30."
HOURS = "Please write whole hours in the first box and minutes in the second."
TRY = {"outcome": "no_answer", "method": "phone"}
SESSION = {"held_on": "2026-05-16"}
# Page, button, what is typed, what the user reads.  {quorum} stands for a field of the room.
TYPED: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("/cases/new", "Save the referral", {"birth_date": "2011-02-31"}, NOT_A_DAY),
    ("/cases/new", "Save the referral", {"birth_date": "1986-01-01"}, "That makes an age of 40."),
    (
        "/cases/new",
        "Save the referral",
        {"incident_on": "2010-02-10"},
        "is after the day of the offence",
    ),
    ("/cases/new", "Save the referral", {"incident_on": "2026-03-05"}, TO_COME),
    (
        "/cases/new",
        "Save the referral",
        {"referred_on": "0001-01-01"},
        "Referred on: This day is before 1 January 2000. Please check the year.",
    ),
    (
        "/cases/new",
        "Save the referral",
        {"given_names": "x" * 10_000},
        "Please use at most 200 characters.",
    ),
    (
        "/cases/new",
        "Save the referral",
        {"given_names": "Jo\0s\u202eé"},
        "This name holds invisible characters that can make it read as another.",
    ),
    (
        "/cases/new",
        "Save the referral",
        {"birth_date": "", "stated_age": "15,5"},
        "Please write the age in whole years.",
    ),
    ("{case}/contact", "Save", {**TRY, "tried_on": "2026-02-31"}, NOT_A_DAY),
    (
        "{case}/contact",
        "Save",
        {**TRY, "tried_on": "2025-01-01"},
        "This day is before the referral",
    ),
    ("{case}/papers/admission", "Record the signature", {"signed_on": "2027-01-01"}, TO_COME),
    ("{case}", "Save the note", {"text": "\0 \u200b"}, "New note: Please fill this in."),
    ("{person}/service/new", "Write it down", {"minutes": ["2,5", ""]}, HOURS),
    ("{person}/service/new", "Write it down", {"minutes": ["-2", ""]}, HOURS),
    (
        "{person}/service/new",
        "Write it down",
        {"minutes": ["2", ""], "served_on": "2026-03-05"},
        TO_COME,
    ),
    ("/calendar/sessions/new", "Plan the session", {**SESSION, "starts_at": "24:00"}, NOT_A_TIME),
    ("/calendar/sessions/new", "Plan the session", {**SESSION, "starts_at": "7pm"}, NOT_A_TIME),
    (
        "/calendar/sessions/new",
        "Plan the session",
        {**SESSION, "starts_at": "12:00", "ends_at": "09:00"},
        "on the next day is more than twelve hours. Please check both times.",
    ),
    (
        "/calendar/sessions/new",
        "Plan the session",
        {"held_on": "2027-03-14", "starts_at": "02:30", "ends_at": "05:00"},
        "The clocks go forward that night: a planned time does not exist.",
    ),
    (
        "/calendar/sessions/new",
        "Plan the session",
        {**SESSION, "{quorum}": str(10**12)},
        "Please write a number from 1 to 60.",
    ),
    ("/calendar/rooms/new", "Add the room", {"name": "\0\x07"}, "Please fill this in."),
)
# Page, field, name, content, what the user reads.
SENT: tuple[tuple[str, str, str, bytes, str], ...] = (
    ("{case}/files", "files", "report.pdf", b"MZ\x90\0" + b"\0" * 400, "Only PDF files and"),
    ("{case}/files", "files", "report.pdf", b"", "This file is empty. Please choose another one."),
    (
        "/cases/imports/new",
        "file",
        "list.csv",
        b"MZ\x90\0" + b"\0" * 400,
        "The name says a CSV file, but inside it is something else: a program.",
    ),
    ("/cases/imports/new", "file", "list.csv", b"", "There is nothing in this file."),
)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def office(app, court) -> Walker:
    """The coordinator's browser."""
    return Walker(sign_in_as(app, court, Role.COORDINATOR))


@pytest.fixture
def places(office) -> dict[str, str]:
    """The addresses of a case, its respondent and the number field of a room."""
    office.open("/calendar/rooms/new").press("Add the room", name="Courtroom 2")
    office.open("/cases/new").press("Save the referral", **REFERRAL)
    case = office.url
    person = office.link("José Núñez")
    office.open("/calendar/sessions/new")
    (quorum,) = [
        name for form in office._read().forms for name in form.values if name.endswith("-quorum")
    ]
    return {"case": case, "person": person, "quorum": quorum}


def written(session) -> dict[str, int]:
    """How many rows each table holds, but for what keeps who read what."""
    counts = {
        table.name: session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table.name != "audit_entries"
    }
    session.rollback()
    return counts


def token(office: Walker) -> str:
    """The token of the page's forms."""
    return office._read().forms[0].values["csrf_token"][0]


def test_what_is_typed_wrong_is_told_and_stays(office, session, places, subtests) -> None:
    """Every line: 422, the sentence, nothing written, and the rest of the form still there."""
    before = written(session)
    for page, button, typed, told in TYPED:
        with subtests.test(page=page, typed=str(typed)[:60]):
            values = {name.format(**places): value for name, value in typed.items()}
            if page == "/cases/new":
                values = {**REFERRAL, "given_names": "Ana", "family_name": "Else", **values}
            office.open(page.format(**places)).press(button, expected=422, **values)
            office.sees(told)
            if page == "/cases/new":
                office.sees("A long account.")
            assert written(session) == before


def test_files_that_are_not_what_they_say_are_told(office, session, places, subtests) -> None:
    """A program by the name of a PDF, a table or nothing at all is not kept."""
    before = written(session)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 80_000_000)
    lines = (*SENT, ("/cases/imports/new", "file", "l.xlsx", bomb.getvalue(), "fill the memory"))
    office.open("/cases/imports/new")
    for page, field, name, content, told in lines:
        with subtests.test(page=page, name=name, told=told):
            answer = office.client.post(
                page.format(**places),
                data={
                    "csrf_token": token(office),
                    "mapping": "",
                    field: (io.BytesIO(content), name),
                },
            )
            assert answer.status_code == 422
            assert told in answer.text
            assert written(session) == before


def test_addresses_that_lead_nowhere_all_say_the_same(office, session, app, places) -> None:
    """The other court's case, one that never was and no key at all cannot be told apart."""
    other = add_court(session, name="Oak")
    stranger = Walker(sign_in_as(app, other, Role.COORDINATOR))
    nowhere = "/cases/00000000-0000-4000-8000-000000000000"
    for walker, url in ((stranger, places["case"]), (office, nowhere), (office, "/cases/2026-1")):
        answer = walker.client.get(url)
        assert answer.status_code == 404
        assert "The address may be mistyped, or what was here has moved." in answer.text


def test_odd_addresses_of_lists_show_the_list(office, places) -> None:
    """Pages and filters that are none are read as the nearest that is one."""
    for query in ("page=-1", "page=0", "page=999999", "page=abc", "state=nope", "waiting=%00&%ff"):
        for page in ("/people/", "/cases/"):
            office.open(f"{page}?{query}").sees("Find")


def test_a_token_that_is_not_ours_writes_nothing(office, session, places) -> None:
    """A form that was sent by somebody else's page, or too late, is told."""
    before = written(session)
    office.open("/cases/new").press("Save the referral", expected=400, csrf_token="x", **REFERRAL)
    office.sees("This form was open for a long time and can no longer be sent.")
    assert written(session) == before


def test_a_referral_sent_twice_is_one_case(office, session) -> None:
    """The second click leads to the case that the first one opened."""
    office.open("/cases/new")
    page = office.markup
    office.press("Save the referral", **REFERRAL).sees("The referral is saved as case")
    case, before = office.url, written(session)
    office.markup, office.url = page, "/cases/new"
    office.press("Save the referral", **REFERRAL)
    office.sees("This referral was saved already. Here it is.")
    assert (office.url, written(session)) == (case, before)


def test_two_people_save_the_same_facts(office, app, court, places) -> None:
    """The second one sees both versions, and nothing typed is lost."""
    other = Walker(sign_in_as(app, court, Role.ADMINISTRATOR))
    office.open(f"{places['case']}/facts")
    other.open(f"{places['case']}/facts").press("Save the facts", officer="Officer Reyes")
    office.press("Save the facts", expected=422, officer="Officer Lund")
    office.sees("Somebody saved this while you were typing", "Officer Reyes")
    assert 'value="Officer Lund"' in office.markup


def test_what_looks_like_code_is_text(office, places) -> None:
    """Markup, templates and SQL in a note are shown as they were typed."""
    odd = "<script>alert(1)</script> {{ 7*7 }} '); DROP TABLE persons;-- 👩🏽‍🚀 مريم"
    office.open(places["case"]).press("Save the note", text=odd)
    assert "<script>alert" not in office.markup
    office.sees("{{ 7*7 }}", "DROP TABLE persons;--", "مريم")
