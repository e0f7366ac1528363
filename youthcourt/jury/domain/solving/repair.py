"""Mending panels after somebody drops out: as few changes as can be, and the proof of it.

One seat is looked for without the solver (``stand_in``).  Otherwise, first only the sessions that
lost somebody are free.  If they can be made whole by new seats
alone, nothing smaller is possible.  If not, the sessions are freed that one exchange away could
give somebody up: what is found there with one removal for each missing seat is the least, too.
Failing that, everything to come is free where the program is small enough to solve whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

import numpy as np

from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.document import DrawInput
from youthcourt.jury.domain.goals import Goal
from youthcourt.jury.domain.rules import travel_groups
from youthcourt.jury.domain.shapes import JurorProfile, Seat
from youthcourt.jury.domain.solving.climb import Climb, Limits
from youthcourt.jury.domain.solving.eligibility import Eligibility, eligibility_of
from youthcourt.jury.domain.solving.frame import Frame, frame_of
from youthcourt.jury.domain.solving.highs import Floats
from youthcourt.jury.domain.solving.making import model_of
from youthcourt.jury.domain.solving.model import all_pairs
from youthcourt.jury.domain.solving.score import Score
from youthcourt.jury.domain.solving.stand_in import StandIn, only_expert
from youthcourt.jury.domain.solving.table import table_of

LIMITS = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """Mended panels.

    ``changes`` counts seats given and seats taken away, the dropped ones not; ``bound`` is the
    least that makes the panels as whole.  ``missing`` is what the panels that lost somebody
    still lack of what they had, up to their target.
    """

    seats: tuple[Seat, ...]
    given: tuple[Seat, ...]
    taken: tuple[Seat, ...]
    missing: int
    bound: int

    @property
    def changes(self) -> int:
        """Return how many seats are given or taken away."""
        return len(self.given) + len(self.taken)

    @property
    def proven(self) -> bool:
        """Whether the panels are whole again and fewer changes cannot make them so."""
        return not self.missing and self.changes <= self.bound


def repair_draw(
    given: DrawInput,
    *,
    seats: Sequence[Seat],
    dropped: Collection[tuple[UUID, UUID]],
    seed: int,
    limits: Limits = LIMITS,
) -> Repair:
    """Return panels in which nobody of ``dropped`` (person, sitting) sits, changed least.

    Panels come back to the size they had, up to their target, with somebody experienced where
    there was one; no other panel becomes smaller.  Who comes only together with somebody who
    dropped out drops out, too.  Sittings that are over must not be in
    ``given``: their seats belong to the jurors' days served.  Locked seats stay.  No hard rule
    is broken by a seat that is given.  Raises ``CourtRuleBroken`` for seats of strangers.
    """
    people = {juror.person_id for juror in given.jurors}
    rooms = {sitting.id for sitting in given.sittings}
    if any(seat.person_id not in people or seat.sitting_id not in rooms for seat in seats):
        raise CourtRuleBroken("locked_seat_unknown")
    gone = frozenset(dropped) | _left_alone(given, seats, dropped)
    mending = _Mending(given, seats, gone, seed, limits)
    quick = mending.stand_in()
    if quick is not None:
        return quick
    hit = mending.hit_slots()
    first = mending.attempt(hit)
    if not first.missing and not first.taken:
        return replace(first, bound=first.changes)
    # Without a removal the panels cannot be made whole: one more change at least.
    least = mending.lost + 1
    free = mending.exchanges(hit)
    near = mending.nearest(free, hit)
    wider = mending.attempt(near)
    best = min(first, wider, key=lambda one: (one.missing, one.changes))
    most = mending.lost + (2 if len(near) == len(free) else 1)
    if not best.missing and best.changes <= most:
        return replace(best, bound=best.changes)
    if mending.size() <= limits.whole:
        return mending.attempt(range(mending.slots))
    return replace(best, bound=least)


class _Mending:
    """What every attempt starts from."""

    def __init__(
        self,
        given: DrawInput,
        seats: Sequence[Seat],
        dropped: frozenset[tuple[UUID, UUID]],
        seed: int,
        limits: Limits,
    ) -> None:
        self.seed, self.limits, self.dropped = seed, limits, dropped
        self.kept = tuple(s for s in seats if (s.person_id, s.sitting_id) not in dropped)
        self.given = replace(given, jurors=_away(given, dropped), locked=(), announced=())
        self.frame = frame_of(self.given)
        self.fixed = {(s.person_id, s.sitting_id) for s in (*given.locked, *seats) if s.locked}
        self.slots = len(self.frame.slots)
        before = [s for s in seats if s.person_id in self.frame.index_of]
        self.before = self._panels(before)
        self.now = self._panels(self.kept)
        self.lost = sum(map(self._lost, range(len(self.frame.sittings))))

    def _panels(self, seats: Iterable[Seat]) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.frame.sittings]
        for seat in seats:
            found[self.frame.room_of[seat.sitting_id]].append(self.frame.index_of[seat.person_id])
        return found

    def _lost(self, room: int) -> int:
        """Return how many seats of a panel are to be given again."""
        wanted = min(len(self.before[room]), self.frame.sittings[room].target)
        return max(0, wanted - len(self.now[room]))

    def _hit(self) -> list[int]:
        return [self.frame.room_of[sitting] for _, sitting in sorted(self.dropped)]

    def stand_in(self) -> Repair | None:
        """Return the repair of one lost seat in three changes at most, which is the least."""
        rooms = [room for room in range(len(self.now)) if self._lost(room)]
        if not rooms and not self._led_before():
            return self._repair(self.now, 0)
        if len(rooms) != 1 or self.lost != 1:
            return None
        room = rooms[0]
        table = table_of(self.frame, self.eligibility, self.now)
        fixed = frozenset(
            (self.frame.index_of[person], self.frame.room_of[sitting])
            for person, sitting in self.fixed
        )
        search = StandIn(self.frame, table, fixed, self.seed)
        expert = only_expert(self.frame, self.before[room], self.now[room])
        found = search.find(room, expert=expert)
        if found is None:
            return None
        given, taken = found
        panels = [list(panel) for panel in self.now]
        for juror, where in taken:
            panels[where].remove(juror)
        for juror, where in given:
            panels[where].append(juror)
        return self._repair(panels, len(given) + len(taken))

    def _led_before(self) -> bool:
        """Return whether some panel lost its only experienced juror."""
        return any(
            only_expert(self.frame, before, now)
            for before, now in zip(self.before, self.now, strict=True)
        )

    @cached_property
    def eligibility(self) -> Eligibility:
        """Return who may sit where beside no seat at all."""
        return eligibility_of(self.frame)

    def hit_slots(self) -> list[int]:
        """Return the slots in which somebody dropped out."""
        return sorted({self.frame.slot_of[room] for room in self._hit()})

    def exchanges(self, hit: Sequence[int]) -> list[int]:
        """Return the slots with a seat somebody would have to give up for a slot that is hit."""
        table = table_of(self.frame, self.eligibility, self.now)
        found = set(hit)
        for room in {room for slot in hit for room in self.frame.slots[slot].rooms}:
            slot = self.frame.slot_of[room]
            for juror in np.flatnonzero(table.open[:, room] & ~table.able[:, slot]):
                for mine in table.one_seat_away(int(juror), slot):
                    if not self._fixed(int(juror), mine):
                        found.add(self.frame.slot_of[mine])
        return sorted(found)

    def nearest(self, slots: Sequence[int], hit: Sequence[int]) -> list[int]:
        """Return as many of some slots as a repair may free, those nearest to what is hit."""
        if self.size() <= self.limits.whole:
            return list(slots)
        days = [self.frame.slots[slot].day for slot in hit]

        def away(slot: int) -> tuple[int, int]:
            return min(abs(self.frame.slots[slot].day - day) for day in days), slot

        return sorted(slots, key=away)[: max(len(hit), self.limits.freed)]

    def _fixed(self, juror: int, room: int) -> bool:
        person, sitting = self.frame.jurors[juror], self.frame.sittings[room]
        return (person.person_id, sitting.id) in self.fixed

    def size(self) -> int:
        """Return how many pairs of juror and slot the whole program has."""
        return len(all_pairs(self.frame, self.eligibility))

    def attempt(self, free: Iterable[int]) -> Repair:
        """Return the best repair with these slots free and all other seats as they are."""
        slots = set(free)
        rooms = {room for slot in slots for room in self.frame.slots[slot].rooms}
        held = [seat for seat in self.kept if self._is_held(seat, rooms)]
        chosen = tuple(seat for seat in self.kept if not self._is_held(seat, rooms))
        frame = frame_of(replace(self.given, locked=tuple(held), announced=chosen))
        eligibility = eligibility_of(frame)
        panels, bound = self._solve(frame, eligibility, slots)
        return self._repair(panels, bound)

    def _is_held(self, seat: Seat, rooms: Collection[int]) -> bool:
        fixed = (seat.person_id, seat.sitting_id) in self.fixed
        return fixed or self.frame.room_of[seat.sitting_id] not in rooms

    def _solve(
        self, frame: Frame, eligibility: Eligibility, slots: Collection[int]
    ) -> tuple[list[list[int]], int]:
        pairs = {pair for pair in all_pairs(frame, eligibility) if pair[1] in slots}
        # A seat that goes against a rule is kept as it is: nobody asked to mend it.
        stays = [
            (j, room)
            for room, panel in enumerate(self.now)
            for j in panel
            if (j, room) in frame.announced and eligibility.barred[j, room]
        ]
        for juror, room in stays:
            eligibility.barred[juror, room] = 0
            pairs.add((juror, frame.slot_of[room]))
        model = model_of(frame, eligibility, sorted(pairs), rooms_of=slots)
        score = Score(frame, eligibility)
        climbing = Climb(frame, model, score, self.now, limits=self.limits, seed=self.seed)
        hit = set(self._hit())
        for room, column in model.sizes.items():
            size, target = len(self.now[room]), frame.sittings[room].target
            again = self._lost(room) if room in hit else 0
            climbing.program.set_columns(
                np.array([column], dtype=np.int32),
                np.array([float(min(size, target))]),
                np.array([float(size + again)]),
            )
        for goal in (Goal.QUORUM, Goal.COMPLETE, Goal.TARGET, Goal.EXPERIENCE):
            if goal is not Goal.EXPERIENCE or frame.given.rules.foreperson:
                climbing.pursue(goal, None)
        bound = self._fewest(climbing)
        for goal in (Goal.IN_TIME, Goal.NEAREST):
            climbing.pursue(goal, None)
        return climbing.panels(), bound

    def _fewest(self, climbing: Climb) -> int:
        """Keep the fewest changes and return how many they are at least."""
        model = climbing.model
        cost: Floats = np.zeros(len(model.matrix.lower))
        for column in model.sizes.values():
            cost[column] += 1
        for column, value in model.goals[Goal.STABILITY].items():
            cost[column] -= 2 * value
        least = climbing.least(cost)
        rooms = set(model.sizes)
        held = sum(room in rooms for _, room in climbing.frame.locked)
        announced = len(climbing.frame.announced)
        return 0 if np.isinf(least) else int(np.ceil(least - 1e-6)) - held + announced

    def _repair(self, panels: Sequence[Sequence[int]], bound: int) -> Repair:
        frame = self.frame
        seats = {(s.person_id, s.sitting_id): s for s in self.kept}
        found: list[Seat] = []
        given: list[Seat] = []
        for room, panel in enumerate(panels):
            sitting = frame.sittings[room].id
            keys = [(frame.jurors[juror].person_id, sitting) for juror in panel]
            found += [seats[key] for key in keys if key in seats]
            taken = {seats[key].position for key in keys if key in seats}
            free = iter(n for n in range(1, len(panel) + len(taken) + 1) if n not in taken)
            given += [
                Seat(sitting_id=sitting, person_id=person, position=next(free))
                for person, _ in (key for key in keys if key not in seats)
            ]
        stay = {(seat.person_id, seat.sitting_id) for seat in found}
        gone = tuple(s for s in self.kept if (s.person_id, s.sitting_id) not in stay)
        missing = sum(
            max(0, self._lost(room) - (len(panels[room]) - len(self.now[room])))
            for room in range(len(panels))
        )
        return Repair(
            seats=(*found, *given), given=tuple(given), taken=gone, missing=missing, bound=bound
        )


def _away(given: DrawInput, dropped: Collection[tuple[UUID, UUID]]) -> tuple[JurorProfile, ...]:
    """Return the jurors, those who dropped out away on that day."""
    days = {sitting.id: sitting.on(given.rules.zone) for sitting in given.sittings}
    gone: dict[UUID, set[UUID]] = {}
    for person, sitting in dropped:
        gone.setdefault(person, set()).add(sitting)
    return tuple(
        replace(
            juror,
            unavailable_on=juror.unavailable_on
            | {days[sitting] for sitting in gone.get(juror.person_id, ()) if sitting in days},
        )
        for juror in given.jurors
    )


def _left_alone(
    given: DrawInput, seats: Sequence[Seat], dropped: Collection[tuple[UUID, UUID]]
) -> frozenset[tuple[UUID, UUID]]:
    """Return the seats in the same session of those who travel with somebody who dropped out."""
    groups = travel_groups(given.jurors) if given.rules.travel_together else {}
    spans = {sitting.id: sitting.span for sitting in given.sittings}
    return frozenset(
        (seat.person_id, seat.sitting_id)
        for seat in seats
        for person, sitting in dropped
        if seat.person_id in groups.get(person, ())
        and spans.get(seat.sitting_id) == spans.get(sitting)
    )
