"""What stands against one more seat: refused, or to be confirmed by staff."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from youthcourt.jury.domain.check import PanelFault, Violation, check_seats
from youthcourt.jury.domain.document import DrawInput
from youthcourt.jury.domain.rules import steps_aside
from youthcourt.jury.domain.shapes import ReasonCode, Seat, Sitting

CAN_BE_CONFIRMED = frozenset(
    {
        ReasonCode.NOT_AVAILABLE,
        ReasonCode.CURFEW,
        ReasonCode.NOTHING_OWED,
        ReasonCode.SESSION_CAP,
        ReasonCode.REST,
    }
)
"""What staff may decide otherwise about; everything else protects a hearing and stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Objections:
    """What stands against a seat: ``refused`` for good, ``asked`` unless staff confirm it."""

    refused: tuple[ReasonCode | PanelFault, ...] = ()
    asked: tuple[ReasonCode, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything stands against it."""
        return bool(self.refused or self.asked)

    def unanswered(self, confirmed: Collection[ReasonCode]) -> tuple[ReasonCode, ...]:
        """Return what staff have not confirmed yet."""
        return tuple(code for code in self.asked if code not in confirmed)


def objections(
    given: DrawInput, *, person_id: UUID, sitting_id: UUID, seats: Sequence[Seat]
) -> Objections:
    """Return what a seat in this sitting would break, the other seats being as given.

    A seat the person holds in another of these sittings is taken to be given up for it.
    """
    others = [seat for seat in seats if seat.person_id != person_id]
    place = free_position([s.position for s in others if s.sitting_id == sitting_id])
    wanted = Seat(sitting_id=sitting_id, person_id=person_id, position=place)
    before = {(v.code, v.sitting_id, v.person_id) for v in _check(given, others)}
    found = [
        violation.code
        for violation in _check(given, [*others, wanted])
        if (violation.code, violation.sitting_id, violation.person_id) not in before
    ]
    codes = tuple(dict.fromkeys(found))
    return Objections(
        refused=tuple(code for code in codes if code not in CAN_BE_CONFIRMED),
        asked=tuple(
            code for code in codes if isinstance(code, ReasonCode) and code in CAN_BE_CONFIRMED
        ),
    )


def troubles(given: DrawInput, seats: Sequence[Seat]) -> dict[UUID, tuple[ReasonCode, ...]]:
    """Return person -> the rules their seat goes against as things are now."""
    found: dict[UUID, tuple[ReasonCode, ...]] = {}
    for violation in _check(given, seats):
        if violation.person_id is not None and isinstance(violation.code, ReasonCode):
            known = found.get(violation.person_id, ())
            found[violation.person_id] = (*known, violation.code)
    return found


def lacking(
    given: DrawInput, sitting: Sitting, seats: Sequence[Seat]
) -> tuple[int, dict[UUID, int]]:
    """Return what a sitting lacks to its quorum, and which hearings lack how many.

    Whoever steps aside for a hearing is not counted for it.
    """
    people = {juror.person_id: juror for juror in given.jurors}
    panel = [s.person_id for s in seats if s.sitting_id == sitting.id and s.person_id in people]
    if not sitting.hearings:
        return max(0, sitting.quorum - len(panel)), {}
    aside = [steps_aside(people[person], sitting, given.rules) for person in panel]
    short = {
        hearing.hearing_id: lack
        for hearing in sitting.hearings
        if (lack := sitting.quorum - sum(hearing.hearing_id not in gone for gone in aside)) > 0
    }
    return max(short.values(), default=0), short


def free_position(taken: Collection[int]) -> int:
    """Return the lowest place from 1 on that nobody has."""
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def _check(given: DrawInput, seats: Sequence[Seat]) -> list[Violation]:
    return check_seats(seats, sittings=given.sittings, jurors=given.jurors, rules=given.rules)
