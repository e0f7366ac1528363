"""What somebody sees who sends a file of referrals in."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.cases.importing import ANA, FILES, table_of
from tests.cases.open_cases import MIA, sheet
from tests.fixtures.app import NOW, add_court, sign_in_as
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.models import Case, CaseNote, ImportMapping, ImportRun
from youthcourt.people.models import Person

MESSES = FILES.parent.parent / "files" / "messes"
POLICE = (FILES / "arrests_police.csv").read_bytes()
SCHOOL = (FILES / "referrals_school.csv").read_bytes()
NEW = "/cases/imports/new"


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def client(browser) -> FlaskClient:
    """The coordinator's browser."""
    client: FlaskClient = browser(Role.COORDINATOR)
    return client


def token(page: TestResponse) -> str:
    """The token of the page's forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    return found.group(1)


def post(client: FlaskClient, url: str, **values: Any) -> TestResponse:
    """Send a form with a token."""
    return client.post(url, data={"csrf_token": token(client.get(NEW)), **values})


def send(
    client: FlaskClient, data: bytes, mapping: str = "", *, name: str = "list.csv"
) -> TestResponse:
    """Send a file in."""
    return post(client, NEW, file=(io.BytesIO(data), name), mapping=mapping)


def sent(client: FlaskClient, data: bytes, mapping: str = "", **more: Any) -> str:
    """Send a file in and return the address of its run."""
    answer = send(client, data, mapping, **more)
    assert answer.status_code == 303, re.findall(r"<li>.*?</li>", answer.text)
    return str(answer.location)


def filled(page: TestResponse) -> dict[str, Any]:
    """Return what a browser would send of the forms of a page as they are filled in."""
    body = page.text[page.text.rindex('action="', 0, page.text.index('name="title"')) :]
    values: dict[str, Any] = {}
    for name, inside in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', inside)
        values[name] = unescaped(chosen.group(1)) if chosen else ""
    for tag in re.findall(r"<input[^>]*>", body):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        kind, name = found.get("type", "text"), found.get("name", "")
        if kind in {"checkbox", "radio"}:
            if " checked" in tag:
                values.setdefault(name, []).append(unescaped(found["value"]))
        elif name:
            values[name] = unescaped(found.get("value", ""))
    return values


def unescaped(text: str) -> str:
    """Return the text of an attribute."""
    for sign, plain in (("&amp;", "&"), ("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<")):
        text = text.replace(sign, plain)
    return text


def words(page: TestResponse) -> str:
    """Return what can be read on a page, with single spaces."""
    text = re.sub(r"<[^>]+>", " ", page.text[page.text.index("<main") :])
    return unescaped(" ".join(text.split()))


def stored(session: Session, model: Any) -> list[Any]:
    """Return every row of a table of the court; the database is let go of."""
    rows = list(session.scalars(sa.select(model)))
    session.expunge_all()
    session.rollback()
    return rows


def take_over(client: FlaskClient, run: str) -> TestResponse:
    """Press the button of the dry-run page."""
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', client.get(run).text)
    assert seen is not None
    return post(client, f"{run}/take-over", seen=seen.group(1))


# From a file to cases -------------------------------------------------------------------------


def test_a_file_with_a_known_mapping_goes_in_with_two_buttons(client, session, court) -> None:
    """Sent in, looked at, taken over; the result leads to the cases."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    dry = words(client.get(run))
    assert "Makes a case, or several 4" in dry
    assert "Belongs to a case on record 3 Refused 3 Empty 2 Rows read 12" in dry
    assert "Incidents with a number: 3, of them with more than one case: 1" in dry
    assert "11 Day of the arrest: “02/31/2024 12:00:00 AM” is no day of the calendar" in dry
    assert "Time of the arrest: “2561” is no time of day" in dry
    assert "Columns that are not taken over: 4" in dry
    assert "Race: B = Black or African American" in dry
    assert stored(session, Case) == []

    answer = take_over(client, run)
    assert (answer.status_code, answer.location) == (303, run)
    result = client.get(run)
    assert "The file is taken over. New cases: 4." in result.text
    assert "Incidents with more than one case of this file: 1" in words(result)
    cases = stored(session, Case)
    assert all(f"/cases/{case.id}" in result.text for case in cases)
    page = words(client.get(f"/cases/{cases[0].id}"))
    assert "not yet identified" in page
    assert "Fort Lauderdale Police: juvenile arrests (city open data), row" in page


