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
    ReviewLine,
    docket_lines,
    evenings_of_today,
    review_lines,
)

__all__ = [
    "Count",
    "DocketLine",
    "ReviewLine",
    "WaitingCase",
    "WaitingGroup",
    "counts_by_reason",
    "docket_lines",
    "evenings_of_today",
    "review_lines",
    "state_counts",
    "waiting_groups",
]
