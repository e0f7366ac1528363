"""Reading the pool, draws, panels and who came."""

from __future__ import annotations

__all__: list[str] = []
