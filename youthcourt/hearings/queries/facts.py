"""What the docket knows of a case, for the table of moves."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.hearings.domain import HearingKind, HearingState
from youthcourt.hearings.models import Hearing


def docket_facts(session: Session, case_id: uuid.UUID) -> dict[str, object]:
    """Return the fields of ``CaseFacts`` that the hearings of a case settle.

    A first hearing that had its day and goes on another day leaves the case where it is: a
    continuance is an event, not a step back (design, section 4).
    """
    states = set(
        session.scalars(
            select(Hearing.state).where(
                Hearing.case_id == case_id, Hearing.kind == HearingKind.FIRST
            )
        )
    )
    known: dict[str, object] = {}
    if HearingState.HEARD in states:
        known["first_hearing_held"] = True
    goes_on = HearingState.WAITING in states and not states.isdisjoint(
        (HearingState.CONTINUED, HearingState.NO_SHOW)
    )
    if not goes_on:
        known["hearing_on_docket"] = HearingState.DOCKETED in states
    return known
