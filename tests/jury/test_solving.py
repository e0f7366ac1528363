"""The draw over a term: what is proven, what is kept, and how it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from youthcourt.cli import group
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import (
    ConflictEffect,
    DrawInput,
    DrawLabel,
    DrawRules,
    Due,
    HearingParty,
    JurorProfile,
    ReasonCode,
    Seat,
    Sitting,
    check_seats,
    draw_document,
    replay,
)
from youthcourt.jury.domain.goals import Goal
from youthcourt.jury.domain.instance import read_instance, write_instance
from youthcourt.jury.domain.solving import solve_draw

FIRST = date(2026, 3, 2)
RULES = DrawRules(zone="UTC", foreperson=False)


def sitting(number, day=0, **values):
    start = datetime.combine(FIRST + timedelta(days=day), time(18), UTC)
    numbers = {"quorum": 1, "minimum": 1, "target": 2, "maximum": 3, **values}
    return Sitting(
        id=UUID(int=700 + number),
        room=f"Room {number}",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        **numbers,
    )


def juror(number, **values):
    values = {"volunteer": True, **values}
    return JurorProfile(person_id=UUID(int=number), draw_number=number, **values)


def solved(sittings, jurors, rules=RULES, seed=1, **more):
    given = DrawInput(sittings=tuple(sittings), jurors=tuple(jurors), rules=rules, **more)
    draw = solve_draw(given, seed=seed)
    assert not check_seats(draw.seats, sittings=sittings, jurors=jurors, rules=rules)
    return draw


def value(draw, goal):
    return next(result.value for result in draw.reached if result.goal is goal)


def people(draw, number):
    return {seat.person_id.int for seat in draw.seats if seat.sitting_id.int == 700 + number}


def test_a_seat_goes_to_whom_it_helps_before_the_last_day():
    due = FIRST + timedelta(days=7)
    jurors = [
        juror(1, volunteer=False, sessions_owed=1, due_on=due + timedelta(days=7)),
        juror(2, volunteer=False, sessions_owed=1, due_on=due),
    ]
    rooms = [sitting(1, 7, target=1, maximum=1), sitting(2, 14, target=1, maximum=1)]
    draw = solved(rooms, jurors)
    assert people(draw, 1) == {2}
    assert people(draw, 2) == {1}
    assert value(draw, Goal.IN_TIME) == 2
    assert draw.label is DrawLabel.OPTIMAL


def test_each_last_day_counts_what_is_served_by_then():
    days = [FIRST + timedelta(days=n) for n in (1, 8)]
    owing = juror(
        1, volunteer=False, sessions_owed=2, dues=tuple(Due(sessions=1, due_on=d) for d in days)
    )
    draw = solved([sitting(1, 2), sitting(2, 5)], [owing])
    assert value(draw, Goal.IN_TIME) == 1
    assert value(draw, Goal.LATE) == 2


def test_caps_and_rest_hold_over_the_term():
    rules = replace(RULES, max_sessions_in_28_days=2, rest_days=6)
    rooms = [sitting(n, 7 * n) for n in range(6)] + [sitting(9, 3)]
    draw = solved(rooms, [juror(1)], rules)
    assert len(draw.seats) == 4
    assert value(draw, Goal.TARGET) == 4


def test_the_load_of_the_past_is_evened_out():
    rooms = [sitting(n, n, target=1) for n in range(4)]
    draw = solved(rooms, [juror(1, past_load=4), juror(2)])
    assert {seat.person_id.int for seat in draw.seats} == {2}


def test_who_travels_together_comes_together_or_not_at_all():
    rules = replace(RULES, travel_together=True)
    friends = frozenset({UUID(int=2)})
    away = frozenset({FIRST})
    jurors = [juror(1, travels_with=friends), juror(2, unavailable_on=away)]
    draw = solved([sitting(1, 0), sitting(2, 1)], jurors, rules)
    assert people(draw, 1) == set()
    assert people(draw, 2) == {1, 2}
    kept_out = {one.sitting_id.int: dict(one.kept_out) for one in draw.shortfalls}
    assert kept_out[701][ReasonCode.TRAVELS_TOGETHER] == 2


def test_schools_are_mixed_between_the_rooms_of_a_session():
    rules = replace(RULES, most_of_one_school=1)
    jurors = [juror(n, school_id=UUID(int=50 + n % 2)) for n in range(1, 5)]
    draw = solved([sitting(1), sitting(2)], jurors, rules)
    assert value(draw, Goal.MIX) == 0
    assert draw.label is DrawLabel.OPTIMAL


def test_an_announced_seat_is_kept_where_nothing_speaks_against_it():
    rooms = [sitting(n, target=1) for n in (1, 2)]
    for one, other in ((1, 2), (2, 1)):
        announced = tuple(
            Seat(sitting_id=room.id, person_id=UUID(int=who), position=1)
            for room, who in zip(rooms, (one, other), strict=True)
        )
        draw = solved(rooms, [juror(1), juror(2)], announced=announced)
        assert people(draw, 1) == {one}
        assert value(draw, Goal.STABILITY) == 2


def test_a_locked_seat_stays_and_the_rule_against_it_is_named():
    locked = (Seat(sitting_id=UUID(int=701), person_id=UUID(int=1), position=2, locked=True),)
    given = DrawInput(
        sittings=(sitting(1), sitting(2, 1)),
        jurors=(juror(1, unavailable_on=frozenset({FIRST})), juror(2)),
        rules=replace(RULES, rest_days=3),
        locked=locked,
    )
    draw = solve_draw(given, seed=1)
    assert people(draw, 1) >= {1}
    assert 1 not in people(draw, 2)
    assert [reason.code for reason in draw.locked_against] == [ReasonCode.NOT_AVAILABLE]


def test_a_juror_who_steps_aside_does_not_count_for_that_hearing():
    hearing = HearingParty(
        hearing_id=UUID(int=9), respondent_id=UUID(int=99), school_id=UUID(int=5)
    )
    room = replace(sitting(1, quorum=2, target=2, maximum=3), hearings=(hearing,))
    rules = replace(RULES, conflict_effect=ConflictEffect.STEPS_ASIDE)
    jurors = [juror(1, school_id=UUID(int=5)), juror(2), juror(3)]
    draw = solved([room], jurors, rules)
    assert people(draw, 1) >= {2, 3}
    assert value(draw, Goal.QUORUM) == 2


def test_the_certificate_reproduces_the_draw():
    rules = replace(RULES, max_sessions_in_28_days=2, most_of_one_age=1)
    given = DrawInput(
        sittings=tuple(sitting(n, 3 * n) for n in range(5)),
        jurors=tuple(juror(n, age=13 + n % 3, past_load=n % 2) for n in range(1, 8)),
        rules=rules,
    )
    draw = solve_draw(given, seed=5)
    kept = json.loads(json.dumps(draw_document(draw, given.jurors)))
    document = json.loads(json.dumps(given.document()))
    assert replay(document=document, result=kept, digest=draw.input_digest, seed=5).same
    with pytest.raises(CourtRuleBroken):
        replay(document=document, result={**kept, "solver": "x"}, digest=draw.input_digest, seed=5)


def test_a_file_is_read_as_it_was_written(tmp_path):
    given = DrawInput(sittings=(sitting(1),), jurors=(juror(1, age=14), juror(2)), rules=RULES)
    again = read_instance(write_instance(given))
    assert again.given.document() == given.document()


def test_a_file_that_is_none_is_refused_with_the_place():
    with pytest.raises(CourtRuleBroken) as refused:
        read_instance('{"format": "youthcourt-draw-1", "rules": {"zone": "Mars"}, "jurors": [{}]}')
    assert "rules.zone" in str(refused.value.params["faults"])
    assert "jurors.0.number" in str(refused.value.params["faults"])
    with pytest.raises(CourtRuleBroken) as refused:
        read_instance("{")
    assert refused.value.code == "instance_not_json"


def example():
    page = (Path(__file__).parents[2] / "docs/instances.md").read_text()
    return page.split("```json\n")[1].split("```")[0]


def test_the_command_solves_the_example_of_the_page(tmp_path):
    path = tmp_path / "term.json"
    path.write_text(example())
    result = CliRunner().invoke(group, ["jury", "solve", str(path), "--seed", "3", "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.output)
    assert answer["label"] == "optimal"
    assert answer["rules_broken"] == 0
    assert answer["seats"] == [["june-6-a", 1, 1, False, False]]
    told = CliRunner().invoke(group, ["jury", "solve", str(path)])
    assert "1 seats in 1 sittings" in told.output
