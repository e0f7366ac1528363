"""The rules of follow-up: windows, what settles them, and what a search must say."""

from __future__ import annotations

from youthcourt.followups.domain.entry import CheckEntry, LaterOffenceEntry, check_entry
from youthcourt.followups.domain.kinds import (
    REASONS,
    SEARCHED,
    CheckResult,
    LaterEventKind,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
    WithdrawalReason,
)
from youthcourt.followups.domain.windows import (
    Basis,
    Check,
    Counted,
    LaterEvent,
    StartKind,
    TimeZero,
    Window,
    WindowState,
    first_event_days,
    read_window,
    read_windows,
    searched_through,
    time_zero,
    window_end,
)

__all__ = [
    "REASONS",
    "SEARCHED",
    "Basis",
    "Check",
    "CheckEntry",
    "CheckResult",
    "Counted",
    "LaterEvent",
    "LaterEventKind",
    "LaterOffenceEntry",
    "NoSearchReason",
    "OffenceCategory",
    "RecordSource",
    "StartKind",
    "TimeZero",
    "Window",
    "WindowState",
    "WithdrawalReason",
    "check_entry",
    "first_event_days",
    "read_window",
    "read_windows",
    "searched_through",
    "time_zero",
    "window_end",
]
