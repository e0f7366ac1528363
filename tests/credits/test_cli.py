"""``youthcourt credits verify``: tells whether everything is as it must be, and changes nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from config import PROJECT
from tests.fixtures.app import add_court, command_settings
from tests.sentences.conftest import Bench
from youthcourt.cli import group
from youthcourt.credits.models import Transfer
from youthcourt.db import db, set_court


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """A scratch database of this test alone."""
    return sqlite_app


@pytest.fixture
def verify(app: Flask, tmp_path: Path) -> Callable[..., Result]:
    """Return a function that runs the command on the test's database."""
    env = command_settings(app, tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner(env=env).invoke(group, ["credits", "verify", *arguments])

    return run


@pytest.fixture
def served(session, court) -> Bench:
    """A court in which somebody has served and earned."""
    bench = Bench(session=session, court=court)
    ada = bench.person()
    bench.owes(ada)
    bench.serve(ada)
    session.commit()
    return bench


def plant(session, statement: str) -> None:
    """Change the ledger behind the program's back."""
    for verb in ("update", "delete"):
        session.execute(sa.text(f"DROP TRIGGER credit_transfers_no_{verb}"))
    session.execute(sa.text(statement))
    session.commit()


def test_a_sound_ledger_ends_with_0(served, verify):
    """One line per court."""
    found = verify()
    assert (found.exit_code, found.output) == (
        0,
        f"{served.court.slug}: everything is as it must be.\n",
    )
    assert json.loads(verify("--json").output) == [{"court": served.court.slug, "problems": []}]


def test_no_court_is_no_problem(verify):
    """Before the first court there is nothing to be wrong."""
    found = verify()
    assert (found.exit_code, found.output) == (0, "There is no court yet.\n")


@pytest.mark.parametrize(
    ("statement", "code", "words"),
    [
        ("UPDATE credit_transfers SET minutes = 1800", "earned_differs", "Credits and service"),
        ("DELETE FROM credit_transfers", "service_without_transfer", "Service without"),
    ],
)
def test_a_planted_fault_ends_with_1_and_names_its_rows(served, verify, statement, code, words):
    """In words for people, as data for programs; keys, never a name."""
    session = served.session
    key = str(session.scalars(sa.select(Transfer.id)).one())
    plant(session, statement)
    told = verify()
    assert told.exit_code == 1
    assert told.output.startswith(f"{served.court.slug}: {words}")
    assert "Ada" not in told.output
    data = verify("--json")
    assert data.exit_code == 1
    ((problem,),) = (court["problems"] for court in json.loads(data.output))
    assert problem["code"] == code
    if code == "earned_differs":
        assert key in problem["rows"]
        assert key in told.output


def test_one_court_alone_can_be_asked_for(served, verify):
    """A fault next door is not this court's; an unknown name is refused."""
    session = served.session
    plant(session, "DELETE FROM credit_transfers")
    other = add_court(session, "fl-charlotte", "Pine")
    set_court(session, served.court.id)
    assert verify("--court", other.slug).exit_code == 0
    assert verify("--court", served.court.slug).exit_code == 1
    both = verify("--json")
    assert [court["court"] for court in json.loads(both.output)] == sorted(
        [other.slug, served.court.slug]
    )
    refused = verify("--court", "nowhere")
    assert refused.exit_code == 1
    assert str(refused.exception) == "no_court"
    assert verify("--no-such-option").exit_code == 2


def test_looking_changes_nothing(served, verify, app):
    """Not a row of the database."""
    with app.app_context():
        path = str(db.engine.url.database)

    def rows() -> list[str]:
        with closing(sqlite3.connect(path)) as database:
            return list(database.iterdump())

    before = rows()
    assert any("INSERT INTO" in line and "credit_transfers" in line for line in before)
    assert verify().exit_code == 0
    assert rows() == before


@pytest.mark.parametrize(
    ("url", "output", "told"),
    [
        ("", "/dev/full", "The machine refused to read or write: No space left on device."),
        (
            "sqlite:////nowhere/x.db",
            "",
            "The database cannot be used: unable to open",
        ),
        ("sqlite:////nowhere/x.db", "", "Check YOUTHCOURT_DATABASE_URL"),
        ("garbage", "", "YOUTHCOURT_DATABASE_URL is no address of a database."),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(tmp_path, app, url, output, told) -> None:
    """A full disk, a database that is not there and an address that is none end with 1."""
    env = {**os.environ, **command_settings(app, tmp_path)}
    if url:
        env["YOUTHCOURT_DATABASE_URL"] = url
    command = [sys.executable, "-c", "from youthcourt.cli import main; main()"]
    with Path(output or os.devnull).open("w") as out:
        ended = subprocess.run(
            [*command, "credits", "verify", "--json"],
            env=env,
            cwd=PROJECT,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
