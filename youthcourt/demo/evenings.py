"""The calendar of a made-up court, its dockets, and what became of each hearing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import select

from youthcourt.courts.domain import DecisionRule, SanctionKind, SanctionRule, Unit
from youthcourt.demo.stage import Stage
from youthcourt.hearings.domain import (
    ContinuanceReason,
    CourtSessionKind,
    HearingOutcome,
    SeriesRule,
    plan_from_policy,
)
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.queries import (
    HearingLine,
    SessionLine,
    docket_of,
    placements,
    session_line,
    waiting_hearings,
)
from youthcourt.hearings.services import (
    add_closed_day,
    add_room,
    change_sitting,
    docket_hearing,
    plan_series,
    record_outcome,
)
from youthcourt.sentences.domain import Agreement
from youthcourt.sentences.services import SanctionGiven, range_of, record_sentence

ROOMS = (
    ("Room 2", "12 River Street, second floor", "Take the stairs on the left."),
    ("Room 5", "12 River Street, third floor", "Ask at the desk for the lift."),
    ("Mediation room", "12 River Street, ground floor", "Behind the library."),
)
AHEAD = timedelta(days=150)
NOTICE_DAYS = 8
PRESIDING = ("Adv. Judge M. Okafor", "Adv. Judge L. Brandt", "Adv. Judge S. Iyer")
_EXTRAS = 0.35


@dataclass(kw_only=True)
class Calendar:
    """Plans the sessions of a year and more, and puts hearings on their dockets."""

    stage: Stage
    rooms: list[uuid.UUID] = field(default_factory=list)

    def plan(self) -> tuple[SessionLine, ...]:
        """Plan every session and training of the year and of the months to come."""
        stage = self.stage
        for name, address, directions in ROOMS[: min(stage.policy.session.rooms, 2)]:
            room = add_room(
                stage.session,
                name=name,
                address=address,
                directions=directions,
                actor=stage.actor,
                now=stage.now,
            )
            self.rooms.append(room.id)
        for day, label in _closed_days(stage.today, stage.end + AHEAD):
            add_closed_day(stage.session, day=day, label=label, actor=stage.actor, now=stage.now)
        planned = self._series(CourtSessionKind.HEARING)
        if stage.policy.jury.training_required:
            planned += self._series(CourtSessionKind.TRAINING)
        return tuple(session_line(stage.session, row.id) for row in planned)

    def _series(self, kind: CourtSessionKind) -> list[CourtSession]:
        stage = self.stage
        rules = stage.policy.session
        weekday = 2 if rules.weekday is None else rules.weekday
        training = kind is CourtSessionKind.TRAINING
        rule = SeriesRule(
            weekday=(weekday + 4) % 7 if training else weekday,
            starts_on=stage.today + timedelta(days=1),
            ends_on=stage.end + AHEAD,
            every_weeks=None if training else rules.every_weeks,
            nth_of_month=1 if training else None,
        )
        rooms = self.rooms[:1] if training else self.rooms
        return list(
            plan_series(
                stage.session,
                rule=rule,
                kind=kind,
                starts_at=rules.starts_at,
                ends_at=rules.ends_at,
                rooms=[
                    replace(
                        plan_from_policy(stage.policy, room, kind),
                        presiding=None if training else name,
                    )
                    for room, name in zip(rooms, PRESIDING, strict=False)
                ],
                actor=stage.actor,
                now=stage.now,
            )
        )

    def wait_for_a_name(self, line: SessionLine) -> None:
        """Let nobody preside yet in the last room of a session, as happens."""
        stage, room = self.stage, line.sittings[-1]
        change_sitting(
            stage.session,
            sitting_id=room.id,
            plan=plan_from_policy(stage.policy, room.room_id, line.kind),
            actor=stage.actor,
            now=stage.now,
        )

    def fill_docket(self, session_id: uuid.UUID) -> None:
        """Put what waits longest on the docket of a session as long as it has room."""
        stage = self.stage
        for waiting in waiting_hearings(stage.session, today=stage.today):
            found = placements(stage.session, waiting.hearing.id, today=stage.today, now=stage.now)
            open_ = [p for p in found if not p.refused and not p.needs_reason]
            here = [place for place in open_ if place.session.id == session_id]
            if here:
                docket_hearing(
                    stage.session,
                    hearing_id=waiting.hearing.id,
                    sitting_id=min(here, key=lambda p: p.session.hearings).sitting.id,
                    actor=stage.actor,
                    now=stage.now,
                )


@dataclass(kw_only=True)
class Bench:
    """Decides what becomes of each hearing, and what a jury orders."""

    stage: Stage

    def hear(self, sitting_id: uuid.UUID, *, quorum: bool) -> list[uuid.UUID]:
        """Go through the docket of a room; return the hearings that got a sentence."""
        sentenced = []
        for hearing in docket_of(self.stage.session, sitting_id):
            outcome, reason = self._outcome(quorum=quorum)
            record_outcome(
                self.stage.session,
                hearing_id=hearing.id,
                outcome=outcome,
                reason=reason,
                actor=self.stage.actor,
                now=self.stage.at(self.stage.policy.session.ends_at),
            )
            if outcome is HearingOutcome.HEARD and hearing.first:
                self._sentence(hearing)
                sentenced.append(hearing.id)
        return sentenced

    def _outcome(self, *, quorum: bool) -> tuple[HearingOutcome, ContinuanceReason | None]:
        if not quorum:
            return HearingOutcome.CONTINUED, ContinuanceReason.NO_QUORUM
        if self.stage.chance(0.03):
            return HearingOutcome.NO_SHOW, None
        if self.stage.chance(0.04):
            return HearingOutcome.CONTINUED, ContinuanceReason.GUARDIAN_ABSENT
        return HearingOutcome.HEARD, None

    def _sentence(self, hearing: HearingLine) -> None:
        stage, policy = self.stage, self.stage.policy
        class_code = None
        if policy.classes:
            codes = [item.code for item in policy.classes]
            class_code = stage.dice.choices(codes, weights=range(len(codes), 0, -1))[0]
        items = [
            self._item(rule, class_code)
            for rule in policy.sanctions
            if rule.mandatory or (rule.kind is not SanctionKind.OTHER and stage.chance(_EXTRAS))
        ]
        unanimous = policy.forum.decision in {DecisionRule.UNANIMOUS, DecisionRule.UNSTATED}
        record_sentence(
            stage.session,
            hearing_id=hearing.id,
            items=items,
            agreement=Agreement.UNANIMOUS if unanimous else Agreement.MAJORITY,
            offence_class=class_code,
            not_feasible_reason="The coordinator will find the dates.",
            panel_words="We think you can do this." if stage.chance(0.3) else None,
            actor=stage.actor,
            now=stage.at(policy.session.ends_at),
        )

    def _item(self, rule: SanctionRule, class_code: str | None) -> SanctionGiven:
        dice = self.stage.dice
        allowed = range_of(self.stage.policy, rule, class_code)
        if rule.unit is Unit.NONE:
            amount = None
        elif allowed is not None and allowed.maximum is not None:
            step = 60 if rule.unit is Unit.MINUTES else 1
            amount = dice.randrange(allowed.minimum or step, allowed.maximum + 1, step)
        elif rule.unit is Unit.MINUTES:
            amount = dice.choice((240, 360, 480))
        elif rule.unit is Unit.MONEY:
            amount = dice.choice((2_500, 4_000))
        else:
            amount = 1
        return SanctionGiven(kind=rule.kind, amount=amount, label=rule.label)


def _closed_days(first: date, last: date) -> list[tuple[date, str]]:
    """Return the days between these on which nobody comes."""
    found = []
    for year in range(first.year, last.year + 1):
        for month, day, label in (
            (1, 1, "New Year"),
            (7, 4, "Independence Day"),
            (12, 25, "Holiday"),
        ):
            at = date(year, month, day)
            if first < at <= last:
                found.append((at, label))
    return found


def held_on(stage: Stage, day: date) -> tuple[uuid.UUID, ...]:
    """Return the sessions planned for a day."""
    query = select(CourtSession.id).where(CourtSession.held_on == day)
    return tuple(stage.session.scalars(query))
