"""A kept draw done again, and what stands against one more seat."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given

from tests.jury.test_domain import DAY, RULES, at, hearing, knows, person, room, uid
from tests.jury.test_domain_properties import SEEDS, courts
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import (
    ConflictEffect,
    DrawInput,
    PanelFault,
    ReasonCode,
    Seat,
    draw_document,
    draw_panels,
    free_position,
    lacking,
    objections,
    reasons_alone,
    replay,
    troubles,
)


def kept(court, seed, locked=()):
    """Return input, result and digest of a draw as they come back from a database."""
    made = draw_panels(**court, seed=seed, locked=locked)
    given = DrawInput(
        sittings=tuple(court["sittings"]),
        jurors=tuple(court["jurors"]),
        rules=court["rules"],
        locked=tuple(locked),
    )
    stored = json.loads(json.dumps([given.document(), draw_document(made, court["jurors"])]))
    return {"document": stored[0], "result": stored[1], "digest": made.input_digest, "seed": seed}


@given(courts(), SEEDS)
def test_a_kept_draw_comes_out_the_same_from_numbers_alone(court, seed):
    """Whatever the court, the kept input and the seed give the kept result again."""
    assert replay(**kept(court, seed)).same


def test_locked_seats_and_every_kind_of_fact_survive_being_kept():
    """Own hearings, times to be out by, days and held places come back as they were."""
    jurors = [
        person(n, due_on=DAY, unavailable_on=frozenset({DAY}), out_by=time(22), sessions_owed=2)
        for n in range(1, 6)
    ]
    case = hearing(1, respondent_id=uid(2), companion_ids=frozenset({uid(3)}), school_id=uid(77))
    fixed = Seat(sitting_id=uid(7001), person_id=uid(1), position=2, foreperson=True)
    court = {"sittings": [room(1, case), room(2)], "jurors": jurors, "rules": RULES}
    assert replay(**kept(court, 5, [fixed])).same


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("document", lambda d: d["jurors"][0].update(owed=9)),
        ("document", lambda d: d["rules"].update(rest_days=5)),
    ],
)
def test_a_changed_input_is_noticed(part, change):
    """Somebody who edits what was kept cannot make it fit its digest."""
    made = kept({"sittings": [room(1)], "jurors": [person(1), person(2)], "rules": RULES}, 1)
    change(made[part])
    assert not replay(**made).input_unchanged


def test_a_changed_result_is_noticed():
    """A seat put into the kept result by hand does not come out of the draw again."""
    made = kept({"sittings": [room(1)], "jurors": [person(1), person(2)], "rules": RULES}, 1)
    made["result"]["seats"].pop()
    assert replay(**made) == replace(replay(**made), input_unchanged=True, result_equal=False)


def test_a_draw_by_another_method_is_not_judged():
    """Rather no answer than a wrong one."""
    made = kept({"sittings": [room(1)], "jurors": [person(1)], "rules": RULES}, 1)
    made["result"]["version"] = "0"
    with pytest.raises(CourtRuleBroken, match="draw_made_by_another_version"):
        replay(**made)


def against(juror, *, sitting=None, others=(), rules=RULES):
    """Return what stands against a seat of ``juror`` with these others seated."""
    sitting = sitting or room(1)
    people = (juror, *(person(n) for n in others))
    seats = [
        Seat(sitting_id=sitting.id, person_id=uid(n), position=at_place)
        for at_place, n in enumerate(others, start=1)
    ]
    given = DrawInput(sittings=(sitting, room(9)), jurors=people, rules=rules)
    return objections(given, person_id=juror.person_id, sitting_id=sitting.id, seats=seats)


def test_what_protects_a_hearing_is_refused_and_the_rest_is_asked():
    """A conflict stays a conflict; a day away may have changed."""
    juror = person(1, unavailable_on=frozenset({DAY}))
    found = against(juror, sitting=room(1, knows(1, 1)))
    assert found.refused == (ReasonCode.ACQUAINTANCE,)
    assert found.asked == (ReasonCode.NOT_AVAILABLE,)
    assert found.unanswered({ReasonCode.NOT_AVAILABLE}) == ()
    assert not against(person(1)).any


def test_a_full_panel_takes_nobody_and_faults_of_others_are_not_counted():
    """Only what the new seat itself would break is held against it."""
    assert against(person(1), others=(2, 3, 4, 5)).refused == (PanelFault.PANEL_FULL,)
    assert not against(person(1), others=(2,), rules=replace(RULES, rest_days=2)).any


def test_moving_within_a_session_does_not_clash_with_the_place_given_up():
    """The place somebody leaves is not held against the one they go to."""
    given = DrawInput(sittings=(room(1), room(2)), jurors=(person(1),), rules=RULES)
    here = [Seat(sitting_id=room(1).id, person_id=uid(1), position=1)]
    assert not objections(given, person_id=uid(1), sitting_id=room(2).id, seats=here).any


def test_troubles_name_the_seats_that_go_against_a_rule_now():
    """Days away reported after the seat was given show up, others stay quiet."""
    jurors = (person(1, unavailable_on=frozenset({DAY})), person(2, on_list=False), person(3))
    given = DrawInput(sittings=(room(1),), jurors=jurors, rules=RULES)
    seats = [Seat(sitting_id=room(1).id, person_id=uid(n), position=n) for n in (1, 2, 3)]
    assert troubles(given, seats) == {
        uid(1): (ReasonCode.NOT_AVAILABLE,),
        uid(2): (ReasonCode.OFF_LIST,),
    }


def test_who_steps_aside_does_not_count_for_that_hearing():
    """The hearing that lacks somebody is named with how many it lacks."""
    rules = replace(RULES, conflict_effect=ConflictEffect.STEPS_ASIDE)
    sitting = room(1, knows(1, 1), hearing(2))
    given = DrawInput(sittings=(sitting,), jurors=(person(1), person(2)), rules=rules)
    seats = [Seat(sitting_id=sitting.id, person_id=uid(n), position=n) for n in (1, 2)]
    assert lacking(given, sitting, seats) == (1, {uid(8001): 1})
    assert lacking(given, room(3), ()) == (2, {})


def test_reasons_are_told_for_every_room():
    """Somebody may be kept out of one room and be free for the other."""
    first, second = room(1, knows(1, 1)), room(2, starts_at=at(13), ends_at=at(15))
    found = reasons_alone(sittings=[first, second], jurors=[person(1)], rules=RULES)
    assert [r.code for r in found[uid(1)][first.id]] == [ReasonCode.ACQUAINTANCE]
    assert found[uid(1)][second.id] == ()


@pytest.mark.parametrize(("taken", "free"), [((), 1), ((1, 2), 3), ((2, 3), 1), ((1, 3), 2)])
def test_the_lowest_free_place_is_taken(taken, free):
    """A place that was given back is given again first."""
    assert free_position(taken) == free
