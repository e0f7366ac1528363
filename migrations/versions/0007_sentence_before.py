"""A sentence may have been given before the court kept its records here: without a hearing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sentences") as table:
        table.alter_column("hearing_id", existing_type=sa.Uuid(), nullable=True)
        table.alter_column("agreement", existing_type=sa.String(length=19), nullable=True)
        table.create_check_constraint(
            op.f("ck_sentences_before"), "(hearing_id IS NULL) = (agreement IS NULL)"
        )


def downgrade() -> None:
    before = sa.text("SELECT count(*) FROM sentences WHERE hearing_id IS NULL")
    if op.get_bind().scalar(before):
        message = "An older program cannot hold sentences that were given in no hearing of its own."
        raise RuntimeError(message)
    with op.batch_alter_table("sentences") as table:
        table.drop_constraint(op.f("ck_sentences_before"), type_="check")
        table.alter_column("agreement", existing_type=sa.String(length=19), nullable=False)
        table.alter_column("hearing_id", existing_type=sa.Uuid(), nullable=False)
