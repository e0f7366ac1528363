"""How many to call."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.turnout import chance_below, how_many_to_call


@given(st.integers(0, 5), st.lists(st.floats(0, 1), max_size=6))
def test_the_chance_is_that_of_counting_every_outcome(quorum, chances):
    expected = sum(
        math.prod(c if come else 1 - c for c, come in zip(chances, outcome, strict=True))
        for outcome in itertools.product([True, False], repeat=len(chances))
        if sum(outcome) < quorum
    )
    assert chance_below(quorum, chances) == pytest.approx(expected)


def test_eight_are_called_where_six_are_needed_and_most_come():
    # Binomial: with 8 called at 90 % the chance that fewer than 6 come is 3.8 %.
    assert how_many_to_call(6, chance=0.9, risk=0.05, most=12) == 8
    assert chance_below(6, [0.9] * 8) == pytest.approx(0.0381, abs=1e-4)


def test_nobody_promises_what_cannot_be_kept():
    assert how_many_to_call(6, chance=0.3, risk=0.01, most=12) is None
    with pytest.raises(CourtRuleBroken):
        chance_below(1, [1.5])
