"""How far the database is: which migration it has and which is the newest."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from config import PROJECT

_TABLE = "alembic_version"


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory(str(PROJECT / "migrations"))


def newest_revision() -> str:
    """Return the migration this program needs."""
    return str(_script().get_current_head())


def known_revisions() -> frozenset[str]:
    """Return every migration this program has."""
    return frozenset(step.revision for step in _script().walk_revisions())


def present_revision(connection: sa.Connection) -> str | None:
    """Return the migration the database is at, or None when it has none."""
    if not sa.inspect(connection).has_table(_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {_TABLE}").scalar()  # noqa: S608 -- our own name
    return None if found is None else str(found)


def is_up_to_date(engine: sa.Engine) -> bool:
    """Return whether every migration has been applied."""
    with engine.connect() as connection:
        return present_revision(connection) == newest_revision()
