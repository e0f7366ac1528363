"""Two entries of one person made one, and taken apart again: no hour is lost or counted twice."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cases.refusing import Refused
from tests.credits.giving import reserve
from tests.fixtures.app import NOW, TODAY
from tests.sentences.conftest import Bench
from youthcourt.credits.queries import (
    balance_of,
    balances,
    problem_lines,
    purse_of,
    statement_of,
    verify_credits,
)
from youthcourt.people.merging import merge_persons, merge_plan, undo_merge
from youthcourt.people.models import PersonMerge
from youthcourt.sentences.queries import open_obligations, progress_of

AHEAD = TODAY + timedelta(days=10)


def merge(bench: Bench, kept: uuid.UUID, other: uuid.UUID) -> PersonMerge:
    """Merge as the page does: look, then confirm."""
    plan = merge_plan(bench.session, kept_id=kept, other_id=other)
    return merge_persons(
        bench.session, kept_id=kept, other_id=other, take={}, seen=plan.seen, **bench.hand
    )


def undo(bench: Bench, done: PersonMerge) -> None:
    undo_merge(bench.session, kept_id=done.kept_id, merge_id=done.id, **bench.hand)


@pytest.fixture
def two(bench: Bench) -> tuple[uuid.UUID, uuid.UUID]:
    """Two entries of one person, each with a sentence, an evening served and a booking."""
    kept, other = bench.person("Ana"), bench.person("Anna")
    for person_id in (kept, other):
        bench.owes(person_id, 3)
        bench.serve(person_id)
        bench.book(person_id, AHEAD)
    return kept, other


def owed(session: Session, person_id: uuid.UUID) -> list[tuple[int, int, int, int]]:
    """The four parts of everything a person owes."""
    items = progress_of(session, person_ids=[person_id], now=NOW)[person_id]
    return [(item.confirmed, item.pending, item.booked, item.to_book) for item in items]


def test_merged_the_two_owe_have_served_and_hold_everything_together(bench, two, session):
    """Obligations, service, bookings and credits of both; nothing of the one who went."""
    kept, other = two
    merge(bench, kept, other)
    assert sorted(owed(session, kept)) == [(1, 0, 0, 2), (1, 0, 2, 0)]
    assert owed(session, other) == []
    statement = statement_of(session, person_id=kept)
    assert (statement.balance, [line.minutes for line in statement.lines]) == (360, [180, 180])
    assert balances(session)[kept] == balance_of(session, person_id=kept) == 360
    assert [account.balance for account in purse_of(session, person_id=kept)] == [180, 180]
    assert verify_credits(session) == ()


def test_taken_apart_each_has_again_what_was_theirs(bench, two, session):
    """As if nothing had been."""
    kept, other = two
    undo(bench, merge(bench, kept, other))
    for person_id in two:
        assert owed(session, person_id) == [(1, 0, 1, 1)]
        assert balance_of(session, person_id=person_id) == 180
    assert len(purse_of(session, person_id=kept)) == 1
    assert verify_credits(session) == ()


def test_an_evening_served_between_counts_where_it_was_counted(bench, two, session):
    """It was allocated to the other's sentence: there it stays, whoever is asked for and how."""
    kept, other = two
    done = merge(bench, kept, other)
    items = progress_of(session, person_ids=[kept], now=NOW)[kept]
    others = min(items, key=lambda item: item.booked)
    record = bench.serve(kept, sanction_id=others.id)
    undo(bench, done)
    session.expire_all()
    alone = {p: owed(session, p) for p in two}
    together = progress_of(session, now=NOW)
    for person_id in two:
        counted = [(i.confirmed, i.pending, i.booked, i.to_book) for i in together[person_id]]
        assert counted == alone[person_id]
    confirmed = {p: alone[p][0][0] for p in two}
    assert sorted(confirmed.values()) == [1, 2]
    assert balance_of(session, person_id=record.person_id) == 360
    assert verify_credits(session) == ()
    # Taken back, it is owed again by whose sentence it counted for.
    bench.reverse(record)
    assert [owed(session, p)[0][0] for p in two] == [1, 1]


def test_what_was_given_away_meanwhile_stays_given_and_is_listed(bench, two, session):
    """The purse held six hours, five were spent; apart, one of the two has less than nothing."""
    kept, other = two
    done = merge(bench, kept, other)
    with Refused("balance_too_low", "minutes", available_minutes=360):
        reserve(session, kept, 361, **bench.hand)
    reserve(session, kept, 300, **bench.hand)
    assert verify_credits(session) == ()
    undo(bench, done)
    assert [balance_of(session, person_id=p) for p in two] == [-120, 180]
    lines = problem_lines(session)
    assert {line.problem.code for line in lines} == {"posted_below_floor", "balance_below_floor"}
    assert {line.person_id for line in lines} == {kept}


def test_an_old_page_of_the_one_who_went_confirms_for_the_one_who_stays(bench, two, session):
    """The piece is known by its own key: it earns for the person it belongs to now."""
    kept, other = two
    waiting = bench.report(other, minutes=60)
    merge(bench, kept, other)
    bench.confirm(waiting)
    assert waiting.person_id == kept
    with Refused("not_found"):
        bench.book(other)
    # Community service earns nothing in this court; an evening does.
    assert balance_of(session, person_id=kept) == 360
    assert bench.confirm(bench.book(kept)).state == "confirmed"
    assert balance_of(session, person_id=kept) == 540


def test_confirmed_again_after_the_merge_nothing_is_posted_twice(bench, two, session):
    """The transfer lies on the other's account: the same purse, the same act."""
    from youthcourt.credits.domain import earned_key
    from youthcourt.credits.services import post_earning

    kept, other = two
    record = bench.serve(other)
    merge(bench, kept, other)
    again = post_earning(
        session,
        person_id=kept,
        minutes=180,
        happened_on=TODAY,
        source_key=earned_key(record.id),
        rule="none:180",
        **bench.hand,
    )
    assert again.minutes == 180
    assert balance_of(session, person_id=kept) == 540


def test_a_third_entry_joins_the_same_purse(bench, two, session):
    """Merged on into another, all three are read as one, and come apart in order."""
    kept, other = two
    third = bench.person("Anne")
    bench.serve(third)
    first = merge(bench, kept, other)
    second = merge(bench, third, kept)
    assert balance_of(session, person_id=third) == 540
    assert len(open_obligations(session, person_id=third, served_on=TODAY)) == 2
    assert verify_credits(session) == ()
    undo(bench, second)
    undo(bench, first)
    assert [balance_of(session, person_id=p) for p in (kept, other, third)] == [180, 180, 180]
    assert verify_credits(session) == ()
