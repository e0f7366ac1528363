"""What carries messages: SMTP, or the test gateway that carries nothing."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid

from youthcourt.notices.services import Message


class TestGateway:
    """Accepts every message and sends none; the default until mail is set up."""

    name = "test"

    def send(self, message: Message) -> None:
        """Do nothing on purpose."""


class SmtpGateway:
    """Sends by SMTP; ``OSError`` and its kin are worth another try."""

    name = "smtp"

    def __init__(
        self, *, host: str, port: int, user: str, password: str, sender: str, sender_name: str
    ) -> None:
        self._host, self._port = host, port
        self._user, self._password = user, password
        self._sender = f"{sender_name} <{sender}>" if sender_name else sender

    def send(self, message: Message) -> None:
        """Send one message; header values with line breaks are refused by the library."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to, message.subject
        mail["Message-ID"] = make_msgid()
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.body)
        with smtplib.SMTP(self._host, self._port, timeout=20) as server:
            if server.has_extn("starttls"):
                server.starttls()
            if self._user:
                server.login(self._user, self._password)
            server.send_message(mail)
