"""The real files laid beside the checkout, taken over; and the damaged ones, sent in by a browser.

Chicago's 35,950 rows are tried out here and planned row by row in test_domain_real_files.py; taking
38,834 cases over takes half a minute and is measured by hand (docs/decisions/0006).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.cases.importing import Inbox
from tests.cases.refusing import Refused
from tests.fixtures.app import add_court, sign_in_as
from youthcourt.accounts.domain import Role
from youthcourt.cases.domain.imports import shipped_mapping
from youthcourt.cases.models import Case, CaseNote, Charge, ImportRun, Incident
from youthcourt.cases.queries.imports import companion_incidents
from youthcourt.db import db, every_court, set_court
from youthcourt.files.tables import read_table
from youthcourt.people.models import Person

POLICE = shipped_mapping("fort-lauderdale-arrests")
FOLDERS = ("pollock_polluted", "pollock_survey")
READ, NEED_A_PERSON, EMPTY = 23, 3, 2

pytestmark = pytest.mark.shared


def fort_lauderdale(shared: Path) -> bytes:
    """Return the file of the police of Fort Lauderdale."""
    folder = shared / "data" / "fort_lauderdale_juvenile"
    return (folder / "arrests_2015_2017_and_blank_rows.csv").read_bytes()


def test_fort_lauderdale_is_taken_over(shared: Path, inbox: Inbox) -> None:
    """2,031 rows = 1,681 + 171 + 8 + 171; 1,681 cases; 218 incidents with companions; once."""
    session, data = inbox.session, fort_lauderdale(shared)
    run = inbox.take(data, POLICE)
    assert run.rows_read == 2031
    assert (run.rows_imported, run.rows_merged) == (1681, 171)
    assert (run.rows_refused, run.rows_blank, run.cases_made) == (8, 171, 1681)
    assert companion_incidents(session, run.id) == 218
    tables = (Case, Person, CaseNote, Incident, Charge)
    counts = {t: session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables}
    assert counts == {Case: 1681, Person: 1681, CaseNote: 1681, Incident: 1409, Charge: 1719}
    assert session.scalar(sa.select(sa.func.max(Case.number))) == "2026-1681"
    named = sa.select(sa.func.count(Person.id)).where(Person.family_name.is_not(None))
    assert session.scalar(named) == 0
    again = inbox.send(data, POLICE)
    assert (again.rows_merged, again.rows_refused, again.cases_made) == (1852, 8, 0)
    with Refused("import_does_nothing"):
        inbox.ready(again)


def test_chicago_is_tried_out(shared: Path, sqlite_app: Flask) -> None:
    """35,950 rows are read, each is used, 38,834 cases would be made, and none is."""
    folder = shared / "data" / "chicago_juvenile_arrests"
    data = (folder / "arrests_2013_2014.csv").read_bytes()
    with sqlite_app.app_context():
        session = db.session()
        session.info["writer"] = True
        court = add_court(session)
        set_court(session, court.id)
        inbox = Inbox(session, court, sqlite_app.extensions["youthcourt.config"].files_dir)
        run = inbox.send(data, shipped_mapping("chicago-arrests"))
        assert (run.rows_read, run.rows_imported, run.cases_made) == (35950, 35950, 38834)
        assert (run.rows_merged, run.rows_refused, run.rows_blank) == (0, 0, 0)
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 0


def test_nothing_of_a_mapped_column_of_fort_lauderdale_is_dropped(
    shared: Path, inbox: Inbox
) -> None:
    """Each disposition and each hour of a row that was used stands in a note of its case."""
    data = fort_lauderdale(shared)
    table = read_table(data, filename="list.csv")
    inbox.take(data, POLICE)
    notes = inbox.session.scalars(sa.select(CaseNote)).all()
    lines = {line for note in notes for line in note.text.split("\n")}
    number = table.header.index("Incident ID")
    for column in ("Disposition Description", "Time Arrested", "Date Arrested", "Ethnicity"):
        at = table.header.index(column)
        used = {row.cells[at].strip() for row in table.rows if row.cells[number].strip()} - {""}
        kept = {line.split(": ", 1)[1].split(" = ")[0] for line in lines if line.startswith(column)}
        assert used == kept, column


# The damaged files ----------------------------------------------------------------------------


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    """A coordinator's browser."""
    with sqlite_app.app_context():
        session = db.session()
        session.info["writer"] = True
        court = add_court(session)
    return sign_in_as(sqlite_app, court, Role.COORDINATOR)


def test_each_damaged_file_is_read_or_refused_and_none_is_half_imported(
    shared: Path, sqlite_app: Flask, client: FlaskClient
) -> None:
    """Through the browser, without a traceback and without a case.

    23 come to the choice of columns, 3 ask where the names stand, 2 have nothing in them.
    """
    root = shared / "data" / "import_torture"
    paths = sorted(path for folder in FOLDERS for path in (root / folder / "csv").iterdir())
    paths.append(root / "dc_mpd_adult_arrests_sample.csv")
    page = client.get("/cases/imports/new").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    ends: Counter[str] = Counter()
    for path in paths:
        given = FileStorage(io.BytesIO(path.read_bytes()), filename=path.name)
        data = {"csrf_token": token.group(1), "mapping": "", "file": given}
        # Encoded here: the test client leaves what it writes to a temporary file open.
        boundary, body = encode_multipart(data)
        kind = f'multipart/form-data; boundary="{boundary}"'
        answer = client.post("/cases/imports/new", data=body, content_type=kind)
        if answer.status_code == 422:
            assert "There is nothing in this file" in answer.text
            ends["refused"] += 1
            continue
        shown = client.get(answer.location, follow_redirects=True)
        assert shown.status_code == 200, path.name
        ends[shown.request.path.rsplit("/", 1)[1]] += 1
    assert ends == {"columns": READ + 1, "reading": NEED_A_PERSON, "refused": EMPTY}
    assert stored(sqlite_app) == (0, READ + 1 + NEED_A_PERSON)


def stored(app: Flask) -> tuple[int, int]:
    """Return how many cases and how many runs there are in all courts."""
    with app.app_context():
        session = db.session()
        with every_court(session, reason="counting for a test"):
            cases = session.scalar(sa.select(sa.func.count()).select_from(Case))
            runs = session.scalar(sa.select(sa.func.count()).select_from(ImportRun))
            return cases or 0, runs or 0
