"""What is true of a case now: for the table of moves, and for the rules of eligibility."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import (
    OFFENCES,
    CaseFacts,
    CaseState,
    Priors,
    SchoolStatus,
    ScreenedCase,
    ScreenedPerson,
    eligibility_facts,
    open_questions,
)
from youthcourt.cases.domain.choices import REACHED
from youthcourt.cases.models import Case, CaseEvent, Charge, ContactAttempt, Intake, Screening
from youthcourt.cases.ports import facts_from_above
from youthcourt.courts.domain import ConsentKind, Outcome, Policy, RuleOutcome, screen
from youthcourt.courts.queries import policy_by_id
from youthcourt.errors import NotFound
from youthcourt.people.models import Person
from youthcourt.people.queries import consents_of

# Of several offences the one that speaks most against taking the case decides a rule.
_GRAVEST_FIRST = (Outcome.NOT_MET, Outcome.ASKED, Outcome.UNKNOWN, Outcome.MET)


def case_by_id(session: Session, case_id: uuid.UUID) -> Case:
    """Return a case of the session's court, or raise ``NotFound``."""
    case = session.get(Case, case_id)
    if case is None:
        raise NotFound
    return case


def policy_of_case(session: Session, case: Case) -> Policy:
    """Return the policy that was in force when the case was referred."""
    return policy_by_id(session, case.policy_id).policy


def case_facts(session: Session, case_id: uuid.UUID, **from_caller: Any) -> CaseFacts:
    """Return what is true of a case; what the caller says goes before what is found."""
    case = case_by_id(session, case_id)
    known = _own_facts(session, case) | facts_from_above(session, case_id) | from_caller
    return replace(CaseFacts(state=case.state), **known)


def _own_facts(session: Session, case: Case) -> dict[str, Any]:
    tried, reached = session.execute(
        select(
            func.count(),
            func.count().filter(ContactAttempt.outcome.in_(REACHED)),
        ).where(ContactAttempt.case_id == case.id)
    ).one()
    screening = latest_screening(session, case.id)
    intake = session.scalar(select(Intake.id).where(Intake.case_id == case.id))
    policy = policy_of_case(session, case)
    return {
        "closure_reason": case.closure_reason,
        "state_before_closing": state_before_closing(session, case),
        "reached": bool(reached) or case.contacted_on is not None,
        "contacts_tried": tried,
        "eligible": None if screening is None else screening.eligible,
        "eligibility_overridden": screening is not None and screening.overridden,
        "consents_needed": frozenset(rule.kind for rule in policy.consents if rule.required),
        "consents_given": consents_in_force(session, case),
        "evaluation_open": () if intake is not None else open_questions(None),
        "hearing_on_docket": case.state is CaseState.DOCKETED,
        "first_hearing_held": case.heard_on is not None,
        "sentence_recorded": case.state is CaseState.SUPERVISED,
    }


def latest_screening(session: Session, case_id: uuid.UUID) -> Screening | None:
    """Return the decision on eligibility that stands."""
    return session.scalar(
        select(Screening)
        .where(Screening.case_id == case_id)
        .order_by(Screening.recorded_at.desc(), Screening.id)
        .limit(1)
    )


def consents_in_force(session: Session, case: Case) -> frozenset[ConsentKind]:
    """Return the kinds of paper that were signed and not taken back.

    A promise of confidentiality belongs to the person and holds for every case.
    """
    lines = consents_of(session, person_id=case.person_id, case_id=case.id)
    return frozenset(line.kind for line in lines if line.in_force)


def last_closing(session: Session, case_id: uuid.UUID) -> CaseEvent | None:
    """Return the move that closed the case last, if it ever was closed."""
    return session.scalar(
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id, CaseEvent.to_state == CaseState.CLOSED)
        .order_by(CaseEvent.at.desc(), CaseEvent.id)
        .limit(1)
    )


def state_before_closing(session: Session, case: Case) -> CaseState | None:
    """Return where a closed case stood when it was closed; None for a live one."""
    if case.state is not CaseState.CLOSED:
        return None
    closing = last_closing(session, case.id)
    return None if closing is None else closing.from_state


def companions_of(session: Session, case_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return the other persons with a case of the same incident."""
    incident = select(Case.incident_id).where(Case.id == case_id).scalar_subquery()
    own = select(Case.person_id).where(Case.id == case_id).scalar_subquery()
    query = (
        select(Case.person_id)
        .where(Case.incident_id == incident, Case.id != case_id, Case.person_id != own)
        .distinct()
        .order_by(Case.person_id)
    )
    return tuple(session.scalars(query))


def screened_rules(session: Session, case_id: uuid.UUID) -> tuple[RuleOutcome, ...]:
    """Return every rule of the case's policy as the records alone settle it.

    Each rule is held against each offence; the answer that speaks most against counts.
    """
    case = case_by_id(session, case_id)
    policy = policy_of_case(session, case)
    worst: dict[str, RuleOutcome] = {}
    for facts in _facts_per_offence(session, case):
        for rule in screen(policy, facts):
            known = worst.get(rule.code)
            if known is None or _gravity(rule) < _gravity(known):
                worst[rule.code] = rule
    return tuple(worst[rule.code] for rule in policy.eligibility)


def _gravity(rule: RuleOutcome) -> int:
    return _GRAVEST_FIRST.index(rule.outcome)


def _facts_per_offence(session: Session, case: Case) -> list[Mapping[str, object]]:
    person = session.get_one(Person, case.person_id)
    intake = session.scalar(select(Intake).where(Intake.case_id == case.id))
    given = consents_in_force(session, case)
    said = None if intake is None else intake.admits
    admits = True if ConsentKind.ADMISSION in given else said
    months = _months_since_earlier_case(session, case)
    charges = session.scalars(
        select(Charge).where(Charge.case_id == case.id).order_by(Charge.position)
    ).all()
    who = ScreenedPerson(
        birth_date=person.birth_date,
        stated_age=person.stated_age,
        stated_age_on=person.stated_age_on,
        school_status=SchoolStatus(intake.school_status) if intake else SchoolStatus.NOT_ASKED,
    )
    what = ScreenedCase(
        referred_on=case.referred_on,
        offence_on=case.incident_on,
        priors=Priors(intake.priors) if intake else Priors.NOT_ASKED,
        admits=admits,
        guardian_consent=True if ConsentKind.GUARDIAN_CONSENT in given else None,
        offence_class=case.offence_class,
        earlier_case_months=months,
    )
    # Records of this court alone: an earlier case elsewhere is still asked of staff.
    earlier: dict[str, object] = {"earlier_case": True if months is not None else None}
    return [
        {**eligibility_facts(_with_offence(what, charge), who), **earlier}
        for charge in charges or (None,)
    ]


def _with_offence(case: ScreenedCase, charge: Charge | None) -> ScreenedCase:
    if charge is None:
        return case
    offence = OFFENCES.get(charge.nibrs or "")
    return replace(
        case, offence_text=charge.text, nibrs_code=None if offence is None else offence.nibrs
    )


def _months_since_earlier_case(session: Session, case: Case) -> int | None:
    """Return whole months since the person's latest other case that was heard; 0 while open."""
    query = select(Case.closed_on).where(
        Case.person_id == case.person_id,
        Case.referred_on < case.referred_on,
        Case.heard_on.is_not(None),
    )
    ended = list(session.scalars(query))
    if not ended:
        return None
    return min(0 if day is None else _whole_months(day, case.referred_on) for day in ended)


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months - (end.day < start.day), 0)
