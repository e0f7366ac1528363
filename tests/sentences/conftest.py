"""A court with sentences to serve: people, heard cases, sessions ahead, service of every state."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt
from tests.fixtures.sittings import add_sitting
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services import open_case
from youthcourt.courts.domain import Policy, SanctionKind, Unit, preset
from youthcourt.courts.queries import policy_on
from youthcourt.courts.services import store_policy
from youthcourt.credits.queries import balance_of
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.people.services import add_person, add_training
from youthcourt.sentences import services
from youthcourt.sentences.domain import Agreement, ServiceBasis
from youthcourt.sentences.models import Sanction, Sentence, ServiceRecord
from youthcourt.sentences.queries import SanctionProgress, progress_of

HEARD_ON = date(2026, 2, 7)
DUE_ON = date(2026, 6, 7)
UNITS = {SanctionKind.JURY: Unit.SESSIONS, SanctionKind.COMMUNITY_SERVICE: Unit.MINUTES}


@dataclass
class Bench:
    """The acts on sentences and service as the coordinator of one court does them."""

    session: Session
    court: SmallCourt
    made: int = 0
    rooms: list[uuid.UUID] = field(default_factory=list)

    @property
    def hand(self) -> dict[str, Any]:
        return {"actor": self.court.actor, "now": NOW}

    def person(self, name: str = "Ada", **given: Any) -> uuid.UUID:
        self.made += 1
        values = {"family_name": f"Okafor {self.made}", "birth_date": date(2010, 5, 17), **given}
        return add_person(self.session, given_names=name, **values, **self.hand).id

    def train(self, person_id: uuid.UUID, on: date = HEARD_ON) -> None:
        add_training(
            self.session,
            person_id=person_id,
            topic="juror",
            finished_on=on,
            source_key=f"training:{person_id}",
            **self.hand,
        )

    # Hearings and the calendar ---------------------------------------------------------------

    def evening(self, on: date, *, seats: int = 8, **given: Any) -> CourtSession:
        """A planned session with one room of so many seats."""
        row = CourtSession(
            kind=given.pop("kind", CourtSessionKind.HEARING),
            held_on=on,
            starts_at=time(9, 30),
            ends_at=time(12, 30),
            state=given.pop("state", CourtSessionState.PLANNED),
            created_at=NOW,
        )
        self.session.add(row)
        self.session.flush()
        self.room_of(row, seats=seats)
        return row

    def room_of(self, evening: CourtSession, *, seats: int) -> Sitting:
        """One more room of a session."""
        return add_sitting(self.session, evening.id, quorum=1, panel_target=seats, panel_max=seats)

    def hearing(
        self, person_id: uuid.UUID | None = None, *, on: date = HEARD_ON, **given: Any
    ) -> Hearing:
        """A hearing of a new case that was held on a day."""
        self.made += 1
        case = given.pop("case", None) or self.case(person_id or self.person(), on=on)
        evening = self.evening(on, state=CourtSessionState.CONFIRMED)
        sitting = self.session.scalars(
            sa.select(Sitting).where(Sitting.session_id == evening.id)
        ).one()
        row = Hearing(
            case_id=case.id,
            kind=given.pop("kind", HearingKind.FIRST),
            state=given.pop("state", HearingState.HEARD),
            sitting_id=sitting.id,
            waiting_since=on - timedelta(days=9),
            decided_at=NOW,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def case(self, person_id: uuid.UUID, *, on: date = HEARD_ON) -> Case:
        """A case that has been heard."""
        case = open_case(
            self.session,
            person_id=person_id,
            referred_on=on - timedelta(days=20),
            incident_on=on - timedelta(days=30),
            incident_reference=f"INC-{self.made}",
            agency_id=None,
            **self.hand,
        )
        case.state, case.heard_on = CaseState.HEARD, on
        self.session.flush()
        return case

    def case_of(self, hearing: Hearing) -> Case:
        return self.session.get_one(Case, hearing.case_id)

    def record(self, hearing: Hearing, **given: Any) -> Sentence:
        """Record a sentence of seven sessions, or what is given."""
        values: dict[str, Any] = {
            "items": [services.SanctionGiven(kind=SanctionKind.JURY, amount=7)],
            "agreement": Agreement.UNANIMOUS,
            **self.hand,
            **given,
        }
        return services.record_sentence(self.session, hearing_id=hearing.id, **values)

    # A sentence as rows: for what comes after it ----------------------------------------------

    def owes(
        self,
        person_id: uuid.UUID,
        amount: int = 7,
        *,
        kind: SanctionKind = SanctionKind.JURY,
        unit: Unit | None = None,
        on: date = HEARD_ON,
        due_on: date | None = DUE_ON,
        case: Case | None = None,
    ) -> Sanction:
        """One obligation of a new sentence, in a case under supervision."""
        hearing = self.hearing(person_id, on=on, case=case)
        found = self.case_of(hearing)
        found.state = CaseState.SUPERVISED
        sentence = Sentence(
            case_id=found.id,
            hearing_id=hearing.id,
            policy_id=policy_on(self.session, day=on).id,
            sentenced_on=on,
            agreement=Agreement.UNANIMOUS,
            recorded_at=NOW,
        )
        self.session.add(sentence)
        self.session.flush()
        row = Sanction(
            sentence_id=sentence.id,
            case_id=found.id,
            person_id=person_id,
            kind=kind,
            unit=unit or UNITS.get(kind, Unit.PIECES),
            label=kind.value,
            amount=amount,
            due_on=due_on,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def close(self, case_id: uuid.UUID, state: CaseState = CaseState.CLOSED) -> None:
        """Let a case stand as closed, or as anything else; how it gets there is not ours."""
        values: dict[str, Any] = {"state": state}
        if state is CaseState.CLOSED:
            values |= {"closure_reason": "completed", "closed_on": TODAY}
        else:
            values |= {"closure_reason": None, "closed_on": None}
        self.session.execute(sa.update(Case).where(Case.id == case_id).values(**values))
        self.session.expire_all()

    # Service -----------------------------------------------------------------------------------

    def book(self, person_id: uuid.UUID, on: date = TODAY, **given: Any) -> ServiceRecord:
        self.made += 1
        values: dict[str, Any] = {
            "kind": SanctionKind.JURY,
            "sessions": 1,
            "minutes": 180,
            "source_key": f"seat:{self.made}",
            **self.hand,
            **given,
        }
        return services.book_service(self.session, person_id=person_id, served_on=on, **values)

    def report(self, person_id: uuid.UUID, on: date = TODAY, **given: Any) -> ServiceRecord:
        self.made += 1
        values: dict[str, Any] = {
            "kind": SanctionKind.COMMUNITY_SERVICE,
            "minutes": 120,
            "source_key": f"site:{self.made}",
            **self.hand,
            **given,
        }
        return services.report_service(self.session, person_id=person_id, served_on=on, **values)

    def confirm(self, record: ServiceRecord, **given: Any) -> ServiceRecord:
        values = {**self.hand, **given}
        return services.confirm_service(self.session, service_id=record.id, **values)

    def serve(self, person_id: uuid.UUID, on: date = TODAY, **given: Any) -> ServiceRecord:
        """A confirmed evening."""
        return self.confirm(self.book(person_id, on, **given))

    def volunteer(self, person_id: uuid.UUID, on: date = TODAY) -> ServiceRecord:
        """A confirmed evening given freely."""
        return self.serve(person_id, on, basis=ServiceBasis.VOLUNTARY)

    def reverse(
        self, record: ServiceRecord, reason: str = "entered_twice", **given: Any
    ) -> ServiceRecord:
        values = {"reason": reason, **self.hand, **given}
        return services.reverse_service(self.session, service_id=record.id, **values)

    # Looking -----------------------------------------------------------------------------------

    def item(self, sanction: Sanction, *, now: datetime = NOW) -> SanctionProgress:
        """One obligation as every page shows it."""
        person_id = sanction.person_id
        items = progress_of(self.session, person_ids=[person_id], now=now)[person_id]
        return next(item for item in items if item.id == sanction.id)

    def parts(self, sanction: Sanction, *, now: datetime = NOW) -> tuple[int, int, int, int]:
        """Confirmed, pending, booked and still to book; they sum to what is required."""
        item = self.item(sanction, now=now)
        found = (item.confirmed, item.pending, item.booked, item.to_book)
        assert sum(found) == item.required
        return found

    def balance(self, person_id: uuid.UUID) -> int:
        return balance_of(self.session, person_id=person_id)

    def policy(self, on: date, **changes: Any) -> None:
        """Put another version of the policy in force from a day on."""
        store_policy(
            self.session,
            policy=changed_policy(**changes),
            in_force_from=on,
            actor=self.court.actor,
            now=NOW,
        )


def changed_policy(slug: str = "dc-time-dollar", **changes: Any) -> Policy:
    """Return a preset with settings of some of its parts changed."""
    document = preset(slug).model_dump(mode="json")
    document["assumed"] = {}
    for part, values in changes.items():
        document[part] = {**document[part], **values} if isinstance(values, dict) else values
    return Policy.model_validate(document)


@pytest.fixture
def bench(session: Session, court: SmallCourt) -> Bench:
    """The bench of the court on each database in turn."""
    return Bench(session=session, court=court)


def at(day: date, hour: int = 17) -> datetime:
    """An instant of a day; 17 hours UTC is midday in Washington."""
    return datetime.combine(day, time(hour), NOW.tzinfo)


Maker = Callable[..., Bench]
