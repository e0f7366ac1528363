"""Taking a referral in: the case, its incident, its agency and its offences."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import OFFENCES, CaseState
from youthcourt.cases.domain.choices import AgencyKind
from youthcourt.cases.models import Agency, Case, CaseEvent, Charge, Incident
from youthcourt.cases.services.life import subject_of
from youthcourt.courts.domain import Policy
from youthcourt.courts.queries import policy_on
from youthcourt.courts.services import readable_number
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import EARLIEST_DAY, check_age, check_birth_date
from youthcourt.people.models import Person
from youthcourt.people.queries.persons import live_person


@dataclass(frozen=True, kw_only=True, slots=True)
class ChargeGiven:
    """One offence as the referral names it; ``nibrs`` is a code of the list of offences.

    ``severity`` is how the referrer's law grades it, where a file of referrals said so.
    """

    text: str
    statute: str | None = None
    nibrs: str | None = None
    severity: str | None = None


def open_case(
    session: Session,
    *,
    person_id: uuid.UUID,
    referred_on: date,
    incident_on: date | None,
    incident_reference: str | None,
    agency_id: uuid.UUID | None,
    agency_reference: str | None = None,
    officer: str | None = None,
    narrative: str | None = None,
    charges: Sequence[ChargeGiven] = (),
    offence_class: str | None = None,
    source: str = "entered",
    once_key: str | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Open a case under the policy of the day of referral; cases of one incident belong together.

    The same ``once_key`` gives the case that is already there.
    """
    known = case_of_once_key(session, once_key)
    if known is not None:
        return known
    _check_days(referred_on=referred_on, incident_on=incident_on)
    stored = policy_on(session, day=referred_on)
    number = readable_number(session, series="case", year=referred_on.year)
    # The counter's row is held now: a twin that was sent at the same time is done or not begun.
    known = case_of_once_key(session, once_key)
    if known is not None:
        return known
    incident = incident_of(
        session, agency_id=agency_id, reference=incident_reference, happened_on=incident_on
    )
    case = Case(
        number=number,
        person_id=person_id,
        state=CaseState.REFERRED,
        incident_id=None if incident is None else incident.id,
        agency_id=agency_id,
        agency_reference=agency_reference,
        officer=officer,
        narrative=narrative,
        referred_on=referred_on,
        incident_on=incident_on,
        offence_class=class_of(stored.policy, charges, chosen=offence_class),
        policy_id=stored.id,
        source=source,
        once_key=once_key,
        created_at=now,
    )
    session.add(case)
    session.flush()
    add_charges(session, case, charges)
    _note_opening(session, case, actor=actor, now=now)
    return case


def _note_opening(session: Session, case: Case, *, actor: Actor, now: datetime) -> None:
    session.add(
        CaseEvent(
            case_id=case.id,
            from_state=None,
            to_state=CaseState.REFERRED,
            happened_on=case.referred_on,
            at=now,
            by=actor.user_id,
        )
    )
    record_act(
        session,
        act="case_opened",
        subject=subject_of(case),
        actor=actor,
        now=now,
        source=case.source,
    )


def check_referral(
    session: Session,
    *,
    person_id: uuid.UUID,
    referred_on: date,
    incident_on: date | None,
    incident_reference: str | None,
    agency_id: uuid.UUID | None,
    charges: Sequence[ChargeGiven],
    now: datetime,
) -> None:
    """Refuse what a clerk most likely typed by mistake.

    A day to come, a birth after the offence, somebody far too old, no offence, another day for
    an incident that is on record, a second case of one person for one incident.
    """
    today = court_day(session, now)
    check_referral_days(referred_on=referred_on, incident_on=incident_on, today=today)
    if not charges:
        raise CourtRuleBroken("offence_missing")
    person = live_person(session, person_id)
    check_person(person, offence_on=incident_on, today=today)
    known = known_incident(session, agency_id=agency_id, reference=incident_reference)
    if known is None:
        return
    if incident_on and known.happened_on and known.happened_on != incident_on:
        raise CourtRuleBroken(
            "incident_on_another_day", "incident_on", happened_on=known.happened_on
        )
    twin = session.scalar(
        select(Case.number).where(Case.incident_id == known.id, Case.person_id == person_id)
    )
    if twin is not None:
        raise CourtRuleBroken("case_known_for_incident", number=twin)


