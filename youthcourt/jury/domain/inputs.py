"""Whether the input of a draw contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence

from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.shapes import JurorProfile, Seat, Sitting


def check_input(
    sittings: Sequence[Sitting], jurors: Sequence[JurorProfile], locked: Sequence[Seat]
) -> None:
    """Raise ``CourtRuleBroken`` for people or rooms named twice and locked seats that clash."""
    people = {juror.person_id for juror in jurors}
    rooms = {sitting.id: sitting for sitting in sittings}
    if len(people) < len(jurors) or len({j.draw_number for j in jurors}) < len(jurors):
        raise CourtRuleBroken("person_twice_in_pool")
    if len(rooms) < len(sittings):
        raise CourtRuleBroken("sitting_twice_in_draw")
    if any(seat.person_id not in people or seat.sitting_id not in rooms for seat in locked):
        raise CourtRuleBroken("locked_seat_unknown")
    for sitting in sittings:
        here = [seat for seat in locked if seat.sitting_id == sitting.id]
        if len(here) > sitting.maximum:
            raise CourtRuleBroken("panel_full", sitting_id=sitting.id, limit=sitting.maximum)
        clashes = len({seat.person_id for seat in here}), len({seat.position for seat in here})
        if min(clashes) < len(here) or sum(seat.foreperson for seat in here) > 1:
            raise CourtRuleBroken("locked_seats_clash", sitting_id=sitting.id)
