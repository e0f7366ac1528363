"""What every test shares: plugins, fixtures and hypothesis profiles."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.fixtures.thorough import PROFILE

pytest_plugins = [
    "pytester",
    "tests.plugins.requirements",
    "tests.plugins.quick",
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
