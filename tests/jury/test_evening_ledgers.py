"""What an evening counts for reaches what is owed and the credits alike, also when put right."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import SmallCourt
from tests.fixtures.writers import at_once
from tests.jury.test_evening import AFTER, DAY, END, START, Night, make_night
from tests.sentences.conftest import DUE_ON, Bench
from youthcourt.audit.models import AuditEntry
from youthcourt.courts.domain import Effect
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.jury.domain.states import CheckInMethod, SeatState
from youthcourt.jury.models import Attendance, Seat
from youthcourt.jury.services import attendance as acts
from youthcourt.jury.services.correcting import correct_attendance
from youthcourt.people.models import Training
from youthcourt.sentences.domain import AttendanceOutcome, ServiceState
from youthcourt.sentences.models import Sanction, ServiceRecord
from youthcourt.sentences.services import deny_service

LATE, EARLY = AttendanceOutcome.LATE, AttendanceOutcome.LEFT_EARLY
HOME, AWAY = AttendanceOutcome.SENT_HOME, AttendanceOutcome.TURNED_AWAY
MORNING_AFTER = AFTER + timedelta(hours=20)


@pytest.fixture
def night(session: Session, court: SmallCourt) -> Night:
    """An evening of the DC court."""
    return make_night(session, court)


@pytest.fixture
def bench(session: Session, court: SmallCourt) -> Bench:
    """The bench of the same court."""
    return Bench(session=session, court=court)


def owing(night: Night, bench: Bench, name: str = "Ada", sessions: int = 7) -> Any:
    """Return somebody with a seat who owes sessions, and what they owe."""
    person_id = night.seated(name)
    return person_id, bench.owes(person_id, sessions)


def stands(night: Night, bench: Bench, owed: Sanction) -> tuple[int, int, date | None]:
    """Return confirmed sessions, minutes of credit and the last day; the ledgers must agree."""
    assert verify_credits(night.session) == ()
    item = bench.item(owed)
    assert item.required == item.confirmed + item.pending + item.booked + item.to_book
    return item.confirmed, balance_of(night.session, person_id=owed.person_id), item.due_on


# Each outcome, each effect -------------------------------------------------------------------


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize(
    ("outcome", "at", "as_served"),
    [
        (LATE, START + timedelta(minutes=30), (1, 150)),
        (EARLY, START + timedelta(minutes=80), (0, 80)),
        (HOME, START + timedelta(minutes=120), (1, 120)),
        (AWAY, None, (0, 0)),
    ],
)
def test_outcome_and_effect_reach_both_ledgers(
    night: Night, bench: Bench, effect: Effect, outcome, at, as_served
) -> None:
    """Whole, as served, nothing, or the clock stops: what is owed and the credits say the same."""
    bench.policy(DAY, counting={outcome.value: effect.value})
    ada, owed = owing(night, bench)
    night.here(ada)
    night.mark(ada, outcome, at=at)
    night.confirm()
    sessions, minutes = {
        Effect.FULL: (1, 180),
        Effect.AS_SERVED: as_served,
        Effect.NONE: (0, 0),
        Effect.STOPS_CLOCK: (0, 0),
    }[effect]
    days = 7 if effect is Effect.STOPS_CLOCK else 0
    assert stands(night, bench, owed) == (sessions, minutes, DUE_ON + timedelta(days=days))
    state = ServiceState.CONFIRMED if minutes else ServiceState.DENIED
    assert night.service_of(ada)[0][0] is state
    assert bench.item(owed).booked == 0


def test_the_clock_stops_until_the_next_session(night: Night, bench: Bench) -> None:
    """Fourteen days to the next one: fourteen more days to finish."""
    bench.policy(DAY, counting={"turned_away": "stops_clock"})
    bench.evening(DAY + timedelta(days=14))
    ada, owed = owing(night, bench)
    night.here(ada)
    night.mark(ada, AWAY)
    night.confirm()
    assert stands(night, bench, owed) == (0, 0, DUE_ON + timedelta(days=14))


def test_what_is_beyond_the_sentence_still_earns(night: Night, bench: Bench) -> None:
    """Who owes nothing any more gives the evening of their own accord."""
    ada, owed = owing(night, bench, sessions=1)
    bench.serve(ada, DAY - timedelta(days=14))
    night.here(ada)
    night.confirm()
    assert stands(night, bench, owed) == (1, 360, DUE_ON)


def test_a_denied_booking_of_somebody_who_came_counts_again(night: Night, bench: Bench) -> None:
    """Staff had let the booking fall; that she came is what counts."""
    ada, owed = owing(night, bench)
    (record,) = night.session.scalars(sa.select(ServiceRecord)).all()
    deny_service(night.session, service_id=record.id, reason="other", **night.hand)
    night.here(ada)
    night.confirm()
    assert stands(night, bench, owed)[:2] == (1, 180)


def test_a_seat_nobody_was_told_of_makes_nobody_absent(night: Night, bench: Bench) -> None:
    """It is given back with its booking; the person has no entry."""
    ada, owed = owing(night, bench)
    seat = night.session.scalars(sa.select(Seat)).one()
    seat.state = SeatState.PROPOSED
    night.confirm()
    assert seat.state is SeatState.RELEASED
    assert night.session.scalars(sa.select(Attendance)).all() == []
    assert bench.item(owed).booked == 0
    assert night.service_of(ada) == [(ServiceState.DENIED, 1, 180)]


def test_why_a_booking_counts_nothing_is_kept(night: Night, session: Session) -> None:
    """Not there, excused, or nothing that counts was served."""
    for name, outcome in (("Ada", None), ("Ben", AttendanceOutcome.EXCUSED), ("Cem", HOME)):
        person_id = night.seated(name)
        if outcome is not None:
            night.mark(person_id, outcome, now=START)
    night.confirm()
    rows = session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "service_denied"))
    assert sorted(row.params["reason"] for row in rows) == ["excused", "not_served", "not_there"]


# Times ---------------------------------------------------------------------------------------


def test_late_needs_a_time_when_the_clock_says_otherwise(night: Night) -> None:
    """Checked in on time and called late: say when they came; now is enough while it runs."""
    ada, ben = night.seated("Ada"), night.seated("Ben")
    night.here(ada)
    with pytest.raises(CourtRuleBroken, match="arrival_time_needed"):
        night.mark(ada, LATE)
    row = night.mark(ben, LATE, now=START + timedelta(minutes=25))
    assert row.checked_in_at == START + timedelta(minutes=25)
    assert night.mark(ada, LATE, at=START + timedelta(minutes=40)).outcome is LATE


def test_leaving_needs_a_time_after_the_end_and_one_after_coming(night: Night) -> None:
    """Afterwards nobody knows what now means; nobody leaves before they came."""
    ada = night.seated("Ada")
    night.here(ada, now=START + timedelta(minutes=30))
    with pytest.raises(CourtRuleBroken, match="leaving_time_needed"):
        night.mark(ada, EARLY)
    with pytest.raises(CourtRuleBroken, match="left_before_coming"):
        night.mark(ada, EARLY, at=START + timedelta(minutes=10))


def test_leaving_is_noted_once_and_before_the_end_it_is_early(night: Night) -> None:
    """The second tap changes nothing; after the end the planned end is the time."""
    rows = [night.here(night.seated(name)) for name in ("Ada", "Ben")]
    leave: dict[str, Any] = {"attendance_id": rows[0].id, "actor": night.court.actor}
    for minutes in (60, 90):
        acts.check_out(night.session, now=START + timedelta(minutes=minutes), **leave)
    assert (rows[0].outcome, rows[0].left_at) == (EARLY, START + timedelta(minutes=60))
    acts.check_out(night.session, **{**leave, "attendance_id": rows[1].id}, now=AFTER)
    assert (rows[1].outcome, rows[1].left_at) == (AttendanceOutcome.PRESENT, END)


def test_what_another_tablet_wrote_is_not_taken_back(night: Night) -> None:
    """A page that shows an older state may neither undo nor overwrite."""
    ada = night.seated("Ada")
    shown = night.here(ada).version_id
    night.mark(ada, HOME, now=START + timedelta(minutes=20))
    row = night.session.scalars(sa.select(Attendance)).one()
    with pytest.raises(Stale):
        acts.undo_check_in(night.session, attendance_id=row.id, version=shown, **night.hand)
    with pytest.raises(Stale):
        acts.mark_attendance(
            night.session,
            session_id=night.id,
            person_id=ada,
            outcome=AttendanceOutcome.EXCUSED,
            version=shown,
            **night.hand,
        )
    assert row.outcome is HOME


# Corrections ---------------------------------------------------------------------------------


def correct(night: Night, person_id: uuid.UUID, outcome: AttendanceOutcome, **given: Any) -> Any:
    """Correct somebody's evening the morning after."""
    values: dict[str, Any] = {
        "session_id": night.id,
        "person_id": person_id,
        "outcome": outcome,
        "reason": "wrong_time",
        "actor": night.court.actor,
        "now": MORNING_AFTER,
        **given,
    }
    return correct_attendance(night.session, **values)