def test_open_cases_are_shown_before_and_after_they_are_taken_over(client, session, court) -> None:
    """Our own sheet is handed out empty; filled in it goes in with two buttons."""
    empty = client.get("/cases/imports/open-cases.csv")
    assert empty.data.decode("utf-8-sig").startswith("Given names,Family name,Birth date,")
    closed = MIA | {"Given names": "Lu", "Stage": "closed"}
    run = sent(client, sheet(MIA, closed), "open-cases")
    dry = words(client.get(run))
    assert "Open already, Sentenced, something is still to do: 1" in dry
    assert "Ada Okonkwo, Mother, (202) 555-0147" in dry
    assert "Jury sessions: 7 sessions ordered, 3 sessions done" in dry
    assert "The case is closed already." in dry
    take_over(client, run)
    (case,) = stored(session, Case)
    page = words(client.get(f"/cases/{case.id}"))
    assert "given before these records were kept here" in page
    assert "Withdraw this sentence" not in page


def test_the_same_file_again_says_that_it_makes_no_second_case(client, session, court) -> None:
    """And offers no button to take it over."""
    take_over(client, sent(client, POLICE, "fort-lauderdale-arrests"))
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    page = client.get(run)
    assert "This very file was taken over before" in page.text
    assert "No new case" in page.text
    assert "take-over" not in page.text
    post(client, f"{run}/take-over", seen="x")
    assert len(stored(session, Case)) == 4


def test_pressing_twice_takes_over_once(client, session, court) -> None:
    """The second press is told, and the page shows the result."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', client.get(run).text)
    assert seen is not None
    for _press in range(2):
        answer = post(client, f"{run}/take-over", seen=seen.group(1))
        assert answer.status_code == 303
    assert len(stored(session, Case)) == 4
    assert "Nothing was done twice" in client.get(run).text


def test_what_has_changed_since_is_shown_again_first(client, session, court) -> None:
    """Two runs of the same rows: the second dry run was looked at before the first went in."""
    one, other = (sent(client, POLICE, "fort-lauderdale-arrests") for _ in range(2))
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', client.get(other).text)
    assert seen is not None
    take_over(client, one)
    answer = post(client, f"{other}/take-over", seen=seen.group(1))
    page = client.get(answer.location)
    assert "Something has changed since you looked" in page.text
    assert "Cases it would make 0" in words(page)
    assert len(stored(session, Case)) == 4


# Columns and words ----------------------------------------------------------------------------


def test_a_new_kind_of_file_gets_its_mapping_on_the_page(client, session, court) -> None:
    """Columns are suggested with samples; a name is asked for; the mapping is there next time."""
    run = sent(client, SCHOOL)
    columns = client.get(run).location
    assert columns == f"{run}/columns"
    page = client.get(columns)
    assert "First Name: Amélie, =cmd()|" in unescaped(page.text)
    values = filled(page)
    assert values["column_birth_date"] == "DOB"
    assert values["pattern_birth_date"] == "MM/DD/YYYY"
    answer = client.post(columns, data=values)
    assert answer.status_code == 422
    assert "Please fill this in" in answer.text
    answer = client.post(columns, data=values | {"title": "Lakeside High"})
    assert answer.location == run
    assert "Cases it would make 3" in words(client.get(run))
    (mapping,) = stored(session, ImportMapping)
    assert (mapping.name, mapping.number) == ("lakeside-high", 1)
    take_over(client, run)
    again = sent(client, SCHOOL, "lakeside-high")
    assert "No new case" in client.get(again).text


def test_a_mapping_changed_on_the_page_becomes_its_next_version(client, session, court) -> None:
    """With another title it is another mapping, and an old name is never taken away."""
    run = sent(client, SCHOOL)
    values = filled(client.get(f"{run}/columns")) | {"title": "Lakeside High"}
    client.post(f"{run}/columns", data=values)
    values = filled(client.get(f"{run}/columns"))
    assert values["title"] == "Lakeside High"
    client.post(f"{run}/columns", data=values | {"column_phone": ""})
    client.post(f"{run}/columns", data=values | {"title": "Other school"})
    stored_as = [(m.name, m.number) for m in stored(session, ImportMapping)]
    assert sorted(stored_as) == [("lakeside-high", 1), ("lakeside-high", 2), ("other-school", 1)]
    answer = client.post(f"{run}/columns", data=values)
    assert answer.status_code == 422
    assert "Another kind of file has this name" in answer.text


def test_a_shipped_mapping_stays_as_it_is(client, session, court) -> None:
    """The court's own version needs a name of its own and knows the rows of the other again."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    values = filled(client.get(f"{run}/columns"))
    answer = client.post(f"{run}/columns", data=values)
    assert "Another kind of file has this name" in answer.text
    client.post(f"{run}/columns", data=values | {"title": "Our police"})
    own = next(m for m in stored(session, ImportMapping) if m.name == "our-police")
    assert own.document["source"] == "fort-lauderdale-arrests"
    assert own.document["identity"] == ["incident_number", "age", "race", "sex"]
    assert "Cases it would make 4" in words(client.get(run))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column_charge_text": "Sex"}, "Chosen more than once: Sex"),
        ({"pattern_arrested_on": ""}, "Choose how the days are written: Day of the arrest"),
        ({"column_arrested_on": ""}, "Choose a column for at least one day"),
        (
            {"known_by": "reference"},
            "Choose a column for these, or leave them out: Referral number",
        ),
        ({"column_count": "Record Count"}, "A row that counts several arrests has no number"),
        ({"referred_on": "2026-02-31"}, "This is no day of the calendar"),
        ({"column_sex": "No such column"}, "Please choose one of the answers shown"),
    ],
)
def test_a_mistake_in_the_columns_is_said_and_nothing_is_lost(
    client, session, court, changes, sentence
) -> None:
    """The page comes back with everything that was chosen."""
    run = sent(client, POLICE)
    values = filled(client.get(f"{run}/columns")) | {"title": "Ours", **changes}
    answer = client.post(f"{run}/columns", data=values)
    assert answer.status_code == 422
    assert sentence in unescaped(answer.text)
    assert 'value="Ours"' in answer.text
    assert stored(session, ImportMapping) == []


