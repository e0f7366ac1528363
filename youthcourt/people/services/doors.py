"""Letting one person into their own page, and closing it again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from youthcourt.accounts.services import end_sign_ins
from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.calendar import court_day, court_zone
from youthcourt.people.links import end_links, issue_slip
from youthcourt.people.queries.persons import live_person
from youthcourt.people.services.persons import subject_of

SLIP_DAYS = 14
LONGEST_SLIP_DAYS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """A code for paper and the last day on which it opens."""

    code: str
    last_day: date


def make_slip(
    session: Session, *, person_id: uuid.UUID, last_day: date, actor: Actor, now: datetime
) -> Slip:
    """Return a new slip, good to the end of its last day in the court's zone; earlier ones end."""
    today = court_day(session, now)
    if last_day < today:
        raise CourtRuleBroken("day_in_past", "last_day")
    if last_day > today + timedelta(days=LONGEST_SLIP_DAYS):
        raise CourtRuleBroken("slip_too_long", "last_day", days=LONGEST_SLIP_DAYS)
    midnight = datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(court_zone(session)))
    code = issue_slip(session, person_id=person_id, valid_until=midnight, actor=actor, now=now)
    return Slip(code=code, last_day=last_day)


def close_door(session: Session, *, person_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """End every code, link and open page of a person, on all phones at once."""
    live_person(session, person_id, lock=True)
    end_links(session, person_id=person_id, now=now)
    end_sign_ins(session, person_id=person_id, now=now)
    record_act(session, act="door_closed", subject=subject_of(person_id), actor=actor, now=now)
