"""Why somebody sits or waits, read back from the draw that was kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.jury.domain import LIVE, PassedOver, SeatSource, Standing
from youthcourt.jury.models import DrawNumber, Seat, StoredDraw


@dataclass(frozen=True, kw_only=True, slots=True)
class Stood:
    """Where somebody stood in the queue of a draw, as it was when the draw was made.

    ``nearer`` counts the people who could come and had a nearer last day still to keep.
    """

    code: Standing
    due_on: date | None
    nearer: int
    tied: bool
    passed_over: tuple[PassedOver, ...]


def standings_in(result: Mapping[str, Any]) -> dict[int, Stood]:
    """Return draw number -> standing of one kept draw; draws of older versions kept none."""
    return {
        number: Stood(
            code=Standing(code),
            due_on=date.fromisoformat(params["due_on"]) if "due_on" in params else None,
            nearer=params.get("place", 1) - 1,
            tied=tied,
            passed_over=tuple(PassedOver(name) for name in passed_over),
        )
        for number, code, params, tied, passed_over in result.get("because", ())
    }


def standings_of_seats(session: Session, session_id: uuid.UUID) -> dict[uuid.UUID, Stood]:
    """Return seat -> standing for the live seats of a session that a draw gave; two queries."""
    held = (
        Seat.session_id == session_id,
        Seat.state.in_(LIVE),
        Seat.source == SeatSource.DRAW,
    )
    results = session.execute(
        select(StoredDraw.id, StoredDraw.result).where(
            StoredDraw.id.in_(select(Seat.draw_id).where(*held))
        )
    )
    kept = {row.id: standings_in(row.result) for row in results}
    seats = session.execute(
        select(Seat.id, Seat.draw_id, DrawNumber.number)
        .join(DrawNumber, DrawNumber.person_id == Seat.person_id)
        .where(*held)
    )
    found = {row.id: kept.get(row.draw_id, {}).get(row.number) for row in seats}
    return {seat_id: stood for seat_id, stood in found.items() if stood is not None}
