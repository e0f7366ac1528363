"""spine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from youthcourt.db.append_only import append_only_statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = (
    "audit_entries",
    "case_events",
    "credit_transfers",
    "policies",
    "sanction_events",
    "service_events",
)


def upgrade() -> None:
    op.create_table(
        "courts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone_name", sa.String(length=60), nullable=False),
        sa.Column("sender_name", sa.String(length=60), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("office_phone", sa.String(length=40), nullable=True),
        sa.Column("office_email", sa.String(length=254), nullable=True),
        sa.Column("office_address", sa.String(length=300), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courts")),
        sa.UniqueConstraint("slug", name=op.f("uq_courts_slug")),
    )
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "account_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_account_events_court_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_events_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_events")),
    )
    op.create_index(op.f("ix_account_events_user_id"), "account_events", ["user_id"], unique=False)
    op.create_table(
        "agencies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_agencies_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_agencies_court_id_id")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_agencies_court_id_name")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "staff",
                "juror",
                "system",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_user_id", sa.Uuid(), nullable=True),
        sa.Column("actor_person_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name=op.f("fk_audit_entries_actor_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_audit_entries_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_audit_entries_court_id_id")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_audit_entries_case", "audit_entries", ["court_id", "case_id", "at"], unique=False
    )
    op.create_index(
        "ix_audit_entries_person", "audit_entries", ["court_id", "person_id", "at"], unique=False
    )
    op.create_table(
        "closed_days",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_closed_days_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_days")),
        sa.UniqueConstraint("court_id", "day", name=op.f("uq_closed_days_court_id_day")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_closed_days_court_id_id")),
    )
    op.create_table(
        "counters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_counters_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counters")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_counters_court_id_id")),
        sa.UniqueConstraint("court_id", "series", name=op.f("uq_counters_court_id_series")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_drafts_court_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_drafts_court_id_id")),
        sa.UniqueConstraint(
            "court_id",
            "user_id",
            "form",
            "record_id",
            name=op.f("uq_drafts_court_id_user_id_form_record_id"),
        ),
    )
    op.create_table(
        "field_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_field_changes_court_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_field_changes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_changes")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_field_changes_court_id_id")),
    )
    op.create_index(
        "ix_field_changes_record",
        "field_changes",
        ["court_id", "subject", "subject_id", "at"],
        unique=False,
    )
    op.create_table(
        "import_mappings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_import_mappings_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_import_mappings_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mappings")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_import_mappings_court_id_id")),
        sa.UniqueConstraint(
            "court_id", "name", "number", name=op.f("uq_import_mappings_court_id_name_number")
        ),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "coordinator",
                "clerk",
                "evaluator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_memberships_court_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index(
        "uq_memberships_live",
        "memberships",
        ["user_id", "court_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "juror_message",
                "juror_slip",
                "invitation",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_one_time_links_court_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_one_time_links_token_digest")),
    )
    op.create_index(
        op.f("ix_one_time_links_person_id"), "one_time_links", ["person_id"], unique=False
    )
    op.create_table(
        "policies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_policies_court_id")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_policies_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policies")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_policies_court_id_id")),
        sa.UniqueConstraint("court_id", "number", name=op.f("uq_policies_court_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("directions", sa.String(length=500), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_rooms_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_rooms_court_id_id")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_rooms_court_id_name")),
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_schools_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_schools_court_id_id")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_schools_court_id_name")),
    )
    op.create_table(
        "session_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hearing",
                "training",
                name="courtsessionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=True),
        sa.Column("nth_of_month", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_session_series_order")),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_session_series_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_session_series_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_series")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_session_series_court_id_id")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "staff",
                "juror",
                name="signinkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("factors", sa.String(length=60), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stepped_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'staff' AND user_id IS NOT NULL AND person_id IS NULL) OR (kind = 'juror' AND person_id IS NOT NULL AND user_id IS NULL)",
            name=op.f("ck_sign_ins_one_owner"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_sign_ins_court_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_ins_token_digest")),
    )
    op.create_index(op.f("ix_sign_ins_person_id"), "sign_ins", ["person_id"], unique=False)
    op.create_index(op.f("ix_sign_ins_user_id"), "sign_ins", ["user_id"], unique=False)
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_name", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_stored_files_court_id")),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["users.id"], name=op.f("fk_stored_files_removed_by")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["users.id"], name=op.f("fk_stored_files_uploaded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_stored_files_court_id_id")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_stored_files_stored_name")),
    )
    op.create_index(
        "ix_stored_files_subject",
        "stored_files",
        ["court_id", "subject", "subject_id"],
        unique=False,
    )
    op.create_table(
        "court_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hearing",
                "training",
                name="courtsessionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "cancelled",
                "confirmed",
                name="courtsessionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cancel_reason", sa.String(length=40), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["users.id"], name=op.f("fk_court_sessions_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "series_id"],
            ["session_series.court_id", "session_series.id"],
            name=op.f("fk_court_sessions_court_id_series_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_court_sessions_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_sessions")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_court_sessions_court_id_id")),
    )
    op.create_index(
        "ix_court_sessions_day", "court_sessions", ["court_id", "held_on"], unique=False
    )
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_imported", sa.Integer(), nullable=False),
        sa.Column("rows_merged", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("rows_blank", sa.Integer(), nullable=False),
        sa.Column("cases_made", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "rows_imported + rows_merged + rows_refused + rows_blank = rows_read",
            name=op.f("ck_import_runs_rows_add_up"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "file_id"],
            ["stored_files.court_id", "stored_files.id"],
            name=op.f("fk_import_runs_court_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "mapping_id"],
            ["import_mappings.court_id", "import_mappings.id"],
            name=op.f("fk_import_runs_court_id_mapping_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_import_runs_court_id")),
        sa.ForeignKeyConstraint(
            ["started_by"], ["users.id"], name=op.f("fk_import_runs_started_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_import_runs_court_id_id")),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "agency_id"],
            ["agencies.court_id", "agencies.id"],
            name=op.f("fk_incidents_court_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_incidents_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_incidents_court_id_id")),
    )
    op.create_index("ix_incidents_reference", "incidents", ["court_id", "reference"], unique=False)
    op.create_table(
        "persons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("given_names", sa.String(length=200), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("preferred_name", sa.String(length=200), nullable=True),
        sa.Column("search_key", sa.String(length=640), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("birth_key", sa.String(length=64), nullable=True),
        sa.Column("stated_age", sa.Integer(), nullable=True),
        sa.Column("stated_age_on", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("grade", sa.String(length=20), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone_key", sa.String(length=64), nullable=True),
        sa.Column(
            "fact_question",
            sa.Enum(
                "pet",
                "street",
                "colour",
                "food",
                "number",
                name="factquestion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("fact_hash", sa.String(length=200), nullable=True),
        sa.Column("on_jury_list", sa.Boolean(), nullable=False),
        sa.Column("volunteer_since", sa.Date(), nullable=True),
        sa.Column("left_jury_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_persons_not_into_itself")),
        sa.ForeignKeyConstraint(
            ["court_id", "merged_into_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_persons_court_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "school_id"],
            ["schools.court_id", "schools.id"],
            name=op.f("fk_persons_court_id_school_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_persons_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_persons_court_id_id")),
        sa.UniqueConstraint("court_id", "number", name=op.f("uq_persons_court_id_number")),
    )
    op.create_index("ix_persons_birth", "persons", ["court_id", "birth_key"], unique=False)
    op.create_index(op.f("ix_persons_phone_key"), "persons", ["phone_key"], unique=False)
    op.create_index("ix_persons_search", "persons", ["court_id", "search_key"], unique=False)
    op.create_table(
        "acquaintances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("said_by", sa.String(length=40), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_acquaintances_two_persons")),
        sa.ForeignKeyConstraint(
            ["court_id", "other_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_acquaintances_court_id_other_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_acquaintances_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_acquaintances_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_acquaintances_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acquaintances")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_acquaintances_court_id_id")),
        sa.UniqueConstraint(
            "court_id",
            "person_id",
            "other_id",
            name=op.f("uq_acquaintances_court_id_person_id_other_id"),
        ),
    )
    op.create_index(op.f("ix_acquaintances_other_id"), "acquaintances", ["other_id"], unique=False)
    op.create_table(
        "adults",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("may_consent", sa.Boolean(), nullable=False),
        sa.Column("authority_proof", sa.String(length=40), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("told_schedule", sa.Boolean(), nullable=False),
        sa.Column("told_progress", sa.Boolean(), nullable=False),
        sa.Column("told_outcome", sa.Boolean(), nullable=False),
        sa.Column("never_disclose", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_adults_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_adults_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adults")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_adults_court_id_id")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "referred",
                "contacted",
                "screened",
                "intake_done",
                "docketed",
                "heard",
                "supervised",
                "closed",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "closure_reason",
            sa.Enum(
                "completed",
                "completed_late",
                "settled_without_hearing",
                "not_responsible",
                "non_compliant",
                "new_offence",
                "withdrew",
                "declined_sentence",
                "ineligible",
                "no_contact",
                "moved",
                "referrer_recalled",
                "transferred",
                "deceased",
                name="closurereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("agency_reference", sa.String(length=80), nullable=True),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.Column("narrative", sa.Text(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("incident_on", sa.Date(), nullable=True),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("intake_on", sa.Date(), nullable=True),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("first_docketed_on", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("offence_class", sa.String(length=20), nullable=True),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("once_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_cases_closed_on_a_day")
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closure_reason IS NOT NULL)",
            name=op.f("ck_cases_closed_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "agency_id"],
            ["agencies.court_id", "agencies.id"],
            name=op.f("fk_cases_court_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "incident_id"],
            ["incidents.court_id", "incidents.id"],
            name=op.f("fk_cases_court_id_incident_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_cases_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "policy_id"],
            ["policies.court_id", "policies.id"],
            name=op.f("fk_cases_court_id_policy_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_cases_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_cases_court_id_id")),
        sa.UniqueConstraint("court_id", "number", name=op.f("uq_cases_court_id_number")),
        sa.UniqueConstraint("court_id", "once_key", name=op.f("uq_cases_court_id_once_key")),
    )
    op.create_index("ix_cases_incident", "cases", ["court_id", "incident_id"], unique=False)
    op.create_index("ix_cases_person", "cases", ["court_id", "person_id"], unique=False)
    op.create_index("ix_cases_state", "cases", ["court_id", "state"], unique=False)
    op.create_table(
        "credit_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "pool",
                "pot",
                "rewards",
                name="accountkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind = 'person' OR person_id IS NULL", name=op.f("ck_credit_accounts_owner")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_credit_accounts_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_credit_accounts_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_accounts")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_credit_accounts_court_id_id")),
        sa.UniqueConstraint(
            "court_id", "person_id", name=op.f("uq_credit_accounts_court_id_person_id")
        ),
    )
    op.create_index(
        "uq_credit_accounts_own",
        "credit_accounts",
        ["court_id", "kind"],
        unique=True,
        sqlite_where=sa.text("kind <> 'person'"),
        postgresql_where=sa.text("kind <> 'person'"),
    )
    op.create_table(
        "draw_numbers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_draw_numbers_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_draw_numbers_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_numbers")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_draw_numbers_court_id_id")),
        sa.UniqueConstraint("court_id", "number", name=op.f("uq_draw_numbers_court_id_number")),
        sa.UniqueConstraint(
            "court_id", "person_id", name=op.f("uq_draw_numbers_court_id_person_id")
        ),
    )
    op.create_table(
        "draws",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "session_id"],
            ["court_sessions.court_id", "court_sessions.id"],
            name=op.f("fk_draws_court_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_draws_court_id")),
        sa.ForeignKeyConstraint(["drawn_by"], ["users.id"], name=op.f("fk_draws_drawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_draws_court_id_id")),
    )
    op.create_index(op.f("ix_draws_session_id"), "draws", ["session_id"], unique=False)
    op.create_table(
        "imported_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_name", sa.String(length=60), nullable=False),
        sa.Column("row_key", sa.String(length=64), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "run_id"],
            ["import_runs.court_id", "import_runs.id"],
            name=op.f("fk_imported_rows_court_id_run_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_imported_rows_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_rows")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_imported_rows_court_id_id")),
        sa.UniqueConstraint(
            "court_id",
            "mapping_name",
            "row_key",
            name=op.f("uq_imported_rows_court_id_mapping_name_row_key"),
        ),
    )
    op.create_table(
        "person_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "kept_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_person_merges_court_id_kept_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "merged_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_person_merges_court_id_merged_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_person_merges_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_by"], ["users.id"], name=op.f("fk_person_merges_merged_by")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["users.id"], name=op.f("fk_person_merges_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merges")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_person_merges_court_id_id")),
    )
    op.create_table(
        "sittings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column(
            "model",
            sa.Enum(
                "peer_jury",
                "adult_judge",
                "youth_judge",
                "tribunal",
                name="sittingmodel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("presiding", sa.String(length=120), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("panel_target", sa.Integer(), nullable=False),
        sa.Column("panel_max", sa.Integer(), nullable=False),
        sa.Column("max_first_hearings", sa.Integer(), nullable=False),
        sa.Column("max_return_hearings", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "1 <= quorum AND quorum <= panel_target AND panel_target <= panel_max",
            name=op.f("ck_sittings_panel_sizes"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "room_id"],
            ["rooms.court_id", "rooms.id"],
            name=op.f("fk_sittings_court_id_room_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "session_id"],
            ["court_sessions.court_id", "court_sessions.id"],
            name=op.f("fk_sittings_court_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_sittings_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sittings")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_sittings_court_id_id")),
        sa.UniqueConstraint(
            "court_id",
            "session_id",
            "room_id",
            name=op.f("uq_sittings_court_id_session_id_room_id"),
        ),
    )
    op.create_table(
        "trainings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("source_key", sa.String(length=80), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_trainings_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_trainings_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_trainings_court_id_id")),
        sa.UniqueConstraint(
            "court_id", "source_key", name=op.f("uq_trainings_court_id_source_key")
        ),
    )
    op.create_index(op.f("ix_trainings_person_id"), "trainings", ["person_id"], unique=False)
    op.create_table(
        "unavailabilities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_unavailabilities_order")),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_unavailabilities_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_unavailabilities_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unavailabilities")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_unavailabilities_court_id_id")),
    )
    op.create_index(
        op.f("ix_unavailabilities_person_id"), "unavailabilities", ["person_id"], unique=False
    )
    op.create_table(
        "attendances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "present",
                "late",
                "left_early",
                "sent_home",
                "turned_away",
                "absent",
                "excused",
                name="attendanceoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "tap",
                "code",
                "walk_in",
                "paper",
                name="checkinmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("oath_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "left_at IS NULL OR checked_in_at IS NULL OR left_at >= checked_in_at",
            name=op.f("ck_attendances_order"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["users.id"], name=op.f("fk_attendances_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_attendances_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "session_id"],
            ["court_sessions.court_id", "court_sessions.id"],
            name=op.f("fk_attendances_court_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "sitting_id"],
            ["sittings.court_id", "sittings.id"],
            name=op.f("fk_attendances_court_id_sitting_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_attendances_court_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_attendances_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_attendances_court_id_id")),
        sa.UniqueConstraint(
            "court_id",
            "session_id",
            "person_id",
            name=op.f("uq_attendances_court_id_session_id_person_id"),
        ),
    )
    op.create_index(op.f("ix_attendances_person_id"), "attendances", ["person_id"], unique=False)
    op.create_table(
        "case_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "referred",
                "contacted",
                "screened",
                "intake_done",
                "docketed",
                "heard",
                "supervised",
                "closed",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "referred",
                "contacted",
                "screened",
                "intake_done",
                "docketed",
                "heard",
                "supervised",
                "closed",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("second", sa.Uuid(), nullable=True),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_case_events_by")),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_case_events_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_case_events_court_id")),
        sa.ForeignKeyConstraint(["second"], ["users.id"], name=op.f("fk_case_events_second")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_case_events_court_id_id")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_case_events_case", "case_events", ["court_id", "case_id", "at"], unique=False
    )
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_case_notes_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_case_notes_court_id")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["users.id"], name=op.f("fk_case_notes_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_case_notes_court_id_id")),
    )
    op.create_index(op.f("ix_case_notes_case_id"), "case_notes", ["case_id"], unique=False)
    op.create_table(
        "charges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statute", sa.String(length=120), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("nibrs", sa.String(length=12), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_charges_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_charges_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_charges_case_id_position")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_charges_court_id_id")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "admission",
                "guardian_consent",
                "release",
                "confidentiality",
                name="consentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= signed_on", name=op.f("ck_consents_order")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "adult_id"],
            ["adults.court_id", "adults.id"],
            name=op.f("fk_consents_court_id_adult_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_consents_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "file_id"],
            ["stored_files.court_id", "stored_files.id"],
            name=op.f("fk_consents_court_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_consents_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_consents_court_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_consents_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_consents_court_id_id")),
    )
    op.create_table(
        "contact_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "adult_id"],
            ["adults.court_id", "adults.id"],
            name=op.f("fk_contact_attempts_court_id_adult_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_contact_attempts_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_contact_attempts_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_contact_attempts_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempts")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_contact_attempts_court_id_id")),
    )
    op.create_index(
        op.f("ix_contact_attempts_case_id"), "contact_attempts", ["case_id"], unique=False
    )
    op.create_table(
        "credit_transfers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_account_id", sa.Uuid(), nullable=False),
        sa.Column("to_account_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "earned",
                "given",
                "pot_gift",
                "reward_reserved",
                "returned",
                "reversed",
                "opening",
                name="transferkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("source_key", sa.String(length=80), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversed') = (reverses_id IS NOT NULL)",
            name=op.f("ck_credit_transfers_reversal"),
        ),
        sa.CheckConstraint(
            "from_account_id <> to_account_id", name=op.f("ck_credit_transfers_two_accounts")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_credit_transfers_minutes_positive")),
        sa.ForeignKeyConstraint(
            ["court_id", "from_account_id"],
            ["credit_accounts.court_id", "credit_accounts.id"],
            name=op.f("fk_credit_transfers_court_id_from_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "reverses_id"],
            ["credit_transfers.court_id", "credit_transfers.id"],
            name=op.f("fk_credit_transfers_court_id_reverses_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "to_account_id"],
            ["credit_accounts.court_id", "credit_accounts.id"],
            name=op.f("fk_credit_transfers_court_id_to_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_credit_transfers_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["posted_by"], ["users.id"], name=op.f("fk_credit_transfers_posted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_transfers")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_credit_transfers_court_id_id")),
        sa.UniqueConstraint(
            "court_id", "source_key", name=op.f("uq_credit_transfers_court_id_source_key")
        ),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_credit_transfers_reverses_id")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_credit_transfers_from",
        "credit_transfers",
        ["court_id", "from_account_id"],
        unique=False,
    )
    op.create_index(
        "ix_credit_transfers_to", "credit_transfers", ["court_id", "to_account_id"], unique=False
    )
    op.create_table(
        "hearings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first",
                "return",
                "review",
                name="hearingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "docketed",
                "heard",
                "continued",
                "no_show",
                "cancelled",
                name="hearingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sitting_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("waiting_since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state = 'waiting' OR state = 'cancelled' OR sitting_id IS NOT NULL",
            name=op.f("ck_hearings_docketed_somewhere"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_hearings_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "sitting_id"],
            ["sittings.court_id", "sittings.id"],
            name=op.f("fk_hearings_court_id_sitting_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_hearings_court_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_hearings_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearings")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_hearings_court_id_id")),
    )
    op.create_index("ix_hearings_sitting", "hearings", ["court_id", "sitting_id"], unique=False)
    op.create_index(
        "uq_hearings_one_ahead",
        "hearings",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'docketed')"),
        postgresql_where=sa.text("state IN ('waiting', 'docketed')"),
    )
    op.create_table(
        "intakes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("admits", sa.Boolean(), nullable=True),
        sa.Column("races", sa.Text(), nullable=False),
        sa.Column("races_answered_by", sa.String(length=20), nullable=False),
        sa.Column("sex", sa.String(length=20), nullable=False),
        sa.Column("school_status", sa.String(length=30), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=True),
        sa.Column("priors", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("household", sa.String(length=30), nullable=False),
        sa.Column("interpreter", sa.String(length=12), nullable=False),
        sa.Column("question_version", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_intakes_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_intakes_court_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_intakes_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
        sa.UniqueConstraint("court_id", "case_id", name=op.f("uq_intakes_court_id_case_id")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_intakes_court_id_id")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "duty_published",
                "duty_withdrawn",
                "session_cancelled",
                "sign_in_link",
                "case_closed",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "paper",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                "printed",
                "failed",
                "cancelled",
                "no_address",
                name="noticestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("once_key", sa.String(length=120), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("gateway", sa.String(length=20), nullable=True),
        sa.Column("problem", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "adult_id"],
            ["adults.court_id", "adults.id"],
            name=op.f("fk_notices_court_id_adult_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_notices_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_notices_court_id")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_notices_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_notices_court_id_id")),
        sa.UniqueConstraint("court_id", "once_key", name=op.f("uq_notices_court_id_once_key")),
    )
    op.create_index("ix_notices_due", "notices", ["state", "due_at"], unique=False)
    op.create_table(
        "screenings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT overridden OR override_reason IS NOT NULL",
            name=op.f("ck_screenings_override_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_screenings_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "policy_id"],
            ["policies.court_id", "policies.id"],
            name=op.f("fk_screenings_court_id_policy_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_screenings_court_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_screenings_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_screenings_court_id_id")),
    )
    op.create_index(op.f("ix_screenings_case_id"), "screenings", ["case_id"], unique=False)
    op.create_table(
        "seats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "juror",
                "reserve",
                name="seatrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "published",
                "released",
                name="seatstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "draw",
                "hand",
                "walk_in",
                name="seatsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("draw_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_seats_position")),
        sa.ForeignKeyConstraint(
            ["court_id", "draw_id"],
            ["draws.court_id", "draws.id"],
            name=op.f("fk_seats_court_id_draw_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_seats_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "session_id"],
            ["court_sessions.court_id", "court_sessions.id"],
            name=op.f("fk_seats_court_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "sitting_id"],
            ["sittings.court_id", "sittings.id"],
            name=op.f("fk_seats_court_id_sitting_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_seats_court_id")),
        sa.ForeignKeyConstraint(["released_by"], ["users.id"], name=op.f("fk_seats_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_seats_court_id_id")),
    )
    op.create_index(op.f("ix_seats_person_id"), "seats", ["person_id"], unique=False)
    op.create_index(
        "uq_seats_one_per_session",
        "seats",
        ["session_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'published')"),
        postgresql_where=sa.text("state IN ('proposed', 'published')"),
    )
    op.create_index(
        "uq_seats_place",
        "seats",
        ["sitting_id", "role", "position"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'published')"),
        postgresql_where=sa.text("state IN ('proposed', 'published')"),
    )
    op.create_table(
        "sentences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("hearing_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("sentenced_on", sa.Date(), nullable=False),
        sa.Column("offence_class", sa.String(length=20), nullable=True),
        sa.Column(
            "agreement",
            sa.Enum(
                "unanimous",
                "majority",
                "judge_within_range",
                name="agreement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outside_range_reason", sa.Text(), nullable=True),
        sa.Column("not_feasible_reason", sa.Text(), nullable=True),
        sa.Column("panel_words", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_sentences_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "hearing_id"],
            ["hearings.court_id", "hearings.id"],
            name=op.f("fk_sentences_court_id_hearing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "policy_id"],
            ["policies.court_id", "policies.id"],
            name=op.f("fk_sentences_court_id_policy_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_sentences_court_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_sentences_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentences")),
        sa.UniqueConstraint(
            "court_id", "hearing_id", name=op.f("uq_sentences_court_id_hearing_id")
        ),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_sentences_court_id_id")),
    )
    op.create_index(op.f("ix_sentences_case_id"), "sentences", ["case_id"], unique=False)
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sentence_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "jury",
                "community_service",
                "apology_letter",
                "essay",
                "class_",
                "restitution",
                "counselling",
                "other",
                name="sanctionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "unit",
            sa.Enum(
                "sessions",
                "minutes",
                "pieces",
                "money",
                "none",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_rule", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sanctions_amount")),
        sa.ForeignKeyConstraint(
            ["court_id", "case_id"],
            ["cases.court_id", "cases.id"],
            name=op.f("fk_sanctions_court_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_sanctions_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "sentence_id"],
            ["sentences.court_id", "sentences.id"],
            name=op.f("fk_sanctions_court_id_sentence_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_sanctions_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_sanctions_court_id_id")),
    )
    op.create_index(op.f("ix_sanctions_case_id"), "sanctions", ["case_id"], unique=False)
    op.create_index("ix_sanctions_person", "sanctions", ["court_id", "person_id"], unique=False)
    op.create_table(
        "sanction_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sanction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extended",
                "adjusted",
                "excused",
                "waived",
                "clock_stopped",
                "finished",
                "reopened",
                name="sanctioneventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_sanction_events_by")),
        sa.ForeignKeyConstraint(
            ["court_id", "sanction_id"],
            ["sanctions.court_id", "sanctions.id"],
            name=op.f("fk_sanction_events_court_id_sanction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_sanction_events_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction_events")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_sanction_events_court_id_id")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_sanction_events_sanction", "sanction_events", ["court_id", "sanction_id"], unique=False
    )
    op.create_table(
        "service_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sanction_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "booked",
                "pending",
                "confirmed",
                "denied",
                "reversed",
                name="servicestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "jury",
                "community_service",
                "apology_letter",
                "essay",
                "class_",
                "restitution",
                "counselling",
                "other",
                name="sanctionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "ordered",
                "voluntary",
                name="servicebasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("supervisor", sa.Text(), nullable=True),
        sa.Column("proof", sa.String(length=40), nullable=True),
        sa.Column("proof_file_id", sa.Uuid(), nullable=True),
        sa.Column("source_key", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "sessions >= 0 AND minutes >= 0", name=op.f("ck_service_records_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "person_id"],
            ["persons.court_id", "persons.id"],
            name=op.f("fk_service_records_court_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "proof_file_id"],
            ["stored_files.court_id", "stored_files.id"],
            name=op.f("fk_service_records_court_id_proof_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "sanction_id"],
            ["sanctions.court_id", "sanctions.id"],
            name=op.f("fk_service_records_court_id_sanction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_service_records_court_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_service_records_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_records")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_service_records_court_id_id")),
        sa.UniqueConstraint(
            "court_id", "source_key", name=op.f("uq_service_records_court_id_source_key")
        ),
    )
    op.create_index(
        "ix_service_records_person", "service_records", ["court_id", "person_id"], unique=False
    )
    op.create_table(
        "allocations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("sanction_id", sa.Uuid(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "sessions >= 0 AND minutes >= 0", name=op.f("ck_allocations_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "sanction_id"],
            ["sanctions.court_id", "sanctions.id"],
            name=op.f("fk_allocations_court_id_sanction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id", "service_id"],
            ["service_records.court_id", "service_records.id"],
            name=op.f("fk_allocations_court_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["courts.id"], name=op.f("fk_allocations_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_allocations_court_id_id")),
    )
    op.create_index(
        op.f("ix_allocations_sanction_id"), "allocations", ["sanction_id"], unique=False
    )
    op.create_index(op.f("ix_allocations_service_id"), "allocations", ["service_id"], unique=False)
    op.create_table(
        "service_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "booked",
                "pending",
                "confirmed",
                "denied",
                "reversed",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "booked",
                "pending",
                "confirmed",
                "denied",
                "reversed",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_service_events_by")),
        sa.ForeignKeyConstraint(
            ["court_id", "service_id"],
            ["service_records.court_id", "service_records.id"],
            name=op.f("fk_service_events_court_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_service_events_court_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_events")),
        sa.UniqueConstraint("court_id", "id", name=op.f("uq_service_events_court_id_id")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_service_events_service", "service_events", ["court_id", "service_id"], unique=False
    )
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, op.get_context().dialect.name):
            op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    op.drop_index("ix_service_events_service", table_name="service_events")
    op.drop_table("service_events")
    op.drop_index(op.f("ix_allocations_service_id"), table_name="allocations")
    op.drop_index(op.f("ix_allocations_sanction_id"), table_name="allocations")
    op.drop_table("allocations")
    op.drop_index("ix_service_records_person", table_name="service_records")
    op.drop_table("service_records")
    op.drop_index("ix_sanction_events_sanction", table_name="sanction_events")
    op.drop_table("sanction_events")
    op.drop_index("ix_sanctions_person", table_name="sanctions")
    op.drop_index(op.f("ix_sanctions_case_id"), table_name="sanctions")
    op.drop_table("sanctions")
    op.drop_index(op.f("ix_sentences_case_id"), table_name="sentences")
    op.drop_table("sentences")
    op.drop_index(
        "uq_seats_place",
        table_name="seats",
        sqlite_where=sa.text("state IN ('proposed', 'published')"),
        postgresql_where=sa.text("state IN ('proposed', 'published')"),
    )
    op.drop_index(
        "uq_seats_one_per_session",
        table_name="seats",
        sqlite_where=sa.text("state IN ('proposed', 'published')"),
        postgresql_where=sa.text("state IN ('proposed', 'published')"),
    )
    op.drop_index(op.f("ix_seats_person_id"), table_name="seats")
    op.drop_table("seats")
    op.drop_index(op.f("ix_screenings_case_id"), table_name="screenings")
    op.drop_table("screenings")
    op.drop_index("ix_notices_due", table_name="notices")
    op.drop_table("notices")
    op.drop_table("intakes")
    op.drop_index(
        "uq_hearings_one_ahead",
        table_name="hearings",
        sqlite_where=sa.text("state IN ('waiting', 'docketed')"),
        postgresql_where=sa.text("state IN ('waiting', 'docketed')"),
    )
    op.drop_index("ix_hearings_sitting", table_name="hearings")
    op.drop_table("hearings")
    op.drop_index("ix_credit_transfers_to", table_name="credit_transfers")
    op.drop_index("ix_credit_transfers_from", table_name="credit_transfers")
    op.drop_table("credit_transfers")
    op.drop_index(op.f("ix_contact_attempts_case_id"), table_name="contact_attempts")
    op.drop_table("contact_attempts")
    op.drop_table("consents")
    op.drop_table("charges")
    op.drop_index(op.f("ix_case_notes_case_id"), table_name="case_notes")
    op.drop_table("case_notes")
    op.drop_index("ix_case_events_case", table_name="case_events")
    op.drop_table("case_events")
    op.drop_index(op.f("ix_attendances_person_id"), table_name="attendances")
    op.drop_table("attendances")
    op.drop_index(op.f("ix_unavailabilities_person_id"), table_name="unavailabilities")
    op.drop_table("unavailabilities")
    op.drop_index(op.f("ix_trainings_person_id"), table_name="trainings")
    op.drop_table("trainings")
    op.drop_table("sittings")
    op.drop_table("person_merges")
    op.drop_table("imported_rows")
    op.drop_index(op.f("ix_draws_session_id"), table_name="draws")
    op.drop_table("draws")
    op.drop_table("draw_numbers")
    op.drop_index(
        "uq_credit_accounts_own",
        table_name="credit_accounts",
        sqlite_where=sa.text("kind <> 'person'"),
        postgresql_where=sa.text("kind <> 'person'"),
    )
    op.drop_table("credit_accounts")
    op.drop_index("ix_cases_state", table_name="cases")
    op.drop_index("ix_cases_person", table_name="cases")
    op.drop_index("ix_cases_incident", table_name="cases")
    op.drop_table("cases")
    op.drop_table("adults")
    op.drop_index(op.f("ix_acquaintances_other_id"), table_name="acquaintances")
    op.drop_table("acquaintances")
    op.drop_index("ix_persons_search", table_name="persons")
    op.drop_index(op.f("ix_persons_phone_key"), table_name="persons")
    op.drop_index("ix_persons_birth", table_name="persons")
    op.drop_table("persons")
    op.drop_index("ix_incidents_reference", table_name="incidents")
    op.drop_table("incidents")
    op.drop_table("import_runs")
    op.drop_index("ix_court_sessions_day", table_name="court_sessions")
    op.drop_table("court_sessions")
    op.drop_index("ix_stored_files_subject", table_name="stored_files")
    op.drop_table("stored_files")
    op.drop_index(op.f("ix_sign_ins_user_id"), table_name="sign_ins")
    op.drop_index(op.f("ix_sign_ins_person_id"), table_name="sign_ins")
    op.drop_table("sign_ins")
    op.drop_table("session_series")
    op.drop_table("schools")
    op.drop_table("rooms")
    op.drop_table("policies")
    op.drop_index(op.f("ix_one_time_links_person_id"), table_name="one_time_links")
    op.drop_table("one_time_links")
    op.drop_index(
        "uq_memberships_live",
        table_name="memberships",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("memberships")
    op.drop_table("import_mappings")
    op.drop_index("ix_field_changes_record", table_name="field_changes")
    op.drop_table("field_changes")
    op.drop_table("drafts")
    op.drop_table("counters")
    op.drop_table("closed_days")
    op.drop_index("ix_audit_entries_person", table_name="audit_entries")
    op.drop_index("ix_audit_entries_case", table_name="audit_entries")
    op.drop_table("audit_entries")
    op.drop_table("agencies")
    op.drop_index(op.f("ix_account_events_user_id"), table_name="account_events")
    op.drop_table("account_events")
    op.drop_table("users")
    op.drop_table("throttles")
    op.drop_table("courts")
