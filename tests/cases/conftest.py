"""A youth with a case, and what a test needs to take it further."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cases.importing import Inbox
from tests.fixtures.app import NOW, SmallCourt
from youthcourt.cases import ports, services
from youthcourt.cases.domain import NOTHING_ASKED, EvaluationRow
from youthcourt.cases.models import Case
from youthcourt.cases.queries import screened_rules
from youthcourt.courts.domain import ConsentKind, Outcome
from youthcourt.people.domain.kinds import AuthorityProof, Relation
from youthcourt.people.services import AdultEntry, add_adult, add_person

REFERRED = date(2026, 2, 20)
INCIDENT = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def _nothing_plugged_in() -> Iterator[None]:
    """Ask and tell no higher feature, whatever was plugged in by building an application."""
    before = ports._Plugged.sources, ports._Plugged.followers
    yield
    ports._Plugged.sources, ports._Plugged.followers = before


@dataclass
class Desk:
    """The acts on cases as the coordinator of one court does them."""

    session: Session
    court: SmallCourt

    @property
    def hand(self) -> dict[str, Any]:
        return {"actor": self.court.actor, "now": NOW}

    def person(self, **given: Any) -> uuid.UUID:
        values = {
            "given_names": "José",
            "family_name": "Núñez",
            "birth_date": date(2011, 5, 17),
            **given,
        }
        return add_person(self.session, **values, **self.hand).id

    def guardian(self, person_id: uuid.UUID, **given: Any) -> uuid.UUID:
        entry = {
            "name": "Rosa Núñez",
            "relation": Relation.MOTHER,
            "may_consent": True,
            "authority_proof": AuthorityProof.BIRTH_CERTIFICATE,
            **given,
        }
        return add_adult(
            self.session, person_id=person_id, entry=AdultEntry(**entry), **self.hand
        ).id

    def agency(self, name: str = "Elm Police") -> uuid.UUID:
        return services.agency_named(self.session, name=name, kind="police", **self.hand).id

    def case(self, **given: Any) -> Case:
        values = {
            "referred_on": REFERRED,
            "incident_on": INCIDENT,
            "incident_reference": "INC-9",
            "charges": (services.ChargeGiven(text="Shoplifting", nibrs="23C"),),
            **given,
        }
        person_id = values.pop("person_id", None) or self.person()
        agency_id = values.pop("agency_id", None) or self.agency()
        return services.open_case(
            self.session, person_id=person_id, agency_id=agency_id, **values, **self.hand
        )

    def reach(self, case: Case, **given: Any) -> None:
        values = {"method": "phone", "outcome": "reached", "tried_on": REFERRED, **given}
        services.record_contact(self.session, case_id=case.id, **values, **self.hand)

    def screen(self, case: Case, said: str = "yes", **given: Any) -> Any:
        asked = [
            rule.code
            for rule in screened_rules(self.session, case.id)
            if rule.outcome is Outcome.ASKED
        ]
        answers = dict.fromkeys(asked, said)
        values = {"answers": answers, "decided_on": REFERRED, **self.hand, **given}
        return services.record_screening(self.session, case_id=case.id, **values)

    def sign(self, case: Case, kind: ConsentKind, adult_id: uuid.UUID | None = None) -> Any:
        return services.record_case_consent(
            self.session,
            case_id=case.id,
            kind=kind,
            language="en",
            interpreter=None,
            adult_id=adult_id,
            signed_on=date(2026, 2, 25),
            **self.hand,
        )

    def sign_all(self, case: Case) -> None:
        guardian = self.guardian(case.person_id)
        for kind in ConsentKind:
            self.sign(case, kind, guardian if kind is ConsentKind.GUARDIAN_CONSENT else None)

    def intake(self, case: Case, answers: EvaluationRow = NOTHING_ASKED, **given: Any) -> Any:
        values = {"held_on": date(2026, 2, 26), "admits": True, **given}
        return services.save_intake(
            self.session, case_id=case.id, answers=answers, **values, **self.hand
        )

    def advance(self, case: Case) -> Any:
        return services.advance_case(
            self.session, case_id=case.id, on=date(2026, 3, 4), **self.hand
        )

    def close(self, case: Case, reason: Any, **given: Any) -> Case:
        values = {"on": date(2026, 3, 1), **given}
        return services.close_case(
            self.session, case_id=case.id, reason=reason, **values, **self.hand
        )


@pytest.fixture
def desk(session: Session, court: SmallCourt) -> Desk:
    """The desk of the court on each database in turn."""
    return Desk(session=session, court=court)


@pytest.fixture
def inbox(app: Flask, session: Session, court: SmallCourt) -> Inbox:
    """Where the coordinator sends files in, on each database in turn."""
    folder = app.extensions["youthcourt.config"].files_dir
    return Inbox(session=session, court=court, folder=folder)
