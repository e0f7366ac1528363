"""The first page tells of the ledger at a cost that does not grow with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fixtures.app import NOW
from youthcourt.audit.domain import SYSTEM
from youthcourt.credits.queries import check_if_due, checks, ledger_state
from youthcourt.credits.services import keep_check

HOUR = timedelta(hours=1)


@pytest.fixture
def long(ledger, ada, monkeypatch):
    """A ledger of more lines than a page checks, one of them with no service behind it."""
    monkeypatch.setattr(checks, "AT_ONCE", 0)
    ledger.earn(ada, key="service:nothing")
    ledger.session.commit()
    return ledger.session


def test_a_short_ledger_is_checked_on_the_spot(ledger, ada) -> None:
    """What is wrong is told at once; there is nothing to do for the jobs."""
    session = ledger.session
    assert ledger_state(session, now=NOW).problems == 0
    ledger.earn(ada, key="service:nothing")
    state = ledger_state(session, now=NOW)
    assert (state.problems, state.checked_at) == (1, NOW)
    assert check_if_due(session, every=HOUR, now=NOW) is None


def test_of_a_long_ledger_the_last_check_counts_as_long_as_it_is_fresh(long) -> None:
    """Before the first, and two days after the last, nobody knows."""
    assert ledger_state(long, now=NOW).checked_at is None
    assert check_if_due(long, every=HOUR, now=NOW) == 1
    keep_check(long, problems=1, actor=SYSTEM, now=NOW)
    later = NOW + timedelta(days=1)
    state = ledger_state(long, now=later)
    assert (state.problems, state.checked_at) == (1, NOW)
    keep_check(long, problems=0, actor=SYSTEM, now=later)
    assert ledger_state(long, now=later).problems == 0
    assert ledger_state(long, now=later + timedelta(days=3)).checked_at is None


def test_a_long_ledger_is_checked_again_when_its_time_has_come(long) -> None:
    """Not in each round."""
    keep_check(long, problems=1, actor=SYSTEM, now=NOW)
    assert check_if_due(long, every=HOUR, now=NOW + HOUR / 2) is None
    assert check_if_due(long, every=HOUR, now=NOW + 2 * HOUR) == 1
