"""The hours of made-up adults: on the evenings, at trainings, and in the office."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta

from youthcourt.demo.stage import Stage
from youthcourt.hearings.domain import AdultGiven, AdultRole, CourtSessionKind
from youthcourt.hearings.queries import SessionLine, session_line
from youthcourt.hearings.services import record_adult_hours, record_session_adults

HELPERS = (
    ("Rosalind Achterberg", AdultRole.JURY_MONITOR),
    ("Tomás Echeverri", AdultRole.JURY_MONITOR),
    ("Winifred Adeyemi", AdultRole.DOOR),
    ("Halina Wójcik", AdultRole.INTERPRETER),
)
TRAINER = "Prof. Desmond Farrell"
CLERK = "Odette Marchetti"
_WEEK, _FROM = 7, 3
_OFFICE = (60, 90, 120, 150)


@dataclass(kw_only=True)
class AdultHelpers:
    """Writes down who gave their time; with dice of its own, so that nothing else changes."""

    stage: Stage
    dice: random.Random

    def begin(self) -> None:
        """Let somebody help in the office once a week."""
        self.stage.later(_FROM, self._help_in_office)

    def helped(self, session_id: uuid.UUID) -> None:
        """Write down the adults of a session that is over."""
        stage = self.stage
        line = session_line(stage.session, session_id)
        record_session_adults(
            stage.session,
            session_id=session_id,
            lines=self._lines(line),
            actor=stage.actor,
            now=line.span.ends_at + timedelta(minutes=20),
        )

    def _lines(self, line: SessionLine) -> list[AdultGiven]:
        whole = line.span.minutes
        if line.kind is CourtSessionKind.TRAINING:
            return [AdultGiven(name=TRAINER, role=AdultRole.TRAINER, minutes=whole)]
        names = [room.presiding for room in line.sittings if room.presiding]
        given = [AdultGiven(name=n, role=AdultRole.PRESIDING, minutes=whole) for n in names]
        for name, role in self.dice.sample(HELPERS, k=self.dice.randrange(1, len(HELPERS))):
            minutes = whole if role is AdultRole.JURY_MONITOR else whole // 2
            given.append(AdultGiven(name=name, role=role, minutes=minutes))
        return [
            AdultGiven(name=one.name, role=one.role, minutes=one.minutes, line=number)
            for number, one in enumerate(given)
        ]

    def _help_in_office(self) -> None:
        stage = self.stage
        minutes = self.dice.choice(_OFFICE)
        record_adult_hours(
            stage.session,
            lines=[AdultGiven(name=CLERK, role=AdultRole.OFFICE, minutes=minutes)],
            given_on=stage.today,
            actor=stage.actor,
            now=stage.now,
        )
        stage.later(_WEEK, self._help_in_office)
