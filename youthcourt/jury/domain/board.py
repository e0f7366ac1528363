"""The panels while they are being filled, with what each still needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from youthcourt.jury.domain.lottery import ticket
from youthcourt.jury.domain.rules import Ask, reasons_against, steps_aside, travel_groups
from youthcourt.jury.domain.shapes import (
    DrawRules,
    GoalValues,
    JurorProfile,
    Reason,
    ReasonCode,
    Shortfall,
    Sitting,
)

Panels = dict[UUID, list[UUID]]


class Board:
    """Panels of one draw; every change goes through ``seat``, ``unseat`` or ``restore``."""

    def __init__(
        self,
        *,
        sittings: Sequence[Sitting],
        jurors: Sequence[JurorProfile],
        rules: DrawRules,
        seed: int,
    ) -> None:
        """Take sittings and jurors in any order; both are sorted here."""
        self.rules = rules
        self.sittings = sorted(sittings, key=lambda s: (s.span.starts_at, s.room, s.id))
        self.jurors = sorted(jurors, key=lambda juror: juror.draw_number)
        self.by_id = {juror.person_id: juror for juror in self.jurors}
        self.sitting = {sitting.id: sitting for sitting in self.sittings}
        self.days = {sitting.id: sitting.on(rules.zone) for sitting in self.sittings}
        self.tickets = {j.person_id: ticket(seed, j.draw_number) for j in self.jurors}
        self.panels: Panels = {sitting.id: [] for sitting in self.sittings}
        self._where: dict[UUID, set[UUID]] = {juror.person_id: set() for juror in self.jurors}
        self._meeting = _meeting(self.sittings)
        self.locked: set[tuple[UUID, UUID]] = set()
        self._aside = {
            (juror.person_id, sitting.id): steps_aside(juror, sitting, rules)
            for juror in self.jurors
            for sitting in self.sittings
        }
        # Seats are given one by one here, so that nobody sits who comes only with others.
        tied = travel_groups(jurors) if rules.travel_together else {}
        self._alone = {
            (juror.person_id, sitting.id): reasons_against(
                Ask(juror=juror, sitting=sitting, rules=rules)
            )
            + _with_others(juror, sitting, tied)
            for juror in self.jurors
            for sitting in self.sittings
        }
        self._width = {
            juror.person_id: sum(not self._alone[juror.person_id, s.id] for s in self.sittings)
            for juror in self.jurors
        }

    # -- who may sit -------------------------------------------------------------------

    def taken(self, person: UUID) -> tuple[Sitting, ...]:
        """Return the sittings in which the person has a seat."""
        where = self._where[person]
        return tuple(s for s in self.sittings if s.id in where) if where else ()

    def reasons(self, person: UUID, sitting: Sitting) -> tuple[Reason, ...]:
        """Return every rule a seat here would break as the panels stand."""
        taken = tuple(s for s in self.taken(person) if s.id != sitting.id)
        alone = self._alone[person, sitting.id]
        if taken:
            juror = self.by_id[person]
            ask = Ask(juror=juror, sitting=sitting, rules=self.rules, taken=taken)
            alone = reasons_against(ask)
        room = sitting.maximum - sitting.quorum
        for hearing_id in sorted(self.aside(person, sitting)):
            others = sum(
                hearing_id in self.aside(other, sitting)
                for other in self.panels[sitting.id]
                if other != person
            )
            if others + 1 > room:
                why = Reason(
                    person_id=person,
                    sitting_id=sitting.id,
                    code=ReasonCode.TOO_MANY_STEP_ASIDE,
                    params=(("hearing_id", str(hearing_id)), ("limit", room)),
                )
                return (*alone, why)
        return alone

    def may_join(self, person: UUID, sitting: Sitting) -> bool:
        """Return whether the person could take one more seat, here and now."""
        panel = self.panels[sitting.id]
        if person in panel or len(panel) >= sitting.maximum or self._alone[person, sitting.id]:
            return False
        where = self._where[person]
        if any((other, sitting.id) in self._meeting for other in where):
            return False
        free = not where and not self.aside(person, sitting)
        return free or not self.reasons(person, sitting)

    def candidates(self, sitting: Sitting) -> list[UUID]:
        """Return who could take a seat here, in order of draw numbers."""
        return [j.person_id for j in self.jurors if self.may_join(j.person_id, sitting)]

    def alone(self, person: UUID, sitting: Sitting) -> tuple[Reason, ...]:
        """Return every rule a seat here would break by itself, whoever else sits."""
        return self._alone[person, sitting.id]

    def width(self, person: UUID) -> int:
        """Return in how many sittings the person may sit at all."""
        return self._width[person]

    def aside(self, person: UUID, sitting: Sitting) -> frozenset[UUID]:
        """Return the hearings of the sitting in which the person has a conflict."""
        return self._aside[person, sitting.id]

    # -- changes -----------------------------------------------------------------------

    def seat(self, person: UUID, sitting: Sitting) -> None:
        """Give the person a seat."""
        self.panels[sitting.id].append(person)
        self._where[person].add(sitting.id)

    def lock(self, person: UUID, sitting: Sitting) -> None:
        """Give the person a seat that no correction may touch."""
        self.seat(person, sitting)
        self.locked.add((person, sitting.id))

    def unseat(self, person: UUID, sitting: Sitting) -> None:
        """Take the person's seat away."""
        self.panels[sitting.id].remove(person)
        self._where[person].remove(sitting.id)

    def snapshot(self) -> Panels:
        """Return the panels as they stand."""
        return {key: list(panel) for key, panel in self.panels.items()}

    def restore(self, panels: Panels) -> None:
        """Go back to panels taken before."""
        self.panels = {key: list(panel) for key, panel in panels.items()}
        for where in self._where.values():
            where.clear()
        for sitting_id, panel in panels.items():
            for person in panel:
                self._where[person].add(sitting_id)

    def movable(self, sitting: Sitting) -> list[UUID]:
        """Return the seated persons whose seat is not locked."""
        panel = self.panels[sitting.id]
        return [person for person in panel if (person, sitting.id) not in self.locked]

    # -- what is reached ---------------------------------------------------------------

    def lacking(self, sitting: Sitting) -> dict[UUID, int]:
        """Return what each hearing lacks to quorum; a sitting without hearings is its own."""
        panel = self.panels[sitting.id]
        if not sitting.hearings:
            return {sitting.id: max(0, sitting.quorum - len(panel))}
        return {
            h.hearing_id: max(
                0,
                sitting.quorum - sum(h.hearing_id not in self.aside(p, sitting) for p in panel),
            )
            for h in sitting.hearings
        }

    def to_quorum(self, sitting: Sitting) -> int:
        """Return what the worst-off hearing of the sitting lacks."""
        return max(self.lacking(sitting).values())

    def shortfall(self, sitting: Sitting) -> Shortfall:
        """Return what the sitting lacks, hearing by hearing."""
        size = len(self.panels[sitting.id])
        lacking = {h: n for h, n in self.lacking(sitting).items() if n and h != sitting.id}
        return Shortfall(
            sitting_id=sitting.id,
            to_quorum=self.to_quorum(sitting),
            to_minimum=max(0, sitting.minimum - size),
            to_target=max(0, sitting.target - size),
            hearings=tuple(sorted(lacking.items())),
        )

    def _in_time(self, juror: JurorProfile) -> int:
        days = {self.days[sitting.id] for sitting in self.taken(juror.person_id)}
        good = [day for day in days if juror.due_on is None or day <= juror.due_on]
        return min(juror.sessions_owed, len(good))

    def _loads(self) -> list[int]:
        return [
            juror.past_load + len({self.days[s.id] for s in self.taken(juror.person_id)})
            for juror in self.jurors
            if self.width(juror.person_id)
        ]

    def has_experience(self, sitting: Sitting) -> bool:
        """Return whether somebody on the panel has sat before."""
        return any(self.by_id[person].experienced for person in self.panels[sitting.id])

    def goals(self) -> GoalValues:
        """Return what the panels reach as they stand."""
        loads = self._loads()
        lacks = {sitting.id: self.to_quorum(sitting) for sitting in self.sittings}
        return GoalValues(
            seats_to_quorum=sum(s.quorum - lacks[s.id] for s in self.sittings),
            sittings_with_quorum=sum(lacks[s.id] == 0 for s in self.sittings),
            owed_in_time=sum(self._in_time(juror) for juror in self.jurors),
            seats_to_target=sum(min(s.target, len(self.panels[s.id])) for s in self.sittings),
            panels_with_experience=sum(self.has_experience(s) for s in self.sittings),
            load_spread=max(loads) - min(loads) if loads else 0,
        )


def _with_others(
    juror: JurorProfile, sitting: Sitting, tied: Mapping[UUID, frozenset[UUID]]
) -> tuple[Reason, ...]:
    if juror.person_id not in tied:
        return ()
    code = ReasonCode.TRAVELS_TOGETHER
    return (Reason(person_id=juror.person_id, sitting_id=sitting.id, code=code),)


def _meeting(sittings: Sequence[Sitting]) -> set[tuple[UUID, UUID]]:
    return {
        (one.id, other.id)
        for one in sittings
        for other in sittings
        if one.span.overlaps(other.span)
    }
