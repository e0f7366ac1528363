"""Making the file for research; who made it, and of whom, is written down."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt import __version__
from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.models import Court
from youthcourt.db import lookup_key
from youthcourt.errors import CourtRuleBroken
from youthcourt.evaluation.domain import CohortChoice, Origin, archive
from youthcourt.evaluation.queries import CohortRead, policy_in_force, read_study


@dataclass(frozen=True, kw_only=True, slots=True)
class ResearchFile:
    """The archive, and how many persons are in it."""

    data: bytes
    people: int
    considered: int

    @property
    def digest(self) -> str:
        """The SHA-256 of the archive, by which two of them can be compared."""
        return hashlib.sha256(self.data).hexdigest()


def make_research_file(
    session: Session,
    *,
    read: CohortRead,
    choice: CohortChoice,
    as_of: date,
    progress: Callable[[int], None] = lambda _count: None,
) -> ResearchFile:
    """Return the file for research of a cohort that was read; refuse one of nobody.

    Its numbers are keyed with a key of the court that is derived from the last encryption key,
    as look-up values are: they stay the same while keys are rotated in front.
    """
    if not read.followed:
        raise CourtRuleBroken("cohort_empty")
    court = session.get_one(Court, session.info["court_id"])
    study = read_study(
        session,
        key=bytes.fromhex(lookup_key(f"study numbers of court {court.id}")),
        choice=choice,
        as_of=as_of,
        followed=read.followed,
        progress=progress,
    )
    policy = policy_in_force(session, today=as_of)
    origin = Origin(court=court.slug, policy_number=policy.number, software=__version__)
    return ResearchFile(
        data=archive(study, read.cohort, origin),
        people=len(read.followed),
        considered=read.cohort.considered,
    )


def record_research_file(
    session: Session,
    *,
    choice: CohortChoice,
    as_of: date,
    made: ResearchFile,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down that the file left the house: by whose hand, of which cohort, of how many."""
    record_act(
        session,
        act="research_file_made",
        subject=Subject(kind="research_file"),
        actor=actor,
        now=now,
        filter=filter_words(choice),
        as_of=as_of.isoformat(),
        people=made.people,
    )


def filter_words(choice: CohortChoice) -> str:
    """Return a choice in codes, for the journal."""
    counted = choice.counted
    return " ".join(
        (
            f"{choice.entered.first.isoformat()}/{choice.entered.last.isoformat()}",
            choice.start.value,
            choice.who.value,
            ",".join(map(str, choice.months)),
            ",".join(sorted(kind.value for kind in counted.kinds)),
            counted.basis.value,
            choice.denominator.value,
        )
    )
