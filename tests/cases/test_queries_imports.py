"""Reading what waits, what was made, and who may be on record twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.cases.importing import ANA, NAMED, Inbox, table_of
from tests.fixtures.app import NOW, add_court
from youthcourt.cases.domain.imports import RunState
from youthcourt.cases.models import ImportRun
from youthcourt.cases.queries import imports
from youthcourt.cases.queries.imports import results
from youthcourt.courts.models import Counter
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.people.domain import Level
from youthcourt.people.services import add_person

KIN = [ANA | {"Incident": f"26-{n:04}", "First Name": f"Ana{n}"} for n in range(3)]


def runs(session: Session, inbox: Inbox, number: int, state: RunState) -> None:
    """Store runs without files."""
    for _ in range(number):
        session.add(
            ImportRun(
                file_digest="0" * 64,
                state=state,
                started_at=NOW,
                started_by=inbox.court.actor.user_id,
            )
        )
    session.commit()


def test_what_waits_comes_first_in_pages(inbox: Inbox) -> None:
    """A page beyond the end is the last one."""
    session = inbox.session
    runs(session, inbox, 51, RunState.TAKEN_OVER)
    runs(session, inbox, 2, RunState.UPLOADED)
    first, last = imports.runs_page(session), imports.runs_page(session, page=9)
    assert (first.total, first.pages, len(first.lines), len(last.lines)) == (53, 2, 50, 3)
    assert [line.waits for line in first.lines[:3]] == [True, True, False]
    assert imports.count_waiting_runs(session) == len(imports.waiting_runs(session)) == 2


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_the_same_queries_for_any_length(inbox: Inbox, number: int) -> None:
    """One for the count, one for the lines."""
    runs(inbox.session, inbox, number, RunState.TAKEN_OVER)
    asked: list[str] = []
    engine = inbox.session.get_bind().engine

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        imports.runs_page(inbox.session)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len([s for s in asked if s.startswith("SELECT")]) == 2


def test_another_courts_runs_and_mappings_are_not_there(inbox: Inbox) -> None:
    """The products own mappings are."""
    run = inbox.send(table_of(ANA))
    names = [line.name for line in imports.mapping_lines(inbox.session)]
    assert names == ["named", "chicago-arrests", "fort-lauderdale-arrests", "open-cases"]
    set_court(inbox.session, add_court(inbox.session, name="Pine").id)
    assert imports.runs_page(inbox.session).total == 0
    with pytest.raises(NotFound):
        imports.run_line(inbox.session, run.id)
    with pytest.raises(NotFound):
        imports.mapping_named(inbox.session, "named")


def test_a_mapping_is_found_in_its_newest_version(inbox: Inbox) -> None:
    """Shipped ones by their own name."""
    inbox.send(table_of(ANA))
    inbox.send(table_of(ANA), NAMED.model_copy(update={"title": "New title"}))
    assert imports.mapping_named(inbox.session, "named").title == "New title"
    assert imports.mapping_named(inbox.session, "chicago-arrests").name == "chicago-arrests"


def test_the_cases_of_a_run_come_in_pages(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their numbers, each once, however many rows it has."""
    monkeypatch.setattr(results, "PAGE", 2)
    run = inbox.take(table_of(*KIN, KIN[0] | {"Offense": "Vandalism"}))
    first = imports.cases_of_run(inbox.session, run.id)
    last = imports.cases_of_run(inbox.session, run.id, page=2)
    assert [line.number for line in first.lines] == ["2026-0001", "2026-0002"]
    assert (first.total, first.pages, last.first, last.last) == (3, 2, 3, 3)
    assert first.lines[0].offence == "Retail theft"


def test_case_ten_thousand_comes_after_the_one_before_it(inbox: Inbox) -> None:
    """Numbers are sorted as numbers."""
    inbox.session.add(Counter(series="case-2026", last=9_998))
    inbox.session.commit()
    run = inbox.take(table_of(*KIN))
    numbers = [line.number for line in imports.cases_of_run(inbox.session, run.id).lines]
    assert numbers == ["2026-9999", "2026-10000", "2026-10001"]


def test_look_alikes_are_found_by_birth_date_phone_and_name(inbox: Inbox) -> None:
    """The likely ones first; somebody unlike is not listed."""
    kept: dict[str, dict[str, Any]] = {
        "alike": {"given_names": "Anna", "family_name": "Núñez", "birth_date": date(2010, 5, 17)},
        "no_date": {"given_names": "Ana", "family_name": "Nunez"},
        "other": {"given_names": "Zoe", "family_name": "Quist", "birth_date": date(2010, 5, 17)},
    }
    ids = {
        name: add_person(inbox.session, **values, **inbox.hand).id for name, values in kept.items()
    }
    inbox.session.commit()
    run = inbox.take(table_of(ANA))
    pairs = imports.look_alikes(inbox.session, run.id)
    assert [pair.other.id for pair in pairs] == [ids["alike"], ids["no_date"]]
    assert [pair.likelihood.level for pair in pairs] == [Level.LIKELY, Level.POSSIBLE]


def test_two_alike_in_one_file_are_one_pair(inbox: Inbox) -> None:
    """Listed once, not once from each side."""
    run = inbox.take(table_of(ANA, ANA | {"Incident": "26-0002", "First Name": "Anna"}))
    assert len(imports.look_alikes(inbox.session, run.id)) == 1
