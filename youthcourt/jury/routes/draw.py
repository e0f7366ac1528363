"""The jury of a session: panels, the list, draws, and announcing."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.db import page_of, reading
from youthcourt.jury import services
from youthcourt.jury.forms.seats import DrawForm
from youthcourt.jury.queries import (
    draw_lines,
    jury_session,
    jury_view,
    listed_for,
    pool_of,
    proposal_of,
    standings_of_seats,
    telling_of,
)
from youthcourt.jury.routes.blueprint import (
    Page,
    bp,
    hand_of_staff,
    note_jury_read,
    to_jury,
    told_words,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.forms import CourtForm
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database

LIST_SIZE = 50


@bp.get("/sessions/<uuid:session_id>/jury")
@requires(Permission.DRAW)
def show_draw(session_id: uuid.UUID) -> str:
    """Show the panels as they stand, who could sit, and what is to be done next."""
    form = DrawForm(formdata=None)
    form.seed.data = services.new_seed()
    return _jury_page(session_id, form)


@bp.get("/sessions/<uuid:session_id>/jury/list")
@requires(Permission.DRAW)
def list_jury(session_id: uuid.UUID) -> str:
    """Show who on the jury list could still come, or who cannot and why."""
    session = database()
    evening = jury_session(session, session_id)
    now = clock.now()
    listed = listed_for(session, pool_of(session, evening, now=now), now=now)
    unable = request.args.get("show") == "unable"
    page = page_of(listed.unable if unable else listed.able, page_wanted(), size=LIST_SIZE)
    note_jury_read(session_id, "unable" if unable else "able")
    return render_template(
        "jury/list.html",
        evening=evening,
        listed=listed,
        unable=unable,
        page=page,
        pager=pager_of(
            page, "jury.list_jury", session_id=session_id, show="unable" if unable else None
        ),
        room_names=[room.room for room in evening.sittings],
        over=evening.over(now),
    )


@bp.post("/sessions/<uuid:session_id>/draws")
@requires(Permission.DRAW)
def draw_jury(session_id: uuid.UUID) -> Page:
    """Draw a jury and show it as a proposal; solving holds nobody up."""
    session, form = database(), DrawForm()
    with reading(session):
        jury_session(session, session_id)
    if form.validate():
        with form.refusals():
            with reading(session):
                drawn = services.draw_session(
                    session, session_id=session_id, seed=form.seed.data or 0, now=clock.now()
                )
            stored = services.store_draw(session, drawn=drawn, **hand_of_staff())
            return redirect(_draw_url(session_id, stored.id), 303)
    return _jury_page(session_id, form), 422


@bp.get("/sessions/<uuid:session_id>/draws/<uuid:draw_id>")
@requires(Permission.DRAW)
def show_proposal(session_id: uuid.UUID, draw_id: uuid.UUID) -> str:
    """Show one draw with its reasons, to be accepted or drawn again."""
    form = DrawForm(formdata=None)
    form.seed.data = services.new_seed()
    return _proposal_page(session_id, draw_id, form)


@bp.post("/sessions/<uuid:session_id>/draws/<uuid:draw_id>/accept")
@requires(Permission.DRAW)
def accept_draw(session_id: uuid.UUID, draw_id: uuid.UUID) -> Page:
    """Give the seats of a proposal."""
    form = CourtForm(formdata=None)
    with form.refusals():
        done = services.accept_draw(
            database(), session_id=session_id, draw_id=draw_id, **hand_of_staff()
        )
        words = [
            ngettext("%(num)d new seat is given.", "%(num)d new seats are given.", done.new),
            ngettext("%(num)d reserve stands by.", "%(num)d reserves stand by.", done.reserves),
            _("Nobody new has been told yet: announce it when it is right."),
        ]
        if done.released:
            words.insert(
                1,
                ngettext(
                    "%(num)d seat was taken back.", "%(num)d seats were taken back.", done.released
                ),
            )
        flash(" ".join(words), "success")
        return to_jury(session_id)
    return _proposal_page(session_id, draw_id, form), 422


@bp.post("/sessions/<uuid:session_id>/draws/<uuid:draw_id>/check")
@requires(Permission.DRAW)
def check_draw(session_id: uuid.UUID, draw_id: uuid.UUID) -> Page:
    """Do a draw again from what was kept of it, and say how it came out."""
    form = CourtForm(formdata=None)
    with form.refusals():
        found = services.check_draw(
            database(), session_id=session_id, draw_id=draw_id, **hand_of_staff()
        )
        if found.same:
            flash(_("Drawn again from what was kept: it comes out the same."), "success")
        elif not found.input_unchanged:
            flash(_("What was kept of this draw has been changed since it was made."), "error")
        else:
            flash(_("Drawn again, it comes out differently. Do not rely on it."), "error")
        return redirect(_draw_url(session_id, draw_id), 303)
    return _proposal_page(session_id, draw_id, form), 422


@bp.post("/sessions/<uuid:session_id>/jury/publish")
@requires(Permission.DRAW)
def publish_jury(session_id: uuid.UUID) -> Page:
    """Announce the jury and tell everybody once."""
    session, form = database(), DrawForm(formdata=None)
    jury_session(session, session_id)
    with form.refusals():
        done = services.publish_session(session, session_id=session_id, **hand_of_staff())
        if done.seats:
            words = ngettext(
                "%(num)d seat is announced.", "%(num)d seats are announced.", done.seats
            )
            flash(f"{words} {told_words(done.told)}", "success")
        else:
            flash(_("Everybody was told already. Nothing was sent again."), "info")
        return to_jury(session_id, "told")
    form.seed.data = services.new_seed()
    return _jury_page(session_id, form), 422


def _draw_url(session_id: uuid.UUID, draw_id: uuid.UUID) -> str:
    return url_for("jury.show_proposal", session_id=session_id, draw_id=draw_id)


def _jury_page(session_id: uuid.UUID, form: DrawForm) -> str:
    session = database()
    evening = jury_session(session, session_id)
    pool = pool_of(session, evening, now=clock.now())
    drawn = not evening.walk_in and not evening.training
    note_jury_read(session_id)
    return render_template(
        "jury/draw.html",
        form=form,
        evening=evening,
        view=jury_view(session, session_id, pool=pool, now=clock.now()),
        draws=draw_lines(session, session_id) if drawn else (),
        standings=standings_of_seats(session, session_id),
        listed=listed_for(session, pool, now=clock.now()) if drawn else None,
        telling=telling_of(session, session_id),
        over=evening.over(clock.now()),
        today=signed_in().today,
    )


def _proposal_page(session_id: uuid.UUID, draw_id: uuid.UUID, form: CourtForm) -> str:
    session = database()
    evening = jury_session(session, session_id)
    shown = proposal_of(session, session_id=session_id, draw_id=draw_id)
    pool = pool_of(session, evening, now=clock.now())
    seats = {(seat.person_id, seat.sitting_id, seat.position) for seat in pool.seats}
    wanted = {
        (seat.person.person_id, room.sitting_id, seat.position)
        for room in shown.rooms
        for seat in room.seats
    }
    again = form if isinstance(form, DrawForm) else DrawForm(formdata=None)
    if again is not form:
        again.seed.data = services.new_seed()
    note_jury_read(session_id, "draw")
    return render_template(
        "jury/proposal.html",
        form=form,
        again=again,
        evening=evening,
        proposal=shown,
        seated=bool(seats) and seats == wanted,
        out_of_date=pool.given.digest() != shown.input_digest,
        closed=not evening.open or evening.over(clock.now()),
    )
