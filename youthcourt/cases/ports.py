"""What cases ask of higher features and tell them; plugged in by the application.

Both lists are set as a whole, once at the start of a process, by whoever builds the
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


class _Plugged:
    """What is plugged in now."""

    sources: tuple[FactSource, ...] = ()
    followers: tuple[CaseFollower, ...] = ()


def use_fact_sources(*sources: FactSource) -> None:
    """Ask these, and no others, what they know of a case; the later one wins."""
    _Plugged.sources = sources


def use_case_followers(*followers: CaseFollower) -> None:
    """Tell these, and no others, of every move, in this order."""
    _Plugged.followers = followers


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
