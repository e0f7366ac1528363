"""A small mail server on this machine that keeps what it is handed, and fails where told to."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(kw_only=True)
class MailServer:
    """What the server does, and what it was handed."""

    port: int = 0
    recipient_answer: str = "250 ok"
    data_answer: str = "250 ok"
    quit_answer: str = "221 bye"
    users: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    received: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    said_in_the_clear: list[str] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    """One conversation, as RFC 5321 has it, as far as a client of ours goes."""

    timeout = 5
    secret = False

    @property
    def mail(self) -> MailServer:
        found = self.server.mail  # type: ignore[attr-defined]
        assert isinstance(found, MailServer)
        return found

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            if not self.secret:
                self.mail.said_in_the_clear.append(line)
            verb = line.split(" ", 1)[0].upper()
            answer = getattr(self, f"on_{verb.lower()}", None)
            if answer is None:
                self.say("250 ok")
            elif answer(line):
                return

    def finish(self) -> None:
        """Close also what encryption has put around the connection."""
        super().finish()
        self.connection.close()

    def on_ehlo(self, _line: str) -> bool:
        offers = ["250-here"]
        if self.mail.tls is not None and not self.secret:
            offers.append("250-STARTTLS")
        if self.mail.users:
            offers.append("250-AUTH PLAIN")
        self.say(*offers, "250 8BITMIME")
        return False

    def on_starttls(self, _line: str) -> bool:
        assert self.mail.tls is not None
        self.say("220 go on")
        try:
            safe = self.mail.tls.wrap_socket(self.connection, server_side=True)
        except OSError:
            return True  # the other side did not trust us
        self.connection = safe
        self.rfile = safe.makefile("rb")
        self.wfile = safe.makefile("wb", buffering=0)  # type: ignore[assignment]
        self.secret = True
        return False

    def on_auth(self, line: str) -> bool:
        _none, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
        known = self.mail.users.get(user) == password
        self.say("235 welcome" if known else "535 no")
        return False

    def on_rcpt(self, line: str) -> bool:
        if self.mail.recipient_answer.startswith("250"):
            self.mail.to.append(line.split(":", 1)[1].strip("<> "))
        self.say(self.mail.recipient_answer)
        return False

    def on_data(self, _line: str) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.mail.data_answer.startswith("250"):
            read = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.mail.received.append(read)
        self.say(self.mail.data_answer)
        return False

    def on_quit(self, _line: str) -> bool:
        self.say(self.mail.quit_answer)
        return True


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is what some tests want."""


@contextmanager
def mail_server(*, safe: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """Run a mail server on a free port until the block ends."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        mail = MailServer(port=server.server_address[1], tls=safe)
        server.mail = mail  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield mail
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a certificate for this machine that signs itself, and a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, kept = folder / "shown.pem", folder / "kept.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, kept)
    return shown, context
