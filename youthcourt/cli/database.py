"""``youthcourt db``: migrations."""

from __future__ import annotations

import click


@click.group()
def command() -> None:
    """Bring the database up to date."""


@command.command()
def upgrade() -> None:
    """Apply every migration that is missing.

    Example: youthcourt db upgrade
    """
    from flask_migrate import upgrade as apply

    from youthcourt import create_app

    with create_app().app_context():
        apply()
    click.echo("The database is up to date.")
