"""The house keeps its own rules: imports, pinned libraries, nothing of one machine in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")

# One planted fault per contract: the files that break it.
FAULTS = {
    "A lower feature never imports a higher one": {
        "cases/services.py": "from youthcourt.jury import services\n",
        "jury/services.py": "",
    },
    "Inside a feature": {
        "cases/queries.py": "from youthcourt.cases import services\n",
        "cases/services.py": "",
    },
    "A domain knows neither web nor database": {
        "cases/domain.py": "from youthcourt.cases import shapes\n",
        "cases/shapes.py": "import sqlalchemy\n",
    },
    "Services, queries and models know no HTTP": {
        "cases/services.py": "from youthcourt.web import access\n",
        "web/access.py": "from flask import g\n",
    },
    "Forms know no database": {
        "cases/forms.py": "from sqlalchemy import select\n",
    },
    "The ledger's rows are touched by credits alone": {
        "sentences/services.py": "from youthcourt.credits.models import Transfer\n",
        "credits/models.py": "Transfer = object\n",
    },
}
HONEST = {
    "app.py": "from youthcourt.cases import routes\n",
    "cases/routes.py": "from youthcourt.cases import forms, services\nimport flask\n",
    "cases/forms.py": "from youthcourt.web import forms\nimport wtforms\n",
    "cases/services.py": "from youthcourt.cases import models\n",
    "cases/models.py": "from youthcourt import db\n",
    "cases/domain.py": "from youthcourt import errors\n",
    "credits/models.py": "from youthcourt import db\n",
    "credits/services.py": "from youthcourt.credits import models\n",
    "sentences/services.py": "from youthcourt.credits import services\n",
    "web/forms.py": "from youthcourt.web import transactions\nimport flask_wtf\n",
    "web/transactions.py": "from youthcourt import db\nimport flask\n",
    "db/__init__.py": "import sqlalchemy\n",
    "clock.py": "",
    "errors.py": "",
    "numbering.py": "",
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the package ``youthcourt`` in a folder against the contracts of this project."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as check; check()",
        "--config",
        str(ROOT / "pyproject.toml"),
        "--no-cache",
    ]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def plant(folder: Path, files: dict[str, str]) -> Path:
    """Write a little house with the given files."""
    for name, text in files.items():
        path = folder / "youthcourt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for package in [folder / "youthcourt", *(folder / "youthcourt").iterdir()]:
        if package.is_dir():
            (package / "__init__.py").touch()
    return folder


def test_imports_go_downward_only() -> None:
    """Every import contract holds for the product as it is."""
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_honest_house_passes(tmp_path: Path) -> None:
    """The contracts allow what the house is built of, so a broken one means something."""
    result = lint_imports(plant(tmp_path, HONEST))
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"{len(FAULTS)} kept, 0 broken" in result.stdout


@pytest.mark.parametrize("contract", FAULTS)
def test_each_contract_can_be_broken(contract: str, tmp_path: Path) -> None:
    """A planted fault breaks the contract it is meant for."""
    result = lint_imports(plant(tmp_path, HONEST | FAULTS[contract]))
    assert result.returncode == 1
    broken = [line for line in result.stdout.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken), result.stdout


def entries(text: str) -> list[str]:
    """Return the logical lines of a requirements file, continuation lines joined."""
    joined = text.replace("\\\n", " ")
    lines = (line.split("#")[0].strip() for line in joined.splitlines())
    return [line for line in lines if line]


def faults_of(text: str) -> list[str]:
    """Return what is wrong with a requirements file: unpinned, unhashed, or naming a host."""
    pinned = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}")
    faults = [line[:60] for line in entries(text) if not pinned.match(line)]
    return faults + re.findall(r"\S*://\S*|--(?:extra-)?index-url.*|--find-links.*", text)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_libraries_are_pinned_by_hash_and_name_no_host(name: str) -> None:
    """Any mirror will do, and none can slip in another file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(entries(text)) > 20
    assert faults_of(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "flask==3.1.3",
        "flask>=3 --hash=sha256:" + "0" * 64,
        "--index-url https://example.org/simple",
        "flask @ https://example.org/flask.whl --hash=sha256:" + "0" * 64,
    ],
)
def test_a_loose_requirement_is_noticed(line: str) -> None:
    """Each kind of loose line is a fault."""
    assert faults_of(line) != []


def test_what_is_tested_is_what_runs() -> None:
    """Both files pin the same version of every library they share."""
    runtime, dev = (
        {line.split(" ")[0] for line in entries((ROOT / name).read_text(encoding="utf-8"))}
        for name in REQUIREMENTS
    )
    assert runtime <= dev


# Written apart, so that this file does not name what it looks for.
HOSTS = ("py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.org", "unp" + "kg.com")
HOME = re.compile(
    r"(?<![\w.:/>}-])/(?:" + "|".join(("root", "work", "home", "Users", "tmp", "opt")) + r")/\w"
)


def machine_traces(text: str) -> list[str]:
    """Return absolute paths of somebody's machine and hosts of package registries."""
    return HOME.findall(text) + [host for host in HOSTS if host in text]


def project_files() -> Iterator[Path]:
    """Yield every text file that belongs to the project."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the project is not known")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            yield ROOT / name


def test_nothing_of_one_machine_is_in_the_project() -> None:
    """No file holds an absolute path of a machine or the host of a registry."""
    found = {}
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        traces = machine_traces(text)
        if traces:
            found[str(path.relative_to(ROOT))] = traces
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["see /" + "home/anna/court", "cp x '/" + "tmp/y'", "https://" + HOSTS[0] + "/simple"],
)
def test_a_trace_of_a_machine_is_noticed(text: str) -> None:
    """The search finds what it looks for."""
    assert machine_traces(text) != []


@pytest.mark.parametrize("text", ["/usr/bin/env", 'href="/{{ x }}/work/1"', "a/tmp/b", "/cases/1"])
def test_ordinary_paths_are_no_trace(text: str) -> None:
    """Addresses of the product and paths every machine has are left alone."""
    assert machine_traces(text) == []