def test_words_that_are_not_known_are_asked_for(client, session, court) -> None:
    """What is answered is kept in the mapping and read at once."""
    run = sent(client, table_of(ANA | {"Race": "Q", "Sex": "girl"}))
    values = filled(client.get(f"{run}/columns")) | {"title": "Ours"}
    answer = client.post(f"{run}/columns", data=values)
    assert answer.location == f"{run}/words"
    page = client.get(answer.location)
    assert "“Q”" in page.text
    assert "“girl”" in page.text
    data = {"csrf_token": token(page), "word_sex_0": "female", "word_race_0": ["black", "white"]}
    assert client.post(answer.location, data=data | {"word_severity_0": ""}).location == run
    dry = words(client.get(run))
    assert "Words that are not known Level" not in dry
    assert "Sex Female" in dry
    assert "Race: Q = Black or African American, White" in dry
    document = max(stored(session, ImportMapping), key=lambda m: m.number).document
    assert document["values"]["sex"] == {"girl": "female"}


def test_a_file_can_be_tried_with_another_mapping(client, session, court) -> None:
    """One that does not fit says which columns are missing, and the file stays."""
    run = sent(client, POLICE)
    answer = post(client, f"{run}/mapping", mapping="chicago-arrests")
    assert answer.status_code == 422
    assert "The file does not have these columns: ARREST_DATE" in answer.text
    assert "Please choose one of the answers shown" in post(client, f"{run}/mapping").text
    answer = post(client, f"{run}/mapping", mapping="fort-lauderdale-arrests")
    assert answer.location == run


def test_an_agency_and_a_day_of_referral_can_be_given_for_all_rows(client, session, court) -> None:
    """Where no column says them."""
    run = sent(client, (FILES / "arrests_grouped.csv").read_bytes())
    values = filled(client.get(f"{run}/columns"))
    values |= {"title": "City", "agency": "City Police", "referred_on": "2026-02-01"}
    client.post(f"{run}/columns", data=values)
    take_over(client, run)
    cases = stored(session, Case)
    assert {case.referred_on.isoformat() for case in cases} == {"2026-02-01"}
    assert all(case.agency_id for case in cases)
    assert min(case.number for case in cases) == "2026-0001"


# How a file is read ---------------------------------------------------------------------------


def test_a_header_that_was_not_found_can_be_pointed_at(client, session, court) -> None:
    """The first rows are shown with their numbers; a row that cannot be it is said to be none."""
    answer = send(client, (MESSES / "no_header.csv").read_bytes())
    run = str(answer.location)
    reading = client.get(client.get(run).location).location
    assert reading == f"{run}/reading"
    page = client.get(reading)
    assert "The program is not sure how to read this file" in page.text
    values = {"csrf_token": token(page), "header_rows": "", "delimiter": "", "encoding": ""}
    wrong = client.post(reading, data=values | {"header_row": "99"})
    assert wrong.status_code == 422
    assert "The file cannot be read like this" in wrong.text
    right = client.post(reading, data=values | {"header_row": "0"})
    assert right.location == f"{run}/columns"
    assert "R-101, R-102" in client.get(right.location).text


