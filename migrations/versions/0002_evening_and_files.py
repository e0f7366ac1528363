"""What the evening and the import of files need: charges with severity, rows that know their case.

Notices learn of hearings that were set or moved; a room can be taken out of a session.
People are found by their mail address, which is stored encrypted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from youthcourt.db import EncryptedText, lookup_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KINDS = (
    "duty_published",
    "duty_withdrawn",
    "session_cancelled",
    "sign_in_link",
    "case_closed",
)
_NEW_KINDS = (*_KINDS[:3], "hearing_set", "hearing_moved", *_KINDS[3:])
_KIND_CHECK = "ck_notices_noticekind"


def _check(values: tuple[str, ...]) -> str:
    return "kind IN (" + ", ".join(f"'{value}'" for value in values) + ")"


def _find_by_mail() -> None:
    """Give everybody with a mail address the digest by which they are found."""
    persons = sa.table(
        "persons", sa.column("id"), sa.column("email", EncryptedText), sa.column("email_key")
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(persons.c.id, persons.c.email).where(
            persons.c.email.is_not(None), sa.column("merged_into_id").is_(None)
        )
    ).all()
    for row in rows:
        connection.execute(
            sa.update(persons)
            .where(persons.c.id == row.id)
            .values(email_key=lookup_key(row.email.strip().casefold()))
        )


def upgrade() -> None:
    with op.batch_alter_table("charges") as table:
        table.add_column(sa.Column("severity", sa.String(length=20), nullable=True))
    with op.batch_alter_table("import_runs") as table:
        table.add_column(sa.Column("shape", sa.Text(), nullable=True))
    with op.batch_alter_table("imported_rows") as table:
        table.add_column(sa.Column("case_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_imported_rows_court_id_case_id"),
            "cases",
            ["court_id", "case_id"],
            ["court_id", "id"],
        )
        table.create_index(op.f("ix_imported_rows_case_id"), ["case_id"], unique=False)
    with op.batch_alter_table("sittings") as table:
        table.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("seats") as table:
        table.add_column(
            sa.Column("foreperson", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("seats") as table:
        table.alter_column("foreperson", server_default=None)
    with op.batch_alter_table("notices") as table:
        table.drop_constraint(op.f(_KIND_CHECK), type_="check")
        table.create_check_constraint(op.f(_KIND_CHECK), _check(_NEW_KINDS))
    with op.batch_alter_table("persons") as table:
        table.add_column(sa.Column("email_key", sa.String(length=64), nullable=True))
        table.create_index(op.f("ix_persons_email_key"), ["email_key"], unique=False)
    _find_by_mail()


def downgrade() -> None:
    with op.batch_alter_table("persons") as table:
        table.drop_index(op.f("ix_persons_email_key"))
        table.drop_column("email_key")
    op.execute("DELETE FROM notices WHERE kind IN ('hearing_set', 'hearing_moved')")
    with op.batch_alter_table("notices") as table:
        table.drop_constraint(op.f(_KIND_CHECK), type_="check")
        table.create_check_constraint(op.f(_KIND_CHECK), _check(_KINDS))
    with op.batch_alter_table("seats") as table:
        table.drop_column("foreperson")
    with op.batch_alter_table("sittings") as table:
        table.drop_column("removed_at")
    with op.batch_alter_table("imported_rows") as table:
        table.drop_index(op.f("ix_imported_rows_case_id"))
        table.drop_constraint(op.f("fk_imported_rows_court_id_case_id"), type_="foreignkey")
        table.drop_column("case_id")
    with op.batch_alter_table("import_runs") as table:
        table.drop_column("shape")
    with op.batch_alter_table("charges") as table:
        table.drop_column("severity")
