"""Create the foundations."""

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("stream:write", name="scope", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
        sa.UniqueConstraint("name", name=op.f("uq_api_key_name")),
    )
    op.create_table(
        "schema",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "parent",
            sa.Enum(
                "PersonalData",
                "Catalog",
                "Interaction",
                name="schemaparent",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema")),
        sa.UniqueConstraint("name", name=op.f("uq_schema_name")),
    )
    op.create_table(
        "stream",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_id_enough", sa.Boolean(), nullable=False),
        sa.Column("is_one_call_whole", sa.Boolean(), nullable=False),
        sa.Column("is_overwriting", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
        sa.UniqueConstraint("stream_id", name=op.f("uq_stream_stream_id")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum("viewer", "editor", "admin", name="role", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("signed_in_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_audit_entry_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_happened_at"), ["happened_at"], unique=False
        )

    op.create_table(
        "schema_column",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schema_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "text",
                "email",
                "integer",
                "decimal",
                "boolean",
                "date",
                "datetime",
                name="columntype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_identifier", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schema_id"],
            ["schema.id"],
            name=op.f("fk_schema_column_schema_id_schema"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema_column")),
        sa.UniqueConstraint("schema_id", "name", name=op.f("uq_schema_column_schema_id_name")),
    )
    op.create_table(
        "stream_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_pk", sa.Integer(), nullable=False),
        sa.Column("client_file_id", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("draft", "production", name="filekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("open", "closed", name="filestatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("original_name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("row_count", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["stream_pk"],
            ["stream.id"],
            name=op.f("fk_stream_file_stream_pk_stream"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_file")),
        sa.UniqueConstraint(
            "stream_pk",
            "kind",
            "client_file_id",
            name=op.f("uq_stream_file_stream_pk_kind_client_file_id"),
        ),
    )
    with op.batch_alter_table("stream_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_file_status"), ["status"], unique=False)

    op.create_table(
        "dataflow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("stream_file", name="sourcekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "destination",
            sa.Enum("cdp", name="destination", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "ready",
                "waiting",
                "running",
                "paused",
                "failed",
                name="dataflowstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stream_pk", sa.Integer(), nullable=False),
        sa.Column("draft_file_id", sa.Integer(), nullable=True),
        sa.Column("recognition", sa.JSON(), nullable=True),
        sa.Column("parsing_options", sa.JSON(), nullable=True),
        sa.Column(
            "profile_status",
            sa.Enum(
                "none",
                "queued",
                "done",
                "failed",
                name="profilestatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("profile_problem", sa.JSON(), nullable=True),
        sa.Column("profile_notes", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("bad_row_count", sa.Integer(), nullable=True),
        sa.Column("is_file_mapping_saved", sa.Boolean(), nullable=False),
        sa.Column("schema_id", sa.Integer(), nullable=True),
        sa.Column(
            "write_mode",
            sa.Enum("append", "overwrite", name="writemode", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("activated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_file_id"],
            ["stream_file.id"],
            name=op.f("fk_dataflow_draft_file_id_stream_file"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["schema_id"],
            ["schema.id"],
            name=op.f("fk_dataflow_schema_id_schema"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["stream_pk"], ["stream.id"], name=op.f("fk_dataflow_stream_pk_stream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataflow")),
        sa.UniqueConstraint("name", name=op.f("uq_dataflow_name")),
        sa.UniqueConstraint("stream_pk", name=op.f("uq_dataflow_stream_pk")),
    )
    with op.batch_alter_table("dataflow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataflow_state"), ["state"], unique=False)

    op.create_table(
        "stream_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=True),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stream_file_id"],
            ["stream_file.id"],
            name=op.f("fk_stream_part_stream_file_id_stream_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_part")),
        sa.UniqueConstraint(
            "stream_file_id", "number", name=op.f("uq_stream_part_stream_file_id_number")
        ),
    )
    op.create_table(
        "dataflow_column",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataflow_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "text",
                "email",
                "integer",
                "decimal",
                "boolean",
                "date",
                "datetime",
                name="columntype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("pattern", sa.String(length=60), nullable=False),
        sa.Column("fallback", sa.String(length=300), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataflow_id"],
            ["dataflow.id"],
            name=op.f("fk_dataflow_column_dataflow_id_dataflow"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataflow_column")),
        sa.UniqueConstraint(
            "dataflow_id", "source_name", name=op.f("uq_dataflow_column_dataflow_id_source_name")
        ),
    )
    op.create_table(
        "dataflow_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataflow_id", sa.Integer(), nullable=False),
        sa.Column("schema_column_id", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataflow_id"],
            ["dataflow.id"],
            name=op.f("fk_dataflow_mapping_dataflow_id_dataflow"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["schema_column_id"],
            ["schema_column.id"],
            name=op.f("fk_dataflow_mapping_schema_column_id_schema_column"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataflow_mapping")),
        sa.UniqueConstraint(
            "dataflow_id",
            "schema_column_id",
            name=op.f("uq_dataflow_mapping_dataflow_id_schema_column_id"),
        ),
    )
    op.create_table(
        "dataflow_transformation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataflow_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("output", sa.String(length=300), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "text",
                "email",
                "integer",
                "decimal",
                "boolean",
                "date",
                "datetime",
                name="columntype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fallback", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataflow_id"],
            ["dataflow.id"],
            name=op.f("fk_dataflow_transformation_dataflow_id_dataflow"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataflow_transformation")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataflow_id", sa.Integer(), nullable=False),
        sa.Column("stream_file_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("dry", "production", name="runkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "running",
                "finished",
                "failed",
                name="runstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "phase",
            sa.Enum(
                "reading", "planning", "writing", name="runphase", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("bytes_total", sa.BigInteger(), nullable=False),
        sa.Column("bytes_read", sa.BigInteger(), nullable=False),
        sa.Column("received_count", sa.BigInteger(), nullable=False),
        sa.Column("rejected_count", sa.BigInteger(), nullable=False),
        sa.Column("added_count", sa.BigInteger(), nullable=False),
        sa.Column("changed_count", sa.BigInteger(), nullable=False),
        sa.Column("same_count", sa.BigInteger(), nullable=False),
        sa.Column("superseded_count", sa.BigInteger(), nullable=False),
        sa.Column("removed_count", sa.BigInteger(), nullable=False),
        sa.Column("samples", sa.JSON(), nullable=False),
        sa.Column("table_version", sa.Integer(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("heartbeat_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dataflow_id"],
            ["dataflow.id"],
            name=op.f("fk_run_dataflow_id_dataflow"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stream_file_id"],
            ["stream_file.id"],
            name=op.f("fk_run_stream_file_id_stream_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_status"), ["status"], unique=False)
        batch_op.create_index(
            "uq_run_file_once",
            ["dataflow_id", "stream_file_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'production'"),
            postgresql_where=sa.text("kind = 'production'"),
        )
        batch_op.create_index(
            "uq_run_one_active",
            ["dataflow_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'production' AND status IN ('queued', 'running')"),
            postgresql_where=sa.text("kind = 'production' AND status IN ('queued', 'running')"),
        )

    op.create_table(
        "reject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("column", sa.String(length=300), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_reject_run_id_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reject")),
    )
    with op.batch_alter_table("reject", schema=None) as batch_op:
        batch_op.create_index("ix_reject_run_rule", ["run_id", "rule"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("reject", schema=None) as batch_op:
        batch_op.drop_index("ix_reject_run_rule")

    op.drop_table("reject")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_run_one_active",
            sqlite_where=sa.text("kind = 'production' AND status IN ('queued', 'running')"),
            postgresql_where=sa.text("kind = 'production' AND status IN ('queued', 'running')"),
        )
        batch_op.drop_index(
            "uq_run_file_once",
            sqlite_where=sa.text("kind = 'production'"),
            postgresql_where=sa.text("kind = 'production'"),
        )
        batch_op.drop_index(batch_op.f("ix_run_status"))

    op.drop_table("run")
    op.drop_table("dataflow_transformation")
    op.drop_table("dataflow_mapping")
    op.drop_table("dataflow_column")
    op.drop_table("stream_part")
    with op.batch_alter_table("dataflow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dataflow_state"))

    op.drop_table("dataflow")
    with op.batch_alter_table("stream_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stream_file_status"))

    op.drop_table("stream_file")
    op.drop_table("schema_column")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_happened_at"))

    op.drop_table("audit_entry")
    op.drop_table("user")
    op.drop_table("stream")
    op.drop_table("schema")
    op.drop_table("api_key")
