"""A mapping of imports can be put away: no longer offered, while its runs stay readable."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_mappings") as table:
        table.add_column(sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("import_mappings") as table:
        table.drop_column("put_away_at")
