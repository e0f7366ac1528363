"""The message that carries a one-time code to a member of staff, where mail is set up.

It is handed over at once and not through the outbox: the code is stored nowhere, so that nobody
could write the message later.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from config import Config
from youthcourt.accounts.staff import Issued
from youthcourt.courts.models import Court
from youthcourt.notices.domain import NOT_SENT, DeliveryFailed, MailProblem, Message
from youthcourt.notices.gateways import gateway_of
from youthcourt.web.i18n import label
from youthcourt.web.i18n.formats import instant_text

ENGLISH = "en"  # as every message: not all of their sentences are there in other languages


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """Whether a message was handed to the mail server, and else what kept it, if it was tried."""

    sent: bool = False
    problem: MailProblem | None = None


def message_of(issued: Issued, *, link: str, court: Court, by: str) -> Message:
    """Return the words that go with a code; no case, no young person, and no word of a court."""
    with force_locale(ENGLISH):
        if issued.role is None:
            subject = _("choose a new password")
            why = _("%(by)s lets you choose a new password for your account.", by=by)
        else:
            subject = _("an invitation")
            why = _(
                "%(by)s invites you to work with %(sender)s as: %(role)s.",
                by=by,
                sender=court.sender_name,
                role=label(issued.role),
            )
        until = instant_text(issued.expires_at)
        paragraphs = (
            _("Hello %(name)s,", name=issued.name) if issued.name else _("Hello,"),
            why,
            _("Open this link and choose a password. It works once, until %(time)s:", time=until),
            link,
            _("You did not expect this? Then you need not do anything."),
            court.sender_name,
        )
    return Message(
        to=issued.email,
        subject=_one_line(f"{court.phone_name}: {subject}"),
        body="\n\n".join(_one_line(text) for text in paragraphs) + "\n",
        name=issued.name,
        sender_name=_one_line(court.sender_name),
    )


def carry(message: Message, *, config: Config) -> Carried:
    """Hand a message over, or say why not; call it while no transaction is open."""
    gateway = gateway_of(config)
    if gateway.name == NOT_SENT or not message.to:
        return Carried()
    try:
        gateway.send(message)
    except DeliveryFailed as failed:
        return Carried(problem=failed.problem)
    return Carried(sent=True)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
