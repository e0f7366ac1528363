"""The draw as a mixed-integer program, juror by session.

One column says that a juror comes to a slot.  Who is alike in a slot (the same rooms open, the
same hearings to step aside for, the same experience) is one class, and only the numbers of a
class are spread over the rooms: that leaves out what is the same but for names, and keeps the
program as exact as one with a column for each juror and room (performance.md, "Draw").
Caps and rest are sums over stretches of days, which makes the relaxation tight.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from youthcourt.jury.domain.goals import Goal
from youthcourt.jury.domain.solving.build import Builder
from youthcourt.jury.domain.solving.eligibility import Eligibility
from youthcourt.jury.domain.solving.frame import NEVER, Frame
from youthcourt.jury.domain.solving.model import Kin, Model, Pair, open_rooms
from youthcourt.jury.domain.solving.score import urgency_weights

Sum = list[int]
Day = tuple[int, Sum]


def model_of(
    frame: Frame,
    eligibility: Eligibility,
    pairs: Sequence[Pair],
    *,
    rooms_of: Collection[int] | None = None,
    mixed: bool = True,
) -> Model:
    """Return the program over these pairs of juror and slot; each must have a room open.

    ``rooms_of`` leaves out the rooms of all other slots; without ``mixed`` the program does not
    tell schools and ages apart, which makes it smaller.
    """
    seats = tuple(sorted(pairs))
    making = _Making(frame, eligibility, seats, mixed=mixed)
    making.jurors()
    making.company()
    making.rooms(rooms_of)
    return Model(
        matrix=making.build.matrix(),
        seats=seats,
        goals=making.goals,
        fixed=dict(making.fixed),
        loads=tuple(making.loads),
        classes=tuple(making.classes),
        sizes=making.sizes,
        derived=(tuple(making.follow), tuple(making.second)),
        two_a_day=making.two_a_day,
    )


class _Making:
    """The program while it is made."""

    def __init__(
        self, frame: Frame, eligibility: Eligibility, seats: Sequence[Pair], *, mixed: bool
    ) -> None:
        self.frame, self.eligibility, self.seats = frame, eligibility, seats
        self.build = Builder()
        self.build.binaries(len(seats))
        self.goals: dict[Goal, dict[int, float]] = {goal: {} for goal in Goal}
        self.fixed: defaultdict[Goal, int] = defaultdict(int)
        self.loads: list[tuple[int, int, int]] = []
        self.of_juror: defaultdict[int, Sum] = defaultdict(list)
        self.of_slot: defaultdict[int, Sum] = defaultdict(list)
        self.column: dict[Pair, int] = {}
        self.classes: list[Kin] = []
        self.sizes: dict[int, int] = {}
        self.cliques = [frozenset(clique) for clique in frame.overlapping()]
        self.follow: list[int] = []
        self.second: list[int] = []
        self.two_a_day = False
        rules, jurors = frame.given.rules, frame.jurors
        self.kinds: list[tuple[int, list[object]]] = []
        if mixed and rules.most_of_one_school is not None:
            self.kinds.append((rules.most_of_one_school, [j.school_id for j in jurors]))
        if mixed and rules.most_of_one_age is not None:
            self.kinds.append((rules.most_of_one_age, [j.age for j in jurors]))
        for column, (juror, slot) in enumerate(seats):
            self.of_juror[juror].append(column)
            self.of_slot[slot].append(column)
            self.column[juror, slot] = column

    def _day(self, column: int) -> int:
        return self.frame.slots[self.seats[column][1]].day

    # -- one juror over the days ---------------------------------------------------------

    def jurors(self) -> None:
        """Add the rules over a juror's seats, what they owe and what they have sat."""
        weights = urgency_weights(self.frame)
        open_to = (self.eligibility.barred == 0).any(axis=1)
        for juror, profile in enumerate(self.frame.jurors):
            columns = self.of_juror.get(juror, [])
            self._apart(columns)
            days = self._days(columns)
            self._stretches(juror, days)
            locked = len(self.frame.locked_days[juror])
            days = [(d, same) for d, same in days if d not in self.frame.locked_days[juror]]
            if not profile.volunteer and len(days) > profile.sessions_owed - locked:
                self.build.row(_all(days), upper=profile.sessions_owed - locked)
            self._owed(juror, days, weights[juror])
            if open_to[juror] or locked:
                self._load(juror, days, locked)

    def _apart(self, columns: Sum) -> None:
        mine = {self.seats[column][1]: column for column in columns}
        for clique in self.cliques:
            together = [mine[slot] for slot in sorted(clique) if slot in mine]
            if len(together) > 1:
                self.build.row(together, upper=1)

    def _days(self, columns: Sum) -> list[Day]:
        """Return every day with its columns, of which one at most is 1: two slots are one day."""
        by_day: defaultdict[int, Sum] = defaultdict(list)
        for column in columns:
            by_day[self._day(column)].append(column)
        return [
            (day, same if self._exclude(same) else [self._one_of(same)])
            for day, same in sorted(by_day.items())
        ]

    def _exclude(self, columns: Sum) -> bool:
        slots = {self.seats[column][1] for column in columns}
        return len(slots) == 1 or any(slots <= clique for clique in self.cliques)

    def _one_of(self, columns: Sum) -> int:
        self.two_a_day = True
        one = self.build.column(0, 1, whole=True)
        self.follow.append(one)
        for column in columns:
            self.build.row([one], [column], lower=0)
        self.build.row(columns, [one], lower=0)
        return one

    def _stretches(self, juror: int, days: Sequence[Day]) -> None:
        """Add the cap and the rest: no stretch of days holds more sessions than allowed."""
        rules, old = self.frame.given.rules, self.frame.old_days[juror]
        fresh = [(day, columns) for day, columns in days if not (old == day).any()]
        if rules.rest_days:
            self._at_most(fresh, [day for day, _ in fresh], rules.rest_days + 1, 1, None)
        if rules.max_sessions_in_28_days is not None:
            starts = sorted({*(day for day, _ in fresh), *old.tolist()})
            self._at_most(fresh, starts, self.frame.window, rules.max_sessions_in_28_days, juror)

    def _at_most(
        self, fresh: Sequence[Day], starts: Iterable[int], length: int, most: int, juror: int | None
    ) -> None:
        known = [day for day, _ in fresh]
        before = (len(known), -1, most + 1)
        for start in starts:
            last = start + length - 1
            first, end = bisect_left(known, start), bisect_right(known, last)
            limit = most if juror is None else most - self.frame.old_within(juror, start, last)
            inside = before[0] <= first and end <= before[1] and limit >= before[2]
            if end - first <= limit or inside:
                continue
            columns = [column for _, same in fresh[first:end] for column in same]
            self.build.row(columns, upper=max(0, limit))
            before = (first, end, limit)

    def _owed(self, juror: int, days: Sequence[Day], weight: int) -> None:
        """Add how many owed sessions are served in time, and in all.

        Sessions up to a day serve only what is due later, so that those in time are no more
        than the days up to any last day and what is due after it.
        """
        dues, locked = self.frame.dues[juror], self.frame.locked_days[juror]
        owed = sum(sessions for _, sessions in dues)
        if not owed or not (days or locked):
            return
        served = self.build.column(0, owed)
        self.second.append(served)
        self.goals[Goal.IN_TIME][served] = 1
        self.goals[Goal.NEAREST][served] = weight
        later = owed
        for due_on, sessions in dues:
            later -= sessions
            early = _all((day, same) for day, same in days if day <= due_on)
            given = sum(day <= due_on for day in locked)
            self.build.row(early, [served], lower=-later - given)
        if any(due_on < NEVER for due_on, _ in dues):
            late = self.build.column(0, owed)
            self.second.append(late)
            self.build.row(_all(days), [late], lower=-len(locked))
            self.goals[Goal.LATE][late] = 1
        else:
            self.goals[Goal.LATE][served] = 1

    def _load(self, juror: int, days: Sequence[Day], locked: int) -> None:
        above, below = self.build.column(0, np.inf), self.build.column(0, np.inf)
        self.second += [above, below]
        columns = _all(days)
        over = self.build.row([above], columns)
        under = self.build.row([below, *columns])
        self.loads.append((over, under, self.frame.jurors[juror].past_load + locked))
        self.goals[Goal.LOAD][above] = self.goals[Goal.LOAD][below] = 1

    def company(self) -> None:
        """Let those who travel together come together."""
        for group in self.frame.groups:
            for slot in range(len(self.frame.slots)):
                columns = [self.column[j, slot] for j in group if (j, slot) in self.column]
                some = {room for j in group for room in self.frame.locked_rooms[j]}
                if some & set(self.frame.slots[slot].rooms):
                    continue
                if len(columns) < len(group):
                    for column in columns:
                        self.build.row([column], upper=0)
                    continue
                for column in columns[1:]:
                    self.build.row([columns[0]], [column], lower=0, upper=0)

    # -- the rooms of a slot -------------------------------------------------------------

    def rooms(self, only: Collection[int] | None) -> None:
        """Spread the classes of every slot over its rooms and count what the rooms reach."""
        for slot, each in enumerate(self.frame.slots):
            if only is not None and slot not in only:
                continue
            inside = _Inside(self, each.rooms)
            for (rooms, traits), columns in self._classes(slot).items():
                inside.spread(rooms, traits, columns)
            for room in each.rooms:
                self._room(room, inside)
                self._mixed(room, inside)

    def _classes(self, slot: int) -> dict[tuple[tuple[int, ...], _Traits], Sum]:
        found: defaultdict[tuple[tuple[int, ...], _Traits], Sum] = defaultdict(list)
        for column in self.of_slot.get(slot, []):
            juror = self.seats[column][0]
            rooms = open_rooms(self.frame, self.eligibility, juror, slot)
            traits = _Traits(
                expert=self.frame.jurors[juror].experienced,
                aside=tuple(
                    tuple(sorted(self.eligibility.steps_aside(juror, room))) for room in rooms
                ),
                announced=tuple(room for room in rooms if (juror, room) in self.frame.announced),
                mixed=tuple(trait[juror] for _, trait in self.kinds),
            )
            found[rooms, traits].append(column)
        return found

    def _room(self, room: int, inside: _Inside) -> None:
        sitting, build = self.frame.sittings[room], self.build
        panel = self.frame.locked_in[room]
        here, asides = inside.seated[room], inside.aside[room]
        size = build.column(len(panel), max(sitting.maximum, len(panel)), whole=True)
        self.sizes[room] = size
        build.row([size], here, lower=len(panel), upper=len(panel))
        reached = build.column(0, sitting.quorum)
        gone = [self.eligibility.steps_aside(juror, room) for juror in panel]
        build.row([size], [reached], lower=0)
        for place in range(len(sitting.hearings)):
            away, given = asides[place], sum(place in each for each in gone)
            if away or given:
                build.row([size], [reached, *away], lower=given)
                build.row(away, upper=max(0, sitting.maximum - sitting.quorum - given))
        if not self.frame.given.rules.owed_beyond_target and not any(asides.values()):
            build.row([size], upper=max(sitting.target, len(panel)))
        complete = build.column(0, 1, whole=True)
        build.row([reached], lower=0, scaled=(complete, -sitting.quorum))
        full = build.column(0, sitting.target)
        build.row([size], [full], lower=0)
        beyond = build.column(0, np.inf)
        self.follow += [reached, full, beyond]
        self.second.append(complete)
        build.row([beyond], [size], lower=-sitting.target)
        self._reach(room, inside, reached, complete, full, beyond)

    def _reach(
        self, room: int, inside: _Inside, reached: int, complete: int, full: int, beyond: int
    ) -> None:
        for goal, column in (
            (Goal.QUORUM, reached),
            (Goal.COMPLETE, complete),
            (Goal.TARGET, full),
            (Goal.BEYOND, beyond),
        ):
            self.goals[goal][column] = 1
        panel = self.frame.locked_in[room]
        if any(self.frame.jurors[juror].experienced for juror in panel):
            self.fixed[Goal.EXPERIENCE] += 1
        elif inside.experts[room]:
            led = self.build.column(0, 1)
            self.follow.append(led)
            self.build.row(inside.experts[room], [led], lower=0)
            self.goals[Goal.EXPERIENCE][led] = 1
        self.fixed[Goal.STABILITY] += sum((j, room) in self.frame.announced for j in panel)
        for column in inside.announced[room]:
            self.goals[Goal.STABILITY][column] = 1

    def _mixed(self, room: int, inside: _Inside) -> None:
        """Count who is above the most of one school and of one age in a room."""
        for (kind, value), columns in inside.alike[room].items():
            most, trait = self.kinds[kind]
            limit = most - sum(trait[juror] == value for juror in self.frame.locked_in[room])
            above = self.build.column(0, np.inf)
            self.follow.append(above)
            self.build.row([above], columns, lower=-limit)
            self.goals[Goal.MIX][above] = 1


