"""What every test shares: plugins, fixtures and hypothesis profiles."""

from __future__ import annotations

import gc
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from tests.fixtures.thorough import PROFILE, THOROUGH

pytest_plugins = [
    "pytester",
    "tests.plugins.requirements",
    "tests.fixtures.database",
    "tests.fixtures.app",
]

# Quick is the same on every machine and every run; thorough searches (nightly, by hand).
settings.register_profile(
    "quick",
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(PROFILE)


def pytest_collection_finish() -> None:
    """Look for garbage less often: what was imported stays, and a tenth of the time goes there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


# What the engines do differently is asked of both in every run.
_BOTH_ENGINES = ("writers", "at_once", "migrations")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask each pair of tests on one engine in turn, pages on SQLite; thorough runs ask on both.

    Which of a pair is asked is decided by its name, so that it is the same in every run.  Without
    PostgreSQL, as ``pytest -m "not postgres"``, all of them are asked on SQLite.
    """
    from tests.plugins.requirements import find_postgres

    if THOROUGH or not find_postgres().value:
        return
    left = [item for item in items if _is_asked_elsewhere(item)]
    config.hook.pytest_deselected(items=left)
    gone = {id(item) for item in left}
    items[:] = [item for item in items if id(item) not in gone]


def _is_asked_elsewhere(item: pytest.Item) -> bool:
    """Return whether the twin of a test is asked instead of it."""
    if any(word in item.path.stem for word in _BOTH_ENGINES):
        return False
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    engine = item.callspec.params.get("database_url")
    if engine not in {"sqlite", "postgres"} or _has_one_engine(item):
        return False
    of_pages = item.path.stem.startswith("test_routes") or item.path.stem.endswith("_routes")
    others = [part for part in item.callspec.id.split("-") if part != engine]
    pair = f"{item.path.name} {item.originalname} {others}"
    asked = "sqlite" if of_pages or crc32(pair.encode()) % 2 else "postgres"
    return engine != asked


def _has_one_engine(item: pytest.Item) -> bool:
    """Return whether a test names its engine itself, so that it has no twin."""
    return any("database_url" in str(mark.args[0]) for mark in item.iter_markers("parametrize"))
