"""Each migration, down and up again on a filled database, loses no row, trigger or reference."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, stamp, upgrade

from config import PROJECT
from tests.architecture.test_migrations import shape_of
from tests.fixtures.app import make_app
from tests.fixtures.world import NOW, World, build_world
from tests.fixtures.world.losses import LOST_GOING_DOWN
from youthcourt.db import Base, db
from youthcourt.db.append_only import append_only_statements

Rows = dict[str, dict[Any, dict[str, Any]]]
CHAIN = [
    step.revision
    for step in reversed(list(ScriptDirectory(str(PROJECT / "migrations")).walk_revisions()))
]


@pytest.fixture
def filled(database_url: str, made_world: tuple[World, Path], tmp_path: Path) -> Iterator[Flask]:
    """The made-up world on each database, which says that it is at the head."""
    with time_machine.travel(NOW, tick=False):
        path = sa.make_url(database_url).database
        if database_url.startswith("sqlite"):
            shutil.copy(made_world[1] / "world.db", str(path))
        app = make_app(tmp_path, database_url)
        with app.app_context():
            if not database_url.startswith("sqlite"):
                session = db.session()
                session.info["writer"] = True
                build_world(session, folder=tmp_path / "files")
                session.close()
            stamp()
            yield app
            if db.engine.dialect.name == "postgresql":
                # Other tests of this process go on with the same database.
                upgrade()
                with db.engine.begin() as connection:
                    connection.exec_driver_sql("DROP TABLE alembic_version")
            db.engine.dispose()
    shutil.rmtree(tmp_path / "files", ignore_errors=True)


def all_rows() -> Rows:
    """Return every row of every table as it lies there, by its primary key."""
    found: Rows = {}
    with db.engine.connect() as connection:
        inspector = sa.inspect(connection)
        for name in inspector.get_table_names():
            if name == "alembic_version":
                continue
            (key,) = inspector.get_pk_constraint(name)["constrained_columns"]
            rows = connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()
            found[name] = {row[key]: dict(row) for row in rows}
    return found


def losses(before: Rows, after: Rows) -> list[str]:
    """Return what is no longer as it was: rows that are gone or new, values that differ."""
    faults = []
    for table in before.keys() & after.keys():
        for key, row in before[table].items():
            now = after[table].get(key)
            if now is None:
                faults.append(f"{table}: a row is gone")
                continue
            shared = row.keys() & now.keys()
            faults += [f"{table}.{name} changed" for name in shared if row[name] != now[name]]
        if after[table].keys() - before[table].keys():
            faults.append(f"{table}: rows came from nowhere")
    return sorted(set(faults))


def triggers() -> set[str]:
    """Return the names of all triggers."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return {row[0] for row in connection.exec_driver_sql(query)}


def loose_references() -> list[Any]:
    """Return the rows that point at nothing; PostgreSQL has none by construction."""
    if db.engine.dialect.name != "sqlite":
        return []
    with db.engine.connect() as connection:
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_table_of_the_world_has_rows(filled: Flask) -> None:
    """What is tested below is a filled database; what stays empty is named."""
    empty = {name for name, rows in all_rows().items() if not rows}
    assert empty <= {
        "draw_numbers",
        "draws",
        "field_changes",
        "imported_rows",
        "one_time_links",
        "sanction_events",
        "throttles",
    }


def test_each_migration_goes_down_and_up_and_keeps_everything(filled: Flask) -> None:
    """One step down, one step up, from the newest to the first but one."""
    with db.engine.connect() as connection:
        shape = shape_of(connection)
    guards = triggers()
    marked = [t for t in Base.metadata.tables.values() if t.info.get("append_only")]
    assert len(guards) == 2 * len(marked)
    for lower, upper in reversed(list(pairwise(CHAIN))):
        above = all_rows()
        downgrade(revision=lower)
        below = all_rows()
        assert losses(above, below) == LOST_GOING_DOWN.get(upper, []), f"{upper} -> {lower}"
        assert triggers() <= guards
        assert loose_references() == []
        upgrade(revision=upper)
        assert losses(below, all_rows()) == [], f"{lower} -> {upper}"
        downgrade(revision=lower)
    upgrade()
    assert triggers() == guards
    assert loose_references() == []
    with db.engine.connect() as connection:
        assert shape_of(connection) == shape


def test_a_first_migration_can_be_taken_back_whole(filled: Flask) -> None:
    """Down to nothing: no table, no trigger is left."""
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    assert triggers() == set()


# Planted faults ------------------------------------------------------------------------------


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lost_row_value_and_trigger_are_noticed(filled: Flask) -> None:
    """A migration that empties, changes or forgets would be seen by these very functions."""
    before, guards = all_rows(), triggers()
    dialect = db.engine.dialect.name
    table = "" if dialect == "sqlite" else " ON credit_transfers"
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM notices")
        connection.exec_driver_sql("UPDATE rooms SET name = name || '!'")
        connection.exec_driver_sql(f"DROP TRIGGER credit_transfers_no_update{table}")
    assert losses(before, all_rows()) == ["notices: a row is gone", "rooms.name changed"]
    assert losses(all_rows(), before) == [
        "notices: rows came from nowhere",
        "rooms.name changed",
    ]
    assert guards - triggers() == {"credit_transfers_no_update"}
    with db.engine.begin() as connection:
        connection.exec_driver_sql(append_only_statements("credit_transfers", dialect)[-2])
    assert triggers() == guards


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reference_that_points_nowhere_is_noticed(filled: Flask) -> None:
    """On SQLite a table made anew with the keys on would lose its children."""
    with db.engine.connect() as connection, connection.begin() as transaction:
        # As a deferred check, so that the loose rows can be seen and then be taken back.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("DELETE FROM sittings")
        assert list(connection.exec_driver_sql("PRAGMA foreign_key_check")) != []
        transaction.rollback()
    assert loose_references() == []


NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "planted"
down_revision = "{head}"
branch_labels = depends_on = None

def upgrade():
    {act}
"""
MAKE_ANEW = """
    with op.batch_alter_table("{table}", recreate="always") as table:
        table.add_column(sa.Column("planted", sa.Integer()))
"""


def one_more(folder: Path, act: str) -> str:
    """Return a folder with the migrations of the project and a planted one."""
    copied = folder / "migrations"
    shutil.copytree(PROJECT / "migrations", copied)
    text = NEXT.format(head=CHAIN[-1], act=act.strip())
    (copied / "versions" / "9999_planted.py").write_text(text, encoding="utf-8")
    return str(copied)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_table_with_children_can_be_made_anew(filled: Flask, tmp_path: Path) -> None:
    """Persons, to whom nearly everything points, are copied and no row is touched."""
    before = all_rows()
    upgrade(directory=one_more(tmp_path, MAKE_ANEW.format(table="persons")))
    assert losses(before, all_rows()) == []
    assert loose_references() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_table_made_anew_without_its_triggers_is_noticed(filled: Flask, tmp_path: Path) -> None:
    """Batch mode drops them and says nothing; the comparison above sees it."""
    guards = triggers()
    upgrade(directory=one_more(tmp_path, MAKE_ANEW.format(table="case_events")))
    assert guards - triggers() == {"case_events_no_update", "case_events_no_delete"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_migration_that_leaves_loose_references_is_undone(filled: Flask, tmp_path: Path) -> None:
    """It fails, and every row is where it was."""
    before = all_rows()
    with pytest.raises(SystemExit):
        upgrade(directory=one_more(tmp_path, 'op.execute("DELETE FROM rooms")'))
    assert all_rows() == before
    assert loose_references() == []
