"""Made-up youths and their cases, entered through the same services as real ones."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from faker import Faker
from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.domain import (
    NOTHING_ASKED,
    CaseState,
    ClosureReason,
)
from youthcourt.cases.domain.choices import AgencyKind, ContactMethod, ContactOutcome, StaffAnswer
from youthcourt.cases.queries.facts import screened_rules
from youthcourt.cases.services.contacts import record_contact
from youthcourt.cases.services.intake import save_intake
from youthcourt.cases.services.life import move_case
from youthcourt.cases.services.referrals import ChargeGiven, agency_named, open_case
from youthcourt.cases.services.screening import record_screening
from youthcourt.courts.domain import Outcome, Policy
from youthcourt.people.domain.kinds import AuthorityProof, Relation
from youthcourt.people.models import Adult
from youthcourt.people.services.adults import AdultEntry, add_adult
from youthcourt.people.services.papers import record_consent
from youthcourt.people.services.persons import add_person, school_named

OFFENCES = (
    ("Shoplifting, under $100", "23C"),
    ("Disorderly conduct", "90C"),
    ("Simple assault, school fight", "13B"),
    ("Trespass after warning", "90J"),
    ("Criminal mischief, graffiti", "290"),
)
SCHOOLS = ("Northside High", "Lincoln High", "Riverside Middle", "Harbour High")
AGENCIES = (
    ("City Police Department", AgencyKind.POLICE),
    ("Public Schools", AgencyKind.SCHOOL),
    ("Court Social Services", AgencyKind.JUVENILE_SERVICES),
)
RECENT = 45  # days within which a made-up case may still stand anywhere


@dataclass(kw_only=True)
class CaseMaker:
    """Makes one case after another in one court."""

    session: Session
    dice: random.Random
    fakers: list[Faker]
    policy: Policy
    actor: Actor
    now: datetime

    def make_case(self, *, referred_on: date, today: date) -> None:
        """Make a youth and a case, and take it as far as its age makes likely."""
        person_id = self._person(referred_on)
        text, nibrs = self.dice.choice(OFFENCES)
        name, kind = self.dice.choice(AGENCIES)
        agency = agency_named(self.session, name=name, kind=kind, actor=self.actor, now=self.now)
        case = open_case(
            self.session,
            person_id=person_id,
            referred_on=referred_on,
            incident_on=referred_on - timedelta(days=self.dice.randrange(2, 20)),
            incident_reference=f"{referred_on:%y}-{self.dice.randrange(10_000, 99_999)}",
            agency_id=agency.id,
            charges=(ChargeGiven(text=text, nibrs=nibrs),),
            actor=self.actor,
            now=self.now,
        )
        self._advance(case.id, person_id, referred_on, today)

    def _person(self, referred_on: date) -> uuid.UUID:
        faker = self.dice.choice(self.fakers)
        born = referred_on - timedelta(days=self.dice.randrange(13 * 366, 17 * 365))
        person = add_person(
            self.session,
            given_names=faker.first_name(),
            family_name=faker.last_name(),
            birth_date=born,
            school_id=school_named(self.session, name=self.dice.choice(SCHOOLS)).id,
            phone=f"202-555-01{self.dice.randrange(100):02d}",
            known_on=referred_on,
            actor=self.actor,
            now=self.now,
        )
        add_adult(
            self.session,
            person_id=person.id,
            entry=AdultEntry(
                name=faker.name_female(),
                relation=Relation.MOTHER,
                may_consent=True,
                authority_proof=AuthorityProof.BIRTH_CERTIFICATE,
                phone="202-555-0143",
            ),
            actor=self.actor,
            now=self.now,
        )
        return person.id

    def _advance(
        self, case_id: uuid.UUID, person_id: uuid.UUID, referred_on: date, today: date
    ) -> None:
        steps = self.dice.randrange(4) if (today - referred_on).days < RECENT else 3
        acts = {
            "contacted": self._contact,
            "screened": self._screen,
            "intake_done": self._intake,
        }
        day = referred_on
        for step in self.policy.steps[:steps]:
            day = min(today, day + timedelta(days=self.dice.randrange(1, 9)))
            acts[str(step)](case_id, person_id, day)
            move_case(
                self.session,
                case_id=case_id,
                to=CaseState(step),
                on=day,
                actor=self.actor,
                now=self.now,
            )
        if (today - referred_on).days >= RECENT and self.dice.random() < 0.25:  # noqa: PLR2004
            move_case(
                self.session,
                case_id=case_id,
                to=CaseState.CLOSED,
                reason=self.dice.choice((ClosureReason.WITHDREW, ClosureReason.MOVED)),
                on=min(today, day + timedelta(days=10)),
                actor=self.actor,
                now=self.now,
            )

    def _contact(self, case_id: uuid.UUID, _person_id: uuid.UUID, day: date) -> None:
        record_contact(
            self.session,
            case_id=case_id,
            method=ContactMethod.PHONE,
            outcome=ContactOutcome.REACHED,
            tried_on=day,
            actor=self.actor,
            now=self.now,
        )

    def _screen(self, case_id: uuid.UUID, _person_id: uuid.UUID, day: date) -> None:
        rules = screened_rules(self.session, case_id)
        asked = {r.code: StaffAnswer.YES for r in rules if r.outcome is Outcome.ASKED}
        missed = any(r.outcome is Outcome.NOT_MET for r in rules)
        record_screening(
            self.session,
            case_id=case_id,
            answers=asked,
            override_reason="Agreed with the referrer." if missed else None,
            decided_on=day,
            actor=self.actor,
            now=self.now,
        )

    def _intake(self, case_id: uuid.UUID, person_id: uuid.UUID, day: date) -> None:
        save_intake(
            self.session,
            case_id=case_id,
            held_on=day,
            admits=True,
            answers=NOTHING_ASKED,
            actor=self.actor,
            now=self.now,
        )
        for rule in self.policy.consents:
            record_consent(
                self.session,
                person_id=person_id,
                case_id=case_id,
                kind=rule.kind,
                text_version=rule.text_version,
                language="en",
                interpreter=None,
                adult_id=self._guardian(person_id),
                signed_on=day,
                actor=self.actor,
                now=self.now,
            )

    def _guardian(self, person_id: uuid.UUID) -> uuid.UUID | None:
        return self.session.scalar(select(Adult.id).where(Adult.person_id == person_id))
