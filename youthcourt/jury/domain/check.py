"""An independent check of seats: written from the rules, not from the draw.

It shares the shapes with the draw and nothing else, so that a mistake in one shows in the
other.  Staff who change a panel by hand are told by it what a change would break.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.jury.domain.shapes import (
    DrawRules,
    HearingParty,
    JurorProfile,
    Params,
    ReasonCode,
    Seat,
    Sitting,
)


class PanelFault(StrEnum):
    """What can be wrong with a panel as such."""

    PANEL_FULL = "panel_full"
    SEATED_TWICE = "seated_twice"
    POSITION_TWICE = "position_twice"
    TWO_FOREPERSONS = "two_forepersons"
    UNKNOWN_SEAT = "unknown_seat"


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """A rule that seats break, with the sitting and, where one is concerned, the person."""

    code: ReasonCode | PanelFault
    sitting_id: UUID
    person_id: UUID | None = None
    params: Params = ()


def check_seats(
    seats: Sequence[Seat],
    *,
    sittings: Sequence[Sitting],
    jurors: Sequence[JurorProfile],
    rules: DrawRules,
) -> list[Violation]:
    """Return every hard rule that the seats break, in the order of the seats."""
    rooms = {sitting.id: sitting for sitting in sittings}
    people = {juror.person_id: juror for juror in jurors}
    known: list[Seat] = []
    found: list[Violation] = []
    for seat in seats:
        if seat.sitting_id in rooms and seat.person_id in people:
            known.append(seat)
        else:
            fault = PanelFault.UNKNOWN_SEAT
            found.append(
                Violation(code=fault, sitting_id=seat.sitting_id, person_id=seat.person_id)
            )
    panels, places = _by_sitting(known), _by_person(known, rooms)
    for sitting in sittings:
        here = panels.get(sitting.id, [])
        found += _panel(sitting, here)
        found += _stepping_aside(sitting, [people[seat.person_id] for seat in here], rules)
    cases = [room for room in sittings if room.hearings]
    company = _company(jurors) if rules.travel_together else {}
    for seat in known:
        juror, room = people[seat.person_id], rooms[seat.sitting_id]
        codes = [
            *_person(juror, room, rules),
            *_parties(juror, room, cases, rules),
            *_diary(juror, room, places[seat.person_id], rooms, rules),
            *_alone(room, company.get(seat.person_id, set()), places),
        ]
        found += [
            Violation(code=code, sitting_id=seat.sitting_id, person_id=seat.person_id)
            for code in dict.fromkeys(codes)
        ]
    return found


def _by_sitting(seats: Iterable[Seat]) -> dict[UUID, list[Seat]]:
    found: dict[UUID, list[Seat]] = {}
    for seat in seats:
        found.setdefault(seat.sitting_id, []).append(seat)
    return found


def _by_person(seats: Iterable[Seat], rooms: Mapping[UUID, Sitting]) -> dict[UUID, list[Sitting]]:
    found: dict[UUID, list[Sitting]] = {}
    for seat in seats:
        found.setdefault(seat.person_id, []).append(rooms[seat.sitting_id])
    return found


def _company(jurors: Sequence[JurorProfile]) -> dict[UUID, set[UUID]]:
    """Return for each person with whom they come, whoever of the two has said so."""
    pool = {juror.person_id for juror in jurors}
    found: dict[UUID, set[UUID]] = {}
    for juror in jurors:
        for friend in juror.travels_with & pool:
            found.setdefault(juror.person_id, set()).add(friend)
            found.setdefault(friend, set()).add(juror.person_id)
    return found


def _alone(
    sitting: Sitting, friends: Iterable[UUID], places: Mapping[UUID, Sequence[Sitting]]
) -> Iterable[ReasonCode]:
    for friend in friends:
        there = [(room.starts_at, room.ends_at) for room in places.get(friend, ())]
        if (sitting.starts_at, sitting.ends_at) not in there:
            yield ReasonCode.TRAVELS_TOGETHER


def _panel(sitting: Sitting, seats: Sequence[Seat]) -> Iterable[Violation]:
    if len(seats) > sitting.maximum:
        yield Violation(
            code=PanelFault.PANEL_FULL,
            sitting_id=sitting.id,
            params=(("limit", sitting.maximum), ("seated", len(seats))),
        )
    for person, times in Counter(seat.person_id for seat in seats).items():
        if times > 1:
            yield Violation(code=PanelFault.SEATED_TWICE, sitting_id=sitting.id, person_id=person)
    for position, times in Counter(seat.position for seat in seats).items():
        if times > 1:
            yield Violation(
                code=PanelFault.POSITION_TWICE,
                sitting_id=sitting.id,
                params=(("position", position),),
            )
    if sum(seat.foreperson for seat in seats) > 1:
        yield Violation(code=PanelFault.TWO_FOREPERSONS, sitting_id=sitting.id)


def _day(instant: datetime, rules: DrawRules) -> date:
    return instant.astimezone(ZoneInfo(rules.zone)).date()


def _person(juror: JurorProfile, sitting: Sitting, rules: DrawRules) -> Iterable[ReasonCode]:
    if not juror.on_list:
        yield ReasonCode.OFF_LIST
    if juror.suspended:
        yield ReasonCode.SUSPENDED
    if rules.training_required and not juror.trained:
        yield ReasonCode.NOT_TRAINED
    if rules.standing_oath_required and not juror.standing_oath:
        yield ReasonCode.NO_OATH
    if not juror.sworn_tonight:
        yield ReasonCode.NOT_SWORN_TONIGHT
    if _day(sitting.starts_at, rules) in juror.unavailable_on:
        yield ReasonCode.NOT_AVAILABLE
    if juror.out_by is not None:
        start = sitting.starts_at.astimezone(ZoneInfo(rules.zone))
        end = sitting.ends_at.astimezone(ZoneInfo(rules.zone)).replace(tzinfo=None)
        limit = datetime.combine(start.date(), juror.out_by)
        if juror.out_by.hour < 12:  # noqa: PLR2004 -- noon
            limit += timedelta(days=1)
        if end > limit:
            yield ReasonCode.CURFEW


def _relations(
    juror: JurorProfile, hearing: HearingParty, rules: DrawRules
) -> Iterable[ReasonCode]:
    me = juror.person_id
    if rules.companions_excluded and me in hearing.companion_ids:
        yield ReasonCode.COMPANION
    if rules.household_excluded and me in hearing.household_ids:
        yield ReasonCode.HOUSEHOLD
    if rules.acquaintance_excluded and me in hearing.acquaintance_ids:
        yield ReasonCode.ACQUAINTANCE
    if rules.earlier_role_excluded and me in hearing.earlier_role_ids:
        yield ReasonCode.EARLIER_ROLE
    if rules.same_school_excluded and hearing.school_id and juror.school_id == hearing.school_id:
        yield ReasonCode.SAME_SCHOOL


def _meet(a: Sitting, b: Sitting) -> bool:
    latest_start = max(a.starts_at.timestamp(), b.starts_at.timestamp())
    return latest_start < min(a.ends_at.timestamp(), b.ends_at.timestamp())


def _parties(
    juror: JurorProfile, sitting: Sitting, sittings: Sequence[Sitting], rules: DrawRules
) -> Iterable[ReasonCode]:
    for room in sittings:
        mine = any(h.respondent_id == juror.person_id for h in room.hearings)
        if mine and _meet(room, sitting):
            yield ReasonCode.OWN_HEARING
    for span in juror.own_hearings:
        if span.starts_at < sitting.span.ends_at and sitting.span.starts_at < span.ends_at:
            yield ReasonCode.OWN_HEARING
    if rules.conflict_effect is ConflictEffect.MAY_NOT_SIT:
        for hearing in sitting.hearings:
            yield from _relations(juror, hearing, rules)


def _stepping_aside(
    sitting: Sitting, panel: Sequence[JurorProfile], rules: DrawRules
) -> Iterable[Violation]:
    if rules.conflict_effect is not ConflictEffect.STEPS_ASIDE:
        return
    for hearing in sitting.hearings:
        aside = sum(bool(list(_relations(juror, hearing, rules))) for juror in panel)
        if sitting.maximum - aside < sitting.quorum:
            yield Violation(
                code=ReasonCode.TOO_MANY_STEP_ASIDE,
                sitting_id=sitting.id,
                params=(("hearing_id", str(hearing.hearing_id)), ("aside", aside)),
            )


def _diary(
    juror: JurorProfile,
    sitting: Sitting,
    mine: Sequence[Sitting],
    rooms: Mapping[UUID, Sitting],
    rules: DrawRules,
) -> Iterable[ReasonCode]:
    held = [seat.span for seat in juror.held if seat.sitting_id not in rooms]
    others = [room for room in mine if room.id != sitting.id]
    here = sitting.span
    if any(_meet(room, sitting) for room in others) or any(
        span.starts_at < here.ends_at and here.starts_at < span.ends_at for span in held
    ):
        yield ReasonCode.HOLDS_ANOTHER_SEAT
    today = _day(sitting.starts_at, rules)
    new = {_day(room.starts_at, rules) for room in mine}
    if not juror.volunteer and len(new) > juror.sessions_owed:
        yield ReasonCode.NOTHING_OWED
    old = set(juror.served_on) | {_day(span.starts_at, rules) for span in held}
    if today in old:
        return
    days = sorted(old | new)
    cap = rules.max_sessions_in_28_days
    if cap is not None and _crowded(days, today, cap):
        yield ReasonCode.SESSION_CAP
    gaps = [abs((day - today).days) - 1 for day in days if day != today]
    if gaps and min(gaps) < rules.rest_days:
        yield ReasonCode.REST


def _crowded(days: Sequence[date], today: date, cap: int) -> bool:
    """Return whether more than ``cap`` days, ``today`` among them, fall within 28 days."""
    for first in range(len(days) - cap):
        run = days[first : first + cap + 1]
        if (run[-1] - run[0]).days < 28 and run[0] <= today <= run[-1]:  # noqa: PLR2004
            return True
    return False
