"""``youthcourt credits``: whether the ledger of time credits is as it must be."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from youthcourt.credits.domain import Problem


@click.group()
def command() -> None:
    """Look after the ledger of time credits."""


@command.command()
@click.option("--court", "slug", metavar="SLUG", help="Look at this court alone.")
@click.option("--json", "as_json", is_flag=True, help="Print what another program reads.")
def verify(slug: str | None, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Recompute the ledger of every court and list every problem with its rows.

    Ends with 0 when everything is as it must be and with 1 when anything is not.  Nothing is
    changed.

    Example: youthcourt credits verify --court elm-street
    """
    from youthcourt import create_app
    from youthcourt.db import db

    app = create_app()
    with app.app_context():
        session = db.session()
        session.info["read_only"] = True
        found = dict(_problems(session, slug))
        session.rollback()
    if as_json:
        click.echo(json.dumps(_as_data(found), indent=2))
    else:
        _tell(app, found)
    sys.exit(1 if any(found.values()) else 0)


def _problems(session: Session, slug: str | None) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    from sqlalchemy import select

    from youthcourt.courts.models import Court
    from youthcourt.courts.queries import court_by_slug
    from youthcourt.credits.queries import verify_credits
    from youthcourt.db import set_court

    every = select(Court).order_by(Court.slug)
    for court in [court_by_slug(session, slug)] if slug else session.scalars(every).all():
        set_court(session, court.id)
        yield court.slug, verify_credits(session)


def _as_data(found: dict[str, tuple[Problem, ...]]) -> list[dict[str, Any]]:
    return [
        {
            "court": court,
            "problems": [
                {
                    "code": problem.code.value,
                    "rows": [str(row) for row in problem.rows],
                    **dict(problem.params),
                }
                for problem in problems
            ],
        }
        for court, problems in found.items()
    ]


def _tell(app: Flask, found: dict[str, tuple[Problem, ...]]) -> None:
    from youthcourt.web.i18n import label

    if not found:
        click.echo("There is no court yet.")
    with app.test_request_context():
        for court, problems in found.items():
            if not problems:
                click.echo(f"{court}: everything is as it must be.")
            for problem in problems:
                more = ", ".join(f"{name} {value}" for name, value in problem.params)
                rows = " ".join(str(row) for row in problem.rows)
                click.echo(": ".join(filter(None, (court, label(problem.code), more, rows))))
