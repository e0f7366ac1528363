"""Handing messages to a real mail server on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notices.mail_server import certificate, mail_server
from youthcourt.notices.domain import DeliveryFailed, MailProblem, Message
from youthcourt.notices.gateways import SmtpGateway, Tls, mail_of

WORDS = Message(
    to="ana@mail.example",
    subject="Your session on Saturday 14 March",
    body="Bring: a pen.\n\n.A line that begins with a dot.\nZażółć gęślą jaźń\n",
    name="Ana",
    sender_name="Elm Street, Saturday",
)
SENDER = "post@sessions.example"


def gateway(mail, **more) -> SmtpGateway:
    """A gateway to the test's own server, in the clear unless said otherwise."""
    settings = {"tls": Tls.NONE, "host": "127.0.0.1", "sender": SENDER, **more}
    return SmtpGateway(port=mail.port, **settings)


def test_a_message_arrives_as_it_was_written() -> None:
    """Recipient, sender, subject and every letter of the text."""
    with mail_server() as mail:
        gateway(mail).send(WORDS)
    (arrived,) = mail.received
    assert mail.to == ["ana@mail.example"]
    assert arrived["From"].addresses[0].display_name == "Elm Street, Saturday"
    assert arrived["From"].addresses[0].addr_spec == SENDER
    assert arrived["Subject"] == WORDS.subject
    assert arrived["Message-ID"].endswith("@sessions.example>")
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content().splitlines() == WORDS.body.splitlines()


@pytest.mark.parametrize(
    ("answer", "for_good"), [("550 nobody here", True), ("450 come back later", False)]
)
def test_a_refused_address_is_told_from_a_busy_one(answer: str, for_good: bool) -> None:
    """What will never work is not tried again."""
    with mail_server() as mail:
        mail.recipient_answer = answer
        with pytest.raises(DeliveryFailed) as failed:
            gateway(mail).send(WORDS)
    assert (failed.value.problem, failed.value.for_good) == (MailProblem.ADDRESS_REFUSED, for_good)
    assert mail.received == []


@pytest.mark.parametrize(("answer", "for_good"), [("554 no", True), ("451 later", False)])
def test_a_refused_message_is_told_from_a_delayed_one(answer: str, for_good: bool) -> None:
    """The same for what the server says after the text."""
    with mail_server() as mail:
        mail.data_answer = answer
        with pytest.raises(DeliveryFailed) as failed:
            gateway(mail).send(WORDS)
    assert (failed.value.problem, failed.value.for_good) == (MailProblem.MESSAGE_REFUSED, for_good)


def test_a_rude_goodbye_does_not_make_a_message_leave_twice() -> None:
    """The text was accepted; what comes after changes nothing."""
    with mail_server() as mail:
        mail.quit_answer = "421 going down"
        gateway(mail).send(WORDS)
    assert len(mail.received) == 1


def test_no_server_is_trouble_of_the_server() -> None:
    """Nobody listens on that port any more."""
    with mail_server() as mail:
        pass
    with pytest.raises(DeliveryFailed) as failed:
        gateway(mail).send(WORDS)
    assert failed.value.problem is MailProblem.NO_CONNECTION


def test_nothing_is_sent_in_the_clear_unless_asked_for(tmp_path: Path) -> None:
    """A server without encryption, or one that is not who it says, is handed nothing."""
    _shown, context = certificate(tmp_path)
    for safe in (None, context):
        with mail_server(safe=safe) as mail, pytest.raises(DeliveryFailed) as failed:
            gateway(mail, tls=Tls.STARTTLS, user="post", password="very secret").send(WORDS)
        assert failed.value.problem is MailProblem.NOT_SAFE
        assert mail.received == []
        assert not [line for line in mail.said_in_the_clear if "MAIL" in line or "AUTH" in line]


def test_an_encrypted_way_carries_name_password_and_text(tmp_path: Path, monkeypatch) -> None:
    """Where the server is trusted, everything after the greeting is encrypted."""
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with mail_server(safe=context) as mail:
        mail.users = {"post": "very secret"}
        gateway(mail, tls=Tls.STARTTLS, user="post", password="very secret").send(WORDS)
        assert len(mail.received) == 1
        assert [line.split(" ")[0].upper() for line in mail.said_in_the_clear] == [
            "EHLO",
            "STARTTLS",
        ]
        with pytest.raises(DeliveryFailed) as failed:
            gateway(mail, tls=Tls.STARTTLS, user="post", password="wrong").send(WORDS)
    assert failed.value.problem is MailProblem.SIGN_IN_FAILED


@pytest.mark.parametrize(
    "broken",
    [
        {"subject": "Your session\r\nBcc: everybody@mail.example"},
        {"subject": "Your session\nX: y"},
        {"sender_name": "Elm\r\nBcc: everybody@mail.example"},
        {"to": "ana@mail.example\r\nBcc: everybody@mail.example"},
        {"to": "ana@mail.example, everybody@mail.example"},
        {"to": "no address"},
        {"to": ""},
    ],
)
def test_no_value_breaks_out_of_its_header(broken: dict[str, str]) -> None:
    """A line end in a header, or a second recipient, is refused for good."""
    values = {"to": WORDS.to, "subject": WORDS.subject, "body": "", "sender_name": "Elm", **broken}
    with pytest.raises(DeliveryFailed) as failed:
        mail_of(Message(**values), sender=SENDER)
    assert failed.value.for_good


def test_the_password_is_not_shown(tmp_path: Path) -> None:
    """Not even where a gateway is printed by accident."""
    shown = repr(SmtpGateway(host="h", port=1, sender=SENDER, user="u", password="very secret"))
    assert "very secret" not in shown
