"""What migrations build is what the models say: columns, checks, keys, indexes, triggers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from tests.fixtures.app import make_app
from youthcourt.db import Base, db
from youthcourt.db.append_only import append_only_statements

POSTGRES_SHAPE = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length,
        is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
}


def sqlite_shape(connection: sa.Connection) -> dict[str, object]:
    """Return each object's DDL; the parts of a table in any order."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    shape: dict[str, object] = {}
    for kind, name, sql in rows:
        text = re.sub(r"\s+", " ", sql).replace('"', "")
        shape[f"{kind} {name}"] = (
            sorted(_parts(text[text.index("(") + 1 : text.rindex(")")]))
            if kind == "table"
            else text
        )
    return shape


def _parts(body: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(body):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append(body[start:place].strip())
            start = place + 1
    return [*parts, body[start:].strip()]


def postgres_shape(connection: sa.Connection) -> dict[str, object]:
    """Return what the catalogue says, as sets."""
    return {
        name: {tuple(row) for row in connection.exec_driver_sql(query)}
        for name, query in POSTGRES_SHAPE.items()
    }


def shape_of(connection: sa.Connection) -> dict[str, object]:
    """Return the whole shape of a database without Alembic's own table."""
    if connection.dialect.name == "sqlite":
        shape = sqlite_shape(connection)
        return {name: value for name, value in shape.items() if "alembic" not in name}
    shape = postgres_shape(connection)
    return {
        name: {row for row in rows if "alembic" not in row[0]}  # type: ignore[attr-defined]
        for name, rows in shape.items()
    }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both_shapes(request, tmp_path: Path):
    """The shape by migrations and the shape by models, and the engine of the latter."""
    by_models = sa.create_engine(request.getfixturevalue(f"{request.param}_url"))
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
        app = make_app(tmp_path, url)
    else:
        url = _empty_copy(by_models)
        app = make_app(tmp_path, url)
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            migrated = shape_of(connection)
        db.engine.dispose()
    with by_models.connect() as connection:
        modelled = shape_of(connection)
    yield migrated, modelled, by_models
    by_models.dispose()
    if request.param == "postgres":
        _drop(by_models, url)


def _empty_copy(engine: sa.Engine) -> str:
    name = f"{engine.url.database}_m"
    with _server(engine) as server:
        server.exec_driver_sql(f"CREATE DATABASE {name}")
    return engine.url.set(database=name).render_as_string(hide_password=False)


def _drop(engine: sa.Engine, url: str) -> None:
    with _server(engine) as server:
        server.exec_driver_sql(f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")


def _server(engine: sa.Engine) -> sa.Connection:
    url = engine.url.set(database="postgres")
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect()


def test_migrations_build_what_the_models_say(both_shapes) -> None:
    """`upgrade head` and the models give the same DDL, triggers included."""
    migrated, modelled, _engine = both_shapes
    assert migrated.keys() == modelled.keys()
    for name, value in modelled.items():
        assert migrated[name] == value, name


def test_the_comparison_sees_a_missing_trigger_and_a_missing_index(both_shapes) -> None:
    """Planted faults: a dropped trigger and a dropped index are seen."""
    _migrated, modelled, engine = both_shapes
    with engine.connect() as connection:
        table = "" if engine.dialect.name == "sqlite" else " ON credit_transfers"
        connection.exec_driver_sql(f"DROP TRIGGER credit_transfers_no_update{table}")
        connection.exec_driver_sql("DROP INDEX uq_seats_place")
        assert shape_of(connection) != modelled
        connection.rollback()


def drop_check(connection: sa.Connection, table: str, name: str) -> None:
    """Take one CHECK out of an empty table, as a careless migration would."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        return
    query = f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{table}'"
    sql = connection.exec_driver_sql(query).scalar_one()
    parts = _parts(sql[sql.index("(") + 1 : sql.rindex(")")])
    kept = [part for part in parts if not part.startswith(f"CONSTRAINT {name} ")]
    assert len(kept) == len(parts) - 1
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"CREATE TABLE {table} ({', '.join(kept)})")


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("notices", "ck_notices_noticekind"),
        ("allocations", "ck_allocations_not_negative"),
        ("unavailabilities", "ck_unavailabilities_order"),
    ],
)
def test_the_comparison_sees_a_missing_check(both_shapes, table: str, name: str) -> None:
    """Planted faults: of a choice, of a rule for one column, of a rule for two."""
    _migrated, modelled, engine = both_shapes
    with engine.connect() as connection:
        drop_check(connection, table, name)
        changed = shape_of(connection)
        connection.rollback()
    place = f"table {table}" if engine.dialect.name == "sqlite" else "constraints"
    assert changed[place] != modelled[place]


def test_append_only_tables_refuse_change_on_both(database_url: str) -> None:
    """Every table marked append-only has its triggers for both verbs."""
    marked = [t.name for t in Base.metadata.sorted_tables if t.info.get("append_only")]
    assert {"audit_entries", "credit_transfers", "policies"} <= set(marked)
    for table in marked:
        assert len(append_only_statements(table, "sqlite")) == 2
    engine = sa.create_engine(database_url)
    query = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        assert connection.exec_driver_sql(query).scalar() == 2 * len(marked)
    engine.dispose()
