"""``youthcourt restore``: a backup becomes a running court again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask

    from config import Config
    from youthcourt.upkeep.services import Restored


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Read all of it and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def command(file: Path, check: bool, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Fill an empty database and an empty data folder from a backup.

    All of it or nothing; every row and file is held against the sums of the backup, and the
    ledgers are checked as 'youthcourt credits verify' does.  Then everybody is signed out, codes,
    slips and links that were not used yet open nothing any more, and e-mails that waited are kept
    back on the page Messages until staff send or drop them.  A backup of one database engine may
    go into the other, one of an older program into this one.  It ends with 1 when it was refused
    or the check says something else than before.

    Example: youthcourt restore /media/backup/youthcourt-2026-11-24-020000.ycbackup
    """
    from youthcourt import create_app
    from youthcourt.cli.backup import passphrase_of
    from youthcourt.cli.database import make_data_folder

    app = create_app()
    config: Config = app.extensions["youthcourt.config"]
    passphrase = passphrase_of(config, new=False)
    make_data_folder(app)
    told = (_look if check else _restore)(app, config, file, passphrase)
    click.echo(json.dumps(told) if as_json else _in_words(told))
    sys.exit(0 if told["ok"] else 1)


def _look(app: Flask, _config: Config, file: Path, passphrase: str) -> dict[str, Any]:
    from youthcourt.cli.backup import summary
    from youthcourt.cli.progress import Phases
    from youthcourt.upkeep.services import keys_fit, read_backup

    with app.app_context(), Phases() as phase:
        content = read_backup(file, passphrase=passphrase, phase=phase)
    return {"ok": True, "done": "read", "keys_fit": keys_fit(content.head), **summary(content)}


def _restore(app: Flask, config: Config, file: Path, passphrase: str) -> dict[str, Any]:
    from flask_migrate import upgrade

    from youthcourt import clock
    from youthcourt.cli.backup import summary
    from youthcourt.cli.progress import Phases
    from youthcourt.db import db
    from youthcourt.upkeep.services import restore

    with app.app_context(), Phases() as phase:
        found = restore(
            db.engine,
            file,
            passphrase=passphrase,
            files_dir=config.files_dir,
            migrate=lambda revision: upgrade(revision=revision),
            phase=phase,
            now=clock.now(),
        )
        _note(found)
    return {
        "ok": found.as_before,
        "done": "restored",
        "ledger_problems_now": found.problems,
        **found.calmed.told(),
        **summary(found.content),
    }


def _note(found: Restored) -> None:
    from youthcourt import clock
    from youthcourt.db import db
    from youthcourt.upkeep.domain import MarkKind
    from youthcourt.upkeep.services import note_restore, note_upkeep

    session, now, made_at = db.session(), clock.now(), found.content.head.made_at
    session.info["writer"] = True
    note_upkeep(
        session,
        kind=MarkKind.RESTORE,
        went_well=found.as_before,
        now=now,
        backup_of=made_at.isoformat(),
        **found.calmed.told(),
    )
    note_restore(session, made_at=made_at, now=now)
    session.commit()


def _in_words(told: dict[str, Any]) -> str:
    from youthcourt.cli.backup import ledger_lines

    lines = [
        (
            f"The backup of {told['made_at'][:16].replace('T', ' ')} UTC ({told['engine']}): "
            f"{told['rows']} rows and {told['files']} stored files."
        )
    ]
    if told["done"] == "read":
        lines.append("Read to its last byte and found whole; nothing was changed.")
        if not told["keys_fit"]:
            lines.append(
                "Caution: the encryption keys of these settings are not those of the backup. It "
                "can be restored with those only."
            )
        return "\n".join([*lines, *ledger_lines(told["ledger_problems"])])
    lines.append("Restored; every row and file arrived as it was.")
    if told["ok"]:
        lines.append("The check of the ledgers says what it said when the backup was made.")
        lines += ledger_lines(told["ledger_problems_now"])
    else:
        lines.append(
            "Caution: the check of the ledgers says something else than when the backup was made: "
            f"{told['ledger_problems']} then, {told['ledger_problems_now']} now."
        )
    return "\n".join([*lines, *_calmed_lines(told)])


def _calmed_lines(told: dict[str, Any]) -> list[str]:
    """Return what was ended and kept back, and what to do about it."""
    lines = [
        f"Sign-ins ended: {told['sign_ins_ended']}. Everybody signs in again with the password.",
        (
            f"One-time codes, slips and links ended: {told['codes_ended']}. Invite again who has "
            "not come yet, and print slips again."
        ),
        f"E-mails kept back: {told['mails_held']}.",
    ]
    if told["mails_held"]:
        lines[-1] += (
            " They may have left after the backup was made, so none leaves by itself: look at the "
            "page Messages, and send or drop them there."
        )
    if told["mails_dropped"]:
        lines.append(f"E-mails with links that are over, dropped: {told['mails_dropped']}.")
    return lines
