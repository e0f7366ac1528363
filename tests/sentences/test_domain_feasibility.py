"""Whether a sentence can still be finished: by example and against every choice of others."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.sentences.domain import (
    CanFinish,
    Feasibility,
    FeasibilityReason,
    OwedByOther,
    Pace,
    SessionOffer,
    SessionsOwed,
    after_training,
    feasibility,
)

START = date(2026, 1, 1)
YES, NO, ASK = CanFinish.YES, CanFinish.NO, CanFinish.ASK_COORDINATOR


def day(number: int) -> date:
    return START + timedelta(number)


def calendar(*numbers: int, seats: int = 8) -> list[SessionOffer]:
    return [SessionOffer(on=day(number), free_seats=seats) for number in numbers]


def owed(sessions: int, due: int | None) -> SessionsOwed:
    return SessionsOwed(sessions=sessions, due_on=None if due is None else day(due))


ALTERNATE = range(14, 400, 14)


def test_seven_sessions_on_alternate_saturdays_in_120_days_leave_one_to_miss():
    """Time Dollar Youth Court, DC: first to last takes 84 days, 14 more may pass before."""
    found = feasibility(calendar=calendar(*ALTERNATE), sanction=owed(7, 120))
    assert (found.can_finish, found.misses_left) == (YES, 1)
    assert found.finishes_on == day(14 + 84)
    assert found.last_date_to_book == day(28)
    assert found.reason is FeasibilityReason.ENOUGH_SESSIONS


def test_a_monthly_court_with_90_days_cannot_give_four_sessions():
    """Three sittings fit into 90 days, whatever the sentence orders."""
    found = feasibility(calendar=calendar(*range(30, 400, 30)), sanction=owed(4, 90))
    assert (found.can_finish, found.reason) == (NO, FeasibilityReason.TOO_FEW_SESSIONS)
    assert found.last_date_to_book is None
    three = feasibility(calendar=calendar(*range(30, 400, 30)), sanction=owed(3, 90))
    assert (three.can_finish, three.misses_left) == (YES, 0)


@pytest.mark.parametrize(
    ("offers", "facts", "answer", "reason"),
    [
        (calendar(), {"sanction": owed(0, 10)}, YES, "nothing_owed"),
        (calendar(1, 2, seats=0), {}, NO, "too_few_free_seats"),
        (calendar(1, 2), {"unavailable_on": frozenset({day(1)})}, NO, "too_few_when_available"),
        (calendar(1, 2), {"pace": Pace(rest_days=6)}, NO, "too_close_together"),
        (calendar(1, 8), {"pace": Pace(rest_days=6)}, YES, "enough_sessions"),
        (calendar(1, 7), {"pace": Pace(rest_days=6)}, NO, "too_close_together"),
        (calendar(1, 28), {"pace": Pace(max_in_28_days=1)}, NO, "too_close_together"),
        (calendar(1, 29), {"pace": Pace(max_in_28_days=1)}, YES, "enough_sessions"),
        (
            calendar(1, 8),
            {"pace": Pace(max_in_28_days=2, taken_on=frozenset({day(-7)}))},
            NO,
            "too_close_together",
        ),
        (calendar(1, 30), {}, YES, "enough_sessions"),
        (calendar(1, 31), {}, NO, "too_few_sessions"),
        (calendar(1), {"calendar_until": day(20)}, ASK, "calendar_ends_before_due"),
        (calendar(1), {"calendar_until": day(30)}, NO, "too_few_sessions"),
        (calendar(1), {"sanction": owed(2, None)}, ASK, "calendar_ends_before_due"),
        (calendar(1, 8), {"today": day(30)}, YES, "enough_sessions"),
        (calendar(1, 8), {"today": day(31)}, NO, "last_day_over"),
        (calendar(), {"today": day(31), "sanction": owed(0, 30)}, YES, "nothing_owed"),
    ],
)
def test_each_obstacle_has_its_own_reason(offers, facts, answer, reason):
    """Two sessions owed within 30 days, the last day included."""
    found = feasibility(**{"calendar": offers, "sanction": owed(2, 30), **facts})
    assert (found.can_finish, found.reason) == (answer, FeasibilityReason(reason))


@pytest.mark.parametrize("found", list(CanFinish))
@pytest.mark.parametrize("if_trained", list(CanFinish))
def test_the_training_is_named_where_it_is_in_the_way(found, if_trained):
    """Where the same person, trained already, would have had a better answer, and only there."""
    better = [NO, ASK, YES].index(if_trained) > [NO, ASK, YES].index(found)
    why, last = FeasibilityReason.OTHERS_DUE_EARLIER, day(28) if found is YES else None
    told = after_training(
        Feasibility(can_finish=found, reason=why, last_date_to_book=last),
        if_trained=Feasibility(can_finish=if_trained, reason=why),
        training_on=day(20),
        invited=True,
    )
    assert (told.can_finish, told.needs_training, told.training_on) == (found, True, day(20))
    assert told.reason is (FeasibilityReason.TRAINING_FIRST if better else why)
    assert told.last_date_to_book == (day(20) if found is YES else None)
    assert told.invited


def test_seats_that_people_due_earlier_may_take_are_not_promised():
    """One free seat and one other due first: ask; the other due later: promised."""
    offers = calendar(1, 8, seats=1)
    other = [OwedByOther(sessions=1, due_on=day(20))]
    asked = feasibility(calendar=offers, sanction=owed(2, 30), owed_by_others=other)
    assert (asked.can_finish, asked.reason) == (ASK, FeasibilityReason.OTHERS_DUE_EARLIER)
    later = [OwedByOther(sessions=1, due_on=day(31))]
    assert (
        feasibility(calendar=offers, sanction=owed(2, 30), owed_by_others=later).can_finish is YES
    )
    equal = [OwedByOther(sessions=1, due_on=day(30))]
    assert (
        feasibility(calendar=offers, sanction=owed(2, 30), owed_by_others=equal).can_finish is ASK
    )


def test_few_people_cannot_fill_many_seats_however_much_they_owe():
    """Three others who owe seven each leave five of eight seats in every session."""
    others = [OwedByOther(sessions=7, due_on=day(100))] * 3
    found = feasibility(calendar=calendar(*ALTERNATE), sanction=owed(7, 120), owed_by_others=others)
    assert (found.can_finish, found.misses_left) == (YES, 1)


def test_the_session_with_the_fewest_seats_is_the_first_to_be_lost():
    """One other with one session cannot fill two seats, but can fill the single one."""
    offers = [*calendar(1, seats=2), *calendar(8, seats=1)]
    other = [OwedByOther(sessions=1, due_on=day(20))]
    for count, answer in ((1, YES), (2, ASK)):
        found = feasibility(calendar=offers, sanction=owed(count, 30), owed_by_others=other)
        assert found.can_finish is answer


def _choices(offers: list[SessionOffer], other: OwedByOther):
    """Return every set of sessions the other may sit in."""
    able = [n for n, o in enumerate(offers) if other.due_on is None or o.on <= other.due_on]
    for size in range(min(other.sessions, len(able)) + 1):
        yield from itertools.combinations(able, size)


OFFERS = st.lists(st.integers(0, 2), max_size=4).map(
    lambda seats: [SessionOffer(on=day(7 * n + 7), free_seats=s) for n, s in enumerate(seats)]
)
OTHERS = st.lists(
    st.builds(
        OwedByOther,
        sessions=st.integers(0, 3),
        due_on=st.none() | st.integers(0, 40).map(day),
    ),
    max_size=3,
)
PACES = st.builds(
    Pace,
    max_in_28_days=st.sampled_from([None, None, 2]),
    rest_days=st.sampled_from([0, 0, 7]),
)


def _served(offers, free, mine, pace: Pace, start: date) -> list[date]:
    """Return the days of somebody who sits in each session that has a seat left."""
    days: list[date] = []
    for offer, seats in zip(offers, free, strict=True):
        far = all((offer.on - other).days > pace.rest_days for other in days)
        recent = [other for other in days if (offer.on - other).days < 28]
        room = pace.max_in_28_days is None or len(recent) < pace.max_in_28_days
        wanted = offer.on not in mine and offer.on >= start
        if seats > 0 and wanted and far and room:
            days.append(offer.on)
    return days


@given(OFFERS, OTHERS, st.integers(1, 3), st.integers(7, 40), PACES, st.data())
def test_a_yes_holds_whatever_those_due_earlier_choose(offers, others, count, due, pace, data):
    """Every combination of their choices is tried; also from the last date to book on."""
    away = data.draw(st.frozensets(st.sampled_from([day(7), day(14)]), max_size=1))
    sanction = owed(count, due)
    found = feasibility(
        calendar=offers,
        sanction=sanction,
        owed_by_others=others,
        unavailable_on=away,
        pace=pace,
    )
    if found.can_finish is not YES:
        assert found.last_date_to_book is found.finishes_on is None
        return
    assert found.last_date_to_book is not None
    assert found.finishes_on is not None
    first = [o for o in others if o.due_on is not None and o.due_on <= day(due)]
    in_time = [offer for offer in offers if offer.on <= day(due)]
    for chosen in itertools.product(*(list(_choices(in_time, o)) for o in first)):
        taken = [sum(n in sessions for sessions in chosen) for n in range(len(in_time))]
        free = [o.free_seats - t for o, t in zip(in_time, taken, strict=True)]
        days = _served(in_time, free, away, pace, START)
        assert len(days) >= count
        assert days[count - 1] <= found.finishes_on
        assert len(_served(in_time, free, away, pace, found.last_date_to_book)) >= count


@given(OFFERS, st.integers(1, 4), st.integers(7, 40), PACES)
def test_with_nobody_else_the_answer_is_exact(offers, count, due, pace):
    """Yes exactly when the sessions are enough, and then the misses are what is left over."""
    found = feasibility(calendar=offers, sanction=owed(count, due), pace=pace)
    in_time = [offer for offer in offers if offer.on <= day(due)]
    most = len(_served(in_time, [o.free_seats for o in in_time], (), pace, START))
    assert found.can_finish is (YES if most >= count else NO)
    assert found.misses_left == (most - count if most >= count else 0)


@given(OFFERS, OTHERS, st.integers(1, 3), st.integers(7, 40), st.integers(0, 3))
def test_one_more_free_seat_never_makes_it_worse(offers, others, count, due, which):
    """No before ask before yes."""
    order = [NO, ASK, YES]
    more = [
        SessionOffer(on=o.on, free_seats=o.free_seats + (n == which)) for n, o in enumerate(offers)
    ]
    before, after = (
        feasibility(calendar=c, sanction=owed(count, due), owed_by_others=others)
        for c in (offers, more)
    )
    assert order.index(after.can_finish) >= order.index(before.can_finish)
