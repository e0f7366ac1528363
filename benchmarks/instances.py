"""Made-up courts of any size for the benchmark of the draw, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from youthcourt.jury.domain import (
    DrawInput,
    DrawRules,
    Due,
    HearingParty,
    JurorProfile,
    Seat,
    Sitting,
)
from youthcourt.jury.domain.solving.frame import Frame

FIRST_DAY = date(2026, 1, 5)
WEEKS = 12
ROOMS, HEARINGS = 2, 3
QUORUM, TARGET, MAXIMUM = 5, 6, 8
SCHOOLS, GRADES = 8, 4
STARTS = (time(18), time(18, 30), time(19), time(19, 30))  # in several houses: nobody can do two
RULES = DrawRules(
    zone="UTC",
    same_school_excluded=False,
    max_sessions_in_28_days=2,
    rest_days=5,
    travel_together=True,
    most_of_one_school=2,
    most_of_one_age=3,
)


@dataclass(frozen=True, slots=True)
class _Person:
    """What is made up of one juror before the profile is."""

    key: UUID
    school: int
    grade: int


def court(*, jurors: int, sessions: int, seed: int) -> DrawInput:
    """Return one court over twelve weeks.

    Two panels a session; a juror is free for about half of the sessions; two in five owe
    sessions by a last day; whoever is of a respondent's school and grade, or one of two named,
    may not sit with them; one in ten travels with another.
    """
    dice = random.Random(f"{jurors} {sessions} {seed}")
    people = [
        _Person(UUID(int=n), dice.randrange(SCHOOLS), dice.randrange(GRADES))
        for n in range(1, jurors + 1)
    ]
    sittings = _sittings(dice, people, sessions)
    profiles = [_profile(dice, number, person) for number, person in enumerate(people, 1)]
    days = sorted({sitting.starts_at.date() for sitting in sittings})
    return DrawInput(
        sittings=tuple(sittings), jurors=tuple(_company(dice, profiles, days)), rules=RULES
    )


def _sittings(dice: random.Random, people: list[_Person], sessions: int) -> list[Sitting]:
    found: list[Sitting] = []
    for number in range(sessions):
        day = FIRST_DAY + timedelta(days=number * WEEKS * 7 // sessions)
        same = sum(s.starts_at.date() == day for s in found) // ROOMS
        start = datetime.combine(day, STARTS[same % len(STARTS)], UTC)
        for room in range(ROOMS):
            key = 1_000_000 + number * ROOMS + room
            found.append(
                Sitting(
                    id=UUID(int=key),
                    room=f"Room {room + 1}",
                    quorum=QUORUM,
                    minimum=QUORUM,
                    target=TARGET,
                    maximum=MAXIMUM,
                    starts_at=start,
                    ends_at=start + timedelta(hours=2),
                    hearings=tuple(_hearing(dice, people, key * 10 + n) for n in range(HEARINGS)),
                )
            )
    return found


def _hearing(dice: random.Random, people: list[_Person], key: int) -> HearingParty:
    school, grade = dice.randrange(SCHOOLS), dice.randrange(GRADES)
    named = {person.key for person in dice.sample(people, 2)}
    named |= {p.key for p in people if (p.school, p.grade) == (school, grade)}
    return HearingParty(
        hearing_id=UUID(int=key),
        respondent_id=UUID(int=key + 10**9),
        acquaintance_ids=frozenset(named),
    )


def _profile(dice: random.Random, number: int, person: _Person) -> JurorProfile:
    owed = dice.choice([1, 2, 2, 3]) if dice.random() < 0.4 else 0
    dues = [FIRST_DAY + timedelta(days=dice.randrange(14, WEEKS * 7)) for _ in range(owed)]
    return JurorProfile(
        person_id=person.key,
        draw_number=number,
        sessions_owed=owed,
        dues=tuple(Due(sessions=1, due_on=day) for day in sorted(dues)),
        volunteer=not owed or dice.random() < 0.3,
        experienced=dice.random() < 0.35,
        past_load=dice.randrange(4),
        school_id=UUID(int=2_000_000 + person.school),
        age=13 + person.grade + dice.randrange(2),
    )


def _company(
    dice: random.Random, profiles: list[JurorProfile], days: list[date]
) -> list[JurorProfile]:
    """Say who is away when, and let one in twenty bring another along who is free likewise."""
    found: list[JurorProfile] = []
    for profile in profiles:
        away = frozenset(day for day in days if dice.random() < 0.5)
        friends: frozenset[UUID] = frozenset()
        if found and not found[-1].travels_with and dice.random() < 0.05:
            away, friends = found[-1].unavailable_on, frozenset({found[-1].person_id})
        found.append(replace(profile, unavailable_on=away, travels_with=friends))
    return found


def seats_of(frame: Frame, panels: Sequence[Sequence[int]]) -> list[Seat]:
    """Return the seats of panels by index, numbered as they stand."""
    return [
        Seat(
            sitting_id=frame.sittings[room].id,
            person_id=frame.jurors[juror].person_id,
            position=place,
        )
        for room, panel in enumerate(panels)
        for place, juror in enumerate(panel, 1)
    ]
