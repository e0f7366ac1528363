"""Correcting the facts and the offences of a case, with the history of what was changed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act, record_changes
from youthcourt.cases.models import Case, Charge, Incident
from youthcourt.cases.services.life import live_case, subject_of
from youthcourt.cases.services.referrals import (
    ChargeGiven,
    add_charges,
    check_person,
    class_of,
    incident_of,
)
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.calendar import court_day
from youthcourt.people.queries.persons import live_person


def facts_on_record(session: Session, case: Case) -> dict[str, Any]:
    """Return the facts of a case that staff may correct, by name."""
    incident = session.get(Incident, case.incident_id) if case.incident_id else None
    return {
        "agency_id": case.agency_id,
        "agency_reference": case.agency_reference,
        "officer": case.officer,
        "referred_on": case.referred_on,
        "incident_on": case.incident_on,
        "incident_reference": None if incident is None else incident.reference,
        "offence_class": case.offence_class,
        "narrative": case.narrative,
    }


def edit_case(
    session: Session,
    *,
    case_id: uuid.UUID,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Save corrected facts and return the names of those that changed.

    ``values`` has every name of ``facts_on_record``.  Another day of referral brings the policy
    that was in force on it; another incident number ties the case to that incident.
    """
    case = live_case(session, case_id)
    before = facts_on_record(session, case)
    after = {name: values[name] for name in before}
    _check_dates(session, case, after, now=now)
    policy = policy_on(session, day=after["referred_on"])
    after["offence_class"] = class_of(policy.policy, (), chosen=after["offence_class"])
    changed = record_changes(
        session, subject=subject_of(case), before=before, after=after, actor=actor, now=now
    )
    if not changed:
        return ()
    _retie(session, case, after)
    for name in changed:
        if name != "incident_reference":
            setattr(case, name, after[name])
    case.policy_id = policy.id
    session.flush()
    record_act(
        session,
        act="case_corrected",
        subject=subject_of(case),
        actor=actor,
        now=now,
        fields=" ".join(changed),
    )
    return changed


def _check_dates(session: Session, case: Case, after: Mapping[str, Any], *, now: datetime) -> None:
    today = court_day(session, now)
    referred_on: date = after["referred_on"]
    incident_on: date | None = after["incident_on"]
    for field in ("referred_on", "incident_on"):
        if after[field] is not None and after[field] > today:
            raise CourtRuleBroken("day_in_future", field)
    if incident_on is not None and incident_on > referred_on:
        raise CourtRuleBroken("incident_after_referral", "incident_on", referred_on=referred_on)
    check_person(live_person(session, case.person_id), offence_on=incident_on, today=today)


def _retie(session: Session, case: Case, after: Mapping[str, Any]) -> None:
    """Tie the case to the incident of its number; an incident of its own follows its day."""
    incident = incident_of(
        session,
        agency_id=after["agency_id"],
        reference=after["incident_reference"],
        happened_on=after["incident_on"],
    )
    case.incident_id = None if incident is None else incident.id
    if incident is None or incident.happened_on == after["incident_on"]:
        return
    others = session.scalar(
        select(func.count()).where(Case.incident_id == incident.id, Case.id != case.id)
    )
    if others:
        raise CourtRuleBroken(
            "incident_on_another_day", "incident_on", happened_on=incident.happened_on
        )
    incident.happened_on = after["incident_on"]


def replace_charges(
    session: Session,
    *,
    case_id: uuid.UUID,
    charges: Sequence[ChargeGiven],
    actor: Actor,
    now: datetime,
) -> None:
    """Put these offences in the place of those on record; at least one must stay."""
    case = live_case(session, case_id)
    if not charges:
        raise CourtRuleBroken("offence_missing")
    before = charges_on_record(session, case_id)
    changed = record_changes(
        session,
        subject=subject_of(case),
        before={"offences": _written(before)},
        after={"offences": _written(charges)},
        actor=actor,
        now=now,
    )
    if not changed:
        return
    session.execute(delete(Charge).where(Charge.case_id == case.id))
    # No page asks for the grade: an offence that keeps its words keeps it.
    graded = {(one.text, one.statute): one.severity for one in before}
    add_charges(
        session,
        case,
        [
            replace(one, severity=one.severity or graded.get((one.text, one.statute)))
            for one in charges
        ],
    )
    if case.offence_class is None:
        policy = policy_on(session, day=case.referred_on).policy
        case.offence_class = class_of(policy, charges, chosen=None)
        session.flush()
    record_act(session, act="offences_corrected", subject=subject_of(case), actor=actor, now=now)


def charges_on_record(session: Session, case_id: uuid.UUID) -> tuple[ChargeGiven, ...]:
    """Return the offences of a case in their order."""
    query = select(Charge).where(Charge.case_id == case_id).order_by(Charge.position)
    return tuple(
        ChargeGiven(text=row.text, statute=row.statute, nibrs=row.nibrs, severity=row.severity)
        for row in session.scalars(query)
    )


def _written(charges: Sequence[ChargeGiven]) -> str:
    return "; ".join(
        ", ".join(part for part in (charge.text, charge.statute, charge.nibrs) if part)
        for charge in charges
    )
