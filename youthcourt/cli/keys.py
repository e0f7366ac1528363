"""``youthcourt keys``: the keys of an installation."""

from __future__ import annotations

import secrets

import click


@click.group()
def command() -> None:
    """Make the keys of a new installation."""


@command.command()
def new() -> None:
    """Print a fresh pair of keys as settings.

    Keep them apart from the database and from its backups: without the encryption key the
    names of places, birth dates and notes cannot be read by anybody.

    Example: youthcourt keys new >> /etc/youthcourt/env
    """
    from cryptography.fernet import Fernet

    click.echo(f"YOUTHCOURT_SECRET_KEY={secrets.token_urlsafe(48)}")
    click.echo(f"YOUTHCOURT_ENCRYPTION_KEYS={Fernet.generate_key().decode()}")
