"""Several hands at once: nothing is lost, nothing counts twice, nobody waits for ever."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.credits.giving import reserve
from tests.fixtures.app import NOW, TODAY
from tests.fixtures.writers import Act, at_once, in_queues
from tests.sentences.conftest import Bench
from youthcourt.cases.domain import ClosureReason
from youthcourt.cases.services import close_case
from youthcourt.courts.domain import SanctionKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.queries import balances, verify_credits
from youthcourt.people.merging import merge_persons, merge_plan
from youthcourt.sentences import services
from youthcourt.sentences.domain import Agreement
from youthcourt.sentences.models import Sentence, ServiceRecord
from youthcourt.sentences.queries import progress_of

WRITERS = 8
PIECES = 200
PEOPLE = 10


@pytest.fixture
def ada(bench: Bench) -> uuid.UUID:
    return bench.person()


def together(app: Flask, bench: Bench, *tasks: Act) -> list[Any]:
    """Each task by a writer of its own; the bench's own session holds nothing meanwhile."""
    bench.session.commit()
    found = at_once(app, bench.court.id, tasks)
    bench.session.expire_all()
    return found


def confirmed(session: Session, hand: dict[str, Any], number: int, people: list[uuid.UUID]) -> str:
    """Report an evening under its own key and confirm it, as a form sent again does."""
    record = services.report_service(
        session,
        person_id=people[number % PEOPLE],
        kind=SanctionKind.JURY,
        sessions=1,
        minutes=60,
        served_on=TODAY - timedelta(days=number % 7),
        source_key=f"evening:{number}",
        **hand,
    )
    return services.confirm_service(session, service_id=record.id, **hand).state.value


