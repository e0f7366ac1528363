"""Seats given at the desk to people who are here."""

from __future__ import annotations

import uuid

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.queries import session_line
from youthcourt.jury.routes.blueprint import bp
from youthcourt.jury.routes.desk import do_at_desk, hand, sent_sitting
from youthcourt.jury.services.draws import new_seed
from youthcourt.jury.services.seating import (
    fill_seats_from_present,
    seat_from_present,
    unseat_present,
)
from youthcourt.people.queries import live_person
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database


@bp.post("/evenings/<uuid:session_id>/people/<uuid:person_id>/seat")
@requires(Permission.EVENING_DESK)
def seat_here(session_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Give somebody who is here a seat in the room the form names."""
    session_line(database(), session_id)
    live_person(database(), person_id)

    def act() -> None:
        sitting_id = sent_sitting(session_id)
        if sitting_id is None:
            raise CourtRuleBroken("room_not_chosen", "sitting")
        seat_from_present(
            database(), session_id=session_id, sitting_id=sitting_id, person_id=person_id, **hand()
        )

    return do_at_desk(session_id, act, person_id=person_id)


@bp.post("/evenings/<uuid:session_id>/people/<uuid:person_id>/unseat")
@requires(Permission.EVENING_DESK)
def unseat(session_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Take somebody's seat back; they stay in the house."""
    session_line(database(), session_id)
    live_person(database(), person_id)

    def act() -> None:
        unseat_present(database(), session_id=session_id, person_id=person_id, **hand())

    return do_at_desk(session_id, act, person_id=person_id)


@bp.post("/evenings/<uuid:session_id>/fill")
@requires(Permission.EVENING_DESK)
def fill(session_id: uuid.UUID) -> Response:
    """Fill the seats of every room from those who came and gave the promise."""
    session_line(database(), session_id)

    def act() -> object:
        count = fill_seats_from_present(
            database(), session_id=session_id, seed=new_seed(), **hand()
        )
        words = ngettext("%(num)d more sits now.", "%(num)d more sit now.", count)
        return words if count else _("Nobody more can be seated by the rules.")

    return do_at_desk(session_id, act)
