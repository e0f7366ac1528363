"""The juries of a made-up court: drawn, published, and how each evening went."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from youthcourt.demo.evenings import Bench
from youthcourt.demo.stage import Stage
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.hearings.queries import SessionLine, session_line
from youthcourt.jury.queries.evening import EveningPerson, people_of_evening
from youthcourt.jury.services import (
    accept_draw,
    draw_session,
    invite_people,
    publish_session,
    store_draw,
)
from youthcourt.jury.services.attendance import check_in, mark_attendance, tick_oath_of_all
from youthcourt.jury.services.evening import confirm_evening
from youthcourt.people.models import Person, Training
from youthcourt.sentences.domain import AttendanceOutcome

# How evenings go, in shares of those who hold a seat.
_GOES = (
    (AttendanceOutcome.PRESENT, 86),
    (AttendanceOutcome.LATE, 5),
    (AttendanceOutcome.LEFT_EARLY, 2),
    (AttendanceOutcome.EXCUSED, 3),
    (AttendanceOutcome.ABSENT, 4),
)


@dataclass(kw_only=True)
class Juries:
    """Fills the seats of each session and lives through it."""

    stage: Stage
    bench: Bench

    def prepare(self, session_id: uuid.UUID) -> None:
        """Draw a jury for a session, or invite to a training, and publish it."""
        stage = self.stage
        line = session_line(stage.session, session_id)
        hand: dict[str, Any] = {"actor": stage.actor, "now": stage.now}
        if line.kind is CourtSessionKind.TRAINING:
            untrained = self._untrained()
            if not untrained:
                return
            invite_people(stage.session, session_id=session_id, person_ids=untrained, **hand)
        elif line.hearings:
            drawn = draw_session(
                stage.session,
                session_id=session_id,
                seed=stage.dice.randrange(1, 10**6),
                now=stage.now,
            )
            stored = store_draw(stage.session, drawn=drawn, **hand)
            accept_draw(stage.session, session_id=session_id, draw_id=stored.id, **hand)
        try:
            publish_session(stage.session, session_id=session_id, **hand)
        except CourtRuleBroken as refusal:
            if refusal.code != "nobody_seated":
                raise

    def _untrained(self) -> list[uuid.UUID]:
        trained = select(Training.person_id)
        query = (
            select(Person.id)
            .where(Person.on_jury_list.is_(True), Person.id.not_in(trained))
            .order_by(Person.number)
            .limit(20)
        )
        return list(self.stage.session.scalars(query))

    def live_through(self, session_id: uuid.UUID, *, confirm: bool) -> None:
        """Let people come, hear what is on the docket, and confirm the evening."""
        stage = self.stage
        line = session_line(stage.session, session_id)
        people = [one for one in people_of_evening(stage.session, session_id) if one.seated]
        for one in people:
            self._come(line, one)
        tick_oath_of_all(
            stage.session,
            session_id=session_id,
            actor=stage.actor,
            now=stage.at(stage.policy.session.starts_at),
        )
        came = people_of_evening(stage.session, session_id)
        for sitting in line.sittings:
            here = sum(one.here for one in came if one.sitting_id == sitting.id)
            self.bench.hear(sitting.id, quorum=here >= sitting.quorum)
        if confirm:
            confirm_evening(
                stage.session,
                session_id=session_id,
                actor=stage.actor,
                now=line.span.ends_at + timedelta(minutes=10),
            )

    def _come(self, line: SessionLine, one: EveningPerson) -> None:
        stage = self.stage
        shares = [share for _outcome, share in _GOES]
        outcome = stage.dice.choices([outcome for outcome, _share in _GOES], weights=shares)[0]
        minutes = stage.dice.randrange(-15, 5)
        if outcome is AttendanceOutcome.LATE:
            minutes = stage.dice.randrange(15, 60)
        at = line.span.starts_at + timedelta(minutes=minutes)
        if outcome in {AttendanceOutcome.ABSENT, AttendanceOutcome.EXCUSED}:
            mark_attendance(
                stage.session,
                session_id=line.id,
                person_id=one.person_id,
                outcome=outcome,
                actor=stage.actor,
                now=line.span.starts_at,
            )
            return
        check_in(
            stage.session,
            session_id=line.id,
            person_id=one.person_id,
            actor=stage.actor,
            now=at,
        )
        if outcome is AttendanceOutcome.LEFT_EARLY:
            left = line.span.ends_at - timedelta(minutes=stage.dice.randrange(20, 70))
            mark_attendance(
                stage.session,
                session_id=line.id,
                person_id=one.person_id,
                outcome=outcome,
                at=left,
                actor=stage.actor,
                now=left,
            )
