"""What needs a hand now, and the plain counts of a court."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.domain.choices import ContactOutcome
from youthcourt.cases.models import Case, ContactAttempt
from youthcourt.cases.queries.lists import counts_by_state as counts_of_states
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names

SHOWN = 10
BEFORE_HEARING = (CaseState.REFERRED, CaseState.CONTACTED, CaseState.SCREENED)


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingCase:
    """A case before its intake, whose it is, and how many days ago it was referred.

    ``tried_on`` and ``outcome`` are those of the latest try to reach the family, and
    ``call_again_on`` the day it named.
    """

    id: uuid.UUID
    number: str
    name: PersonName
    state: CaseState
    days: int
    tried_on: date | None
    outcome: ContactOutcome | None
    call_again_on: date | None


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
    """Return the cases before intake by state, in three queries whatever their number.

    First whom to call again by now, then whom nobody has a day for, the longest waiting first,
    last whom to call on a day to come.
    """
    counts = counts_of_states(session)
    rows = session.execute(_longest_waiting(today)).all()
    names = person_names(session, {row.person_id for row in rows})
    return tuple(
        WaitingGroup(
            state=state,
            count=counts[state],
            longest=tuple(
                _waiting(row, names[row.person_id], today) for row in rows if row.state is state
            ),
        )
        for state in BEFORE_HEARING
        if state in counts
    )


def _longest_waiting(today: date) -> Select[Any]:
    """Return the query for the first cases of each state with the latest try of each."""
    latest = (
        select(
            ContactAttempt.case_id,
            ContactAttempt.tried_on,
            ContactAttempt.outcome,
            ContactAttempt.call_again_on,
            func.row_number()
            .over(
                partition_by=ContactAttempt.case_id,
                order_by=(
                    ContactAttempt.tried_on.desc(),
                    ContactAttempt.recorded_at.desc(),
                    ContactAttempt.id,
                ),
            )
            .label("newest"),
        )
        .join(Case, Case.id == ContactAttempt.case_id)
        .where(Case.state.in_(BEFORE_HEARING))
        .subquery()
    )
    call_on = latest.c.call_again_on
    turn = sql_case((call_on <= today, 0), (call_on.is_(None), 1), else_=2)
    first = (turn, func.coalesce(call_on, Case.referred_on), Case.referred_on, Case.number)
    ranked = (
        select(
            Case.id,
            Case.number,
            Case.person_id,
            Case.state,
            Case.referred_on,
            latest.c.tried_on,
            latest.c.outcome,
            call_on,
            func.row_number().over(partition_by=Case.state, order_by=first).label("place"),
        )
        .outerjoin(latest, (latest.c.case_id == Case.id) & (latest.c.newest == 1))
        .where(Case.state.in_(BEFORE_HEARING))
        .subquery()
    )
    return select(ranked).where(ranked.c.place <= SHOWN).order_by(ranked.c.place)


def _waiting(row: Row[Any], name: PersonName, today: date) -> WaitingCase:
    return WaitingCase(
        id=row.id,
        number=row.number,
        name=name,
        state=row.state,
        days=(today - row.referred_on).days,
        tried_on=row.tried_on,
        outcome=ContactOutcome(row.outcome) if row.outcome else None,
        call_again_on=row.call_again_on,
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
