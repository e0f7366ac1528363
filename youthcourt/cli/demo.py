"""``youthcourt demo``: two made-up courts on this machine alone."""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from config import Config

OLD = timedelta(days=7)
FIRST_PORT = 5000
TRIED_PORTS = 50


@click.command()
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--reset", is_flag=True, help="Forget what was entered and start afresh.")
@click.option("--prepare", is_flag=True, help="Build the courts and stop.")
def command(port: int | None, reset: bool, prepare: bool) -> None:  # noqa: FBT001 -- click's way
    """Start two made-up courts in the browser.

    The data lies in your own data folder and is kept until you reset it.

    Example: youthcourt demo --port 8080
    """
    import waitress

    from config import default_data_dir
    from youthcourt import clock, create_app

    folder = default_data_dir() / "demo"
    if reset and folder.exists():
        shutil.rmtree(folder)
    config = _config(folder)
    app = create_app(config)
    made = _made_on(folder)
    if made is None:
        click.echo("Making two made-up courts with a year of their lives (about a minute) ...")
        with app.app_context():
            _build(folder)
    else:
        with app.app_context():
            _bring_up_to_date()
    if made is not None and clock.now() - made > OLD:
        click.echo("This demo is more than a week old: 'make demo-reset' makes a fresh one.")
    if prepare:
        return
    chosen = _free_port(port)
    with app.app_context():
        _tell(f"http://127.0.0.1:{chosen}")
    # A page with its pictures and styles asks more at once than there are hands; that is no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, host="127.0.0.1", port=chosen, ident=None, threads=4)


def _config(folder: Path) -> Config:
    from cryptography.fernet import Fernet

    from config import Config, Mode

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = folder / "keys.json"
    if not keys.exists():
        keys.touch(mode=0o600)
        made = {"secret": secrets.token_urlsafe(48), "encryption": Fernet.generate_key().decode()}
        keys.write_text(json.dumps(made))
    read = json.loads(keys.read_text())
    return Config(
        mode=Mode.DEMO,
        data_dir=folder,
        secret_key=read["secret"],
        encryption_keys=(read["encryption"],),
        secure_cookies=False,
        trusted_hosts=("127.0.0.1", "localhost"),
    )


def _made_on(folder: Path) -> datetime | None:
    stamp = folder / "made.txt"
    return datetime.fromisoformat(stamp.read_text()) if stamp.exists() else None


def _build(folder: Path) -> None:
    """Build from nothing, also after a start that was interrupted; the stamp comes last."""
    from flask_migrate import upgrade

    from youthcourt import clock
    from youthcourt.db import Base, db
    from youthcourt.demo.world import build_world

    Base.metadata.drop_all(db.engine)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    upgrade()
    session = db.session()
    session.info["writer"] = True
    build_world(session, now=clock.now())
    (folder / "made.txt").write_text(datetime.now(UTC).isoformat())


def _bring_up_to_date() -> None:
    """Let data that an older program made serve this one."""
    from flask_migrate import upgrade

    upgrade()


def _free_port(wanted: int | None) -> int:
    candidates = [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + TRIED_PORTS)
    for port in candidates:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise click.ClickException("That port is taken. Choose another one: make demo PORT=8080")


def _tell(address: str) -> None:
    from youthcourt import clock
    from youthcourt.db import db
    from youthcourt.demo.people import FACT_ANSWER
    from youthcourt.demo.world import PASSWORD, juror_slip, sign_ins

    session = db.session()
    session.info["writer"] = True
    code = juror_slip(session, now=clock.now())

    click.echo(f"\nYouth Court demo: {address}   (stop with Ctrl+C)")
    click.echo(f"Password for everybody: {PASSWORD}\n")
    for court, role, email in sign_ins():
        click.echo(f"  {court:28} {role:14} {email}")
    if code:
        click.echo(
            f"\nA juror: open {address}/in, code {code[:4]} {code[4:]}, answer {FACT_ANSWER}"
        )
    click.echo("\nAll people in it are made up.")
