"""Putting a message together: whom for, in which language, and whether there is one at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from youthcourt.courts.models import Court
from youthcourt.dashboard.letters.recipients import Recipient, recipient_of
from youthcourt.dashboard.letters.words import WRITERS, Words, Writing
from youthcourt.notices.domain import Message, NoticeKind, Unsent
from youthcourt.notices.models import Notice

ENGLISH = "en"
WRITTEN_IN = frozenset({ENGLISH})
"""The languages that every sentence of a message is there in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterWriter:
    """Writes every kind of notice; what the outbox asks when a message is due.

    ``door`` is the address of young people's door as it stands in messages.
    """

    door: str
    clock: Callable[[], datetime]

    def __call__(self, session: Session, notice: Notice) -> Message | Unsent:
        """Return the message, or why there is none."""
        if notice.kind is NoticeKind.CASE_CLOSED:
            return Unsent.ON_PAPER
        recipient = recipient_of(session, notice)
        if recipient is None:
            return Unsent.REASON_GONE
        if recipient.hindered is not None and notice.kind is NoticeKind.SIGN_IN_LINK:
            return recipient.hindered
        words = words_of(session, notice, recipient, door=self.door, now=self.clock())
        if words is None:
            return Unsent.REASON_GONE
        if recipient.hindered is not None:
            return recipient.hindered
        court = _court(session)
        return Message(
            to=recipient.email.strip(),
            subject=words.subject,
            body="\n\n".join(words.paragraphs) + "\n",
            name=recipient.name,
            sender_name=_one_line(court.sender_name),
        )


def words_of(
    session: Session, notice: Notice, recipient: Recipient, *, door: str, now: datetime
) -> Words | None:
    """Return the words of a notice in the recipient's language; None when its reason is gone."""
    write = WRITERS.get(notice.kind)
    if write is None:
        return None
    court = _court(session)
    writing = Writing(
        session=session, notice=notice, recipient=recipient, court=court, door=door, now=now
    )
    with force_locale(_language(recipient.language)):
        words = write(writing)
        if words is None:
            return None
        greeting = "" if recipient.is_adult else recipient.youth
        hello = _("Hello %(name)s,", name=_one_line(greeting)) if greeting else _("Hello,")
        return Words(
            subject=words.subject,
            paragraphs=(
                hello,
                *(text for text in words.paragraphs if text),
                _one_line(court.sender_name),
            ),
        )


def _court(session: Session) -> Court:
    return session.get_one(Court, session.info["court_id"])


def _language(wanted: str) -> str:
    """Return the recipient's language where messages are written in it, else English.

    Without the check an English text would hold the names of days in the other language: Spanish
    has the words of papers and not those of messages.
    """
    return wanted if wanted in WRITTEN_IN else ENGLISH


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
