"""The ``youthcourt`` command; nothing heavy is loaded before a command is chosen."""

from __future__ import annotations

import importlib
import sys

import click

from youthcourt import __version__

# command -> (module of this package, what it does)
COMMANDS = {
    "demo": ("demo", "Start two made-up courts in the browser."),
    "courts": ("courts", "Make a court, and look at the rules it can start from."),
    "accounts": ("accounts", "Invite staff, and let them choose a new password."),
    "serve": ("serve", "Serve the courts of this machine."),
    "jobs": ("jobs", "Do what is due: send messages."),
    "cases": ("cases", "Take over files of referrals."),
    "jury": ("jury", "Draw juries from a file."),
    "evaluation": ("evaluation", "Hand out the file for research."),
    "db": ("database", "Bring the database up to date."),
    "backup": ("backup", "Write everything into one sealed file, while the courts go on."),
    "restore": ("restore", "Fill an empty database from a backup."),
    "credits": ("credits", "Check the ledger of time credits."),
    "keys": ("keys", "Make the keys of a new installation."),
}


class _LateGroup(click.Group):
    """A group that loads a command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's way
        """Return the commands in the order of their list."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's way
        """Return a command, or None for an unknown word."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"youthcourt.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's way
        """Write the list without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="youthcourt")
def group() -> None:
    """Youth Court: cases, juries and time credits of peer-jury youth courts.

    Exit codes: 0 done, 1 refused or problems found, 2 wrong usage.
    """


def main() -> None:
    """Run the command; a refusal is one sentence and exit code 1, never a traceback."""
    try:
        group.main(standalone_mode=True)
    except Exception as error:
        if not isinstance(error, _foreseen()):
            raise
        click.echo(told(error), err=True)
        sys.exit(1)


def _foreseen() -> tuple[type[Exception], ...]:
    # Loaded when something went wrong, so that --help is quick.
    from sqlalchemy.exc import OperationalError

    from config import ConfigError
    from youthcourt.errors import CourtRuleBroken

    return (ConfigError, CourtRuleBroken, OperationalError, OSError)


def told(refusal: Exception) -> str:
    """Return the sentence of a refusal or of what the machine refuses, in English."""
    from flask import Flask
    from flask_babel import Babel
    from sqlalchemy.exc import OperationalError

    from youthcourt.errors import CourtRuleBroken
    from youthcourt.web.i18n import sentence

    if isinstance(refusal, OperationalError):
        return (
            f"The database cannot be used: {refusal.orig}. Check YOUTHCOURT_DATABASE_URL; "
            "'youthcourt db upgrade' brings an older database up to date."
        )
    if isinstance(refusal, OSError):
        where = f" ({refusal.filename})" if refusal.filename else ""
        return f"The machine refused to read or write: {refusal.strerror}{where}."
    if not isinstance(refusal, CourtRuleBroken):
        return str(refusal)
    app = Flask("youthcourt")
    Babel(app)
    with app.test_request_context():
        return sentence(refusal.code, **refusal.params)
