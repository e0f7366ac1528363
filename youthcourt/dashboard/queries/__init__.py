"""Reading over several features: what needs a hand, the evening, and plain counts."""

from __future__ import annotations

from youthcourt.dashboard.queries.cases import (
    Count,
    WaitingCase,
    WaitingGroup,
    counts_by_reason,
    state_counts,
    waiting_groups,
)
from youthcourt.dashboard.queries.evening import (
    DocketLine,
    RoomLeft,
    docket_lines,
    evenings_of_today,
    rooms_left,
)
from youthcourt.dashboard.queries.needs import Needs, needs_of_court
from youthcourt.dashboard.queries.panels import PanelNeed, PanelState, coming_panels
from youthcourt.dashboard.queries.review import LedgerLine, ReviewLine, review_lines

__all__ = [
    "Count",
    "DocketLine",
    "LedgerLine",
    "Needs",
    "PanelNeed",
    "PanelState",
    "ReviewLine",
    "RoomLeft",
    "WaitingCase",
    "WaitingGroup",
    "coming_panels",
    "counts_by_reason",
    "docket_lines",
    "evenings_of_today",
    "needs_of_court",
    "review_lines",
    "rooms_left",
    "state_counts",
    "waiting_groups",
]
