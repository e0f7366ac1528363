"""``youthcourt db``: migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask


@click.group()
def command() -> None:
    """Bring the database up to date."""


@command.command()
def upgrade() -> None:
    """Apply every migration that is missing; a new installation begins with it.

    Example: youthcourt db upgrade
    """
    from flask_migrate import upgrade as apply

    from youthcourt import create_app

    app = create_app()
    make_data_folder(app)
    with app.app_context():
        apply()
    click.echo("The database is up to date.")


def make_data_folder(app: Flask) -> None:
    """Make the folder of a new installation, which nobody else on the machine may open."""
    folder = app.extensions["youthcourt.config"].data_dir
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
