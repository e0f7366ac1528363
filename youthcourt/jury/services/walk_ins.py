"""Somebody who comes without being expected: found on record, or entered in three fields."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.states import CheckInMethod
from youthcourt.jury.models import Attendance
from youthcourt.jury.services.attendance import check_in, open_evening
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

    ``known_id`` is the person on record it turned out to be.  A new person needs a birth date,
    so that the office finds them again.
    """
    evening = open_evening(session, session_id, now=now)
    if known_id is None:
        if birth_date is None:
            raise CourtRuleBroken("required", "birth_date")
        person = add_person(
            session,
            given_names=given_names,
            family_name=family_name,
            birth_date=birth_date,
            known_on=evening.held_on,
            actor=actor,
            now=now,
        )
        set_jury_list(
            session,
            person_id=person.id,
            on_list=True,
            volunteer_since=evening.held_on,
            actor=actor,
            now=now,
        )
    else:
        person = live_person(session, known_id)
    return check_in(
        session,
        session_id=session_id,
        person_id=person.id,
        method=CheckInMethod.WALK_IN,
        actor=actor,
        now=now,
    )
