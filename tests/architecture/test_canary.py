"""What one court knows is on no page of another, and on no line of a log."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator

import pytest
import structlog
from flask import Flask
from sqlalchemy import select

from tests.fixtures.house import House, HouseMaker, values_of
from tests.fixtures.house.access import may_use, written_matrix
from tests.fixtures.house.canaries import own_words, ways_to_write, words_of_rows
from tests.fixtures.house.crawl import Shown, pages
from tests.fixtures.house.walk import is_unsafe, methods_of
from tests.fixtures.world import JUROR, NOW, ROLES, Place
from tests.fixtures.world.place import LONG_NAME
from youthcourt.cases.models import Case
from youthcourt.dashboard.letters import recipient_of, words_of
from youthcourt.notices.models import Notice
from youthcourt.people.models import Person
from youthcourt.web.access import Permission, needed_permissions, public, requires
from youthcourt.web.transactions import database


def canaries(place: Place) -> list[str]:
    """Return every word that only this court knows."""
    words = place.words
    digits = re.sub(r"\D", "", words.phone)
    return [
        words.family,
        *words.given,
        words.guardian,
        words.school,
        words.agency,
        words.officer,
        words.story,
        words.note,
        words.phone,
        digits,
        f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
        words.email,
        words.address,
        words.filename,
        words.supervisor,
        *ways_to_write(words.born),
    ]


def found_in(words: list[str], text: str) -> list[str]:
    """Return the words that stand in a text, however they are capitalised."""
    folded = text.casefold()
    return [word for word in words if word.casefold() in folded]


def leaks(found: Iterable[Shown], words: list[str]) -> list[str]:
    """Return the pages and files on which one of the words stands."""
    faults = []
    for shown in found:
        told = shown.answer.data.decode("utf-8", "replace") + str(shown.answer.response.headers)
        faults += [f"{shown.path} as {shown.role}: {word}" for word in found_in(words, told)]
    return faults


Crawl = Callable[..., list[Shown]]


@pytest.fixture(scope="module")
def crawl(house: House) -> Crawl:
    """Return a function that gives every page of a role in a court, read once for all tests."""
    known: dict[tuple[str, str], list[Shown]] = {}

    def crawled(role: str, place: Place | None = None) -> list[Shown]:
        where = place or house.world.here
        key = role, where.court.slug
        if key not in known:
            known[key] = list(pages(house, role, place=where))
        return known[key]

    return crawled


PERSONAL = {
    "persons": ("given_names", "family_name", "phone", "address", "birth_date"),
    "adults": ("name", "phone", "email", "note"),
}


def test_every_field_of_every_person_has_a_word_of_its_own(house: House) -> None:
    """What is looked for elsewhere is known for each person and each field of theirs."""
    world = house.world
    for place, other in ((world.here, world.there), (world.there, world.here)):
        own = own_words(house, place, other)
        for table, columns in PERSONAL.items():
            for column in columns:
                told = [word for word, where in own.items() if f"{table}.{column}" in where]
                many = 6 * 6 if column == "birth_date" else 5
                assert len(told) >= many, f"{table}.{column} of {place.court.slug}: {told}"


def test_the_canaries_sing_at_home(house: House, crawl: Crawl) -> None:
    """The words stand on the pages of their own court, so that their absence says much."""
    for place in (house.world.here, house.world.there):
        text = "".join(
            shown.answer.text + str(shown.answer.response.headers)
            for shown in crawl("coordinator", place)
        )
        words, sung = place.words, set(found_in(canaries(place), text))
        assert {words.family, *words.given, words.guardian, words.note, words.school} <= sung
        assert {words.phone, words.story, words.officer, words.filename, words.agency} <= sung
        assert set(ways_to_write(words.born)) & sung


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_no_page_of_one_court_tells_of_another(house: House, crawl: Crawl, role: str) -> None:
    """Every page and file of every role, both ways; an administrator sees a coordinator's."""
    here, there = house.world.here, house.world.there
    faults = []
    for place, other in ((here, there), (there, here)):
        words = [*canaries(other), *own_words(house, other, place)]
        faults += leaks(crawl(role, place), words)
    assert not faults, "\n".join(faults)


def test_no_message_of_one_court_tells_of_another(house: House) -> None:
    """Every message on record in its own words, whether it leaves as an e-mail or on paper."""
    here, there = house.world.here, house.world.there
    for place, other in ((here, there), (there, here)):
        with house.writing(place) as session:
            told = [
                f"{to.name} {to.email} {words.subject} {' '.join(words.paragraphs)}"
                for notice in session.scalars(select(Notice))
                if (to := recipient_of(session, notice))
                and (words := words_of(session, notice, to, door="/in", now=NOW))
            ]
        text = "\n".join(told)
        assert found_in(canaries(place), text)
        assert not found_in([*canaries(other), *own_words(house, other, place)], text)


def test_an_evaluator_reads_of_nobody(house: House, crawl: Crawl) -> None:
    """Numbers and rules without one word of a person, not even of the own court."""
    faults = leaks(crawl("evaluator"), canaries(house.world.here))
    assert not faults, "\n".join(faults)


