"""Somebody who comes without being expected: found on record, or entered in three fields."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.models import Case
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.models import Hearing, Sitting
from youthcourt.jury.domain.states import CheckInMethod
from youthcourt.jury.models import Attendance
from youthcourt.jury.services.attendance import check_in, open_evening
from youthcourt.people.models import Person
from youthcourt.people.queries import live_person
from youthcourt.people.services import add_person, set_jury_list


def add_walk_in(
    session: Session,
    *,
    session_id: uuid.UUID,
    given_names: str,
    family_name: str,
    birth_date: date | None,
    known_id: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Attendance:
    """Check somebody in who was not expected; whoever is new comes onto the jury list.

    ``known_id`` is the person on record it turned out to be.  Whoever is heard in this session
    is not taken in as a juror of it.
    """
    evening = open_evening(session, session_id, now=now)
    if known_id is not None and _is_heard(session, session_id, known_id):
        raise CourtRuleBroken("not_as_juror_tonight")
    person = walk_in_person(
        session,
        given_names=given_names,
        family_name=family_name,
        birth_date=birth_date,
        known_id=known_id,
        known_on=evening.held_on,
        actor=actor,
        now=now,
    )
    return check_in(
        session,
        session_id=session_id,
        person_id=person.id,
        method=CheckInMethod.WALK_IN,
        actor=actor,
        now=now,
    )


def walk_in_person(
    session: Session,
    *,
    given_names: str,
    family_name: str,
    birth_date: date | None,
    known_id: uuid.UUID | None = None,
    known_on: date,
    actor: Actor,
    now: datetime,
) -> Person:
    """Return the person on record, or enter a new one and put them on the jury list.

    A new person needs a birth date, so that the office finds them again.
    """
    if known_id is not None:
        return live_person(session, known_id)
    if birth_date is None:
        raise CourtRuleBroken("required", "birth_date")
    person = add_person(
        session,
        given_names=given_names,
        family_name=family_name,
        birth_date=birth_date,
        known_on=known_on,
        actor=actor,
        now=now,
    )
    return set_jury_list(
        session, person_id=person.id, on_list=True, volunteer_since=known_on, actor=actor, now=now
    )


def _is_heard(session: Session, session_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Return whether somebody's own case is on a docket of this session."""
    query = (
        select(Hearing.id)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .join(Case, Case.id == Hearing.case_id)
        .where(
            Sitting.session_id == session_id,
            Case.person_id == person_id,
            Hearing.state == HearingState.DOCKETED,
        )
    )
    return session.scalar(query.limit(1)) is not None
