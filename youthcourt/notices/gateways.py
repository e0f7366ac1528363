"""What carries messages: SMTP, or the test gateway that carries nothing."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from enum import StrEnum

from config import Config
from youthcourt import clock
from youthcourt.notices.domain import NOT_SENT, DeliveryFailed, MailProblem, Message

PATIENCE = 20  # seconds for each step of the conversation
_READY = 220
_FOR_GOOD = range(500, 600)  # RFC 5321, 4.2.1: permanent negative completion


class Tls(StrEnum):
    """How the way to the mail server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class TestGateway:
    """Accepts every message and sends none; the default until mail is set up."""

    __test__ = False  # pytest takes it for a test otherwise
    name = NOT_SENT

    def send(self, message: Message) -> None:
        """Do nothing on purpose."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpGateway:
    """Hands messages to one mail server; unless ``tls`` is none, never in the clear.

    ``sender`` is the address of the installation; who writes is said by each message.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = Tls.STARTTLS
    name: str = "smtp"

    def send(self, message: Message) -> None:
        """Hand one message over, or raise ``DeliveryFailed``; nothing of it is in the error."""
        mail = mail_of(message, sender=self.sender)
        try:
            server = self._connected()
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryFailed(_trouble(error)) from error
        try:
            self._make_safe(server)
            self._hand_over(server, mail)
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryFailed(_trouble(error)) from error
        finally:
            _leave(server)

    def _connected(self) -> smtplib.SMTP:
        if self.tls is Tls.TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE)

    def _make_safe(self, server: smtplib.SMTP) -> None:
        if self.tls is Tls.STARTTLS:
            try:
                code, _text = server.starttls(context=ssl.create_default_context())
            except smtplib.SMTPNotSupportedError as error:
                raise DeliveryFailed(MailProblem.NOT_SAFE) from error
            if code != _READY:
                raise DeliveryFailed(MailProblem.NOT_SAFE)
        if self.user:
            try:
                server.login(self.user, self.password)
            except smtplib.SMTPServerDisconnected:
                raise
            except smtplib.SMTPException as error:
                raise DeliveryFailed(MailProblem.SIGN_IN_FAILED) from error

    def _hand_over(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            raise DeliveryFailed(
                MailProblem.ADDRESS_REFUSED, for_good=all(code in _FOR_GOOD for code in codes)
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryFailed(MailProblem.ADDRESS_REFUSED, for_good=True) from error
        except smtplib.SMTPResponseException as error:
            raise DeliveryFailed(
                MailProblem.MESSAGE_REFUSED, for_good=error.smtp_code in _FOR_GOOD
            ) from error


def _trouble(error: Exception) -> MailProblem:
    return MailProblem.NOT_SAFE if isinstance(error, ssl.SSLError) else MailProblem.NO_CONNECTION


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what goes wrong now must not make a message that has arrived leave again."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def gateway_of(config: Config) -> TestGateway | SmtpGateway:
    """Return what carries messages under these settings."""
    if config.mail_gateway == TestGateway.name:
        return TestGateway()
    return SmtpGateway(
        host=config.smtp_host,
        port=config.smtp_port,
        sender=config.mail_from,
        user=config.smtp_user,
        password=config.smtp_password,
        tls=Tls(config.smtp_tls),
    )


def mail_of(message: Message, *, sender: str) -> EmailMessage:
    """Return the mail as it is handed over; what would break out of a header is refused.

    The identifier names the sender's domain, never the machine.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(display_name=message.sender_name, addr_spec=sender)
        mail["To"] = Address(addr_spec=message.to)
        mail["Subject"] = message.subject
    except (ValueError, MessageError, IndexError) as error:
        raise DeliveryFailed(MailProblem.ADDRESS_REFUSED, for_good=True) from error
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    return mail
