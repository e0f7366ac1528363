"""``youthcourt serve`` on a network: encrypted by itself, behind a proxy, or told why not."""

from __future__ import annotations

import socket
import ssl
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fixtures.command import run_command, settings_of
from tests.fixtures.served import PROGRAM, Answer, ask, environment, free_port, served
from youthcourt.cli.certificate import LIFE, Certificate, kept_certificate

HERE = "127.0.0.2"
ELSEWHERE = "sessions.example.org"
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run there")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a court in earnest, with a database that is ready."""
    folder = tmp_path_factory.mktemp("data")
    made = settings_of(folder, f"sqlite:///{folder / 'youthcourt.db'}") | {
        "YOUTHCOURT_MODE": "production",
        "YOUTHCOURT_SECURE_COOKIES": "true",
        "YOUTHCOURT_SECRET_KEY": "kZ8vQ2mN5xR7tY1uW4sD6fG9hJ3lP0aB",
        "YOUTHCOURT_TRUSTED_HOSTS": f"{HERE},localhost,{ELSEWHERE}",
    }
    run = [sys.executable, "-c", PROGRAM, "db", "upgrade"]
    subprocess.run(run, env=environment(made), check=True, capture_output=True)
    return made


def authority(settings: dict[str, str]) -> Path:
    """Return the file for the tablets."""
    return Path(settings["YOUTHCOURT_DATA_DIR"]) / "tls" / "for-tablets.crt"


def test_it_encrypts_with_a_certificate_of_its_own(settings, tmp_path: Path) -> None:
    """Made at the start, trusted through its authority, for its own names alone; plain is told."""
    port, log = free_port(HERE), tmp_path / "log"
    with served(settings, "--make-certificate", host=HERE, port=port, log=log):
        page = ask(HERE, port, "/account/sign-in", authority=authority(settings))
        assert page.status == 200
        assert page.headers["Set-Cookie"].startswith("__Host-sid=")
        assert "Secure" in page.headers["Set-Cookie"]
        plain = ask(HERE, port, "/account/sign-in")
        assert plain.status == 403
        assert plain.text == (
            "This site speaks over an encrypted connection only. "
            f"Open https://{HERE}:{port} instead.\n"
        )
        with pytest.raises(ssl.SSLCertVerificationError):
            ssl_to(HERE, port, authority(settings), name="127.0.0.3")
    told = log.read_text(encoding="utf-8")
    assert "A new certificate for 127.0.0.2, localhost, sessions.example.org" in told
    assert f"listens on https://{HERE}:{port}" in told
    assert "Invalid request" not in told


def ssl_to(host: str, port: int, cafile: Path, *, name: str) -> None:
    """Shake hands with a server that should be ``name``."""
    context = ssl.create_default_context(cafile=str(cafile))
    with (
        socket.create_connection((host, port), timeout=60) as raw,
        context.wrap_socket(raw, server_hostname=name),
    ):
        pass


@pytest.fixture(scope="module")
def plain(settings, tmp_path_factory) -> object:
    """A served court without a certificate, and how to ask it under a name."""
    port, log = free_port(HERE), tmp_path_factory.mktemp("plain") / "log"
    with served(settings, host=HERE, port=port, log=log):

        def go(path: str, named: str, **headers: str) -> Answer:
            return ask(HERE, port, path, named=f"{named}:{port}", headers=headers)

        yield go


@pytest.mark.parametrize("path", ["/", "/account/sign-in", "/in", "/join/", "/nowhere"])
def test_plain_http_from_elsewhere_is_told_what_to_do(plain, path: str) -> None:
    """A sentence and no form, on every page; a header nobody vouches for changes nothing."""
    for headers in ({}, {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}):
        page = plain(path, ELSEWHERE, **headers)
        assert page.status == 403
        assert "This address is not encrypted" in page.text
        assert "youthcourt serve --make-certificate" in page.text
        assert "https:// address of sessions.example.org" in page.text
        assert "<form" not in page.text
        assert "Set-Cookie" not in page.headers


def test_its_style_is_handed_out_and_this_machine_is_let_in(plain) -> None:
    """Browsers take their own machine for safe."""
    assert plain("/static/look.css", ELSEWHERE).status == 200
    assert plain("/account/sign-in", "localhost").status == 200
    assert plain("/account/sign-in", HERE).status == 200


def test_a_proxy_that_is_named_is_believed(settings, tmp_path: Path) -> None:
    """With one proxy in front its word on the connection counts; without its word it is plain."""
    port, log = free_port(HERE), tmp_path / "log"
    with served(settings | {"YOUTHCOURT_PROXY_COUNT": "1"}, host=HERE, port=port, log=log):
        said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        page = ask(HERE, port, "/account/sign-in", named=ELSEWHERE, headers=said)
        assert page.status == 200
        assert ask(HERE, port, "/account/sign-in", named=ELSEWHERE).status == 403


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SECRET_KEY": "change-me-" * 4}, "YOUTHCOURT_SECRET_KEY can be guessed"),
        ({"SECRET_KEY": ""}, "'youthcourt keys new' prints a fresh pair"),
        ({"ENCRYPTION_KEYS": "no key"}, "something that is no key"),
        ({"DATA_DIR": str(Path(__file__).parent)}, "inside the program's own folder"),
        ({"TLS_KEY": "key.pem"}, "go together"),
        ({"TRUSTED_HOSTS": ""}, "YOUTHCOURT_TRUSTED_HOSTS"),
        ({"PUBLIC_URL": f"http://{ELSEWHERE}"}, "YOUTHCOURT_PUBLIC_URL"),
        ({"DATABASE_URL": "sqlite:////tmp/no-such-folder/x.db"}, "cannot be used"),
    ],
)
def test_it_does_not_start_on_what_would_be_unsafe(settings, monkeypatch, change, told) -> None:
    """One sentence, exit code 1, before anybody is served."""
    changed = settings | {f"YOUTHCOURT_{name}": value for name, value in change.items()}
    ended = run_command(monkeypatch, changed, "serve", "--host", HERE, "--port", "1")
    assert (ended.code, ended.out) == (1, "")
    assert told in ended.err
    assert ended.err.count("\n") == 1


# The certificate ------------------------------------------------------------------------------


def made(folder: Path, *names: str, now: datetime = NOW) -> Certificate:
    """Return the certificate for these names at this moment."""
    return kept_certificate(folder, names, now=now)


def test_a_certificate_is_kept_until_it_is_needed_anew(tmp_path: Path) -> None:
    """The same one day after day; another for other names, and before it runs out."""
    first = made(tmp_path / "tls", "192.168.1.20", "office.local")
    assert first.is_new
    again = made(tmp_path / "tls", "office.local", "192.168.1.20", now=NOW + timedelta(days=300))
    assert (again.is_new, again.fingerprint) == (False, first.fingerprint)
    renewed = made(tmp_path / "tls", "office.local", "192.168.1.20", now=NOW + LIFE)
    assert renewed.is_new
    assert renewed.fingerprint != first.fingerprint
    assert made(tmp_path / "tls", "office.local").is_new


def test_nobody_else_may_read_the_key_and_the_authority_left_none(tmp_path: Path) -> None:
    """One key is on the disk, that of the certificate; who has it can sign no other."""
    found = made(tmp_path / "tls", "office.local")
    assert stat.S_IMODE(found.key.stat().st_mode) == 0o600
    files = sorted(path.name for path in found.key.parent.iterdir())
    assert files == ["certificate.pem", "for-tablets.crt", "key.pem"]
    keys = [p for p in found.key.parent.iterdir() if "PRIVATE KEY" in p.read_text()]
    assert keys == [found.key]
