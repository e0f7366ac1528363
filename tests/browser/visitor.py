"""Somebody at a screen: goes where links and buttons lead, fills in by label, reads each page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.browser.looking import axe_faults, width_faults


@dataclass
class Visitor:
    """One browser window; every page they come by is held to what everybody must be able to use.

    ``looks`` is False where scripts are off, because the checker is a script, and where other
    tests look at the same pages.
    """

    page: Page
    complaints: list[str]
    looks: bool = True
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Visitor:
        """Type an address, as on the first page of a day."""
        self.page.goto(path)
        return self._arrived()

    def menu(self, words: str) -> Visitor:
        """Go to a place by the main menu, which a narrow screen keeps behind a button."""
        opener = self.page.get_by_role("button", name="Menu")
        if opener.is_visible():
            opener.click()
        return self._click(self.page.locator("#navigation").get_by_role("link", name=words))

    def follow(self, words: str) -> Visitor:
        """Follow the first link of the page that reads like this."""
        return self._click(self._content.get_by_role("link").filter(has_text=words).first)

    def press(self, words: str) -> Visitor:
        """Press the first button that reads like this."""
        return self._click(self._content.get_by_role("button").filter(has_text=words).first)

    def decide(self, words: str) -> Visitor:
        """Press a button that asks once more, and say yes."""
        self.unfold(words)
        return self.press(f"Yes: {words}")

    def unfold(self, words: str) -> Visitor:
        """Open a part of the page that is folded away, if it is."""
        summary = self._content.locator("summary", has_text=words).first
        if summary.locator("..").get_attribute("open") is None:
            summary.click()
        return self

    def fill(self, fields: dict[str, str]) -> Visitor:
        """Type into fields, each named by its label."""
        for label, text in fields.items():
            self._labelled(label).fill(text)
        return self

    def select(self, fields: dict[str, str]) -> Visitor:
        """Choose from lists by the words that are read there."""
        for label, words in fields.items():
            self._labelled(label).select_option(label=words)
        return self

    def tick(self, *labels: str) -> Visitor:
        """Tick boxes by their labels."""
        for label in labels:
            self._labelled(label).check()
        return self

    def answer(self, question: str, words: str) -> Visitor:
        """Answer a question by one of the answers below it."""
        group = self._content.get_by_role("group", name=question)
        group.locator("label", has_text=words).first.click()
        return self

    @property
    def text(self) -> str:
        """The page as it is read."""
        return re.sub(r"\s+", " ", self._content.inner_text()).strip()

    def reads(self, *words: str) -> Visitor:
        """Hold the page to what it has to say."""
        for word in words:
            assert word in self.text, f"{self.page.url} does not say {word!r}:\n{self.text[:2500]}"
        return self

    @property
    def _content(self) -> Locator:
        return self.page.locator("#content")

    def _labelled(self, label: str) -> Locator:
        plain = self._content.get_by_label(label, exact=True)
        return plain.or_(self._content.get_by_label(f"{label} (optional)", exact=True)).first

    def _click(self, target: Locator) -> Visitor:
        with self.page.expect_navigation():
            target.click()
        return self._arrived()

    def _arrived(self) -> Visitor:
        self.page.wait_for_load_state()
        told = list(width_faults(self.page))
        if self.looks:
            told += axe_faults(self.page)
        told += self.complaints
        self.complaints.clear()
        heading = self.page.locator("h1").first.inner_text()
        self.faults += [f"{heading}: {fault}" for fault in told]
        return self
