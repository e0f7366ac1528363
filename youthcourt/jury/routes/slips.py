"""Sign-in slips for the jurors of a session, several to a page."""

from __future__ import annotations

import secrets
import uuid

from flask import render_template, request
from flask import session as cookie

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury import services
from youthcourt.jury.forms.seats import ChosenForm
from youthcourt.jury.queries import jury_session
from youthcourt.jury.routes.blueprint import Page, bp, hand_of_staff, note_jury_read
from youthcourt.jury.services.slips import jurors_of
from youthcourt.people.routes.door import door_address, slip_address
from youthcourt.web.access import Permission, requires
from youthcourt.web.qr import qr_drawing
from youthcourt.web.transactions import database

_MADE = "slips_made"
_KEPT = 20


@bp.get("/sessions/<uuid:session_id>/slips")
@requires(Permission.DRAW)
def print_slips(session_id: uuid.UUID) -> str:
    """Ask for whom slips are made, because earlier codes of these people end."""
    form = ChosenForm(formdata=None)
    form.people.data = [str(row.person_id) for row in jurors_of(database(), session_id)]
    return _ask(session_id, form)


@bp.post("/sessions/<uuid:session_id>/slips")
@requires(Permission.DRAW)
def make_slips(session_id: uuid.UUID) -> Page:
    """Make the slips and show them once, ready to be printed."""
    session, form = database(), ChosenForm()
    jury_session(session, session_id)
    with form.refusals():
        _once()
        slips = services.issue_slips(
            session, session_id=session_id, person_ids=form.chosen, **hand_of_staff()
        )
        drawings = {
            slip.person_id: qr_drawing(slip_address(slip.code)) for slip in slips if slip.code
        }
        return render_template(
            "jury/slips.html",
            session_id=session_id,
            slips=slips,
            drawings=drawings,
            address=door_address(),
            paper_name=signed_in().phone_name,
        )
    return _ask(session_id, form), 422


def _once() -> None:
    """Refuse the second sending of one form: it would end the codes printed from the first."""
    key = request.form.get("once", "")[:64]
    made = list(cookie.get(_MADE, ()))
    if not key or key in made:
        raise CourtRuleBroken("slips_printed_already")
    cookie[_MADE] = [*made, key][-_KEPT:]


def _ask(session_id: uuid.UUID, form: ChosenForm) -> str:
    session = database()
    evening = jury_session(session, session_id)
    note_jury_read(session_id, "slips")
    return render_template(
        "jury/ask_slips.html",
        form=form,
        evening=evening,
        owners=jurors_of(session, session_id),
        closed=not evening.open or evening.over(clock.now()),
        once=secrets.token_hex(8),
    )
