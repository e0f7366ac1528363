"""``youthcourt jobs``: what is done without anybody asking."""

from __future__ import annotations

from collections import Counter

import click


@click.group()
def command() -> None:
    """Do what is due: send messages, tidy up."""


@command.command()
def run() -> None:
    """Send the messages that are due, once; call it every minute.

    With the test gateway, which is the default, nothing leaves the house.

    Example: * * * * * youthcourt jobs run
    """
    from youthcourt import create_app

    app = create_app()
    with app.app_context():
        counts = _send_due()
    done = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(done or "Nothing was due.")


def _send_due() -> Counter[str]:
    """Send each notice in a transaction of its own, so that one failure holds up no other."""
    from flask import current_app
    from sqlalchemy import select

    from youthcourt import clock
    from youthcourt.courts.models import Court
    from youthcourt.db import db, set_court
    from youthcourt.notices.services import due_notices, send_notice

    outbox = current_app.extensions["youthcourt.outbox"]
    session = db.session()
    counts: Counter[str] = Counter()
    for court in session.scalars(select(Court)).all():
        set_court(session, court.id)
        due = due_notices(session, now=clock.now())
        session.rollback()
        session.info["writer"] = True
        for notice_id in due:
            state = send_notice(
                session,
                notice_id=notice_id,
                renderer=outbox.renderer,
                gateway=outbox.gateway(court.sender_name),
                now=clock.now(),
            )
            session.commit()
            counts[state.value] += 1
        session.info["writer"] = False
    return counts
