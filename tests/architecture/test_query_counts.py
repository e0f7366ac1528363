"""No page asks the database once per row: as many questions with 30 of everything as with 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.fixtures.house import House, HouseMaker, values_of
from tests.fixtures.house.access import Row, written_matrix
from tests.fixtures.house.walk import methods_of
from tests.fixtures.world import JUROR, Place
from tests.fixtures.world.crowd import add_crowd
from youthcourt.cases.models import Case
from youthcourt.people.models import Person
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

FEW, MANY = 3, 30
# Lists of which the crowd has more; the page must show it, else its count says nothing.
GROWING = frozenset(
    {
        "accounts.show_account",
        "cases.list_cases",
        "cases.list_imports",
        "cases.show_case",
        "cases.show_history",
        "credits.list_problems",
        "credits.show_statement",
        "dashboard.list_messages",
        "dashboard.today",
        "dashboard.tonight_docket",
        "dashboard.tonight_door",
        "dashboard.tonight_review",
        "dashboard.tonight_room",
        "drafts.list_drafts",
        "followups.list_due",
        "followups.show_follow_up",
        "hearings.list_adult_hours",
        "hearings.list_closed_days",
        "hearings.list_rooms",
        "hearings.show_calendar",
        "hearings.show_docket",
        "hearings.show_session",
        "jury.list_jury",
        "jury.show_draw",
        "people.choose_other",
        "people.edit_days_away",
        "people.edit_knows",
        "people.edit_training",
        "people.list_people",
        "people.show_person",
        "sentences.list_at_risk",
        "sentences.list_service",
        "sentences.list_waiting",
        "staff.list_staff",
    }
)
# Pages named like a list that show nothing which could be many.
NO_LISTS = frozenset({"dashboard.tonight", "dashboard.tonight_person"})
LISTS = ("list_", "show_calendar", "show_docket", "show_draw", "show_history", "show_statement")
DESK = ("today", "tonight", "messages")
# Searches show nothing until something is looked for.
ASKED = {"people.choose_other": {"find": "q"}, "people.edit_knows": {"find": "q"}}


def is_list(endpoint: str) -> bool:
    """Return whether a page shows many rows, by its name."""
    name = endpoint.rpartition(".")[2]
    return name.startswith(LISTS + DESK)


def crowded(open_house: HouseMaker, count: int, plant=None) -> House:
    """Return a house in which there are more of everything."""
    house = open_house(plant)
    here = house.world.here
    with house.writing() as session:
        crowd = Place(
            session=session,
            court=here.court,
            words=here.words,
            folder=house.folder / "files",
            keys=dict(here.keys),
        )
        add_crowd(crowd, count)
        session.execute(sa.text("ANALYZE"))
        session.commit()
    house.template = house.keep_as_it_is()
    return house


def reader_of(row: Row | None) -> str:
    """Return who sees most of a page; one that is planted is open to the coordinator."""
    if row is None:
        return "coordinator"
    roles = ("coordinator", "administrator", JUROR)
    return next((role for role in roles if row.roles[role] == "yes"), JUROR)


Counted = tuple[str, Counter[str], int]


def counted(house: House, *, only: str = "") -> Iterator[Counted]:
    """Yield for each page its statements and its length, as the role that sees most of it."""
    matrix = written_matrix()
    for rule in house.rules:
        row = matrix.get(rule.endpoint)
        if "GET" not in methods_of(rule) or only not in {"", rule.endpoint}:
            continue
        role = reader_of(row)
        values = values_of(rule, house.world.here, role) | ASKED.get(rule.endpoint, {})
        answer = house.ask(role, house.url(rule, values))
        if answer.status < 400:
            yield rule.endpoint, Counter(house.statements), len(answer.text)


def growth(few: Iterable[Counted], many: Iterable[Counted]) -> Iterator[str]:
    """Yield a sentence for each page that asks more often when there is more."""
    for (endpoint, before, _short), (same, after, _long) in zip(few, many, strict=True):
        assert endpoint == same
        if after.total() > before.total():
            more = (after - before).most_common(1)[0]
            yield f"{endpoint}: {before.total()} -> {after.total()}, {more[1]} times {more[0]}"


@pytest.fixture(scope="module")
def few(open_house: HouseMaker) -> list[Counted]:
    """What the pages of a house with a few more of everything cost."""
    return list(counted(crowded(open_house, FEW)))


@pytest.fixture(scope="module")
def many(open_house: HouseMaker) -> list[Counted]:
    """What the pages of a house with many more of everything cost."""
    return list(counted(crowded(open_house, MANY)))


def test_no_page_asks_once_per_row(few: list[Counted], many: list[Counted]) -> None:
    """Every page, lists or not, keeps its number of statements."""
    faults = list(growth(few, many))
    assert not faults, "\n".join(faults)


def test_lists_are_long_where_there_is_much(few: list[Counted], many: list[Counted]) -> None:
    """The crowd reaches every list; a new page named like one must be put in the table."""
    short = {endpoint: length for endpoint, _statements, length in few}
    long = {endpoint: length for endpoint, _statements, length in many}
    assert short.keys() >= GROWING
    assert [name for name in sorted(GROWING) if long[name] < short[name] + 500] == []
    unlisted = {name for name in short if is_list(name)} - GROWING - NO_LISTS
    assert not unlisted, f"put into GROWING and let tests/fixtures/world/crowd.py fill: {unlisted}"


def test_a_question_per_row_is_noticed(open_house: HouseMaker) -> None:
    """A page that looks up the person of each case by itself."""

    @requires(Permission.CASES_READ)
    def slow() -> str:
        session = database()
        cases = session.scalars(sa.select(Case)).all()
        names = [
            session.scalar(sa.select(Person.number).where(Person.id == case.person_id))
            for case in cases
        ]
        return " ".join(str(name) for name in names)

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted.list_slowly", slow)

    name = "planted.list_slowly"
    few, many = (counted(crowded(open_house, n, plant), only=name) for n in (1, 4))
    assert [fault.split(":")[0] for fault in growth(few, many)] == [name]
    assert is_list(name)
