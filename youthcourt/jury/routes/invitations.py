"""Inviting people to a training."""

from __future__ import annotations

import uuid

from flask import flash, render_template
from flask_babel import ngettext

from youthcourt import clock
from youthcourt.jury import services
from youthcourt.jury.forms.seats import ChosenForm
from youthcourt.jury.queries import PoolLine, invitable, invited_elsewhere, jury_session, pool_of
from youthcourt.jury.routes.blueprint import Page, bp, hand_of_staff, note_jury_read, to_jury
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

EVERYBODY = "everybody"


@bp.get("/sessions/<uuid:session_id>/invitations")
@requires(Permission.DRAW)
def show_invitations(session_id: uuid.UUID) -> str:
    """Show who is on the jury list and not trained yet, to be ticked."""
    return _page(session_id, ChosenForm(formdata=None))


@bp.post("/sessions/<uuid:session_id>/invitations")
@requires(Permission.DRAW)
def invite(session_id: uuid.UUID) -> Page:
    """Give seats at the training to those ticked, or to everybody who can come."""
    session, form = database(), ChosenForm()
    evening = jury_session(session, session_id)
    with form.refusals():
        if form.act.data == EVERYBODY:
            pool = pool_of(session, evening, now=clock.now())
            able = {line.person.id for line in invitable(session, pool) if line.can_sit}
            chosen = frozenset(able - invited_elsewhere(session, pool))
        else:
            chosen = form.chosen
        done = services.invite_people(
            session, session_id=session_id, person_ids=chosen, **hand_of_staff()
        )
        new, left = len(done.seats), len(done.refused)
        words = ngettext("%(num)d person is invited.", "%(num)d people are invited.", new)
        if left:
            words += " " + ngettext(
                "%(num)d could not be: no place is left, or they have to be elsewhere.",
                "%(num)d could not be: no place is left, or they have to be elsewhere.",
                left,
            )
        flash(words, "success" if new else "warning")
        return to_jury(session_id)
    return _page(session_id, form), 422


def _page(session_id: uuid.UUID, form: ChosenForm) -> str:
    session = database()
    evening = jury_session(session, session_id)
    lines: tuple[PoolLine, ...] = ()
    elsewhere: frozenset[uuid.UUID] = frozenset()
    if evening.training:
        pool = pool_of(session, evening, now=clock.now())
        lines, elsewhere = invitable(session, pool), invited_elsewhere(session, pool)
    note_jury_read(session_id, "invitations")
    return render_template(
        "jury/invitations.html",
        form=form,
        evening=evening,
        lines=lines,
        elsewhere=elsewhere,
        everybody=EVERYBODY,
        closed=not evening.open or evening.over(clock.now()),
    )
