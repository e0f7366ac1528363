"""The adults tied to a youth: who they are, what they may decide and be told."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act, record_changes
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import tidy_name
from youthcourt.people.domain.contacts import check_mail, check_phone
from youthcourt.people.domain.kinds import AdultChannel, AuthorityProof, Relation
from youthcourt.people.models import Adult
from youthcourt.people.ports import tell_reachable
from youthcourt.people.queries.adults import adult_of
from youthcourt.people.queries.persons import live_person

_REACH = frozenset({"email", "channel", "told_schedule", "never_disclose"})
"""What decides whether an adult is told of days and times, and how."""
_LIMITS = {"phone": 40, "email": 254, "language": 12, "note": 2000}


@dataclass(frozen=True, kw_only=True, slots=True)
class AdultEntry:
    """What is written down of an adult tied to a youth."""

    name: str
    relation: Relation
    may_consent: bool = False
    authority_proof: AuthorityProof | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "en"
    channel: AdultChannel = AdultChannel.PHONE
    told_schedule: bool = True
    told_progress: bool = True
    told_outcome: bool = True
    never_disclose: bool = False
    note: str | None = None


def add_adult(
    session: Session,
    *,
    person_id: uuid.UUID,
    entry: AdultEntry,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Adult:
    """Record an adult tied to a youth; from now on they are told what they may know.

    The same ``key`` records them once.
    """
    live_person(session, person_id, lock=key is not None)
    known = session.get(Adult, key) if key else None
    if known is not None:
        return known
    adult = Adult(id=key or uuid.uuid4(), person_id=person_id, created_at=now, **_checked(entry))
    session.add(adult)
    session.flush()
    _note(session, adult, act="adult_added", actor=actor, now=now)
    tell_reachable(session, person_id, actor=actor, now=now)
    return adult


def change_adult(
    session: Session,
    *,
    person_id: uuid.UUID,
    adult_id: uuid.UUID,
    version: int,
    entry: AdultEntry,
    actor: Actor,
    now: datetime,
) -> Adult:
    """Replace what is written down of an adult and keep the former values; may be ``Stale``."""
    adult = adult_of(session, person_id=person_id, adult_id=adult_id, lock=True)
    if adult.version_id != version:
        raise Stale
    values = _checked(entry)
    before = {name: getattr(adult, name) for name in values}
    for name, value in values.items():
        setattr(adult, name, value)
    session.flush()
    changed = record_changes(
        session, subject=_subject(adult), before=before, after=values, actor=actor, now=now
    )
    if changed:
        _note(session, adult, act="adult_changed", actor=actor, now=now, fields=len(changed))
    if not _REACH.isdisjoint(changed):
        tell_reachable(session, person_id, actor=actor, now=now)
    return adult


def end_adult(
    session: Session,
    *,
    person_id: uuid.UUID,
    adult_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> Adult:
    """Say that an adult no longer has to do with the youth; from today nothing is told them."""
    adult = adult_of(session, person_id=person_id, adult_id=adult_id, lock=True)
    if adult.ended_on is None:
        adult.ended_on = court_day(session, now)
        session.flush()
        _note(session, adult, act="adult_ended", actor=actor, now=now)
    return adult


def resume_adult(
    session: Session,
    *,
    person_id: uuid.UUID,
    adult_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> Adult:
    """Take back that an adult had ended."""
    adult = adult_of(session, person_id=person_id, adult_id=adult_id, lock=True)
    if adult.ended_on is not None:
        adult.ended_on = None
        session.flush()
        _note(session, adult, act="adult_resumed", actor=actor, now=now)
        tell_reachable(session, person_id, actor=actor, now=now)
    return adult


def _checked(entry: AdultEntry) -> dict[str, Any]:
    values = asdict(entry)
    values["name"] = tidy_name(entry.name, "name")
    if not values["name"]:
        raise CourtRuleBroken("required", "name")
    for name, limit in _LIMITS.items():
        if values[name] is not None and len(values[name]) > limit:
            raise CourtRuleBroken("too_long", name, max=limit)
    if entry.phone:
        check_phone(entry.phone)
    if entry.email:
        check_mail(entry.email)
    if entry.may_consent and entry.authority_proof is None:
        raise CourtRuleBroken("authority_proof_needed", "authority_proof")
    if entry.may_consent and entry.never_disclose:
        raise CourtRuleBroken("never_told_cannot_consent", "may_consent")
    if not entry.may_consent:
        values["authority_proof"] = None
    return values


def _subject(adult: Adult) -> Subject:
    return Subject(kind="adult", id=adult.id, person_id=adult.person_id)


def _note(
    session: Session, adult: Adult, *, act: str, actor: Actor, now: datetime, **params: int
) -> None:
    record_act(session, act=act, subject=_subject(adult), actor=actor, now=now, **params)
