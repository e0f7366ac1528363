"""How Alembic finds our tables and runs on SQLite without losing rows or triggers."""

from __future__ import annotations

from alembic import context
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


def run(connection: Connection) -> None:
    """Run the migrations in one transaction; SQLite checks its foreign keys at the end."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Batch mode re-creates tables; with the keys on, dropping one would empty its children.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=target,
        render_as_batch=sqlite,
        compare_type=True,
        render_item=plain_types,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"{len(broken)} rows point nowhere after the migration")
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def main() -> None:
    """Connect to the application's database and run."""
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        run(connection)


main()