def test_lines_that_are_no_rows_are_counted_too(client, session, court) -> None:
    """Titles, notes and empty lines are part of the sum; a second table is refused."""
    lines = table_of(ANA).decode().splitlines()
    text = "\r\n".join(
        ["Monthly list", "", *lines, "", "Note: printed on 2026-02-01", "* see above"]
    )
    run = sent(client, text.encode())
    values = filled(client.get(f"{run}/columns")) | {"title": "Ours"}
    client.post(f"{run}/columns", data=values)
    (row,) = stored(session, ImportRun)
    assert (row.rows_read, row.rows_imported, row.rows_blank) == (6, 1, 5)
    page = words(client.get(run))
    assert "A line above the table: it is no row of it." in page
    assert "A note below the table: it is no row of it." in page


# What is refused ------------------------------------------------------------------------------


def workbook_bomb() -> bytes:
    """A small workbook that unpacks to far more than a table can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "list.csv", "inside it is something else: a program"),
        (b"%PDF-1.7\n", "list.xlsx", "inside it is something else: a PDF"),
        (b"No,Day\n1,2\n", "list.exe", "Only CSV and Excel files"),
        (b"", "list.csv", "There is nothing in this file"),
        (b"\x00\x01\x02\x03" * 50, "list.csv", "This is no text file"),
        (b"PK\x03\x04 broken", "list.xlsx", "This Excel file is damaged"),
        (b"Incident,FBI No\n1,2\n", "list.csv", "columns for FBI or state identification"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason_and_not_kept(
    app, client, session, court, data, name, sentence
) -> None:
    """Nothing is stored, on disk or in the database."""
    answer = send(client, data, name=name)
    assert answer.status_code == 422
    assert sentence in unescaped(answer.text)
    assert stored(session, ImportRun) == []
    folder = app.extensions["youthcourt.config"].files_dir
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked(client, session, court) -> None:
    """By what it says of itself."""
    answer = send(client, workbook_bomb(), name="list.xlsx")
    assert answer.status_code == 422
    assert "would fill the memory" in answer.text


def test_without_a_file_one_is_asked_for(client, court) -> None:
    """At its field."""
    answer = post(client, NEW, mapping="")
    assert answer.status_code == 422
    assert "Please choose a file first" in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DOB": "1986-01-10"}, "That makes an age of 40"),
        (
            {"DOB": "2026-01-15"},
            "The birth date, 15 January 2026, is after the day of the offence",
        ),
        ({"Offense Date": "2026-02-31"}, "Day of the incident: “2026-02-31” is no day"),
        ({"First Name": "A" * 10_000}, "Given names: This name has 10000 characters"),
        ({"First Name": "Ana\u202egnp"}, "Given names: This name holds invisible characters"),
        ({"Offense": "x" * 301}, "Offence in words: 301 characters are too many"),
        ({"Incident": ""}, "Not filled in: Incident number"),
        ({"Age": "old"}, "Age: “old” is no number of years"),
        ({"Referral Date": "2099-01-01"}, "Day of the referral: “2099-01-01” is still to come"),
        ({"Offense Date": "2026-02-01"}, "is later than the referral (20 January 2026)"),
        ({"Offense Date": "1999-02-01"}, "“1999-02-01” is before 1 January 2000"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_plain_words(
    client, session, court, changes, sentence
) -> None:
    """Row 2 says why; nobody is made of it."""
    run = sent(client, table_of(ANA | changes))
    values = filled(client.get(f"{run}/columns"))
    dates = {f"pattern_{n}": "YYYY-MM-DD" for n in ("birth_date", "incident_on", "referred_on")}
    client.post(f"{run}/columns", data=values | dates | {"title": "Ours"})
    assert sentence in words(client.get(run))
    assert "No row of this file can be used" in words(client.get(run))
    assert stored(session, Person) == []


@pytest.mark.parametrize("name", ["=cmd()|'A0'", "Zoë 🌟", '"><b>x', "<script>alert(1)</script>"])
def test_a_strange_name_is_shown_as_text_and_taken_over(client, session, court, name) -> None:
    """On every page it comes by."""
    run = sent(client, table_of(ANA | {"First Name": name}))
    columns = client.get(f"{run}/columns")
    client.post(f"{run}/columns", data=filled(columns) | {"title": "Ours"})
    dry = client.get(run)
    take_over(client, run)
    result = client.get(run)
    for page in (columns, dry, result):
        assert "<script>alert" not in page.text
        assert '"><b>' not in page.text
    (person,) = stored(session, Person)
    assert person.given_names == name


def test_refused_rows_can_be_downloaded_and_run_no_formula(client, session, court) -> None:
    """Each with its number and its reason, and with all of its cells."""
    rows = [ANA | {"DOB": "2026-02-31", "First Name": "=cmd()|'x'"}, ANA]
    run = sent(client, table_of(*rows))
    values = filled(client.get(f"{run}/columns")) | {"title": "Ours"}
    client.post(f"{run}/columns", data=values | {"pattern_birth_date": "YYYY-MM-DD"})
    answer = client.get(f"{run}/rows.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=rows-left-aside.csv"
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Row,What became of it,Why,Referral No,Incident,First")
    assert len(lines) == 2
    assert lines[1].startswith("2,Refused,Birth date: “2026-02-31” is no day of the calendar")
    assert "'=cmd()|'x'" in next(csv.reader([lines[1]]))


# Letting go, and who may ----------------------------------------------------------------------


def test_a_file_can_be_discarded(app, client, session, court) -> None:
    """Its bytes are gone and its page says so."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    assert post(client, f"{run}/discard").location == "/cases/imports"
    assert "This file was discarded" in client.get(run).text
    folder = app.extensions["youthcourt.config"].files_dir
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert "was discarded" in client.get(post(client, f"{run}/take-over", seen="").location).text


