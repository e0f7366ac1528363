"""Printed codes and message links by which a juror gets in; only digests are stored."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import (
    CODE_TRIES,
    MESSAGE_LINK_LIFE,
    FactQuestion,
    LinkPurpose,
    digest,
    folded_answer,
    new_code,
    new_token,
    typed_code,
)
from youthcourt.accounts.models import OneTimeLink
from youthcourt.accounts.services import password_fits
from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.db import every_court, lookup_key
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.models import Person
from youthcourt.people.queries.persons import live_person

_NOBODY = uuid.UUID(int=0)
_QUESTIONS = tuple(FactQuestion)
_JUROR_PURPOSES = (LinkPurpose.JUROR_SLIP, LinkPurpose.JUROR_MESSAGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """Whose door was opened: what a sign-in needs to start."""

    court_id: uuid.UUID
    person_id: uuid.UUID


def issue_slip(
    session: Session,
    *,
    person_id: uuid.UUID,
    valid_until: datetime,
    actor: Actor,
    now: datetime,
) -> str:
    """Return a new code for paper, shown this once; earlier codes of the person end.

    It opens together with the answer the person chose, until ``valid_until``, while fewer
    than five wrong answers were given.
    """
    person = live_person(session, person_id, lock=True)
    if person.fact_hash is None:
        raise CourtRuleBroken("no_fact_chosen")
    if valid_until <= now:
        raise CourtRuleBroken("code_already_over")
    end_links(session, person_id=person_id, purpose=LinkPurpose.JUROR_SLIP, now=now)
    code = new_code()
    _keep(
        session,
        purpose=LinkPurpose.JUROR_SLIP,
        stored=_code_digest(code),
        person=person,
        expires_at=valid_until,
        now=now,
    )
    _note(session, "slip_issued", person_id, actor, now)
    return code


def issue_link(session: Session, *, person_id: uuid.UUID, actor: Actor, now: datetime) -> str:
    """Return the token of a message link, good once within ten minutes; earlier ones end."""
    person = live_person(session, person_id, lock=True)
    end_links(session, person_id=person_id, purpose=LinkPurpose.JUROR_MESSAGE, now=now)
    token = new_token()
    _keep(
        session,
        purpose=LinkPurpose.JUROR_MESSAGE,
        stored=digest(token),
        person=person,
        expires_at=now + MESSAGE_LINK_LIFE,
        now=now,
    )
    _note(session, "link_issued", person_id, actor, now)
    return token


def question_of_code(session: Session, code: str) -> FactQuestion:
    """Return the question to ask for a code, whether there is such a code or not.

    An unknown code gets a question too, always the same one, after the same statements: the
    question tells nobody which codes exist.
    """
    stored = _code_digest(typed_code(code))
    owner = session.scalar(
        select(OneTimeLink.person_id).where(
            OneTimeLink.token_digest == stored, OneTimeLink.purpose == LinkPurpose.JUROR_SLIP
        )
    )
    with every_court(session, reason="nobody is signed in yet; the code names the court"):
        chosen = session.scalar(select(Person.fact_question).where(Person.id == (owner or _NOBODY)))
    return chosen or _QUESTIONS[int(lookup_key(f"question:{stored}"), 16) % len(_QUESTIONS)]


def open_by_code(session: Session, *, code: str, answer: str, now: datetime) -> Opened:
    """Return whose code and answer these are, or refuse with ``code_refused``.

    Unknown, ended, expired and used-up codes and wrong answers are refused alike and take as
    long.  The try is committed before the answer is checked, so that neither the refusal nor
    guesses sent at once give it back; the session must hold nothing else.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a code is tried in a transaction of its own")
    stored = _code_digest(typed_code(code))
    _count_a_try(session, stored, now)
    link, hashed = _link_and_hash(session, stored, now)
    session.commit()
    if not password_fits(hashed, folded_answer(answer)) or link is None:
        raise CourtRuleBroken("code_refused", "code")
    return _use(session, link, now=now)


