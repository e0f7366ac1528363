"""Who sits in which room, and why: pure, seeded, explained.

``draw_panels`` and ``fill_from_present`` make panels, ``check_seats`` checks any panels,
whoever made them.
"""

from __future__ import annotations

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.jury.domain.check import PanelFault, Violation, check_seats
from youthcourt.jury.domain.document import (
    DrawInput,
    draw_document,
    input_digest,
    input_document,
)
from youthcourt.jury.domain.greedy import draw_panels, fill_from_present
from youthcourt.jury.domain.replay import Replay, replay
from youthcourt.jury.domain.rules import reasons_alone, steps_aside
from youthcourt.jury.domain.seating import (
    CAN_BE_CONFIRMED,
    Objections,
    free_position,
    lacking,
    objections,
    troubles,
)
from youthcourt.jury.domain.shapes import (
    Because,
    Draw,
    DrawLabel,
    DrawRules,
    Due,
    GoalValues,
    HearingParty,
    HeldSeat,
    JurorProfile,
    PassedOver,
    Reason,
    ReasonCode,
    Reserve,
    Seat,
    Shortfall,
    Sitting,
    Span,
    Standing,
)
from youthcourt.jury.domain.standing import last_day_to_keep, urgency
from youthcourt.jury.domain.states import (
    BY_HAND,
    KEEPS_AWAY,
    LIVE,
    CheckInMethod,
    ReleaseReason,
    SeatRole,
    SeatSource,
    SeatState,
)

__all__ = [
    "BY_HAND",
    "CAN_BE_CONFIRMED",
    "KEEPS_AWAY",
    "LIVE",
    "Because",
    "CheckInMethod",
    "ConflictEffect",
    "Draw",
    "DrawInput",
    "DrawLabel",
    "DrawRules",
    "Due",
    "GoalValues",
    "HearingParty",
    "HeldSeat",
    "JurorProfile",
    "Objections",
    "PanelFault",
    "PassedOver",
    "Reason",
    "ReasonCode",
    "ReleaseReason",
    "Replay",
    "Reserve",
    "Seat",
    "SeatRole",
    "SeatSource",
    "SeatState",
    "Shortfall",
    "Sitting",
    "Span",
    "Standing",
    "Violation",
    "check_seats",
    "draw_document",
    "draw_panels",
    "fill_from_present",
    "free_position",
    "input_digest",
    "input_document",
    "lacking",
    "last_day_to_keep",
    "objections",
    "reasons_alone",
    "replay",
    "steps_aside",
    "troubles",
    "urgency",
]
