"""Who sits in which room, and why: pure, seeded, explained.

``draw_panels`` and ``fill_from_present`` make panels, ``check_seats`` checks any panels,
whoever made them.
"""

from __future__ import annotations

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.jury.domain.check import PanelFault, Violation, check_seats
from youthcourt.jury.domain.document import draw_document, input_digest, input_document
from youthcourt.jury.domain.greedy import draw_panels, fill_from_present
from youthcourt.jury.domain.shapes import (
    Draw,
    DrawLabel,
    DrawRules,
    GoalValues,
    HearingParty,
    HeldSeat,
    JurorProfile,
    Reason,
    ReasonCode,
    Reserve,
    Seat,
    Shortfall,
    Sitting,
    Span,
)

__all__ = [
    "ConflictEffect",
    "Draw",
    "DrawLabel",
    "DrawRules",
    "GoalValues",
    "HearingParty",
    "HeldSeat",
    "JurorProfile",
    "PanelFault",
    "Reason",
    "ReasonCode",
    "Reserve",
    "Seat",
    "Shortfall",
    "Sitting",
    "Span",
    "Violation",
    "check_seats",
    "draw_document",
    "draw_panels",
    "fill_from_present",
    "input_digest",
    "input_document",
]
