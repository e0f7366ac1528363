"""Seats by hand: somebody is found and seated; a seat is moved, fixed, called or given back."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.jury import services
from youthcourt.jury.domain import (
    Objections,
    PanelFault,
    ReleaseReason,
    SeatRole,
    objections,
)
from youthcourt.jury.forms.seats import PlaceForm, ReleaseForm, SeatForm
from youthcourt.jury.queries import (
    JurySession,
    JuryView,
    Pool,
    jury_session,
    jury_view,
    pool_of,
    seat_line,
    standings_of_seats,
)
from youthcourt.jury.routes.blueprint import (
    Page,
    bp,
    hand_of_staff,
    note_jury_read,
    to_jury,
    told_words,
)
from youthcourt.people.forms import FindForm
from youthcourt.people.queries import find_people, person_lines
from youthcourt.people.routes.searching import search_word, typed_search
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database


@bp.get("/sessions/<uuid:session_id>/seats/new")
@requires(Permission.DRAW)
def find_juror(session_id: uuid.UUID) -> str:
    """Let somebody be searched for by name."""
    return _search(session_id, FindForm(formdata=None, data={"text": typed_search()}))


@bp.post("/sessions/<uuid:session_id>/seats/find")
@requires(Permission.DRAW)
def search_juror(session_id: uuid.UUID) -> Page:
    """Search for somebody to seat; the name travels encrypted."""
    jury_session(database(), session_id)
    form = FindForm()
    if not form.validate():
        return _search(session_id, form), 422
    word = search_word(str(form.text.data or ""))
    return redirect(url_for("jury.find_juror", session_id=session_id, find=word), 303)


@bp.get("/sessions/<uuid:session_id>/seats/new/<uuid:person_id>")
@requires(Permission.DRAW)
def choose_seat(session_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """Show in which rooms somebody may sit, and what is against it in the others."""
    return _choose(session_id, person_id, SeatForm(formdata=None))


@bp.post("/sessions/<uuid:session_id>/seats/new/<uuid:person_id>")
@requires(Permission.DRAW)
def give_seat(session_id: uuid.UUID, person_id: uuid.UUID) -> Page:
    """Give somebody a seat; what staff may decide has to be ticked."""
    session, form = database(), SeatForm()
    form.sitting_id.choices = _rooms(jury_session(session, session_id))
    if form.validate():
        try:
            seat = services.seat_person(
                session,
                session_id=session_id,
                sitting_id=uuid.UUID(form.sitting_id.data),
                person_id=person_id,
                role=SeatRole(form.role.data),
                confirmed=form.confirmed,
                **hand_of_staff(),
            )
        except CourtRuleBroken as refusal:
            _refuse(form, refusal)
        else:
            words = _("The seat is given. They are told of it when you announce it.")
            flash(words if seat.role is SeatRole.JUROR else _("They stand by now."), "success")
            return to_jury(session_id)
    return _choose(session_id, person_id, form), 422


@bp.get("/sessions/<uuid:session_id>/seats/<uuid:seat_id>")
@requires(Permission.DRAW)
def show_seat(session_id: uuid.UUID, seat_id: uuid.UUID) -> str:
    """Show one seat with everything that can be done about it."""
    return _seat_page(session_id, seat_id, PlaceForm(formdata=None), ReleaseForm(formdata=None))


@bp.post("/sessions/<uuid:session_id>/seats/<uuid:seat_id>/move")
@requires(Permission.DRAW)
def move_seat(session_id: uuid.UUID, seat_id: uuid.UUID) -> Page:
    """Give somebody a place in another room, or a reserve a place at all."""
    session, form = database(), PlaceForm()
    view = jury_view(session, session_id, now=clock.now())
    line = seat_line(view, seat_id)
    form.sitting_id.choices = _rooms(view.evening)
    if form.validate():
        act = services.call_reserve if line.role is SeatRole.RESERVE else services.move_seat
        try:
            act(
                session,
                session_id=session_id,
                seat_id=seat_id,
                sitting_id=uuid.UUID(form.sitting_id.data),
                confirmed=form.confirmed,
                **hand_of_staff(),
            )
        except CourtRuleBroken as refusal:
            _refuse(form, refusal)
        else:
            called = _("The reserve is a juror now. They are told of it when you announce it.")
            flash(called if line.role is SeatRole.RESERVE else _("The seat is moved."), "success")
            return to_jury(session_id)
    return _seat_page(session_id, seat_id, form, ReleaseForm(formdata=None)), 422


@bp.post("/sessions/<uuid:session_id>/seats/<uuid:seat_id>/release")
@requires(Permission.DRAW)
def release_seat(session_id: uuid.UUID, seat_id: uuid.UUID) -> Page:
    """Take a seat back, with the reason."""
    form = ReleaseForm()
    if form.validate():
        with form.refusals():
            told = services.release_seat(
                database(),
                session_id=session_id,
                seat_id=seat_id,
                reason=ReleaseReason(form.reason.data),
                **hand_of_staff(),
            )
            flash(f"{_('The seat is free again.')} {told_words(told)}", "success")
            return to_jury(session_id)
    return _seat_page(session_id, seat_id, PlaceForm(formdata=None), form), 422


@bp.post("/sessions/<uuid:session_id>/seats/<uuid:seat_id>/lock")
@requires(Permission.DRAW)
def lock_seat(session_id: uuid.UUID, seat_id: uuid.UUID) -> Page:
    """Fix a seat, or let it be drawn again."""
    locked = request.form.get("locked") == "yes"
    services.lock_seat(
        database(), session_id=session_id, seat_id=seat_id, locked=locked, **hand_of_staff()
    )
    fixed = _("The seat is fixed: a draw leaves it alone.")
    flash(fixed if locked else _("The seat may be drawn again."), "success")
    return to_jury(session_id)


@bp.post("/sessions/<uuid:session_id>/seats/<uuid:seat_id>/lead")
@requires(Permission.DRAW)
def choose_leader(session_id: uuid.UUID, seat_id: uuid.UUID) -> Page:
    """Let somebody lead the questions of their panel."""
    services.choose_foreperson(
        database(), session_id=session_id, seat_id=seat_id, **hand_of_staff()
    )
    flash(_("They lead the questions of this panel now."), "success")
    return to_jury(session_id)


def _refuse(form: PlaceForm, refusal: CourtRuleBroken) -> None:
    """Show a refusal; rules that can be confirmed are offered to be ticked."""
    if isinstance(refusal, NotFound):
        raise refusal
    database().rollback()
    form.refuse(refusal)
    if refusal.code == "seat_needs_confirming":
        form.offer_to_confirm(refusal.params["reasons"])


def _rooms(evening: JurySession) -> dict[str, str]:
    return {str(room.id): room.room for room in evening.sittings}


def _possible(
    rooms: dict[str, str], against: dict[str, Objections], *, as_reserve: bool = False
) -> dict[str, str]:
    """Return the rooms where nothing stands against a seat that staff cannot decide about.

    A full panel takes no juror, but somebody may stand by for it.
    """
    ignored = {PanelFault.PANEL_FULL} if as_reserve else set()
    return {key: name for key, name in rooms.items() if not set(against[key].refused) - ignored}


def _against(pool: Pool, person_id: uuid.UUID) -> dict[str, Objections]:
    """Return room -> what stands against a seat of this person there."""
    return {
        str(room.id): objections(
            pool.given, person_id=person_id, sitting_id=room.id, seats=pool.seats
        )
        for room in pool.evening.sittings
    }


def _search(session_id: uuid.UUID, form: FindForm) -> str:
    session, text = database(), typed_search()
    view = jury_view(session, session_id, now=clock.now())
    found = find_people(session, text=text, page=page_wanted()) if text else None
    note_jury_read(session_id, "search" if text else "")
    return render_template(
        "jury/find.html",
        form=form,
        evening=view.evening,
        found=found,
        pager=found
        and pager_of(
            found, "jury.find_juror", session_id=session_id, find=request.args.get("find")
        ),
        text=text,
        seats={seat.person_id: seat.id for seat in view.seats},
        today=signed_in().today,
    )


def _choose(session_id: uuid.UUID, person_id: uuid.UUID, form: SeatForm) -> str:
    session = database()
    line = person_lines(session, (person_id,)).get(person_id)
    if line is None:
        raise NotFound
    pool = pool_of(session, jury_session(session, session_id), only=(person_id,), now=clock.now())
    if person_id not in pool.people:
        raise NotFound
    against = _against(pool, person_id)
    form.sitting_id.choices = _possible(
        _rooms(pool.evening), against, as_reserve=not pool.evening.training
    )
    if len(against) == 1 and form.sitting_id.data is None:
        form.sitting_id.data = next(iter(against))
    note_jury_read(session_id, "person")
    return render_template(
        "jury/choose.html",
        form=form,
        evening=pool.evening,
        person=line,
        profile=pool.profile(person_id),
        owed=pool.owed.get(person_id, ()),
        against=against,
        seat=next(
            (
                s.id
                for s in jury_view(session, session_id, now=clock.now()).seats
                if s.person_id == person_id
            ),
            None,
        ),
    )


def _seat_page(
    session_id: uuid.UUID, seat_id: uuid.UUID, form: PlaceForm, release_form: ReleaseForm
) -> str:
    session = database()
    view: JuryView = jury_view(session, session_id, now=clock.now())
    line = seat_line(view, seat_id)
    pool = pool_of(session, view.evening, only=(line.person_id,), now=clock.now())
    rooms = _rooms(view.evening)
    if line.role is SeatRole.JUROR:
        del rooms[str(line.sitting_id)]
    against = _against(pool, line.person_id)
    form.sitting_id.choices = _possible(rooms, against)
    note_jury_read(session_id, "seat")
    return render_template(
        "jury/seat.html",
        form=form,
        release=release_form,
        evening=view.evening,
        seat=line,
        stood=standings_of_seats(session, session_id).get(line.id),
        room=view.evening.room(line.sitting_id),
        rooms=rooms,
        against=against,
    )
