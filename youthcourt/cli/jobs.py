"""``youthcourt jobs``: what has to be done again and again."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

    from youthcourt.notices.outbox import Tally

ELSEWHERE = "http://localhost"


@click.group()
def command() -> None:
    """Do what is due: send messages."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
@click.option(
    "--every",
    metavar="SECONDS",
    type=click.IntRange(5, 86_400),
    help="Go on, so many seconds after the end of each round; without it, once.",
)
def run(as_json: bool, every: int | None) -> None:  # noqa: FBT001 -- click's way
    """Send the messages of all courts that are due.

    Each message leaves once; what could not be sent is tried again by a later run. It ends with 1
    when a message failed or has to be tried again, so that a timer can report it.

    Example: youthcourt jobs run --every 60
    """
    from youthcourt import create_app

    app = create_app()
    while True:
        tallies = send_all(app)
        _tell(tallies, as_json=as_json, quiet=every is not None)
        if every is None:
            sys.exit(0 if all(tally.is_clean for tally in tallies.values()) else 1)
        time.sleep(every)


def send_all(app: Flask) -> dict[str, Tally]:
    """Send what is due in every court, each court by itself; return the numbers by short name.

    Trouble with the mail server ends the round: the other courts use the same one.
    """
    from sqlalchemy import select

    from youthcourt import clock
    from youthcourt.courts.models import Court
    from youthcourt.dashboard.letters import LetterWriter
    from youthcourt.db import db, reading, set_court
    from youthcourt.notices.gateways import gateway_of
    from youthcourt.notices.outbox import send_due

    config = app.extensions["youthcourt.config"]
    writer = LetterWriter(
        door=(config.public_url or ELSEWHERE).rstrip("/") + "/in", clock=clock.now
    )
    gateway = gateway_of(config)
    tallies: dict[str, Tally] = {}
    with app.app_context():
        session = db.session()
        session.info["writer"] = True
        with reading(session):
            courts = [
                (row.id, row.slug)
                for row in session.execute(select(Court.id, Court.slug).order_by(Court.slug))
            ]
        for court_id, slug in courts:
            set_court(session, court_id)
            tallies[slug] = send_due(session, renderer=writer, gateway=gateway, clock=clock.now)
            if tallies[slug].problem:
                break
    return tallies


def _tell(tallies: dict[str, Tally], *, as_json: bool, quiet: bool) -> None:
    busy = {slug: tally for slug, tally in tallies.items() if any(tally.told().values())}
    if as_json:
        done = all(tally.is_clean for tally in tallies.values())
        courts = [{"court": slug, **tally.told()} for slug, tally in tallies.items()]
        click.echo(json.dumps({"ok": done, "courts": courts}))
        return
    for slug, tally in busy.items():
        click.echo(f"{slug}: {_in_words(tally)}")
    if not busy and not quiet:
        click.echo("Nothing was due.")


def _in_words(tally: Tally) -> str:
    parts = (
        (tally.sent, "sent"),
        (tally.not_by_mail, "to be told by hand"),
        (tally.cancelled, "not needed any more"),
        (tally.tried_again_later, "to be tried again"),
        (tally.failed, "failed"),
    )
    words = [f"{number} {what}" for number, what in parts if number]
    if tally.problem:
        words.append(f"stopped: {_PROBLEMS[tally.problem]}")
    return ", ".join(words) + "."


_PROBLEMS = {
    "no_connection": "the mail server does not answer; see YOUTHCOURT_SMTP_HOST and _PORT",
    "not_safe": "the way to the mail server is not encrypted; see YOUTHCOURT_SMTP_TLS",
    "sign_in_failed": "the mail server refuses name and password; see YOUTHCOURT_SMTP_USER",
}
