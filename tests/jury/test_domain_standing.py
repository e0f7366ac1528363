"""The queue for the seats: who comes first, and what is said of everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.jury.test_domain import DAY, RULES, draw, hearing, knows, person, room, seated, uid
from tests.jury.test_domain_properties import SEEDS, courts
from youthcourt.jury.domain import (
    Because,
    ConflictEffect,
    Draw,
    PassedOver,
    Seat,
    Standing,
    check_seats,
    draw_panels,
    last_day_to_keep,
    reasons_alone,
    steps_aside,
)

ONE = {"quorum": 1, "minimum": 1, "target": 1, "maximum": 1}


def owing(number: int, days: int | None, **facts):
    """Somebody who owes one session, with the last day so many days after the session."""
    due_on = None if days is None else DAY + timedelta(days)
    return person(number, **{"sessions_owed": 1, "due_on": due_on, "volunteer": False, **facts})


def said(result: Draw, number: int) -> Because:
    return next(because for because in result.because if because.person_id == uid(number))


def place(juror) -> tuple[int, int]:
    """The place in the queue on the day, written from the rule and not from the draw."""
    if juror.sessions_owed <= 0:
        return (4, 0)
    if juror.due_on is None:
        return (2, 0)
    return (1 if juror.due_on >= DAY else 3, juror.due_on.toordinal())


class Drawn:
    """A draw with what it was made from, for questions about two people."""

    def __init__(self, court, seed, locked=()) -> None:
        self.court, self.rules = court, court["rules"]
        self.result = draw_panels(seed=seed, locked=locked, **court)
        self.people = {juror.person_id: juror for juror in court["jurors"]}
        self.alone = reasons_alone(**court)
        self.seats = {seat.person_id for seat in self.result.seats}
        self.free = [seat for seat in self.result.seats if not seat.locked]
        self.waiting = [
            juror
            for juror in court["jurors"]
            if juror.person_id not in self.seats
            and not all(self.alone[juror.person_id][s.id] for s in court["sittings"])
        ]
        self.because = {because.person_id: because for because in self.result.because}

    def as_able(self, one, other) -> bool:
        """Whether the one may sit wherever the other may, for every hearing the other hears."""
        return all(
            not (self.alone[one.person_id][s.id] and not self.alone[other.person_id][s.id])
            and steps_aside(one, s, self.rules) <= steps_aside(other, s, self.rules)
            for s in self.court["sittings"]
        )

    def short(self, seats) -> int:
        """What the hearings lack to their quorum with these seats."""
        lacks = 0
        for sitting in self.court["sittings"]:
            panel = [self.people[s.person_id] for s in seats if s.sitting_id == sitting.id]
            aside = [steps_aside(juror, sitting, self.rules) for juror in panel]
            counts = [sum(h.hearing_id not in a for a in aside) for h in sitting.hearings]
            lacks += max(0, sitting.quorum - min(counts, default=len(panel)))
        return lacks


@given(courts(), SEEDS)
def test_of_two_with_the_same_possibilities_the_nearer_last_day_sits(court, seed):
    """Nobody waits whose last day is nearer than that of somebody seated, who can no more."""
    drawn = Drawn(court, seed)
    for juror in drawn.waiting:
        if place(juror)[0] < 3:
            later = [drawn.people[seat.person_id] for seat in drawn.free]
            later = [other for other in later if place(other) > place(juror)]
            assert not [other for other in later if drawn.as_able(juror, other)]


@given(courts(), SEEDS)
def test_who_waits_before_somebody_seated_is_told_a_reason_that_holds(court, seed):
    """Every reason is checked against the seats; without one nobody behind sits."""
    drawn = Drawn(court, seed)
    for juror in drawn.waiting:
        behind = [s for s in drawn.free if place(drawn.people[s.person_id]) > place(juror)]
        reasons = set(drawn.because[juror.person_id].passed_over)
        kept_out = [s for s in behind if drawn.alone[juror.person_id][s.sitting_id]]
        assert (PassedOver.RULE in reasons) == bool(kept_out)
        assert PassedOver.FIXED not in reasons
        others = [s for s in behind if s not in kept_out]
        assert bool(reasons - {PassedOver.RULE}) == bool(others)
        if PassedOver.EXPERIENCE in reasons:
            assert place(juror)[0] == 3
            assert not juror.experienced
            assert court["rules"].foreperson
        if PassedOver.QUORUM in reasons and len(others) == 1:
            seats = [s for s in drawn.result.seats if s not in others]
            taken = replace(others[0], person_id=juror.person_id, foreperson=False)
            breaks = check_seats([*seats, taken], **court)
            assert breaks or drawn.short([*seats, taken]) > drawn.short(drawn.result.seats)


@given(courts(), SEEDS, st.data())
def test_a_fixed_seat_is_the_only_other_way_past_a_nearer_last_day(court, seed, data):
    """Seats that staff fixed stay, and whoever waits before them is told that."""
    assume(court["jurors"])
    sitting = data.draw(st.sampled_from(court["sittings"]))
    fixed = data.draw(st.sampled_from(court["jurors"]))
    seat = Seat(sitting_id=sitting.id, person_id=fixed.person_id, position=1)
    drawn = Drawn(court, seed, [seat])
    assert drawn.because[fixed.person_id] == Because(person_id=fixed.person_id, code=Standing.FIXED)
    for juror in drawn.waiting:
        before = place(fixed) > place(juror) and not drawn.alone[juror.person_id][sitting.id]
        assert (PassedOver.FIXED in drawn.because[juror.person_id].passed_over) == before


@given(courts(), SEEDS)
def test_everybody_who_sits_or_could_is_told_where_they_stand(court, seed):
    """The code and the place among the last days are counted again from the people alone."""
    drawn = Drawn(court, seed)
    able = drawn.seats | {juror.person_id for juror in drawn.waiting}
    assert set(drawn.because) == able
    days = sorted(
        j.due_on for j in drawn.people.values() if j.person_id in able if place(j)[0] == 1
    )
    for key, because in drawn.because.items():
        juror, facts = drawn.people[key], dict(because.params)
        kind = {1: "last_day", 2: "no_last_day", 3: "overdue", 4: "volunteer"}[place(juror)[0]]
        assert because.code == kind
        assert ("due_on" in facts) == (kind in {"last_day", "overdue"})
        if kind == "last_day":
            assert facts["place"] == days.index(juror.due_on) + 1
            assert facts["among"] == len(days)
        equals = {k for k in able if place(drawn.people[k]) == place(juror)}
        other = equals - drawn.seats if key in drawn.seats else equals & drawn.seats
        assert because.tied == bool(other)


def test_each_standing_by_example():
    """One seat, five who come: what each is told."""
    jurors = [owing(1, 9), owing(2, 2), owing(3, -1), owing(4, None), person(5), owing(6, 9)]
    result = draw([room(1, **ONE)], jurors)
    day = ("due_on", (DAY + timedelta(9)).isoformat())
    assert said(result, 2).params[1:] == (("place", 1), ("among", 3))
    assert said(result, 1).params == said(result, 6).params == (day, ("place", 2), ("among", 3))
    assert [said(result, n).code.value for n in (3, 4, 5)] == [
        "overdue",
        "no_last_day",
        "volunteer",
    ]
    assert not any(because.tied or because.passed_over for because in result.because)


def test_equals_of_whom_some_sit_are_told_that_the_rest_of_the_order_decided():
    """Three with one last day for two places; whoever is alone with theirs is not concerned."""
    pair = {**ONE, "quorum": 2, "target": 3, "maximum": 3}
    result = draw([room(1, **pair)], [owing(1, 5), owing(2, 5), owing(3, 5), owing(4, 1)])
    assert [said(result, n).tied for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_overdue_sessions_come_before_volunteers_up_to_the_number_planned():
    """They still owe; beyond the number planned only those sit who can still be in time."""
    jurors = [person(1), person(2), owing(3, -1), owing(4, -30), owing(5, -2), owing(6, 3)]
    result = draw([room(1)], jurors)
    assert seated(result, room(1)) == {6, 4, 5}
    assert result.reserves[0].person_id == uid(3)


def test_a_nearer_last_day_goes_before_experience_and_an_overdue_one_does_not():
    """Somebody late already waits for the panel's only juror who has sat, and is told so."""
    expert = owing(1, 20, experienced=True)
    novices = [owing(2, 1), owing(3, 2)]
    pair = room(1, quorum=2, minimum=2, target=2, maximum=2)
    assert seated(draw([pair], [expert, *novices]), pair) == {2, 3}
    late = [owing(2, -5), owing(3, -4)]
    result = draw([pair], [person(1, experienced=True), *late])
    assert 1 in seated(result, pair)
    (waits,) = {2, 3} - seated(result, pair)
    assert said(result, waits).passed_over == (PassedOver.EXPERIENCE,)


