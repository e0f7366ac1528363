"""The messages that leave the house, as staff see them, and those they have to tell by hand."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.courts.models import Court
from youthcourt.dashboard.letters import recipient_of, words_of
from youthcourt.dashboard.queries.messages import message_lines
from youthcourt.dashboard.routes.blueprint import bp
from youthcourt.errors import CourtRuleBroken
from youthcourt.notices.domain import ByHand, NoticeState, Receiver, may_go_by_hand
from youthcourt.notices.models import Notice
from youthcourt.notices.queries import (
    Only,
    held_count,
    held_notices,
    needs_hand_counts,
    notice_by_id,
    notice_page,
)
from youthcourt.notices.services import drop_notice, send_held, settle_by_hand
from youthcourt.people.routes.door import door_address
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database


@bp.get("/messages")
@requires(Permission.PEOPLE_READ)
def list_messages() -> str:
    """Show the outbox: what waits for a hand, what is about to leave, or everything."""
    session, only, receiver = database(), _only(), _receiver()
    note_read(subject=Subject(kind="notice_list"), filter_used=_filter_used(only, receiver))
    page = notice_page(session, only=only, receiver=receiver, page=page_wanted())
    return render_template(
        "dashboard/messages.html",
        lines=message_lines(session, page),
        pager=pager_of(page, "dashboard.list_messages", show=only.value, to=receiver),
        only=only.value,
        receiver=receiver,
        counts=needs_hand_counts(session) if only is Only.NEEDS_HAND else {},
        held=held_count(session),
    )


@bp.get("/messages/<uuid:notice_id>/paper")
@requires(Permission.PEOPLE_WRITE)
def print_message(notice_id: uuid.UUID) -> str | Response:
    """Show a message as it goes onto paper, or is read out on the phone."""
    session, me = database(), signed_in()
    notice = notice_by_id(session, notice_id)
    printed = notice.state is NoticeState.PRINTED  # perhaps the paper jammed
    if not (printed or may_go_by_hand(notice.kind, notice.state)):
        raise CourtRuleBroken("notice_settled_already", state=notice.state)
    note_read(subject=_subject(notice))
    recipient = recipient_of(session, notice)
    words = recipient and words_of(session, notice, recipient, door=door_address(), now=clock.now())
    if recipient is None or words is None:
        flash(_("This message is not needed any more: what it was about has changed."), "warning")
        return redirect(url_for("dashboard.list_messages", to=_receiver()), 303)
    return render_template(
        "dashboard/message_paper.html",
        notice_id=notice.id,
        recipient=recipient,
        words=words,
        court=session.get_one(Court, me.court_id),
        today=me.today,
        paper_name=me.phone_name,
        receiver=_receiver(),
    )


@bp.post("/messages/<uuid:notice_id>/told")
@requires(Permission.PEOPLE_WRITE)
def tell_by_hand(notice_id: uuid.UUID) -> Response:
    """Note that a message was printed, or told by phone."""
    how = ByHand.PHONE if request.form.get("how") == ByHand.PHONE else ByHand.PAPER
    settle_by_hand(
        database(), notice_id=notice_id, how=how, actor=signed_in().actor, now=clock.now()
    )
    flash(_("Noted."), "success")
    return redirect(url_for("dashboard.list_messages", to=_receiver()), 303)


@bp.post("/messages/<uuid:notice_id>/drop")
@requires(Permission.PEOPLE_WRITE)
def drop_message(notice_id: uuid.UUID) -> Response:
    """Take a message off the list because nobody needs it any more."""
    drop_notice(database(), notice_id=notice_id, actor=signed_in().actor, now=clock.now())
    flash(_("The message is off the list."), "success")
    return redirect(_back_to_list(), 303)


@bp.post("/messages/<uuid:notice_id>/send")
@requires(Permission.PEOPLE_WRITE)
def send_message(notice_id: uuid.UUID) -> Response:
    """Let a message leave that was kept back."""
    send_held(database(), notice_id=notice_id, actor=signed_in().actor, now=clock.now())
    flash(_("The message leaves with the next round, if what it says is still so."), "success")
    return redirect(_back_to_list(), 303)


@bp.post("/messages/held/send")
@requires(Permission.PEOPLE_WRITE)
def send_all_held() -> Response:
    """Let every message leave that is kept back."""
    session, actor, now = database(), signed_in().actor, clock.now()
    for notice_id in held_notices(session):
        send_held(session, notice_id=notice_id, actor=actor, now=now)
    flash(_("They leave with the next round, those of which what they say is still so."), "success")
    return redirect(url_for("dashboard.list_messages", show=Only.WAITING.value), 303)


@bp.post("/messages/held/drop")
@requires(Permission.PEOPLE_WRITE)
def drop_all_held() -> Response:
    """Take every message off the list that is kept back."""
    session, actor, now = database(), signed_in().actor, clock.now()
    for notice_id in held_notices(session):
        drop_notice(session, notice_id=notice_id, actor=actor, now=now)
    flash(_("The messages that were kept back are off the list."), "success")
    return redirect(url_for("dashboard.list_messages"), 303)


def _back_to_list() -> str:
    """Return the list of what is kept back while there is anything on it, else the usual one."""
    show = Only.HELD.value if held_count(database()) else None
    return url_for("dashboard.list_messages", show=show, to=_receiver())


def _only() -> Only:
    wanted = request.args.get("show", "")
    return Only(wanted) if wanted in set(Only) else Only.NEEDS_HAND


def _receiver() -> Receiver | None:
    """Return for whom messages are to be listed, None for everybody."""
    wanted = request.args.get("to", "")
    return Receiver(wanted) if wanted in set(Receiver) else None


def _filter_used(only: Only, receiver: Receiver | None) -> str:
    return f"{only.value}:{receiver.value}" if receiver else only.value


def _subject(notice: Notice) -> Subject:
    return Subject(kind="notice", id=notice.id, case_id=notice.case_id, person_id=notice.person_id)
