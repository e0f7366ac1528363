"""What every test shares: plugins, fixtures and hypothesis profiles."""

from __future__ import annotations

import gc

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
    max_examples=30,
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out pages on the second database: services and queries are asked on both.

    ``make test-thorough`` asks the pages on both, too.
    """
    if THOROUGH:
        return
    twice = [item for item in items if _is_page_on_postgres(item)]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in twice]


def _is_page_on_postgres(item: pytest.Item) -> bool:
    of_pages = item.path.stem.startswith("test_routes") or item.path.stem.endswith("_routes")
    return of_pages and item.get_closest_marker("postgres") is not None