def test_absent_was_wrong(night: Night, bench: Bench) -> None:
    """The denied booking is brought back and confirmed; undone and redone, it never doubles."""
    ada, owed = owing(night, bench)
    night.confirm()
    assert stands(night, bench, owed)[:2] == (0, 0)
    present, absent = AttendanceOutcome.PRESENT, AttendanceOutcome.ABSENT
    for outcome, expected in ((present, (1, 180)), (absent, (0, 0)), (present, (1, 180))):
        correct(night, ada, outcome)
        assert stands(night, bench, owed)[:2] == expected
    states = [state for state, *_rest in night.service_of(ada)]
    assert sorted(states) == [ServiceState.CONFIRMED, ServiceState.REVERSED]


def test_the_same_correction_twice_is_one_and_an_old_page_is_told(
    night: Night, bench: Bench
) -> None:
    """The second press posts nothing; a page from before the first is refused."""
    ada, owed = owing(night, bench)
    shown = night.here(ada).version_id
    night.confirm()
    shown = night.session.scalars(sa.select(Attendance)).one().version_id
    left = {"left_at": START + timedelta(minutes=100), "version": shown}
    for _press in range(2):
        correct(night, ada, EARLY, **left)
    assert stands(night, bench, owed)[:2] == (1, 100)
    assert len(night.service_of(ada)) == 2
    with pytest.raises(Stale):
        correct(night, ada, AttendanceOutcome.ABSENT, version=shown)
    with pytest.raises(CourtRuleBroken, match="leaving_time_needed"):
        correct(night, night.person("Zoe"), HOME)


