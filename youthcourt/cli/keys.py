"""``youthcourt keys``: the keys of an installation."""

from __future__ import annotations

import secrets

import click


@click.group()
def command() -> None:
    """Make the keys of a new installation."""


@command.command()
def new() -> None:
    """Print fresh keys as settings, and a passphrase for backups.

    Keep a copy apart from the machine and from its backups, on paper in the safe: without the
    encryption key birth dates, addresses, notes and files cannot be read by anybody, and without
    the passphrase no backup can be opened.

    Example: youthcourt keys new >> /etc/youthcourt/env
    """
    from cryptography.fernet import Fernet

    from youthcourt.accounts.domain import in_groups, new_long_code

    click.echo(f"YOUTHCOURT_SECRET_KEY={secrets.token_urlsafe(48)}")
    click.echo(f"YOUTHCOURT_ENCRYPTION_KEYS={Fernet.generate_key().decode()}")
    click.echo(f"YOUTHCOURT_BACKUP_PASSPHRASE={in_groups(new_long_code() + new_long_code())}")
