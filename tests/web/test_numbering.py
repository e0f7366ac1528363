"""Numbers of people and cases, which look alike: how they are shown and how they are typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.numbering import NumberOf, TypedNumber, person_no, typed_number

TEMPLATES = Path(__file__).parents[2] / "templates"
ALONE = re.compile(r"\{\{\s*[\w.]+\.(?:case_|person_|youth_)?number\s*\}\}")


def test_the_number_of_a_person_has_a_letter_and_never_breaks():
    """What is stored stays the number alone; nobody's number is nothing."""
    assert person_no("2026-0042") == "P\u00a02026-0042"
    assert person_no("") == ""


@pytest.mark.parametrize(
    ("typed", "number", "whose"),
    [
        ("2026-0042", "2026-0042", NumberOf.EITHER),
        ("0042", "0042", NumberOf.EITHER),
        ("P 2026-0042", "2026-0042", NumberOf.PERSON),
        ("p2026-0042", "2026-0042", NumberOf.PERSON),
        (" person: 2026-0042 ", "2026-0042", NumberOf.PERSON),
        ("Case 2026-0042", "2026-0042", NumberOf.CASE),
        ("case-2026-0042", "2026-0042", NumberOf.CASE),
        ("C 0042", "0042", NumberOf.CASE),
    ],
)
def test_every_spelling_is_read(typed, number, whose):
    """With the letter, the word or nothing before it."""
    assert typed_number(typed) == TypedNumber(number=number, of=whose)


@pytest.mark.parametrize("typed", ["", "p", "case", "Pia 2026", "MPD-7", "100%", "2026-00x", "-"])
def test_what_is_no_number_is_none(typed):
    """A name, the number of an agency, a word alone."""
    assert typed_number(typed) is None


@given(st.from_regex(r"[0-9]{4}-[0-9]{4,6}", fullmatch=True))
def test_what_is_shown_can_be_typed_again(number):
    """A number copied from a page finds what it came from."""
    assert typed_number(person_no(number)) == TypedNumber(number=number, of=NumberOf.PERSON)
    assert typed_number(f"Case {number}") == TypedNumber(number=number, of=NumberOf.CASE)


def test_no_page_shows_a_number_alone():
    """In a template a number goes through ``person_no`` or ``case_no``, or stands in a sentence."""
    assert ALONE.search("<td>{{ line.number }}</td>")
    assert not ALONE.search("<td>{{ line.number|person_no }}</td>")
    pages = {path: ALONE.findall(path.read_text()) for path in TEMPLATES.rglob("*.html")}
    assert {str(path.relative_to(TEMPLATES)): found for path, found in pages.items() if found} == {}
