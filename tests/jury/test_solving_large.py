"""Mending panels, and draws too large to solve whole."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.instances import court
from youthcourt.jury.domain import DrawLabel, check_seats
from youthcourt.jury.domain.goals import LEAST
from youthcourt.jury.domain.solving import Limits, solve_draw
from youthcourt.jury.domain.solving import repair as solving_repair
from youthcourt.jury.domain.solving.repair import repair_draw

SEEDS = st.integers(0, 10**6)
LARGE = Limits(whole=0)


def a_court(seed):
    dice = random.Random(seed)
    return court(jurors=dice.randint(8, 18), sessions=dice.randint(1, 3), seed=seed)


def broken(given, seats):
    return check_seats(seats, sittings=given.sittings, jurors=given.jurors, rules=given.rules)


@settings(max_examples=6)
@given(SEEDS)
def test_a_draw_in_place_breaks_no_rule_and_surpasses_no_bound(seed):
    term = a_court(seed)
    draw = solve_draw(term, seed=1, limits=LARGE)
    assert not broken(term, draw.seats)
    best = {r.goal: r for r in solve_draw(term, seed=1).reached}
    for result in draw.reached:
        if result.bound is not None:
            over = result.value - result.bound
            assert (over >= 0) if result.goal in LEAST else (over <= 0)
    first = draw.reached[0]
    assert first.value <= best[first.goal].value


@settings(max_examples=6)
@given(SEEDS)
def test_a_draw_in_place_is_the_same_every_time(seed):
    term = a_court(seed)
    assert solve_draw(term, seed=4, limits=LARGE) == solve_draw(term, seed=4, limits=LARGE)


@settings(max_examples=15)
@given(SEEDS)
def test_a_repair_breaks_no_rule_and_changes_least(seed):
    term = a_court(seed)
    draw = solve_draw(term, seed=1)
    if not draw.seats:
        return
    gone = random.Random(seed).choice(draw.seats)
    repair = repair_draw(
        term, seats=draw.seats, dropped=[(gone.person_id, gone.sitting_id)], seed=1
    )
    assert not broken(term, repair.seats)
    keys = {(seat.person_id, seat.sitting_id) for seat in repair.seats}
    assert (gone.person_id, gone.sitting_id) not in keys
    assert repair.changes >= repair.bound or repair.proven
    dropped = frozenset({(gone.person_id, gone.sitting_id)})
    dropped |= solving_repair._left_alone(term, draw.seats, dropped)
    mending = solving_repair._Mending(term, draw.seats, dropped, 1, Limits())
    whole = mending.attempt(range(mending.slots))
    assert repair.missing == whole.missing
    assert repair.changes == whole.changes or not repair.proven
    positions = [(seat.sitting_id, seat.position) for seat in repair.seats]
    assert len(set(positions)) == len(positions)
    sizes = {s.id: sum(seat.sitting_id == s.id for seat in draw.seats) for s in term.sittings}
    for sitting in term.sittings:
        size = sum(seat.sitting_id == sitting.id for seat in repair.seats)
        assert size >= min(sizes[sitting.id], sitting.target) - repair.missing


def test_somebody_free_takes_an_empty_seat_and_nothing_else_moves():
    term = court(jurors=24, sessions=1, seed=3)
    draw = solve_draw(term, seed=1)
    assert draw.label is DrawLabel.OPTIMAL
    for seat in draw.seats:
        dropped = [(seat.person_id, seat.sitting_id)]
        repair = repair_draw(term, seats=draw.seats, dropped=dropped, seed=1)
        assert repair.proven or repair.missing
