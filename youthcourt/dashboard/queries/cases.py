"""What needs a hand now, and the plain counts of a court."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import Case
from youthcourt.cases.queries.lists import counts_by_state as counts_of_states
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names

SHOWN = 10
BEFORE_HEARING = (CaseState.REFERRED, CaseState.CONTACTED, CaseState.SCREENED)


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingCase:
    """A case before its intake, whose it is, and how many days ago it was referred."""

    id: uuid.UUID
    number: str
    name: PersonName
    state: CaseState
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingGroup:
    """The cases in one state: how many, and the ones that wait longest."""

    state: CaseState
    count: int
    longest: tuple[WaitingCase, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many cases are in a state, or were closed for a reason."""

    what: CaseState | ClosureReason
    count: int


def waiting_groups(session: Session, *, today: date) -> tuple[WaitingGroup, ...]:
    """Return the cases before intake by state, in three queries whatever their number."""
    counts = counts_of_states(session)
    oldest_first = (Case.referred_on, Case.number)
    place = func.row_number().over(partition_by=Case.state, order_by=oldest_first)
    ranked = (
        select(
            Case.id, Case.number, Case.person_id, Case.state, Case.referred_on, place.label("place")
        )
        .where(Case.state.in_(BEFORE_HEARING))
        .subquery()
    )
    rows = session.execute(
        select(ranked).where(ranked.c.place <= SHOWN).order_by(ranked.c.place)
    ).all()
    names = person_names(session, {row.person_id for row in rows})
    return tuple(
        WaitingGroup(
            state=state,
            count=counts[state],
            longest=tuple(
                WaitingCase(
                    id=row.id,
                    number=row.number,
                    name=names[row.person_id],
                    state=row.state,
                    days=(today - row.referred_on).days,
                )
                for row in rows
                if row.state is state
            ),
        )
        for state in BEFORE_HEARING
        if state in counts
    )


def state_counts(session: Session) -> tuple[Count, ...]:
    """Return how many cases stand in each state, in the order of a case's life."""
    found = counts_of_states(session)
    return tuple(Count(what=state, count=found.get(state, 0)) for state in CaseState)


def counts_by_reason(session: Session) -> tuple[Count, ...]:
    """Return how many cases were closed for each reason that occurs."""
    query = (
        select(Case.closure_reason, func.count(Case.id))
        .where(Case.closure_reason.is_not(None))
        .group_by(Case.closure_reason)
    )
    found = {reason: count for reason, count in session.execute(query) if reason is not None}
    return tuple(
        Count(what=reason, count=found[reason]) for reason in ClosureReason if reason in found
    )
