"""How Alembic finds our tables and runs on SQLite without losing rows or triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

from youthcourt.db import Base, EncryptedDate, EncryptedText, JsonValue, UtcDateTime

target = Base.metadata
_PLAIN = {
    UtcDateTime: "sa.DateTime(timezone=True)",
    EncryptedText: "sa.Text()",
    EncryptedDate: "sa.Text()",
    JsonValue: "sa.Text()",
}


def plain_types(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as the plain ones, so that old migrations never change."""
    if kind == "type" and type(item) in _PLAIN:
        return _PLAIN[type(item)]  # type: ignore[index]  # looked up by its own key
    return False


@contextmanager
def keys_off(connection: Connection) -> Iterator[None]:
    """Let SQLite re-create tables; with the keys on, dropping one would fail or empty others.

    The setting is the connection's and is ignored inside a transaction, which SQLAlchemy begins
    with its first statement: so it goes past SQLAlchemy.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 -- narrows the type for mypy
    driver.execute("PRAGMA foreign_keys=OFF")
    if driver.execute("PRAGMA foreign_keys").fetchone()[0]:
        raise RuntimeError("the foreign keys of SQLite could not be turned off")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def check_references(*, ctx: MigrationContext, **_more: Any) -> None:
    """Undo a migration after which rows point nowhere; SQLite has not looked meanwhile."""
    if ctx.connection is None or ctx.dialect.name != "sqlite":
        return
    broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"{len(broken)} rows point nowhere after the migration")


def run(connection: Connection) -> None:
    """Run each migration in a transaction of its own; SQLite's references are checked in it."""
    with keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=target,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=plain_types,
            transaction_per_migration=True,
            on_version_apply=check_references,
        )
        with context.begin_transaction():
            context.run_migrations()


def main() -> None:
    """Connect to the application's database and run."""
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        run(connection)


main()
