"""Reading the pool, draws, panels and who came."""

from __future__ import annotations

from youthcourt.jury.queries.draws import DrawLine, Proposal, draw_lines, proposal_of
from youthcourt.jury.queries.duties import (
    Duties,
    Duty,
    SeatInTrouble,
    duties_of,
    seats_in_trouble,
)
from youthcourt.jury.queries.held import panel_has_come, seats_held_by, seats_taken_in
from youthcourt.jury.queries.listed import (
    Listed,
    PoolLine,
    invitable,
    invited_elsewhere,
    listed_for,
    pool_lines,
)
from youthcourt.jury.queries.panels import JuryView, RoomPanel, SeatLine, jury_view, seat_line
from youthcourt.jury.queries.pool import Pool, PoolPerson, pool_of
from youthcourt.jury.queries.sessions import JurySession, jury_session
from youthcourt.jury.queries.standings import Stood, standings_of_seats
from youthcourt.jury.queries.told import Telling, TellingLine, telling_of
from youthcourt.jury.queries.unconfirmed import trainings_among, unconfirmed_days

__all__ = [
    "DrawLine",
    "Duties",
    "Duty",
    "JurySession",
    "JuryView",
    "Listed",
    "Pool",
    "PoolLine",
    "PoolPerson",
    "Proposal",
    "RoomPanel",
    "SeatInTrouble",
    "SeatLine",
    "Stood",
    "Telling",
    "TellingLine",
    "draw_lines",
    "duties_of",
    "invitable",
    "invited_elsewhere",
    "jury_session",
    "jury_view",
    "listed_for",
    "panel_has_come",
    "pool_lines",
    "pool_of",
    "proposal_of",
    "seat_line",
    "seats_held_by",
    "seats_in_trouble",
    "seats_taken_in",
    "standings_of_seats",
    "telling_of",
    "trainings_among",
    "unconfirmed_days",
]