def test_eight_writers_post_two_hundred_pieces_and_send_some_again(app, bench, session):
    """Each counts and earns once; the accounts sum to zero and nothing is wrong."""
    people = [bench.person() for _ in range(PEOPLE)]
    for person_id in people:
        bench.owes(person_id, 15)
    session.commit()
    shuffled = random.Random(4)
    numbers = [*range(PIECES), *shuffled.sample(range(PIECES), 40)]
    shuffled.shuffle(numbers)
    tasks = [partial(confirmed, hand=bench.hand, number=n, people=people) for n in numbers]
    found = in_queues(app, bench.court.id, [tasks[place::WRITERS] for place in range(WRITERS)])
    assert Counter(state for states in found for state in states) == {"confirmed": len(numbers)}
    session.expire_all()
    assert session.scalar(sa.select(sa.func.count()).select_from(ServiceRecord)) == PIECES
    assert session.scalar(sa.select(sa.func.count()).select_from(Transfer)) == PIECES
    assert balances(session) == dict.fromkeys(people, 60 * PIECES // PEOPLE)
    for items in progress_of(session, now=NOW).values():
        assert [(item.confirmed, item.to_book) for item in items] == [(15, 0)]
    assert verify_credits(session) == ()


def test_one_piece_confirmed_by_six_at_once_counts_once(app, bench, ada, session):
    """And taken back by six at once it is taken back once."""
    jury, record = bench.owes(ada), bench.book(ada)
    key = record.id
    together(app, bench, *[lambda s: _confirmed(s, key, bench).id] * 6)
    assert (bench.parts(jury), bench.balance(ada)) == ((1, 0, 0, 6), 180)
    together(
        app,
        bench,
        *[
            lambda s: (
                services.reverse_service(s, service_id=key, reason="entered_twice", **bench.hand).id
            )
        ]
        * 6,
    )
    assert (bench.parts(jury), bench.balance(ada)) == ((0, 0, 0, 7), 0)
    assert session.scalar(sa.select(sa.func.count()).select_from(Transfer)) == 2
    assert verify_credits(session) == ()


def test_the_first_hours_of_many_open_one_account_each(app, bench, session):
    """The pool and every account are opened by whoever is first."""
    people = [bench.person() for _ in range(4)]
    keys = [bench.report(p, kind=SanctionKind.JURY).id for p in people for _twice in range(2)]
    together(app, bench, *(partial(_confirmed, key=key, bench=bench) for key in keys))
    assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == len(people) + 1
    assert balances(session) == dict.fromkeys(people, 240)


def test_an_evening_of_many_waits_for_nobody_who_waits_for_it(app, bench, session):
    """One hand confirms everybody in order; others confirm and give for one of them meanwhile."""
    people = sorted(bench.person() for _ in range(6))
    evening = [bench.book(p, TODAY - timedelta(days=1)).id for p in people]
    single = [bench.report(p, kind=SanctionKind.JURY).id for p in reversed(people)]

    begun = threading.Event()

    def confirm_all(s: Session) -> int:
        minutes = 0
        for key in evening:
            minutes += _confirmed(s, key, bench).minutes
            if not begun.is_set():
                begun.set()
                time.sleep(0.3)  # long enough for the others to hold what they hold
        return minutes

    def confirm_one(s: Session, key: uuid.UUID) -> ServiceRecord:
        begun.wait()
        return _confirmed(s, key, bench)

    found = together(app, bench, confirm_all, *(partial(confirm_one, key=key) for key in single))
    assert found[0] == 6 * 180
    assert balances(session) == dict.fromkeys(people, 300)
    assert verify_credits(session) == ()


def test_the_last_session_owed_is_filled_once(app, bench, ada):
    """Two evenings confirmed at once, one owed: the other one is beyond."""
    jury = bench.owes(ada, 1)
    keys = [bench.book(ada).id, bench.book(ada, TODAY - timedelta(days=1)).id]
    found = together(app, bench, *(partial(_confirmed, key=key, bench=bench) for key in keys))
    assert sorted(record.basis for record in found) == ["ordered", "voluntary"]
    assert bench.item(jury).minutes_served == 180


def _confirmed(session: Session, key: uuid.UUID, bench: Bench) -> ServiceRecord:
    return services.confirm_service(session, service_id=key, **bench.hand)


def test_two_who_spend_from_one_account_cannot_spend_more_than_is_there(app, bench, ada, session):
    """Three hours, twice two: one goes through, the other is told what is left."""
    bench.serve(ada)
    found = together(app, bench, *[lambda s: reserve(s, ada, 120, **bench.hand).minutes] * 2)
    assert sorted(map(str, found)) == ["120", "balance_too_low"]
    assert bench.balance(ada) == 60


def test_two_tablets_record_one_sentence(app, bench, session):
    """The same twice is one; two different ones: the first stands, the other is told."""
    jury = services.SanctionGiven(kind=SanctionKind.JURY, amount=7)
    hours = services.SanctionGiven(kind=SanctionKind.COMMUNITY_SERVICE, amount=60)
    same, other = bench.hearing().id, bench.hearing().id
    found = together(app, bench, *[lambda s: _recorded(s, bench, same, [jury])] * 4)
    assert len(set(found)) == 1
    found = together(
        app,
        bench,
        lambda s: _recorded(s, bench, other, [jury]),
        lambda s: _recorded(s, bench, other, [jury, hours]),
    )
    assert "sentence_exists" in found
    assert session.scalar(sa.select(sa.func.count()).select_from(Sentence)) == 2


def _recorded(session: Session, bench: Bench, hearing_id: uuid.UUID, items: Any) -> uuid.UUID:
    return services.record_sentence(
        session, hearing_id=hearing_id, items=items, agreement=Agreement.UNANIMOUS, **bench.hand
    ).id


def test_a_case_is_not_completed_while_its_last_session_is_taken_back(app, bench, ada):
    """Either it is closed and the session stays, or the session goes and it stays open."""
    jury = bench.owes(ada, 1)
    record = bench.serve(ada)
    found = together(
        app,
        bench,
        lambda s: (
            close_case(
                s, case_id=jury.case_id, reason=ClosureReason.COMPLETED, on=TODAY, **bench.hand
            ).state.value
        ),
        lambda s: (
            services.reverse_service(
                s, service_id=record.id, reason="not_served", **bench.hand
            ).state.value
        ),
    )
    assert found in (["closed", "case_is_closed"], ["obligations_open", "reversed"])


def test_nobody_is_booked_for_whoever_is_merged_away(app, bench, ada, session):
    """The booking is theirs who stays, or it is refused; never left behind."""
    kept = bench.person("Kwame")
    seen = merge_plan(session, kept_id=kept, other_id=ada).seen
    merged, booked = together(
        app,
        bench,
        lambda s: (
            merge_persons(s, kept_id=kept, other_id=ada, take={}, seen=seen, **bench.hand).kept_id
        ),
        lambda s: (
            services.book_service(
                s,
                person_id=ada,
                kind=SanctionKind.JURY,
                sessions=1,
                minutes=180,
                served_on=TODAY,
                source_key="seat:1",
                **bench.hand,
            ).source_key
        ),
    )
    owners = session.scalars(sa.select(ServiceRecord.person_id)).all()
    if booked == "not_found":
        assert (merged, owners) == (kept, [])
    elif merged == "merge_changed_meanwhile":
        assert owners == [ada]
    else:
        assert (merged, owners) == (kept, [kept])
