"""Searches of records after a hearing, and the later offences they found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "own_records",
                "police",
                "juvenile_court",
                "adult_court",
                "state_records",
                "school",
                name="recordsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction", sa.String(length=120), nullable=False),
        sa.Column("adult_records", sa.Boolean(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "nothing_found",
                "found",
                "not_searched",
                "cannot_be_searched",
                name="checkresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "no_answer",
                "no_agreement",
                "no_time",
                "sealed",
                "not_identified",
                "moved_away",
                "law_forbids",
                "deceased",
                name="nosearchreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("data_through", sa.Date(), nullable=True),
        sa.Column("searched_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column(
            "withdrawn_reason",
            sa.Enum(
                "wrong_person",
                "wrong_case",
                "typing_error",
                "record_corrected",
                name="withdrawalreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(result IN ('nothing_found', 'found')) = (data_through IS NOT NULL)",
            name=op.f("ck_record_checks_searched_through_a_day"),
        ),
        sa.CheckConstraint(
            "(result IN ('nothing_found', 'found')) = (reason IS NULL)",
            name=op.f("ck_record_checks_reason_when_not"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_record_checks_withdrawn_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_record_checks_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_record_checks_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_record_checks_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["users.id"], name=op.f("fk_record_checks_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_checks")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_record_checks_court_id_id")),
    )
    op.create_index("ix_record_checks_case", "record_checks", ["court_id", "case_id"], unique=False)

    op.create_table(
        "later_offences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "referral",
                "arrest",
                "charge",
                "adjudication",
                "confinement",
                name="latereventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "delinquent",
                "status",
                "traffic",
                "infraction",
                "technical",
                name="offencecategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offence_on", sa.Date(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("nibrs", sa.String(length=12), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "offence_on IS NULL OR offence_on <= event_on",
            name=op.f("ck_later_offences_offence_first"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "check_id"],
            ["record_checks.court_id", "record_checks.id"],
            name=op.f("fk_later_offences_court_id_check_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_later_offences_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_offences")),
        sa.UniqueConstraint(
            "check_id", "position", name=op.f("uq_later_offences_check_id_position")
        ),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_later_offences_court_id_id")),
    )


def downgrade() -> None:
    op.drop_table("later_offences")
    op.drop_index("ix_record_checks_case", table_name="record_checks")
    op.drop_table("record_checks")
