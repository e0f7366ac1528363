"""Everything the page of one case shows, in a constant number of queries."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.queries import staff_names
from youthcourt.cases.domain import (
    CaseClocks,
    CaseFacts,
    CaseState,
    PossibleMove,
    possible_transitions,
)
from youthcourt.cases.domain.choices import ContactMethod, ContactOutcome
from youthcourt.cases.models import (
    Agency,
    Case,
    CaseEvent,
    CaseNote,
    Charge,
    ContactAttempt,
    Incident,
    Intake,
    Screening,
)
from youthcourt.cases.queries.facts import case_by_id, case_facts
from youthcourt.cases.queries.lists import CaseLine, clocks_of, companion_cases, name_of
from youthcourt.courts.domain import EligibilityRule, Outcome, Policy
from youthcourt.courts.queries import CourtPolicy, policy_by_id
from youthcourt.files.models import StoredFile
from youthcourt.files.queries import files_of
from youthcourt.people.domain import AgeRange, PersonName
from youthcourt.people.models import Person, School
from youthcourt.people.queries import AdultLine, ConsentLine, adults_of, ages_of, consents_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Respondent:
    """The youth of a case, as the case page shows them; ages on the day of the incident."""

    id: uuid.UUID
    number: str
    name: PersonName
    birth_date: date | None
    age_at_incident: AgeRange | None
    age_now: AgeRange | None
    phone: str | None
    language: str
    interpreter_needed: bool
    school: str | None
    grade: str | None
    fact_set: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StepLine:
    """One state in the line of states: passed, present, or still to come."""

    state: CaseState
    passed: bool
    present: bool
    on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """One try to reach the family; ``whom`` is empty when nobody in particular was tried."""

    on: date
    method: ContactMethod
    outcome: ContactOutcome
    whom: str
    note: str | None
    by: str
    call_again_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleLine:
    """One rule of eligibility with the outcome that was recorded, and who settled it."""

    rule: EligibilityRule
    outcome: Outcome
    by_staff: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One decision on eligibility."""

    on: date
    eligible: bool
    overridden: bool
    override_reason: str | None
    rules: tuple[RuleLine, ...]
    by: str

    def with_outcome(self, outcome: Outcome) -> tuple[RuleLine, ...]:
        """Return the rules that came out so."""
        return tuple(line for line in self.rules if line.outcome is outcome)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteLine:
    """One note with its writer."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """A case with all that belongs to it in this feature; decisions and notes newest first."""

    case: Case
    respondent: Respondent
    agency: Agency | None
    incident: Incident | None
    policy: CourtPolicy
    facts: CaseFacts
    moves: tuple[PossibleMove, ...]
    steps: tuple[StepLine, ...]
    clocks: CaseClocks
    charges: tuple[Charge, ...]
    companions: tuple[CaseLine, ...]
    adults: tuple[AdultLine, ...]
    contacts: tuple[Tried, ...]
    decisions: tuple[Decision, ...]
    consents: tuple[ConsentLine, ...]
    intake: Intake | None
    intake_by: str
    notes: tuple[NoteLine, ...]
    files: tuple[StoredFile, ...]

    @property
    def call_again_on(self) -> date | None:
        """Return the day on which the latest try said to call again."""
        return self.contacts[0].call_again_on if self.contacts else None

    @property
    def ways_on(self) -> tuple[PossibleMove, ...]:
        """Return the moves that lead on; closing aside, and what takes an act back."""
        return tuple(m for m in self.moves if m.transition.leads_on)


def case_file(session: Session, *, case_id: uuid.UUID, today: date) -> CaseFile:
    """Return a case of the session's court with all that belongs to it."""
    case = case_by_id(session, case_id)
    policy = policy_by_id(session, case.policy_id)
    facts = case_facts(session, case_id)
    adults = adults_of(session, case.person_id)
    tries = _tries(session, case_id)
    screenings = _screenings(session, case_id)
    notes = _notes(session, case_id)
    intake = session.scalar(select(Intake).where(Intake.case_id == case_id))
    writers = [
        *(row.recorded_by for row in tries),
        *(row.recorded_by for row in screenings),
        *(row.written_by for row in notes),
        None if intake is None else intake.recorded_by,
    ]
    names = staff_names(session, writers)
    # Of one policy nearly always: another day of referral can have brought another.
    rules = {
        key: policy_by_id(session, key).policy for key in {row.policy_id for row in screenings}
    }
    return CaseFile(
        case=case,
        respondent=respondent_of(session, case, today=today),
        agency=session.get(Agency, case.agency_id) if case.agency_id else None,
        incident=session.get(Incident, case.incident_id) if case.incident_id else None,
        policy=policy,
        facts=facts,
        moves=possible_transitions(facts, policy.policy.steps),
        steps=_steps(session, case, facts, policy.policy.steps),
        clocks=clocks_of(case, today=today, no_contact_days=policy.policy.no_contact_days),
        charges=case_charges(session, case_id),
        companions=companion_cases(session, case=case, today=today),
        adults=adults,
        contacts=tuple(_tried(row, adults, names) for row in tries),
        decisions=tuple(_decision(row, rules[row.policy_id], names) for row in screenings),
        consents=consents_of(session, person_id=case.person_id, case_id=case_id),
        intake=intake,
        intake_by="" if intake is None else _by(names, intake.recorded_by),
        notes=tuple(_note(row, names) for row in notes),
        files=files_of(session, subject="case", subject_ids=(case_id,)),
    )


