"""The evening promises: every act once, and what it counts for reaches both ledgers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import SmallCourt, add_court
from tests.fixtures.sittings import add_sitting
from tests.fixtures.writers import at_once
from youthcourt.courts.domain import SanctionKind
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.domain.keys import seat_key
from youthcourt.jury.domain.states import CheckInMethod, SeatSource, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.services import attendance as acts
from youthcourt.jury.services import evening as closing
from youthcourt.jury.services.correcting import correct_attendance
from youthcourt.people.models import Training
from youthcourt.people.services import add_person
from youthcourt.sentences.domain import AttendanceOutcome, ServiceState
from youthcourt.sentences.models import ServiceRecord
from youthcourt.sentences.services import book_service

DAY = date(2026, 3, 7)
START = datetime(2026, 3, 7, 14, 30, tzinfo=UTC)  # 9:30 in New York, winter time
END = datetime(2026, 3, 7, 17, 30, tzinfo=UTC)
BEFORE = START - timedelta(minutes=10)
AFTER = END + timedelta(minutes=20)


@dataclass
class Night:
    """One evening of a court with one room."""

    session: Session
    court: SmallCourt
    id: uuid.UUID
    sitting_id: uuid.UUID
    places: int = 0

    @property
    def hand(self) -> Any:
        return {"actor": self.court.actor, "now": BEFORE}

    def person(self, name: str = "Ada") -> uuid.UUID:
        return add_person(
            self.session,
            given_names=name,
            family_name="Okafor",
            birth_date=date(2010, 1, 1),
            actor=self.court.actor,
            now=START - timedelta(days=9),
        ).id

    def seated(self, name: str = "Ada") -> uuid.UUID:
        """Return somebody with a published seat and its booking."""
        person_id = self.person(name)
        self.places += 1
        seat = Seat(
            session_id=self.id,
            sitting_id=self.sitting_id,
            person_id=person_id,
            position=self.places,
            state=SeatState.PUBLISHED,
            source=SeatSource.DRAW,
            made_at=START - timedelta(days=5),
        )
        self.session.add(seat)
        self.session.flush()
        book_service(
            self.session,
            person_id=person_id,
            kind=SanctionKind.JURY,
            sessions=1,
            minutes=180,
            served_on=DAY,
            source_key=seat_key(seat.id),
            actor=self.court.actor,
            now=START - timedelta(days=5),
        )
        return person_id

    def here(self, person_id: uuid.UUID, *, now: datetime = BEFORE) -> Attendance:
        return acts.check_in(
            self.session,
            session_id=self.id,
            person_id=person_id,
            actor=self.court.actor,
            now=now,
        )

    def mark(self, person_id: uuid.UUID, outcome: AttendanceOutcome, *, now=AFTER, at=None):
        return acts.mark_attendance(
            self.session,
            session_id=self.id,
            person_id=person_id,
            outcome=outcome,
            at=at,
            actor=self.court.actor,
            now=now,
        )

    def confirm(self):
        return closing.confirm_evening(
            self.session, session_id=self.id, actor=self.court.actor, now=AFTER
        )

    def service_of(self, person_id: uuid.UUID) -> list[tuple[ServiceState, int, int]]:
        rows = self.session.scalars(
            sa.select(ServiceRecord)
            .where(ServiceRecord.person_id == person_id)
            .order_by(ServiceRecord.recorded_at, ServiceRecord.id)
        )
        return [(row.state, row.sessions, row.minutes) for row in rows]


def make_night(
    session: Session, court: SmallCourt, kind: CourtSessionKind = CourtSessionKind.HEARING
) -> Night:
    """Add an evening with one room."""
    evening = CourtSession(
        kind=kind,
        held_on=DAY,
        starts_at=time(9, 30),
        ends_at=time(12, 30),
        created_at=START - timedelta(days=30),
    )
    session.add(evening)
    session.flush()
    sitting = add_sitting(session, evening.id, quorum=2, panel_target=4)
    return Night(session=session, court=court, id=evening.id, sitting_id=sitting.id)


@pytest.fixture
def night(session: Session, court: SmallCourt) -> Night:
    """An evening of the DC court."""
    return make_night(session, court)


def test_two_taps_are_one_check_in(night: Night) -> None:
    """The second tap changes nothing, whenever it comes."""
    ada = night.seated()
    first = night.here(ada)
    second = night.here(ada, now=START + timedelta(minutes=40))
    assert first.id == second.id
    assert (second.outcome, second.checked_in_at) == (AttendanceOutcome.PRESENT, BEFORE)
    assert second.sitting_id == night.sitting_id


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [(0, AttendanceOutcome.PRESENT), (10, AttendanceOutcome.PRESENT), (11, AttendanceOutcome.LATE)],
)
def test_the_clock_tells_who_is_late(night: Night, minutes: int, outcome) -> None:
    """The minute in which the grace ends is still in time (10 minutes in this court)."""
    assert night.here(night.seated(), now=START + timedelta(minutes=minutes)).outcome is outcome


def test_what_is_entered_the_next_day_is_on_time(night: Night) -> None:
    """A list on paper that is typed in later does not make anybody late."""
    row = night.here(night.seated(), now=START + timedelta(days=1))
    assert (row.outcome, row.checked_in_at) == (AttendanceOutcome.PRESENT, START)


def test_nothing_can_be_noted_before_the_day(night: Night) -> None:
    """A session that is still to come has no attendance."""
    with pytest.raises(CourtRuleBroken, match="evening_still_to_come"):
        night.here(night.seated(), now=START - timedelta(days=2))


def test_a_wrong_tap_is_taken_back(night: Night) -> None:
    """After that nobody has said anything; without a word the person is absent."""
    ada = night.seated()
    row = night.here(ada)
    acts.tick_oath(night.session, attendance_id=row.id, given=True, **night.hand)
    acts.undo_check_in(night.session, attendance_id=row.id, **night.hand)
    assert (row.outcome, row.checked_in_at, row.oath_at, row.method) == (None,) * 4
    night.confirm()
    assert row.outcome is AttendanceOutcome.ABSENT
    assert night.service_of(ada) == [(ServiceState.DENIED, 1, 180)]


def test_the_promise_is_of_who_is_here(night: Night) -> None:
    """It can be ticked for one and for all who are here, and taken back."""
    ada, ben, cem = (night.seated(name) for name in ("Ada", "Ben", "Cem"))
    rows = [night.here(ada), night.here(ben)]
    away = night.mark(cem, AttendanceOutcome.EXCUSED, now=BEFORE)
    with pytest.raises(CourtRuleBroken, match="not_here_yet"):
        acts.tick_oath(night.session, attendance_id=away.id, given=True, **night.hand)
    every: dict[str, Any] = {"session_id": night.id, **night.hand}
    assert acts.tick_oath_of_all(night.session, **every) == 2
    assert acts.tick_oath_of_all(night.session, **every) == 0
    assert all(row.oath_at for row in rows)
    acts.tick_oath(night.session, attendance_id=rows[0].id, given=False, **night.hand)
    assert rows[0].oath_at is None


def test_times_must_be_of_the_evening(night: Night) -> None:
    """A time after now or outside the planned time is refused."""
    ada = night.seated()
    night.here(ada)
    early = AttendanceOutcome.LEFT_EARLY
    with pytest.raises(CourtRuleBroken, match="time_still_to_come"):
        night.mark(ada, early, now=START, at=START + timedelta(hours=1))
    with pytest.raises(CourtRuleBroken, match="time_outside_evening"):
        night.mark(ada, early, at=START - timedelta(hours=1))


@pytest.mark.parametrize(
    ("outcome", "at", "posted"),
    [
        (AttendanceOutcome.PRESENT, None, (1, 180)),
        (AttendanceOutcome.LATE, START + timedelta(minutes=30), (1, 150)),
        (AttendanceOutcome.LATE, START + timedelta(minutes=100), (0, 80)),
        (AttendanceOutcome.LEFT_EARLY, START + timedelta(minutes=120), (1, 120)),
        (AttendanceOutcome.SENT_HOME, START + timedelta(minutes=60), None),
        (AttendanceOutcome.TURNED_AWAY, None, (1, 180)),
        (AttendanceOutcome.ABSENT, None, None),
        (AttendanceOutcome.EXCUSED, None, None),
    ],
)
def test_each_outcome_counts_as_the_policy_says(night: Night, outcome, at, posted) -> None:
    """Service and credits agree to the minute (DC: time served; turned away counts in full)."""
    ada = night.seated()
    night.here(ada)
    if outcome is not AttendanceOutcome.PRESENT:
        night.mark(ada, outcome, at=at)
    night.confirm()
    state = ServiceState.CONFIRMED if posted else ServiceState.DENIED
    assert night.service_of(ada) == [(state, *(posted or (1, 180)))]
    assert balance_of(night.session, person_id=ada) == (posted[1] if posted else 0)
    assert verify_credits(night.session) == ()


def test_a_stopped_clock_waits_for_the_next_session(session: Session) -> None:
    """Where the policy says so, being turned away counts nothing and costs no time."""
    court = add_court(session, "fl-charlotte", "Pine")
    set_court(session, court.id)
    night = make_night(session, court)
    ada = night.seated()
    night.here(ada)
    night.mark(ada, AttendanceOutcome.TURNED_AWAY)
    (counted,) = night.confirm()
    assert counted.effect.stops_clock
    assert night.service_of(ada) == [(ServiceState.DENIED, 1, 180)]


def test_who_came_without_a_seat_counts_too(night: Night) -> None:
    """There is no booking: the attendance itself is the source."""
    ada = night.person()
    night.here(ada)
    night.confirm()
    assert night.service_of(ada) == [(ServiceState.CONFIRMED, 1, 180)]
    assert balance_of(night.session, person_id=ada) == 180


def test_a_confirmed_evening_is_posted_once_and_closed(night: Night) -> None:
    """Confirming again posts nothing; no act of the evening is possible any more."""
    ada = night.seated()
    night.here(ada)
    assert len(night.confirm()) == 1
    assert night.confirm() is None
    assert balance_of(night.session, person_id=ada) == 180
    state = night.session.get_one(CourtSession, night.id).state
    assert state is CourtSessionState.CONFIRMED
    with pytest.raises(CourtRuleBroken, match="evening_confirmed_already"):
        night.mark(ada, AttendanceOutcome.ABSENT)


def test_who_stood_by_and_was_not_called_is_not_absent(night: Night) -> None:
    """Nothing is said of a reserve who did not come; one who came is counted."""
    ada, ben = night.seated("Ada"), night.seated("Ben")
    night.session.execute(sa.update(Seat).values(role="reserve", position=Seat.position))
    night.here(ben)
    counted = night.confirm()
    assert [one.attendance.person_id for one in counted] == [ben]
    assert balance_of(night.session, person_id=ada) == 0


def test_a_correction_reverses_and_posts_anew(night: Night) -> None:
    """Nothing is edited: the first piece is reversed, the second says what is right."""
    ada = night.seated()
    night.here(ada)
    night.confirm()
    correct: dict[str, Any] = {
        "session_id": night.id,
        "person_id": ada,
        "outcome": AttendanceOutcome.LEFT_EARLY,
        "came_at": START,
        "left_at": START + timedelta(minutes=100),
        "reason": "entered_by_mistake",
        "actor": night.court.actor,
        "now": AFTER + timedelta(hours=1),
    }
    correct_attendance(night.session, **correct)
    assert sorted(night.service_of(ada)) == sorted(
        [(ServiceState.REVERSED, 1, 180), (ServiceState.CONFIRMED, 1, 100)]
    )
    assert balance_of(night.session, person_id=ada) == 100
    correct_attendance(
        night.session,
        **{**correct, "outcome": AttendanceOutcome.ABSENT, "came_at": None, "left_at": None},
    )
    assert balance_of(night.session, person_id=ada) == 0
    assert verify_credits(night.session) == ()


def test_a_training_makes_a_juror(session: Session, court: SmallCourt) -> None:
    """Who came is trained from then on; here the training counts as a session too."""
    night = make_night(session, court, CourtSessionKind.TRAINING)
    ada, ben = night.seated("Ada"), night.seated("Ben")
    night.here(ada)
    night.confirm()
    trained = set(session.scalars(sa.select(Training.person_id)))
    assert trained == {ada}
    assert night.service_of(ada) == [(ServiceState.CONFIRMED, 1, 180)]
    assert night.service_of(ben) == [(ServiceState.DENIED, 1, 180)]


def test_another_courts_evening_is_not_there(night: Night, session: Session) -> None:
    """Neither the evening nor one of its rows can be reached from another court."""
    row = night.here(night.seated())
    session.flush()
    other = add_court(session, name="Oak")
    set_court(session, other.id)
    with pytest.raises(NotFound):
        acts.check_in(
            session, session_id=night.id, person_id=row.person_id, actor=other.actor, now=BEFORE
        )
    session.expire_all()
    with pytest.raises(NotFound):
        acts.tick_oath(session, attendance_id=row.id, given=True, actor=other.actor, now=BEFORE)


def test_two_tablets_at_once_make_one_row_and_one_posting(app, night: Night) -> None:
    """Six check-ins and six confirmations at the same moment: one of each."""
    ada = night.seated()
    session, actor = night.session, night.court.actor
    session.commit()
    at_once(
        app,
        night.court.id,
        6
        * [
            lambda s: (
                acts.check_in(
                    s,
                    session_id=night.id,
                    person_id=ada,
                    method=CheckInMethod.TAP,
                    actor=actor,
                    now=BEFORE,
                ).id
            )
        ],
    )
    confirmed = at_once(
        app,
        night.court.id,
        6
        * [
            lambda s: (
                closing.confirm_evening(s, session_id=night.id, actor=actor, now=AFTER) is None
            )
        ],
    )
    assert sorted(map(str, confirmed)) == ["False"] + ["True"] * 5
    session.expire_all()
    assert session.scalar(sa.select(sa.func.count()).select_from(Attendance)) == 1
    assert balance_of(session, person_id=ada) == 180
    assert verify_credits(session) == ()
