"""By keyboard alone, and with no JavaScript at all."""

from __future__ import annotations

import pytest
from flask import Flask, Response, make_response
from playwright.sync_api import Page

from tests.browser.conftest import SiteMaker
from tests.browser.looking import NARROW, Site
from tests.fixtures.app import PASSWORD
from tests.fixtures.world import JUROR, NOBODY
from youthcourt.web.access import public

pytestmark = pytest.mark.chromium

MOST_STEPS = 400
MOST_INSIDE = 6  # a date has a step for day, month, year and its calendar
IN_CONTENT = "() => document.activeElement.closest('#content') !== null"
# Whether the element with the focus can be told from the same one without it.
SHOWS_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = s => [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow,
                     s.backgroundColor, s.borderColor, s.textDecorationLine].join();
  const ring = s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
  const now = getComputedStyle(e), focused = look(now), hasRing = ring(now);
  const name = e.outerHTML.slice(0, 80);
  e.blur();
  const changed = look(getComputedStyle(e)) !== focused;
  e.focus();
  const box = e.getBoundingClientRect();
  return [name, changed && (hasRing || now.boxShadow !== "none"), box.width > 0 && box.height > 0];
}"""
PLACE = "() => [...document.querySelectorAll('*')].indexOf(document.activeElement)"


def keyboard_faults(page: Page, path: str) -> list[str]:
    """Step through a page by the Tab key and return where the focus is lost or cannot be seen."""
    page.goto(path)
    page.keyboard.press("Tab")
    faults = []
    link = page.locator(".skip-link")
    if link.count() and link.evaluate("e => e === document.activeElement"):
        box = link.bounding_box()
        if box is None or box["y"] < 0 or box["x"] < 0:
            faults.append("the skip link stays hidden")
    elif not page.evaluate(IN_CONTENT):
        faults.append("the first step is neither the skip link nor in the content")
    return faults + steps_faults(page)


def steps_faults(page: Page) -> list[str]:
    """Step on until the page ends and return where the focus is lost or cannot be seen."""
    faults: list[str] = []
    seen: list[int] = []
    inside = 0
    for _step in range(MOST_STEPS):
        place = page.evaluate(PLACE)
        inside = inside + 1 if seen and place == seen[-1] else 0
        if not inside:
            # Not on the later steps inside one field: looking moves back to its first.
            shown = page.evaluate(SHOWS_FOCUS)
            if shown is None or (seen and place == seen[0]):
                return faults
            seen.append(place)
            faults += [] if shown[1] else [f"the focus cannot be seen on {shown[0]}"]
            faults += [] if shown[2] else [f"the focus is on something hidden: {shown[0]}"]
        if inside > MOST_INSIDE:
            return [*faults, f"the focus does not leave {shown[0]}"]
        page.keyboard.press("Tab")
    return [*faults, "the page never ends"]


def usual_pages(site: Site) -> list[tuple[str, str]]:
    """Return role and path of one page of each make: list, file, form, phone, door."""
    keys = site.house.world.here.keys
    return [
        (NOBODY, "/account/sign-in"),
        ("coordinator", "/today"),
        ("coordinator", "/people/"),
        ("coordinator", f"/cases/{keys['case']}"),
        ("coordinator", f"/people/{keys['person']}"),
        ("coordinator", f"/cases/{keys['case']}/intake"),
        ("coordinator", f"/cases/{keys['closed_case']}/closing-notice"),
        ("clerk", "/account/"),
        (JUROR, "/"),
    ]


def test_every_page_can_be_walked_by_keyboard(site: Site) -> None:
    """The skip link comes first, each step shows where it is, and there is no trap."""
    faults = []
    for role, path in usual_pages(site):
        with site.visit(role) as page:
            faults += [f"{path} as {role}: {fault}" for fault in keyboard_faults(page, path)]
    assert not faults, "\n".join(faults)


def test_the_skip_link_skips(site: Site) -> None:
    """After it the next step is inside the page's own content."""
    with site.visit("coordinator") as page:
        page.goto("/today")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#content') !== null")


def test_the_office_works_without_scripts(site: Site) -> None:
    """Sign in, open the menu on a phone, find somebody, change them, and sign out."""
    words = site.house.world.here.words
    with site.visit(NOBODY, width=NARROW, java_script_enabled=False) as page:
        page.goto("/people/")
        page.get_by_label("E-mail").fill(f"coordinator@{site.house.world.here.court.slug}.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        assert page.url == f"{site.url}/people/"
        page.get_by_role("button", name="Menu").click()
        page.locator("#navigation").get_by_role("link", name="Today", exact=True).click()
        assert page.locator("h1").inner_text() == "Today"
        page.goto("/people/")
        page.locator("main input[name=text]").fill(words.given[2])
        page.locator("main form button[type=submit]").first.click()
        page.locator("main a", has_text=words.given[2]).first.click()
        assert words.given[2] in page.locator("h1").inner_text()
        page.goto(f"/people/{site.house.world.here.keys['referred']}/edit")
        page.get_by_label("Called").fill("Bee")
        page.locator("main form button[type=submit]").last.click()
        assert "Saved." in page.locator("[role=status]").first.inner_text()
        page.locator("details.account summary").click()
        page.get_by_role("button", name="Sign out").click()
        page.goto("/people/")
        assert page.url.endswith("/account/sign-in")


# Planted faults ------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Planted</title><style>{style}</style></head>
<body>{first}<main id="content"><a href="#content">One</a>{body}</main></body></html>"""
SKIP = '<a class="skip-link" href="#content">Skip</a>'
FAULTS = {
    "the first step is neither": ("", "<a href='#content'>Menu</a>", ""),
    "the skip link stays hidden": (".skip-link {position: absolute; top: -90px}", SKIP, ""),
    "the focus cannot be seen on": ("main a:focus {outline: none}", SKIP, ""),
    "the focus does not leave": (
        "",
        SKIP,
        "<input aria-label='Trap' id='t'><script>t.onkeydown = e => e.preventDefault()</script>",
    ),
    "the focus is on something hidden": ("", SKIP, "<a href='#content'></a>"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_noticed(open_site: SiteMaker, fault: str) -> None:
    """A page with one fault is told of that fault."""
    style, first, body = FAULTS[fault]

    @public
    def planted() -> Response:
        response = make_response(PAGE.format(style=style, first=first, body=body))
        response.headers["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
        return response

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted", planted)

    with open_site(plant).visit(NOBODY) as page:
        told = keyboard_faults(page, "/planted")
    assert any(line.startswith(fault) for line in told), told
