"""Reading the cases that may make a cohort, and what was searched for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Case
from youthcourt.courts.queries import CourtPolicy, policy_on
from youthcourt.evaluation.domain import (
    CaseLife,
    Cohort,
    CohortChoice,
    Followed,
    build_cohort,
    follow,
)
from youthcourt.evaluation.queries.life import accepted_on
from youthcourt.followups.queries import checks_by_case, first_hearing_days

USUAL_MONTHS = (6, 12, 18, 24, 36)
"""Months that published evaluations use; those of the court's rules are offered as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortRead:
    """A cohort with what is known of each member, as of a day."""

    cohort: Cohort
    followed: tuple[Followed, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowMonths:
    """The months to choose from, and those that the court's rules name."""

    offered: tuple[int, ...]
    usual: tuple[int, ...]


def read_cohort(session: Session, *, choice: CohortChoice, as_of: date) -> CohortRead:
    """Return the cohort of a choice; five statements, however many cases there are."""
    cohort = build_cohort(case_lives(session, referred_by=choice.entered.last), choice)
    checks = checks_by_case(session) if cohort.members else {}
    return CohortRead(cohort=cohort, followed=follow(cohort.members, checks, choice, as_of=as_of))


def case_lives(session: Session, *, referred_by: date) -> tuple[CaseLife, ...]:
    """Return the days of every case referred by a day, in the order of their keys."""
    first = first_hearing_days(session)
    rows = session.execute(
        select(
            Case.id,
            Case.person_id,
            Case.referred_on,
            Case.admitted_on,
            Case.heard_on,
            Case.closed_on,
            Case.closure_reason,
            accepted_on().label("accepted_on"),
        )
        .where(Case.referred_on <= referred_by)
        .order_by(Case.id)
    )
    return tuple(CaseLife(first_hearing_on=first.get(row.id), **row._asdict()) for row in rows)


def months_offered(session: Session, *, today: date) -> WindowMonths:
    """Return the windows to choose from; without any in the rules the usual ones are taken."""
    named = policy_in_force(session, today=today).policy.follow_up_months
    return WindowMonths(
        offered=tuple(sorted({*USUAL_MONTHS, *named})), usual=named or USUAL_MONTHS[:3]
    )


def policy_in_force(session: Session, *, today: date) -> CourtPolicy:
    """Return the version of the court's rules that is in force on a day."""
    return policy_on(session, day=today)
