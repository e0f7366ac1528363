"""Deciding on eligibility: every rule with its outcome, an override with its reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.choices import StaffAnswer
from youthcourt.cases.models import Case, Screening
from youthcourt.cases.queries.facts import screened_rules
from youthcourt.cases.services.life import live_case, subject_of
from youthcourt.courts.domain import Outcome, RuleOutcome
from youthcourt.errors import CourtRuleBroken

_SAID = {
    StaffAnswer.YES: Outcome.MET,
    StaffAnswer.NO: Outcome.NOT_MET,
    StaffAnswer.UNKNOWN: Outcome.UNKNOWN,
}


def record_screening(
    session: Session,
    *,
    case_id: uuid.UUID,
    answers: Mapping[str, StaffAnswer | str],
    override_reason: str | None = None,
    decided_on: date,
    actor: Actor,
    now: datetime,
) -> Screening:
    """Keep one decision under the policy in force at the referral; earlier ones stay.

    ``answers`` holds what staff say, by the code of each rule that the records leave open.
    A rule that is not met makes the case not eligible; with ``override_reason`` it is taken
    all the same.
    """
    case = live_case(session, case_id)
    if decided_on < case.referred_on:
        raise CourtRuleBroken("before_referral", "decided_on", referred_on=case.referred_on)
    outcomes = [
        _outcome(rule, answers.get(rule.code), place=place)
        for place, rule in enumerate(screened_rules(session, case_id))
    ]
    screening = Screening(
        case_id=case.id,
        policy_id=case.policy_id,
        decided_on=decided_on,
        outcomes=outcomes,
        eligible=all(item["outcome"] != Outcome.NOT_MET.value for item in outcomes),
        overridden=bool(override_reason),
        override_reason=override_reason or None,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    if screening.eligible and screening.overridden:
        raise CourtRuleBroken("override_not_needed", "override_reason")
    session.add(screening)
    if case.screened_on is None:
        case.screened_on = decided_on
    session.flush()
    _note(session, case, screening, actor=actor, now=now)
    return screening


def _note(
    session: Session, case: Case, screening: Screening, *, actor: Actor, now: datetime
) -> None:
    record_act(
        session,
        act="eligibility_decided",
        subject=subject_of(case, kind="screening", key=screening.id),
        actor=actor,
        now=now,
        eligible=screening.eligible,
        overridden=screening.overridden,
    )


def _outcome(rule: RuleOutcome, answer: StaffAnswer | str | None, *, place: int) -> dict[str, str]:
    """Return a rule's outcome as it is stored; ``place`` counts the policy's rules from 0."""
    if rule.outcome is not Outcome.ASKED:
        return {"code": rule.code, "outcome": rule.outcome.value, "by": "records"}
    if not answer:
        raise CourtRuleBroken("rule_not_answered", f"rule_{place}")
    said = _SAID[StaffAnswer(answer)]
    return {"code": rule.code, "outcome": said.value, "by": "staff"}
