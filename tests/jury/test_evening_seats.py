"""Seats of the evening promise: only who is here, by the rules; empty places are given on."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.jury.test_evening import BEFORE, DAY, START, Night, make_night
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.states import SeatRole, SeatState
from youthcourt.jury.models import Seat
from youthcourt.jury.services.seating import fill_seats_from_present, seat_from_present
from youthcourt.people.services import add_training, set_jury_list
from youthcourt.sentences.domain import AttendanceOutcome, ServiceState


@pytest.fixture
def night(session, court) -> Night:
    """An evening of the DC court."""
    return make_night(session, court)


def trained(night: Night, name: str):
    """Return a trained person of the jury list."""
    person_id = night.person(name)
    set_jury_list(night.session, person_id=person_id, on_list=True, **night.hand)
    add_training(
        night.session,
        person_id=person_id,
        topic="juror",
        finished_on=DAY.replace(day=1),
        **night.hand,
    )
    return person_id


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
    """The desk learns that it cannot be, not why."""
    ben = night.person("Ben")
    night.here(ben)
    with pytest.raises(CourtRuleBroken, match="may_not_sit_here"):
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
    fill = {"session_id": night.id, "seed": 7, **night.hand}
    assert fill_seats_from_present(night.session, **fill) == 4
    assert fill_seats_from_present(night.session, **fill) == 0
