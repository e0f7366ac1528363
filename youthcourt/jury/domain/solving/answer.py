"""The answer of a draw: seats in places, who stands by, what is missing, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from youthcourt.jury.domain.board import Board
from youthcourt.jury.domain.goals import Goal, GoalResult
from youthcourt.jury.domain.lottery import ticket
from youthcourt.jury.domain.rules import Ask, as_of_draw, reasons_against
from youthcourt.jury.domain.shapes import (
    Because,
    Draw,
    DrawLabel,
    GoalValues,
    Reason,
    ReasonCode,
    Reserve,
    Seat,
    Shortfall,
    Sitting,
)
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import Frame
from youthcourt.jury.domain.solving.highs import solver_version
from youthcourt.jury.domain.solving.score import Score
from youthcourt.jury.domain.solving.table import table_of
from youthcourt.jury.domain.standing import explained, urgency

ALGORITHM = "goal_by_goal"
VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Found:
    """Panels by sitting, with what they reach of each goal and what is proven."""

    panels: list[list[int]]
    results: tuple[GoalResult, ...]
    values: Mapping[Goal, int]
    spread: int
    proven: bool


def found_of(
    score: Score,
    panels: list[list[int]],
    band: tuple[int, int],
    known: Sequence[GoalResult],
) -> Found:
    """Return panels with each goal as they reach it, beside the bounds that are known."""
    values = score.of(panels, band)
    results = [
        GoalResult(goal=r.goal, value=values.get(r.goal, r.value), bound=r.bound) for r in known
    ]
    return Found(
        panels=panels,
        results=tuple(results),
        values=values,
        spread=score.spread(panels),
        proven=all(r.proven for r in results if r.goal is not Goal.LOTTERY),
    )


class Answer:
    """The answer while it is made."""

    def __init__(self, frame: Frame, eligibility: Eligibility, found: Found, seed: int) -> None:
        self.frame, self.eligibility, self.found, self.seed = frame, eligibility, found, seed
        self.lots = [ticket(seed, juror.draw_number) for juror in frame.jurors]
        self.table = table_of(frame, eligibility, found.panels)
        self.rooms_of: list[list[int]] = [[] for _ in frame.jurors]
        for room, panel in enumerate(found.panels):
            for juror in panel:
                self.rooms_of[juror].append(room)

    def draw(self, digest: str) -> Draw:
        """Return the whole answer."""
        seats, reserves = self._seats(), self._reserves()
        return Draw(
            seats=seats,
            reserves=reserves,
            shortfalls=tuple(self._shortfall(room) for room in range(len(self.frame.sittings))),
            reasons=self._reasons({reserve.person_id for reserve in reserves}),
            because=self._because(),
            locked_against=self._locked_against(),
            goals=self._goals(),
            seed=self.seed,
            input_digest=digest,
            algorithm=ALGORITHM,
            version=VERSION,
            label=DrawLabel.OPTIMAL if self.found.proven else DrawLabel.BOUNDED,
            reached=self.found.results,
            solver=solver_version(),
        )

    def _goals(self) -> GoalValues:
        values = self.found.values
        return GoalValues(
            seats_to_quorum=values[Goal.QUORUM],
            sittings_with_quorum=values[Goal.COMPLETE],
            owed_in_time=values[Goal.IN_TIME],
            seats_to_target=values[Goal.TARGET],
            panels_with_experience=values[Goal.EXPERIENCE],
            load_spread=self.found.spread,
        )

    # -- seats ---------------------------------------------------------------------------

    def _seats(self) -> tuple[Seat, ...]:
        seats: list[Seat] = []
        fixed = {(s.sitting_id, s.person_id): s for s in self.frame.given.locked}
        for room, sitting in enumerate(self.frame.sittings):
            panel = self.found.panels[room]
            first = self._foreperson(room, sitting)
            taken = {s.position for s in fixed.values() if s.sitting_id == sitting.id}
            free = iter(n for n in range(1, len(panel) + len(taken) + 1) if n not in taken)
            for juror in sorted(panel, key=self.lots.__getitem__):
                person = self.frame.jurors[juror].person_id
                kept = fixed.get((sitting.id, person))
                seats.append(
                    Seat(
                        sitting_id=sitting.id,
                        person_id=person,
                        position=kept.position if kept else next(free),
                        locked=kept is not None,
                        foreperson=juror == first,
                    )
                )
        order = {sitting.id: room for room, sitting in enumerate(self.frame.sittings)}
        return tuple(sorted(seats, key=lambda seat: (order[seat.sitting_id], seat.position)))

    def _foreperson(self, room: int, sitting: Sitting) -> int | None:
        for seat in self.frame.given.locked:
            if seat.foreperson and seat.sitting_id == sitting.id:
                return self.frame.index_of[seat.person_id]
        able = [
            juror
            for juror in self.found.panels[room]
            if self.frame.jurors[juror].experienced
            and not self.eligibility.steps_aside(juror, room)
        ]
        wanted = self.frame.given.rules.foreperson
        return min(able, key=self.lots.__getitem__, default=None) if wanted else None

    # -- who stands by, what is missing -----------------------------------------------------

    def _reserves(self) -> tuple[Reserve, ...]:
        table, slot_of = self.table, np.array(self.frame.slot_of)
        ready = [
            (
                juror,
                [int(r) for r in np.flatnonzero(table.able[juror, slot_of] & table.open[juror])],
            )
            for juror in range(len(self.frame.jurors))
        ]
        waiting = [(juror, rooms) for juror, rooms in ready if rooms]

        def queue(one: tuple[int, list[int]]) -> tuple[object, ...]:
            juror, rooms = one
            profile = self.frame.jurors[juror]
            place = urgency(profile, self._on(rooms[0]))
            load = profile.past_load + len(table.days(juror))
            return (place, -profile.sessions_owed, load, self.lots[juror])

        ordered = sorted(waiting, key=queue)[: self.frame.given.rules.reserves]
        return tuple(
            Reserve(
                person_id=self.frame.jurors[juror].person_id,
                rank=rank,
                sitting_ids=tuple(self.frame.sittings[room].id for room in rooms),
            )
            for rank, (juror, rooms) in enumerate(ordered, 1)
        )

    def _on(self, room: int) -> date:
        return date.fromordinal(self.frame.slots[self.frame.slot_of[room]].day)

    def _shortfall(self, room: int) -> Shortfall:
        sitting, panel = self.frame.sittings[room], self.found.panels[room]
        aside = [self.eligibility.steps_aside(juror, room) for juror in panel]
        lacks = {
            hearing.hearing_id: sitting.quorum - sum(place not in gone for gone in aside)
            for place, hearing in enumerate(sitting.hearings)
        }
        worst = max(lacks.values(), default=sitting.quorum - len(panel))
        short = worst > 0 or len(panel) < sitting.target
        return Shortfall(
            sitting_id=sitting.id,
            to_quorum=max(0, worst),
            to_minimum=max(0, sitting.minimum - len(panel)),
            to_target=max(0, sitting.target - len(panel)),
            hearings=tuple(sorted((key, lack) for key, lack in lacks.items() if lack > 0)),
            kept_out=tuple(sorted(self._kept_out(room).items())) if short else (),
        )

    def _kept_out(self, room: int) -> dict[ReasonCode, int]:
        """Return how many each rule keeps from an empty seat, given the seats they have."""
        others = sorted(set(range(len(self.frame.jurors))) - set(self.found.panels[room]))
        counts: Counter[ReasonCode] = Counter(self.eligibility.counts(others, room))
        slot = self.frame.slot_of[room]
        busy = self.table.open[:, room] & ~self.table.able[:, slot]
        for juror in others:
            if busy[juror]:
                counts[self._busy_because(juror, slot)] += 1
            elif self.table.open[juror, room] and not self.table.has_room(juror, room):
                counts[ReasonCode.TOO_MANY_STEP_ASIDE] += 1
        return dict(counts)

    def _busy_because(self, juror: int, slot: int) -> ReasonCode:
        mine = [self.frame.slot_of[room] for room in self.rooms_of[juror]]
        if self.table.meets[slot, mine].any():
            return ReasonCode.HOLDS_ANOTHER_SEAT
        profile, rules = self.frame.jurors[juror], self.frame.given.rules
        if not profile.volunteer and len(self.table.days(juror)) >= profile.sessions_owed:
            return ReasonCode.NOTHING_OWED
        day = self.frame.slots[slot].day
        if any(abs(day - other) <= rules.rest_days for other in self.table.days(juror)):
            return ReasonCode.REST
        return ReasonCode.SESSION_CAP

    # -- why -----------------------------------------------------------------------------

    def _reasons(self, reserves: set[object]) -> tuple[Reason, ...]:
        found: list[Reason] = []
        tied = {juror for group in self.frame.groups for juror in group}
        for juror, rooms in enumerate(self.rooms_of):
            if rooms:
                continue
            profile = as_of_draw(self.frame.jurors[juror], self.frame.sittings)
            waits = profile.person_id in reserves
            code = ReasonCode.RESERVE if waits else ReasonCode.NOT_NEEDED
            for room, sitting in enumerate(self.frame.sittings):
                ask = Ask(juror=profile, sitting=sitting, rules=self.frame.given.rules)
                reasons = reasons_against(ask) if self.eligibility.barred[juror, room] else ()
                if not reasons:
                    alone = juror in tied and not self.table.able[juror, self.frame.slot_of[room]]
                    reasons = (ask.answer(ReasonCode.TRAVELS_TOGETHER if alone else code),)
                found += reasons
        return tuple(found)

    def _because(self) -> tuple[Because, ...]:
        """Return where everybody stands in the queue of the day; a term has no one queue."""
        days = {slot.day for slot in self.frame.slots}
        if len(days) > 1 or self.frame.groups:
            return ()
        sittings, given = self.frame.sittings, self.frame.given
        pool = [as_of_draw(juror, sittings) for juror in self.frame.jurors]
        board = Board(sittings=sittings, jurors=pool, rules=given.rules, seed=self.seed)
        for room, panel in enumerate(self.found.panels):
            for juror in panel:
                give = board.lock if (juror, room) in self.frame.locked else board.seat
                give(self.frame.jurors[juror].person_id, sittings[room])
        return explained(board)

    def _locked_against(self) -> tuple[Reason, ...]:
        found: list[Reason] = []
        for room, sitting in enumerate(self.frame.sittings):
            for juror in self.frame.locked_in[room]:
                others = [r for r in self.rooms_of[juror] if r != room]
                ask = Ask(
                    juror=as_of_draw(self.frame.jurors[juror], self.frame.sittings),
                    sitting=sitting,
                    rules=self.frame.given.rules,
                    taken=tuple(self.frame.sittings[r] for r in others),
                )
                found += reasons_against(ask)
        return tuple(found)
