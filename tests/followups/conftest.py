"""A case whose follow-up has started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt
from youthcourt.cases.models import Case
from youthcourt.cases.services import ChargeGiven, open_case
from youthcourt.followups import services
from youthcourt.followups.domain import (
    CheckEntry,
    CheckResult,
    LaterEventKind,
    LaterOffenceEntry,
    OffenceCategory,
    RecordSource,
)
from youthcourt.followups.models import RecordCheck
from youthcourt.people.services import add_person

HEARD_ON = date(2025, 1, 18)
LATER = LaterOffenceEntry(
    kind=LaterEventKind.ARREST,
    category=OffenceCategory.DELINQUENT,
    offence_on=date(2025, 4, 2),
    event_on=date(2025, 4, 9),
    nibrs="23C",
    text="Shoplifting",
)


@dataclass
class Search:
    """The acts of follow-up as the coordinator of one court does them."""

    session: Session
    court: SmallCourt

    @property
    def hand(self) -> dict[str, Any]:
        return {"actor": self.court.actor, "now": NOW}

    def case(self, *, heard_on: date | None = HEARD_ON, admitted_on: date | None = None) -> Case:
        person = add_person(
            self.session,
            given_names="Amara",
            family_name="Okoye",
            birth_date=date(2010, 5, 17),
            **self.hand,
        )
        case = open_case(
            self.session,
            person_id=person.id,
            agency_id=None,
            referred_on=date(2024, 12, 20),
            incident_on=date(2024, 12, 1),
            incident_reference=None,
            charges=(ChargeGiven(text="Shoplifting", nibrs="23C"),),
            **self.hand,
        )
        case.heard_on, case.admitted_on = heard_on, admitted_on
        self.session.flush()
        return case

    def entry(self, **given: Any) -> CheckEntry:
        values = {
            "source": RecordSource.POLICE,
            "jurisdiction": "Elm County",
            "result": CheckResult.NOTHING_FOUND,
            "searched_on": date(2025, 8, 1),
            "searched_by": "R. Diaz",
            "data_through": date(2025, 7, 25),
            **given,
        }
        return CheckEntry(**values)

    def found(self, **given: Any) -> CheckEntry:
        return self.entry(**{"result": CheckResult.FOUND, "offences": (LATER,), **given})

    def write(self, case: Case, entry: CheckEntry | None = None) -> RecordCheck:
        return services.record_check(
            self.session, case_id=case.id, entry=entry or self.entry(), today=TODAY, **self.hand
        )


@pytest.fixture
def search(session: Session, court: SmallCourt) -> Search:
    """The coordinator at follow-up, on each database in turn."""
    return Search(session=session, court=court)
