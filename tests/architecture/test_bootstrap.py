"""`make demo` says in one sentence what is missing, and builds nothing in vain."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "bootstrap.py"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs shell scripts")


def executable(path: Path, text: str) -> Path:
    """Write a shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout with the bootstrap and what it looks at, and no environment."""
    root = tmp_path / "checkout"
    (root / "scripts").mkdir(parents=True)
    shutil.copy(SCRIPT, root / "scripts")
    (root / "pyproject.toml").write_text("[project]\n[tool.ruff]\n", encoding="utf-8")
    (root / "requirements.txt").write_text("flask\n", encoding="utf-8")
    (root / "requirements-dev.txt").write_text("pytest\n", encoding="utf-8")
    (tmp_path / "path").mkdir()
    return root


def interpreter(checkout: Path, name: str, answer: str) -> None:
    """Put a Python on the path that answers the probe like this and can do nothing else."""
    executable(checkout.parent / "path" / name, f"echo {answer}")


def environment(checkout: Path) -> Path:
    """Make an environment that is up to date, with a command that shows how it was called."""
    venv = checkout / ".venv"
    executable(venv / "bin" / "python", "exit 9")
    executable(venv / "bin" / "youthcourt", 'echo "youthcourt $* port=$PORT"; exit 7')
    (venv / "pyvenv.cfg").touch()
    made = {
        "python": "3.12.9",
        "root": str(checkout),
        "project": hashlib.sha256(b"[project]\n").hexdigest(),
        "runtime": hashlib.sha256(b"flask\n").hexdigest(),
        "dev": None,
    }
    (venv / "youthcourt-stamp.json").write_text(json.dumps(made), encoding="utf-8")
    return venv


def start(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the bootstrap where only the planted interpreters can be found."""
    return subprocess.run(
        [sys.executable, str(checkout / "scripts" / "bootstrap.py"), *arguments],
        env={"PATH": str(checkout.parent / "path"), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_without_a_fitting_python_one_sentence_says_what_to_install(checkout: Path) -> None:
    """Python 3.8 and 3.14 do not fit; nothing is made."""
    interpreter(checkout, "python3", "3.8.18 True")
    interpreter(checkout, "python", "3.14.0 True")
    result = start(checkout, "youthcourt", "demo")
    assert result.returncode == 1
    assert result.stderr.startswith("Youth Court needs Python 3.11, 3.12 or 3.13: install one (")
    assert result.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_names_the_package(checkout: Path) -> None:
    """Debian splits the venv module off; the sentence names it with its version."""
    interpreter(checkout, "python3", "3.11.2 False")
    result = start(checkout, "youthcourt", "demo")
    assert result.returncode == 1
    assert "sudo apt install python3.11-venv" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_complete_python_is_taken_before_a_newer_incomplete_one(checkout: Path) -> None:
    """The 3.13 without venv is passed over for the 3.11 that has it."""
    interpreter(checkout, "python3.13", "3.13.0 False")
    interpreter(checkout, "python3.11", "3.11.2 True")
    assert "with Python 3.11.2" in start(checkout, "youthcourt", "demo").stderr


@pytest.mark.parametrize(
    ("name", "reason"),
    [("python3.10", "is Python 3.10.4"), ("nonsense", "is no Python")],
)
def test_a_chosen_python_that_does_not_fit_is_refused(
    checkout: Path, name: str, reason: str
) -> None:
    """PYTHON= is obeyed or refused, never quietly replaced."""
    interpreter(checkout, "python3.10", "3.10.4 True")
    interpreter(checkout, "python3.12", "3.12.9 True")
    result = start(checkout, "youthcourt", "demo", PYTHON=name)
    assert result.returncode == 1
    assert f"PYTHON={name} {reason}: name a Python 3.11, 3.12 or 3.13." in result.stderr


def test_a_ready_environment_runs_the_command_at_once(checkout: Path) -> None:
    """Arguments, PORT and exit code pass through; no Python is even looked for."""
    environment(checkout)
    result = start(checkout, "youthcourt", "demo", "--reset", PORT="8081")
    assert result.stdout == "youthcourt demo --reset port=8081\n"
    assert result.stderr == ""
    assert result.returncode == 7


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_change_of_what_is_installed_makes_it_stale(checkout: Path, name: str) -> None:
    """The command does not run with yesterday's libraries."""
    environment(checkout)
    (checkout / name).write_text("changed", encoding="utf-8")
    result = start(checkout, "youthcourt", "demo")
    assert result.returncode == 1
    assert result.stdout == ""


def test_a_change_of_the_checkers_settings_does_not(checkout: Path) -> None:
    """What pyproject.toml says from [tool.ruff] on concerns no installation."""
    environment(checkout)
    with (checkout / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("line-length = 100\n")
    assert start(checkout, "youthcourt").returncode == 7


def test_the_tests_want_more_than_the_demo(checkout: Path) -> None:
    """An environment made for the demo is not enough for --dev."""
    environment(checkout)
    assert start(checkout, "--dev", "youthcourt").returncode == 1
    assert start(checkout, "youthcourt").returncode == 7


def test_an_unfinished_installation_is_not_mistaken_for_a_ready_one(checkout: Path) -> None:
    """After a failed installation the stamp is gone, so the next run starts again."""
    venv = environment(checkout)
    interpreter(checkout, "python3.12", "3.12.9 True")
    (checkout / "requirements.txt").write_text("changed", encoding="utf-8")
    result = start(checkout, "youthcourt")
    assert result.returncode == 1
    assert "could not be installed" in result.stderr
    assert not (venv / "youthcourt-stamp.json").exists()


def test_a_folder_that_is_no_environment_is_never_removed(checkout: Path) -> None:
    """Somebody's own .venv folder survives, and the sentence says what to do."""
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "letter.txt").touch()
    interpreter(checkout, "python3.12", "3.12.9 True")
    result = start(checkout, "youthcourt")
    assert result.returncode == 1
    assert "no virtual environment" in result.stderr
    assert (checkout / ".venv" / "letter.txt").exists()


def test_wrong_usage_is_exit_code_2(checkout: Path) -> None:
    """No command, or an unknown option, or a command that is not there."""
    environment(checkout)
    assert start(checkout).returncode == 2
    assert start(checkout, "--prod", "youthcourt").returncode == 2
    assert start(checkout, "unheard-of").returncode == 2


def test_an_old_python_can_read_it() -> None:
    """The grammar is that of Python 3.8, so that an old one gives the sentence, not a crash."""
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    with pytest.raises(SyntaxError):
        ast.parse("match x:\n    case 1: pass\n", feature_version=(3, 8))
