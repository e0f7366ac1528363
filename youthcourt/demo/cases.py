"""Made-up referrals and what the office does with them, through the services it really uses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from youthcourt.cases.domain import (
    AnsweredBy,
    CaseState,
    ClosureReason,
    EvaluationRow,
    Grade,
    Household,
    Language,
    Priors,
    Race,
    SchoolStatus,
    Sex,
    YesNo,
)
from youthcourt.cases.domain.choices import AgencyKind, ContactMethod, ContactOutcome, StaffAnswer
from youthcourt.cases.models import Case
from youthcourt.cases.queries.facts import screened_rules
from youthcourt.cases.services import (
    ChargeGiven,
    add_note,
    advance_case,
    agency_named,
    open_case,
    record_case_consent,
    record_contact,
    record_screening,
    save_intake,
)
from youthcourt.courts.domain import Outcome
from youthcourt.demo.closing import close
from youthcourt.demo.people import PersonMaker
from youthcourt.demo.stage import Stage
from youthcourt.people.models import Adult

OFFENCES = (
    ("Shoplifting, under $100", "23C"),
    ("Disorderly conduct", "90C"),
    ("Simple assault, school fight", "13B"),
    ("Trespass after warning", "90J"),
    ("Criminal mischief, graffiti", "290"),
)
AGENCIES = (
    ("City Police Department", AgencyKind.POLICE),
    ("City Police Department", AgencyKind.POLICE),
    ("Public Schools", AgencyKind.SCHOOL),
    ("Court Social Services", AgencyKind.JUVENILE_SERVICES),
)
_GRADES = (Grade.G8, Grade.G9, Grade.G10, Grade.G11, Grade.NOT_ASKED)
_RACES = (
    frozenset({Race.BLACK}),
    frozenset({Race.WHITE}),
    frozenset({Race.HISPANIC}),
    frozenset({Race.HISPANIC, Race.WHITE}),
    frozenset({Race.ASIAN}),
    frozenset({Race.BLACK, Race.MIDDLE_EASTERN}),
)


@dataclass(kw_only=True)
class Office:
    """Takes referrals and brings each case as far as its time allows."""

    stage: Stage
    people: PersonMaker

    def take_referral(self) -> None:
        """Enter a referral; now and then two youths of one incident come together."""
        stage, dice = self.stage, self.stage.dice
        incident = f"{stage.today:%y}-{dice.randrange(10_000, 99_999)}"
        happened = stage.today - timedelta(days=dice.randrange(2, 20))
        name, kind = dice.choice(AGENCIES)
        agency = agency_named(stage.session, name=name, kind=kind, actor=stage.actor, now=stage.now)
        text, nibrs = dice.choice(OFFENCES)
        case = open_case(
            stage.session,
            person_id=self.people.youth(),
            referred_on=stage.today,
            incident_on=happened,
            incident_reference=incident,
            agency_id=agency.id,
            charges=(ChargeGiven(text=text, nibrs=nibrs),),
            actor=stage.actor,
            now=stage.now,
        )
        self._put_off(case.id, 1, 4, self._first_step)

    def _put_off(
        self, case_id: uuid.UUID, least: int, most: int, act: Callable[[uuid.UUID], None]
    ) -> None:
        self.stage.later(self.stage.dice.randrange(least, most), lambda: act(case_id))

    def _first_step(self, case_id: uuid.UUID) -> None:
        first = self.stage.policy.steps[0]
        if first == CaseState.SCREENED.value:
            self._screen(case_id)
            self._put_off(case_id, 1, 6, self._reach_then_meet)
        else:
            self._reach(case_id, self._screen_then_meet)

    def _reach(self, case_id: uuid.UUID, then: Callable[[uuid.UUID], None]) -> None:
        """Try the family; a few are tried in vain and go back to the referrer."""
        stage = self.stage
        lost = stage.chance(0.07)
        for outcome in (ContactOutcome.NO_ANSWER, ContactOutcome.MESSAGE_LEFT):
            if lost or stage.chance(0.3):
                self._try(case_id, outcome, again=lost)
        if lost:
            self._put_off(case_id, 31, 36, self._give_up)
            return
        self._try(case_id, ContactOutcome.REACHED)
        self._put_off(case_id, 2, 9, then)

    def _try(self, case_id: uuid.UUID, outcome: ContactOutcome, *, again: bool = False) -> None:
        stage = self.stage
        record_contact(
            stage.session,
            case_id=case_id,
            method=ContactMethod.PHONE,
            outcome=outcome,
            tried_on=stage.today,
            call_again_on=stage.today + timedelta(days=5) if again else None,
            actor=stage.actor,
            now=stage.now,
        )
        self._advance(case_id)

    def _screen_then_meet(self, case_id: uuid.UUID) -> None:
        if self._screen(case_id):
            self._put_off(case_id, 2, 10, self._meet)

    def _reach_then_meet(self, case_id: uuid.UUID) -> None:
        self._reach(case_id, self._meet)

    def _screen(self, case_id: uuid.UUID) -> bool:
        """Decide on eligibility; what fails goes back, now and then staff decide otherwise."""
        stage = self.stage
        rules = screened_rules(stage.session, case_id)
        refused = stage.chance(0.04)
        asked = {
            rule.code: StaffAnswer.NO if refused and not place else StaffAnswer.YES
            for place, rule in enumerate(r for r in rules if r.outcome is Outcome.ASKED)
        }
        missed = refused or any(rule.outcome is Outcome.NOT_MET for rule in rules)
        overridden = missed and stage.chance(0.5)
        record_screening(
            stage.session,
            case_id=case_id,
            answers=asked,
            override_reason="Agreed with the referrer on the phone." if overridden else None,
            decided_on=stage.today,
            actor=stage.actor,
            now=stage.now,
        )
        if missed and not overridden:
            close(self.stage, case_id, ClosureReason.INELIGIBLE)
            return False
        self._advance(case_id)
        return True

    def _meet(self, case_id: uuid.UUID) -> None:
        """Hold the intake with the family; some withdraw there."""
        stage = self.stage
        if self._is_closed(case_id):
            return
        if stage.chance(0.06):
            close(self.stage, case_id, ClosureReason.WITHDREW)
            return
        save_intake(
            stage.session,
            case_id=case_id,
            held_on=stage.today,
            admits=True,
            answers=self._answers(),
            actor=stage.actor,
            now=stage.now,
        )
        for rule in stage.policy.consents:
            record_case_consent(
                stage.session,
                case_id=case_id,
                kind=rule.kind,
                language="en",
                interpreter=None,
                adult_id=self._guardian(case_id),
                signed_on=stage.today,
                actor=stage.actor,
                now=stage.now,
            )
        if stage.chance(0.2):
            add_note(
                stage.session,
                case_id=case_id,
                text="Prefers calls after five. The bus is line 42.",
                actor=stage.actor,
                now=stage.now,
            )
        self._advance(case_id)

    def _answers(self) -> EvaluationRow:
        dice = self.stage.dice
        told = self.stage.chance(0.85)
        spanish = self.stage.chance(0.12)
        return EvaluationRow(
            races=dice.choice(_RACES) if told else frozenset(),
            races_answered_by=AnsweredBy.SELF if told else AnsweredBy.DECLINED,
            sex=dice.choice((Sex.FEMALE, Sex.MALE, Sex.MALE, Sex.X if not told else Sex.FEMALE)),
            school_status=SchoolStatus.ENROLLED,
            grade=dice.choice(_GRADES),
            priors=Priors.NONE if self.stage.chance(0.9) else Priors.UNKNOWN,
            language=Language.SPANISH if spanish else Language.ENGLISH,
            interpreter=YesNo.YES if spanish else YesNo.NO,
            household=dice.choice((Household.ONE_PARENT, Household.TWO_PARENTS)),
        )

    def _give_up(self, case_id: uuid.UUID) -> None:
        if not self._is_closed(case_id):
            close(self.stage, case_id, ClosureReason.NO_CONTACT)

    def _advance(self, case_id: uuid.UUID) -> None:
        stage = self.stage
        advance_case(
            stage.session, case_id=case_id, on=stage.today, actor=stage.actor, now=stage.now
        )

    def _is_closed(self, case_id: uuid.UUID) -> bool:
        return self.stage.session.get_one(Case, case_id).state is CaseState.CLOSED

    def _guardian(self, case_id: uuid.UUID) -> uuid.UUID | None:
        case = self.stage.session.get_one(Case, case_id)
        query = select(Adult.id).where(
            Adult.person_id == case.person_id, Adult.may_consent.is_(True)
        )
        return self.stage.session.scalar(query)
