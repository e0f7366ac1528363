"""The guards ask the real application over a made-up world."""

from __future__ import annotations

from tests.fixtures.house import house, house_session, made_world, open_house

__all__ = ["house", "house_session", "made_world", "open_house"]
