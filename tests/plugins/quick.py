"""What every change is held to in a quarter of an hour; the rest is left to ``make test-thorough``.

The walks that take longest are named here, in one place.  A test added to them must be one that
repeats at length what a shorter one shows, or that only a change of its own room can break.
"""

from __future__ import annotations

import gc
from zlib import crc32

import pytest

from tests.fixtures.thorough import THOROUGH
from tests.plugins.requirements import find_postgres


def pytest_collection_finish() -> None:
    """Look for garbage less often: what was imported stays, and a tenth of the time goes there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


# What the engines do differently is asked of both in every run.
_BOTH_ENGINES = ("test_migrations", "writers", "at_once")
# The longest walks: whole houses page by page, whole evenings, real servers.
_LONG_WALKS = (
    "architecture/test_answers.py::test_every_answer_carries_its_headers",
    "architecture/test_answers.py::test_no_address_leads_away",
    "architecture/test_pages.py::test_every_form_that_comes_back_is_whole[coordinator",
    "browser/test_every_page.py::test_every_page_of_a_role_can_be_used_by_everybody[administ",
    "browser/test_every_page.py::test_every_page_of_a_role_can_be_used_by_everybody[clerk",
    "browser/test_every_page.py::test_every_page_of_a_role_can_be_used_by_everybody[evaluator",
    "browser/test_journey.py::test_from_the_referral_to_the_closing",
    "browser/test_keyboard.py::test_every_page_can_be_walked",
    "cases/test_domain_real_files.py::test_chicago_row_by_row",
    "cases/test_imports_real_files.py::test_chicago_is_tried_out",
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
    """Leave out the longest walks, and ask each pair of tests on one engine in turn.

    Which of a pair is asked is decided by its name, so that it is the same in every run; pages are
    asked on SQLite.  Without PostgreSQL all are, and thorough runs ask everything on both.
    """
    if THOROUGH:
        return
    paired = bool(find_postgres().value)
    left = [i for i in items if _is_long_walk(i) or (paired and _is_asked_elsewhere(i))]
    config.hook.pytest_deselected(items=left)
    gone = {id(item) for item in left}
    items[:] = [item for item in items if id(item) not in gone]


def _is_long_walk(item: pytest.Item) -> bool:
    return item.nodeid.removeprefix("tests/").startswith(_LONG_WALKS)


def _is_asked_elsewhere(item: pytest.Item) -> bool:
    """Return whether the twin of a test is asked instead of it."""
    if item.path.stem.endswith(_BOTH_ENGINES):
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
