"""The draw over generated courts: what holds always."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from youthcourt.jury.domain import (
    ConflictEffect,
    DrawRules,
    HearingParty,
    HeldSeat,
    JurorProfile,
    PanelFault,
    Seat,
    Sitting,
    Span,
    check_seats,
    draw_panels,
)

DAY = date(2026, 3, 14)
START = datetime(2026, 3, 14, 14, 0, tzinfo=UTC)
SOME_PEOPLE = st.frozensets(st.integers(1, 14).map(lambda n: UUID(int=n)), max_size=2)
SCHOOLS = st.none() | st.integers(501, 504).map(lambda n: UUID(int=n))


@st.composite
def hearings(draw, number):
    return HearingParty(
        hearing_id=UUID(int=8000 + number),
        respondent_id=UUID(int=draw(st.integers(1, 40))),
        school_id=draw(SCHOOLS),
        companion_ids=draw(SOME_PEOPLE),
        household_ids=draw(st.just(frozenset()) | SOME_PEOPLE),
        acquaintance_ids=draw(st.just(frozenset()) | SOME_PEOPLE),
        earlier_role_ids=draw(st.just(frozenset()) | SOME_PEOPLE),
    )


@st.composite
def rooms(draw, number):
    quorum = draw(st.integers(1, 4))
    target = quorum + draw(st.integers(0, 2))
    start = START + draw(st.sampled_from([timedelta(0), timedelta(0), timedelta(hours=3)]))
    count = draw(st.integers(0, 2))
    return Sitting(
        id=UUID(int=7000 + number),
        room=f"Room {number}",
        quorum=quorum,
        minimum=draw(st.integers(1, target)),
        target=target,
        maximum=target + draw(st.integers(0, 2)),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        hearings=tuple(draw(hearings(10 * number + n)) for n in range(count)),
    )


def _near(days):
    return st.frozensets(st.integers(*days).map(lambda n: DAY + timedelta(n)), max_size=2)


@st.composite
def profiles(draw, number):
    held_on = draw(st.just(frozenset()) | _near((1, 30)))
    return JurorProfile(
        person_id=UUID(int=number),
        draw_number=number,
        sessions_owed=draw(st.sampled_from([0, 1, 1, 2])),
        due_on=draw(st.none() | st.integers(-3, 20).map(lambda n: DAY + timedelta(n))),
        trained=draw(st.integers(0, 9)) < 9,
        standing_oath=draw(st.integers(0, 3)) > 0,
        suspended=draw(st.integers(0, 29)) == 29,
        on_list=draw(st.integers(0, 29)) < 29,
        school_id=draw(SCHOOLS),
        unavailable_on=draw(st.sampled_from([frozenset()] * 6 + [frozenset({DAY})])),
        held=tuple(
            HeldSeat(
                sitting_id=UUID(int=600 + n),
                span=Span(
                    starts_at=datetime.combine(day, time(14), UTC),
                    ends_at=datetime.combine(day, time(16), UTC),
                ),
            )
            for n, day in enumerate(sorted(held_on))
        ),
        served_on=draw(st.just(frozenset()) | _near((-30, -1))),
        past_load=draw(st.integers(0, 3)),
        volunteer=draw(st.integers(0, 3)) > 0,
        experienced=draw(st.booleans()),
        out_by=draw(st.sampled_from([None] * 6 + [time(11, 0), time(14, 0), time(0, 30)])),
    )


RULES = st.builds(
    DrawRules,
    zone=st.sampled_from(["America/New_York", "Pacific/Honolulu", "UTC"]),
    conflict_effect=st.sampled_from(ConflictEffect),
    same_school_excluded=st.booleans(),
    companions_excluded=st.booleans(),
    training_required=st.booleans(),
    standing_oath_required=st.sampled_from([False, False, True]),
    max_sessions_in_28_days=st.sampled_from([None, 2, 3]),
    rest_days=st.sampled_from([0, 3, 7]),
    foreperson=st.booleans(),
    owed_beyond_target=st.booleans(),
    reserves=st.sampled_from([None, 0, 2]),
)


@st.composite
def courts(draw):
    return {
        "sittings": [draw(rooms(n)) for n in range(1, draw(st.integers(1, 3)) + 1)],
        "jurors": [
            draw(profiles(n)) for n in range(1, draw(st.sampled_from([0, 3, 8, 11, 14])) + 1)
        ],
        "rules": draw(RULES),
    }


SEEDS = st.integers(0, 10**6)


@given(courts(), SEEDS)
def test_no_hard_rule_is_ever_broken(court, seed):
    """The independent checker finds nothing in any draw."""
    assert check_seats(draw_panels(seed=seed, **court).seats, **court) == []


@given(courts(), SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(court, seed, shuffler: random.Random):
    """People, rooms and hearings listed otherwise give the same draw, digest included."""
    shuffled = {**court, "jurors": list(court["jurors"])}
    shuffled["sittings"] = [
        replace(s, hearings=tuple(shuffler.sample(s.hearings, len(s.hearings))))
        for s in court["sittings"]
    ]
    shuffler.shuffle(shuffled["jurors"])
    shuffler.shuffle(shuffled["sittings"])
    assert draw_panels(seed=seed, **court) == draw_panels(seed=seed, **shuffled)


@given(courts(), SEEDS)
def test_the_same_seed_gives_the_same_draw(court, seed):
    """Nothing but input and seed decides."""
    assert draw_panels(seed=seed, **court) == draw_panels(seed=seed, **court)


def _renamed(court):
    def new(person):
        return UUID(int=10**9 - person.int)

    def group(people):
        return frozenset(new(person) for person in people)

    return {
        "rules": court["rules"],
        "jurors": [replace(j, person_id=new(j.person_id)) for j in court["jurors"]],
        "sittings": [
            replace(
                sitting,
                hearings=tuple(
                    replace(
                        h,
                        respondent_id=new(h.respondent_id),
                        companion_ids=group(h.companion_ids),
                        household_ids=group(h.household_ids),
                        acquaintance_ids=group(h.acquaintance_ids),
                        earlier_role_ids=group(h.earlier_role_ids),
                    )
                    for h in sitting.hearings
                ),
            )
            for sitting in court["sittings"]
        ],
    }


@given(courts(), SEEDS)
def test_a_draw_knows_people_by_draw_number_only(court, seed):
    """Other keys for the same people give the same seats, goals and digest."""
    plain, other = draw_panels(seed=seed, **court), draw_panels(seed=seed, **_renamed(court))
    assert other.input_digest == plain.input_digest
    assert other.goals == plain.goals
    assert [replace(s, person_id=UUID(int=10**9 - s.person_id.int)) for s in other.seats] == list(
        plain.seats
    )


@given(st.integers(0, 16), st.integers(1, 3), SEEDS, st.randoms(use_true_random=False))
def test_other_draw_numbers_fill_as_many_seats_where_all_may_sit_everywhere(
    count, room_count, seed, shuffler: random.Random
):
    """Without conflicts the lottery decides who sits, never how many."""
    numbers = list(range(1, count + 1))
    shuffler.shuffle(numbers)
    sittings = [
        Sitting(
            id=UUID(int=n),
            room=str(n),
            quorum=2,
            minimum=2,
            target=3,
            maximum=4,
            starts_at=START,
            ends_at=START + timedelta(hours=2),
        )
        for n in range(room_count)
    ]
    rules = DrawRules(zone="UTC")

    def filled(order):
        people = [
            JurorProfile(person_id=UUID(int=n), draw_number=k, volunteer=True)
            for n, k in enumerate(order)
        ]
        return draw_panels(sittings=sittings, jurors=people, rules=rules, seed=seed).goals

    goals = filled(numbers)
    assert goals == filled(sorted(numbers))
    assert goals.seats_to_quorum == min(count, 2 * room_count)
    assert goals.seats_to_target == min(count, 3 * room_count)
    assert goals.sittings_with_quorum == min(count // 2, room_count)


@given(courts(), SEEDS)
def test_everybody_without_a_seat_has_a_reason_for_every_sitting(court, seed):
    """Also "not needed" is a reason; who sits needs none."""
    result = draw_panels(seed=seed, **court)
    seated = {seat.person_id for seat in result.seats}
    expected = {
        (juror.person_id, sitting.id)
        for juror in court["jurors"]
        if juror.person_id not in seated
        for sitting in court["sittings"]
    }
    assert {(reason.person_id, reason.sitting_id) for reason in result.reasons} == expected


@given(courts(), SEEDS)
def test_shortfalls_and_goals_are_what_the_seats_say(court, seed):
    """Counted again from the seats alone."""
    result = draw_panels(seed=seed, **court)
    sizes = {s.id: sum(seat.sitting_id == s.id for seat in result.seats) for s in court["sittings"]}
    short = {s.sitting_id: s for s in result.shortfalls}
    for sitting in court["sittings"]:
        lack = short[sitting.id]
        assert lack.to_target == max(0, sitting.target - sizes[sitting.id])
        assert lack.to_minimum == max(0, sitting.minimum - sizes[sitting.id])
        assert lack.to_quorum >= max(0, sitting.quorum - sizes[sitting.id])
        if court["rules"].conflict_effect is ConflictEffect.MAY_NOT_SIT or not sitting.hearings:
            assert lack.to_quorum == max(0, sitting.quorum - sizes[sitting.id])
        else:
            assert lack.to_quorum == max([0, *(n for _, n in lack.hearings)])
    assert result.goals.sittings_with_quorum == sum(not s.to_quorum for s in short.values())
    assert result.goals.seats_to_quorum == sum(
        s.quorum - short[s.id].to_quorum for s in court["sittings"]
    )


@given(courts(), SEEDS)
def test_a_seat_is_left_empty_only_when_nobody_may_take_it(court, seed):
    """Below target, each person without a seat has a rule in the way, no "not needed"."""
    result = draw_panels(seed=seed, **court)
    wanted = {s.sitting_id for s in result.shortfalls if s.to_target}
    idle = {"reserve", "not_needed"}
    assert not [r for r in result.reasons if r.sitting_id in wanted and r.code.value in idle]


@given(courts(), SEEDS, st.data())
def test_locked_seats_are_kept_and_the_rest_obeys_the_rules(court, seed, data):
    """Whatever staff fixed is in the draw; nothing else breaks a rule, nothing overflows."""
    people = [juror.person_id for juror in court["jurors"]]
    assume(people)
    sitting = data.draw(st.sampled_from(court["sittings"]))
    chosen = data.draw(
        st.lists(st.sampled_from(people), min_size=1, max_size=sitting.maximum, unique=True)
    )
    locked = [
        Seat(sitting_id=sitting.id, person_id=person, position=position)
        for position, person in enumerate(chosen, 2)
    ]
    result = draw_panels(seed=seed, locked=locked, **court)
    assert {replace(s, locked=True, foreperson=False) for s in locked} == {
        replace(s, foreperson=False) for s in result.seats if s.locked
    }
    found = check_seats(result.seats, **court)
    assert not [v for v in found if v.code in set(PanelFault)]
    against = {(reason.person_id, reason.sitting_id) for reason in result.locked_against}
    assert {(v.person_id, v.sitting_id) for v in found if v.person_id} <= against
