"""The seeded lottery that decides between equals."""

from __future__ import annotations

import hashlib


def ticket(seed: int, draw_number: int) -> int:
    """Return the lot of a draw number, a 256-bit number; the smaller goes first.

    It depends on the seed and the number alone: the same on every Python and machine,
    whoever else takes part and in whatever order people are listed.
    """
    return int.from_bytes(hashlib.sha256(f"{seed}:{draw_number}".encode()).digest(), "big")
