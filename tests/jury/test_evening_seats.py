"""Seats of the evening promise: only who is here, by the rules; empty places are given on."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import add_court
from tests.fixtures.sittings import add_sitting
from tests.jury.test_evening import BEFORE, DAY, START, Night, make_night
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.states import CheckInMethod, SeatRole, SeatSource, SeatState
from youthcourt.jury.models import Seat, StoredDraw
from youthcourt.jury.services import check_draw
from youthcourt.jury.services.attendance import mark_missing, tick_oath
from youthcourt.jury.services.seating import (
    fill_seats_from_present,
    seat_from_present,
    unseat_present,
)
from youthcourt.jury.services.walk_ins import add_walk_in
from youthcourt.people.services import add_training, set_jury_list
from youthcourt.sentences.domain import AttendanceOutcome, ServiceState
from youthcourt.sentences.models import ServiceRecord


@pytest.fixture
def night(session, court) -> Night:
    """An evening of the DC court."""
    return make_night(session, court)


def trained(night: Night, name: str):
    """Return a trained person of the jury list."""
    person_id = night.person(name)
    make_trained(night, person_id)
    return person_id


def make_trained(night: Night, person_id: uuid.UUID) -> None:
    """Put somebody on the jury list with a training."""
    set_jury_list(night.session, person_id=person_id, on_list=True, **night.hand)
    add_training(
        night.session,
        person_id=person_id,
        topic="juror",
        finished_on=DAY.replace(day=1),
        **night.hand,
    )


def second_room(night: Night) -> uuid.UUID:
    """Add another room to the evening."""
    return add_sitting(night.session, night.id, quorum=2, panel_target=4).id


def sit(night: Night, person_id):
    """Give somebody a seat in the room."""
    return seat_from_present(
        night.session,
        session_id=night.id,
        sitting_id=night.sitting_id,
        person_id=person_id,
        **night.hand,
    )


def test_only_who_is_here_sits_and_it_counts(night: Night) -> None:
    """The seat books its service like any other and is confirmed with the evening."""
    ada = trained(night, "Ada")
    with pytest.raises(CourtRuleBroken, match="not_here_yet"):
        sit(night, ada)
    night.here(ada)
    seat = sit(night, ada)
    assert (seat.state, seat.role) == (SeatState.PUBLISHED, SeatRole.JUROR)
    assert sit(night, ada).id == seat.id
    assert night.service_of(ada) == [(ServiceState.BOOKED, 1, 180)]
    night.confirm()
    assert night.service_of(ada) == [(ServiceState.CONFIRMED, 1, 180)]
    assert balance_of(night.session, person_id=ada) == 180
    assert verify_credits(night.session) == ()


def test_the_untrained_do_not_sit_where_training_is_needed(night: Night) -> None:
    """That the training is missing is no secret of a hearing: the desk is told."""
    ben = night.person("Ben")
    night.here(ben)
    with pytest.raises(CourtRuleBroken, match="training_first"):
        sit(night, ben)


def test_the_place_of_who_does_not_come_is_given_on(night: Night) -> None:
    """In a full room the absent juror's place goes to the reserve, and books nothing any more."""
    away = [night.seated(f"Away{number}") for number in range(8)]
    ada = trained(night, "Ada")
    night.here(ada)
    with pytest.raises(CourtRuleBroken):
        sit(night, ada)
    night.mark(away[0], AttendanceOutcome.EXCUSED, now=BEFORE)
    sit(night, ada)
    live = sa.select(sa.func.count()).select_from(Seat).where(Seat.state == SeatState.PUBLISHED)
    assert night.session.scalar(live) == 8
    assert night.service_of(away[0]) == [(ServiceState.DENIED, 1, 180)]


def test_all_who_came_and_promised_are_seated_at_once(night: Night) -> None:
    """Who did not promise waits; again, nobody more sits."""
    people = [trained(night, f"Name{number}") for number in range(5)]
    for person_id in people:
        row = night.here(person_id)
        if person_id != people[-1]:
            row.oath_at = START
    fill: dict[str, Any] = {"session_id": night.id, "seed": 7, **night.hand}
    assert fill_seats_from_present(night.session, **fill) == 4
    assert fill_seats_from_present(night.session, **fill) == 0
    (kept,) = night.session.scalars(sa.select(StoredDraw)).all()
    again = check_draw(night.session, session_id=night.id, draw_id=kept.id, **night.hand)
    assert again.same


