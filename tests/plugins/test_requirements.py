"""Optional things are skipped with a reason, and failed where they are required."""

from __future__ import annotations

import pytest
from _pytest.pytester import Pytester

NEEDY = """
    import pytest

    @pytest.mark.chromium
    def test_by_marker():
        pass

    def test_by_fixture(chromium):
        pass

    @pytest.fixture
    def browser(chromium):
        return chromium

    def test_by_way_of_another_fixture(browser):
        pass

    def test_plain():
        pass
"""


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing of the outer run reach the made-up projects."""
    monkeypatch.delenv("REQUIRE", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def needy(pytester: Pytester, monkeypatch: pytest.MonkeyPatch) -> Pytester:
    """Return a project whose tests need a browser that is not there."""
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    pytester.makepyfile(test_needy=NEEDY)
    return pytester


def run(pytester: Pytester, *arguments: str) -> pytest.RunResult:
    """Run the made-up project with the plugin and nothing else of ours."""
    return pytester.runpytest("-p", "tests.plugins.requirements", "--strict-markers", *arguments)


def test_missing_things_skip_and_the_run_passes(needy: Pytester) -> None:
    """Marker, fixture and a fixture's fixture all skip; the rest runs."""
    result = run(needy)
    result.assert_outcomes(passed=1, skipped=3)
    assert result.ret == pytest.ExitCode.OK


def test_the_run_ends_with_what_was_skipped_grouped_by_reason(needy: Pytester) -> None:
    """Count, reason and names stand before pytest's own last line."""
    result = run(needy)
    result.stdout.fnmatch_lines(
        [
            "Skipped: 3",
            "  3: no Chromium (/nowhere/chromium)",
            "      test_needy.py::test_by_fixture",
            "      test_needy.py::test_by_marker",
            "      test_needy.py::test_by_way_of_another_fixture",
            "*1 passed, 3 skipped*",
        ]
    )


def test_the_list_is_the_same_with_several_workers(needy: Pytester) -> None:
    """Skips that happen in worker processes are listed too."""
    result = run(needy, "-p", "xdist", "-n", "2")
    result.stdout.fnmatch_lines(["Skipped: 3", "  3: no Chromium*", "*1 passed, 3 skipped*"])


def test_a_run_without_skips_says_so(pytester: Pytester) -> None:
    """The count is there even when it is nought."""
    pytester.makepyfile("def test_plain(): pass")
    run(pytester).stdout.fnmatch_lines(["Skipped: 0", "*1 passed*"])


def test_required_things_fail_instead(needy: Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same missing browser fails all three tests once REQUIRE names it."""
    monkeypatch.setenv("REQUIRE", "chromium")
    result = run(needy)
    result.assert_outcomes(passed=1, errors=3)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*no Chromium*REQUIRE names chromium*", "Skipped: 0"])


def test_requiring_one_thing_leaves_the_others_optional(
    needy: Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REQUIRE=shared does not make the browser a must."""
    monkeypatch.setenv("REQUIRE", "shared")
    run(needy).assert_outcomes(passed=1, skipped=3)


def test_a_misspelt_requirement_is_refused(
    needy: Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REQUIRE=chrome would silently require nothing; it ends the run instead."""
    monkeypatch.setenv("REQUIRE", "chrome")
    result = run(needy)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*REQUIRE names chrome; known: chromium, postgres, shared"])


def test_an_unreachable_database_skips(pytester: Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that refuses the connection is a reason, not an error."""
    monkeypatch.setenv("YOUTHCOURT_TEST_POSTGRES", "postgresql://nobody@127.0.0.1:1/none")
    pytester.makepyfile("def test_stored(postgres): pass")
    result = run(pytester)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["  1: no PostgreSQL (start one*"])


def test_a_browser_on_the_path_is_found(
    pytester: Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CHROMIUM may name any executable; the fixture hands out its path."""
    browser = pytester.path / "browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(browser))
    monkeypatch.setenv("EXPECTED", str(browser))
    pytester.makepyfile(
        """
        import os

        def test_found(chromium):
            assert chromium == os.environ["EXPECTED"]
        """
    )
    run(pytester).assert_outcomes(passed=1)
