"""Acts on the calendar, the docket and hearings."""

from __future__ import annotations

from youthcourt.hearings.domain import SittingPlan
from youthcourt.hearings.services.adults import (
    record_adult_hours,
    record_session_adults,
    take_back_adult_hours,
)
from youthcourt.hearings.services.docket import (
    cancel_hearing,
    docket_hearing,
    open_hearing,
    reorder_hearing,
    undocket_hearing,
)
from youthcourt.hearings.services.family import tell_newcomers
from youthcourt.hearings.services.mistakes import take_back_outcome
from youthcourt.hearings.services.outcomes import follow_case, record_outcome
from youthcourt.hearings.services.planning import plan_series, plan_session
from youthcourt.hearings.services.rooms import (
    add_closed_day,
    add_room,
    change_room,
    close_room,
    remove_closed_day,
    reopen_room,
)
from youthcourt.hearings.services.rows import (
    locked_hearing,
    locked_rooms,
    locked_session,
    locked_sittings,
)
from youthcourt.hearings.services.sessions import cancel_session, change_session, confirm_session
from youthcourt.hearings.services.sittings import add_sitting, change_sitting, remove_sitting

__all__ = [
    "SittingPlan",
    "add_closed_day",
    "add_room",
    "add_sitting",
    "cancel_hearing",
    "cancel_session",
    "change_room",
    "change_session",
    "change_sitting",
    "close_room",
    "confirm_session",
    "docket_hearing",
    "follow_case",
    "locked_hearing",
    "locked_rooms",
    "locked_session",
    "locked_sittings",
    "open_hearing",
    "plan_series",
    "plan_session",
    "record_adult_hours",
    "record_outcome",
    "record_session_adults",
    "remove_closed_day",
    "remove_sitting",
    "reopen_room",
    "reorder_hearing",
    "take_back_adult_hours",
    "take_back_outcome",
    "tell_newcomers",
    "undocket_hearing",
]
