"""As many questions with thirty rows as with one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask import Flask

from tests.cases.test_queries import counted
from tests.fixtures.app import NOW, TODAY
from tests.hearings.conftest import SATURDAY
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.queries import (
    cases_to_close,
    coming_sessions,
    dockets_of,
    past_sessions,
    placements,
    sessions_between,
    waiting_hearings,
    waiting_page,
)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """On SQLite alone: the number of questions is the same on both databases."""
    return sqlite_app


def fill(calendar, count: int) -> None:
    """Add sessions in rooms of their own, each with a hearing, and hearings that wait."""
    start = calendar.cases
    for number in range(start, start + count):
        day = SATURDAY + timedelta(days=number)
        evening = calendar.session_in(calendar.room(f"Room {number}"), held_on=day)
        (sitting,) = calendar.sittings(evening)
        calendar.docket(calendar.waiting(), sitting)
        row = calendar.waiting()
        assert row.state is HearingState.WAITING
    calendar.session.commit()


READINGS: dict[str, Callable] = {
    "coming_sessions": lambda s, _: coming_sessions(s, today=TODAY),
    "past_sessions": lambda s, _: past_sessions(s, today=date(2027, 1, 1)),
    "sessions_between": lambda s, _: sessions_between(s, TODAY, date(2027, 1, 1)),
    "waiting_page": lambda s, _: waiting_page(s, today=TODAY),
    "waiting_hearings": lambda s, _: waiting_hearings(s, today=TODAY),
    "placements": lambda s, key: placements(s, key, today=TODAY, now=NOW),
    "cases_to_close": lambda s, _: cases_to_close(s),
}


def test_no_list_asks_once_per_row(calendar, session) -> None:
    """Thirty sessions, dockets and waiting hearings cost as many questions as one."""
    key = calendar.waiting().id
    found: list[dict[str, int]] = []
    for more in (1, 29):
        fill(calendar, more)
        asked = {}
        for name, read in READINGS.items():
            session.expunge_all()
            read(session, key)  # whatever is read once per process is read now
            session.expunge_all()
            with counted(session) as sent:
                read(session, key)
            asked[name] = len(sent)
            session.rollback()
        found.append(asked)
    assert found[0] == found[1]
    assert len(coming_sessions(session, today=TODAY)) == 30


def test_one_docket_of_thirty_costs_as_much_as_of_one(calendar, session) -> None:
    """All dockets of a session in one question."""
    evening = calendar.session_in(
        calendar.room(), numbers={"max_first_hearings": 50}, starts_at=time(8)
    )
    (sitting,) = calendar.sittings(evening)
    found = []
    for more in (1, 29):
        for _number in range(more):
            calendar.docket(calendar.waiting(), sitting)
        session.commit()
        with counted(session) as sent:
            lines = dockets_of(session, evening.id)[sitting.id]
        found.append((len(lines), len(sent)))
    (few, asked), (many, asked_again) = found
    assert (few, many) == (1, 30)
    assert asked == asked_again
