"""Optional things tests may need: skipped with a reason where missing, or failed on demand.

A test asks by marker (``@pytest.mark.chromium``) or by fixture (``chromium``, ``postgres``,
``shared``).  ``REQUIRE=chromium,postgres,shared`` turns the skips of those named into failures,
so that a machine that ought to have everything cannot pass by skipping.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT_ROOT = Path(__file__).resolve().parents[2]
DEFAULT_POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a probe found: ``value`` to hand out, or why there is none."""

    value: str = ""
    missing: str = ""


def find_chromium() -> Found:
    """Return the browser named by ``CHROMIUM``, or the first one on the path."""
    named = os.environ.get("CHROMIUM", "")
    candidates = (
        [named] if named else ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"]
    )
    for candidate in candidates:
        path = shutil.which(candidate)
        if path:
            return Found(value=path)
    return Found(missing=f"no Chromium ({named or 'install it, or set CHROMIUM=path'})")


def find_postgres() -> Found:
    """Return the address of a PostgreSQL server that lets us create databases."""
    url = os.environ.get("YOUTHCOURT_TEST_POSTGRES", "") or DEFAULT_POSTGRES
    url = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        import psycopg

        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except (ImportError, OSError) as error:
        return Found(missing=f"no PostgreSQL ({type(error).__name__})")
    except psycopg.Error:
        return Found(missing="no PostgreSQL (start one, or set YOUTHCOURT_TEST_POSTGRES=address)")
    if row is None or not row[0]:
        return Found(missing="PostgreSQL does not let us create databases")
    return Found(value=url)


def find_shared() -> Found:
    """Return the folder of real data laid beside the checkout."""
    folder = PROJECT_ROOT.parent / "shared"
    if (folder / "data").is_dir():
        return Found(value=str(folder))
    return Found(missing="no folder ../shared with real data beside the checkout")


PROBES: dict[str, Callable[[], Found]] = {
    "chromium": find_chromium,
    "postgres": find_postgres,
    "shared": find_shared,
}
REQUIRED = pytest.StashKey[frozenset[str]]()
ANSWERS = pytest.StashKey[dict[str, Found]]()


def pytest_configure(config: pytest.Config) -> None:
    """Read ``REQUIRE`` and declare the markers."""
    wanted = os.environ.get("REQUIRE", "")
    required = frozenset(name.strip() for name in wanted.split(",") if name.strip())
    unknown = required - PROBES.keys()
    if unknown:
        message = f"REQUIRE names {', '.join(sorted(unknown))}; known: {', '.join(PROBES)}"
        raise pytest.UsageError(message)
    config.stash[REQUIRED] = required
    config.stash[ANSWERS] = {}
    for name in PROBES:
        config.addinivalue_line("markers", f"{name}: needs {name}; skipped where it is missing")


def _need(config: pytest.Config, name: str) -> str:
    """Return what was found, or skip; fail instead when ``REQUIRE`` names it."""
    answers = config.stash[ANSWERS]
    if name not in answers:
        answers[name] = PROBES[name]()
    found = answers[name]
    if not found.missing:
        return found.value
    if name in config.stash[REQUIRED]:
        pytest.fail(f"{found.missing}, and REQUIRE names {name}", pytrace=False)
    pytest.skip(found.missing)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Decide before any fixture is made, so that nothing is set up in vain."""
    asked = set(getattr(item, "fixturenames", ())) | {mark.name for mark in item.iter_markers()}
    for name in PROBES:
        if name in asked:
            _need(item.config, name)


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> str:
    """Return the path of a Chromium."""
    return _need(pytestconfig, "chromium")


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> str:
    """Return ``postgresql://...`` of a server where databases may be created and dropped."""
    return _need(pytestconfig, "postgres")


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Path:
    """Return the folder that holds ``data/``."""
    return Path(_need(pytestconfig, "shared"))


def _skips(terminalreporter: pytest.TerminalReporter) -> Iterator[tuple[str, str]]:
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        yield reason.removeprefix("Skipped: "), report.nodeid


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List at the end of every run what was skipped, grouped by reason."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for reason, node in _skips(terminalreporter):
        grouped[reason].append(node)
    terminalreporter.section("not run")
    terminalreporter.line(f"Skipped: {sum(map(len, grouped.values()))}")
    for reason, nodes in sorted(grouped.items()):
        terminalreporter.line(f"  {len(nodes)}: {reason}")
        for node in sorted(nodes):
            terminalreporter.line(f"      {node}")
