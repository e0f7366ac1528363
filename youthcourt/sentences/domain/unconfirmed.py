"""What a day counts for as long as the office has not confirmed it: the one rule.

Every page reads it: figures through ``progress_of``, single days through ``service_lines`` and
``own_service``, and whoever plans through what is still to book.

================================  ==========================================================
The session                       The day
================================  ==========================================================
is not over                       is booked, whatever the door has written: a wrong tap is
                                  taken back, who was missing may still come, and the phone
                                  shows the session up to its planned end
is over, and nobody said how it   waits, with what was booked: the office has still to say
went
is over, and will count           waits, with what confirming would post: whoever left early
                                  may bring less than was booked
is over, and will count nothing   holds no place: excused, absent, turned away or sent home.
                                  It is to be booked again, and who plans has to see that
                                  today, not on the day somebody presses the button
is over, and they were never      holds no place: confirming gives such a seat back
told of their seat
================================  ==========================================================

Over is the planned end, not midnight: from then on the evening can be confirmed, and the phone
does not name it any more.  So what is booked is always a day ahead, and
``required = confirmed + pending + booked + to_book`` says the same wherever it is read.  Service
of no evening, such as hours booked at a site, is over when its day is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from youthcourt.sentences.domain.attendance import CountingValues, Evening, attendance_effect
from youthcourt.sentences.domain.kinds import AttendanceOutcome, ServiceState


@dataclass(frozen=True, kw_only=True, slots=True)
class UnconfirmedDay:
    """One person's part in a session that is not confirmed, as the door wrote it down.

    ``source_key`` is that of the service their seat has booked; without one they came, or were
    turned away, without a booking.  ``told`` says whether they were told of the seat.
    """

    person_id: UUID
    session_id: UUID
    source_key: str | None
    held_on: date
    evening: Evening
    is_training: bool = False
    told: bool = True
    outcome: AttendanceOutcome | None = None

    def over(self, now: datetime) -> bool:
        """Return whether the session has reached its planned end."""
        return self.evening.ends_at <= now


@dataclass(frozen=True, kw_only=True, slots=True)
class DayStanding:
    """Where a day stands: booked, waiting, or for nothing (denied), and how much of it.

    ``said`` is how it went, as far as anybody said so.
    """

    state: ServiceState
    sessions: int = 0
    minutes: int = 0
    said: AttendanceOutcome | None = None

    @property
    def holds_place(self) -> bool:
        """Return whether the day takes anything off what is still to book."""
        return self.state is not ServiceState.DENIED


NO_PLACE = DayStanding(state=ServiceState.DENIED)


def standing_of_day(
    day: UnconfirmedDay, counting: CountingValues, *, sessions: int, minutes: int, now: datetime
) -> DayStanding:
    """Return where a day of a session stands; ``sessions`` and ``minutes`` are what was booked."""
    if not day.over(now):
        return _booked(ServiceState.BOOKED, sessions, minutes)
    if day.outcome is None:
        return _booked(ServiceState.PENDING, sessions, minutes) if day.told else NO_PLACE
    effect = attendance_effect(day.outcome, counting, day.evening, is_training=day.is_training)
    counts = bool(effect.sessions or effect.minutes)
    return DayStanding(
        state=ServiceState.PENDING if counts else ServiceState.DENIED,
        sessions=effect.sessions,
        minutes=effect.minutes,
        said=day.outcome,
    )


def standing_without_evening(
    served_on: date, *, sessions: int, minutes: int, today: date
) -> DayStanding:
    """Return where booked service stands that belongs to no session."""
    state = ServiceState.PENDING if served_on < today else ServiceState.BOOKED
    return _booked(state, sessions, minutes)


def _booked(state: ServiceState, sessions: int, minutes: int) -> DayStanding:
    """Return the day with just what was booked; what was never booked holds no place."""
    if not sessions and not minutes:
        return NO_PLACE
    return DayStanding(state=state, sessions=sessions, minutes=minutes)
