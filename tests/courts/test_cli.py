"""``youthcourt courts`` and ``youthcourt accounts``: a court that did not exist a minute ago."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.fixtures.command import Run, run_command, settings_of
from youthcourt.accounts.domain import Role, digest, typed_code
from youthcourt.accounts.models import OneTimeLink, User
from youthcourt.courts.models import Court

ELM = ("--name", "Elm Street Youth Court", "--slug", "elm-street", "--zone", "America/New_York")


@pytest.fixture(scope="module")
def up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that the command brought up to date, to be copied."""
    folder = tmp_path_factory.mktemp("upgraded")
    settings = settings_of(folder, f"sqlite:///{folder / 'own.db'}")
    with pytest.MonkeyPatch.context() as patch:
        assert run_command(patch, settings, "db", "upgrade").code == 0
    return folder / "own.db"


@pytest.fixture
def run(monkeypatch, tmp_path: Path, up_to_date: Path) -> Run:
    """Return a function that runs the command on a database of its own, up to date."""
    shutil.copy(up_to_date, tmp_path / "own.db")
    url = f"sqlite:///{tmp_path / 'own.db'}"
    settings = settings_of(tmp_path, url) | {"YOUTHCOURT_PUBLIC_URL": "https://elm.example"}

    def go(*words: str):
        return run_command(monkeypatch, settings, *words)

    return go


@pytest.fixture
def rows(tmp_path: Path):
    """Return a function that reads one column of that database."""

    def read(column):
        engine = sa.create_engine(f"sqlite:///{tmp_path / 'own.db'}")
        with engine.connect() as connection:
            found = list(connection.execute(sa.select(column)).scalars())
        engine.dispose()
        return found

    return read


def test_a_court_is_made_with_a_code_for_its_first_administrator(run, rows) -> None:
    """The code is shown once, as link and for typing; the database holds its digest."""
    ran = run("courts", "create", *ELM, "--preset", "dc-time-dollar")
    assert ran.code == 0
    assert "43 settings are stated by no source and were assumed" in ran.out
    link = re.search(r"https://elm\.example/join/#(\w{16})", ran.out)
    typed = re.search(r"this code if it is asked for: ([\w-]{19})", ran.out)
    assert link
    assert typed
    assert typed_code(typed.group(1)) == link.group(1)
    assert rows(OneTimeLink.token_digest) == [digest(link.group(1))]
    assert rows(OneTimeLink.role) == [Role.ADMINISTRATOR]
    assert rows(Court.slug) == ["elm-street"]
    assert rows(User.email) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"--slug": "Elm Street"}, "small letters, digits and hyphens only"),
        ({"--slug": "e" * 61}, "at most 60"),
        ({"--zone": "EST"}, "EST is not the time zone of a place."),
        ({"--zone": "Etc/GMT+5"}, "is not the time zone of a place."),
        ({"--zone": "America/Nowhere"}, "is not the time zone of a place."),
        ({"--name": " "}, "Please give the court a name"),
        ({"--phone-name": "Youth Court"}, "leave out the word court"),
        ({"--sender-name": "Teen court"}, "leave out the word court"),
        ({"--phone-name": ""}, "1 to 60 letters"),
        ({"--preset": "dc"}, "choose one of these: dc-time-dollar, fl-charlotte, tx-midland."),
    ],
)
def test_a_doubtful_court_is_refused_in_a_sentence(run, rows, change, told) -> None:
    """It ends with 1, and nothing is made."""
    words = dict(zip(ELM[::2], ELM[1::2], strict=True)) | {"--preset": "dc-time-dollar"} | change
    ran = run("courts", "create", *(word for pair in words.items() for word in pair))
    assert ran.code == 1
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert rows(Court.slug) == []
    assert rows(OneTimeLink.id) == []


def test_a_short_name_is_taken_once(run, rows) -> None:
    """A second court of the same short name is refused."""
    assert run("courts", "create", *ELM, "--preset", "tx-midland").code == 0
    ran = run("courts", "create", *ELM, "--preset", "tx-midland")
    assert (ran.code, ran.err) == (1, "There is already a court with the short name elm-street.\n")
    assert len(rows(OneTimeLink.id)) == 1


def test_a_preset_or_a_file_but_not_both_and_not_neither(run) -> None:
    """Called wrongly it ends with 2 and names the presets."""
    for words in ((), ("--preset", "tx-midland", "--policy", __file__)):
        ran = run("courts", "create", *ELM, *words)
        assert ran.code == 2
        assert "dc-time-dollar, fl-charlotte, tx-midland" in ran.err


def test_a_database_that_is_behind_is_told(monkeypatch, tmp_path: Path) -> None:
    """No traceback about a missing table."""
    settings = settings_of(tmp_path, f"sqlite:///{tmp_path / 'new.db'}")
    ran = run_command(monkeypatch, settings, "courts", "create", *ELM, "--preset", "tx-midland")
    assert ran.code == 1
    assert "'youthcourt db upgrade'" in ran.err


def test_own_rules_are_printed_changed_checked_and_used(run, tmp_path: Path) -> None:
    """A preset is where own rules start; each mistake is told with its place."""
    own = tmp_path / "own.toml"
    own.write_text(run("courts", "policy", "print", "tx-midland").out, encoding="utf-8")
    checked = run("courts", "policy", "check", str(own))
    assert (checked.code, checked.out) == (0, "own.toml: no mistakes.\n")
    good = own.read_text(encoding="utf-8")
    own.write_text(re.sub("(?m)^last_day_included.*", 'last_day_included = "x"', good))
    wrong = run("courts", "policy", "check", str(own))
    assert wrong.code == 1
    assert wrong.out.startswith("last_day_included: Write true or false")
    found = json.loads(run("courts", "policy", "check", str(own), "--json").out)
    assert [problem["place"] for problem in found["problems"]] == ["last_day_included"]
    refused = run("courts", "create", *ELM, "--policy", str(own))
    assert refused.code == 1
    assert "last_day_included" in refused.err
    own.write_text(good, encoding="utf-8")
    assert run("courts", "create", *ELM, "--policy", str(own)).code == 0


def test_the_presets_are_listed(run) -> None:
    """Name, place, year and how much is assumed; the same for another program."""
    assert "Midland Teen Court (Midland, TX)" in run("courts", "presets").out
    found = json.loads(run("courts", "presets", "--json").out)
    assert [row["preset"] for row in found] == ["dc-time-dollar", "fl-charlotte", "tx-midland"]
    assert all(row["assumed"] > 0 for row in found)


def test_more_staff_are_invited_by_the_command(run, rows) -> None:
    """A code per person; an unknown court, role or address is refused."""
    assert run("courts", "create", *ELM, "--preset", "tx-midland").code == 0
    invited = ("accounts", "invite", "--court", "elm-street", "--role")
    told = json.loads(run(*invited, "clerk", "--json").out)
    assert told["link"] == f"https://elm.example/join/#{typed_code(told['code'])}"
    assert rows(OneTimeLink.role) == [Role.ADMINISTRATOR, Role.CLERK]
    assert run(*invited, "judge").code == 2
    assert run("accounts", "invite", "--court", "oak", "--role", "clerk").code == 1
    nobody = run("accounts", "new-password", "nobody@elm.example")
    assert (nobody.code, nobody.out) == (1, "")
    assert "has an account here" in nobody.err