def case_charges(session: Session, case_id: uuid.UUID) -> tuple[Charge, ...]:
    """Return the offences of a case in their order."""
    query = select(Charge).where(Charge.case_id == case_id).order_by(Charge.position)
    return tuple(session.scalars(query))


def _note(row: CaseNote, names: Mapping[uuid.UUID, str]) -> NoteLine:
    return NoteLine(text=row.text, at=row.written_at, by=_by(names, row.written_by))


def _tries(session: Session, case_id: uuid.UUID) -> list[ContactAttempt]:
    query = (
        select(ContactAttempt)
        .where(ContactAttempt.case_id == case_id)
        .order_by(
            ContactAttempt.tried_on.desc(), ContactAttempt.recorded_at.desc(), ContactAttempt.id
        )
    )
    return list(session.scalars(query))


def _screenings(session: Session, case_id: uuid.UUID) -> list[Screening]:
    query = (
        select(Screening)
        .where(Screening.case_id == case_id)
        .order_by(Screening.recorded_at.desc(), Screening.id)
    )
    return list(session.scalars(query))


def _notes(session: Session, case_id: uuid.UUID) -> list[CaseNote]:
    query = (
        select(CaseNote)
        .where(CaseNote.case_id == case_id)
        .order_by(CaseNote.written_at.desc(), CaseNote.id)
    )
    return list(session.scalars(query))


def _by(names: Mapping[uuid.UUID, str], user_id: uuid.UUID | None) -> str:
    return names.get(user_id, "") if user_id is not None else ""


def respondent_of(session: Session, case: Case, *, today: date) -> Respondent:
    """Return the youth of a case."""
    person, school = session.execute(
        select(Person, School.name)
        .outerjoin(School, School.id == Person.school_id)
        .where(Person.id == case.person_id)
    ).one()
    return Respondent(
        id=person.id,
        number=person.number,
        name=name_of(person),
        birth_date=person.birth_date,
        age_at_incident=_ages(person, case.incident_on),
        age_now=_ages(person, today),
        phone=person.phone,
        language=person.language,
        interpreter_needed=person.interpreter_needed,
        school=school,
        grade=person.grade,
        fact_set=person.fact_hash is not None,
    )


def _ages(person: Person, on: date | None) -> AgeRange | None:
    if on is None:
        return None
    return ages_of(
        birth_date=person.birth_date,
        stated_age=person.stated_age,
        stated_age_on=person.stated_age_on,
        on=on,
    )


def _tried(
    row: ContactAttempt, adults: Iterable[AdultLine], names: Mapping[uuid.UUID, str]
) -> Tried:
    return Tried(
        on=row.tried_on,
        method=ContactMethod(row.method),
        outcome=ContactOutcome(row.outcome),
        whom=next((adult.name for adult in adults if adult.id == row.adult_id), ""),
        note=row.note,
        by=_by(names, row.recorded_by),
        call_again_on=row.call_again_on,
    )


def _decision(row: Screening, policy: Policy, names: Mapping[uuid.UUID, str]) -> Decision:
    rules = {rule.code: rule for rule in policy.eligibility}
    return Decision(
        on=row.decided_on,
        eligible=row.eligible,
        overridden=row.overridden,
        override_reason=row.override_reason,
        rules=tuple(
            RuleLine(
                rule=rules[item["code"]],
                outcome=Outcome(item["outcome"]),
                by_staff=item["by"] == "staff",
            )
            for item in row.outcomes
            if item["code"] in rules
        ),
        by=_by(names, row.recorded_by),
    )


def _steps(
    session: Session, case: Case, facts: CaseFacts, order: Iterable[str]
) -> tuple[StepLine, ...]:
    """Return the line of states of this court with the days on which the case came to each."""
    states = [
        CaseState.REFERRED,
        *(CaseState(step) for step in order),
        CaseState.DOCKETED,
        CaseState.HEARD,
        CaseState.SUPERVISED,
    ]
    arrivals = session.execute(
        select(CaseEvent.to_state, CaseEvent.happened_on)
        .where(CaseEvent.case_id == case.id)
        .order_by(CaseEvent.at, CaseEvent.id)
    )
    days = {row.to_state: row.happened_on for row in arrivals}
    reached = facts.state_before_closing if case.state is CaseState.CLOSED else case.state
    place = states.index(reached) if reached in states else 0
    closed = case.state is CaseState.CLOSED
    lines = [
        StepLine(
            state=state,
            passed=at < place or (closed and at == place),
            present=at == place and not closed,
            on=days.get(state) if at <= place else None,
        )
        for at, state in enumerate(states)
    ]
    end = StepLine(state=CaseState.CLOSED, passed=False, present=closed, on=case.closed_on)
    return (*lines, end)
