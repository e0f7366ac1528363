"""Counting for reports: in the database, in a number of statements that never grows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CLOSURES, ClosureReason, Completion
from youthcourt.evaluation.domain import (
    CountCode,
    CountKey,
    Figure,
    Period,
    counted,
    shared,
)
from youthcourt.evaluation.queries.days import days_between
from youthcourt.evaluation.queries.later import later_figures
from youthcourt.evaluation.queries.life import case_days
from youthcourt.evaluation.queries.service import service_figures
from youthcourt.evaluation.queries.volunteers import volunteer_figures
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.people.models import Training

COMPLETED = tuple(r for r, rule in CLOSURES.items() if rule.completion is Completion.COMPLETED)


def count_period(session: Session, *, period: Period, today: date) -> dict[CountKey, Figure]:
    """Return every figure of a span of days in the court's zone."""
    found = (
        *_case_figures(session, period),
        *_closing_figures(session, period),
        *_hearing_figures(session, period),
        *_evening_figures(session, period, today=today),
        *service_figures(session, period),
        *volunteer_figures(session, period),
        *_training_figures(session, period),
        *later_figures(session, period, today=today),
    )
    return {figure.key: figure for figure in found}


def within(day: Any, period: Period) -> ColumnElement[bool]:
    """Return whether a day lies in the span; no day lies in none."""
    return and_(day >= period.first, day <= period.last)


def _count_if(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count(case((condition, 1))).label(name)


def _people_if(condition: ColumnElement[bool], person: Any, name: str) -> ColumnElement[int]:
    return func.count(case((condition, person)).distinct()).label(name)


def _case_figures(session: Session, period: Period) -> Iterator[Figure]:
    days = case_days().c
    open_at_start = or_(days.closed_on.is_(None), days.closed_on >= period.first)
    before = and_(days.accepted_on < period.first, open_at_start)
    served = and_(days.accepted_on <= period.last, open_at_start)
    row = session.execute(
        select(
            _count_if(and_(days.referred_on < period.first, open_at_start), "open_at_start"),
            _count_if(within(days.referred_on, period), "referred"),
            _count_if(within(days.accepted_on, period), "accepted"),
            _count_if(within(days.heard_on, period), "heard"),
            _count_if(within(days.sentenced_on, period), "adjudicated"),
            _count_if(
                and_(
                    days.referred_on <= period.last,
                    or_(days.closed_on.is_(None), days.closed_on > period.last),
                ),
                "open_at_end",
            ),
            _people_if(within(days.referred_on, period), days.person_id, "youth_referred"),
            _people_if(before, days.person_id, "youth_carried_over"),
            _people_if(served, days.person_id, "youth_served"),
        )
    ).one()
    for name, value in zip(row._fields, row, strict=True):
        yield counted(CountCode(name), value)
    # Whoever was carried over is served as well, so the rest are the new ones.
    yield counted(CountCode.YOUTH_NEW, row.youth_served - row.youth_carried_over)


def _closing_figures(session: Session, period: Period) -> Iterator[Figure]:
    days = case_days().c
    sentenced = cast(days.sentenced_on.is_not(None), Boolean).label("sentenced")
    rows = session.execute(
        select(
            days.closure_reason,
            sentenced,
            func.count().label("cases"),
            func.count(days.intake_on).label("with_intake"),
            func.coalesce(func.sum(days_between(days.intake_on, days.closed_on)), 0).label("days"),
        )
        .where(within(days.closed_on, period))
        .group_by(days.closure_reason, sentenced)
    ).all()
    by_reason = dict.fromkeys(ClosureReason, 0)
    for row in rows:
        by_reason[row.closure_reason] += row.cases
    for reason, cases in by_reason.items():
        yield counted(CountCode.CLOSED_FOR, cases, reason.value)
    closed, completed = sum(by_reason.values()), sum(by_reason[reason] for reason in COMPLETED)
    after_sentence = sum(r.cases for r in rows if r.sentenced or r.closure_reason in COMPLETED)
    yield counted(CountCode.CLOSED, closed)
    yield counted(CountCode.COMPLETED, completed)
    yield counted(CountCode.CLOSED_AFTER_SENTENCE, after_sentence)
    yield shared(CountCode.COMPLETION_RATE, completed, closed)
    yield shared(CountCode.COMPLETION_RATE_SENTENCED, completed, after_sentence)
    yield shared(
        CountCode.DAYS_INTAKE_TO_CLOSING,
        sum(row.days for row in rows),
        sum(row.with_intake for row in rows),
    )


def _hearing_figures(session: Session, period: Period) -> Iterator[Figure]:
    rows = session.execute(
        select(Hearing.kind, Hearing.state, func.count().label("hearings"))
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .join(CourtSession, CourtSession.id == Sitting.session_id)
        .where(within(CourtSession.held_on, period))
        .group_by(Hearing.kind, Hearing.state)
    ).all()
    held = {row.kind: row.hearings for row in rows if row.state is HearingState.HEARD}
    for kind in HearingKind:
        yield counted(CountCode.HEARINGS_OF_KIND, held.get(kind, 0), kind.value)
    yield counted(CountCode.HEARINGS_HELD, sum(held.values()))
    for code, state in (
        (CountCode.NO_SHOWS, HearingState.NO_SHOW),
        (CountCode.CONTINUED, HearingState.CONTINUED),
    ):
        yield counted(code, sum(row.hearings for row in rows if row.state is state))


def _evening_figures(session: Session, period: Period, *, today: date) -> Iterator[Figure]:
    planned = and_(CourtSession.state == CourtSessionState.PLANNED, CourtSession.held_on < today)
    row = session.execute(
        select(
            _count_if(CourtSession.state == CourtSessionState.CONFIRMED, "held"),
            _count_if(planned, "unconfirmed"),
        ).where(within(CourtSession.held_on, period), CourtSession.kind == CourtSessionKind.HEARING)
    ).one()
    yield counted(CountCode.EVENINGS_HELD, row.held)
    yield counted(CountCode.EVENINGS_UNCONFIRMED, row.unconfirmed)


def _training_figures(session: Session, period: Period) -> Iterator[Figure]:
    people = session.scalar(
        select(func.count(Training.person_id.distinct())).where(
            within(Training.finished_on, period)
        )
    )
    yield counted(CountCode.TRAINED, people or 0)
