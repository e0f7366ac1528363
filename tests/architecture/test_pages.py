"""Every page of every role: well formed, labelled, in plain words, and with no dead button."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.fixtures.house import House, HouseMaker, values_of
from tests.fixtures.house.access import may_use, written_matrix
from tests.fixtures.house.crawl import Shown, here, is_page, pages
from tests.fixtures.house.pages import page_faults, read_page
from tests.fixtures.house.walk import methods_of
from tests.fixtures.world import JUROR, NOBODY, ROLES
from youthcourt.web.access import public


def refused_forms(house: House, role: str) -> Iterator[Shown]:
    """Yield every page that comes back when a form is sent empty."""
    matrix = written_matrix()
    for rule in house.rules:
        if "POST" in methods_of(rule) and may_use(matrix, rule.endpoint, role):
            path = house.url(rule, values_of(rule, house.world.here, role))
            answer = house.ask(role, path, method="POST")
            if is_page(answer):
                yield Shown(role, path, f"{rule.endpoint}, sent empty", answer)


def dead_ends(house: House, shown: Shown) -> Iterator[str]:
    """Yield the forms of a page that lead nowhere or to where this role may not go."""
    matrix = written_matrix()
    adapter = house.app.url_map.bind("localhost")
    for method, action in read_page(shown.answer.text).forms():
        path = urlsplit(here(shown.path, action or shown.path)).path
        try:
            endpoint, _values = adapter.match(path, method=method)
        except RequestRedirect:
            yield f"has a form for {method} {path}, which is sent on"
            continue
        except HTTPException:
            yield f"has a form for {method} {path}, which is no route"
            continue
        row = matrix.get(endpoint)
        if row is not None and row.roles[shown.role] != "yes":
            yield f"has a form for {endpoint}, which {shown.role} may not use"


def faults_of(house: House, found: Iterator[Shown]) -> list[str]:
    """Return a sentence for every fault of these pages, each kind of page told once."""
    faults: dict[str, str] = {}
    for shown in found:
        problems = []
        if is_page(shown.answer):
            problems = [*page_faults(shown.answer.text), *dead_ends(house, shown)]
        if shown.answer.status in {403, 404, 405} or shown.answer.status >= 500:
            problems.append(f"answers {shown.answer.status}")
        for problem in problems:
            faults.setdefault(problem, f"{shown.path} as {shown.role}: {problem}")
    return list(faults.values())


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_whole(house: House, role: str) -> None:
    """Title, labels, plain words; every link is answered and every form leads somewhere."""
    beyond = "coordinator" if role == "administrator" else ""  # who sees those pages already
    faults = faults_of(house, pages(house, role, beyond=beyond))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ["coordinator", "clerk", JUROR])
def test_the_pages_of_a_court_that_draws_nobody_are_whole(house: House, role: str) -> None:
    """Its evening is filled from those who come; nothing there speaks of a draw to be made."""
    assert "draw" not in house.world.walk_in.keys
    shown = list(pages(house, role, place=house.world.walk_in))
    faults = faults_of(house, iter(shown))
    assert not faults, "\n".join(faults)
    paths = {urlsplit(page.path).path for page in shown}
    if role == "coordinator":
        evening = house.world.walk_in.keys["session"]
        assert {f"/sessions/{evening}/jury", f"/tonight/{evening}"} <= paths


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_every_form_that_comes_back_is_whole(house: House, role: str) -> None:
    """A form that was sent empty says what is wrong on a page as whole as the first."""
    faults = faults_of(house, refused_forms(house, role))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("url", ["/people/00000000-0000-4000-8000-000000000000", "/nowhere"])
def test_pages_of_errors_are_whole(house: House, url: str) -> None:
    """Not found, for staff and for strangers, and refused."""
    for role in (NOBODY, "coordinator"):
        assert page_faults(house.ask(role, url).text) in ([], ["sent on"]) or role == NOBODY
    assert page_faults(house.ask("clerk", "/people/").text) == []
    assert page_faults(house.ask("coordinator", "/account/sign-out").text) == []


def test_a_phone_says_nothing_of_a_court(house: House) -> None:
    """No title, tab or word on a juror's pages tells a bystander what it is about."""
    for shown in pages(house, JUROR):
        page = read_page(shown.answer.text)
        if any("phone" in body.get("class") for body in page.all("body")):
            assert "court" not in page.text.casefold(), shown.path
            assert "court" not in next(page.all("title")).text.casefold(), shown.path