def test_whoever_came_and_owes_nothing_is_seated_too(night: Night) -> None:
    """Nobody is left out for owing nothing."""
    people = [trained(night, f"Name{number}") for number in range(3)]
    for person_id in people:
        night.here(person_id).oath_at = START
    assert fill_seats_from_present(night.session, session_id=night.id, seed=3, **night.hand) == 3


def test_a_reserve_takes_a_place_and_a_seat_is_taken_back(night: Night) -> None:
    """The reserve's own seat becomes a place on the panel; taken back, its booking ends."""
    ada = trained(night, "Ada")
    stand_by = Seat(
        session_id=night.id,
        sitting_id=night.sitting_id,
        person_id=ada,
        role=SeatRole.RESERVE,
        position=1,
        state=SeatState.PUBLISHED,
        source=SeatSource.DRAW,
        made_at=START,
    )
    night.session.add(stand_by)
    night.here(ada)
    seat = sit(night, ada)
    assert (seat.id, seat.role) == (stand_by.id, SeatRole.JUROR)
    for _twice in range(2):
        unseat_present(night.session, session_id=night.id, person_id=ada, **night.hand)
    assert seat.state is SeatState.RELEASED
    assert night.service_of(ada) == [(ServiceState.DENIED, 1, 180)]
    night.confirm()
    assert balance_of(night.session, person_id=ada) == 180  # she came, with or without a seat
    assert verify_credits(night.session) == ()


def test_somebody_moves_to_another_room_and_counts_once(night: Night) -> None:
    """One seat, one booking, in the room where they sit."""
    other = second_room(night)
    ada = night.seated("Ada")
    make_trained(night, ada)
    night.here(ada)
    seat = seat_from_present(
        night.session, session_id=night.id, sitting_id=other, person_id=ada, **night.hand
    )
    assert seat.sitting_id == other
    assert night.service_of(ada) == [(ServiceState.BOOKED, 1, 180)]


def test_somebody_who_comes_after_all_is_late_and_may_sit(night: Night) -> None:
    """Marked as not coming and the place given on: they are taken back in where there is room."""
    ada, ben = night.seated("Ada"), trained(night, "Ben")
    make_trained(night, ada)
    begun: dict[str, Any] = {"actor": night.court.actor, "now": START + timedelta(minutes=20)}
    with pytest.raises(CourtRuleBroken, match="evening_not_begun"):
        mark_missing(night.session, session_id=night.id, **night.hand)
    assert mark_missing(night.session, session_id=night.id, **begun) == 1
    assert mark_missing(night.session, session_id=night.id, **begun) == 0
    night.here(ben)
    sit(night, ben)
    assert night.here(ada, now=begun["now"]).outcome is AttendanceOutcome.LATE
    assert sit(night, ada).state is SeatState.PUBLISHED
    night.confirm()
    confirmed = (ServiceState.CONFIRMED, 1, 160)
    assert sorted(night.service_of(ada)) == sorted([(ServiceState.DENIED, 1, 180), confirmed])


def test_where_jurors_just_come_the_panels_are_made_of_them(session: Session) -> None:
    """Nobody is drawn in advance: eight walk in, give the promise and fill two rooms evenly."""
    court = add_court(session, "tx-midland", "Pine")
    set_court(session, court.id)
    night = make_night(session, court)
    other = second_room(night)
    for number in range(8):
        row = add_walk_in(
            session,
            session_id=night.id,
            given_names=f"Name{number}",
            family_name="Walker",
            birth_date=date(2010, 1, 1 + number),
            **night.hand,
        )
        assert row.method is CheckInMethod.WALK_IN
        tick_oath(session, attendance_id=row.id, given=True, **night.hand)
    fill: dict[str, Any] = {"session_id": night.id, "seed": 11, **night.hand}
    assert fill_seats_from_present(session, **fill) == 8
    held = sa.select(Seat.sitting_id, sa.func.count()).group_by(Seat.sitting_id)
    rooms = sorted((count, key) for key, count in session.execute(held))
    assert rooms == sorted([(4, night.sitting_id), (4, other)])
    night.confirm()
    confirmed = sa.select(sa.func.count()).where(ServiceRecord.state == ServiceState.CONFIRMED)
    assert session.scalar(confirmed) == 8
    assert verify_credits(session) == ()
