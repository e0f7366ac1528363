"""The blueprint of the jury, and what its pages share."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.jury.services import Told

bp = Blueprint("jury", __name__)

Page = str | Response | tuple[str, int]


def hand_of_staff() -> dict[str, Any]:
    """Return what every service asks for: who acts, and when."""
    return {"actor": signed_in().actor, "now": clock.now()}


def note_jury_read(session_id: uuid.UUID, filter_used: str = "") -> None:
    """Note that the names on the jury of a session were read."""
    note_read(subject=Subject(kind="jury", id=session_id), filter_used=filter_used)


def to_jury(session_id: uuid.UUID, anchor: str | None = None) -> Response:
    """Lead back to the jury of a session."""
    return redirect(url_for("jury.show_draw", session_id=session_id, _anchor=anchor), 303)


def told_words(told: Told) -> str:
    """Return in words who was told, and who is still to be told by hand."""
    words = []
    if told.queued:
        words.append(
            ngettext(
                "%(num)d message is about to leave.",
                "%(num)d messages are about to leave.",
                told.queued,
            )
        )
    if told.by_hand:
        words.append(
            ngettext(
                "%(num)d person has to be told by slip, letter or phone: see below.",
                "%(num)d people have to be told by slip, letter or phone: see below.",
                told.by_hand,
            )
        )
    return " ".join(words) or _("Nobody has to be told.")
