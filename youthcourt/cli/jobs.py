"""``youthcourt jobs``: what has to be done again and again."""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask
    from sqlalchemy.orm import Session

    from youthcourt.notices.outbox import Tally

LEDGER_EVERY = timedelta(hours=6)
ELSEWHERE = "http://localhost"


@click.group()
def command() -> None:
    """Do what is due: send messages, check the ledgers."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
@click.option(
    "--every",
    metavar="SECONDS",
    type=click.IntRange(5, 86_400),
    help="Go on, so many seconds after the end of each round; without it, once.",
)
def run(as_json: bool, every: int | None) -> None:  # noqa: FBT001 -- click's way
    """Send the messages of all courts that are due, and check long ledgers every six hours.

    Each message leaves once; what could not be sent is tried again by a later run. It ends with 1
    when a message failed or has to be tried again, or a ledger is not as it must be, so that a
    timer can report it.

    Example: youthcourt jobs run --every 60
    """
    from youthcourt import create_app

    app = create_app()
    while True:
        tallies = send_all(app)
        wrong = check_ledgers(app)
        _note(app, went_well=_all_well(tallies, wrong))
        _tell(tallies, wrong, as_json=as_json, quiet=every is not None)
        if every is None:
            sys.exit(0 if _all_well(tallies, wrong) else 1)
        time.sleep(every)


def send_all(app: Flask) -> dict[str, Tally]:
    """Send what is due in every court, each court by itself; return the numbers by short name.

    Trouble with the mail server ends the round: the other courts use the same one.
    """
    from youthcourt import clock
    from youthcourt.dashboard.letters import LetterWriter
    from youthcourt.db import db, set_court
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
        for court_id, slug in _courts(session):
            set_court(session, court_id)
            tallies[slug] = send_due(session, renderer=writer, gateway=gateway, clock=clock.now)
            if tallies[slug].problem:
                break
    return tallies


def check_ledgers(app: Flask) -> dict[str, int]:
    """Check the ledgers that are due; return by short name how much is wrong where anything is."""
    from youthcourt import clock
    from youthcourt.audit.domain import SYSTEM
    from youthcourt.credits.queries import check_if_due
    from youthcourt.credits.services import keep_check
    from youthcourt.db import db, reading, set_court

    found: dict[str, int] = {}
    with app.app_context():
        session = db.session()
        session.info["writer"] = True
        for court_id, slug in _courts(session):
            set_court(session, court_id)
            # Some seconds of reading: nobody waits for them with something to write.
            with reading(session):
                wrong = check_if_due(session, every=LEDGER_EVERY, now=clock.now())
            if wrong is None:
                continue
            keep_check(session, problems=wrong, actor=SYSTEM, now=clock.now())
            session.commit()
            if wrong:
                found[slug] = wrong
    return found


def _note(app: Flask, *, went_well: bool) -> None:
    """Keep that the jobs ran, for the page that tells when they did not."""
    from youthcourt import clock
    from youthcourt.db import db
    from youthcourt.upkeep.domain import MarkKind
    from youthcourt.upkeep.services import note_upkeep

    with app.app_context():
        session = db.session()
        session.info["writer"] = True
        note_upkeep(session, kind=MarkKind.JOBS, went_well=went_well, now=clock.now())
        session.commit()


def _courts(session: Session) -> list[tuple[UUID, str]]:
    from sqlalchemy import select

    from youthcourt.courts.models import Court
    from youthcourt.db import reading

    with reading(session):
        rows = session.execute(select(Court.id, Court.slug).order_by(Court.slug))
        return [(row.id, row.slug) for row in rows]


def _all_well(tallies: dict[str, Tally], wrong: dict[str, int]) -> bool:
    return not wrong and all(tally.is_clean for tally in tallies.values())


def _tell(tallies: dict[str, Tally], wrong: dict[str, int], *, as_json: bool, quiet: bool) -> None:
    busy = {slug: tally for slug, tally in tallies.items() if any(tally.told().values())}
    if as_json:
        courts = [
            {"court": slug, **tally.told(), "ledger_problems": wrong.get(slug, 0)}
            for slug, tally in tallies.items()
        ]
        click.echo(json.dumps({"ok": _all_well(tallies, wrong), "courts": courts}))
        return
    for slug, tally in busy.items():
        click.echo(f"{slug}: {_in_words(tally)}")
    for slug, number in wrong.items():
        click.echo(f"{slug}: {number} wrong in the ledger; see youthcourt credits verify.")
    if not busy and not wrong and not quiet:
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
