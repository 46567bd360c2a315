"""The tables of the first version

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from records import history_guard
from records.models import base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backup_run",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("site", sa.String(length=500), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "running",
                "verified",
                "partly",
                "failed",
                "damaged",
                "lost",
                "pruned",
                name="backup_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("copied", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
        sa.UniqueConstraint("name", "site", name=op.f("uq_backup_run_name_site")),
    )
    with op.batch_alter_table("backup_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_backup_run_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_backup_run_started_at"), ["started_at"], unique=False)

    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "message",
                "attachment",
                "sheet",
                "page_image",
                "paper_html",
                "filed",
                name="blob_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "kind", name=op.f("pk_blob")),
    )
    op.create_table(
        "blob_removal",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("asked_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob_removal")),
    )
    op.create_table(
        "erasure",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("erased_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("happened_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=100), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("induction_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("chain", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("number", name=op.f("uq_event_number")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index("ix_event_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "export",
        sa.Column("made_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    with op.batch_alter_table("export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_made_at"), ["made_at"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("made_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("scheduled_for", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "running", "done", "failed", "skipped", name="job_outcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("claimed_by", sa.String(length=100), nullable=False),
        sa.Column("claimed_until", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("started_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("job", "scheduled_for", name=op.f("uq_job_run_job_scheduled_for")),
    )
    op.create_table(
        "layout",
        sa.Column("fingerprint", sa.String(length=100), nullable=False),
        sa.Column("form_kind", sa.String(length=40), nullable=False),
        sa.Column("read_as", sa.String(length=40), nullable=True),
        sa.Column("printed", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_layout_fingerprint")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("held_by", sa.String(length=100), nullable=False),
        sa.Column("held_until", base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "person",
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("first_key", sa.String(length=200), nullable=False),
        sa.Column("last_key", sa.String(length=200), nullable=False),
        sa.Column("trn", sa.String(length=7), nullable=True),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("ni_number", sa.String(length=9), nullable=True),
        sa.Column("qts_on", sa.Date(), nullable=True),
        sa.Column("qts_route", sa.String(length=200), nullable=True),
        sa.Column("qts_provider", sa.String(length=200), nullable=True),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("trn", name=op.f("uq_person_trn")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_name", ["last_key", "first_key", "id"], unique=False)

    op.create_table(
        "school",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("dfe_number", sa.String(length=7), nullable=True),
        sa.Column("ukprn", sa.String(length=8), nullable=True),
        sa.Column("kind", sa.String(length=100), nullable=True),
        sa.Column(
            "country",
            sa.Enum("england", "wales", "other", name="country", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "closing",
                "proposed",
                "closed",
                name="school_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("town", sa.String(length=100), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("urn", name=op.f("uq_school_urn")),
    )
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_dfe_number"), ["dfe_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_name_key"), ["name_key"], unique=False)

    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "tries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("since", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tries")),
    )
    with op.batch_alter_table("tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tries_since"), ["since"], unique=False)

    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("user_name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_since", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_signed_in_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
        sa.UniqueConstraint("user_name", name=op.f("uq_account_user_name")),
    )
    op.create_table(
        "calendar_term",
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_calendar_term_in_order")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_calendar_term_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_term")),
    )
    with op.batch_alter_table("calendar_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_term_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_term_starts_on"), ["starts_on"], unique=False)

    op.create_table(
        "event_detail",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_detail_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_detail")),
    )
    op.create_table(
        "layout_anchor",
        sa.Column("layout_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("agreements", sa.Integer(), nullable=False),
        sa.Column("contradictions", sa.Integer(), nullable=False),
        sa.Column("learnt_from_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["layout_id"], ["layout.id"], name=op.f("fk_layout_anchor_layout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout_anchor")),
        sa.UniqueConstraint("layout_id", "field", name=op.f("uq_layout_anchor_layout_id_field")),
    )
    op.create_table(
        "legacy_key",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("legacy_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_legacy_key_person_id")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_legacy_key_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_key")),
        sa.UniqueConstraint("system", "kind", "legacy_id", name=op.f("uq_legacy_key_system_kind_legacy_id")),
    )
    with op.batch_alter_table("legacy_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legacy_key_person_id"), ["person_id"], unique=False)

    op.create_table(
        "marketing_preference",
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "choice",
            sa.Enum("consented", "opted_out", name="marketing_choice", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("chosen_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_marketing_preference_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketing_preference")),
    )
    with op.batch_alter_table("marketing_preference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketing_preference_address_hash"), ["address_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketing_preference_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("work", "personal", name="address_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("failing_since", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_address")),
    )
    with op.batch_alter_table("person_address", schema=None) as batch_op:
        batch_op.create_index("ix_person_address_address", ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_address_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_contact",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mobile",
                "home_telephone",
                "work_telephone",
                "home_address",
                name="contact_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_contact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_contact")),
    )
    with op.batch_alter_table("person_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_contact_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_name",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(length=400), nullable=False),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_name_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
    )
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name_person_id"), ["person_id"], unique=False)

    op.create_table(
        "qualification",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("provider", sa.String(length=200), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_qualification_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_qualification_person_id"), ["person_id"], unique=False)

    op.create_table(
        "school_address",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_address_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_address")),
        sa.UniqueConstraint("school_id", "address", name=op.f("uq_school_address_school_id_address")),
    )
    with op.batch_alter_table("school_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_address_address"), ["address"], unique=False)

    op.create_table(
        "school_link",
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "successor",
                "merged_into",
                "trust",
                name="school_link_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["school.id"], name=op.f("fk_school_link_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["school.id"], name=op.f("fk_school_link_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_link")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_school_link_from_id_to_id_kind")),
    )
    with op.batch_alter_table("school_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_link_to_id"), ["to_id"], unique=False)

    op.create_table(
        "stated_fact",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stated_fact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_fact")),
        sa.UniqueConstraint("subject_id", "name", name=op.f("uq_stated_fact_subject_id_name")),
    )
    with op.batch_alter_table("stated_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stated_fact_person_id"), ["person_id"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_conversation_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_table(
        "hold",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restricts", sa.Boolean(), nullable=False),
        sa.Column("placed_by_id", sa.Uuid(), nullable=True),
        sa.Column("placed_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hold_person_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["account.id"], name=op.f("fk_hold_placed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_person_id"), ["person_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("connected_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_identity_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("account_id", "issuer", name=op.f("uq_identity_account_id_issuer")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
    )
    op.create_table(
        "induction",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("required_terms", base.Amount(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("pass", "fail", "release", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_by_id", sa.Uuid(), nullable=True),
        sa.Column("notice_sent_on", sa.Date(), nullable=True),
        sa.Column(
            "programme",
            sa.Enum(
                "provider_led",
                "school_led",
                "unknown",
                "before_2021",
                name="programme_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("named_contact_id", sa.Uuid(), nullable=True),
        sa.Column("legacy_id", sa.String(length=100), nullable=True),
        sa.Column("let_go_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["named_contact_id"], ["person.id"], name=op.f("fk_induction_named_contact_id")),
        sa.ForeignKeyConstraint(["outcome_by_id"], ["account.id"], name=op.f("fk_induction_outcome_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_induction_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction")),
    )
    with op.batch_alter_table("induction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_induction_legacy_id"), ["legacy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_induction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_induction_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL AND completed_on IS NULL"),
            postgresql_where=sa.text("outcome IS NULL AND completed_on IS NULL"),
        )
        batch_op.create_index(
            "uq_induction_outcome",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("outcome IN ('pass', 'fail')"),
            postgresql_where=sa.text("outcome IN ('pass', 'fail')"),
        )

    op.create_table(
        "invitation",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "membership",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "ect",
                "induction_tutor",
                "induction_coordinator",
                "headteacher",
                "mentor",
                "school_administrator",
                "governor",
                "administrator",
                "assessor",
                "named_contact",
                "data_protection_officer",
                "read_only",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("authorised_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("authorised_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authorised_by_id"], ["account.id"], name=op.f("fk_membership_authorised_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_membership_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_membership_school_role", ["school_id", "role"], unique=False)

    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("set_up", "sign_in", name="link_purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_one_time_link_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_account_id"), ["account_id"], unique=False)

    op.create_table(
        "provider_visit",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=100), nullable=False),
        sa.Column("verifier", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("ends_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_provider_visit_account_id")),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_provider_visit")),
    )
    with op.batch_alter_table("provider_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_visit_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_visit_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sign_in_code",
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("peer", sa.String(length=100), nullable=False),
        sa.Column("asked_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("tried_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("used_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_code")),
        sa.UniqueConstraint("browser_hash", name=op.f("uq_sign_in_code_browser_hash")),
    )
    with op.batch_alter_table("sign_in_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_code_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_code_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index("ix_sign_in_code_peer", ["peer", "asked_at"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column(
            "awaits",
            sa.Enum("code", "set_up", name="awaits", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("app_secret", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_web_session_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_session_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "absence",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("ordinary", "statutory_leave", name="absence_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("days", base.Amount(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("health_note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_absence_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "progress_review",
                "formal_assessment",
                "interim_assessment",
                name="assessment_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "point",
            sa.Enum(
                "first",
                "second",
                "third",
                "final",
                "interim",
                name="assessment_point",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("accepted_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("accepted_submission_id", sa.Uuid(), nullable=True),
        sa.Column("terms_completed", base.Amount(), nullable=True),
        sa.Column("days_served", base.Amount(), nullable=True),
        sa.Column("days_absent", base.Amount(), nullable=True),
        sa.Column("on_track", sa.Boolean(), nullable=True),
        sa.Column("judgement", sa.String(length=20), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("not_required", sa.String(length=300), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_assessment_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_accepted_submission_id"), ["accepted_submission_id"], unique=False)
        batch_op.create_index("ix_assessment_due", ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "dfe_refusal",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "claims",
                "outcomes",
                "by_hand",
                "register",
                name="export_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("taken_in_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_dfe_refusal_induction_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_dfe_refusal_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dfe_refusal")),
        sa.UniqueConstraint("induction_id", "kind", "digest", name=op.f("uq_dfe_refusal_induction_id_kind_digest")),
    )
    with op.batch_alter_table("dfe_refusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dfe_refusal_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("transfer", "evidence_pack", name="disclosure_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "new_body",
                "new_headteacher",
                "ect_asked",
                "appeal",
                "inspection",
                name="disclosure_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("recipient_address", sa.String(length=320), nullable=True),
        sa.Column(
            "how",
            sa.Enum("download", "link", name="handed_over", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("authorised_by_id", sa.Uuid(), nullable=True),
        sa.Column("authorised_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("collected_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authorised_by_id"], ["account.id"], name=op.f("fk_disclosure_authorised_by_id")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_disclosure_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_disclosure_link_hash")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "export_row",
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "claims",
                "outcomes",
                "by_hand",
                "register",
                name="export_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_export_row_export_id")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_export_row_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_row")),
    )
    with op.batch_alter_table("export_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_row_export_id"), ["export_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_row_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index("ix_export_row_subject", ["subject_id", "kind"], unique=False)

    op.create_table(
        "extension",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "absence",
                "statutory_leave",
                "decision",
                name="extension_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("terms", base.Amount(), nullable=True),
        sa.Column("days", base.Amount(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("notice_sent_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_extension_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "induction_case",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "representation",
                "appeal",
                "dispute",
                "concern",
                "notice",
                name="case_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("raised_by", sa.String(length=300), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("clock", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "partly_upheld",
                "not_upheld",
                "withdrawn",
                "settled",
                name="case_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name=op.f("ck_induction_case_outcome_when_closed")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_induction_case_induction_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_induction_case_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction_case")),
    )
    with op.batch_alter_table("induction_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_induction_case_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index("ix_induction_case_open", ["closed_on", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_induction_case_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "induction_period",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column("body_name", sa.String(length=300), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("terms", base.Amount(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("pass", "fail", "release", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("papers_held", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR terms IS NOT NULL OR certainty = 'unknown'", name=op.f("ck_induction_period_terms_or_unknown")
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_induction_period_in_order")),
        sa.CheckConstraint("outcome IS NULL OR ends_on IS NOT NULL", name=op.f("ck_induction_period_outcome_when_closed")),
        sa.CheckConstraint("terms IS NULL OR ends_on IS NOT NULL", name=op.f("ck_induction_period_terms_when_closed")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_induction_period_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction_period")),
    )
    with op.batch_alter_table("induction_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_induction_period_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index(
            "uq_induction_period_open",
            ["induction_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "interest",
        sa.Column(
            "kind",
            sa.Enum(
                "body_employed",
                "body_trained",
                "staff",
                name="interest_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("induction_id", sa.Uuid(), nullable=True),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind = 'staff' OR induction_id IS NOT NULL", name=op.f("ck_interest_body_with_ect")),
        sa.CheckConstraint("(induction_id IS NULL) <> (school_id IS NULL)", name=op.f("ck_interest_ect_or_school")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_interest_account_id")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_interest_induction_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_interest_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_school_id"), ["school_id"], unique=False)

    op.create_table(
        "message",
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "opening",
                "opened",
                "unopenable",
                name="message_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "smtp",
                "mailbox",
                "upload",
                "file",
                "history",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("first_of_bytes", sa.String(length=64), nullable=True),
        sa.Column("envelope_from", sa.String(length=1000), nullable=False),
        sa.Column("envelope_to", sa.JSON(), nullable=False),
        sa.Column("peer", sa.String(length=100), nullable=True),
        sa.Column("duplicate_of_id", sa.Uuid(), nullable=True),
        sa.Column("same_mail_key", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.String(length=1000), nullable=True),
        sa.Column("header_from", sa.String(length=1000), nullable=True),
        sa.Column("header_to", sa.Text(), nullable=True),
        sa.Column("header_cc", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("written_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("body_text", sa.Text(), nullable=True),
        sa.Column("automatic", sa.String(length=300), nullable=True),
        sa.Column("authentication", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("state_since", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_message_conversation_id")),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["message.id"], name=op.f("fk_message_duplicate_of_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_message_school_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_message_sender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("first_of_bytes", name="uq_message_first_of_bytes"),
        sa.UniqueConstraint("source", name="uq_message_source"),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_blob_sha256"), ["blob_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_duplicate_of_id"), ["duplicate_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_same_mail_key"), ["same_mail_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_sender_id"), ["sender_id"], unique=False)
        batch_op.create_index("ix_message_work", ["state", "claimed_until"], unique=False)

    op.create_table(
        "post",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("employer", sa.String(length=300), nullable=True),
        sa.Column(
            "contract",
            sa.Enum(
                "permanent",
                "fixed_term",
                "supply",
                "unknown",
                name="contract_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("tutor_id", sa.Uuid(), nullable=True),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_post_in_order")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_post_induction_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_post_mentor_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_post_school_id")),
        sa.ForeignKeyConstraint(["tutor_id"], ["person.id"], name=op.f("fk_post_tutor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_tutor_id"), ["tutor_id"], unique=False)

    op.create_table(
        "reduction",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column("terms", base.Amount(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_reduction_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reduction")),
    )
    with op.batch_alter_table("reduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reduction_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "programme",
            sa.Enum(
                "provider_led",
                "school_led",
                "unknown",
                "before_2021",
                name="programme_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead_provider", sa.String(length=200), nullable=True),
        sa.Column("delivery_partner", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_training_record_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_record_induction_id"), ["induction_id"], unique=False)

    op.create_table(
        "viewing",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("submission_key", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("viewed_on", sa.Date(), nullable=False),
        sa.Column("viewed_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_viewing_account_id")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_viewing_induction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing")),
        sa.UniqueConstraint(
            "induction_id",
            "account_id",
            "submission_key",
            "viewed_on",
            name=op.f("uq_viewing_induction_id_account_id_submission_key_viewed_on"),
        ),
    )
    with op.batch_alter_table("viewing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_viewing_account_id"), ["account_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "reading",
                "read",
                "unreadable",
                "set_aside",
                name="attachment_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("declared_type", sa.String(length=200), nullable=False),
        sa.Column("sniffed_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "paper",
                "body",
                "set_aside",
                "container",
                name="attachment_decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("same_as_id", sa.Uuid(), nullable=True),
        sa.Column("album", sa.Integer(), nullable=True),
        sa.Column("reader", sa.String(length=40), nullable=True),
        sa.Column("read_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("filed_as", sa.String(length=100), nullable=True),
        sa.Column("filed_for_id", sa.Uuid(), nullable=True),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("state_since", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_attachment_assessment_id")),
        sa.ForeignKeyConstraint(["filed_for_id"], ["induction.id"], name=op.f("fk_attachment_filed_for_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_attachment_message_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["attachment.id"], name=op.f("fk_attachment_parent_id")),
        sa.ForeignKeyConstraint(["same_as_id"], ["attachment.id"], name=op.f("fk_attachment_same_as_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_blob_sha256"), ["blob_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_filed_for_id"), ["filed_for_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_same_as_id"), ["same_as_id"], unique=False)
        batch_op.create_index("ix_attachment_work", ["state", "claimed_until"], unique=False)
        batch_op.create_index("uq_attachment_path", ["message_id", "path"], unique=True)

    op.create_table(
        "fte_spell",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("fte", base.Amount(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("paper", "person", "import", "rule", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum("stated", "computed", "unknown", name="certainty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("source_submission_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fte > 0 AND fte <= 1000", name=op.f("ck_fte_spell_in_range")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_fte_spell_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fte_spell")),
    )
    with op.batch_alter_table("fte_spell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fte_spell_post_id"), ["post_id"], unique=False)

    op.create_table(
        "paper",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("form", sa.JSON(), nullable=True),
        sa.Column("layout", sa.String(length=100), nullable=True),
        sa.Column("sheet_sha256", sa.String(length=64), nullable=True),
        sa.Column("html_sha256", sa.String(length=64), nullable=True),
        sa.Column("replaced_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_paper_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_layout"), ["layout"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_message_id"), ["message_id"], unique=False)

    op.create_table(
        "sign_off",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "signed",
                "typed",
                "copied_in",
                "waived",
                name="sign_off_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_sign_off_assessment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint("assessment_id", "role", name=op.f("uq_sign_off_assessment_id_role")),
    )
    op.create_table(
        "case_paper",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_case_paper_attachment_id")),
        sa.ForeignKeyConstraint(["case_id"], ["induction_case.id"], name=op.f("fk_case_paper_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_paper")),
        sa.UniqueConstraint("case_id", "attachment_id", name=op.f("uq_case_paper_case_id_attachment_id")),
    )
    with op.batch_alter_table("case_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_paper_attachment_id"), ["attachment_id"], unique=False)

    op.create_table(
        "paper_image",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=False),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_image_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_image")),
    )
    with op.batch_alter_table("paper_image", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_image_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "paper_part",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=True),
        sa.Column("last_page", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_paper_part_attachment_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_part_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_part")),
    )
    with op.batch_alter_table("paper_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_part_attachment_id"), ["attachment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_part_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column(
            "state",
            sa.Enum(
                "in_review",
                "accepted",
                "returned",
                "rejected",
                "superseded",
                name="submission_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("paper_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("kind_status", sa.String(length=10), nullable=False),
        sa.Column("kind_reason", sa.Text(), nullable=True),
        sa.Column("kind_said_by_id", sa.Uuid(), nullable=True),
        sa.Column("blank", sa.Boolean(), nullable=False),
        sa.Column("typed_by_id", sa.Uuid(), nullable=True),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("induction_id", sa.Uuid(), nullable=True),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("assessment_said_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "match",
            sa.Enum(
                "exact",
                "conflict",
                "none",
                "person",
                name="match_certainty",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("match_reasons", sa.JSON(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision_reasons", sa.JSON(), nullable=False),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("taught_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("teaching_attempts", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("state_since", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_submission_assessment_id")),
        sa.ForeignKeyConstraint(["assessment_said_by_id"], ["account.id"], name=op.f("fk_submission_assessment_said_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_submission_decided_by_id")),
        sa.ForeignKeyConstraint(["induction_id"], ["induction.id"], name=op.f("fk_submission_induction_id")),
        sa.ForeignKeyConstraint(["kind_said_by_id"], ["account.id"], name=op.f("fk_submission_kind_said_by_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_submission_message_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name=op.f("fk_submission_opened_by_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_submission_paper_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["submission.id"], name=op.f("fk_submission_replaces_id")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["account.id"], name=op.f("fk_submission_typed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_induction_id"), ["induction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index("ix_submission_queue", ["state", "received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index(
            "uq_submission_current_paper",
            ["paper_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'superseded'"),
            postgresql_where=sa.text("state <> 'superseded'"),
        )

    op.create_table(
        "notice",
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "sending",
                "sent",
                "failed",
                "withheld",
                "bounced",
                name="notice_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=True),
        sa.Column("about_person_id", sa.Uuid(), nullable=True),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.String(length=300), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("asked_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("not_before", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("state_since", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["about_person_id"], ["person.id"], name=op.f("fk_notice_about_person_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_notice_message_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_notice_school_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_notice_submission_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["person.id"], name=op.f("fk_notice_to_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_notice_letter_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_about_person_id"), ["about_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_submission_id"), ["submission_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_to_person_id"), ["to_person_id"], unique=False)
        batch_op.create_index("ix_notice_work", ["state", "not_before"], unique=False)

    op.create_table(
        "submission_value",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("read_value", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("corrected_by_id", sa.Uuid(), nullable=True),
        sa.Column("corrected_at", base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_submission_value_confirmed_by_id")),
        sa.ForeignKeyConstraint(["corrected_by_id"], ["account.id"], name=op.f("fk_submission_value_corrected_by_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_value_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_value")),
        sa.UniqueConstraint("submission_id", "key", name=op.f("uq_submission_value_submission_id_key")),
    )
    op.create_table(
        "communication",
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "telephone",
                "meeting",
                "post",
                "note",
                name="communication_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum("in", "out", "internal", name="direction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("happened_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("other_party", sa.String(length=320), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_communication_conversation_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_communication_message_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_communication_notice_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_communication_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication")),
    )
    with op.batch_alter_table("communication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_communication_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_communication_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_communication_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_communication_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "communication_link",
        sa.Column("communication_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum(
                "named_contact",
                "body",
                "school",
                "ect",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (school_id IS NULL)", name=op.f("ck_communication_link_person_or_school")),
        sa.ForeignKeyConstraint(
            ["communication_id"], ["communication.id"], name=op.f("fk_communication_link_communication_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_communication_link_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_communication_link_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_link")),
        sa.UniqueConstraint(
            "communication_id",
            "person_id",
            "school_id",
            name=op.f("uq_communication_link_communication_id_person_id_school_id"),
        ),
    )
    with op.batch_alter_table("communication_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_communication_link_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_communication_link_school_id"), ["school_id"], unique=False)

    history_guard.install(op.get_bind())


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore the copy that was made before the upgrade")
