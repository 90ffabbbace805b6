"""Keep segments of a site."""

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "segment_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment_group")),
        sa.UniqueConstraint("identifier", name=op.f("uq_segment_group_identifier")),
    )
    op.create_table(
        "webhook_refusal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("remote_address", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_refusal")),
    )
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("detached_at", UtcDateTime(), nullable=True),
        sa.Column("named_item_id", sa.BigInteger(), nullable=False),
        sa.Column("cleared_item_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["segment_group.id"],
            name=op.f("fk_segment_group_id_segment_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint(
            "group_id", "audience_id", name=op.f("uq_segment_group_id_audience_id")
        ),
    )
    op.create_table(
        "webhook_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("webhook_id", sa.String(length=200), nullable=False),
        sa.Column(
            "update_type",
            sa.Enum(
                "create",
                "detach",
                "membershipChanges",
                "metadata",
                "heartbeat",
                name="updatetype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_size", sa.Integer(), nullable=False),
        sa.Column("body_sha256", sa.String(length=64), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("queued", "processed", name="messagestatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("pending_batch_count", sa.Integer(), nullable=False),
        sa.Column("answer_status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("processed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["segment_group.id"],
            name=op.f("fk_webhook_message_group_id_segment_group"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_message")),
        sa.UniqueConstraint(
            "client_id", "webhook_id", name=op.f("uq_webhook_message_client_id_webhook_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_webhook_message_public_id")),
    )
    with op.batch_alter_table("webhook_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_message_status"), ["status"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_webhook_message_update_type"), ["update_type"], unique=False
        )

    op.create_table(
        "segment_member",
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=200), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segment.id"],
            name=op.f("fk_segment_member_segment_id_segment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segment_id", "person_id", name=op.f("pk_segment_member")),
    )
    with op.batch_alter_table("segment_member", schema=None) as batch_op:
        batch_op.create_index(
            "ix_segment_member_standing", ["segment_id", "is_member", "person_id"], unique=False
        )

    op.create_table(
        "webhook_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("handed_over_at", UtcDateTime(), nullable=True),
        sa.Column("worked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["webhook_message.id"],
            name=op.f("fk_webhook_batch_message_id_webhook_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_batch")),
    )
    with op.batch_alter_table("webhook_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_webhook_batch_message_id"), ["message_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_webhook_batch_worked_at"), ["worked_at"], unique=False)

    op.create_table(
        "webhook_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "update_type",
            sa.Enum(
                "create",
                "detach",
                "membershipChanges",
                "metadata",
                "heartbeat",
                name="updatetype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("audience_id", sa.String(length=200), nullable=True),
        sa.Column("person_id", sa.String(length=200), nullable=True),
        sa.Column("membership", sa.Boolean(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "applied",
                "superseded",
                "unknown person",
                "unknown segment",
                "segment detached",
                "refused",
                name="itemstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["webhook_batch.id"],
            name=op.f("fk_webhook_item_batch_id_webhook_batch"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["webhook_message.id"],
            name=op.f("fk_webhook_item_message_id_webhook_message"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["segment_group.id"],
            name=op.f("fk_webhook_item_group_id_segment_group"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_item")),
    )
    with op.batch_alter_table("webhook_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_item_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_webhook_item_of_message", ["message_id", "position"])
        batch_op.create_index("ix_webhook_item_by_status", ["message_id", "status"])
        batch_op.create_index("ix_webhook_item_of_segment", ["group_id", "audience_id", "id"])
        batch_op.create_index("ix_webhook_item_waiting", ["group_id", "audience_id", "status"])


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("webhook_item", schema=None) as batch_op:
        batch_op.drop_index("ix_webhook_item_waiting")
        batch_op.drop_index("ix_webhook_item_of_segment")
        batch_op.drop_index("ix_webhook_item_by_status")
        batch_op.drop_index("ix_webhook_item_of_message")
        batch_op.drop_index(batch_op.f("ix_webhook_item_batch_id"))

    op.drop_table("webhook_item")
    with op.batch_alter_table("webhook_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_batch_worked_at"))
        batch_op.drop_index(batch_op.f("ix_webhook_batch_message_id"))

    op.drop_table("webhook_batch")
    with op.batch_alter_table("segment_member", schema=None) as batch_op:
        batch_op.drop_index("ix_segment_member_standing")

    op.drop_table("segment_member")
    with op.batch_alter_table("webhook_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_message_update_type"))
        batch_op.drop_index(batch_op.f("ix_webhook_message_status"))

    op.drop_table("webhook_message")
    op.drop_table("segment")
    op.drop_table("webhook_refusal")
    op.drop_table("segment_group")
