"""Every route keeps to the written matrix, for every role and for records of another court."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.fixtures.house import House, HouseMaker, UnknownParameter, values_of
from tests.fixtures.house.access import faults_of, gaps, read_matrix, written_matrix
from tests.fixtures.house.walk import methods_of
from tests.fixtures.world import ROLES
from youthcourt.cases.models import Case
from youthcourt.web.access import PUBLIC, Permission, needed_permissions, public, requires
from youthcourt.web.transactions import database

EVERYBODY = " ".join("yes" for _ in ROLES)
OFFICE = "yes yes no no no in"


def test_every_route_declares_what_it_needs(house: House) -> None:
    """Each declaration is a permission that exists, or the word for everybody."""
    needs = needed_permissions(house.app)
    assert set(needs.values()) <= {PUBLIC, *Permission}
    assert {rule.endpoint for rule in house.rules} <= needs.keys()


def test_every_route_is_written_down(house: House) -> None:
    """The matrix has a row for each route, with its keys, and no other row."""
    assert list(gaps(house.rules, written_matrix())) == []


def test_every_route_answers_each_role_as_written(house: House) -> None:
    """Allowed, refused or sent to the door; a foreign record is an absent one; no GET changes."""
    matrix = written_matrix()
    faults = [
        fault
        for rule in house.rules
        if rule.endpoint in matrix
        for fault in faults_of(house, rule, matrix[rule.endpoint])
    ]
    assert not faults, "\n".join(faults)


def open_without_the_password_again(house: House) -> list[str]:
    """Return the routes of the docket that a clerk's tablet opens to whoever picks it up."""
    needs = needed_permissions(house.app)
    found = []
    for rule in house.rules:
        if needs[rule.endpoint] != Permission.EVENING_DOCKET:
            continue
        for method in methods_of(rule):
            url = house.url(rule, values_of(rule, house.world.here, "clerk"))
            answer = house.ask("clerk, left alone", url, method=method)
            # What was typed waits as a draft while the password is asked for.
            if answer.location != "/account/again" or answer.changed - {"drafts"}:
                found.append(f"{method} {rule.endpoint}: {answer.status} {answer.location}")
    return found


def test_the_docket_wants_the_password_again(house: House) -> None:
    """Names and cases of the evening do not lie open on a tablet that was left alone."""
    faults = open_without_the_password_again(house)
    assert not faults, "\n".join(faults)


# Planted faults ------------------------------------------------------------------------------


def planted(
    open_house: HouseMaker,
    view: Callable[..., Any],
    path: str,
    line: str,
    method: str = "GET",
) -> list[str]:
    """Return what the matrix says of an application with one more route."""

    def plant(app: Flask) -> None:
        app.add_url_rule(path, "planted", view, methods=[method])

    house = open_house(plant)
    rule = next(rule for rule in house.rules if rule.endpoint == "planted")
    row = read_matrix(f"planted {line}")["planted"]
    return list(faults_of(house, rule, row))


def one_rule(open_house: HouseMaker) -> Rule:
    """Return a route nobody has written down."""
    house = open_house(lambda app: app.add_url_rule("/new", "planted", public(lambda: "")))
    return next(rule for rule in house.rules if rule.endpoint == "planted")


def test_a_route_that_is_not_written_down_is_noticed(open_house: HouseMaker) -> None:
    """A new route, a row without a route and a row with other keys each give a sentence."""
    rule = one_rule(open_house)
    assert "is not in tests/architecture/access.txt" in next(gaps([rule], {}))
    matrix = read_matrix(f"planted {EVERYBODY} case_id\ngone {EVERYBODY}")
    assert [fault.split(":")[0].split(" ")[0] for fault in gaps([rule], matrix)] == [
        "planted",
        "gone",
    ]
    assert list(gaps([rule], read_matrix(f"planted {EVERYBODY}"))) == []


@pytest.mark.parametrize("line", ["a.b yes no", "a.b maybe yes yes yes yes yes"])
def test_a_row_that_cannot_be_read_is_an_error(line: str) -> None:
    """Too few cells, or a word that means nothing."""
    with pytest.raises(ValueError, match="cannot be read"):
        read_matrix(line)


