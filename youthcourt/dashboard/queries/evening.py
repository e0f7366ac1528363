"""The evening over several features: which it is, its docket with the families, its review."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Charge
from youthcourt.courts.queries import policy_on
from youthcourt.hearings.domain import CourtSessionState, HearingState
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.queries import (
    HearingLine,
    SessionLine,
    coming_sessions,
    docket_of,
    sessions_between,
)
from youthcourt.jury.models import Attendance
from youthcourt.jury.queries.evening import EveningPerson, people_of_evening
from youthcourt.jury.services.posting import effect_under
from youthcourt.people.models import Adult
from youthcourt.sentences.domain import ServedEffect
from youthcourt.sentences.models import Sentence

LOOK_BACK = timedelta(days=60)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evenings:
    """The sessions somebody at the desk may want: of today, not confirmed yet, the next one."""

    today: tuple[SessionLine, ...]
    unconfirmed: tuple[SessionLine, ...]
    next: SessionLine | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DocketLine:
    """One hearing as the room needs it: who, what for, which adults, and whether it is decided."""

    hearing: HearingLine
    charges: tuple[str, ...]
    adults: tuple[str, ...]
    sentenced: bool

    @property
    def wants_sentence(self) -> bool:
        """Whether it was heard for the first time and has no sentence yet."""
        return (
            self.hearing.state is HearingState.HEARD and self.hearing.first and not self.sentenced
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLine:
    """What one person's evening counts for; None while nobody has said how it went."""

    person: EveningPerson
    effect: ServedEffect | None


def evenings_of_today(session: Session, *, today: date) -> Evenings:
    """Return today's sessions, the last ones nobody confirmed, and the next one."""
    lines = sessions_between(session, today - LOOK_BACK, today)
    planned = [line for line in lines if line.state is CourtSessionState.PLANNED]
    coming = coming_sessions(session, today=today + timedelta(days=1), limit=1)
    return Evenings(
        today=tuple(line for line in lines if line.held_on == today),
        unconfirmed=tuple(line for line in planned if line.held_on < today),
        next=coming[0] if coming else None,
    )


def docket_lines(session: Session, sitting_id: uuid.UUID) -> tuple[DocketLine, ...]:
    """Return the docket of a room in the order in which hearings are called, in four queries."""
    hearings = docket_of(session, sitting_id)
    charges = _charges(session, [line.case_id for line in hearings])
    adults = _adults(session, [line.person_id for line in hearings])
    keys = [line.id for line in hearings]
    sentenced = set(
        session.scalars(select(Sentence.hearing_id).where(Sentence.hearing_id.in_(keys)))
    )
    return tuple(
        DocketLine(
            hearing=line,
            charges=tuple(charges[line.case_id]),
            adults=tuple(adults[line.person_id]),
            sentenced=line.id in sentenced,
        )
        for line in hearings
    )


def _charges(
    session: Session, case_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, list[str]]:
    rows = session.execute(
        select(Charge.case_id, Charge.text)
        .where(Charge.case_id.in_(case_ids))
        .order_by(Charge.position)
    )
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for case_id, text in rows:
        found[case_id].append(text)
    return found


def _adults(
    session: Session, person_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, list[str]]:
    """Return the names of the adults who may come along; whoever is kept out is left out."""
    rows = session.execute(
        select(Adult.person_id, Adult.name)
        .where(
            Adult.person_id.in_(person_ids),
            Adult.ended_on.is_(None),
            Adult.never_disclose.is_(False),
        )
        .order_by(Adult.may_consent.desc(), Adult.name)
    )
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for person_id, name in rows:
        found[person_id].append(name)
    return found


def review_lines(session: Session, line: SessionLine) -> tuple[ReviewLine, ...]:
    """Return what everybody's evening counts for under the policy of its day."""
    policy = policy_on(session, day=line.held_on).policy
    evening = session.get_one(CourtSession, line.id)
    rows = {
        row.person_id: row
        for row in session.scalars(select(Attendance).where(Attendance.session_id == line.id))
    }
    return tuple(
        ReviewLine(
            person=one,
            effect=effect_under(line.span, evening.kind, rows[one.person_id], policy)
            if one.person_id in rows and one.outcome is not None
            else None,
        )
        for one in people_of_evening(session, line.id)
    )
