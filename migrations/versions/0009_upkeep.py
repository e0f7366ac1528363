"""When the last backup was made, and when the jobs ran last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upkeep_marks",
        sa.Column(
            "kind",
            sa.Enum(
                "jobs",
                "backup",
                "restore",
                name="markkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("params", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_upkeep_marks")),
    )


def downgrade() -> None:
    op.drop_table("upkeep_marks")
