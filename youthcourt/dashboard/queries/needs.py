"""Everything that needs a hand now, in a fixed number of queries whatever there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState
from youthcourt.cases.queries.imports import count_waiting_runs
from youthcourt.credits.queries import LedgerState, ledger_state
from youthcourt.dashboard.queries.cases import WaitingGroup, waiting_groups
from youthcourt.dashboard.queries.panels import (
    PanelState,
    SeatTrouble,
    coming_panels,
    coming_troubles,
)
from youthcourt.followups.queries import count_due
from youthcourt.hearings.domain import CourtSessionState
from youthcourt.hearings.queries import SessionLine, count_waiting, sessions_between
from youthcourt.notices.domain import Receiver
from youthcourt.notices.queries import held_count, needs_hand_counts
from youthcourt.sentences.queries import (
    PersonAtRisk,
    WaitingService,
    people_at_risk,
    waiting_service,
)

LOOK_BACK = timedelta(days=365)
SHOWN = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What waits in a court today.

    ``unconfirmed`` are evenings that are over and whose attendance nobody has confirmed;
    ``tonight`` the sessions of today that are not; ``sittings_wanted`` counts hearings without a
    sitting, ``messages`` those to be printed or told by phone by whom they are for, ``held`` those
    that are kept back until somebody sends or drops them, ``imports`` files nobody has decided
    on, ``searches`` cases whose records should be searched.
    """

    tonight: tuple[SessionLine, ...]
    unconfirmed: tuple[SessionLine, ...]
    panels: tuple[PanelState, ...]
    troubles: tuple[SeatTrouble, ...]
    sittings_wanted: int
    messages: dict[Receiver, int]
    held: int
    imports: int
    searches: int
    cases: tuple[WaitingGroup, ...]
    service: tuple[WaitingService, ...]
    at_risk: tuple[PersonAtRisk, ...]
    ledger: LedgerState

    @property
    def nothing(self) -> bool:
        """Whether nothing waits for anybody."""
        return not any(
            (
                self.tonight,
                self.unconfirmed,
                self.panels,
                self.troubles,
                self.sittings_wanted,
                self.messages,
                self.held,
                self.imports,
                self.searches,
                self.cases,
                self.service,
                self.at_risk,
                self.ledger.problems,
                self.ledger.checked_at is None,
            )
        )

    def group(self, state: CaseState) -> WaitingGroup | None:
        """Return the cases that wait in a state, None when there are none."""
        return next((group for group in self.cases if group.state is state), None)


def needs_of_court(session: Session, *, today: date, now: datetime) -> Needs:
    """Return what needs a hand in the session's court, each with where it is done."""
    evenings = [
        line
        for line in sessions_between(session, today - LOOK_BACK, today)
        if line.state is CourtSessionState.PLANNED
    ]
    return Needs(
        tonight=tuple(
            line for line in evenings if line.held_on == today and line.span.ends_at > now
        ),
        unconfirmed=tuple(line for line in evenings if line.span.ends_at <= now),
        panels=coming_panels(session, today=today, now=now),
        troubles=coming_troubles(session, now=now),
        sittings_wanted=count_waiting(session),
        messages=needs_hand_counts(session),
        held=held_count(session),
        imports=count_waiting_runs(session),
        searches=count_due(session, today=today),
        cases=waiting_groups(session, today=today),
        service=waiting_service(session, now=now),
        at_risk=people_at_risk(session, now=now),
        ledger=ledger_state(session, now=now),
    )