def _all(days: Iterable[Day]) -> Sum:
    return [column for _, same in days for column in same]


@dataclass(frozen=True, slots=True)
class _Traits:
    expert: bool
    aside: tuple[tuple[int, ...], ...]
    announced: tuple[int, ...]
    mixed: tuple[object, ...]


class _Inside:
    """What adds up to each room of one slot."""

    def __init__(self, making: _Making, rooms: Sequence[int]) -> None:
        self._making = making
        self.seated: dict[int, Sum] = {room: [] for room in rooms}
        self.experts: dict[int, Sum] = {room: [] for room in rooms}
        self.announced: dict[int, Sum] = {room: [] for room in rooms}
        self.alike: dict[int, defaultdict[tuple[int, object], Sum]] = {
            room: defaultdict(list) for room in rooms
        }
        self.aside: dict[int, defaultdict[int, Sum]] = {room: defaultdict(list) for room in rooms}

    def spread(self, rooms: tuple[int, ...], traits: _Traits, columns: Sum) -> None:
        """Add one class: its jurors themselves, or how many of them go to which room."""
        build = self._making.build
        parts: list[Sum] = [columns]
        numbers: Sum = []
        if len(rooms) > 1:
            most = [self._making.frame.sittings[room].maximum for room in rooms]
            numbers += [build.column(0, min(n, len(columns)), whole=True) for n in most]
            build.row(numbers, columns, lower=0, upper=0)
            parts = [[number] for number in numbers]
        kin = Kin(columns=tuple(columns), rooms=rooms, numbers=tuple(numbers))
        self._making.classes.append(kin)
        for room, part, aside in zip(rooms, parts, traits.aside, strict=True):
            self.seated[room] += part
            if traits.expert:
                self.experts[room] += part
            if room in traits.announced:
                self.announced[room] += part
            for place in aside:
                self.aside[room][place] += part
            for kind, value in enumerate(traits.mixed):
                if value is not None:
                    self.alike[room][kind, value] += part
