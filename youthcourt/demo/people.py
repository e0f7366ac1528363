"""Made-up youths, volunteers and the adults around them, of many origins."""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import timedelta

from youthcourt.accounts.domain import FactQuestion
from youthcourt.demo.stage import Stage
from youthcourt.people.domain.kinds import AdultChannel, AuthorityProof, AwayReason, Relation
from youthcourt.people.services import (
    AdultEntry,
    add_adult,
    add_days_away,
    add_person,
    add_training,
    school_named,
    set_fact,
    set_jury_list,
    set_service_learning,
)

SCHOOLS = ("Northside High", "Lincoln High", "Riverside Middle", "Harbour High", "Elm Academy")
FACT_ANSWER = "blue"
_YEAR = 365
_LONG_NAMES = (
    ("Maria-Fernanda Guadalupe", "de la Concepción Villanueva-Echeverría"),
    ("Oluwaseun Temitope", "Adebayo-Ogunlesi"),
    ("Zoë", "Đặng-Przybyszewska"),
)


@dataclass(kw_only=True)
class PersonMaker:
    """Makes one made-up person after another; addresses end in ``.example`` and reach nobody."""

    stage: Stage
    made: int = 0

    def youth(self, *, youngest: int = 13, oldest: int = 16) -> uuid.UUID:
        """Make a youth of these ages with an adult who may decide."""
        stage, dice = self.stage, self.stage.dice
        given, family = self._name()
        born = stage.today - timedelta(days=dice.randrange(youngest * 366, (oldest + 1) * _YEAR))
        person = add_person(
            stage.session,
            given_names=given,
            family_name=family,
            birth_date=born,
            school_id=school_named(stage.session, name=dice.choice(SCHOOLS)).id,
            phone=f"202-555-01{dice.randrange(100):02d}",
            email=self._address(given) if stage.chance(0.6) else None,
            known_on=stage.today,
            actor=stage.actor,
            now=stage.now,
        )
        self._adult(person.id, family)
        if stage.chance(0.04):
            self._estranged(person.id)
        return person.id

    def volunteer(self) -> uuid.UUID:
        """Make a youth who came to sit on juries of their own accord, trained where needed."""
        stage = self.stage
        person_id = self.youth(youngest=14, oldest=17)
        set_jury_list(
            stage.session,
            person_id=person_id,
            on_list=True,
            volunteer_since=stage.today,
            actor=stage.actor,
            now=stage.now,
        )
        add_training(
            stage.session,
            person_id=person_id,
            topic="juror",
            finished_on=stage.today,
            actor=stage.actor,
            now=stage.now,
        )
        if self.made % 3 == 0:
            self._collect_for_school(person_id)
        return person_id

    def _collect_for_school(self, person_id: uuid.UUID) -> None:
        """Let the school take the hours somebody gives as service learning."""
        stage = self.stage
        set_service_learning(
            stage.session,
            person_id=person_id,
            since=stage.today,
            actor=stage.actor,
            now=stage.now,
        )

    def choose_fact(self, person_id: uuid.UUID) -> None:
        """Let somebody choose the colour that opens their printed codes in the demo."""
        set_fact(
            self.stage.session,
            person_id=person_id,
            question=FactQuestion.COLOUR,
            answer=FACT_ANSWER,
            actor=self.stage.actor,
            now=self.stage.now,
        )

    def go_away(self, person_id: uuid.UUID) -> None:
        """Let somebody say that they cannot come for some days."""
        stage = self.stage
        first = stage.today + timedelta(days=stage.dice.randrange(1, 20))
        add_days_away(
            stage.session,
            person_id=person_id,
            starts_on=first,
            ends_on=first + timedelta(days=stage.dice.randrange(1, 10)),
            reason=stage.dice.choice((AwayReason.SCHOOL, AwayReason.FAMILY, AwayReason.TRAVEL)),
            actor=stage.actor,
            now=stage.now,
        )

    def _name(self) -> tuple[str, str]:
        self.made += 1
        if self.made % 29 == 0:
            return self.stage.dice.choice(_LONG_NAMES)
        faker = self.stage.dice.choice(self.stage.fakers)
        return faker.first_name(), faker.last_name()

    def _adult(self, person_id: uuid.UUID, family: str) -> None:
        stage, dice = self.stage, self.stage.dice
        relation = dice.choice((Relation.MOTHER, Relation.MOTHER, Relation.FATHER))
        faker = dice.choice(stage.fakers)
        male = relation is Relation.FATHER
        given = faker.first_name_male() if male else faker.first_name_female()
        by_mail = stage.chance(0.5)
        add_adult(
            stage.session,
            person_id=person_id,
            entry=AdultEntry(
                name=f"{given} {family}",
                relation=relation,
                may_consent=True,
                authority_proof=AuthorityProof.BIRTH_CERTIFICATE,
                phone=f"202-555-01{dice.randrange(100):02d}",
                email=self._address(given) if by_mail else None,
                channel=AdultChannel.EMAIL if by_mail else AdultChannel.PHONE,
            ),
            actor=stage.actor,
            now=stage.now,
        )

    def _estranged(self, person_id: uuid.UUID) -> None:
        """Tie an adult to a youth who is never to be told anything."""
        stage = self.stage
        add_adult(
            stage.session,
            person_id=person_id,
            entry=AdultEntry(
                name=stage.dice.choice(stage.fakers).name_male(),
                relation=Relation.OTHER,
                told_schedule=False,
                told_progress=False,
                told_outcome=False,
                never_disclose=True,
            ),
            actor=stage.actor,
            now=stage.now,
        )

    def _address(self, given: str) -> str:
        plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
        letters = "".join(sign for sign in plain.casefold() if sign.isalpha()) or "somebody"
        return f"{letters}{self.made}@families.example"
