"""``youthcourt accounts``: one-time codes for staff."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

ROLES = ("administrator", "coordinator", "clerk", "evaluator")


@click.group()
def command() -> None:
    """Invite staff, and let them choose a new password."""


@command.command()
@click.option("--court", "slug", required=True, metavar="SLUG", help="Short name of the court.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they will be there.")
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def invite(slug: str, role: str, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Print a one-time code with which one more person joins a court.

    It works once, for three days, and is shown this once.

    Example: youthcourt accounts invite --court elm-street --role coordinator
    """
    from youthcourt import clock, create_app
    from youthcourt.accounts.domain import Role
    from youthcourt.accounts.invitations import invite as make
    from youthcourt.courts.queries import court_by_slug

    app = create_app()
    with app.app_context():
        session = upgraded()
        court = court_by_slug(session, slug)
        code = make(session, court_id=court.id, role=Role(role), now=clock.now())
        session.commit()
    _tell(app, code, whose=f"A new {role} of {court.name}", as_json=as_json)


@command.command("new-password")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def new_password(email: str, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Print a one-time code with which somebody chooses a new password.

    Be sure who asks. It works once, for three days; an earlier one ends.

    Example: youthcourt accounts new-password kim@example.org
    """
    from youthcourt import clock, create_app
    from youthcourt.accounts.invitations import let_choose_password

    app = create_app()
    with app.app_context():
        session = upgraded()
        code = let_choose_password(session, email=email, now=clock.now())
        session.commit()
    _tell(app, code, whose=email, as_json=as_json)


def upgraded() -> Session:
    """Return a writing session of a database that is up to date, or refuse."""
    from youthcourt.db import db, is_up_to_date
    from youthcourt.errors import CourtRuleBroken

    if not is_up_to_date(db.engine):
        raise CourtRuleBroken("database_not_upgraded")
    session = db.session()
    session.info["writer"] = True
    return session


def link_of(app: Flask, code: str) -> str:
    """Return the link that carries a code behind the ``#``, or nothing where no address is set."""
    base: str = app.extensions["youthcourt.config"].public_url
    return f"{base.rstrip('/')}/join/#{code}" if base else ""


def _tell(app: Flask, code: str, *, whose: str, as_json: bool) -> None:
    from youthcourt.accounts.domain import in_groups

    link = link_of(app, code)
    if as_json:
        click.echo(json.dumps({"code": in_groups(code), "link": link}))
    else:
        tell_code(in_groups(code), link=link, whose=whose)


def tell_code(code: str, *, link: str, whose: str) -> None:
    """Print a one-time code and what to do with it."""
    where = "the address of this court with /join/ at its end"
    click.echo(f"\n{whose} opens {link or where}")
    click.echo(f"and types this code{' if it is asked for' if link else ''}: {code}")
    click.echo(
        "\nIt works once, for three days, and is not shown again: give it to that person only."
    )
