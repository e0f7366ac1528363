"""``youthcourt cases import``: the same take-over, for somebody at a terminal or a timer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner, Result
from flask import Flask

from tests.cases.importing import ANA, FILES, NAMED, Inbox, table_of
from tests.cases.open_cases import forty, sheet
from tests.fixtures.app import NOW, SmallCourt, command_settings
from youthcourt.cases.models import Case, CaseNote, ImportRun
from youthcourt.cli import group, progress
from youthcourt.sentences.models import Sentence

POLICE = str(FILES / "arrests_police.csv")
MAPPING = ("--mapping", "fort-lauderdale-arrests")


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """A scratch database of this test alone."""
    return sqlite_app


@pytest.fixture
def take_in(app: Flask, court: SmallCourt, tmp_path: Path) -> Callable[..., Result]:
    """Return a function that runs the command on the court of the test."""
    env = command_settings(app, tmp_path)

    def run(*arguments: str, slug: str = court.slug) -> Result:
        words = ["cases", "import", *arguments, "--court", slug]
        return CliRunner(env=env).invoke(group, words)

    return run


def count(session, model) -> int:
    """Return how many rows a table has; the database is let go of."""
    number = session.scalar(sa.select(sa.func.count()).select_from(model)) or 0
    session.rollback()
    return number


def test_a_file_is_taken_over_with_refused_rows_told(take_in, session) -> None:
    """It ends with 1 because three rows were refused; the others are in."""
    done = take_in(POLICE, *MAPPING)
    assert done.exit_code == 1, done.output
    assert "New cases: 4." in done.output
    assert "Rows read: 12 = imported 4 + merged 3 + refused 3 + blank 2." in done.output
    assert count(session, Case) == 4
    note = session.scalars(sa.select(CaseNote)).first()
    assert note is not None
    assert "of the file" in note.text


def test_a_file_whose_every_row_is_used_ends_with_0(take_in, session, tmp_path) -> None:
    """And the same file again writes nothing."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"".join((FILES / "arrests_grouped.csv").read_bytes().splitlines(True)[:5]))
    done = take_in(str(path), "--mapping", "chicago-arrests")
    assert done.exit_code == 0, done.output
    again = take_in(str(path), "--mapping", "chicago-arrests")
    assert (again.exit_code, "Nothing was written" in again.output) == (0, True)
    assert (count(session, Case), count(session, ImportRun)) == (7, 1)


def test_open_cases_are_taken_over_by_the_command(take_in, session, tmp_path) -> None:
    """40 made-up cases in the middle of a year, in our own sheet."""
    file = tmp_path / "open.csv"
    file.write_bytes(sheet(*forty()))
    with time_machine.travel(NOW):
        done = take_in(str(file), "--mapping", "open-cases")
        again = take_in(str(file), "--mapping", "open-cases")
    assert done.exit_code == 0, done.output
    assert "New cases: 40." in done.output
    assert "Nothing was written" in again.output
    assert count(session, Sentence) == 10


def test_a_dry_run_writes_nothing_at_all(take_in, session, tmp_path) -> None:
    """Not even the run."""
    done = take_in(POLICE, *MAPPING, "--dry-run")
    assert (done.exit_code, "Cases it would make: 4." in done.output) == (1, True)
    assert (count(session, Case), count(session, ImportRun)) == (0, 0)
    assert not (tmp_path / "files").exists()


def test_another_program_is_told_in_json(take_in) -> None:
    """Counts that add up, reasons by code."""
    told = json.loads(take_in(POLICE, *MAPPING, "--json").stdout)
    assert told["rows"] == {"read": 12, "imported": 4, "merged": 3, "refused": 3, "blank": 2}
    assert (told["ok"], told["done"], told["cases"]) == (False, "taken_over", 4)
    assert (told["incidents"], told["incidents_with_companions"]) == (3, 1)
    assert told["refused_because"] == {
        "row_field_missing": 1,
        "date_not_readable": 1,
        "age_implausible": 1,
    }


def test_refused_rows_are_written_with_their_reasons(take_in, tmp_path) -> None:
    """For the owner alone, because they tell of young people."""
    out = tmp_path / "out.csv"
    take_in(POLICE, *MAPPING, "--dry-run", "--report", str(out))
    lines = out.read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Row", "10", "11", "12"]
    assert "That makes an age of 40" in lines[3]
    assert out.stat().st_mode & 0o077 == 0


def test_a_mapping_the_court_has_saved_is_used_by_its_name(
    take_in, session, court, app, tmp_path
) -> None:
    """In its newest version."""
    folder = app.extensions["youthcourt.config"].files_dir
    Inbox(session=session, court=court, folder=folder).send(table_of(ANA), NAMED)
    path = tmp_path / "list.csv"
    path.write_bytes(table_of(ANA))
    assert take_in(str(path), "--mapping", "named").exit_code == 0
    assert count(session, Case) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"MZ\x90\x00" + b"\x00" * 99, "inside it is something else: a program"),
        (b"a,b\n1,2\n", "The file does not have these columns"),
        (b"", "There is nothing in this file"),
    ],
)
def test_a_file_that_is_refused_ends_with_1_and_one_sentence(
    take_in, session, tmp_path, data, told
) -> None:
    """No traceback, nothing kept."""
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    done = take_in(str(path), *MAPPING)
    assert done.exit_code == 1
    assert told in done.output
    assert done.output.count("\n") == 1
    as_json = json.loads(take_in(str(path), *MAPPING, "--json").stdout)
    assert (as_json["ok"], as_json["done"]) == (False, "refused")
    assert count(session, ImportRun) == 0


def test_wrong_usage_ends_with_2(take_in) -> None:
    """An unknown court, mapping or file, or something left out."""
    assert take_in(POLICE, *MAPPING, slug="nowhere").exit_code == 2
    unknown = take_in(POLICE, "--mapping", "nothing")
    assert unknown.exit_code == 2
    assert "There are: chicago-arrests, fort-lauderdale-arrests, open-cases." in unknown.output
    assert take_in("no-such-file.csv", *MAPPING).exit_code == 2
    assert take_in(POLICE).exit_code == 2


def test_help_shows_an_example(take_in) -> None:
    """One that can be copied."""
    assert "Example: youthcourt cases import" in take_in("--help").output


def test_a_bar_comes_up_when_the_work_takes_a_while(monkeypatch, capsys) -> None:
    """Shorter work has none."""
    with progress.Bar("Reading rows", 10) as bar:
        bar.move(5)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "SHOW_AFTER", -1.0)
    with progress.Bar("Reading rows", 10) as bar:
        bar.move(4)
        bar.move(6)
    assert "Reading rows" in capsys.readouterr().err
