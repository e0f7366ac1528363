"""The days of a case that several figures share: accepted, first sentenced."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, or_, select
from sqlalchemy.orm import aliased

from youthcourt.cases.models import Case, Screening
from youthcourt.sentences.models import Sentence


def accepted_on() -> ColumnElement[Any]:
    """Return the day a case was accepted.

    It is the day of the decision on eligibility that stands, where it was for the case or
    somebody took the case all the same; without one, the first day on a docket or heard.
    """
    later = aliased(Screening)
    decision = (
        select(func.min(Screening.decided_on))
        .where(
            Screening.case_id == Case.id,
            or_(Screening.eligible, Screening.overridden),
            ~select(later.id)
            .where(later.case_id == Screening.case_id, later.recorded_at > Screening.recorded_at)
            .exists(),
        )
        .correlate(Case)
        .scalar_subquery()
    )
    return func.coalesce(decision, Case.first_docketed_on, Case.heard_on)


def sentenced_on() -> ColumnElement[Any]:
    """Return the day of the first sentence of a case that was not withdrawn."""
    return (
        select(func.min(Sentence.sentenced_on))
        .where(Sentence.case_id == Case.id, Sentence.withdrawn_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )


def case_days(*more: Any) -> Subquery:
    """Return every case of the court with its days, to be counted."""
    return select(
        Case.id,
        Case.person_id,
        Case.referred_on,
        Case.intake_on,
        Case.heard_on,
        Case.closed_on,
        Case.closure_reason,
        accepted_on().label("accepted_on"),
        sentenced_on().label("sentenced_on"),
        *more,
    ).subquery()
