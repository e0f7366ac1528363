"""Amounts as people type them: read exactly, shown again as they were typed, or told why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from youthcourt.courts.domain import Unit, preset
from youthcourt.sentences.forms import amount_name, sentence_form
from youthcourt.sentences.forms.fields import amount_field
from youthcourt.sentences.services import amount_field as name_in_refusals
from youthcourt.web import i18n


@pytest.fixture
def request_context() -> Iterator[None]:
    """A request, in whose language forms speak; no database is behind it."""
    app = Flask("forms")
    app.secret_key = "forms"
    i18n.init_app(app)
    with app.test_request_context():
        yield


def read(unit: Unit, *typed: str) -> tuple[Any, list[str]]:
    """Return what a field of a unit makes of what was typed, and what it says of it."""
    form_class = type("OneAmount", (Form,), {"amount": amount_field(unit, "Amount")})
    form = form_class(MultiDict([("amount", text) for text in typed]))
    form.validate()
    return form["amount"].data, [str(error) for error in form["amount"].errors]


@pytest.mark.parametrize(
    ("unit", "typed", "amount"),
    [
        (Unit.MINUTES, ("2", "30"), 150),
        (Unit.MINUTES, ("", "45"), 45),
        (Unit.MINUTES, (" 8 ", ""), 480),
        (Unit.MINUTES, ("0", "0"), 0),
        (Unit.MINUTES, ("", ""), None),
        (Unit.MINUTES, ("3",), 180),
        (Unit.MONEY, ("12",), 1200),
        (Unit.MONEY, ("12.5",), 1250),
        (Unit.MONEY, ("$1,200.05",), 120005),
        (Unit.MONEY, ("0.10",), 10),
        (Unit.MONEY, ("",), None),
        (Unit.SESSIONS, ("7",), 7),
        (Unit.PIECES, (" ",), None),
    ],
)
def test_amounts_are_read_in_their_smallest_unit(
    unit: Unit, typed: tuple[str, ...], amount: int | None
) -> None:
    """Minutes, cents, whole numbers; nothing typed is None, which is not zero."""
    assert read(unit, *typed) == (amount, [])


@pytest.mark.parametrize(
    ("unit", "typed", "told"),
    [
        (Unit.MINUTES, ("2.5", ""), "whole hours"),
        (Unit.MINUTES, ("1", "60"), "0 to 59"),
        (Unit.MINUTES, ("-1", ""), "whole hours"),
        (Unit.MINUTES, ("9" * 400, ""), "whole hours"),
        (Unit.MONEY, ("12,50",), "12.50"),
        (Unit.MONEY, ("1e5",), "12.50"),
        (Unit.MONEY, ("-5",), "12.50"),
        (Unit.MONEY, ("12.505",), "12.50"),
        (Unit.SESSIONS, ("3.5",), "whole number"),
        (Unit.SESSIONS, ("NaN",), "whole number"),
        (Unit.SESSIONS, ("9" * 400,), "whole number"),
    ],
)
def test_what_is_no_amount_is_told_how_one_is_written(
    request_context: None, unit: Unit, typed: tuple[str, ...], told: str
) -> None:
    """One sentence, and no amount that nobody meant."""
    amount, errors = read(unit, *typed)
    assert amount is None
    assert len(errors) == 1
    assert told in errors[0]


@given(st.integers(min_value=0, max_value=1_000_000))
def test_what_a_field_shows_is_read_back_as_it_was(amount: int) -> None:
    """Hours and minutes, dollars and cents: nothing is lost on the way to the page and back."""
    for unit in (Unit.MINUTES, Unit.MONEY, Unit.SESSIONS):
        form_class = type("OneAmount", (Form,), {"amount": amount_field(unit, "Amount")})
        field = form_class(data={"amount": amount})["amount"]
        shown = (field.hours, field.minutes) if unit is Unit.MINUTES else (field._value(),)
        assert read(unit, *shown) == (amount, [])


@pytest.mark.parametrize("slug", ["dc-time-dollar", "fl-charlotte", "tx-midland"])
def test_every_item_of_a_policy_has_the_field_its_refusals_name(
    request_context: None, slug: str
) -> None:
    """The form is made from the rules, in their order."""
    policy = preset(slug)
    form = sentence_form(policy)()
    for position, rule in enumerate(policy.sanctions):
        name = name_in_refusals(position)
        assert name == amount_name(position)
        assert form[name].label.text == rule.label
    assert amount_name(len(policy.sanctions)) not in form
