"""``youthcourt jobs run``: every court's messages, by a real mail server, again and again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from config import PREFIX
from tests.fixtures.app import NOW, SmallCourt, add_court
from tests.fixtures.database import make_config
from tests.notices.mail_server import MailServer, mail_server
from youthcourt.cli import group
from youthcourt.credits.queries import checks
from youthcourt.credits.services import post_earning
from youthcourt.db import set_court
from youthcourt.notices.models import Notice
from youthcourt.people import services
from youthcourt.people.asking import mail_link


@pytest.fixture
def app(sqlite_app):
    """The application on SQLite alone: what the database decides is tested with the outbox."""
    return sqlite_app


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path, monkeypatch) -> dict[str, str]:
    """Settings of an installation that sends mail, as its administrator would give them."""
    config = make_config(tmp_path, sqlite_url)
    return {
        PREFIX + "MODE": "test",
        PREFIX + "DATA_DIR": str(config.data_dir),
        PREFIX + "DATABASE_URL": config.database_url,
        PREFIX + "SECRET_KEY": config.secret_key,
        PREFIX + "ENCRYPTION_KEYS": ",".join(config.encryption_keys),
        PREFIX + "PUBLIC_URL": "https://sessions.example",
        PREFIX + "MAIL_GATEWAY": "smtp",
        PREFIX + "MAIL_FROM": "post@sessions.example",
        PREFIX + "SMTP_HOST": "127.0.0.1",
        PREFIX + "SMTP_TLS": "none",
    }


@pytest.fixture
def mail(environment: dict[str, str]) -> Iterator[MailServer]:
    """A mail server on this machine, named in the settings."""
    with mail_server() as server:
        environment[PREFIX + "SMTP_PORT"] = str(server.port)
        yield server


def run(environment: dict[str, str], *options: str) -> Result:
    """Run the command as a timer would."""
    return CliRunner().invoke(group, ["jobs", "run", *options], env=environment)


def ask(session: Session, court: SmallCourt, address: str) -> None:
    """Queue a link for somebody new."""
    from youthcourt import clock

    set_court(session, court.id)
    hand: dict[str, Any] = {"actor": court.actor, "now": clock.now()}
    person = services.add_person(
        session, given_names="Ana", family_name="Ruiz", email=address, **hand
    )
    mail_link(session, person_id=person.id, **hand)
    session.commit()


def test_messages_of_every_court_leave_once(session, court, environment, mail) -> None:
    """Each under its own neutral sender; a second run has nothing to do."""
    ask(session, court, "ana@mail.example")
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    ask(session, elsewhere, "far@mail.example")
    first = run(environment)
    assert first.exit_code == 0, first.output
    assert first.output.count("1 sent.") == 2
    assert sorted(mail.to) == ["ana@mail.example", "far@mail.example"]
    assert "https://sessions.example/in/" in mail.received[0].get_content()
    assert "Elm Street programme" in mail.received[0]["From"]
    assert "court" not in str(mail.received[0]["Subject"]).casefold()
    second = run(environment)
    assert (second.exit_code, second.output) == (0, "Nothing was due.\n")
    assert len(mail.received) == 2


def test_another_program_can_read_it(session, court, environment, mail) -> None:
    """One object, with numbers for each court."""
    ask(session, court, "ana@mail.example")
    told = json.loads(run(environment, "--json").output)
    assert told["ok"] is True
    assert told["courts"][0]["court"] == court.slug
    assert told["courts"][0]["sent"] == 1


def test_a_long_ledger_is_checked_and_what_is_wrong_is_told(
    session, court, environment, mail, monkeypatch
) -> None:
    """Once in six hours; the timer hears of it, and Today can tell."""
    monkeypatch.setattr(checks, "AT_ONCE", 0)
    ana = services.add_person(
        session, given_names="Ana", family_name="Ruiz", actor=court.actor, now=NOW
    )
    post_earning(
        session,
        person_id=ana.id,
        minutes=60,
        happened_on=NOW.date(),
        source_key="service:nothing",
        rule="minutes:60",
        actor=court.actor,
        now=NOW,
    )
    session.commit()
    result = run(environment)
    assert (result.exit_code, result.output) == (
        1,
        f"{court.slug}: 1 wrong in the ledger; see youthcourt credits verify.\n",
    )
    assert json.loads(run(environment, "--json").output)["ok"] is True


def test_a_refused_address_is_a_problem(session, court, environment, mail) -> None:
    """The timer hears of it by the exit code; the others leave all the same."""
    ask(session, court, "ana@mail.example")
    mail.recipient_answer = "550 nobody here"
    result = run(environment)
    assert result.exit_code == 1
    assert "1 failed" in result.output
    assert "ana@" not in result.output


def test_without_a_mail_server_nothing_is_lost(session, court, environment, mail) -> None:
    """It says what to look at, ends with 1, and the message leaves once the server is back."""
    ask(session, court, "ana@mail.example")
    port = environment[PREFIX + "SMTP_PORT"]
    environment[PREFIX + "SMTP_PORT"] = "1"
    away = run(environment)
    assert away.exit_code == 1
    assert "the mail server does not answer; see YOUTHCOURT_SMTP_HOST" in away.output
    environment[PREFIX + "SMTP_PORT"] = port
    session.execute(sa.update(Notice).values(due_at=NOW))
    session.commit()
    assert run(environment).exit_code == 0
    assert mail.to == ["ana@mail.example"]


def test_until_mail_is_set_up_nothing_leaves(session, court, environment, mail) -> None:
    """The test gateway is the default; the outbox notes what carried a message."""
    ask(session, court, "ana@mail.example")
    environment[PREFIX + "MAIL_GATEWAY"] = "test"
    assert run(environment).exit_code == 0
    assert mail.received == []
    assert session.scalars(sa.select(Notice.gateway)).all() == ["test"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAIL_FROM", ""), ("PUBLIC_URL", ""), ("SMTP_TLS", "rubbish"), ("MAIL_GATEWAY", "pigeon")],
)
def test_half_a_setting_is_told_before_anything_is_sent(app, environment, name, value) -> None:
    """In one sentence that names the setting."""
    environment[PREFIX + name] = value
    result = run(environment)
    assert result.exit_code != 0
    assert PREFIX + name in str(result.exception)


def test_mail_in_the_clear_stays_on_the_machine(app, environment) -> None:
    """Another host without encryption is refused."""
    environment[PREFIX + "SMTP_HOST"] = "mail.example"
    assert "only for a mail server on this machine" in str(run(environment).exception)
