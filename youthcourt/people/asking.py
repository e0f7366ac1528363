"""Asking for a new link to the own page, without having shown who one is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import CODE_BY_ADDRESS, LINK_REQUEST
from youthcourt.accounts.services import count_failure, is_throttled, note_event
from youthcourt.audit.domain import SYSTEM, Actor
from youthcourt.db import every_court, lookup_key, set_court
from youthcourt.errors import CourtRuleBroken
from youthcourt.notices.domain import Channel, NoticeKind
from youthcourt.notices.models import Notice
from youthcourt.notices.services import queue_notice
from youthcourt.people.domain.contacts import SHORTEST_PHONE, folded_mail, phone_digits
from youthcourt.people.models import Person
from youthcourt.people.queries.persons import live_person

MOST_AT_ONCE = 6  # brothers and sisters share a number; a school's number is nobody's own


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """Somebody whose number or address it is; without ``by_mail`` nothing can be sent."""

    id: uuid.UUID
    court_id: uuid.UUID
    by_mail: bool


def ask_for_link(session: Session, *, contact: str, address: str, now: datetime) -> None:
    """Queue a link for everybody whose phone number or mail address this is.

    Nothing tells whether there is anybody: known and unknown are answered alike, after the same
    statements.  At most five times an hour for one contact, in silence; one address of the net
    that asks too often is refused with ``door_throttled``.
    """
    asked_from, asked_for = f"ask:{address}", f"ask:{_folded(contact)}"
    if is_throttled(session, key=asked_from, rule=CODE_BY_ADDRESS, now=now):
        raise CourtRuleBroken("door_throttled", "contact", minutes=_minutes())
    before = session.info.get("court_id")
    enough = is_throttled(session, key=asked_for, rule=LINK_REQUEST, now=now)
    count_failure(session, key=asked_from, rule=CODE_BY_ADDRESS, now=now)
    count_failure(session, key=asked_for, rule=LINK_REQUEST, now=now)
    found = [] if enough else [one for one in _owners(session, contact) if one.by_mail]
    for one in found:
        set_court(session, one.court_id)
        _queue(session, one.id, SYSTEM, now)
        note_event(session, event="link_asked", court_id=one.court_id, person_id=one.id, now=now)
    set_court(session, before)
    if not found:
        _as_if_found(session, now)


def mail_link(session: Session, *, person_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Queue a link for one person of the court; refused where no mail address is on record."""
    person = live_person(session, person_id, lock=True)
    if not person.email:
        raise CourtRuleBroken("no_mail_on_record")
    _queue(session, person_id, actor, now)


def _queue(session: Session, person_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    queue_notice(
        session,
        kind=NoticeKind.SIGN_IN_LINK,
        # Sent twice by an impatient thumb, it is one message.
        once_key=f"sign_in_link:{person_id}:{now:%Y%m%d%H%M}",
        channel=Channel.EMAIL,
        person_id=person_id,
        actor=actor,
        now=now,
    )


def _owners(session: Session, contact: str) -> list[_Found]:
    """Return whose number or address it is, in all courts: nobody has named one yet.

    Whoever has left the jury list is not let in again this way, nor is somebody who was never
    told of a page of their own.
    """
    digits = phone_digits(contact)
    phone = lookup_key(digits) if len(digits) >= SHORTEST_PHONE else ""
    with every_court(session, reason="nobody is signed in yet; the contact names the court"):
        rows = session.execute(
            select(Person.id, Person.court_id, Person.email_key)
            .where(
                or_(
                    Person.phone_key == phone, Person.email_key == lookup_key(folded_mail(contact))
                ),
                or_(Person.on_jury_list.is_(True), Person.fact_hash.is_not(None)),
                Person.left_jury_on.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(Person.court_id, Person.number)
            .limit(MOST_AT_ONCE)
        ).all()
    return [_Found(id=row.id, court_id=row.court_id, by_mail=bool(row.email_key)) for row in rows]


def _as_if_found(session: Session, now: datetime) -> None:
    """Do what is done for one person, for nobody, so that both take as long."""
    session.scalar(select(Notice).where(Notice.once_key == "sign_in_link:nobody"))
    note_event(session, event="link_asked_in_vain", now=now)
    note_event(session, event="link_asked", now=now)


def _folded(contact: str) -> str:
    digits = phone_digits(contact)
    return folded_mail(contact) if "@" in contact or not digits else digits


def _minutes() -> int:
    return int(CODE_BY_ADDRESS.window.total_seconds() // 60)
