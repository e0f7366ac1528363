"""What the case page and the person page show of sentences and service."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from youthcourt.accounts.session import signed_in
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.queries import hearings_of_case
from youthcourt.sentences.domain import Feasibility
from youthcourt.sentences.queries import (
    SanctionProgress,
    details_of,
    feasibilities,
    progress_of,
    sentences_of_case,
    service_lines,
)
from youthcourt.web.panels import Panel
from youthcourt.web.transactions import database

SHOWN = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One obligation on a page, with whether it can still be finished."""

    item: SanctionProgress
    outlook: Feasibility | None
    detail: str | None = None


def case_panel(case_id: uuid.UUID) -> Panel | None:
    """Return the sentences of a case with what is owed, or the way to give one."""
    session, today = database(), signed_in().today
    hearings = hearings_of_case(session, case_id)
    heard = [line for line in hearings if line.state is HearingState.HEARD]
    given = sentences_of_case(session, case_id=case_id)
    waiting = [line for line in heard if line.id not in {one.hearing_id for one in given}]
    if not given and not waiting:
        return None
    person_id = heard[0].person_id if heard else None
    owed = _owed_of_case(case_id, person_id) if given and person_id else ()
    return Panel(
        template="sentences/_case.html",
        context={
            "case_id": case_id,
            "sentences": given,
            "owed": owed,
            "to_sentence": [line for line in waiting if line.first or not given],
            "done": bool(owed) and all(one.item.satisfied for one in owed),
            "case_open": any(one.item.case_open for one in owed),
            "today": today,
        },
    )


def _owed_of_case(case_id: uuid.UUID, person_id: uuid.UUID) -> tuple[Owed, ...]:
    session = database()
    details = details_of(session, case_id=case_id)
    outlooks = feasibilities(session, person_ids=[person_id], today=signed_in().today)
    items = progress_of(session, person_ids=[person_id])[person_id]
    return tuple(
        Owed(item=item, outlook=outlooks.get(item.id), detail=details.get(item.id))
        for item in items
        if item.case_id == case_id
    )


def person_panel(person_id: uuid.UUID) -> Panel | None:
    """Return what a person owes in all cases and the latest service."""
    session, today = database(), signed_in().today
    items = progress_of(session, person_ids=[person_id])[person_id]
    lines = service_lines(session, person_id=person_id)
    if not items and not lines:
        return None
    outlooks = feasibilities(session, person_ids=[person_id], today=today) if items else {}
    return Panel(
        template="sentences/_person.html",
        context={
            "owed": [Owed(item=item, outlook=outlooks.get(item.id)) for item in items],
            "lines": lines[:SHOWN],
            "more": max(len(lines) - SHOWN, 0),
            "today": today,
        },
    )
