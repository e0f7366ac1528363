"""Acts on draws, seats, notices of duty, slips, and the evening."""

from __future__ import annotations

from youthcourt.jury.services.draws import (
    LARGEST_SEED,
    Accepted,
    Drawn,
    accept_draw,
    check_draw,
    draw_session,
    new_seed,
    store_draw,
)
from youthcourt.jury.services.following import follow_reach, follow_session_change
from youthcourt.jury.services.inviting import Invited, invite_people
from youthcourt.jury.services.publishing import Published, publish_session
from youthcourt.jury.services.seats import (
    call_reserve,
    choose_foreperson,
    lock_seat,
    move_seat,
    release_seat,
    seat_person,
)
from youthcourt.jury.services.slips import Slip, issue_slips
from youthcourt.jury.services.telling import Told

__all__ = [
    "LARGEST_SEED",
    "Accepted",
    "Drawn",
    "Invited",
    "Published",
    "Slip",
    "Told",
    "accept_draw",
    "call_reserve",
    "check_draw",
    "choose_foreperson",
    "draw_session",
    "follow_reach",
    "follow_session_change",
    "invite_people",
    "issue_slips",
    "lock_seat",
    "move_seat",
    "new_seed",
    "publish_session",
    "release_seat",
    "seat_person",
    "store_draw",
]
