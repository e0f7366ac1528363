"""The rules of time credits."""

from __future__ import annotations

from youthcourt.credits.domain.kinds import AccountKind, TransferKind

__all__ = ["AccountKind", "TransferKind"]
