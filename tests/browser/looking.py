"""Looking at pages in a browser: accessibility, width, targets, errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response
from werkzeug.serving import BaseWSGIServer

from tests.fixtures.house.walk import House
from tests.fixtures.thorough import THOROUGH
from tests.fixtures.world import NOBODY

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW, NARROWEST = 1280, 360, 320
HEIGHT = 800
TARGET = 44  # pixels; docs/look.md
# A rule of ours, not of WCAG: what is pressed or typed into is high enough for a thumb.
SMALL_TARGETS = """minimum => [...document.querySelectorAll(
    "button, .btn, select, summary, textarea, input:not([type=hidden])")]
  .filter(e => !["checkbox", "radio"].includes(e.type) && e.checkVisibility())
  .filter(e => e.getBoundingClientRect().height < minimum - 0.5)
  .map(e => e.outerHTML.slice(0, 80))"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(e => !e.closest(".table-frame"))
  .map(e => e.outerHTML.slice(0, 80)).slice(0, 2)"""


AXE = Axe().axe_script
VIOLATIONS = """options => axe.run({...options, resultTypes: ["violations"]}).then(found =>
  found.violations.map(v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`))"""


@dataclass(kw_only=True)
class Site:
    """The application on a port of this machine, and a browser to look at it."""

    server: BaseWSGIServer
    house: House
    chrome: Browser
    complaints: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the address of the site."""
        return f"http://127.0.0.1:{self.server.port}"

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.house.close()

    @contextmanager
    def visit(self, role: str, *, width: int = WIDE, **options: Any) -> Iterator[Page]:
        """Open a tab signed in as a role; what the browser complains of is gathered."""
        context = self.chrome.new_context(
            viewport={"width": width, "height": HEIGHT}, base_url=self.url, **options
        )
        self._sign_in(context, role)
        page = context.new_page()
        page.on("console", lambda m: self._complain(f"console: {m.text}", m.type))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("requestfailed", lambda r: self.complaints.append(f"failed: {r.url}"))
        page.on("response", self._look_at)
        yield page
        context.close()

    def _sign_in(self, context: BrowserContext, role: str) -> None:
        if role != NOBODY:
            value = self.house.cookie(role, self.house.world.here)
            context.add_cookies([{"name": "sid", "value": value, "url": self.url}])

    def _complain(self, text: str, kind: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _look_at(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")

    def look(self, page: Page, path: str, *, phone: bool = False) -> list[str]:
        """Load a page once and return everything that is wrong with it, at each width."""
        self.complaints.clear()
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        answer = page.goto(path)
        assert answer is not None
        faults = [] if answer.ok else [f"answers {answer.status}"]
        faults += [f"at {WIDE}: {fault}" for fault in width_faults(page)]
        if THOROUGH:
            faults += [f"at {WIDE}: {fault}" for fault in axe_faults(page)]
        for width in (NARROW, NARROWEST) if phone else (NARROW,):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            faults += [f"at {width}: {fault}" for fault in width_faults(page)]
        faults += [f"at {width}: {fault}" for fault in axe_faults(page)]
        page.emulate_media(color_scheme="dark")
        faults += [f"in the dark: {fault}" for fault in axe_faults(page, rules=["color-contrast"])]
        return faults + self.complaints


def axe_faults(page: Page, *, rules: list[str] | None = None) -> Iterator[str]:
    """Yield the violations of WCAG 2, A and AA, that axe finds on a page.

    The checker is put into a page once; only what it found wrong comes back.
    """
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    yield from page.evaluate(VIOLATIONS, {"runOnly": only})


def width_faults(page: Page) -> Iterator[str]:
    """Yield what makes a page scroll sideways, and targets too small for a thumb."""
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield f"scrolls sideways because of {page.evaluate(TOO_WIDE)}"
    for small in page.evaluate(SMALL_TARGETS, TARGET):
        yield f"has a small target: {small}"