def check_person(person: Person, *, offence_on: date | None, today: date) -> None:
    """Refuse a birth date or stated age that no respondent of this incident can have."""
    if person.birth_date is not None:
        check_birth_date(person.birth_date, today=today, offence_on=offence_on)
    elif person.stated_age is not None:
        check_age(person.stated_age, "stated_age")


def check_referral_days(*, referred_on: date, incident_on: date | None, today: date) -> None:
    """Refuse days of a referral that are to come, too long ago or in the wrong order."""
    for field, day in (("referred_on", referred_on), ("incident_on", incident_on)):
        if day is not None and day > today:
            raise CourtRuleBroken("day_in_future", field)
    _check_days(referred_on=referred_on, incident_on=incident_on)


def _check_days(*, referred_on: date, incident_on: date | None) -> None:
    for field, day in (("referred_on", referred_on), ("incident_on", incident_on)):
        if day is not None and day < EARLIEST_DAY:
            raise CourtRuleBroken("day_too_long_ago", field, earliest=EARLIEST_DAY)
    if incident_on is not None and incident_on > referred_on:
        raise CourtRuleBroken("incident_after_referral", "incident_on", referred_on=referred_on)


def case_of_once_key(session: Session, once_key: str | None) -> Case | None:
    """Return the case that was made from the same form with the same content."""
    if once_key is None:
        return None
    return session.scalar(select(Case).where(Case.once_key == once_key))


def agency_named(
    session: Session,
    *,
    name: str,
    kind: AgencyKind | str = AgencyKind.OTHER,
    address: str | None = None,
    actor: Actor,
    now: datetime,
) -> Agency:
    """Return the agency of this name, however it is capitalised; a new one is added."""
    tidy = " ".join(name.split())
    known = session.scalar(select(Agency).where(func.lower(Agency.name) == tidy.lower()))
    if known is not None:
        return known
    agency = Agency(name=tidy, kind=AgencyKind(kind).value, address=address)
    session.add(agency)
    session.flush()
    record_act(
        session,
        act="agency_added",
        subject=Subject(kind="agency", id=agency.id),
        actor=actor,
        now=now,
    )
    return agency


def known_incident(
    session: Session, *, agency_id: uuid.UUID | None, reference: str | None
) -> Incident | None:
    """Return the incident that an agency's number stands for."""
    if not reference:
        return None
    same_agency = or_(Incident.agency_id == agency_id, Incident.agency_id.is_(None))
    return session.scalar(
        select(Incident).where(Incident.reference == reference, same_agency).limit(1)
    )


def incident_of(
    session: Session,
    *,
    agency_id: uuid.UUID | None,
    reference: str | None,
    happened_on: date | None,
) -> Incident | None:
    """Return the incident of an agency's number, added where it is new; None without one."""
    if not reference:
        return None
    known = known_incident(session, agency_id=agency_id, reference=reference)
    if known is not None:
        known.happened_on = known.happened_on or happened_on
        return known
    incident = Incident(agency_id=agency_id, reference=reference, happened_on=happened_on)
    session.add(incident)
    session.flush()
    return incident


def add_charges(session: Session, case: Case, charges: Sequence[ChargeGiven]) -> None:
    """Add the offences of a case in their order, counted from 1."""
    for position, charge in enumerate(charges, start=1):
        if charge.nibrs is not None and charge.nibrs not in OFFENCES:
            raise CourtRuleBroken("offence_code_unknown", "nibrs")
        session.add(
            Charge(
                case_id=case.id,
                position=position,
                statute=charge.statute,
                text=charge.text,
                nibrs=charge.nibrs,
                severity=charge.severity,
            )
        )
    session.flush()


def class_of(policy: Policy, charges: Sequence[ChargeGiven], *, chosen: str | None) -> str | None:
    """Return the class staff chose, else the heaviest the policy's lists give, else None."""
    if chosen:
        return policy.class_of(chosen).code
    found = [policy.class_for_offence(charge.text) for charge in charges]
    known = [class_ for class_ in found if class_ is not None]
    return max(known, key=lambda class_: class_.order).code if known else None
