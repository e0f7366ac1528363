"""Tables whose rows are written once: triggers on both databases, one text for all."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""

_POSTGRES = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def append_only_statements(table: str, dialect: str) -> tuple[str, ...]:
    """Return the statements that make a table append-only on this database."""
    if dialect == "sqlite":
        return tuple(
            _SQLITE.format(table=table, verb=verb, VERB=verb.upper())
            for verb in ("update", "delete")
        )
    return (
        _POSTGRES_FUNCTION,
        *(
            _POSTGRES.format(table=table, verb=verb, VERB=verb.upper())
            for verb in ("update", "delete")
        ),
    )


def append_only(table: Table) -> None:
    """Refuse UPDATE and DELETE on the table wherever it is created."""
    table.info["append_only"] = True
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only_statements(table.name, dialect):
            ddl = DDL(statement.replace("%", "%%"))
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
