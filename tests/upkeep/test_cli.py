"""``youthcourt backup`` and ``restore``: what they print, and how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.fixtures.command import Run, run_command, settings_of
from tests.upkeep.conftest import PASSPHRASE
from youthcourt.upkeep.models import UpkeepMark

SEALED = {"YOUTHCOURT_BACKUP_PASSPHRASE": PASSPHRASE}


@pytest.fixture
def run(monkeypatch, tmp_path: Path) -> Run:
    """Return a function that runs the command on a place of its own, named by its first word."""

    def go(place: str, *words: str, **changed: str):
        folder = tmp_path / place
        settings = settings_of(folder, f"sqlite:///{folder / 'own.db'}") | SEALED
        given = {f"YOUTHCOURT_{name}": value for name, value in changed.items()}
        return run_command(monkeypatch, settings | given, *words)

    return go


@pytest.fixture
def court(run) -> str:
    """A place with one court in it."""
    assert run("old", "db", "upgrade").code == 0
    create = ("--name", "Elm Street", "--slug", "elm", "--zone", "America/New_York")
    assert run("old", "courts", "create", *create, "--preset", "tx-midland").code == 0
    return "old"


def marks(folder: Path) -> dict[str, tuple[bool, bool]]:
    """Return by kind whether it was tried and whether it went well."""
    engine = sa.create_engine(f"sqlite:///{folder / 'own.db'}")
    with engine.connect() as connection:
        found = connection.execute(sa.select(UpkeepMark.__table__)).all()
    engine.dispose()
    return {row.kind.value: (row.tried_at is not None, row.done_at is not None) for row in found}


def test_there_and_back_again(run, court: str, tmp_path: Path) -> None:
    """Into a folder under a name made of the time; restored into a folder that was not there."""
    ran = run(court, "backup", str(tmp_path))
    assert ran.code == 0
    assert "Written, read back and found whole." in ran.out
    assert "The encryption keys are not in it." in ran.out
    assert PASSPHRASE not in ran.out + ran.err
    (kept,) = tmp_path.glob("*.ycbackup")
    assert re.fullmatch(r"youthcourt-\d{4}-\d\d-\d\d-\d{6}\.ycbackup", kept.name)
    assert marks(tmp_path / court) == {"backup": (True, True)}
    checked = json.loads(run("new", "restore", str(kept), "--check", "--json").out)
    assert (checked["ok"], checked["done"], checked["keys_fit"]) == (True, "read", True)
    assert not (tmp_path / "new" / "own.db").exists() or not marks_table(tmp_path / "new")
    back = run("new", "restore", str(kept), "--json")
    told = json.loads(back.out)
    assert (back.code, told["ok"], told["done"]) == (0, True, "restored")
    assert told["ledger_problems"] == told["ledger_problems_now"] == {"elm": 0}
    assert told["rows"] == checked["rows"] > 0
    # The code that 'courts create' printed is not used yet.
    ended = ("sign_ins_ended", "codes_ended", "mails_held", "mails_dropped")
    assert [told[name] for name in ended] == [0, 1, 0, 0]
    in_words = run("third", "restore", str(kept)).out
    assert "One-time codes, slips and links ended: 1." in in_words
    assert "E-mails kept back: 0." in in_words
    assert marks(tmp_path / "new") == {"restore": (True, True)}
    assert "elm: everything is as it must be." in run("new", "credits", "verify").out
    again = run("new", "restore", str(kept))
    assert (again.code, again.out) == (1, "")
    assert "There are records in this database" in again.err


def marks_table(folder: Path) -> bool:
    """Return whether a database has tables."""
    engine = sa.create_engine(f"sqlite:///{folder / 'own.db'}")
    with engine.connect() as connection:
        found = sa.inspect(connection).has_table("upkeep_marks")
    engine.dispose()
    return found


def test_a_refused_backup_ends_with_one_and_a_sentence(run, court: str, tmp_path: Path) -> None:
    """No passphrase, a weak one, a name that is taken; none of them is a failed backup."""
    target = tmp_path / "kept.ycbackup"
    cases = (
        ({"BACKUP_PASSPHRASE": ""}, "There is no passphrase."),
        ({"BACKUP_PASSPHRASE": "short"}, "This passphrase could be guessed."),
    )
    for changed, told in cases:
        ran = run(court, "backup", str(target), **changed)
        assert ran.code == 1
        assert told in ran.err
    target.write_text("dear")
    ran = run(court, "backup", str(target))
    assert ran.code == 1
    assert "never takes the place of another file" in ran.err
    assert marks(tmp_path / court) == {}


def test_a_backup_that_fails_is_remembered(run, court: str, tmp_path: Path) -> None:
    """A folder that is not there, as when the stick was pulled out."""
    ran = run(court, "backup", str(tmp_path / "gone" / "kept.ycbackup"))
    assert ran.code == 1
    assert "The machine refused to read or write" in ran.err
    assert marks(tmp_path / court) == {"backup": (True, False)}


def test_called_wrongly_they_end_with_two(run) -> None:
    """A file that is not there is a wrong call."""
    assert run("new", "backup").code == 2
    assert run("new", "restore", "nowhere.ycbackup").code == 2


def test_what_is_no_backup_is_told(run, court: str, tmp_path: Path) -> None:
    """And a passphrase that does not fit is told as that."""
    other = tmp_path / "letter.pdf"
    other.write_bytes(b"%PDF-1.7")
    assert "This file is no backup" in run("new", "restore", str(other)).err
    assert run(court, "backup", str(tmp_path / "kept.ycbackup")).code == 0
    wrong = {"BACKUP_PASSPHRASE": "another passphrase of some length"}
    ran = run("new", "restore", str(tmp_path / "kept.ycbackup"), **wrong)
    assert ran.code == 1
    assert "The passphrase does not open this backup." in ran.err


def test_the_jobs_are_remembered(run, court: str, tmp_path: Path) -> None:
    """The page of health tells when they stop."""
    assert run(court, "jobs", "run").code == 0
    assert marks(tmp_path / court) == {"jobs": (True, True)}