def test_somebody_forgotten_is_added(night: Night, bench: Bench) -> None:
    """Nobody wrote down that she came: she gets an entry, and it counts like any other."""
    ada = night.person("Ada")
    owed = bench.owes(ada, 7)
    night.confirm()
    done = correct(night, ada, AttendanceOutcome.PRESENT, version=0)
    assert done.attendance.method is CheckInMethod.PAPER
    assert done.attendance.confirmed_at == MORNING_AFTER
    assert stands(night, bench, owed)[:2] == (1, 180)


def test_days_given_back_stay_and_are_told(night: Night, bench: Bench) -> None:
    """The clock is not wound back by itself; the coordinator learns of it."""
    bench.policy(DAY, counting={"turned_away": "stops_clock"})
    ada, owed = owing(night, bench)
    night.here(ada)
    night.mark(ada, AWAY)
    night.confirm()
    done = correct(night, ada, AttendanceOutcome.PRESENT)
    assert done.clock_stays
    assert stands(night, bench, owed) == (1, 180, DUE_ON + timedelta(days=7))
    assert not correct(night, ada, AttendanceOutcome.EXCUSED).clock_stays


def test_a_training_that_was_not_finished_is_no_training(
    session: Session, court: SmallCourt
) -> None:
    """Corrected to not there, it is off the record; put right again, it is back."""
    night = make_night(session, court, CourtSessionKind.TRAINING)
    ada = night.seated("Ada")
    night.here(ada)
    night.confirm()
    query = sa.select(sa.func.count()).select_from(Training)
    for outcome, count in (
        (AttendanceOutcome.ABSENT, 0),
        (AttendanceOutcome.PRESENT, 1),
        (AttendanceOutcome.PRESENT, 1),
    ):
        correct(night, ada, outcome)
        assert session.scalar(query) == count


def test_nothing_is_corrected_before_it_is_confirmed(night: Night) -> None:
    """Until then it is changed at the door."""
    ada = night.seated("Ada")
    with pytest.raises(CourtRuleBroken, match="evening_not_confirmed"):
        correct(night, ada, AttendanceOutcome.PRESENT)


def test_two_corrections_at_once_are_one(app, night: Night, bench: Bench) -> None:
    """Pressed on two screens in one moment: one is made, the other learns of it or does nothing."""
    ada, owed = owing(night, bench)
    night.here(ada)
    night.confirm()
    shown = night.session.scalars(sa.select(Attendance)).one().version_id
    night.session.commit()

    def act(session: Session) -> object:
        one = Night(session=session, court=night.court, id=night.id, sitting_id=night.sitting_id)
        left = {"left_at": START + timedelta(minutes=90), "version": shown}
        return correct(one, ada, EARLY, **left).effect.minutes

    found = at_once(app, night.court.id, 6 * [act])
    assert set(found) == {90}
    night.session.expire_all()
    assert stands(night, bench, owed)[:2] == (1, 90)
    assert len(night.service_of(ada)) == 2


def test_check_ins_while_the_evening_is_confirmed_are_in_or_refused(app, night: Night) -> None:
    """Whoever is in before the confirmation counts; whoever is after it is told."""
    people = [night.person(f"Name{number}") for number in range(5)]
    night.session.commit()
    turn = iter(range(6))

    def act(session: Session) -> object:
        one = Night(session=session, court=night.court, id=night.id, sitting_id=night.sitting_id)
        number = next(turn)
        if number == 2:
            return one.confirm() is not None
        return one.here(people[min(number, 4)], now=AFTER).id

    found = at_once(app, night.court.id, 6 * [act])
    night.session.expire_all()
    rows = night.session.scalars(sa.select(Attendance)).all()
    refused = found.count("evening_confirmed_already")
    assert True in found
    assert len(rows) >= 5 - refused - 1
    assert all(row.confirmed_at for row in rows)
    for row in rows:
        assert balance_of(night.session, person_id=row.person_id) == 180
    assert verify_credits(night.session) == ()
