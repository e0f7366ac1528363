"""A case and a person on paper: what is known of them, and nothing that is done on a screen."""

from __future__ import annotations

import pytest

from tests.browser.looking import Site

pytestmark = pytest.mark.chromium

VISIBLE = """selector => [...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility()).map(e => e.textContent.trim())"""
ACTS = "main :is(.btn, button, summary, input, textarea, select)"
DONE_ON_A_SCREEN = ("Write down", "Enter", "Correct", "Record", "Change", "Decide", "Take it")


@pytest.mark.parametrize(
    ("kind", "key", "stays"),
    [("cases", "case", "The referral"), ("people", "person", "How to reach them")],
)
def test_what_is_printed_says_what_is_and_not_what_can_be_done(
    site: Site, kind: str, key: str, stays: str
) -> None:
    """On the screen the acts are there, on paper none of them is; the headings stay."""
    with site.visit("coordinator") as page:
        page.goto(f"/{kind}/{site.house.world.here.keys[key]}")
        assert page.evaluate(VISIBLE, ACTS)
        page.emulate_media(media="print")
        assert page.evaluate(VISIBLE, ACTS) == []
        links = page.evaluate(VISIBLE, "main a")
        assert [text for text in links if text.startswith(DONE_ON_A_SCREEN)] == []
        assert stays in page.evaluate(VISIBLE, "main h2")