def test_the_desk_shows_first_names_alone(house: House, crawl: Crawl) -> None:
    """What a bystander sees of a clerk's tablet; the docket lies behind the password."""
    words = house.world.here.words
    secret = [word for word in canaries(house.world.here) if word not in words.given]
    secret += [LONG_NAME, "Shoplifting"]
    needs, adapter = needed_permissions(house.app), house.app.url_map.bind("localhost")

    def desk() -> Iterator[Shown]:
        for shown in crawl("clerk"):
            path = shown.path.partition("?")[0]
            endpoint = "" if shown.answer.status >= 400 else adapter.match(path, method="GET")[0]
            if needs.get(endpoint) != Permission.EVENING_DOCKET:
                yield shown

    # A room may say where it is; that is for the door, not about a person.
    faults = leaks(desk(), [word for word in secret if word != words.address])
    assert not faults, "\n".join(faults)


def test_a_juror_reads_of_nobody_else_and_of_no_case(house: House, crawl: Crawl) -> None:
    """No other's name, no agency, officer, offence, note or number of a case."""
    here = house.world.here
    with house.writing() as session:
        numbers = [str(session.get_one(Case, here.keys["supervised_case"]).number)]
        own = str(session.get_one(Person, here.keys["juror"]).given_names)
    words = here.words
    secret = [name for name in words.given if name != own]
    secret += [LONG_NAME, words.agency, words.officer, words.story, words.note, words.guardian]
    secret += [*numbers, *ways_to_write(words.born), "Shoplifting"]
    faults = leaks(crawl(JUROR), secret)
    assert not faults, "\n".join(faults)


# Logs ----------------------------------------------------------------------------------------


def typed_everywhere(house: House) -> None:
    """Send every form with names, dates and numbers in every field the pages have."""
    here, matrix = house.world.here, written_matrix()
    words = here.words
    typed = [words.given[0], words.born.isoformat(), words.phone, words.story]
    for rule in house.rules:
        for method in filter(is_unsafe, methods_of(rule)):
            for role in ("coordinator", JUROR):
                if may_use(matrix, rule.endpoint, role):
                    url = house.url(rule, values_of(rule, here, role))
                    shown = house.ask(role, url).text if "GET" in methods_of(rule) else ""
                    names = re.findall(r'name="(\w+)"', shown) or ["text", "name"]
                    data = {n: typed[i % len(typed)] for i, n in enumerate(names)}
                    house.ask(role, url, method=method, data=data)


def words_of_people(house: House) -> list[str]:
    """Return every word in every field of every person and adult of a court."""
    known = words_of_rows(house, house.world.here)
    tables = ("persons.", "adults.")
    return [word for word, where in known.items() if any(w.startswith(tables) for w in where)]


def log_faults(words: list[str], caplog, capfd) -> list[str]:
    """Return the lines written to any log in which one of the words stands."""
    streams = capfd.readouterr()
    lines = [*caplog.text.splitlines(), *streams.out.splitlines(), *streams.err.splitlines()]
    return [f"{word}: {line}" for line in lines for word in found_in(words, line)]


def test_no_log_line_tells_of_a_person(open_house: HouseMaker, caplog, capfd) -> None:
    """All pages read and all forms sent with names in them; also where the program falls over."""

    @public
    def falls() -> str:
        raise ValueError(open_one.world.here.words.family)

    open_one = open_house(lambda app: app.add_url_rule("/planted", "planted", falls))
    caplog.set_level(logging.DEBUG)
    for role in ("coordinator", JUROR):
        list(pages(open_one, role))
    typed_everywhere(open_one)
    assert open_one.ask("coordinator", "/planted").status == 500
    with capfd.disabled():
        words = [*canaries(open_one.world.here), *words_of_people(open_one)]
        faults = log_faults(words, caplog, capfd)
    assert not faults, "\n".join(faults)


# Planted faults ------------------------------------------------------------------------------


def test_a_page_that_tells_of_another_court_is_noticed(open_house: HouseMaker) -> None:
    """A list that forgot whose court it is."""

    @requires(Permission.CASES_READ)
    def leak() -> str:
        session = database()
        session.info["every_court"] = "planted fault"
        return " ".join(str(p.family_name) for p in session.query(Person))

    house = open_house(lambda app: app.add_url_rule("/planted", "planted", leak))
    told = Shown("coordinator", "/planted", "planted", house.ask("coordinator", "/planted"))
    assert leaks([told], canaries(house.world.there)) == ["/planted as coordinator: Vandersloot"]


@pytest.mark.parametrize("way", ["logging", "structlog", "print"])
def test_a_log_line_with_a_name_is_noticed(open_house: HouseMaker, caplog, capfd, way) -> None:
    """By whichever way it is written."""
    name = "Quillfeather"

    @public
    def tells() -> str:
        if way == "logging":
            logging.getLogger("planted").info("saw %s", name)
        elif way == "structlog":
            # An allowed key is the one way past the list of allowed keys.
            structlog.get_logger().info("seen", problem=name)
        else:
            sys.stderr.write(f"saw {name}\n")
        return ""

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted", tells)

    house = open_house(plant)
    caplog.set_level(logging.DEBUG)
    capfd.readouterr()
    assert house.ask("nobody", "/planted").status == 200
    assert len(log_faults([name], caplog, capfd)) == 1
