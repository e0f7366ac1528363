"""Every page of every role in a browser: WCAG 2 A and AA, narrow and wide, day and night.

A quick run looks at some of them (tests/plugins/quick.py) and holds the wide ones to their width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask, Response, make_response
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import SiteMaker
from tests.browser.looking import Site
from tests.fixtures.house import House
from tests.fixtures.house.crawl import is_page, pages
from tests.fixtures.thorough import THOROUGH
from tests.fixtures.world import JUROR, NOBODY, ROLES
from youthcourt.web.access import public

pytestmark = pytest.mark.chromium

# So many pages of one kind; the cases are there in each of their states.
USUAL, MOST = 1, {"cases.show_case": 6, "people.show_person": 3, "cases.hold_intake": 2}


def paths(house: House, role: str) -> Iterator[tuple[str, str]]:
    """Yield endpoint and path of the pages to look at as a role.

    An administrator's are those that a coordinator does not come to.
    """
    beyond = "coordinator" if role == "administrator" else ""
    adapter = house.app.url_map.bind("localhost")
    counts: Counter[str] = Counter()
    for shown in sorted(
        pages(house, role, beyond=beyond), key=lambda shown: (len(shown.path), shown.path)
    ):
        if not is_page(shown.answer):
            continue
        try:
            endpoint, _values = adapter.match(shown.path.partition("?")[0], method="GET")
        except HTTPException:
            continue
        counts[endpoint] += 1
        if counts[endpoint] <= MOST.get(endpoint, USUAL):
            yield endpoint, shown.path


def look_at_all(site: Site, role: str, found: list[tuple[str, str]]) -> list[str]:
    """Return all faults of these pages, one line each."""
    faults = []
    with site.visit(role) as page:
        for endpoint, path in found:
            seen = site.look(page, path, phone=role == JUROR)
            faults += [f"{endpoint} {path} as {role}, {fault}" for fault in seen]
    return faults


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_can_be_used_by_everybody(site: Site, house: House, role: str) -> None:
    """axe, sideways scrolling, small targets, complaints of the browser: all told together."""
    found = list(paths(house, role))
    assert found
    if role == "coordinator" and not THOROUGH:
        found = found[::6]  # of those with most pages, every sixth
    faults = look_at_all(site, role, found)
    assert not faults, "\n".join(faults)


# Planted faults ------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Planted</title>{head}</head>
<body><main><h1>Planted</h1>{body}</main></body></html>"""
FAULTS = {
    "color-contrast": ("<style>p {color: #bbb; background: #fff}</style>", "<p>Pale words</p>"),
    "label": ("", "<input name='age'>"),
    "scrolls sideways": ("<style>p {width: 900px}</style>", "<p>Wide</p>"),
    "small target": ("<style>button {height: 20px}</style>", "<button>Go</button>"),
    "in the dark: color-contrast": (
        "<style>@media (prefers-color-scheme: dark) {body {background: #222}}</style>",
        "<p>Black on black</p>",
    ),
    "script: ": ("", "<script>throw new Error('planted')</script>"),
    "404: ": ("", "<img src='/static/gone.png' alt='Gone'>"),
    "console: ": ("", "<script>console.error('planted')</script>"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_noticed(open_site: SiteMaker, fault: str) -> None:
    """A page with one fault is told of that fault."""
    head, body = FAULTS[fault]

    @public
    def planted() -> Response:
        response = make_response(PAGE.format(head=head, body=body))
        response.headers["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
        return response

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted", planted)

    told = look_at_all(open_site(plant), NOBODY, [("planted", "/planted")])
    assert any(fault in line for line in told), told


def test_what_the_policy_blocks_is_noticed(open_site: SiteMaker) -> None:
    """An inline script under our own policy: the browser complains, and so do we."""
    body = "<script>document.title = 'x'</script>"

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted", public(lambda: PAGE.format(head="", body=body)))

    told = look_at_all(open_site(plant), NOBODY, [("planted", "/planted")])
    assert any("Content Security Policy" in line for line in told), told
