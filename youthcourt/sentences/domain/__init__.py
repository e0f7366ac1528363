"""The rules of obligations and service."""

from __future__ import annotations

from youthcourt.sentences.domain.kinds import (
    Agreement,
    AttendanceOutcome,
    SanctionEventKind,
    ServiceBasis,
    ServiceState,
)

__all__ = [
    "Agreement",
    "AttendanceOutcome",
    "SanctionEventKind",
    "ServiceBasis",
    "ServiceState",
]
