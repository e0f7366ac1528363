"""Two places: one with a court in it, and an empty one of either engine to restore into."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask_migrate import stamp, upgrade

from tests.fixtures.app import make_app
from tests.fixtures.database import POSTGRES, _server
from tests.fixtures.world import NOW, build_world
from youthcourt.db import Base, db
from youthcourt.upkeep.domain.archive import Row
from youthcourt.upkeep.services import Content, Restored, restore, take_backup
from youthcourt.upkeep.services.reading import Phase
from youthcourt.upkeep.snapshot import columns_of, rows_of, tables_in

CALMED = frozenset({"sign_ins", "one_time_links", "notices"})
PASSPHRASE = "lantern-orchard-violin-9"
Everything = dict[str, list[Row]]


def no_bar(_label: str, _length: int) -> Callable[[int], None]:
    """Show nothing."""
    return lambda _count: None


@dataclass(frozen=True, kw_only=True)
class Home:
    """One installation: its application and its data folder."""

    app: Flask
    folder: Path

    @property
    def engine(self) -> sa.Engine:
        """The database."""
        with self.app.app_context():
            return db.engine

    def back_up(self, target: Path, phase: Phase = no_bar) -> Content:
        """Write a backup."""
        with self.app.app_context():
            return take_backup(
                db.engine,
                target,
                passphrase=PASSPHRASE,
                data_dir=self.folder,
                phase=phase,
                now=NOW,
            )

    def restore(self, source: Path, passphrase: str = PASSPHRASE) -> Restored:
        """Fill this empty place from a backup."""
        with self.app.app_context():
            return restore(
                db.engine,
                source,
                passphrase=passphrase,
                files_dir=self.folder / "files",
                migrate=lambda revision: upgrade(revision=revision),
                phase=no_bar,
                now=NOW,
            )

    def rows(self) -> Everything:
        """Return every row of every table, sorted, as plain values."""
        with self.engine.connect() as connection:
            return {
                name: sorted((row for part in rows_of(connection, table) for row in part), key=repr)
                for name, table in tables_in(connection).items()
                if columns_of(table)
            }

    def files(self) -> dict[str, bytes]:
        """Return the stored files by name."""
        found = (self.folder / "files").rglob("*")
        return {path.name: path.read_bytes() for path in found if path.is_file()}

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def postgres_database_of_its_own() -> Iterator[str]:
    """Make a database and drop it afterwards."""
    name = f"yc_upkeep_{secrets.token_hex(4)}"
    with closing(_server()) as server:
        server.execute(sa.text(f"CREATE DATABASE {name}"))
    yield POSTGRES.set(database=name).render_as_string(hide_password=False)
    with closing(_server()) as server:
        server.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def place(engine: str, folder: Path) -> Iterator[Home]:
    """An empty database of this engine, without a table, and an empty folder."""
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'own.db'}"
        if engine == "postgres":
            url = stack.enter_context(postgres_database_of_its_own())
        made = Home(app=make_app(folder, url), folder=folder)
        yield made
        made.close()


ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module", params=ENGINES)
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    """The made-up world on each database; tests put back what they change."""
    if request.param == "postgres":
        request.getfixturevalue("postgres")
    with (
        place(request.param, tmp_path_factory.mktemp("home") / "data") as made,
        time_machine.travel(NOW, tick=False),
    ):
        with made.app.app_context():
            Base.metadata.create_all(db.engine)
            session = db.session()
            session.info["writer"] = True
            build_world(session, folder=made.folder / "files")
            session.close()
            stamp()
            db.engine.dispose()
        yield made


@pytest.fixture
def new_home(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    """An empty database, without a table, and an empty folder.

    Of the other kind than the old home, unless a test asks for a kind by indirect parameters.
    """
    asked = getattr(request.node, "callspec", None)  # none where a test has no parameters
    old = asked.params.get("home", "postgres") if asked else "postgres"
    kind = getattr(request, "param", "sqlite" if old == "postgres" else "postgres")
    if kind == "postgres":
        request.getfixturevalue("postgres")
    with place(kind, tmp_path / "new home") as made:
        yield made


@pytest.fixture
def small_home(sqlite_url: str, tmp_path: Path) -> Iterator[Home]:
    """An empty house of SQLite with every table, at the newest migration."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = Home(app=make_app(folder, sqlite_url), folder=folder)
    with made.app.app_context():
        stamp()
    yield made
    made.close()


def but_for_what_is_calmed(rows: Everything) -> dict[str, list[Row] | int]:
    """Return every row, but of the tables that a restore itself changes their number alone."""
    return {name: len(found) if name in CALMED else found for name, found in rows.items()}


__all__ = ["PASSPHRASE", "Home", "but_for_what_is_calmed", "no_bar"]
