"""An invitation says who is invited, as long as it is open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("one_time_links") as table:
        table.add_column(sa.Column("invited_name", sa.String(length=120), nullable=True))
        table.add_column(sa.Column("invited_email", sa.String(length=254), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("one_time_links") as table:
        table.drop_column("invited_email")
        table.drop_column("invited_name")