@pytest.mark.parametrize("seed", range(10))
def test_somebody_moves_over_for_a_nearer_last_day(seed):
    """The nearest may sit in one room only; who has that place goes to the other room."""
    one, two = room(1, **ONE), room(2, knows(2, 1), **ONE)
    jurors = [owing(1, 1), owing(2, 1, sessions_owed=3), owing(3, 30)]
    result = draw([one, two], jurors, seed=seed)
    assert (seated(result, one), seated(result, two)) == ({1}, {2})
    assert said(result, 3).passed_over == ()


def test_a_rule_and_a_hearing_that_needs_jurors_are_named():
    """Out of the one room by a rule, and out of the other because a hearing would lack jurors."""
    rules = replace(RULES, conflict_effect=ConflictEffect.STEPS_ASIDE)
    sitting = room(1, hearing(1, acquaintance_ids=frozenset({uid(1)})), **ONE)
    result = draw([sitting], [owing(1, 1), owing(2, 30)], rules)
    assert seated(result, sitting) == {2}
    assert said(result, 1).passed_over == (PassedOver.QUORUM,)
    out = draw(
        [room(1, **ONE), room(2, knows(2, 1), **ONE)], [owing(1, 9), owing(2, 1), owing(3, 30)]
    )
    assert said(out, 1).passed_over in {(), (PassedOver.RULE,)}


@pytest.mark.parametrize(
    ("days", "kept"),
    [((), None), ((None,), None), ((5, 2, None), 2), ((-3, 4), 4), ((-3, -9), -9), ((0, -1), 0)],
)
def test_the_last_day_that_counts_is_the_nearest_that_can_be_kept(days, kept):
    """An overdue session does not hide the last day of another that can still be served."""
    found = last_day_to_keep([d if d is None else DAY + timedelta(d) for d in days], on=DAY)
    assert found == (None if kept is None else DAY + timedelta(kept))