def person_of_slip(session: Session, *, code: str, now: datetime) -> uuid.UUID:
    """Return whose live slip of the session's court this is, or refuse with ``slip_unknown``.

    For the desk, where staff see who holds the paper: it opens nothing and uses nothing up.
    """
    person_id = session.scalar(
        select(OneTimeLink.person_id).where(
            OneTimeLink.token_digest == _code_digest(typed_code(code)),
            OneTimeLink.purpose == LinkPurpose.JUROR_SLIP,
            OneTimeLink.court_id == session.info["court_id"],
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
        )
    )
    if person_id is None:
        raise CourtRuleBroken("slip_unknown", "code")
    return live_person(session, person_id).id


def open_by_link(session: Session, *, token: str, now: datetime) -> Opened:
    """Spend a message link and return whose it is, or refuse with ``link_refused``."""
    spent: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        update(OneTimeLink)
        .where(
            OneTimeLink.token_digest == digest(token),
            OneTimeLink.purpose == LinkPurpose.JUROR_MESSAGE,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .values(used_at=now)
    )
    if spent.rowcount != 1:
        raise CourtRuleBroken("link_refused")
    link = session.scalars(
        select(OneTimeLink).where(OneTimeLink.token_digest == digest(token))
    ).one()
    return _opened(link)


def end_links(
    session: Session,
    *,
    person_id: uuid.UUID,
    purpose: LinkPurpose | None = None,
    now: datetime,
) -> None:
    """End every code and link of a person, or those of one purpose."""
    purposes = _JUROR_PURPOSES if purpose is None else (purpose,)
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.person_id == person_id,
            OneTimeLink.purpose.in_(purposes),
            OneTimeLink.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def _code_digest(code: str) -> str:
    # A code has few bits: a plain digest in a stolen database could be searched through.
    return lookup_key(f"code:{code}")


def _keep(
    session: Session,
    *,
    purpose: LinkPurpose,
    stored: str,
    person: Person,
    expires_at: datetime,
    now: datetime,
) -> None:
    session.add(
        OneTimeLink(
            purpose=purpose,
            token_digest=stored,
            court_id=person.court_id,
            person_id=person.id,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()


def _count_a_try(session: Session, stored: str, now: datetime) -> None:
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.token_digest == stored,
            OneTimeLink.purpose == LinkPurpose.JUROR_SLIP,
            OneTimeLink.failures <= CODE_TRIES,
            OneTimeLink.expires_at > now,
        )
        .values(failures=OneTimeLink.failures + 1)
    )


def _link_and_hash(
    session: Session, stored: str, now: datetime
) -> tuple[OneTimeLink | None, str | None]:
    """Return the live link and the answer's hash; the same two queries for an unknown code."""
    link = session.scalar(
        select(OneTimeLink)
        .where(
            OneTimeLink.token_digest == stored,
            OneTimeLink.purpose == LinkPurpose.JUROR_SLIP,
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
            OneTimeLink.failures <= CODE_TRIES,
        )
        .execution_options(populate_existing=True)
    )
    owner = link.person_id if link is not None else _NOBODY
    with every_court(session, reason="nobody is signed in yet; the code names the court"):
        hashed = session.scalar(
            select(Person.fact_hash).where(Person.id == owner, Person.merged_into_id.is_(None))
        )
    return (None, None) if link is None else (link, hashed)


def _use(session: Session, link: OneTimeLink, *, now: datetime) -> Opened:
    """Give the try back, because the answer was right, and note the first use."""
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id)
        .values(failures=OneTimeLink.failures - 1, used_at=link.used_at or now)
    )
    return _opened(link)


def _opened(link: OneTimeLink) -> Opened:
    if link.court_id is None or link.person_id is None:
        raise CourtRuleBroken("link_refused")
    return Opened(court_id=link.court_id, person_id=link.person_id)


def _note(session: Session, act: str, person_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    subject = Subject(kind="person", id=person_id, person_id=person_id)
    record_act(session, act=act, subject=subject, actor=actor, now=now)
