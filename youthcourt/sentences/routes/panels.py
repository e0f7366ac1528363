"""What the case page and the person page show of sentences and service."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import CaseState
from youthcourt.cases.queries import case_by_id
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.queries import hearings_of_case
from youthcourt.sentences.domain import SentenceState, ServiceState, sentence_status
from youthcourt.sentences.queries import (
    CameUnbooked,
    ServiceLine,
    came_unbooked,
    obligations_of_case,
    parts_of_sentence,
    progress_of,
    sentences_of_case,
    service_lines,
)
from youthcourt.sentences.routes.changes import TITLES
from youthcourt.sentences.routes.sheets import ObligationSheet, outlooks_of, sheets_of
from youthcourt.web.panels import Panel
from youthcourt.web.transactions import database

SHOWN = 5


def case_panel(case_id: uuid.UUID) -> Panel | None:
    """Return the sentences of a case with what is owed, or the way to give one."""
    session, today = database(), signed_in().today
    given = sentences_of_case(session, case_id=case_id)
    withdrawn = sentences_of_case(session, case_id=case_id, withdrawn=True)
    sentenced = {one.hearing_id for one in given}
    again = {one.hearing_id for one in withdrawn}
    waiting = [
        line
        for line in hearings_of_case(session, case_id)
        if line.state is HearingState.HEARD
        and line.id not in sentenced
        and (line.first or not given or line.id in again)
    ]
    if not given and not waiting and not withdrawn:
        return None
    items = obligations_of_case(session, case_id=case_id, now=clock.now()) if given else ()
    sheets = sheets_of(items, case_ids=[case_id])
    status = sentence_status([item.parts for item in items], today=today) if given else None
    return Panel(
        template="sentences/_case.html",
        context={
            "case_id": case_id,
            "case_open": case_by_id(session, case_id).state is not CaseState.CLOSED,
            "sentences": given,
            "sheets": sheets,
            "evenings": _evenings(sheets),
            "handed_in": any(
                line.state is ServiceState.PENDING for sheet in sheets for line in sheet.pieces
            ),
            "withdrawn": [(w, parts_of_sentence(session, sentence_id=w.id)) for w in withdrawn],
            "to_sentence": waiting,
            "done": status is SentenceState.SATISFIED,
            "late": any(item.finished_late for item in items),
            "waits": status is SentenceState.WAITING_FOR_CONFIRMATION,
            "titles": TITLES,
            "today": today,
        },
    )


def _evenings(sheets: Iterable[ObligationSheet]) -> list[tuple[date, uuid.UUID]]:
    """Return the sessions that are over and wait to be confirmed, with their days in order."""
    lines: list[ServiceLine | CameUnbooked] = []
    for sheet in sheets:
        lines += (*sheet.pieces, *sheet.came)
    return sorted(
        {
            (line.served_on, line.session_id)
            for line in lines
            if line.session_id is not None and line.shown is ServiceState.PENDING
        }
    )


def person_panel(person_id: uuid.UUID) -> Panel | None:
    """Return what a person owes in all cases and the latest service."""
    session, today = database(), signed_in().today
    items = progress_of(session, person_ids=[person_id], now=clock.now())[person_id]
    lines = service_lines(session, person_id=person_id, now=clock.now())
    return Panel(
        template="sentences/_person.html",
        context={
            "person_id": person_id,
            "owed": [item for item in items if item.in_force],
            "past": [item for item in items if not item.in_force and not item.withdrawn],
            "outlooks": outlooks_of(items),
            "lines": lines[:SHOWN],
            "came": came_unbooked(session, person_id=person_id, now=clock.now()),
            "more": max(len(lines) - SHOWN, 0),
            "today": today,
        },
    )
