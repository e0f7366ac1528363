"""Hours of adult volunteers, and who collects service-learning hours for school since when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adult_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=640), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "presiding",
                "jury_monitor",
                "trainer",
                "door",
                "interpreter",
                "mentor",
                "office",
                "other",
                name="adultrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "minutes > 0 AND minutes <= 1440", name=op.f("ck_adult_hours_within_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "session_id"],
            ["court_sessions.court_id", "court_sessions.id"],
            name=op.f("fk_adult_hours_court_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_adult_hours_court_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_adult_hours_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["users.id"], name=op.f("fk_adult_hours_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adult_hours")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_adult_hours_court_id_id")),
    )
    op.create_index("ix_adult_hours_day", "adult_hours", ["court_id", "given_on"], unique=False)
    op.create_index(
        "uq_adult_hours_one_in_session",
        "adult_hours",
        ["session_id", "name_key"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    with op.batch_alter_table("persons") as table:
        table.add_column(sa.Column("service_learning_since", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("persons") as table:
        table.drop_column("service_learning_since")
    op.drop_index("uq_adult_hours_one_in_session", table_name="adult_hours")
    op.drop_index("ix_adult_hours_day", table_name="adult_hours")
    op.drop_table("adult_hours")
