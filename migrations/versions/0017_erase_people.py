"""Keep erasures of people, and digests of identifiers that are not taken in any more."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("stream_file", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("kind", "digest", name=op.f("uq_suppression_kind_digest")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_digest", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("waits_for", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in (
                *("heartbeat_at", "suppressed_at", "emptied_at"),
                *("replaced_at", "finished_at"),
            )
        ),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.Column("found_again", sa.JSON(), nullable=True),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user.id"],
            name=op.f("fk_erasure_asked_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_person_digest"), "erasure", ["person_digest"])
    op.create_index(op.f("ix_erasure_status"), "erasure", ["status"])


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("erasure")
    op.drop_table("suppression")
    op.drop_column("stream_file", "erased_at")
