"""The draw over generated terms: what holds always."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.instances import seats_of
from youthcourt.jury.domain import (
    ConflictEffect,
    DrawInput,
    DrawLabel,
    DrawRules,
    Due,
    HearingParty,
    HeldSeat,
    JurorProfile,
    Seat,
    Sitting,
    Span,
    check_seats,
    draw_document,
    reasons_alone,
    replay,
)
from youthcourt.jury.domain.goals import LEAST, Goal
from youthcourt.jury.domain.solving import solve_draw
from youthcourt.jury.domain.solving.eligibility import eligibility_of
from youthcourt.jury.domain.solving.first import First
from youthcourt.jury.domain.solving.frame import frame_of
from youthcourt.jury.domain.solving.score import Score

FIRST = date(2026, 3, 2)
SEEDS = st.integers(0, 10**6)
SOME = settings(max_examples=25)


def a_rules(dice):
    return DrawRules(
        zone="America/New_York",
        conflict_effect=dice.choice(list(ConflictEffect)),
        same_school_excluded=dice.random() < 0.5,
        max_sessions_in_28_days=dice.choice([None, 1, 2, 3]),
        rest_days=dice.choice([0, 0, 2, 6]),
        foreperson=dice.random() < 0.7,
        owed_beyond_target=dice.random() < 0.7,
        reserves=dice.choice([None, 2]),
        travel_together=dice.random() < 0.5,
        most_of_one_school=dice.choice([None, 1, 2]),
        most_of_one_age=dice.choice([None, None, 1]),
    )


def some(dice, most, jurors):
    return frozenset(UUID(int=dice.randint(1, jurors)) for _ in range(dice.randint(0, most)))


def a_sitting(dice, number, day, hour, jurors):
    start = datetime.combine(FIRST + timedelta(days=day), time(hour), UTC)
    quorum = dice.randint(1, 2)
    target = quorum + dice.randint(0, 1)
    return Sitting(
        id=UUID(int=7000 + number),
        room=f"Room {number}",
        quorum=quorum,
        minimum=1,
        target=target,
        maximum=target + dice.randint(0, 1),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        hearings=tuple(
            HearingParty(
                hearing_id=UUID(int=80_000 + 10 * number + place),
                respondent_id=UUID(int=dice.randint(1, 40)),
                school_id=UUID(int=dice.randint(500, 503)),
                companion_ids=some(dice, 1, jurors),
                acquaintance_ids=some(dice, 1, jurors),
            )
            for place in range(dice.randint(0, 2))
        ),
    )


def a_juror(dice, number, jurors):
    dues = [
        Due(
            sessions=1,
            due_on=dice.choice([None, FIRST + timedelta(days=dice.randint(-5, 40))]),
        )
        for _ in range(dice.choice([0, 0, 1, 2]))
    ]
    held = datetime.combine(FIRST + timedelta(days=dice.randint(-10, 50)), time(18), UTC)
    return JurorProfile(
        person_id=UUID(int=number),
        draw_number=number,
        sessions_owed=len(dues),
        dues=tuple(dues),
        volunteer=dice.random() < 0.7,
        trained=dice.random() < 0.95,
        school_id=UUID(int=dice.randint(500, 503)),
        age=dice.randint(13, 16),
        experienced=dice.random() < 0.4,
        past_load=dice.randint(0, 3),
        unavailable_on=frozenset(
            FIRST + timedelta(days=dice.randint(0, 30)) for _ in range(dice.randint(0, 8))
        ),
        served_on=frozenset({FIRST - timedelta(days=dice.randint(1, 27))})
        if dice.random() < 0.3
        else frozenset(),
        held=(
            HeldSeat(
                sitting_id=UUID(int=99_999),
                span=Span(starts_at=held, ends_at=held + timedelta(hours=1)),
            ),
        )
        if dice.random() < 0.2
        else (),
        out_by=dice.choice([None, None, None, time(15), time(23)]),
        travels_with=some(dice, 1, jurors) if dice.random() < 0.2 else frozenset(),
    )


def a_term(seed, *, sessions=5, jurors=9):
    """Return a small court: sessions of one or two rooms, some twice a day or overlapping."""
    dice = random.Random(seed)
    sittings: list[Sitting] = []
    for _ in range(dice.randint(1, sessions)):
        day, hour = dice.randint(0, 30), dice.choice([18, 18, 19, 22])
        same = [s for s in sittings if s.starts_at.date() == FIRST + timedelta(days=day)]
        if len(same) > 2:
            continue
        rooms = dice.randint(1, 2)
        sittings += [a_sitting(dice, len(sittings) + n, day, hour, jurors) for n in range(rooms)]
    count = dice.randint(1, jurors)
    return DrawInput(
        sittings=tuple(sittings),
        jurors=tuple(a_juror(dice, n, count) for n in range(1, count + 1)),
        rules=a_rules(dice),
    )


def broken(term, seats):
    return check_seats(seats, sittings=term.sittings, jurors=term.jurors, rules=term.rules)


def quality(draw):
    return [(r.goal, r.value) for r in draw.reached if r.goal is not Goal.LOTTERY]


@given(SEEDS)
def test_no_hard_rule_is_ever_broken(seed):
    term = a_term(seed)
    draw = solve_draw(term, seed=1)
    assert not broken(term, draw.seats)
    assert all(
        r.bound is None or (r.value >= r.bound if r.goal in LEAST else r.value <= r.bound)
        for r in draw.reached
    )


@given(SEEDS)
def test_the_first_answer_breaks_no_rule_either(seed):
    term = a_term(seed)
    frame = frame_of(term)
    panels = First(frame, eligibility_of(frame), seed).panels()
    seats = seats_of(frame, panels)
    assert not broken(term, seats)


@given(SEEDS)
def test_both_ways_to_say_who_may_sit_agree(seed):
    term = a_term(seed)
    term = replace(term, rules=replace(term.rules, travel_together=False))
    frame = frame_of(term)
    barred = eligibility_of(frame).barred
    one_by_one = reasons_alone(sittings=term.sittings, jurors=term.jurors, rules=term.rules)
    for row, juror in enumerate(frame.jurors):
        for column, sitting in enumerate(frame.sittings):
            assert bool(barred[row, column]) == bool(one_by_one[juror.person_id][sitting.id])


@SOME
@given(SEEDS, st.integers(0, 10**6))
def test_new_names_and_another_order_change_no_quality(seed, shuffle):
    term = a_term(seed)
    dice = random.Random(shuffle)
    numbers = dice.sample(range(1, 100), len(term.jurors))
    people = {UUID(int=i): UUID(int=1000 + n) for i, n in enumerate(numbers, 1)}

    def named(them):
        return frozenset(people.get(one, one) for one in them)

    jurors = [
        replace(
            juror,
            person_id=people[juror.person_id],
            draw_number=number,
            travels_with=named(juror.travels_with),
        )
        for juror, number in zip(term.jurors, numbers, strict=True)
    ]
    sittings = [
        replace(
            sitting,
            hearings=tuple(
                replace(
                    hearing,
                    respondent_id=people.get(hearing.respondent_id, hearing.respondent_id),
                    companion_ids=named(hearing.companion_ids),
                    acquaintance_ids=named(hearing.acquaintance_ids),
                )
                for hearing in sitting.hearings
            ),
        )
        for sitting in term.sittings
    ]
    dice.shuffle(jurors)
    dice.shuffle(sittings)
    other = replace(term, jurors=tuple(jurors), sittings=tuple(sittings))
    one, two = solve_draw(term, seed=1), solve_draw(other, seed=2)
    if one.label is two.label is DrawLabel.OPTIMAL:
        assert quality(one) == quality(two)


@SOME
@given(SEEDS)
def test_one_more_juror_never_leaves_more_seats_empty(seed):
    term = a_term(seed)
    # Somebody who comes only with others can bring nobody in, and may keep them away.
    more = replace(a_juror(random.Random(-seed), 50, 1), travels_with=frozenset())
    before = solve_draw(term, seed=1)
    after = solve_draw(replace(term, jurors=(*term.jurors, more)), seed=1)
    if before.label is after.label is DrawLabel.OPTIMAL:
        assert after.goals.ranked()[:2] >= before.goals.ranked()[:2]


@SOME
@given(SEEDS)
def test_the_certificate_reproduces_the_draw(seed):
    term = a_term(seed)
    draw = solve_draw(term, seed=3)
    kept = json.loads(json.dumps(draw_document(draw, term.jurors)))
    document = json.loads(json.dumps(term.document()))
    assert replay(document=document, result=kept, digest=draw.input_digest, seed=3).same


@SOME
@given(SEEDS)
def test_nothing_better_is_found_by_trying_everything(seed):
    term = a_term(seed, sessions=2, jurors=3)
    draw = solve_draw(term, seed=1)
    frame = frame_of(term)
    score = Score(frame, eligibility_of(frame))
    pairs = list(itertools.product(range(len(frame.jurors)), range(len(frame.sittings))))
    best: tuple[int, ...] = ()
    wanted = [goal for goal in Goal if goal in {r.goal for r in draw.reached}]
    before_load = wanted[: wanted.index(Goal.LOAD)]
    for chosen in itertools.product([False, True], repeat=len(pairs)):
        panels: list[list[int]] = [[] for _ in frame.sittings]
        for (juror, room), taken in zip(pairs, chosen, strict=True):
            if taken:
                panels[room].append(juror)
        seats = [
            Seat(
                sitting_id=frame.sittings[room].id,
                person_id=frame.jurors[juror].person_id,
                position=place,
            )
            for room, panel in enumerate(panels)
            for place, juror in enumerate(panel, 1)
        ]
        values = score.of(panels, (0, 0))
        ranked = tuple(-values[g] if g in LEAST else values[g] for g in before_load)
        if ranked > best and not broken(term, seats):
            best = ranked
    reached = {r.goal: r.value for r in draw.reached}
    assert tuple(-reached[g] if g in LEAST else reached[g] for g in before_load) == best
