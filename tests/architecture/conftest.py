"""The guards ask the real application over a made-up world."""

from __future__ import annotations

from tests.fixtures.house import house, made_world, open_house

__all__ = ["house", "made_world", "open_house"]
