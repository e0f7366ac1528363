"""``youthcourt backup``: everything in one file that only a passphrase opens."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from config import Config
    from youthcourt.upkeep.services import Content

ENDING = ".ycbackup"
_ONLY_ASKED_WRONGLY = frozenset({"backup_exists", "backup_passphrase_short"})
_KEYS_APART = (
    "The encryption keys are not in it. Without them its birth dates, addresses, notes and files "
    "cannot be read: keep YOUTHCOURT_ENCRYPTION_KEYS and the passphrase on paper, apart."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def command(file: Path, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Write database and stored files into one new file, while the courts go on working.

    FILE may be a folder: the name is then made of the day and time.  The file is sealed with the
    passphrase in YOUTHCOURT_BACKUP_PASSPHRASE, or asked for, and is read back to its last byte
    before it gets its name; an existing file is never touched.  The encryption keys
    (YOUTHCOURT_ENCRYPTION_KEYS) are not in it: keep them apart.  It ends with 1 when it was
    refused or when stored files are missing on the disk.

    Example: youthcourt backup /media/backup
    """
    from youthcourt import clock, create_app
    from youthcourt.cli.progress import Phases
    from youthcourt.db import db
    from youthcourt.errors import CourtRuleBroken
    from youthcourt.upkeep.services import take_backup

    app = create_app()
    config: Config = app.extensions["youthcourt.config"]
    now = clock.now()
    target = _target(file, now)
    passphrase = passphrase_of(config, new=True)
    with app.app_context():
        try:
            with Phases() as phase:
                content = take_backup(
                    db.engine,
                    target,
                    passphrase=passphrase,
                    data_dir=config.data_dir,
                    phase=phase,
                    now=now,
                )
        except CourtRuleBroken as refusal:
            if refusal.code not in _ONLY_ASKED_WRONGLY:
                _note(went_well=False, size=0, missing=0)
            raise
        except Exception:
            _note(went_well=False, size=0, missing=0)
            raise
        _note(went_well=True, size=target.stat().st_size, missing=content.sums.missing)
    told = _told(content, target)
    click.echo(json.dumps(told) if as_json else _in_words(told, config))
    sys.exit(0 if told["ok"] else 1)


def _target(file: Path, now: datetime) -> Path:
    return file / f"youthcourt-{now:%Y-%m-%d-%H%M%S}{ENDING}" if file.is_dir() else file


def passphrase_of(config: Config, *, new: bool) -> str:
    """Return the passphrase of the settings, or ask for it where somebody can answer."""
    from youthcourt.errors import CourtRuleBroken

    if config.backup_passphrase:
        return config.backup_passphrase
    if not sys.stdin.isatty():
        raise CourtRuleBroken("backup_passphrase_missing")
    typed: str = click.prompt(
        "Passphrase of the backup", hide_input=True, confirmation_prompt=new, err=True
    )
    return typed


def _note(*, went_well: bool, size: int, missing: int) -> None:
    """Keep when it was, for the health page; a database without the place for it is left alone."""
    from youthcourt import clock
    from youthcourt.db import db, is_up_to_date
    from youthcourt.upkeep.domain import MarkKind
    from youthcourt.upkeep.services import note_upkeep

    if not is_up_to_date(db.engine):
        return
    session = db.session()
    session.rollback()
    session.info["writer"] = True
    note_upkeep(
        session,
        kind=MarkKind.BACKUP,
        went_well=went_well,
        now=clock.now(),
        size=size,
        missing=missing,
    )
    session.commit()


def _told(content: Content, target: Path) -> dict[str, Any]:
    sums = content.sums
    return {
        "ok": sums.missing == 0,
        "file": str(target),
        "size": target.stat().st_size,
        **summary(content),
    }


def summary(content: Content) -> dict[str, Any]:
    """Return what another program reads of a backup."""
    sums = content.sums
    return {
        "made_at": content.head.made_at.isoformat(),
        "engine": content.head.engine,
        "migration": content.head.revision,
        "rows": sums.rows,
        "files": sums.files,
        "files_missing": sums.missing,
        "ledger_problems": sums.problems,
    }


def _in_words(told: dict[str, Any], config: Config) -> str:
    lines = [
        (
            f"{told['file']}: {told['rows']} rows and {told['files']} stored files, "
            f"{told['size'] / 1e6:.1f} MB. Written, read back and found whole."
        ),
        *ledger_lines(told["ledger_problems"]),
        _KEYS_APART,
    ]
    if told["files_missing"]:
        lines.append(
            f"Caution: {told['files_missing']} stored files are not in the folder "
            f"{config.files_dir}, so they are not in the backup. Look for them in an older one."
        )
    return "\n".join(lines)


def ledger_lines(problems: dict[str, int]) -> list[str]:
    """Return a line for each court whose ledger is not as it must be."""
    return [
        f"Caution: the ledger of {slug} had {count} problems; see youthcourt credits verify."
        for slug, count in problems.items()
        if count
    ]
