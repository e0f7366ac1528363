"""What cases ask of higher features and tell them; plugged in by the application.

The lists are set as a whole, once at the start of a process, by whoever builds the
application (the web server, the command line, the jobs).  Setting them again replaces them, so
that building the application twice asks nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.domain.imports import PlannedItem

FactSource = Callable[[Session, uuid.UUID], dict[str, object]]
"""Returns the fields of ``CaseFacts`` that a higher feature knows of a case, by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMoved:
    """One move of a case that has just been made, in the same transaction."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    source: CaseState
    target: CaseState
    reason: ClosureReason | None
    on: date


CaseFollower = Callable[[Session, CaseMoved, Actor, datetime], None]
"""Does what a move means for a higher feature, such as taking a closed case off the docket."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceBefore:
    """A sentence given before this court kept its records here, with what is done of it."""

    case_id: uuid.UUID
    sentenced_on: date
    items: tuple[PlannedItem, ...]


SentenceTaker = Callable[[Session, SentenceBefore, Actor, datetime], None]
"""Records such a sentence and what is done of it, for a case that is open at that state."""


def _nobody(_session: Session, _sentence: SentenceBefore, _actor: Actor, _now: datetime) -> None:
    raise RuntimeError("nobody is plugged in who records sentences")


class _Plugged:
    """What is plugged in now."""

    taker: SentenceTaker = staticmethod(_nobody)
    sources: tuple[FactSource, ...] = ()
    followers: tuple[CaseFollower, ...] = ()


def use_fact_sources(*sources: FactSource) -> None:
    """Ask these, and no others, what they know of a case; the later one wins."""
    _Plugged.sources = sources


def use_case_followers(*followers: CaseFollower) -> None:
    """Tell these, and no others, of every move, in this order."""
    _Plugged.followers = followers


def use_sentence_taker(taker: SentenceTaker) -> None:
    """Let this one, and no other, record sentences of before."""
    _Plugged.taker = staticmethod(taker)


def take_sentence_before(
    session: Session, sentence: SentenceBefore, *, actor: Actor, now: datetime
) -> None:
    """Record a sentence of before."""
    _Plugged.taker(session, sentence, actor, now)


def facts_from_above(session: Session, case_id: uuid.UUID) -> dict[str, object]:
    """Return what all sources know of a case."""
    known: dict[str, object] = {}
    for source in _Plugged.sources:
        known.update(source(session, case_id))
    return known


def tell_followers(session: Session, moved: CaseMoved, *, actor: Actor, now: datetime) -> None:
    """Tell every follower of a move; a refusal of one of them undoes the move."""
    for follower in _Plugged.followers:
        follower(session, moved, actor, now)
