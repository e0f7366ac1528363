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
_BOTH_ENGINES = ("writers", "at_once")
# The longest walks: whole houses page by page, whole evenings, real servers.
_LONG_WALKS = (
    "architecture/test_answers.py::test_every_answer_carries_its_headers",
    "architecture/test_canary.py::test_no_log_line_tells_of_a_person",
    "architecture/test_pages.py::test_every_form_that_comes_back_is_whole[coordinator",
    "architecture/test_pages.py::test_every_page_of_a_role_is_whole[coordinator",
    "browser/test_every_page.py::test_every_page_of_a_role_can_be_used_by_everybody[administ",
    "browser/test_every_page.py::test_every_page_of_a_role_can_be_used_by_everybody[clerk",
    "browser/test_every_page.py::test_every_page_of_a_role_can_be_used_by_everybody[evaluator",
    "browser/test_journey.py::test_from_the_referral_to_the_closing",
    "browser/test_keyboard.py::test_every_page_can_be_walked",
    "cases/test_imports_real_files.py::test_each_damaged_file",
    "cases/test_imports_real_files.py::test_nothing_of_a_mapped_column",
    "dashboard/test_same_numbers.py::test_through_everything_that_can_happen",
    "evaluation/test_research_file.py::test_files_fit",
    "evaluation/test_research_file.py::test_more_rows",
    "evaluation/test_research_file.py::test_the_flow",
    "evaluation/test_research_file.py::test_the_shares",
    "hearings/test_query_counts.py",
    "jury/test_services_draws.py::test_every_conflict",
    "office/test_serve.py::test_a_proxy",
    "office/test_serve.py::test_plain_http_from_elsewhere",
    "upkeep/test_cli.py::test_there_and_back_again",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask each pair of tests on one engine in turn, pages on SQLite; thorough runs ask on both.

    Which of a pair is asked is decided by its name, so that it is the same in every run.  Without
    PostgreSQL, as ``pytest -m "not postgres"``, all of them are asked on SQLite.
    """
    from tests.plugins.requirements import find_postgres

    if THOROUGH or not find_postgres().value:
        return
    left = [item for item in items if _is_long_walk(item) or _is_asked_elsewhere(item)]
    config.hook.pytest_deselected(items=left)
    gone = {id(item) for item in left}
    items[:] = [item for item in items if id(item) not in gone]


def _is_long_walk(item: pytest.Item) -> bool:
    return item.nodeid.removeprefix("tests/").startswith(_LONG_WALKS)


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
