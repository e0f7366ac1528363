"""A try to reach a family keeps the day on which to call again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LATER = "ck_contact_attempts_called_again_later"


def upgrade() -> None:
    with op.batch_alter_table("contact_attempts") as table:
        table.add_column(sa.Column("call_again_on", sa.Date(), nullable=True))
        table.create_check_constraint(op.f(_LATER), "call_again_on > tried_on")


def downgrade() -> None:
    with op.batch_alter_table("contact_attempts") as table:
        table.drop_constraint(op.f(_LATER), type_="check")
        table.drop_column("call_again_on")
