"""Many hands at once: no place and no person is given twice, nobody is told twice."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import time
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.fixtures.app import TODAY
from tests.fixtures.writers import at_once
from youthcourt.jury import services
from youthcourt.jury.domain import LIVE, ReleaseReason, SeatSource, SeatState
from youthcourt.jury.models import DrawNumber, Seat
from youthcourt.jury.services.rows import keep_seats
from youthcourt.notices.models import Notice
from youthcourt.sentences.domain import ServiceState
from youthcourt.sentences.models import ServiceRecord

HANDS = 32
Act = Callable[[Session], Any]


def seating(bench, sitting_id: uuid.UUID, session_id: uuid.UUID, person_id: uuid.UUID) -> Act:
    """Return the act of giving somebody a seat."""
    hand = bench.hand
    return lambda session: (
        services.seat_person(
            session, session_id=session_id, sitting_id=sitting_id, person_id=person_id, **hand
        ).id
    )


def live(session: Session) -> list[Any]:
    """Return room, place and person of every live seat as the database has them."""
    session.rollback()
    query = sa.select(Seat.sitting_id, Seat.role, Seat.position, Seat.person_id).where(
        Seat.state.in_(LIVE)
    )
    return list(session.execute(query))


def test_thirty_two_hands_fill_four_places_with_four_people(app: Flask, bench) -> None:
    """Everybody else is told that the panel is full; what is booked is what is held."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    people = [bench.juror(f"Juror {n}", owes=0, volunteer_since=TODAY) for n in range(HANDS)]
    keys = sitting.id, evening.id
    bench.session.commit()
    answers = at_once(app, bench.court.id, [seating(bench, *keys, person) for person in people])
    given = [answer for answer in answers if isinstance(answer, uuid.UUID)]
    assert len(given) == 4
    refusals = Counter(answer for answer in answers if isinstance(answer, str))
    assert refusals.keys() <= {"seat_refused", "place_taken"}
    assert refusals.total() == HANDS - 4
    seats = live(bench.session)
    assert sorted(seat.position for seat in seats) == [1, 2, 3, 4]
    booked = bench.rows(ServiceRecord, state=ServiceState.BOOKED)
    assert {row.source_key for row in booked} == {f"seat:{key}" for key in given}


def test_one_person_wanted_everywhere_sits_once(app: Flask, bench) -> None:
    """In two rooms of one session, and in two sessions at the same time."""
    evening = bench.planned(rooms=2)
    other = bench.planned(starts_at=time(11, 0), ends_at=time(13, 0))
    rooms = [(s.id, s.session_id) for e in (evening, other) for s in bench.sittings(e)]
    person = bench.juror(owes=7)
    bench.session.commit()
    acts = [seating(bench, *rooms[n % 3], person) for n in range(HANDS)]
    answers = at_once(app, bench.court.id, acts)
    (seat,) = live(bench.session)
    assert seat.person_id == person
    assert len({answer for answer in answers if isinstance(answer, uuid.UUID)}) == 1
    codes = {answer for answer in answers if isinstance(answer, str)}
    assert codes <= {"person_has_seat", "seat_refused", "place_taken"}
    assert len(bench.rows(ServiceRecord, state=ServiceState.BOOKED)) == 1


def test_the_database_itself_gives_a_place_once(app: Flask, bench) -> None:
    """Without any check before, a second seat for a place or a person is a plain refusal."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    people = bench.jurors(HANDS, owes=0)
    keys = evening.id, sitting.id
    now = bench.hand["now"]
    bench.session.commit()

    def push(person: uuid.UUID) -> Act:
        return lambda session: keep_seats(
            session,
            Seat(
                session_id=keys[0],
                sitting_id=keys[1],
                person_id=person,
                position=1,
                state=SeatState.PROPOSED,
                source=SeatSource.HAND,
                made_at=now,
            ),
        )

    answers = at_once(app, bench.court.id, [push(person) for person in people])
    assert Counter(answers) == {None: 1, "place_taken": HANDS - 1}
    assert len(live(bench.session)) == 1


def test_many_who_accept_publish_and_release_at_once(app: Flask, bench) -> None:
    """Two proposals, publishing and a release race; the panels stay whole and told once."""
    evening = bench.planned(rooms=2)
    for number in range(10):
        bench.juror(f"Juror {number}", email=f"juror{number}@example.org")
    session_id = evening.id
    draws = [bench.draw(evening, seed=seed).id for seed in (1, 2)]
    bench.accept(bench.draw(evening, seed=3))
    first = bench.seats(evening)[0].id
    bench.session.commit()
    hand = bench.hand

    def accept(draw_id: uuid.UUID) -> Act:
        return lambda session: services.accept_draw(
            session, session_id=session_id, draw_id=draw_id, **hand
        )

    def publish(session: Session) -> Any:
        return services.publish_session(session, session_id=session_id, **hand)

    def release(session: Session) -> Any:
        return services.release_seat(
            session,
            session_id=session_id,
            seat_id=first,
            reason=ReleaseReason.NOT_NEEDED,
            **hand,
        )

    acts = [publish, release, *(accept(draw) for draw in draws)] * 4
    answers = at_once(app, bench.court.id, acts)
    assert {a for a in answers if isinstance(a, str)} <= {"draw_input_changed", "nobody_seated"}
    seats = live(bench.session)
    assert len({(seat.sitting_id, seat.role, seat.position) for seat in seats}) == len(seats)
    assert len({seat.person_id for seat in seats}) == len(seats)
    held = bench.seats(evening)
    booked = bench.rows(ServiceRecord, state=ServiceState.BOOKED)
    assert {row.source_key for row in booked} == {f"seat:{seat.id}" for seat in held}
    told = Counter(
        notice.params["seat"] for notice in bench.rows(Notice) if notice.state.value == "queued"
    )
    published = {str(seat.id) for seat in held if seat.state is SeatState.PUBLISHED}
    assert told == dict.fromkeys(published, 1)


def test_two_draws_at_once_number_everybody_once(app: Flask, bench) -> None:
    """Both are kept, or one is asked to draw again; nobody has two numbers."""
    evening = bench.planned()
    bench.jurors(6)
    session_id, hand = evening.id, bench.hand
    bench.session.commit()

    def draw(seed: int) -> Act:
        def act(session: Session) -> Any:
            drawn = services.draw_session(
                session, session_id=session_id, seed=seed, now=hand["now"]
            )
            session.rollback()
            return services.store_draw(session, drawn=drawn, **hand).id

        return act

    answers = at_once(app, bench.court.id, [draw(seed) for seed in range(1, 9)])
    assert {a for a in answers if isinstance(a, str)} <= {"draw_input_changed"}
    assert any(isinstance(answer, uuid.UUID) for answer in answers)
    bench.session.rollback()
    numbers = bench.rows(DrawNumber)
    assert sorted(row.number for row in numbers) == [1, 2, 3, 4, 5, 6]
    assert len({row.person_id for row in numbers}) == 6
