"""A one-time code can invite somebody to a court, or let them choose a new password."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_PURPOSE = "ck_one_time_links_linkpurpose"
_PURPOSES = ("juror_message", "juror_slip", "invitation")
_NEW_PURPOSES = (*_PURPOSES, "new_password")
_ROLES = ("administrator", "coordinator", "clerk", "evaluator")


def _check(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    # Nothing has written one until now; without a role it would lead nowhere.
    op.execute("DELETE FROM one_time_links WHERE purpose = 'invitation'")
    with op.batch_alter_table("one_time_links") as table:
        table.add_column(sa.Column("role", sa.String(length=40), nullable=True))
        table.drop_constraint(op.f(_PURPOSE), type_="check")
        table.create_check_constraint(op.f(_PURPOSE), _check("purpose", _NEW_PURPOSES))
        table.create_check_constraint(op.f("ck_one_time_links_role"), _check("role", _ROLES))
        table.create_check_constraint(
            op.f("ck_one_time_links_invited_as"),
            "purpose <> 'invitation' OR (court_id IS NOT NULL AND role IS NOT NULL)",
        )
        table.create_check_constraint(
            op.f("ck_one_time_links_whose_password"),
            "purpose <> 'new_password' OR user_id IS NOT NULL",
        )


def downgrade() -> None:
    op.execute("DELETE FROM one_time_links WHERE purpose IN ('invitation', 'new_password')")
    with op.batch_alter_table("one_time_links") as table:
        table.drop_constraint(op.f("ck_one_time_links_whose_password"), type_="check")
        table.drop_constraint(op.f("ck_one_time_links_invited_as"), type_="check")
        table.drop_constraint(op.f("ck_one_time_links_role"), type_="check")
        table.drop_constraint(op.f(_PURPOSE), type_="check")
        table.create_check_constraint(op.f(_PURPOSE), _check("purpose", _PURPOSES))
        table.drop_column("role")