# Planted faults ------------------------------------------------------------------------------

GOOD = """<!doctype html><html lang="en"><head><title>One – Place</title></head><body><main>
<h1>One</h1><p>Words</p></main></body></html>"""


def with_body(html: str) -> str:
    """Return the good page with something more in it."""
    return GOOD.replace("<p>Words</p>", html)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (GOOD.replace("<!doctype html>", ""), "has no doctype"),
        (GOOD.replace(' lang="en"', ""), "does not say its language"),
        (GOOD.replace("One –", "Two –"), "is titled ['Two – Place'] and headed 'One'"),
        (with_body("<h1>One</h1>"), "has 2 headings of the first order"),
        (with_body("<h3>Deep</h3>"), "jumps from heading 1 to 3: 'Deep'"),
        (with_body('<p style="color: red">x</p>'), "has style on <p>"),
        (with_body('<button onclick="x()">x</button>'), "has onclick on <button>"),
        (with_body("<script>x()</script>"), "has an inline <script>"),
        (with_body('<a href="//elsewhere.example">x</a>'), "leaves this site"),
        (with_body('<p id="a"></p><p id="a"></p>'), "has the id 'a' 2 times"),
        (with_body('<p aria-labelledby="gone">x</p>'), "points nowhere"),
        (with_body('<a href="#gone">x</a>'), "has a link to #gone"),
        (with_body('<input name="age">'), "has a field without a label: 'age'"),
        (with_body("<img src='/a.png'>"), "has an image without words"),
        (with_body("<table><tr><td>1</td></tr></table>"), "has a table without a caption"),
        (with_body('<a href="/x"><svg></svg></a>'), "has a nameless <a>"),
        (with_body("<fieldset><p>x</p></fieldset>"), "has a fieldset without a legend"),
        (with_body("<p>Born: None</p>"), "shows a leftover None"),
        (with_body("<p>Eligible: True</p>"), "shows a raw truth value"),
        (with_body("<p>not_asked</p>"), "shows a raw code: 'One not_asked'"),
        (with_body("<p>%(name)s came</p>"), "shows a placeholder that was not filled"),
        (with_body("<p>&amp;amp;</p>"), "shows markup that was escaped twice"),
        (with_body("<p>&lt;CaseState.HEARD: 1&gt;</p>"), "shows an object of the program"),
        (with_body("<p>The Offender</p>"), "shows a word the product does not use"),
    ],
)
def test_a_fault_of_a_page_is_noticed(html: str, fault: str) -> None:
    """Each check finds the fault it is meant for, and only that."""
    assert page_faults(GOOD) == []
    found = page_faults(html)
    assert len(found) == 1, found
    assert fault in found[0]


@pytest.mark.parametrize(
    "html",
    [
        '<label for="a">Age</label><input id="a">',
        "<label>Age <input></label>",
        '<input type="hidden" name="a">',
        "<textarea aria-label='x'>None of it, not_a_code</textarea>",
        "<p>nobody@example.org wrote to a_b@example.org; see report_2.pdf</p>",
        "<table><caption>Things</caption><tr><td>1</td></tr></table>",
        '<a href="/x"><svg aria-label="Open"></svg></a>',
    ],
)
def test_an_honest_page_is_left_alone(html: str) -> None:
    """The checks do not cry at what is right."""
    assert page_faults(with_body(html)) == []


def test_dead_buttons_are_noticed(open_house: HouseMaker) -> None:
    """A link to nowhere, a form for nothing, and a form for what this role may not do."""
    body = (
        '<a href="/gone">x</a><form action="/gone" method="post"></form>'
        '<form action="/people/find" method="post"></form>'
    )

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted", public(lambda: with_body(body)))

    house = open_house(plant)
    found = [shown for shown in pages(house, "clerk") if shown.path in {"/planted", "/gone"}]
    faults = faults_of(house, iter(found))
    assert [fault.split(": ", 1)[1] for fault in sorted(faults)] == [
        "answers 404",
        "has a form for POST /gone, which is no route",
        "has a form for people.find, which clerk may not use",
    ]
