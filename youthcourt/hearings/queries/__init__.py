"""Reading the calendar, the docket and what stands against a hearing in a sitting."""

from __future__ import annotations

from youthcourt.hearings.queries.docket import (
    HearingLine,
    WaitingHearing,
    cases_to_close,
    count_waiting,
    docket_of,
    dockets_of,
    hearing_ahead,
    hearing_by_id,
    hearing_line,
    hearings_of_case,
    waiting_hearing,
    waiting_hearings,
    waiting_page,
)
from youthcourt.hearings.queries.facts import docket_facts
from youthcourt.hearings.queries.outcomes import outcome_kept
from youthcourt.hearings.queries.planning import TakenRoom, series_preview, taken_rooms
from youthcourt.hearings.queries.problems import (
    Clash,
    Placement,
    move_clashes,
    placement,
    placements,
    policies_of_days,
)
from youthcourt.hearings.queries.rooms import closed_days, closed_labels, room_by_id, rooms
from youthcourt.hearings.queries.sessions import (
    SessionLine,
    SittingLine,
    coming_sessions,
    court_zone,
    has_sessions,
    past_sessions,
    session_line,
    session_lines,
    sessions_between,
    sessions_on,
    sitting_by_id,
    sitting_lines,
)
from youthcourt.hearings.queries.telling import Told, ToTell, people_to_tell, told_of

__all__ = [
    "Clash",
    "HearingLine",
    "Placement",
    "SessionLine",
    "SittingLine",
    "TakenRoom",
    "ToTell",
    "Told",
    "WaitingHearing",
    "cases_to_close",
    "closed_days",
    "closed_labels",
    "coming_sessions",
    "count_waiting",
    "court_zone",
    "docket_facts",
    "docket_of",
    "dockets_of",
    "has_sessions",
    "hearing_ahead",
    "hearing_by_id",
    "hearing_line",
    "hearings_of_case",
    "move_clashes",
    "outcome_kept",
    "past_sessions",
    "people_to_tell",
    "placement",
    "placements",
    "policies_of_days",
    "room_by_id",
    "rooms",
    "series_preview",
    "session_line",
    "session_lines",
    "sessions_between",
    "sessions_on",
    "sitting_by_id",
    "sitting_lines",
    "taken_rooms",
    "told_of",
    "waiting_hearing",
    "waiting_hearings",
    "waiting_page",
]
