"""Acts on draws, seats, notices of duty, slips, and the evening."""

from __future__ import annotations

__all__: list[str] = []
