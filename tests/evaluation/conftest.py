"""A court whose cases, sentences, service and searches are made row by row."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt
from tests.fixtures.sittings import add_sitting
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import Case, Screening
from youthcourt.cases.services import ChargeGiven, open_case
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.courts.queries import policy_on
from youthcourt.evaluation.domain import CountCode, CountKey, Figure, Period
from youthcourt.evaluation.queries import count_period
from youthcourt.followups.domain import (
    CheckResult,
    LaterEventKind,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
)
from youthcourt.followups.models import LaterOffence, RecordCheck
from youthcourt.hearings.domain import (
    AdultRole,
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
    name_key,
)
from youthcourt.hearings.models import AdultHours, CourtSession, Hearing, Sitting
from youthcourt.people.models import Person
from youthcourt.people.services import add_person, add_training
from youthcourt.sentences.domain import Agreement, ServiceBasis, ServiceState
from youthcourt.sentences.models import Allocation, Sanction, Sentence, ServiceRecord

Row = TypeVar("Row")
START = date(2025, 1, 18)
YEAR = Period(first=date(2025, 1, 1), last=date(2025, 12, 31))

ASKED: dict[str, Any] = {
    "first": "2025-01-01",
    "last": "2025-12-31",
    "start": "first_scheduled",
    "who": "everybody",
    "months": ["6", "12"],
    "kinds": ["arrest", "charge"],
    "basis": "offence",
    "denominator": "searched",
}
FOUND = ((date(2025, 3, 1), date(2025, 3, 9)),)


@dataclass
class Records:
    """Rows as they are after the acts that make them; each act has tests of its own."""

    session: Session
    court: SmallCourt
    made: int = 0
    policies: dict[date, uuid.UUID] = field(default_factory=dict)

    @property
    def hand(self) -> dict[str, Any]:
        return {"actor": self.court.actor, "now": NOW}

    def keep(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row

    def policy(self, day: date) -> uuid.UUID:
        if day not in self.policies:
            self.policies[day] = policy_on(self.session, day=day).id
        return self.policies[day]

    def person(self, **given: Any) -> uuid.UUID:
        self.made += 1
        values = {
            "given_names": "Amara",
            "family_name": f"Okoye {self.made}",
            "birth_date": date(2010, 5, 17),
            **given,
        }
        return add_person(self.session, **values, **self.hand).id

    def case(
        self,
        *,
        person_id: uuid.UUID | None = None,
        referred: date = START - timedelta(days=30),
        accepted: date | None = None,
        heard: date | None = None,
        sentenced: date | None = None,
        closed: tuple[date, ClosureReason] | None = None,
        **days: Any,
    ) -> Case:
        """A case with the days it has, and every row those days stand for."""
        self.made += 1
        row = open_case(
            self.session,
            person_id=person_id or self.person(),
            agency_id=days.pop("agency_id", None),
            referred_on=referred,
            incident_on=days.pop("incident_on", referred - timedelta(days=9)),
            incident_reference=None,
            charges=(ChargeGiven(text="Shoplifting", nibrs="23C"),),
            **self.hand,
        )
        for name, day in days.items():
            setattr(row, name, day)
        if accepted is not None:
            self.screen(row, accepted)
        if heard is not None:
            row.state, row.heard_on = CaseState.HEARD, heard
            hearing = self.hearing(row, heard)
            if sentenced is not None:
                row.state = CaseState.SUPERVISED
                self.sentence(row, hearing, sentenced)
        if closed is not None:
            row.closed_on, row.closure_reason = closed
            row.state = CaseState.CLOSED
        self.session.flush()
        return row

    def screen(self, case: Case, day: date, *, eligible: bool = True, later: int = 0) -> None:
        self.keep(
            Screening(
                case_id=case.id,
                policy_id=case.policy_id,
                decided_on=day,
                outcomes=[],
                eligible=eligible,
                recorded_at=NOW + timedelta(seconds=later),
            )
        )

    def evening(self, day: date, **given: Any) -> Sitting:
        values = {
            "kind": CourtSessionKind.HEARING,
            "state": CourtSessionState.CONFIRMED,
            **given,
        }
        presiding = values.pop("presiding", None)
        session = self.keep(
            CourtSession(
                held_on=day, starts_at=NOW.time(), ends_at=NOW.time(), created_at=NOW, **values
            )
        )
        sitting = add_sitting(self.session, session.id, quorum=1, panel_target=6, panel_max=8)
        sitting.presiding = presiding
        self.session.flush()
        return sitting

    def hearing(self, case: Case, day: date, **given: Any) -> Hearing:
        values = {"kind": HearingKind.FIRST, "state": HearingState.HEARD, **given}
        return self.keep(
            Hearing(
                case_id=case.id,
                sitting_id=self.evening(day).id,
                waiting_since=day,
                decided_at=NOW,
                **values,
            )
        )

    def sentence(self, case: Case, hearing: Hearing, day: date) -> Sentence:
        return self.keep(
            Sentence(
                case_id=case.id,
                hearing_id=hearing.id,
                policy_id=self.policy(day),
                sentenced_on=day,
                agreement=Agreement.UNANIMOUS,
                recorded_at=NOW,
            )
        )

    def owes(self, case: Case, kind: SanctionKind, unit: Unit, amount: int) -> Sanction:
        sentence = self.session.scalars(
            sa.select(Sentence).where(Sentence.case_id == case.id)
        ).one()
        return self.keep(
            Sanction(
                sentence_id=sentence.id,
                case_id=case.id,
                person_id=case.person_id,
                kind=kind,
                unit=unit,
                label=kind.value,
                amount=amount,
            )
        )

    def serves(
        self,
        person_id: uuid.UUID,
        day: date,
        *,
        minutes: int = 180,
        sessions: int = 1,
        freely: int = 0,
        sanction: Sanction | None = None,
        kind: SanctionKind = SanctionKind.JURY,
        state: ServiceState = ServiceState.CONFIRMED,
    ) -> ServiceRecord:
        """A piece of service, of which so many minutes count for no sentence."""
        self.made += 1
        row = self.keep(
            ServiceRecord(
                person_id=person_id,
                kind=kind,
                state=state,
                basis=ServiceBasis.ORDERED if sanction else ServiceBasis.VOLUNTARY,
                sessions=sessions,
                minutes=minutes,
                served_on=day,
                source_key=f"test:{self.made}",
                recorded_at=NOW,
            )
        )
        ordered = minutes - freely if sanction else 0
        if ordered and sanction:
            self.part(row, sanction.id, sessions, ordered)
        if minutes - ordered:
            self.part(row, None, 0 if ordered else sessions, minutes - ordered)
        return row

    def part(self, row: ServiceRecord, sanction_id: Any, sessions: int, minutes: int) -> None:
        self.keep(
            Allocation(
                service_id=row.id, sanction_id=sanction_id, sessions=sessions, minutes=minutes
            )
        )

    def gives(self, name: str, day: date, minutes: int = 60, **given: Any) -> None:
        """Hours of an adult."""
        self.keep(
            AdultHours(
                given_on=day,
                name=name,
                name_key=name_key(name),
                role=AdultRole.OTHER,
                minutes=minutes,
                recorded_at=NOW,
                **given,
            )
        )

    def collects(self, person_id: uuid.UUID, since: date) -> None:
        """Somebody collects service-learning hours from a day on."""
        self.session.get_one(Person, person_id).service_learning_since = since
        self.session.flush()

    def trains(self, person_id: uuid.UUID, day: date) -> None:
        add_training(self.session, person_id=person_id, topic="juror", finished_on=day, **self.hand)

    def search(
        self,
        case: Case,
        *,
        through: date | None = TODAY,
        offences: tuple[tuple[date | None, date], ...] = (),
        kind: LaterEventKind = LaterEventKind.ARREST,
        category: OffenceCategory = OffenceCategory.DELINQUENT,
        result: CheckResult | None = None,
        **given: Any,
    ) -> RecordCheck:
        """A search that stands; without a last day it is none."""
        usual = CheckResult.FOUND if offences else CheckResult.NOTHING_FOUND
        found = result or (usual if through else CheckResult.NOT_SEARCHED)
        reasons = {
            CheckResult.NOT_SEARCHED: NoSearchReason.NO_TIME,
            CheckResult.CANNOT_BE_SEARCHED: NoSearchReason.SEALED,
        }
        check = self.keep(
            RecordCheck(
                case_id=case.id,
                source=RecordSource.POLICE,
                jurisdiction=given.pop("jurisdiction", "Elm County"),
                result=found,
                reason=reasons.get(found),
                searched_on=TODAY,
                data_through=None if found in reasons else through,
                searched_by="R. Diaz",
                recorded_at=NOW,
                **given,
            )
        )
        for position, (offence_on, event_on) in enumerate(offences, start=1):
            self.keep(
                LaterOffence(
                    check_id=check.id,
                    position=position,
                    kind=kind,
                    category=category,
                    offence_on=offence_on,
                    event_on=event_on,
                    nibrs="23C",
                    text="Shoplifting",
                )
            )
        return check

    def count(
        self, code: CountCode, of: str = "", *, period: Period = YEAR, today: date = TODAY
    ) -> Figure:
        """One figure of a span."""
        return count_period(self.session, period=period, today=today)[CountKey(code, of)]

    def value(self, code: CountCode, of: str = "", **given: Any) -> int | None:
        return self.count(code, of, **given).value


@pytest.fixture
def records(session: Session, court: SmallCourt) -> Records:
    """The records of one court, on each database in turn."""
    return Records(session=session, court=court)


def people(records: Records, *, found: int, clean: int, unsearched: int = 0) -> None:
    """Make so many of each, all started on one day."""
    for number in range(found + clean + unsearched):
        case = records.case(heard=START)
        if number < found:
            records.search(case, offences=FOUND)
        elif number < found + clean:
            records.search(case)
    records.session.commit()


def download(client: FlaskClient, **changed: Any) -> Any:
    shown = client.get("/follow-up-results", query_string=ASKED).text
    token = shown.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    return client.post("/follow-up-results/file", data={"csrf_token": token, **ASKED, **changed})