def test_a_file_that_was_removed_by_hand_says_so(client, session, court) -> None:
    """The run can still be discarded."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    (row,) = stored(session, ImportRun)
    post(client, f"/files/{row.file_id}/remove", reason="wrong_file")
    assert "The file of this import was removed" in client.get(run).text
    assert client.get(f"{run}/columns").status_code == 200
    assert post(client, f"{run}/discard").status_code == 303


def test_a_stranger_finds_nothing_and_a_clerk_may_not(app, client, session, browser, court) -> None:
    """Another court's run answers like one that does not exist."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    stranger = sign_in_as(app, add_court(session, name="Pine"), Role.COORDINATOR)
    pages = ("", "/columns", "/words", "/reading", "/rows.csv")
    assert {stranger.get(f"{run}{page}").status_code for page in pages} == {404}
    acts = ("/columns", "/words", "/reading", "/mapping", "/take-over", "/discard")
    assert {post(stranger, f"{run}{act}").status_code for act in acts} == {404}
    clerk = browser(Role.CLERK)
    assert {clerk.get(f"{run}{page}").status_code for page in pages} == {403}
    assert clerk.get("/cases/imports").status_code == 403


def test_the_list_shows_what_waits_first_and_the_cases_page_says_so(client, court) -> None:
    """Each with its state, and the reading of the list is written down."""
    assert "No file has been sent in yet" in client.get("/cases/imports").text
    take_over(client, sent(client, POLICE, "fort-lauderdale-arrests"))
    sent(client, SCHOOL)
    page = words(client.get("/cases/imports"))
    assert page.index("Needs its columns chosen") < page.index("Taken over")
    assert "Imports (1)" in words(client.get("/cases/"))


def test_nothing_of_a_file_is_in_an_address_or_the_journal(client, session, court) -> None:
    """Opening a run is noted, with its key alone."""
    run = sent(client, table_of(ANA), name="Ana Núñez.csv")
    values = filled(client.get(f"{run}/columns")) | {"title": "Ours"}
    answer = client.post(f"{run}/columns", data=values)
    for address in (run, answer.location):
        assert re.fullmatch(r"/cases/imports/[0-9a-f-]{36}(/words)?", address)
    reads = [e for e in stored(session, AuditEntry) if e.act == "read"]
    assert {e.subject for e in reads} >= {"import_run"}
    assert "Ana" not in " ".join(str(e.params) for e in stored(session, AuditEntry))


def test_a_note_of_a_case_names_its_rows(client, session, court) -> None:
    """So that somebody can look a row up in the file."""
    run = sent(client, POLICE, "fort-lauderdale-arrests")
    take_over(client, run)
    titles = {note.text.split("\n")[0] for note in stored(session, CaseNote)}
    title = "Fort Lauderdale Police: juvenile arrests (city open data)"
    assert f"{title}, row 13 of the file" in titles
    assert f"{title}, rows 3, 4, 5 of the file" in titles
