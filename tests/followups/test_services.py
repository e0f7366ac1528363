"""Searches are kept once, counted while they stand, and found when they are due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.fixtures.app import NOW, TODAY
from tests.fixtures.writers import at_once
from tests.followups.conftest import Search
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.followups.domain import (
    CheckResult,
    NoSearchReason,
    StartKind,
    WindowState,
    WithdrawalReason,
)
from youthcourt.followups.models import LaterOffence, RecordCheck
from youthcourt.followups.queries import count_due, due_page, follow_up_of
from youthcourt.followups.services import record_check, withdraw_check


def windows(search: Search, case, today: date = TODAY):
    return follow_up_of(search.session, case_id=case.id, today=today).windows


def count(search: Search, model) -> int:
    return search.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_search_settles_the_windows_its_records_reach(search: Search) -> None:
    """Six months are searched to the end, twelve are not, 24 are not over."""
    case = search.case()
    search.write(case)
    assert [w.state for w in windows(search, case)] == [
        WindowState.NOTHING_FOUND,
        WindowState.INCOMPLETE,
        WindowState.NOT_DUE,
    ]


def test_a_later_offence_is_kept_with_both_its_days(search: Search) -> None:
    """And the window says after how many days it was."""
    case = search.case()
    search.write(case, search.found())
    first, *_ = windows(search, case)
    assert (first.state, first.first_event_days) == (WindowState.FOUND, 74)
    stored = search.session.scalars(sa.select(LaterOffence)).one()
    assert (stored.offence_on, stored.event_on) == (date(2025, 4, 2), date(2025, 4, 9))


def test_the_same_search_sent_twice_is_one(search: Search) -> None:
    """With the offences it found, once."""
    case = search.case()
    first, second = search.write(case, search.found()), search.write(case, search.found())
    assert first.id == second.id
    assert (count(search, RecordCheck), count(search, LaterOffence)) == (1, 1)


def test_two_hands_at_once_keep_one_search(search: Search, app: Flask) -> None:
    """Each waits for the other's case."""
    case_id, court_id = search.case().id, search.court.id
    entry, actor = search.found(), search.court.actor
    search.session.commit()

    def write(session) -> object:
        return record_check(
            session, case_id=case_id, entry=entry, today=TODAY, actor=actor, now=NOW
        ).id

    results = at_once(app, court_id, [write, write])
    assert len(set(results)) == 1
    assert count(search, RecordCheck) == 1


def test_a_refused_search_leaves_nothing(search: Search) -> None:
    """Neither it nor its offences."""
    case = search.case()
    with pytest.raises(CourtRuleBroken, match="event_after_data"):
        search.write(case, search.found(data_through=date(2025, 3, 1)))
    assert (count(search, RecordCheck), count(search, LaterOffence)) == (0, 0)


def test_nobody_is_followed_before_a_hearing_or_an_admission(search: Search) -> None:
    """The case says so, and a search is refused."""
    case = search.case(heard_on=None)
    assert follow_up_of(search.session, case_id=case.id, today=TODAY).start is None
    with pytest.raises(CourtRuleBroken, match="follow_up_not_started"):
        search.write(case)


def test_an_admitted_case_is_followed_from_its_admission(search: Search) -> None:
    """Where it never came to a docket."""
    case = search.case(heard_on=None, admitted_on=date(2025, 1, 3))
    start = follow_up_of(search.session, case_id=case.id, today=TODAY).start
    assert start is not None
    assert (start.on, start.kind) == (date(2025, 1, 3), StartKind.ADMISSION)


def test_a_search_taken_back_stays_and_counts_nowhere(search: Search) -> None:
    """With its reason; a second time is refused."""
    case = search.case()
    check = search.write(case, search.found())
    common: dict[str, Any] = {
        "case_id": case.id,
        "check_id": check.id,
        "reason": WithdrawalReason.WRONG_PERSON,
    }
    withdraw_check(search.session, **common, **search.hand)
    followed = follow_up_of(search.session, case_id=case.id, today=TODAY)
    assert [line.withdrawn_reason for line in followed.checks] == [WithdrawalReason.WRONG_PERSON]
    assert [w.state for w in followed.windows[:2]] == [WindowState.NOT_SEARCHED] * 2
    with pytest.raises(CourtRuleBroken, match="check_withdrawn_already"):
        withdraw_check(search.session, **common, **search.hand)


def test_the_right_search_can_be_written_after_a_wrong_one(search: Search) -> None:
    """The same words count again once the first is taken back."""
    case = search.case()
    check = search.write(case)
    withdraw_check(
        search.session,
        case_id=case.id,
        check_id=check.id,
        reason=WithdrawalReason.TYPING_ERROR,
        **search.hand,
    )
    assert search.write(case).id != check.id


def test_a_search_of_another_case_is_not_found(search: Search) -> None:
    """Whoever mixes two addresses changes nothing."""
    check = search.write(search.case())
    with pytest.raises(NotFound):
        withdraw_check(
            search.session,
            case_id=search.case().id,
            check_id=check.id,
            reason=WithdrawalReason.WRONG_CASE,
            **search.hand,
        )


def test_due_cases_come_longest_overdue_first(search: Search) -> None:
    """Each once, with its longest window that is over."""
    later = search.case(heard_on=date(2025, 8, 1))
    earlier = search.case()
    search.case(heard_on=date(2025, 12, 1))
    page = due_page(search.session, today=TODAY)
    assert [(line.case_id, line.window.months) for line in page.lines] == [
        (earlier.id, 12),
        (later.id, 6),
    ]
    assert page.total == count_due(search.session, today=TODAY) == 2


def test_what_is_settled_or_closed_for_good_is_not_due(search: Search) -> None:
    """Searched to the end, or never to be searched."""
    done, sealed, waiting = search.case(), search.case(), search.case()
    search.write(done, search.entry(searched_on=date(2026, 2, 1), data_through=date(2026, 1, 18)))
    search.write(
        sealed,
        search.entry(
            result=CheckResult.CANNOT_BE_SEARCHED,
            data_through=None,
            reason=NoSearchReason.SEALED,
        ),
    )
    search.write(
        waiting,
        search.entry(
            result=CheckResult.NOT_SEARCHED, data_through=None, reason=NoSearchReason.NO_ANSWER
        ),
    )
    assert [line.case_id for line in due_page(search.session, today=TODAY).lines] == [waiting.id]


def test_a_window_becomes_due_on_its_last_day(search: Search) -> None:
    """Not the day before."""
    search.case(heard_on=date(2025, 1, 18))
    assert count_due(search.session, today=date(2025, 7, 17)) == 0
    assert count_due(search.session, today=date(2025, 7, 18)) == 1
