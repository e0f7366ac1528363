"""A sentence can be withdrawn; of those that stand there is one for each hearing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STANDING = "withdrawn_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("sentences") as table:
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("withdrawn_by", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("withdrawn_for", sa.String(length=40), nullable=True))
        table.create_foreign_key(
            op.f("fk_sentences_withdrawn_by"), "users", ["withdrawn_by"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_sentences_withdrawn"), "(withdrawn_at IS NULL) = (withdrawn_for IS NULL)"
        )
        table.drop_constraint(op.f("uq_sentences_court_id_hearing_id"), type_="unique")
    op.create_index(
        "uq_sentences_standing",
        "sentences",
        ["court_id", "hearing_id"],
        unique=True,
        sqlite_where=sa.text(_STANDING),
        postgresql_where=sa.text(_STANDING),
    )


def downgrade() -> None:
    withdrawn = sa.text("SELECT count(*) FROM sentences WHERE withdrawn_at IS NOT NULL")
    if op.get_bind().scalar(withdrawn):
        message = "An older program would take withdrawn sentences for such that stand."
        raise RuntimeError(message)
    op.drop_index("uq_sentences_standing", "sentences")
    with op.batch_alter_table("sentences") as table:
        table.drop_constraint(op.f("ck_sentences_withdrawn"), type_="check")
        table.drop_constraint(op.f("fk_sentences_withdrawn_by"), type_="foreignkey")
        table.drop_column("withdrawn_for")
        table.drop_column("withdrawn_by")
        table.drop_column("withdrawn_at")
        table.create_unique_constraint(
            op.f("uq_sentences_court_id_hearing_id"), ["court_id", "hearing_id"]
        )
