"""Planned wall times and the instants they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain.kinds import ClockChange

EARLIEST = date(2000, 1, 1)
FURTHEST = timedelta(days=5 * 366)
LONGEST_NIGHT = timedelta(hours=12)


def check_planned_day(day: date, *, today: date, field: str) -> None:
    """Raise ``CourtRuleBroken`` for a day that can only be a slip in the year."""
    if day < EARLIEST:
        raise CourtRuleBroken("day_too_long_ago", field, earliest=EARLIEST)
    if day > today + FURTHEST:
        raise CourtRuleBroken("day_too_far", field, latest=today + FURTHEST)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedSpan:
    """From when to when in UTC; ``clock_change`` where the clocks touch a planned time."""

    starts_at: datetime
    ends_at: datetime
    clock_change: ClockChange | None = None

    @property
    def minutes(self) -> int:
        """Return how long it really lasts."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))


def instant_of(on: date, at: time, zone: str) -> datetime:
    """Return the UTC instant of a wall time in an IANA zone.

    As in RFC 5545 (3.3.5): a time that does not exist is read with the offset before the
    clocks went forward, a time that comes twice is the first of both.
    """
    return datetime.combine(on, at, ZoneInfo(zone)).replace(fold=0).astimezone(UTC)


def clock_change(on: date, at: time, zone: str) -> ClockChange | None:
    """Return whether the wall time does not exist on that day, or comes twice."""
    local = datetime.combine(on, at, ZoneInfo(zone)).replace(fold=0)
    back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    if back.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None):
        return ClockChange.SKIPPED
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return ClockChange.REPEATED
    return None


def planned_span(on: date, starts_at: time, ends_at: time, zone: str) -> PlannedSpan:
    """Return the instants of a session; an end not after the start is on the next day.

    Raises ``CourtRuleBroken`` where the clocks leave nothing of the session.
    """
    last = on if ends_at > starts_at else on + timedelta(days=1)
    start, end = instant_of(on, starts_at, zone), instant_of(last, ends_at, zone)
    if end <= start:
        raise CourtRuleBroken("clocks_skip_session", "ends_at", on=on)
    change = clock_change(on, starts_at, zone) or clock_change(last, ends_at, zone)
    return PlannedSpan(starts_at=start, ends_at=end, clock_change=change)


def check_times(starts_at: time, ends_at: time) -> None:
    """Raise ``CourtRuleBroken`` for an end before the start, unless a night lies between them."""
    if ends_at > starts_at:
        return
    night = datetime.combine(EARLIEST + timedelta(days=1), ends_at) - datetime.combine(
        EARLIEST, starts_at
    )
    if night > LONGEST_NIGHT:
        raise CourtRuleBroken("night_too_long", "ends_at", starts_at=starts_at, ends_at=ends_at)


def overlap(one: PlannedSpan, other: PlannedSpan) -> bool:
    """Return whether both share more than an endpoint."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