def test_an_unknown_parameter_says_where_its_record_is_made(open_house: HouseMaker) -> None:
    """A route with a key the made-up world does not know names the file to add it to."""
    view = public(lambda kettle_id: "")
    with pytest.raises(UnknownParameter, match="tests/fixtures/world/"):
        planted(open_house, view, "/kettles/<uuid:kettle_id>", f"{EVERYBODY} kettle_id")


def test_a_route_open_to_the_wrong_role_is_noticed(open_house: HouseMaker) -> None:
    """Everybody gets in where the matrix lets the office in alone, and the other way round."""
    faults = planted(open_house, public(lambda: "open"), "/planted", OFFICE)
    assert faults == [
        "GET planted as clerk: should be refused, answered 200 ",
        "GET planted as evaluator: should be refused, answered 200 ",
        "GET planted as juror: should be refused, answered 200 ",
        "GET planted as nobody: should be asked to sign in, answered 200 ",
    ]


def test_a_route_closed_to_the_right_role_is_noticed(open_house: HouseMaker) -> None:
    """A clerk who should be let in and is refused."""
    view = requires(Permission.CASES_READ)(lambda: "open")
    faults = planted(open_house, view, "/planted", "yes yes yes no no in")
    assert faults == ["GET planted as clerk: should be allowed, answered 403"]


def test_a_record_of_another_court_that_is_shown_is_noticed(open_house: HouseMaker) -> None:
    """A query past the scoping shows what belongs to the other court."""

    @requires(Permission.CASES_READ)
    def leak(case_id: object) -> str | tuple[str, int]:
        session = database()
        session.info["every_court"] = "planted fault"
        found = session.get(Case, case_id)
        return ("none", 404) if found is None else found.number

    faults = planted(open_house, leak, "/planted/<uuid:case_id>", f"{OFFICE} case_id")
    assert "GET planted as coordinator: a foreign case_id answers 200 instead of 404" in faults


def test_a_foreign_record_that_answers_otherwise_than_an_absent_one_is_noticed(
    open_house: HouseMaker,
) -> None:
    """A 404 that tells more of one than of the other gives the other court away."""

    @requires(Permission.CASES_READ)
    def hint(case_id: object) -> tuple[str, int] | str:
        session = database()
        if session.get(Case, case_id) is not None:
            return "here"
        session.info["every_court"] = "planted fault"
        return ("elsewhere" if session.get(Case, case_id) else "nowhere"), 404

    faults = planted(open_house, hint, "/planted/<uuid:case_id>", f"{OFFICE} case_id")
    assert faults == [
        "GET planted as coordinator: a foreign case_id answers otherwise than an absent one"
    ]


def test_a_change_by_those_who_may_not_is_noticed(open_house: HouseMaker) -> None:
    """Refused with 403, and done all the same."""

    @public
    def sneaky() -> tuple[str, int]:
        session = database()
        session.info.update(writer=True, read_only=False, every_court="planted fault")
        session.query(Case).update({Case.number: Case.number + "x"})
        session.commit()
        return "", 403

    faults = planted(open_house, sneaky, "/planted", "no no no no no no", method="POST")
    assert "POST planted as evaluator: may not, and changed ['cases']" in faults


def test_a_page_that_changes_something_is_noticed(open_house: HouseMaker) -> None:
    """A GET that writes."""

    @public
    def writes() -> str:
        session = database()
        session.info.update(writer=True, read_only=False, every_court="planted fault")
        session.query(Case).update({Case.number: Case.number + "x"})
        session.commit()
        return ""

    faults = planted(open_house, writes, "/planted", EVERYBODY)
    assert "GET planted as juror: a page that is only read changed ['cases']" in faults


def test_a_docket_that_lies_open_is_noticed(open_house: HouseMaker) -> None:
    """A page of the evening that forgot to ask."""

    def plant(app: Flask) -> None:
        view = requires(Permission.EVENING_DOCKET)(lambda: "names")
        app.add_url_rule("/planted", "planted", view)

    found = open_without_the_password_again(open_house(plant))
    assert "GET planted: 200 " in found


def test_a_failure_is_noticed(open_house: HouseMaker) -> None:
    """A route that falls over answers nobody as written."""
    faults = planted(open_house, public(lambda: 1 // 0), "/planted", EVERYBODY)
    assert "GET planted as nobody: failed with 500" in faults
