"""``youthcourt evaluation export``: the file of the page, for somebody at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from tests.evaluation.conftest import Records, download, people
from tests.fixtures.app import NOW, TODAY, command_settings
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import SignIn
from youthcourt.audit.models import AuditEntry
from youthcourt.cli import group


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """A scratch database of this test alone."""
    return sqlite_app


@pytest.fixture
def stepped_up(browser: Callable[..., FlaskClient], records: Records) -> FlaskClient:
    """An evaluator who has just shown the password again, and a court with thirteen people."""
    client = browser(Role.EVALUATOR)
    people(records, found=6, clean=7)
    records.session.execute(sa.update(SignIn).values(stepped_up_at=NOW))
    records.session.commit()
    return client


@pytest.fixture
def export(app: Flask, records: Records, tmp_path: Path) -> Callable[..., Result]:
    """Return a function that runs the command on the court of the test."""
    env = command_settings(app, tmp_path)

    def run(out: Path, *more: str, slug: str = records.court.slug) -> Result:
        span = ("--from", "2025-01-01", "--to", "2025-12-31")
        words = ["evaluation", "export", "--court", slug, *span, "--out", str(out), *more]
        return CliRunner(env=env).invoke(group, words)

    return run


SAME = ("--months", "6", "--months", "12", "--event", "arrest", "--event", "charge")


def test_the_command_writes_the_bytes_of_the_page(stepped_up, export, records, tmp_path) -> None:
    """To a file that only its owner reads, and writes it down."""
    page, out = download(stepped_up).data, tmp_path / "study.zip"
    told = export(out, *SAME, "--json")
    assert told.exit_code == 0, told.output
    assert out.read_bytes() == page
    assert out.stat().st_mode & 0o777 == 0o600
    answer = json.loads(told.output)
    assert (answer["ok"], answer["people"], answer["looked_at"]) == (True, 13, 13)
    with ZipFile(out) as packed:
        assert packed.testzip() is None
    query = sa.select(sa.func.count()).where(AuditEntry.act == "research_file_made")
    assert records.session.scalar(query) == 2
    records.session.rollback()


def test_a_file_that_is_there_stays_as_it_is(stepped_up, export, tmp_path) -> None:
    """Also when it is empty."""
    out = tmp_path / "study.zip"
    out.write_bytes(b"")
    told = export(out)
    assert told.exit_code == 1
    assert "is there already and is not overwritten" in told.output
    assert out.read_bytes() == b""
    answer = json.loads(export(out, "--json").output)
    assert (answer["ok"], answer["code"]) == (False, "file_is_there")


def test_the_command_refuses_what_cannot_be(stepped_up, export, tmp_path) -> None:
    """A stranger's court, a month nobody offers, a day to come, a cohort of nobody."""
    out = tmp_path / "study.zip"
    assert export(out, slug="nowhere").exit_code == 2
    assert export(out, "--months", "7").exit_code == 2
    assert export(out, "--as-of", "2031-01-01").exit_code == 1
    nobody = export(out, "--who", "completed")
    assert nobody.exit_code == 1
    assert "Nobody is in this cohort" in nobody.output
    assert not out.exists()


def test_the_command_takes_the_months_of_the_rules(stepped_up, export, tmp_path) -> None:
    """And every kind of event, when none is named."""
    out = tmp_path / "study.zip"
    told = export(out, "--as-of", TODAY.isoformat())
    assert told.exit_code == 0
    assert "13 people" in told.output
    with ZipFile(out) as packed:
        definitions = packed.read("definitions.txt").decode()
    assert "windows: 6, 12, 24 calendar months" in definitions
    assert "adjudication, arrest, charge, confinement, referral" in definitions


def test_help_shows_an_example(export, tmp_path) -> None:
    """One that can be copied."""
    told = export(tmp_path / "x.zip", "--help").output
    assert "Example: youthcourt evaluation export --court elm-street" in told


def test_the_lists_of_the_command_are_those_of_the_product() -> None:
    """They are written a second time so that --help is quick."""
    from youthcourt.cli import evaluation as command
    from youthcourt.evaluation.domain import CohortFilter, Denominator, StartChoice
    from youthcourt.followups.domain import Basis, LaterEventKind

    for written, enum in (
        (command.STARTS, StartChoice),
        (command.FILTERS, CohortFilter),
        (command.KINDS, LaterEventKind),
        (command.BASES, Basis),
        (command.SHARES, Denominator),
    ):
        assert set(written) == {member.value for member in enum}
